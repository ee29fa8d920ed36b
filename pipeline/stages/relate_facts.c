/* Agreements and public events: what their mentions are called, and the facts that sentences add to them. */
#include "stages/relate.h"

#include <string.h>

enum { FACTS_BACK = 64 };

static str name_of(relater *r, const mention *thing) {
    const slot *s = mention_slot(r->k, thing, "name");
    return s ? document_tokens(r->d, s->first, s->end) : document_tokens(r->d, thing->first, thing->end);
}

/* The kind from the lexicon's fact of the head noun, else the head noun itself. */
static str kind_of(relater *r, const mention *thing) {
    const slot *s = mention_slot(r->k, thing, "kind");
    if (!s) return STR("other");
    uint32_t count;
    const reading *readings = worker_readings(r->w, s->readings, &count);
    for (uint32_t i = 0; i < count; i++) {
        if (readings[i].entry == NONE) continue;
        str kind = entry_fact(&r->k->entries.at[readings[i].entry], STR("kind"));
        if (kind.len) return kind;
    }
    return utf8_lower(r->d->arena, document_tokens(r->d, s->first, s->end));
}

/* One word, and it is the head noun: "the declaration", "the deal". It points back. */
static bool points_back(relater *r, const mention *thing) {
    const slot *s = mention_slot(r->k, thing, "name");
    return str_equal(mention_attribute(r->k, thing, "anaphoric"), STR("yes")) ||
           (s && s->end - s->first == 1 && !mention_is(r->w, thing, "proper"));
}

static bool parties_fit(const event *a, const event *b) {
    if (!a->participants.len || !b->participants.len) return true;
    for (uint32_t i = 0; i < a->participants.len; i++) {
        for (uint32_t j = 0; j < b->participants.len; j++) {
            if (a->participants.at[i].entity == b->participants.at[j].entity) return true;
        }
    }
    return false;
}

/* "the Shusha Declaration" after "the Shusha Declaration on Allied Relations": one name begins with all words of the
 * other. */
static bool shortened(str a, str b) {
    str longer = a.len >= b.len ? a : b, shorter = a.len >= b.len ? b : a;
    bool several = false;
    for (size_t i = 0; i < shorter.len; i++) several = several || shorter.at[i] == ' ';
    return several && str_starts(longer, shorter) && (longer.len == shorter.len || longer.at[shorter.len] == ' ');
}

static event *find_thing(relater *r, event *things, uint32_t count, const event *e, bool back) {
    str name = utf8_fold(r->d->arena, e->name);
    for (uint32_t i = count, tried = 0; i-- > 0 && tried < FACTS_BACK; tried++) {
        event *known = &things[i];
        if (!relate_dates_fit(known->date, e->date) || !parties_fit(known, e)) continue;
        if (shortened(utf8_fold(r->d->arena, known->name), name) ||
            str_equal(utf8_fold(r->d->arena, known->name), name))
            return known;
        if (back && str_equal(known->type, e->type)) return known;
    }
    return NULL;
}

static const mention *thing_of(relater *r, const mention *m, uint32_t key) {
    uint32_t from = 0;
    const slot *s = relate_next_slot(m, key, &from);
    return s && s->mention != NONE ? &r->d->mentions.at[s->mention] : NULL;
}

/* A rule that only sees the name says `weak='yes'`: its status gives way to what a clause says. */
static bool weak_status(relater *r, const mention *m) {
    return str_equal(mention_attribute(r->k, m, "weak"), STR("yes"));
}

/* A clause that happened makes of the agreement what the rule says by `done`; one that is planned or refused, just
 * that. */
static void clause_status(relater *r, event *e, const mention *m) {
    const char *done = str_equal(mention_attribute(r->k, m, "done"), STR("signed")) ? "signed" : "agreed";
    relate_status(r, e, m, done);
    if (strcmp(e->status, "occurred") == 0) e->status = done;
}

static void add_fact(relater *r, const mention *m, const mention *thing, event e, bool agreement) {
    document *d = r->d;
    bool back = points_back(r, thing);
    event *list = agreement ? d->agreements.at : d->events.at;
    uint32_t count = agreement ? d->agreements.len : d->events.len;
    event *known = find_thing(r, list, count, &e, back);
    if (known) {
        if (!weak_status(r, m)) known->status = e.status;
        e.name = (str){0};
        relate_absorb(r, known, &e);
    } else if (agreement) {
        *VEC_PUSH(d->arena, &d->agreements) = e;
    } else {
        *VEC_PUSH(d->arena, &d->events) = e;
    }
}

void relate_agreement(relater *r, const mention *m) {
    const mention *thing = thing_of(r, m, r->agreement);
    if (!thing) return;
    event e = {.type = kind_of(r, thing), .name = name_of(r, thing), .place = NONE};
    relate_parties(r, &e, m, r->party, "party");
    relate_parties(r, &e, thing, r->party, "party");
    clause_status(r, &e, m);
    if (strcmp(e.status, "hypothetical") == 0) return;
    relate_date(r, &e, m, !weak_status(r, m));
    if (!e.date.len) relate_date(r, &e, thing, false);
    relate_about(r, &e, thing);
    relate_about(r, &e, m);
    relate_evidence(r, &e, m);
    add_fact(r, m, thing, e, true);
}

void relate_public_event(relater *r, const mention *m) {
    const mention *thing = thing_of(r, m, r->event);
    if (!thing) return;
    event e = {.type = kind_of(r, thing), .name = name_of(r, thing), .place = NONE};
    relate_parties(r, &e, m, r->participant, "participant");
    relate_status(r, &e, m, "occurred");
    if (strcmp(e.status, "hypothetical") == 0) return;
    relate_place(r, &e, m);
    if (e.place == NONE) relate_place(r, &e, thing);
    relate_date(r, &e, m, false);
    if (!e.date.len) relate_date(r, &e, thing, false);
    relate_evidence(r, &e, m);
    add_fact(r, m, thing, e, false);
}
