/* The tense of the clause that a date stands in: the nearest verb before it decides, else the nearest after it. Verbs
   are known by their form and by the lists to-come, looks-ahead, past-verb and scheduled of lexicon/dates.list. */
#include "calendar/resolver.h"

enum { LOOK_BACK = 25, LOOK_ON = 20, PASSIVE = 3 };

static bool is(const resolver *x, uint32_t at, uint32_t class) {
    return class != NONE && worker_word_is(x->w, x->d->tokens.at[at].word, class);
}

static bool word(const resolver *x, uint32_t at, const char *text) {
    return str_equal(worker_word_text(x->w, x->d->tokens.at[at].word), str_of(text));
}

/* "will be released", "to be signed": the participle has the time of what stands before "be". */
static bool has_be_before(const resolver *x, uint32_t first, uint32_t at) {
    for (uint32_t n = 1; n <= PASSIVE && at >= first + n; n++) {
        if (word(x, at - n, "be")) return true;
    }
    return false;
}

static bool clause_ends(const resolver *x, uint32_t at) {
    return word(x, at, ";") || word(x, at, ":") || word(x, at, "--");
}

static tense before(const resolver *x, uint32_t first, uint32_t end) {
    bool to = false;
    for (uint32_t t = end; t-- > first && end - t <= LOOK_BACK;) {
        bool was_due = t >= first + 2 && word(x, t - 1, "been") && word(x, t - 2, "had");
        if (was_due && is(x, t, x->to_come)) return TENSE_PAST;
        if (is(x, t, x->to_come) || (to && is(x, t, x->governs)) || is(x, t, x->scheduled)) return TENSE_AHEAD;
        if (word(x, t, "since")) return TENSE_PAST;
        if (clause_ends(x, t)) return TENSE_UNKNOWN;
        to = to || word(x, t, "to");
        if ((is(x, t, x->past_verb) || is(x, t, x->past_form)) && !has_be_before(x, first, t)) return TENSE_PAST;
    }
    return TENSE_UNKNOWN;
}

static tense after(const resolver *x, uint32_t first, uint32_t end) {
    for (uint32_t t = first; t < end && t - first < LOOK_ON; t++) {
        bool was_due = t >= first + 2 && word(x, t - 1, "been") && word(x, t - 2, "had");
        if (was_due && is(x, t, x->to_come)) return TENSE_PAST;
        if (is(x, t, x->to_come) || is(x, t, x->scheduled)) return TENSE_AHEAD;
        if (clause_ends(x, t)) return TENSE_UNKNOWN;
        if (is(x, t, x->past_verb) || is(x, t, x->past_form)) return TENSE_PAST;
    }
    return TENSE_UNKNOWN;
}

/* "extended the loan through January", "promised it by May": a past verb's bound may well lie ahead. */
static bool is_bound(const resolver *x, uint32_t first) {
    uint32_t at = x->m->first;
    return at > first && (word(x, at - 1, "by") || word(x, at - 1, "through"));
}

tense resolver_tense(const resolver *x) {
    const sentence *s = &x->d->sentences.at[x->m->sentence];
    if (resolver_says(x, "direction", "past")) return TENSE_PAST;
    if (resolver_says(x, "direction", "future")) return TENSE_AHEAD;
    tense told = before(x, s->first, x->m->first);
    if (told == TENSE_UNKNOWN) told = after(x, x->m->end, s->end);
    return told == TENSE_PAST && is_bound(x, s->first) ? TENSE_UNKNOWN : told;
}
