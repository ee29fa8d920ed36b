/* Occasions: the public event at which a contact was held ("on the sidelines of the summit"), and the contact or event
 * at which an agreement was signed ("following the talks, the two signed a memorandum"). The rules mark the words that
 * name an occasion; here it is found what the sentence says of it, and which contact "the talks" were. */
#include "stages/relate.h"

#include <string.h>

enum { OPENING_TOKENS = 3, CONTACTS_BACK = 8, SENTENCES_BACK = 8, FAR_BYTES = 100, MONTH = 7 /* of 2022-02-08 */ };

/* Nobody meets at a war or an earthquake. */
bool relate_gathers(const relater *r, const mention *thing) {
    const slot *kind = mention_slot(thing, KEY_KIND);
    uint32_t count = 0;
    const reading *readings = kind ? worker_readings(r->w, kind->readings, &count) : NULL;
    for (uint32_t i = 0; i < count; i++) {
        uint32_t list = readings[i].entry == NONE ? NONE : r->k->entries.at[readings[i].entry].list;
        if (list != NONE && (list == r->conflict || list == r->known_conflict || list == r->incident)) return false;
    }
    return true;
}

void relate_occasion(relater *r, const mention *m) {
    uint32_t from = 0;
    const slot *named = relate_next_slot(m, KEY_EVENT, &from);
    if (named && (named->mention == NONE || !relate_gathers(r, &r->d->mentions.at[named->mention]))) return;
    relate_fact(r, m, false);
    *VEC_PUSH(r->d->arena, &r->occasions) = *m;
}

static bool is_contact(const event *e) {
    return str_equal(e->type, STR("meeting")) || str_equal(e->type, STR("call")) || str_equal(e->type, STR("visit"));
}

/* The public event that the occasion names, numbered from 1; 0: none, or none worth keeping. */
static uint32_t event_of(const relater *r, const mention *occasion) {
    uint32_t from = 0;
    const slot *s = relate_next_slot(occasion, KEY_EVENT, &from);
    for (uint32_t i = 0; s && i < r->pending.len; i++) {
        if (!r->pending.at[i].agreement && r->pending.at[i].thing == s->mention) return r->pending.at[i].settled;
    }
    return 0;
}

static uint32_t begin_of(const relater *r, uint32_t at) { return r->d->tokens.at[at].begin; }

static bool verb_within(const relater *r, uint32_t in, uint32_t begin, uint32_t end) {
    const mention_list *list = relate_mentions(r, in);
    for (uint32_t i = 0; i < list->len; i++) {
        const mention *m = &r->d->mentions.at[list->at[i]];
        if (m->type == r->verb && begin_of(r, m->first) >= begin && begin_of(r, m->end - 1) < end) return true;
    }
    return false;
}

/* What parts an occasion from words before it: a speaker, a relative clause, another meeting. */
static bool parts(const relater *r, uint32_t word) {
    if (worker_word_is(r->w, word, r->hold)) return false;
    return worker_word_is(r->w, word, r->say) || worker_word_is(r->w, word, r->relative) ||
           worker_word_is(r->w, word, r->meeting_noun);
}

/* "The pledge made at the summit". */
static bool done_there(const relater *r, uint32_t word) {
    return !worker_word_is(r->w, word, r->hold) &&
           (worker_word_is(r->w, word, r->vbd) || worker_word_is(r->w, word, r->vbn));
}

/* "A, who spoke at the forum, met B": the occasion belongs to the clause between, which the telling goes on after. */
static bool in_an_aside(const relater *r, const mention *occasion, uint32_t told_end) {
    const document *d = r->d;
    for (uint32_t i = d->mentions.len; i-- > 0 && d->mentions.at[i].sentence == occasion->sentence;) {
        const mention *m = &d->mentions.at[i];
        if (m->type == r->aside && m->first + 1 < occasion->first && occasion->end <= m->end &&
            d->tokens.at[m->end - 1].end < told_end)
            return true;
    }
    return false;
}

/* Whether the words that tell something (`told`) and the occasion are of one clause: it opens the sentence ("At the
 * forum, A met B"), or nothing else happens between ("A met B and later spoke at the forum"). */
static bool of_one_clause(const relater *r, const mention *occasion, const evidence *told) {
    const document *d = r->d;
    uint32_t begin = begin_of(r, occasion->first), end = d->tokens.at[occasion->end - 1].end;
    uint32_t in = occasion->sentence, first = d->sentences.at[in].first;
    if (told->begin >= end) return occasion->first < first + OPENING_TOKENS && !verb_within(r, in, end, told->begin);
    bool within = told->end > begin;
    if (within ? in_an_aside(r, occasion, told->end) : verb_within(r, in, told->end, begin)) return false;
    for (uint32_t at = occasion->first; at-- > first;) {
        const token *t = &d->tokens.at[at];
        if (t->begin < told->begin || (within ? verb_within(r, in, t->begin, t->end) : t->begin < told->end)) break;
        if (begin - t->begin > FAR_BYTES && !within) return false;
        if (parts(r, t->word) || (at + 1 == occasion->first && done_there(r, t->word))) return false;
    }
    return true;
}

/* The evidence of this sentence on which `e` stands and that the occasion belongs to. */
static bool told_at(const relater *r, const event *e, const mention *occasion) {
    const sentence *s = &r->d->sentences.at[occasion->sentence];
    uint32_t begin = begin_of(r, s->first), end = r->d->tokens.at[s->end - 1].end;
    for (uint32_t i = e->evidence.len; i-- > 0;) {
        const evidence *v = &e->evidence.at[i];
        if (v->begin >= begin && v->end <= end && of_one_clause(r, occasion, v)) return true;
    }
    return false;
}

static bool told_in(const relater *r, const event *e, uint32_t in) {
    uint32_t begin = begin_of(r, r->d->sentences.at[in].first);
    return e->evidence.len && e->evidence.at[e->evidence.len - 1].begin >= begin;
}

static str month_of(str date) { return str_slice(date, 0, date.len < MONTH ? date.len : MONTH); }

static void tie(relater *r, event *e, uint32_t number, const mention *occasion) {
    str theirs = month_of(r->d->events.at[number - 1].date);
    if (e->during || !relate_dates_fit(month_of(e->date), theirs)) return; /* "the summit last year" */
    e->during = number;
    relate_evidence(r, e, occasion);
}

/* ---- contacts at an event */

static void tie_contacts(relater *r, const mention *occasion, uint32_t number) {
    document *d = r->d;
    bool any = false, attended = mention_attribute(occasion, KEY_VISIT).len;
    for (uint32_t i = d->events.len, tried = 0; i-- > 0 && tried < CONTACTS_BACK; tried++) {
        event *e = &d->events.at[i];
        if (!is_contact(e) || !told_in(r, e, occasion->sentence)) continue;
        any = true;
        if (attended == str_equal(e->type, STR("visit")) && told_at(r, e, occasion)) tie(r, e, number, occasion);
    }
    bool back = str_equal(mention_attribute(occasion, KEY_JOINS), STR("last"));
    if (!any && back && r->last_contact != NONE) tie(r, &d->events.at[r->last_contact], number, occasion);
}

/* ---- agreements at a contact */

/* All parties; of a visit, where hosts are seldom named, one. */
static bool parties_took_part(relater *r, const event *agreement, const event *contact) {
    uint32_t all = agreement->participants.len, there = 0;
    for (uint32_t i = 0; i < all; i++) there += relate_takes_part(r, contact, agreement->participants.at[i].entity);
    return there == all || (there > 0 && str_equal(contact->type, STR("visit")));
}

static bool statuses_fit(const event *agreement, const event *contact) {
    bool open = strcmp(agreement->status, "planned") == 0;
    return strcmp(contact->status, open ? "planned" : "occurred") == 0;
}

/* "During the visit" is no meeting, unless no visit is told. */
static bool is_named(const event *contact, const mention *occasion) {
    const slot *s = occasion ? mention_slot(occasion, KEY_VISIT) : NULL;
    return !occasion || (s != NULL) == str_equal(contact->type, STR("visit"));
}

static bool fits(relater *r, const event *agreement, const event *contact) {
    return is_contact(contact) && statuses_fit(agreement, contact) &&
           relate_dates_fit(agreement->date, contact->date) && parties_took_part(r, agreement, contact);
}

/* The contact at which it was signed: one of this sentence; where words point back to one, the last that fits. */
static uint32_t contact_of(relater *r, const event *agreement, const mention *occasion, uint32_t in) {
    const document *d = r->d;
    bool lately = occasion && r->last_contact != NONE && in <= r->last_told + SENTENCES_BACK;
    uint32_t best = 0;
    for (uint32_t i = d->events.len, tried = 0; i-- > 0 && tried < CONTACTS_BACK; tried++) {
        const event *e = &d->events.at[i];
        if (!fits(r, agreement, e) || !(lately || told_in(r, e, in))) continue;
        if (is_named(e, occasion)) return i + 1;
        if (!best) best = i + 1;
    }
    return best;
}

static const mention *occasion_of(const relater *r, const event *agreement, bool at_event) {
    for (uint32_t i = 0; i < r->occasions.len; i++) {
        const mention *m = &r->occasions.at[i];
        bool named = mention_slot(m, KEY_EVENT) != NULL;
        if (named == at_event && told_at(r, agreement, m)) return m;
    }
    return NULL;
}

static void tie_agreement(relater *r, event *agreement, uint32_t in) {
    const mention *contact = occasion_of(r, agreement, false), *meet = occasion_of(r, agreement, true);
    uint32_t number = contact || agreement->participants.len > 1 ? contact_of(r, agreement, contact, in) : 0;
    if (number && contact) relate_evidence(r, agreement, contact);
    if (number) agreement->during = number;
    if (!number && meet && (number = event_of(r, meet))) tie(r, agreement, number, meet);
}

static bool is_closed(const pending_fact *f) {
    return f->agreement && f->settled && f->strength == FACT_CLAUSE && strcmp(f->e.status, "not_held") != 0 &&
           strcmp(f->e.status, "proposed") != 0;
}

void relate_occasions(relater *r, uint32_t in) {
    for (uint32_t i = 0; i < r->occasions.len; i++) {
        uint32_t number = event_of(r, &r->occasions.at[i]);
        if (number) tie_contacts(r, &r->occasions.at[i], number);
    }
    for (uint32_t i = 0; i < r->pending.len; i++) {
        if (!is_closed(&r->pending.at[i])) continue;
        event *agreement = &r->d->agreements.at[r->pending.at[i].settled - 1];
        if (!agreement->during) tie_agreement(r, agreement, in);
    }
}
