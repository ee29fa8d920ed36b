/* Sentences that go on about a contact: which one they mean, and what of it they tell. */
#include "stages/relate.h"

#include <string.h>

enum { TOPIC_CONTACTS_BACK = 8, TOPIC_SENTENCES = 12, WEAK_SENTENCES = 4 };

static bool is_contact(const event *e) {
    return str_equal(e->type, STR("meeting")) || str_equal(e->type, STR("call")) || str_equal(e->type, STR("visit"));
}

static uint32_t last_told(const event *e) { return e->evidence.len ? e->evidence.at[e->evidence.len - 1].begin : 0; }

/* A country speaks for its people: "Ruritania raised the matter". */
bool relate_takes_part(relater *r, const event *e, uint32_t id) {
    const entity *who = &r->d->entities.at[id];
    for (uint32_t i = 0; i < e->participants.len; i++) {
        const entity *other = &r->d->entities.at[e->participants.at[i].entity];
        if (e->participants.at[i].entity == id) return true;
        if (who->type == ENTITY_COUNTRY && who->country[0] && other->country[0] == who->country[0] &&
            other->country[1] == who->country[1])
            return true;
    }
    return false;
}

static bool fits(relater *r, const event *e, const event *more) {
    if (!is_contact(e) || !relate_dates_fit(more->date, e->date)) return false;
    for (uint32_t i = 0; i < more->participants.len; i++) {
        if (!relate_takes_part(r, e, more->participants.at[i].entity)) return false;
    }
    return true;
}

bool relate_goes_on(const relater *r, uint32_t at) {
    if (r->last_contact == NONE) return r->headlines.len && at == r->last_told;
    return at <= r->last_told + TOPIC_SENTENCES;
}

/* The contact that a topic belongs to: the nearest of the same sentence; else, for words that point back, the one told
 * last, or one told before it that the speaker had. A meeting rather than the visit that it is part of. */
static event *contact_of_topic(relater *r, const mention *m, const event *more, bool back) {
    document *d = r->d;
    uint32_t begin = d->tokens.at[d->sentences.at[m->sentence].first].begin, at = d->tokens.at[m->first].begin;
    event *best = NULL;
    if (r->last_contact == NONE) { /* of a headline that waits for its people */
        best = &r->headlines.at[r->headlines.len - 1];
        return fits(r, best, more) ? best : NULL;
    }
    for (uint32_t i = d->events.len, tried = 0; i-- > 0 && tried < TOPIC_CONTACTS_BACK; tried++) {
        event *e = &d->events.at[i];
        if (!fits(r, e, more) || last_told(e) < begin) continue;
        if (!best || (last_told(e) <= at && last_told(e) > last_told(best)) ||
            (str_equal(best->type, STR("visit")) && !str_equal(e->type, STR("visit"))))
            best = e;
    }
    if (best || !back || r->last_contact == NONE) return best;
    event *last = &d->events.at[r->last_contact];
    if (fits(r, last, more) && !str_equal(last->type, STR("visit"))) return last;
    for (uint32_t i = d->events.len, tried = 0; i-- > 0 && tried < TOPIC_CONTACTS_BACK; tried++) {
        event *e = &d->events.at[i];
        bool meeting = !str_equal(e->type, STR("visit")) && strcmp(e->status, last->status) == 0;
        if (meeting && fits(r, e, more) && (more->participants.len || m->sentence <= r->last_told + 3)) return e;
    }
    return fits(r, last, more) ? last : NULL;
}

/* The person named last before these words: "Bok briefed", where the rule does not say who. */
static void add_speaker(relater *r, event *more, const mention *m) {
    const mention_list *list = relate_mentions(r, m->sentence);
    uint32_t speaker = NONE;
    for (uint32_t i = 0; i < list->len; i++) {
        const mention *who = &r->d->mentions.at[list->at[i]];
        if (who->first >= m->first) break;
        if (who->end > m->first || who->member_count || who->entity == NONE) continue;
        if (r->d->entities.at[who->entity].type == ENTITY_PERSON) speaker = who->entity;
    }
    if (speaker != NONE) *VEC_PUSH(r->d->arena, &more->participants) = (participant){speaker, "participant"};
}

/* What is only said at it stands back where the topic is told outright. */
static void drop_told(const event *told, event *more) {
    uint32_t kept = 0;
    for (uint32_t i = 0; i < more->about.len; i++) {
        topic t = more->about.at[i];
        bool met = false;
        for (uint32_t k = 0; k < told->about.len; k++)
            met = met || (told->about.at[k].begin < t.end && t.begin < told->about.at[k].end);
        if (!met) more->about.at[kept++] = t;
    }
    more->about.len = kept;
}

/* What a sentence says of a contact besides that it took place: topics, a place, a date. */
void relate_topic(relater *r, const mention *m) {
    if (!relate_goes_on(r, m->sentence)) return;
    event more = {.place = NONE};
    relate_parties(r, &more, m, KEY_PARTICIPANT, "participant");
    relate_date(r, &more, m, false);
    str joins = mention_attribute(m, KEY_JOINS);
    bool weak = str_equal(mention_attribute(m, KEY_WEAK), STR("yes")), subject = str_equal(joins, STR("subject"));
    if (weak && m->sentence > r->last_told + WEAK_SENTENCES) return;
    if (subject) add_speaker(r, &more, m);
    event *told = contact_of_topic(r, m, &more, subject || str_equal(joins, STR("last")));
    if (!told || (weak && str_equal(told->type, STR("visit")) && m->sentence != r->last_told)) return;
    more.participants.len = 0;
    relate_place(r, &more, m);
    relate_about(r, &more, m);
    if (weak) drop_told(told, &more);
    if (!more.about.len && !more.date.len) return;
    relate_evidence(r, &more, m);
    more.evidence.at[0].about = true;
    relate_absorb(r, told, &more);
    if (!weak) r->last_told = m->sentence;
}
