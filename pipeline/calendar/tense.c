/* The tense of the clause that a date stands in: what stands right beside the date decides, else the nearest verb
   before it, else the nearest after it. Verbs are known by their form and by the lists of lexicon/dates.list under "The
   tense of a clause". */
#include "calendar/resolver.h"

enum { LOOK_BACK = 25, LOOK_ON = 35, BE = 3, DEFERRED = 8, NOUN = 3 };

static bool is(const resolver *x, uint32_t at, uint32_t class) {
    return class != NONE && worker_word_is(x->w, x->d->tokens.at[at].word, class);
}

static bool word(const resolver *x, uint32_t at, const char *text) {
    return str_equal(worker_word_text(x->w, x->d->tokens.at[at].word), str_of(text));
}

static bool past_form(const resolver *x, uint32_t at) { return is(x, at, x->past_verb) || is(x, at, x->past_form); }

/* "will be released", "to be signed", "is heard": the participle has the time of what stands before it. */
static bool is_passive(const resolver *x, uint32_t first, uint32_t at) {
    for (uint32_t n = 1; n <= BE && at >= first + n; n++) {
        if (word(x, at - n, "be")) return true;
        if (n < BE && (word(x, at - n, "is") || word(x, at - n, "are"))) return true;
    }
    return false;
}

static bool was_due(const resolver *x, uint32_t first, uint32_t at) {
    return is(x, at, x->to_come) && at >= first + 2 && word(x, at - 1, "been") && word(x, at - 2, "had");
}

/* "may come", "could be held"; not "could not", "could be seen", "may have". */
static bool may_come(const resolver *x, uint32_t at, uint32_t end) {
    uint32_t verb = word(x, at + 1, "be") && at + 2 < end ? at + 2 : at + 1;
    return is(x, at, x->may_come) && !is(x, verb, x->sensed);
}

/* "ministers", "they": before "meet". */
static bool has_many(const resolver *x, uint32_t at) {
    str text = worker_word_text(x->w, x->d->tokens.at[at].word);
    return word(x, at, "they") || (text.len > 3 && text.at[text.len - 1] == 's' && text.at[text.len - 2] != 's');
}

/* "talks, to be held", not "was to be held". */
static bool is_to_be(const resolver *x, uint32_t first, uint32_t at, uint32_t end) {
    if (!word(x, at, "to") || at + 2 >= end || !word(x, at + 1, "be") || !past_form(x, at + 2)) return false;
    return at == first || !past_form(x, at - 1);
}

/* "will", "is due", "plans a", "set for", "may come", "is visiting", "ministers meet", "talks, to be held". */
static bool looks_ahead(const resolver *x, uint32_t first, uint32_t at, uint32_t end) {
    if (is(x, at, x->to_come) || is(x, at, x->scheduled)) return true;
    if (at + 1 >= end) return false;
    bool now = word(x, at, "is") || word(x, at, "are");
    return may_come(x, at, end) || (now && (is(x, at + 1, x->under_way) || is(x, at + 1, x->arranged))) ||
           (is(x, at, x->timetable) && at > first && has_many(x, at - 1)) || is_to_be(x, first, at, end) ||
           (is(x, at, x->intends) && is(x, at + 1, x->intended)) || (is(x, at, x->arranged) && word(x, at + 1, "for"));
}

/* Before "to": "agreed to", "is ready to"; of "is" only "is to". */
static bool governs(const resolver *x, uint32_t at, uint32_t end) {
    bool copula = word(x, at, "is") || word(x, at, "are");
    return is(x, at, x->governs) && (!copula || (at + 1 < end && word(x, at + 1, "to")));
}

static bool clause_ends(const resolver *x, uint32_t at) {
    return word(x, at, ";") || word(x, at, ":") || word(x, at, "--");
}

static tense before(const resolver *x, uint32_t first, uint32_t end) {
    bool to = false;
    for (uint32_t t = end; t-- > first && end - t <= LOOK_BACK;) {
        if (was_due(x, first, t)) return TENSE_PAST;
        if (looks_ahead(x, first, t, end) || (to && governs(x, t, end))) return TENSE_AHEAD;
        if (word(x, t, "since")) return TENSE_PAST;
        if (clause_ends(x, t)) return TENSE_UNKNOWN;
        to = to || word(x, t, "to");
        if (past_form(x, t) && !is_passive(x, first, t)) return TENSE_PAST;
    }
    return TENSE_UNKNOWN;
}

static tense after(const resolver *x, uint32_t first, uint32_t end) {
    for (uint32_t t = first; t < end && t - first < LOOK_ON; t++) {
        if (was_due(x, first, t)) return TENSE_PAST;
        if (looks_ahead(x, first, t, end)) return TENSE_AHEAD;
        if (clause_ends(x, t)) return TENSE_UNKNOWN;
        if (past_form(x, t)) return TENSE_PAST;
    }
    return TENSE_UNKNOWN;
}

/* "postponed until Friday", "stay till May". */
static bool is_deferred(const resolver *x, uint32_t first, uint32_t at) {
    if (!word(x, at - 1, "until") && !word(x, at - 1, "till") && !word(x, at - 1, "to")) return false;
    for (uint32_t n = 2; n <= DEFERRED && at >= first + n; n++) {
        if (is(x, at - n, x->defers)) return true;
    }
    return false;
}

/* "as early as Friday", "no later than Friday". */
static bool is_earliest(const resolver *x, uint32_t first, uint32_t at) {
    if (at < first + 2) return false;
    bool soon = word(x, at - 1, "as") && (word(x, at - 2, "soon") || word(x, at - 2, "early"));
    return soon || (word(x, at - 1, "than") && word(x, at - 2, "later"));
}

/* "on Tuesday announced", "Friday's attack", "the July 7 attack"; but "the summit on July 7 hosted by". */
static bool has_happened(const resolver *x, uint32_t at, uint32_t end) {
    if (at >= end) return false;
    bool finite = past_form(x, at) && !is(x, at, x->to_come) && !is(x, at, x->arranged);
    if (finite) return at + 1 < end && !is(x, at + 1, x->after_participle);
    bool of_day = word(x, at, "'s");
    for (uint32_t t = at + of_day; t < end && t <= at + (of_day ? NOUN : 1); t++) {
        if (is(x, t, x->happened)) return true;
    }
    return false;
}

/* "was halted in January": what stands right before the date tells the past. */
bool resolver_has_been(const resolver *x) {
    uint32_t at = x->m->first, first = x->d->sentences.at[x->m->sentence].first;
    if (at < first + 2 || !word(x, at - 1, "in")) return false;
    bool ahead = is(x, at - 2, x->to_come) || is(x, at - 2, x->arranged) || is(x, at - 2, x->intends);
    return past_form(x, at - 2) && !ahead && !is_passive(x, first, at - 2);
}

bool resolver_is_bound(const resolver *x) {
    uint32_t at = x->m->first;
    if (at <= x->d->sentences.at[x->m->sentence].first) return false;
    return is(x, at - 1, x->bound_word);
}

/* "ahead of Friday's vote", "preparations for the July summit". */
static bool is_awaited(const resolver *x) {
    uint32_t at = x->m->first, first = x->d->sentences.at[x->m->sentence].first;
    if (at > first && (word(x, at - 1, "the") || word(x, at - 1, "a"))) at--;
    bool joint = at > first + 1 && (word(x, at - 1, "of") || word(x, at - 1, "for") || word(x, at - 1, "to"));
    return joint && is(x, at - 2, x->awaits);
}

bool resolver_is_for(const resolver *x) {
    uint32_t at = x->m->first, end = x->m->end;
    const sentence *s = &x->d->sentences.at[x->m->sentence];
    bool plain = at > s->first && word(x, at - 1, "for") && !(end < s->end && word(x, end, "'s"));
    return plain || is_awaited(x);
}

/* "extended the loan through January", "resigned effective Dec. 31", "a hearing for May 3": a past verb's bound may
   well lie ahead. */
static bool may_lie_ahead(const resolver *x, uint32_t first) {
    uint32_t at = x->m->first;
    if (at <= first) return false;
    bool of_day = resolver_part(x, KEY_DAY) && (word(x, at - 1, "for") || word(x, at - 1, "before"));
    return of_day || is(x, at - 1, x->bounds);
}

tense resolver_tense(const resolver *x) {
    toward t = resolver_toward(x);
    return t == TOWARD_PAST ? TENSE_PAST : t == TOWARD_FUTURE ? TENSE_AHEAD : resolver_clause(x);
}

tense resolver_clause(const resolver *x) {
    const sentence *s = &x->d->sentences.at[x->m->sentence];
    uint32_t first = x->m->first, end = x->m->end;
    if (first > s->first && (is_deferred(x, s->first, first) || is_earliest(x, s->first, first))) return TENSE_AHEAD;
    if (is_awaited(x)) return resolver_part(x, KEY_WEEKDAY) ? TENSE_UNKNOWN : TENSE_AHEAD; /* a weekday: the nearest */
    if (has_happened(x, end, s->end)) return TENSE_PAST;
    tense told = before(x, s->first, first);
    if (told == TENSE_UNKNOWN && first > s->first && word(x, first - 1, "through")) return TENSE_AHEAD;
    if (told == TENSE_UNKNOWN) told = after(x, end, s->end);
    if (told == TENSE_UNKNOWN && resolver_is_bound(x)) return TENSE_AHEAD;
    return told == TENSE_PAST && may_lie_ahead(x, s->first) ? TENSE_UNKNOWN : told;
}
