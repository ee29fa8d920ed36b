/* Contacts: meetings, calls, visits. One contact an article tells five times is one event with five pieces of evidence.
 */
#include "stages/relate.h"

#include <string.h>

enum { CONTACTS_BACK = 64 }; /* how many earlier contacts a new telling is compared with */

static bool is_visit(const event *e) { return str_equal(e->type, STR("visit")); }

static bool has(const event *e, uint32_t id) {
    for (uint32_t i = 0; i < e->participants.len; i++) {
        if (e->participants.at[i].entity == id) return true;
    }
    return false;
}

static bool subset(const event *a, const event *b) {
    for (uint32_t i = 0; i < a->participants.len; i++) {
        if (!has(b, a->participants.at[i].entity)) return false;
    }
    return true;
}

/* With a named person, the person's own country is no party of its own. */
static void drop_own_countries(relater *r, event *e) {
    uint32_t kept = 0;
    for (uint32_t i = 0; i < e->participants.len; i++) {
        const entity *country = &r->d->entities.at[e->participants.at[i].entity];
        bool own = false;
        for (uint32_t j = 0; country->type == ENTITY_COUNTRY && j < e->participants.len; j++) {
            const entity *person = &r->d->entities.at[e->participants.at[j].entity];
            own = own || (person->type == ENTITY_PERSON && person->country[0] &&
                          strcmp(person->country, country->country) == 0);
        }
        if (!own) e->participants.at[kept++] = e->participants.at[i];
    }
    e->participants.len = kept;
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

static bool places_fit(relater *r, const event *a, const event *b) {
    if (a->place == NONE || b->place == NONE || a->place == b->place) return true;
    return a->country[0] && strcmp(a->country, b->country) == 0 &&
           (r->d->entities.at[a->place].type == ENTITY_COUNTRY || r->d->entities.at[b->place].type == ENTITY_COUNTRY);
}

static bool statuses_fit(const event *a, const event *b) {
    if (a->presumed && b->presumed) return true;
    if (strcmp(a->status, b->status) == 0) return true;
    bool a_open = strcmp(a->status, "planned") == 0 || strcmp(a->status, "proposed") == 0;
    bool b_open = strcmp(b->status, "planned") == 0 || strcmp(b->status, "proposed") == 0;
    bool a_off = strcmp(a->status, "not_held") == 0, b_off = strcmp(b->status, "not_held") == 0;
    return (a_open && (b_open || b_off)) || (b_open && a_off);
}

static bool same_contact(relater *r, const event *a, const event *b) {
    if (!str_equal(a->type, b->type) || !statuses_fit(a, b) || !relate_dates_fit(a->date, b->date)) return false;
    if (is_visit(a)) return same_visitor(a, b) && places_fit(r, a, b);
    return subset(a, b) || subset(b, a);
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

static void settle_status(event *into, const event *other, bool same_words) {
    if (weight(other, same_words) <= weight(into, same_words)) return;
    into->status = other->status;
    into->presumed = other->presumed;
}

/* "The leaders discussed trade": by itself a meeting, but after a call of the same people it tells of that call. */
static event *find_any_contact(relater *r, const event *e) {
    document *d = r->d;
    for (uint32_t i = d->events.len, tried = 0; i-- > 0 && tried < CONTACTS_BACK; tried++) {
        event *known = &d->events.at[i];
        bool contact = str_equal(known->type, STR("meeting")) || str_equal(known->type, STR("call"));
        if (contact && subset(e, known) && relate_dates_fit(known->date, e->date)) return known;
    }
    return NULL;
}

static event *find_contact(relater *r, const event *e) {
    document *d = r->d;
    for (uint32_t i = d->events.len, tried = 0; i-- > 0 && tried < CONTACTS_BACK; tried++) {
        if (same_contact(r, &d->events.at[i], e)) return &d->events.at[i];
    }
    return NULL;
}

static bool stands_alone(const event *e) {
    if (is_visit(e)) return e->participants.len >= 1 && (e->place != NONE || e->participants.len >= 2);
    return e->participants.len >= 2;
}

/* Two rules that read the same words tell one contact; a call is the narrower reading. */
static event *find_same_words(relater *r, const event *e) {
    document *d = r->d;
    const evidence *own = &e->evidence.at[0];
    for (uint32_t i = d->events.len, tried = 0; i-- > 0 && tried < CONTACTS_BACK; tried++) {
        event *known = &d->events.at[i];
        bool contact = str_equal(known->type, STR("meeting")) || str_equal(known->type, STR("call"));
        if (is_visit(e) ? !is_visit(known) || !places_fit(r, e, known) : !contact) continue;
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

static void keep(relater *r, const event *e) {
    document *d = r->d;
    event *known = find_same_words(r, e);
    bool same_words = known != NULL;
    if (!known) known = find_contact(r, e);
    if (known) {
        settle_status(known, e, same_words);
        relate_absorb(r, known, e);
        r->last_contact = (uint32_t)(known - d->events.at);
    } else if (stands_alone(e)) {
        *VEC_PUSH(d->arena, &d->events) = *e;
        r->last_contact = d->events.len - 1;
    } else if (r->last_contact != NONE && e->participants.len == 0 &&
               str_equal(d->events.at[r->last_contact].type, e->type) &&
               relate_dates_fit(d->events.at[r->last_contact].date, e->date)) {
        relate_absorb(r, &d->events.at[r->last_contact], e); /* "the meeting", with nobody named again */
    } else {
        *VEC_PUSH(d->arena, &r->weak) = *e;
    }
}

static bool says(relater *r, const mention *m, const char *key, const char *value) {
    return str_equal(mention_attribute(r->k, m, key), str_of(value));
}

static void drop_kind(relater *r, event *e, entity_type kind) {
    uint32_t kept = 0;
    for (uint32_t i = 0; i < e->participants.len; i++) {
        if (r->d->entities.at[e->participants.at[i].entity].type != kind)
            e->participants.at[kept++] = e->participants.at[i];
    }
    e->participants.len = kept;
}

static uint32_t count_people(relater *r, const event *e) {
    uint32_t count = 0;
    for (uint32_t i = 0; i < e->participants.len; i++)
        count += r->d->entities.at[e->participants.at[i].entity].type == ENTITY_PERSON;
    return count;
}

/* "Taking part in the meeting were ...": more people at the contact that was told last. Where they are named, the
   bodies of their titles and the unnamed "members of the council" are no parties beside them. */
static bool join_last(relater *r, event *e) {
    if (r->last_contact == NONE) return false;
    event *last = &r->d->events.at[r->last_contact];
    if (is_visit(last) || !statuses_fit(last, e)) return false;
    if (count_people(r, e)) {
        for (int kind = ENTITY_COUNTRY; kind <= ENTITY_GROUP; kind++) drop_kind(r, e, (entity_type)kind);
        drop_kind(r, last, ENTITY_GROUP);
    }
    relate_absorb(r, last, e);
    drop_own_countries(r, last);
    return true;
}

/* "The leaders that participated:", and the people of the next paragraph are a list of them. */
static void join_list_below(relater *r, const mention *m) {
    const document *d = r->d;
    uint32_t s = m->sentence + 1;
    for (uint32_t list = s; s < d->sentences.len && d->sentences.at[s].paragraph == d->sentences.at[list].paragraph;
         s++) {
        mention line = {
            .sentence = s, .first = d->sentences.at[s].first, .end = d->sentences.at[s].end, .rule = m->rule};
        event e = {.type = STR("meeting"), .place = NONE, .status = "occurred"};
        relate_parties_within(r, &e, &line);
        if (count_people(r, &e) == 0) return;
        relate_evidence(r, &e, &line);
        join_last(r, &e);
    }
}

/* What is dated after the publication has not happened yet. */
static void put_off_to_its_day(relater *r, event *e) {
    str today = str_slice(r->d->published, 0, r->d->published.len < 10 ? r->d->published.len : 10);
    if (strcmp(e->status, "occurred") != 0 || today.len < 10 || e->date.len < 7 || e->date.at[5] == 'W') return;
    size_t least = e->date.len < 10 ? e->date.len : 10;
    int order = memcmp(e->date.at, today.at, least);
    if (order > 0) e->status = "planned";
}

void relate_contact(relater *r, const mention *found) {
    event e = {.type = r->k->classes.at[found->type], .place = NONE};
    mention whole = *found, *m = &whole;
    relate_shared_subject(r, &e, m);
    relate_parties(r, &e, m, r->participant, "participant");
    relate_parties(r, &e, m, r->visitor, "visitor");
    relate_parties(r, &e, m, r->host, "host");
    relate_place(r, &e, m);
    if (e.place == NONE && str_equal(e.type, STR("meeting"))) relate_place_of_sentence(r, &e, m);
    drop_own_countries(r, &e);
    relate_status(r, &e, m, "occurred");
    relate_date(r, &e, m, true);
    put_off_to_its_day(r, &e);
    relate_about(r, &e, m);
    relate_evidence(r, &e, m);
    if (strcmp(e.status, "hypothetical") == 0) return;
    if (says(r, m, "joins", "below")) {
        join_list_below(r, m);
        return;
    }
    if (says(r, m, "joins", "last")) {
        if (!join_last(r, &e)) keep(r, &e);
        return;
    }
    event *told = says(r, m, "weak", "yes") ? find_any_contact(r, &e) : NULL;
    if (told) {
        relate_absorb(r, told, &e);
        r->last_contact = (uint32_t)(told - r->d->events.at);
    } else {
        keep(r, &e);
        if (is_visit(&e)) relate_further_places(r, &e, m, keep);
    }
}

/* A meeting without a place takes that of the visit during which it happens. */
static void places_from_visits(relater *r) {
    document *d = r->d;
    for (uint32_t i = 0; i < d->events.len; i++) {
        event *e = &d->events.at[i];
        if (e->place != NONE || !str_equal(e->type, STR("meeting"))) continue;
        for (uint32_t k = 0; k < d->events.len && k < CONTACTS_BACK && e->place == NONE; k++) {
            const event *visit = &d->events.at[k];
            if (!is_visit(visit) || visit->place == NONE || strcmp(visit->status, e->status) != 0 ||
                !relate_dates_fit(visit->date, e->date))
                continue;
            for (uint32_t p = 0; p < visit->participants.len; p++) {
                if (strcmp(visit->participants.at[p].role, "visitor") != 0 || !has(e, visit->participants.at[p].entity))
                    continue;
                e->place = visit->place;
                memcpy(e->country, visit->country, 3);
            }
        }
    }
}

/* A telling with too few parties adds to the contact that it fits; alone it says too little. */
void relate_finish_contacts(relater *r) {
    for (uint32_t i = 0; i < r->weak.len; i++) {
        event *known = find_contact(r, &r->weak.at[i]);
        if (known && r->weak.at[i].participants.len) relate_absorb(r, known, &r->weak.at[i]);
    }
    places_from_visits(r);
}
