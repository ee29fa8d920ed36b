/* The subject of words that name none of their own: "... flew to Lisbon and met B", "... said after talks with B",
   "After talks with B, ... said". A rule asks for it by subject='before' or subject='around'; without one the telling
   has a party too few and only adds to what another one tells. */
#include "stages/relate.h"

#include <string.h>

enum { BETWEEN_MOST = 4, INTRODUCTION_MOST = 12 };

/* Whom a clause can be about; what may stand before its verb; what shows that a finite verb is there. */
static const known_class subjects[] = {KNOWN_PERSON, KNOWN_PEOPLE, KNOWN_PRONOUN, KNOWN_NOMINAL,
                                       KNOWN_GROUP,  KNOWN_NAME,   KNOWN_COUNT};
static const known_class between[] = {KNOWN_ASIDE, KNOWN_ADVERB, KNOWN_MANNER, KNOWN_DATE, KNOWN_COUNT};
static const known_class told[] = {KNOWN_VERB,      KNOWN_SAY_VERB,  KNOWN_FINITE_AUX,
                                   KNOWN_PAST_FORM, KNOWN_PAST_VERB, KNOWN_COUNT};
static const known_class owner[] = {KNOWN_OWNER, KNOWN_COUNT};
static const known_class people[] = {KNOWN_PEOPLE, KNOWN_COUNT};

typedef struct clause {
    relater *r;
    const symbol *symbols;
    uint32_t count;
} clause;

static bool is(const clause *c, uint32_t at, const known_class *classes) {
    for (uint32_t i = 0; at < c->count && classes[i] != KNOWN_COUNT; i++) {
        if (worker_set_has(c->r->w, c->symbols[at].classes, c->r->k->known[classes[i]])) return true;
    }
    return false;
}

static bool reads(const clause *c, uint32_t at, const char *word) {
    if (at >= c->count) return false;
    return str_equal(worker_word_text(c->r->w, c->r->d->tokens.at[c->symbols[at].first].word), str_of(word));
}

static bool is_somebody(const clause *c, uint32_t at) {
    uint32_t id = at < c->count ? c->symbols[at].mention : NONE;
    if (id == NONE || !is(c, at, subjects) || is(c, at, owner) || reads(c, at + 1, "'s")) return false;
    const mention *m = &c->r->d->mentions.at[id];
    return m->entity != NONE || m->member_count || is(c, at, people); /* those of a list are mentions within */
}

/* Whether the words around a symbol say what it did: "Bok <aside> told", "Bok, who told", "said Bok". */
static bool does_something(const clause *c, uint32_t at) {
    uint32_t next = at + 1;
    if (at > 0 && (reads(c, at - 1, "said") || reads(c, at - 1, "says") || reads(c, at - 1, "added"))) return true;
    for (uint32_t i = 0; i < BETWEEN_MOST && is(c, next, between); i++) next++;
    if (reads(c, next, ",") && reads(c, next + 1, "who")) next += 2;
    return is(c, next, told);
}

static uint32_t subject_before(const clause *c, uint32_t first) {
    uint32_t any = NONE;
    for (uint32_t i = first; i-- > 0;) {
        if (!is_somebody(c, i)) continue;
        if (does_something(c, i)) return i;
        any = i;
    }
    return reads(c, first, ",") ? NONE : any;
}

/* "After talks with B in Lisbon on Monday, A said". */
static uint32_t subject_after(const clause *c, uint32_t end) {
    for (uint32_t i = end; i < c->count && i < end + INTRODUCTION_MOST; i++) {
        if (!reads(c, i, ",")) continue;
        for (uint32_t k = i + 1; k < c->count && k <= i + BETWEEN_MOST; k++) {
            if (is_somebody(c, k) && does_something(c, k)) return k;
        }
    }
    return NONE;
}

static bool opens_clause(const clause *c, uint32_t first) {
    static const char *const openers[] = {",", "\"", "and", "but", ";", "(", "Later", "Earlier"};
    for (size_t i = 0; first > 0 && i < sizeof openers / sizeof *openers; i++) {
        if (reads(c, first - 1, openers[i])) return true;
    }
    return first == 0;
}

static uint32_t find_subject(const clause *c, const mention *m, bool around) {
    uint32_t first = 0, end;
    while (first < c->count && c->symbols[first].end <= m->first) first++;
    for (end = first; end < c->count && c->symbols[end].first < m->end; end++) {}
    uint32_t found = around && opens_clause(c, first) ? subject_after(c, end) : NONE;
    return found != NONE ? found : subject_before(c, first);
}

void relate_shared_subject(relater *r, event *e, mention *m) {
    str where = mention_attribute(m, KEY_SUBJECT);
    if (!where.len) return;
    const sentence *s = &r->d->sentences.at[m->sentence];
    clause c = {r, s->symbols, s->symbol_count};
    uint32_t at = find_subject(&c, m, str_equal(where, STR("around")));
    if (at == NONE) return;
    const symbol *found = &s->symbols[at];
    relate_parties_between(r, e, m->sentence, found->first, found->end,
                           str_equal(e->type, STR("visit")) ? "visitor" : "participant");
    if (found->first < m->first) m->first = found->first; /* so that the evidence shows who it was */
    if (found->end > m->end) m->end = found->end;
}

void relate_company(relater *r, event *e, const mention *m) {
    const sentence *s = &r->d->sentences.at[m->sentence];
    clause c = {r, s->symbols, s->symbol_count};
    static const known_class aside[] = {KNOWN_COMPANIONS, KNOWN_COUNT};
    for (uint32_t i = 0; i < c.count; i++) {
        const symbol *one = &c.symbols[i];
        if (one->first >= m->first && one->end <= m->end && is(&c, i, aside))
            relate_parties_between(r, e, m->sentence, one->first, one->end,
                                   relate_is_visit(e) ? "visitor" : "participant");
    }
}
