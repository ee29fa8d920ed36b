/* Contacts: meetings, calls, visits. One contact an article tells five times is one event with five pieces of evidence.
 */
#include "stages/relate.h"

#include <string.h>

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

/* "They discussed the outcome of A's talks with B": a contact of others that a noun only recalls, on the way. */
static bool recalled(const relater *r, const event *e) {
    if (!e->presumed || r->last_contact == NONE) return false;
    const event *last = &r->d->events.at[r->last_contact];
    bool same = true, visit = relate_is_visit(e);
    for (uint32_t i = 0; i < last->participants.len && same; i++)
        same = relate_has_party(e, last->participants.at[i].entity);
    return !same && !last->presumed && !relate_is_visit(last) && (visit || relate_stands_alone(e));
}

/* Of a visit and a meeting in one sentence, what follows goes on about the meeting. */
static void told_now(relater *r, const event *e) {
    uint32_t at = (uint32_t)(e - r->d->events.at);
    if (recalled(r, e)) return;
    bool meeting_told = r->last_contact != NONE && r->last_told == r->at &&
                        !relate_is_visit(&r->d->events.at[r->last_contact]);
    if (!relate_is_visit(e) || !meeting_told) r->last_contact = at;
}

static void keep(relater *r, const event *e) {
    document *d = r->d;
    event *known = relate_find_same_words(r, e);
    bool same_words = known != NULL;
    if (!known) known = relate_find_contact(r, e);
    if (known) {
        relate_settle_status(known, e, same_words);
        relate_absorb(r, known, e);
        told_now(r, known);
    } else if (relate_stands_alone(e)) {
        *VEC_PUSH(d->arena, &d->events) = *e;
        told_now(r, &d->events.at[d->events.len - 1]);
    } else if (r->last_contact != NONE && e->participants.len == 0 &&
               str_equal(d->events.at[r->last_contact].type, e->type) &&
               relate_dates_fit(d->events.at[r->last_contact].date, e->date)) {
        relate_absorb(r, &d->events.at[r->last_contact], e); /* "the meeting", with nobody named again */
    } else {
        *VEC_PUSH(d->arena, &r->weak) = *e;
    }
}

static bool says(const mention *m, uint32_t key, const char *value) {
    return str_equal(mention_attribute(m, key), str_of(value));
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
static bool join_last(relater *r, event *e, bool company) {
    event *last = r->last_contact == NONE ? NULL : &r->d->events.at[r->last_contact];
    for (uint32_t i = r->d->events.len; last && relate_is_visit(e) && !relate_is_visit(last) && i-- > 0;)
        if (relate_is_visit(&r->d->events.at[i])) last = &r->d->events.at[i];
    if (company && !count_people(r, e)) return false;
    if (!last || (relate_is_visit(last) ? !company : !relate_statuses_fit(last, e))) return false;
    if (count_people(r, e)) {
        for (int kind = ENTITY_COUNTRY; kind <= ENTITY_GROUP; kind++) drop_kind(r, e, (entity_type)kind);
        drop_kind(r, last, ENTITY_GROUP);
        drop_kind(r, last, ENTITY_ORGANIZATION);
    }
    for (uint32_t i = 0; relate_is_visit(last) && i < e->participants.len; i++) e->participants.at[i].role = "visitor";
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
        join_last(r, &e, false);
    }
}

/* What is dated after the publication has not happened yet. */
static void put_off_to_its_day(relater *r, event *e) {
    str today = str_slice(r->d->published, 0, r->d->published.len < 10 ? r->d->published.len : 10);
    if (strcmp(e->status, "occurred") != 0 || today.len < 10 || e->date.len < 7 || e->date.at[5] == 'W') return;
    size_t least = e->date.len < 10 ? e->date.len : 10;
    int order = memcmp(e->date.at, today.at, least);
    if (order <= 0) return;
    if (e->date_near && !e->presumed)
        e->date = (str){0}, e->date_basis = NULL; /* "arrived for the summit on Thursday": not the arrival's day */
    else
        e->status = "planned";
}

/* "Separate meetings with B and with C", "met separately with B and C": one with each. */
static bool keep_apart(relater *r, const event *e, const mention *m, uint32_t first_others) {
    if (relate_is_visit(e) || first_others == 0 || e->participants.len < first_others + 2) return false;
    bool apart = false;
    for (uint32_t i = m->first; i < m->end; i++)
        apart = apart || worker_word_is(r->w, r->d->tokens.at[i].word, r->k->known[KNOWN_APART_WORD]);
    for (uint32_t i = first_others; apart && i < e->participants.len; i++) {
        event one = *e;
        memset(&one.participants, 0, sizeof one.participants);
        memset(&one.evidence, 0, sizeof one.evidence);
        for (uint32_t k = 0; k < first_others; k++) *VEC_PUSH(r->d->arena, &one.participants) = e->participants.at[k];
        *VEC_PUSH(r->d->arena, &one.participants) = e->participants.at[i];
        relate_evidence(r, &one, m);
        event *known = relate_find_contact(r, &one);
        if (known)
            relate_absorb(r, known, &one);
        else
            *VEC_PUSH(r->d->arena, &r->d->events) = one;
        r->last_contact = known ? (uint32_t)(known - r->d->events.at) : r->d->events.len - 1;
    }
    return apart;
}

/* "They discussed trade" after talks told before. */
static bool join_talks(relater *r, const event *e, const mention *m) {
    enum { SENTENCES_BACK = 12 };
    event facts = *e;
    uint32_t from = 0;
    if (facts.date_near) facts.date = facts.end = (str){0}; /* of what they discussed, as the place may be */
    if (!relate_next_slot(m, KEY_PLACE, &from)) facts.place = NONE;
    event *told = relate_find_talks(r, &facts, false);
    const slot *who = mention_slot(m, KEY_PARTICIPANT);
    bool back = who && who->mention != NONE && mention_is(r->w, &r->d->mentions.at[who->mention], KNOWN_NOMINAL);
    if (!told && back && r->last_contact != NONE && m->sentence <= r->last_told + SENTENCES_BACK)
        told = relate_find_talks(r, &facts, true);
    if (!told) return false;
    relate_absorb_facts(r, told, &facts);
    r->last_contact = (uint32_t)(told - r->d->events.at);
    return true;
}

/* Tells how many of the parties are the subject: that of another verb, or the first slot's. */
static uint32_t take_parties(relater *r, event *e, mention *m) {
    uint32_t from = 0;
    const slot *first = relate_next_slot(m, KEY_PARTICIPANT, &from);
    relate_shared_subject(r, e, m);
    if (!e->participants.len && first && !mention_attribute(m, KEY_SUBJECT).len)
        relate_parties_between(r, e, m->sentence, first->first, first->end, "participant");
    uint32_t subjects = e->participants.len;
    relate_parties(r, e, m, KEY_PARTICIPANT, "participant");
    relate_parties(r, e, m, KEY_VISITOR, "visitor");
    relate_parties(r, e, m, KEY_HOST, "host");
    relate_company(r, e, m);
    return subjects;
}

static void take_facts(relater *r, event *e, const mention *m) {
    relate_place(r, e, m);
    if (e->place == NONE && str_equal(e->type, STR("meeting"))) relate_place_of_sentence(r, e, m);
    drop_own_countries(r, e);
    relate_status(r, e, m, "occurred");
    bool opens = says(m, KEY_OPENS, "yes");
    relate_date(r, e, m, opens || relate_stands_alone(e) || says(m, KEY_JOINS, "last"));
    put_off_to_its_day(r, e);
    relate_about(r, e, m);
    relate_evidence(r, e, m);
}

/* "... she met B and C", of whom nobody knows who she is: B and C did not meet each other. */
static bool lacks_subject(const event *e, const mention *m, uint32_t subjects) {
    uint32_t from = 0;
    if (relate_is_visit(e) || e->participants.len < 2 || subjects) return false;
    bool two = relate_next_slot(m, KEY_PARTICIPANT, &from) && relate_next_slot(m, KEY_PARTICIPANT, &from);
    return two || mention_attribute(m, KEY_SUBJECT).len;
}

void relate_contact(relater *r, const mention *found) {
    event e = {.type = r->k->classes.at[found->type], .place = NONE};
    mention whole = *found, *m = &whole;
    uint32_t subjects = take_parties(r, &e, m);
    take_facts(r, &e, m);
    if (strcmp(e.status, "hypothetical") == 0 || relate_headline_waits(r, &e, m)) return;
    bool company = says(m, KEY_JOINS, "company");
    if (says(m, KEY_JOINS, "below")) {
        join_list_below(r, m);
    } else if (says(m, KEY_JOINS, "visit")) {
        *VEC_PUSH(r->d->arena, &r->weak) = e;
    } else if (company || says(m, KEY_JOINS, "last")) {
        if (!join_last(r, &e, company) && !company) keep(r, &e);
    } else if (says(m, KEY_OPENS, "yes") && e.participants.len == 1) {
        if (!relate_find_same_words(r, &e)) *VEC_PUSH(r->d->arena, &r->d->events) = e;
        r->last_contact = r->d->events.len - 1;
    } else if (lacks_subject(&e, m, subjects)) {
        *VEC_PUSH(r->d->arena, &r->weak) = e;
    } else if (keep_apart(r, &e, m, subjects) || (says(m, KEY_WEAK, "yes") && join_talks(r, &e, m))) {
        return;
    } else {
        keep(r, &e);
        if (relate_is_visit(&e)) relate_further_places(r, &e, m, keep);
    }
}

/* A meeting without a place takes that of the visit during which it happens. */
enum { VISITS_TRIED = 64 };

static void places_from_visits(relater *r) {
    document *d = r->d;
    for (uint32_t i = 0; i < d->events.len; i++) {
        event *e = &d->events.at[i];
        if (e->place != NONE || !str_equal(e->type, STR("meeting"))) continue;
        for (uint32_t k = 0; k < d->events.len && k < VISITS_TRIED && e->place == NONE; k++) {
            const event *visit = &d->events.at[k];
            if (!relate_is_visit(visit) || visit->place == NONE || strcmp(visit->status, e->status) != 0 ||
                !relate_dates_fit(visit->date, e->date))
                continue;
            for (uint32_t p = 0; p < visit->participants.len; p++) {
                if (strcmp(visit->participants.at[p].role, "visitor") != 0 ||
                    !relate_has_party(e, visit->participants.at[p].entity))
                    continue;
                e->place = visit->place;
                memcpy(e->country, visit->country, 3);
            }
        }
    }
}

static void renumber(event *list, uint32_t len, const uint32_t *numbers) {
    for (uint32_t i = 0; i < len; i++) list[i].during = numbers[list[i].during];
}

/* A meeting that nobody joined is not told of anybody. */
static void drop_lone(relater *r) {
    document *d = r->d;
    uint32_t kept = 0, *numbers = ARENA_ARRAY(d->arena, uint32_t, d->events.len + 1);
    for (uint32_t i = 0; i < d->events.len; i++) {
        const event *e = &d->events.at[i];
        bool contact = relate_is_visit(e) || str_equal(e->type, STR("meeting")) || str_equal(e->type, STR("call"));
        if (contact && !relate_stands_alone(e)) continue;
        d->events.at[kept++] = *e;
        numbers[i + 1] = kept;
    }
    renumber(d->events.at, kept, numbers);
    renumber(d->agreements.at, d->agreements.len, numbers);
    d->events.len = kept;
}

/* A telling with too few parties adds to the contact that it fits; alone it says too little. */
void relate_finish_contacts(relater *r) {
    for (uint32_t i = 0; i < r->weak.len; i++) {
        const event *e = &r->weak.at[i];
        event *known = relate_is_visit(e) ? relate_find_visit(r, e) : relate_find_contact(r, e);
        if (known && r->weak.at[i].participants.len) relate_absorb(r, known, &r->weak.at[i]);
    }
    drop_lone(r);
    relate_settle_headlines(r);
    places_from_visits(r);
}
