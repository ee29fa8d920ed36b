/* What a headline tells of people whom only the text names: "Ruritanian minister visits Lisbon", "Meeting with Joon
   Bok". It waits for the text: there it joins the contact that the text tells, else it is one of its own. */
#include "stages/relate.h"

#include <string.h>

static const entity *party(const relater *r, const event *e, uint32_t at) {
    return &r->d->entities.at[e->participants.at[at].entity];
}

static bool unnamed(const relater *r, const event *e) {
    for (uint32_t i = 0; i < e->participants.len; i++) {
        entity_type type = party(r, e, i)->type;
        if (type != ENTITY_PERSON) return true;
    }
    return e->participants.len == 1 && !relate_is_visit(e);
}

/* Of a text file the title is the first sentence of the text. */
static bool in_headline(const document *d, const mention *m) {
    const sentence *s = &d->sentences.at[m->sentence];
    return s->title || (m->sentence == 0 && d->title.len && str_equal(document_tokens(d, s->first, s->end), d->title));
}

bool relate_headline_waits(relater *r, const event *e, const mention *m) {
    if (!in_headline(r->d, m) || !unnamed(r, e)) return false;
    *VEC_PUSH(r->d->arena, &r->headlines) = *e;
    return true;
}

/* An unnamed holder of an office, or a country, is whoever of that country the text names. */
static bool stands_for(const relater *r, const event *headline, uint32_t at, const event *e) {
    const entity *p = party(r, headline, at);
    if (p->type == ENTITY_ORGANIZATION) return true; /* its people */
    for (uint32_t i = 0; i < e->participants.len; i++) {
        const entity *q = party(r, e, i);
        if (p == q) return true;
        if (p->type != ENTITY_GROUP && p->type != ENTITY_COUNTRY) continue;
        if (p->country[0] ? strcmp(p->country, q->country) == 0 : q->type == ENTITY_PERSON) return true;
    }
    return false;
}

static bool tells_of(const relater *r, const event *headline, const event *e) {
    bool kind = relate_is_visit(headline) ? relate_is_visit(e) : relate_is_talk(e);
    if (!kind || !relate_dates_fit(headline->date, e->date)) return false;
    if (relate_is_visit(e) && headline->country[0] && e->country[0] && strcmp(headline->country, e->country) != 0)
        return false;
    bool anybody = false;
    for (uint32_t i = 0; i < headline->participants.len; i++) {
        if (!stands_for(r, headline, i, e)) return false;
        anybody = anybody || party(r, headline, i)->type != ENTITY_ORGANIZATION;
    }
    return anybody;
}

/* Under "Meeting with Joon Bok" the other one is whom the text names first. */
static void add_host_of_text(relater *r, event *e) {
    document *d = r->d;
    if (e->participants.len != 1 || party(r, e, 0)->type != ENTITY_PERSON) return;
    for (uint32_t i = 0; e->participants.len == 1 && i < d->mentions.len; i++) {
        const mention *m = &d->mentions.at[i];
        if (m->relation || m->entity == NONE || d->sentences.at[m->sentence].title) continue;
        if (d->entities.at[m->entity].type == ENTITY_PERSON && !relate_has_party(e, m->entity))
            *VEC_PUSH(d->arena, &e->participants) = (participant){.entity = m->entity, .role = "participant"};
    }
}

static void settle(relater *r, event *headline) {
    document *d = r->d;
    for (uint32_t i = 0; i < d->events.len; i++) {
        if (!tells_of(r, headline, &d->events.at[i])) continue;
        headline->participants.len = 0;
        if (strcmp(headline->status, "not_held") == 0) relate_settle_status(&d->events.at[i], headline, false);
        relate_absorb(r, &d->events.at[i], headline);
        return;
    }
    if (!relate_is_visit(headline)) add_host_of_text(r, headline);
    if (relate_stands_alone(headline)) *VEC_PUSH(d->arena, &d->events) = *headline;
}

void relate_settle_headlines(relater *r) {
    for (uint32_t i = 0; i < r->headlines.len; i++) settle(r, &r->headlines.at[i]);
}
