/* Agreements and public events: the facts that a sentence adds to each mention of one, gathered until the sentence
   ends; relate_things.c finds what they belong to. */
#include "stages/relate.h"

#include <string.h>

enum { NAME_TOKENS = 12, SHORT_TOKENS = 5 };

static str name_of(relater *r, const mention *thing) {
    const slot *s = mention_slot(thing, KEY_NAME);
    uint32_t first = s ? s->first : thing->first, end = s ? s->end : thing->end;
    if (first + 1 < end && worker_word_is(r->w, r->d->tokens.at[first].word, r->article)) first++;
    return document_tokens(r->d, first, end);
}

/* The kind from the lexicon's fact of the head noun, else the head noun itself. */
static str kind_of(relater *r, const mention *thing) {
    const slot *s = mention_slot(thing, KEY_KIND);
    str said = mention_attribute(thing, KEY_KIND);
    if (said.len) return said;
    if (!s) return STR("other");
    uint32_t count;
    const reading *readings = worker_readings(r->w, s->readings, &count);
    for (uint32_t i = 0; i < count; i++) {
        if (readings[i].entry == NONE || r->k->entries.at[readings[i].entry].list == r->body) continue;
        str kind = entry_fact(&r->k->entries.at[readings[i].entry], KEY_KIND);
        if (kind.len) return kind;
    }
    return utf8_lower(r->d->arena, document_tokens(r->d, s->first, s->end));
}

/* What a clause makes of an agreement: `done` says what a verb that happened makes of it. What is only to be dropped is
 * still in force. */
static const char *clause_status(relater *r, const mention *m, bool agreement) {
    event probe = {0};
    str done = mention_attribute(m, KEY_DONE);
    relate_status(r, &probe, m, "occurred");
    bool happened = strcmp(probe.status, "occurred") == 0;
    if (!agreement || strcmp(probe.status, "hypothetical") == 0) return probe.status;
    if (str_equal(done, STR("not_held"))) return happened ? "not_held" : "agreed";
    return !happened ? probe.status : str_equal(done, STR("signed")) ? "signed" : "agreed";
}

static fact_strength strength_of(const mention *m) {
    if (!str_equal(mention_attribute(m, KEY_WEAK), STR("yes"))) return FACT_CLAUSE;
    return mention_attribute(m, KEY_STATUS).len ? FACT_HINT : FACT_MENTION;
}

static pending_fact *pending_of(relater *r, uint32_t thing, bool agreement) {
    for (uint32_t i = 0; i < r->pending.len; i++) {
        if (r->pending.at[i].thing == thing) return &r->pending.at[i];
    }
    pending_fact *f = VEC_PUSH(r->d->arena, &r->pending);
    const mention *m = &r->d->mentions.at[thing];
    *f = (pending_fact){.thing = thing, .agreement = agreement};
    f->e = (event){.type = kind_of(r, m), .name = name_of(r, m), .place = NONE};
    f->e.status = agreement ? "agreed" : "occurred";
    relate_parties(r, &f->e, m, agreement ? KEY_PARTY : KEY_PARTICIPANT, agreement ? "party" : "participant");
    relate_date(r, &f->e, m, false);
    relate_place(r, &f->e, m);
    return f;
}

static bool hangs(relater *r, uint32_t at) {
    uint32_t word = r->d->tokens.at[at].word;
    return worker_word_is(r->w, word, r->article) || worker_word_is(r->w, word, r->preposition) ||
           worker_word_is(r->w, word, r->and_word);
}

/* The words that complete the name: all of them after a bare noun, a few after one that says what it is. */
static void complete_name(relater *r, pending_fact *f, const mention *m) {
    const mention *thing = &r->d->mentions.at[f->thing];
    const slot *more = mention_slot(m, KEY_MORE);
    if (!more || f->completed || mention_is(r->w, thing, KNOWN_PROPER)) return;
    bool bare = mention_is(r->w, thing, KNOWN_BARE);
    uint32_t most = bare ? NAME_TOKENS : SHORT_TOKENS, end = more->end;
    if (end - more->first > most && !bare) return;
    if (end - more->first > most) end = more->first + most;
    while (end > more->first && hangs(r, end - 1)) end--;
    str words = document_tokens(r->d, more->first, end), name = f->e.name;
    f->e.name = arena_format(r->d->arena, "%.*s %.*s", (int)name.len, name.at, (int)words.len, words.at);
    f->completed = true;
}

static void add_fact(relater *r, const mention *m, uint32_t thing, bool agreement) {
    event e = {.type = STR(""), .place = NONE, .status = clause_status(r, m, agreement)};
    if (strcmp(e.status, "hypothetical") == 0) return;
    pending_fact *f = pending_of(r, thing, agreement);
    fact_strength strength = strength_of(m);
    relate_parties(r, &e, m, agreement ? KEY_PARTY : KEY_PARTICIPANT, agreement ? "party" : "participant");
    relate_date(r, &e, m, agreement && strength == FACT_CLAUSE && mention_attribute(m, KEY_DONE).len);
    relate_place(r, &e, m);
    relate_about(r, &e, m);
    relate_evidence(r, &e, m);
    if (strength > f->strength) f->strength = strength, f->e.status = e.status;
    if (f->e.date.len && !relate_dates_fit(f->e.date, e.date)) e.date.len = 0;
    complete_name(r, f, m);
    relate_absorb(r, &f->e, &e);
}

void relate_fact(relater *r, const mention *m, bool agreement) {
    uint32_t key = agreement ? KEY_AGREEMENT : KEY_EVENT, from = 0;
    for (const slot *s; (s = relate_next_slot(m, key, &from));) {
        if (s->mention != NONE) add_fact(r, m, s->mention, agreement);
    }
}
