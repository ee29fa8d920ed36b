/* What the graph keeps of a record: its facts, and the entities that they name, counted anew; no mentions, no dates.
   Every text of a record is kept here, by name: a new field of record.h that is text belongs here too. */
#include "output/record.h"

typedef struct keeper {
    arena *a;
    names *texts;       /* short texts that come again and again are kept once */
    uint32_t *entities; /* old index -> new one, or NONE */
    uint32_t *events;   /* likewise */
    const record *from;
    record *to;
    arena *scratch;
    VEC(record_span) kept; /* whose texts are copies */
} keeper;

static str once(keeper *x, str s) {
    uint32_t at = s.len ? names_add(x->a, x->texts, s) : NONE; /* the list may move */
    if (at == NONE) return (str){0};
    return x->texts->list.at[at];
}

/* Topics lie in evidence, and evidence of one rule in that of another: of such text one copy serves for all, as long as
   it is among the newest, so that an article of any length costs the same for each fact. */
enum { RECENT = 64 };
static str keep_text(keeper *x, const record_span *s) {
    for (uint32_t i = x->kept.len, end = i < RECENT ? 0 : i - RECENT; i-- > end;) {
        const record_span *w = &x->kept.at[i];
        size_t from = s->byte_begin - w->byte_begin;
        if (w->in_title == s->in_title && w->byte_begin <= s->byte_begin && from + s->text.len <= w->text.len &&
            memcmp(w->text.at + from, s->text.at, s->text.len) == 0)
            return str_slice(w->text, from, from + s->text.len);
    }
    record_span *kept = VEC_PUSH(x->scratch, &x->kept);
    *kept = *s;
    return kept->text = arena_copy(x->a, s->text);
}

static record_span keep_span(keeper *x, const record_span *s) {
    record_span out = *s;
    out.text = s->text.len ? keep_text(x, s) : s->text;
    out.rule = once(x, s->rule);
    out.link = (str){0};
    return out;
}

/* ---- entities */

static bool is_body(const record_entity *e) {
    return str_equal(e->type, STR("country")) || str_equal(e->type, STR("organization"));
}

/* The country or body that an office is of, when the article names it. */
uint32_t record_office_body(const record *r, const record_role *held) {
    uint32_t country = NONE;
    for (uint32_t i = 0; i < r->entities.len; i++) {
        const record_entity *e = &r->entities.at[i];
        if (is_body(e) && str_equal(e->name, held->of)) return i;
        if (str_equal(e->type, STR("country")) && held->country.len && str_equal(e->country, held->country))
            country = i;
    }
    return country;
}

static void mark(uint32_t *used, uint32_t at) {
    if (at != NONE) used[at] = 0;
}

static void mark_events(uint32_t *used, const record_event *list, uint32_t count) {
    for (uint32_t i = 0; i < count; i++) {
        if (!list[i].evidence.len) continue; /* nothing enters the graph without evidence */
        for (uint32_t p = 0; p < list[i].participants.len; p++) mark(used, list[i].participants.at[p].entity);
        mark(used, list[i].place);
    }
}

static void mark_holders(uint32_t *used, const record *r) {
    for (uint32_t i = 0; i < r->entities.len; i++) {
        const record_entity *e = &r->entities.at[i];
        for (uint32_t k = 0; k < e->roles.len; k++) {
            if (!e->roles.at[k].evidence.len) continue;
            mark(used, i);
            mark(used, record_office_body(r, &e->roles.at[k]));
        }
    }
}

static record_role keep_role(keeper *x, const record_role *r) {
    record_role out = {.title = once(x, r->title),
                       .of = once(x, r->of),
                       .country = once(x, r->country),
                       .basis = once(x, r->basis),
                       .former = r->former};
    if (r->evidence.len) VEC_RESERVE(x->a, &out.evidence, r->evidence.len);
    for (uint32_t i = 0; i < r->evidence.len; i++) *VEC_PUSH(x->a, &out.evidence) = keep_span(x, &r->evidence.at[i]);
    return out;
}

static str numbered(keeper *x, char kind, uint32_t number) {
    char text[12];
    size_t begin = sizeof text;
    for (; number; number /= 10) text[--begin] = (char)('0' + number % 10);
    text[--begin] = kind;
    return once(x, (str){text + begin, sizeof text - begin});
}

static void keep_entity(keeper *x, const record_entity *e) {
    record_entity out = {.type = once(x, e->type), .name = once(x, e->name), .country = once(x, e->country)};
    if (e->aliases.len) VEC_RESERVE(x->a, &out.aliases, e->aliases.len);
    if (e->roles.len) VEC_RESERVE(x->a, &out.roles, e->roles.len);
    for (uint32_t i = 0; i < e->aliases.len; i++) *VEC_PUSH(x->a, &out.aliases) = once(x, e->aliases.at[i]);
    for (uint32_t i = 0; i < e->roles.len; i++) {
        if (e->roles.at[i].evidence.len) *VEC_PUSH(x->a, &out.roles) = keep_role(x, &e->roles.at[i]);
    }
    out.id = numbered(x, 'e', x->to->entities.len + 1);
    *VEC_PUSH(x->a, &x->to->entities) = out;
}

static void keep_entities(keeper *x) {
    const record *r = x->from;
    for (uint32_t i = 0; i < r->entities.len; i++) x->entities[i] = NONE;
    mark_events(x->entities, r->events.at, r->events.len);
    mark_events(x->entities, r->agreements.at, r->agreements.len);
    mark_holders(x->entities, r);
    uint32_t count = 0;
    for (uint32_t i = 0; i < r->entities.len; i++) count += x->entities[i] != NONE;
    if (count) VEC_RESERVE(x->a, &x->to->entities, count);
    for (uint32_t i = 0; i < r->entities.len; i++) {
        if (x->entities[i] == NONE) continue;
        x->entities[i] = x->to->entities.len;
        keep_entity(x, &r->entities.at[i]);
    }
}

/* ---- events and agreements */

/* The entities of codes are parties or the place: they are kept. */
static entity_list keep_list(keeper *x, const entity_list *list) {
    entity_list out = {0};
    for (uint32_t i = 0; i < list->len; i++) {
        uint32_t kept = x->entities[list->at[i]];
        if (kept != NONE) *VEC_PUSH(x->a, &out) = kept;
    }
    return out;
}

static record_event keep_event(keeper *x, const record_event *e, str id) {
    record_event out = {.id = id,
                        .type = once(x, e->type),
                        .name = once(x, e->name),
                        .status = once(x, e->status),
                        .country = once(x, e->country),
                        .date = once(x, e->date),
                        .end = once(x, e->end),
                        .date_basis = once(x, e->date_basis),
                        .place = e->place == NONE ? NONE : x->entities[e->place],
                        .during = e->during == NONE ? NONE : x->events[e->during],
                        .codes = {.cameo = once(x, e->codes.cameo),
                                  .linked = once(x, e->codes.linked),
                                  .plover = once(x, e->codes.plover),
                                  .mode = once(x, e->codes.mode),
                                  .source = keep_list(x, &e->codes.source),
                                  .target = keep_list(x, &e->codes.target)}};
    if (e->participants.len) VEC_RESERVE(x->a, &out.participants, e->participants.len);
    if (e->about.len) VEC_RESERVE(x->a, &out.about, e->about.len);
    if (e->evidence.len) VEC_RESERVE(x->a, &out.evidence, e->evidence.len);
    for (uint32_t i = 0; i < e->participants.len; i++) {
        const record_party *p = &e->participants.at[i];
        *VEC_PUSH(x->a, &out.participants) = (record_party){x->entities[p->entity], once(x, p->role)};
    }
    for (uint32_t i = 0; i < e->evidence.len; i++) *VEC_PUSH(x->a, &out.evidence) = keep_span(x, &e->evidence.at[i]);
    for (uint32_t i = 0; i < e->about.len; i++) *VEC_PUSH(x->a, &out.about) = keep_span(x, &e->about.at[i]);
    return out;
}

static void number_events(keeper *x) {
    for (uint32_t i = 0, kept = 0; i < x->from->events.len; i++)
        x->events[i] = x->from->events.at[i].evidence.len ? kept++ : NONE;
}

record *record_copy(arena *a, names *texts, arena *scratch, const record *r) {
    record *to = ARENA_NEW(a, record);
    keeper x = {a,
                texts,
                ARENA_ARRAY(scratch, uint32_t, r->entities.len + 1),
                ARENA_ARRAY(scratch, uint32_t, r->events.len + 1),
                r,
                to,
                scratch,
                {0}};
    to->id = arena_copy(a, r->id), to->source = once(&x, r->source), to->title = arena_copy(a, r->title);
    to->published = once(&x, r->published), to->sha256 = arena_copy(a, r->sha256), to->url = arena_copy(a, r->url);
    keep_entities(&x);
    number_events(&x);
    if (r->events.len) VEC_RESERVE(a, &to->events, r->events.len);
    if (r->agreements.len) VEC_RESERVE(a, &to->agreements, r->agreements.len);
    for (uint32_t i = 0; i < r->events.len; i++) {
        str id = numbered(&x, 'v', to->events.len + 1);
        if (r->events.at[i].evidence.len) *VEC_PUSH(a, &to->events) = keep_event(&x, &r->events.at[i], id);
    }
    for (uint32_t i = 0; i < r->agreements.len; i++) {
        str id = numbered(&x, 'a', to->agreements.len + 1);
        if (r->agreements.at[i].evidence.len) *VEC_PUSH(a, &to->agreements) = keep_event(&x, &r->agreements.at[i], id);
    }
    return to;
}
