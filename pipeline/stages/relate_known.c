/* Which contact of the article a telling is about. Two tellings are of one contact when type, status, date and parties
   allow it; when in doubt they are two. */
#include "stages/relate.h"

#include <string.h>

enum { CONTACTS_BACK = 64 }; /* how many earlier contacts a telling is compared with */

bool relate_is_visit(const event *e) { return str_equal(e->type, STR("visit")); }

bool relate_is_talk(const event *e) { return str_equal(e->type, STR("meeting")) || str_equal(e->type, STR("call")); }

bool relate_has_party(const event *e, uint32_t id) {
    for (uint32_t i = 0; i < e->participants.len; i++) {
        if (e->participants.at[i].entity == id) return true;
    }
    return false;
}

bool relate_stands_alone(const event *e) {
    if (relate_is_visit(e)) return e->participants.len >= 1 && (e->place != NONE || e->participants.len >= 2);
    return e->participants.len >= 2;
}

static bool subset(const event *a, const event *b) {
    for (uint32_t i = 0; i < a->participants.len; i++) {
        if (!relate_has_party(b, a->participants.at[i].entity)) return false;
    }
    return true;
}

/* Of one party only, yet to be joined by the others, an event is no other telling's. */
static bool same_parties(const event *known, const event *e) {
    if (known->participants.len < 2 && e->participants.len >= 2) return false;
    return subset(known, e) || subset(e, known);
}

static bool same_visitor(const event *a, const event *b) {
    for (uint32_t i = 0; i < a->participants.len; i++) {
        const participant *p = &a->participants.at[i];
        if (strcmp(p->role, "visitor") != 0) continue;
        for (uint32_t j = 0; j < b->participants.len; j++) {
            if (b->participants.at[j].entity == p->entity && strcmp(b->participants.at[j].role, "visitor") == 0)
                return true;
        }
    }
    return false;
}

bool relate_places_fit(const relater *r, const event *a, const event *b) {
    if (a->place == NONE || b->place == NONE || a->place == b->place) return true;
    return a->country[0] && strcmp(a->country, b->country) == 0 &&
           (r->d->entities.at[a->place].type == ENTITY_COUNTRY || r->d->entities.at[b->place].type == ENTITY_COUNTRY);
}

bool relate_statuses_fit(const event *a, const event *b) {
    if (a->presumed && b->presumed) return true;
    if (strcmp(a->status, b->status) == 0) return true;
    bool a_open = strcmp(a->status, "planned") == 0 || strcmp(a->status, "proposed") == 0;
    bool b_open = strcmp(b->status, "planned") == 0 || strcmp(b->status, "proposed") == 0;
    bool a_off = strcmp(a->status, "not_held") == 0, b_off = strcmp(b->status, "not_held") == 0;
    return (a_open && (b_open || b_off)) || (b_open && a_off);
}

/* A day that only stands near "the meeting between A and B" may be of something else. */
static bool date_may_be_another(const event *e) { return e->presumed && e->date_near; }

static bool same_contact(const relater *r, const event *known, const event *e, bool strict) {
    if (!str_equal(known->type, e->type) || !relate_statuses_fit(known, e)) return false;
    if (!relate_dates_fit(known->date, e->date) && (strict || !(date_may_be_another(known) || date_may_be_another(e))))
        return false;
    if (relate_is_visit(known)) return same_visitor(known, e) && relate_places_fit(r, known, e);
    return same_parties(known, e);
}

event *relate_find_contact(const relater *r, const event *e) {
    document *d = r->d;
    for (int strict = 1; strict >= 0; strict--) {
        for (uint32_t i = d->events.len, tried = 0; i-- > 0 && tried < CONTACTS_BACK; tried++) {
            if (same_contact(r, &d->events.at[i], e, strict)) return &d->events.at[i];
        }
    }
    return NULL;
}

/* How far the telling nearest to `begin` is from it. */
static uint32_t distance(const event *known, uint32_t begin) {
    uint32_t least = UINT32_MAX;
    for (uint32_t i = 0; i < known->evidence.len; i++) {
        uint32_t other = known->evidence.at[i].begin, far = other > begin ? other - begin : begin - other;
        if (far < least) least = far;
    }
    return least;
}

/* "At the invitation of B": of the visit of that visitor which is told nearest, planned or made. */
event *relate_find_visit(const relater *r, const event *e) {
    event *best = NULL;
    for (uint32_t i = 0; i < r->d->events.len; i++) {
        event *known = &r->d->events.at[i];
        if (!relate_is_visit(known) || !same_visitor(known, e) || !relate_places_fit(r, known, e)) continue;
        uint32_t begin = e->evidence.at[0].begin;
        if (!best || distance(known, begin) < distance(best, begin)) best = known;
    }
    return best;
}

/* "The leaders discussed trade": by itself a meeting, but after a call of the same people it tells of that call; and
   after any talks, whoever "they" may be. */
event *relate_find_talks(const relater *r, const event *e, bool any_parties) {
    document *d = r->d;
    for (uint32_t i = d->events.len, tried = 0; i-- > 0 && tried < CONTACTS_BACK; tried++) {
        event *known = &d->events.at[i];
        if (!relate_is_talk(known) || !relate_dates_fit(known->date, e->date)) continue;
        if (any_parties ? strcmp(known->status, e->status) == 0 : subset(e, known)) return known;
    }
    return NULL;
}

/* Two rules that read the same words tell one contact; a call is the narrower reading. */
event *relate_find_same_words(const relater *r, const event *e) {
    document *d = r->d;
    const evidence *own = &e->evidence.at[0];
    for (uint32_t i = d->events.len, tried = 0; i-- > 0 && tried < CONTACTS_BACK; tried++) {
        event *known = &d->events.at[i];
        if (relate_is_visit(e) ? !relate_is_visit(known) || !relate_places_fit(r, e, known) : !relate_is_talk(known))
            continue;
        if (!(subset(e, known) || subset(known, e))) continue;
        for (uint32_t v = 0; v < known->evidence.len; v++) {
            const evidence *other = &known->evidence.at[v];
            if (other->begin >= own->end || own->begin >= other->end) continue;
            if (str_equal(e->type, STR("call"))) known->type = e->type;
            return known;
        }
    }
    return NULL;
}

/* How much a status says: a called-off contact stays called off; a fixed plan says more than an offer. */
static int weight(const event *e, bool same_words) {
    static const char *const known[] = {"occurred", "planned", "proposed", "not_held"};
    static const int apart[] = {3, 2, 1, 4};
    for (int i = 0; i < 4; i++) {
        if (strcmp(e->status, known[i]) == 0) return e->presumed ? 0 : same_words ? i + 1 : apart[i];
    }
    return 0;
}

void relate_settle_status(event *into, const event *other, bool same_words) {
    if (weight(other, same_words) <= weight(into, same_words)) return;
    into->status = other->status;
    into->presumed = other->presumed;
}
