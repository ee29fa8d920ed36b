/* A document as a record. */
#include "output/record.h"

#include <stdlib.h>
#include <string.h>

#include "engine/codes.h"

static const char *const entity_types[] = {"person", "country", "place", "organization", "group"};

const char *entity_type_name(entity_type type) { return entity_types[type]; }

typedef struct maker {
    worker *w;
    const pack *k;
    document *d;
    record *r;
    bool facts_only;
} maker;

static str id_of(const maker *x, char kind, uint32_t at) {
    char text[11];
    size_t begin = sizeof text;
    if (x->facts_only) return (str){0};
    for (at++; at; at /= 10) text[--begin] = (char)('0' + at % 10);
    text[--begin] = kind;
    return arena_copy(x->d->arena, (str){text + begin, sizeof text - begin});
}

static record_span span_of(const maker *x, uint32_t begin, uint32_t end) {
    place p = document_place(x->d, begin, end);
    return (record_span){.in_title = p.in_title,
                         .begin = p.begin,
                         .end = p.end,
                         .byte_begin = p.byte_begin,
                         .byte_end = p.byte_end,
                         .text = p.quote};
}

static record_span span_of_mention(const maker *x, const mention *m) {
    record_span s = span_of(x, x->d->tokens.at[m->first].begin, x->d->tokens.at[m->end - 1].end);
    s.rule = x->k->rules.at[m->rule].name;
    s.link = str_of(m->link);
    return s;
}

static void add_role(const maker *x, record_entity *out, const role *r) {
    record_role role_out = {
        .title = r->title, .of = r->of, .country = str_of(r->country), .basis = str_of(r->rule), .former = r->former};
    VEC_RESERVE(x->d->arena, &role_out.evidence, 1);
    *VEC_PUSH(x->d->arena, &role_out.evidence) = span_of_mention(x, &x->d->mentions.at[r->mention]);
    *VEC_PUSH(x->d->arena, &out->roles) = role_out;
}

static void add_entity(const maker *x, const entity *e) {
    record_entity out = {.id = id_of(x, 'e', x->r->entities.len),
                         .type = str_of(entity_type_name(e->type)),
                         .name = e->name,
                         .country = str_of(e->country)};
    arena *a = x->d->arena;
    if (e->aliases.len) VEC_RESERVE(a, &out.aliases, e->aliases.len);
    if (e->roles.len) VEC_RESERVE(a, &out.roles, e->roles.len);
    if (e->mentions.len && !x->facts_only) VEC_RESERVE(a, &out.mentions, e->mentions.len);
    for (uint32_t i = 0; i < e->aliases.len; i++) {
        if (!str_equal(e->aliases.at[i], e->name)) *VEC_PUSH(a, &out.aliases) = e->aliases.at[i];
    }
    for (uint32_t i = 0; i < e->roles.len; i++) add_role(x, &out, &e->roles.at[i]);
    for (uint32_t i = 0; i < e->mentions.len && !x->facts_only; i++) {
        *VEC_PUSH(a, &out.mentions) = span_of_mention(x, &x->d->mentions.at[e->mentions.at[i]]);
    }
    *VEC_PUSH(x->d->arena, &x->r->entities) = out;
}

static void add_date(const maker *x, const mention *m) {
    *VEC_PUSH(x->d->arena, &x->r->dates) = (record_date){span_of_mention(x, m), str_of(m->timex->type), m->timex->value,
                                                         m->timex->mod};
}

/* Those of the first role that anybody has. */
static entity_list of_role(arena *a, const event *e, const str *roles) {
    entity_list out = {0};
    for (int i = 0; i < CODE_ROLES && !out.len; i++) {
        if (str_equal(roles[i], STR("place")) && e->place != NONE) *VEC_PUSH(a, &out) = e->place;
        for (uint32_t p = 0; p < e->participants.len; p++) {
            if (str_equal(roles[i], str_of(e->participants.at[p].role)))
                *VEC_PUSH(a, &out) = e->participants.at[p].entity;
        }
    }
    return out;
}

static record_codes codes_of(arena *a, const event *e) {
    const event_code *c = e->code;
    if (!c) return (record_codes){0};
    return (record_codes){.cameo = c->cameo,
                          .linked = c->linked,
                          .plover = c->plover,
                          .mode = c->mode,
                          .source = of_role(a, e, c->source),
                          .target = of_role(a, e, c->target)};
}

static record_event event_of(const maker *x, const event *e) {
    record_event out = {.type = e->type,
                        .name = e->name,
                        .status = str_of(e->status),
                        .country = str_of(e->country),
                        .date = e->date,
                        .end = e->end,
                        .date_basis = str_of(e->date_basis),
                        .place = e->place,
                        .during = e->during ? e->during - 1 : NONE,
                        .codes = codes_of(x->d->arena, e)};
    arena *a = x->d->arena;
    if (e->participants.len) VEC_RESERVE(a, &out.participants, e->participants.len);
    if (e->about.len) VEC_RESERVE(a, &out.about, e->about.len);
    if (e->evidence.len) VEC_RESERVE(a, &out.evidence, e->evidence.len);
    for (uint32_t i = 0; i < e->participants.len; i++) {
        *VEC_PUSH(a, &out.participants) = (record_party){e->participants.at[i].entity,
                                                         str_of(e->participants.at[i].role)};
    }
    for (uint32_t i = 0; i < e->about.len; i++) {
        *VEC_PUSH(a, &out.about) = span_of(x, e->about.at[i].begin, e->about.at[i].end);
    }
    for (uint32_t i = 0; i < e->evidence.len; i++) {
        const evidence *v = &e->evidence.at[i];
        record_span s = span_of(x, v->begin, v->end);
        s.rule = v->rule == NONE ? str_of(v->rule_name) : x->k->rules.at[v->rule].name;
        s.about = v->about;
        *VEC_PUSH(a, &out.evidence) = s;
    }
    return out;
}

static int by_text(const void *a, const void *b) {
    const record_span *x = &((const record_date *)a)->span, *y = &((const record_date *)b)->span;
    if (x->in_title != y->in_title) return x->in_title ? -1 : 1;
    if (x->begin != y->begin) return x->begin < y->begin ? -1 : 1;
    return x->end == y->end ? 0 : x->end < y->end ? -1 : 1;
}

/* In text order, which the mentions are not: a date of a later phase follows what it was made of. */
static void add_dates(const maker *x) {
    const document *d = x->d;
    for (uint32_t i = 0; i < d->mentions.len; i++) {
        if (d->mentions.at[i].timex && !d->mentions.at[i].relation) add_date(x, &d->mentions.at[i]);
    }
    if (x->r->dates.len > 1) qsort(x->r->dates.at, x->r->dates.len, sizeof *x->r->dates.at, by_text);
}

record *record_of_document(worker *w, document *d, bool facts_only) {
    record *r = ARENA_NEW(d->arena, record);
    maker x = {w, worker_pack(w), d, r, facts_only};
    r->id = d->id, r->source = d->source, r->title = d->title, r->published = d->published, r->sha256 = d->sha256,
    r->url = d->url;
    if (d->entities.len) VEC_RESERVE(d->arena, &r->entities, d->entities.len);
    if (d->events.len) VEC_RESERVE(d->arena, &r->events, d->events.len);
    if (d->agreements.len) VEC_RESERVE(d->arena, &r->agreements, d->agreements.len);
    for (uint32_t i = 0; i < d->entities.len; i++) add_entity(&x, &d->entities.at[i]);
    if (!facts_only) add_dates(&x);
    for (uint32_t i = 0; i < d->events.len; i++) {
        record_event e = event_of(&x, &d->events.at[i]);
        e.id = id_of(&x, 'v', i);
        *VEC_PUSH(d->arena, &r->events) = e;
    }
    for (uint32_t i = 0; i < d->agreements.len; i++) {
        record_event e = event_of(&x, &d->agreements.at[i]);
        e.id = id_of(&x, 'a', i);
        *VEC_PUSH(d->arena, &r->agreements) = e;
    }
    return r;
}
