/* A line that `relate` wrote, as a record again. */
#include "output/record.h"

static str get(const value *object, const char *key) { return value_str(value_get(object, key)); }

static uint32_t number(const value *object, const char *key) {
    int64_t n = value_int(value_get(object, key), 0);
    return n < 0 || n > UINT32_MAX ? 0 : (uint32_t)n;
}

static record_span read_span(const value *v) {
    const value *bytes = value_get(v, "bytes");
    str text = get(v, "quote");
    return (record_span){.in_title = str_equal(get(v, "in"), STR("title")),
                         .about = str_equal(get(v, "shows"), STR("about")),
                         .begin = number(v, "begin"),
                         .end = number(v, "end"),
                         .byte_begin = (uint32_t)value_int(value_at(bytes, 0), 0),
                         .byte_end = (uint32_t)value_int(value_at(bytes, 1), 0),
                         .text = text.len ? text : get(v, "text"),
                         .rule = get(v, "rule"),
                         .link = get(v, "link")};
}

static record_role read_role(arena *a, const value *v) {
    record_role r = {.title = get(v, "title"),
                     .of = get(v, "of"),
                     .country = get(v, "country"),
                     .basis = get(v, "basis"),
                     .former = value_bool(value_get(v, "former"))};
    const value *list = value_get(v, "evidence");
    for (size_t i = 0; i < value_len(list); i++) *VEC_PUSH(a, &r.evidence) = read_span(value_at(list, i));
    return r;
}

static record_entity read_entity(arena *a, const value *v) {
    record_entity e = {
        .id = get(v, "id"), .type = get(v, "type"), .name = get(v, "name"), .country = get(v, "country")};
    const value *aliases = value_get(v, "aliases"), *roles = value_get(v, "roles"),
                *mentions = value_get(v, "mentions");
    for (size_t i = 0; i < value_len(aliases); i++) *VEC_PUSH(a, &e.aliases) = value_str(value_at(aliases, i));
    for (size_t i = 0; i < value_len(roles); i++) *VEC_PUSH(a, &e.roles) = read_role(a, value_at(roles, i));
    for (size_t i = 0; i < value_len(mentions); i++) *VEC_PUSH(a, &e.mentions) = read_span(value_at(mentions, i));
    return e;
}

static uint32_t entity_named(const record *r, str id) {
    for (uint32_t i = 0; i < r->entities.len && id.len; i++) {
        if (str_equal(r->entities.at[i].id, id)) return i;
    }
    return NONE;
}

static entity_list read_entities(arena *a, const record *r, const value *list) {
    entity_list out = {0};
    for (size_t i = 0; i < value_len(list); i++) {
        uint32_t id = entity_named(r, value_str(value_at(list, i)));
        if (id != NONE) *VEC_PUSH(a, &out) = id;
    }
    return out;
}

static record_codes read_codes(arena *a, const record *r, const value *v) {
    return (record_codes){.cameo = get(v, "cameo"),
                          .linked = get(v, "linked"),
                          .plover = get(v, "plover"),
                          .mode = get(v, "mode"),
                          .source = read_entities(a, r, value_get(v, "source")),
                          .target = read_entities(a, r, value_get(v, "target"))};
}

static record_event read_event(arena *a, const record *r, const value *v, bool agreement) {
    record_event e = {.id = get(v, "id"),
                      .type = get(v, agreement ? "kind" : "type"),
                      .name = get(v, "name"),
                      .status = get(v, "status"),
                      .country = get(v, "country"),
                      .date = get(v, "date"),
                      .end = get(v, "end"),
                      .date_basis = get(v, "date_basis"),
                      .place = entity_named(r, get(v, "place")),
                      .codes = read_codes(a, r, value_get(v, "codes"))};
    const value *who = value_get(v, agreement ? "parties" : "participants"), *about = value_get(v, "about"),
                *shown = value_get(v, "evidence");
    for (size_t i = 0; i < value_len(who); i++) {
        uint32_t id = entity_named(r, get(value_at(who, i), "entity"));
        if (id != NONE) *VEC_PUSH(a, &e.participants) = (record_party){id, get(value_at(who, i), "role")};
    }
    for (size_t i = 0; i < value_len(about); i++) *VEC_PUSH(a, &e.about) = read_span(value_at(about, i));
    for (size_t i = 0; i < value_len(shown); i++) *VEC_PUSH(a, &e.evidence) = read_span(value_at(shown, i));
    return e;
}

/* The events point to each other: all of them are read before. */
static void read_during(record *r, record_event *e, const value *v, const char *key) {
    str id = get(v, key);
    e->during = NONE;
    for (uint32_t i = 0; i < r->events.len && id.len; i++) {
        if (str_equal(r->events.at[i].id, id)) e->during = i;
    }
}

record *record_read(arena *a, const value *line) {
    if (!str_equal(get(line, "schema"), STR("whomet.document/1")) || !value_is_array(value_get(line, "events")))
        return NULL;
    record *r = ARENA_NEW(a, record);
    r->id = get(line, "id"), r->source = get(line, "source"), r->title = get(line, "title");
    r->published = get(line, "published"), r->sha256 = get(line, "sha256"), r->url = get(line, "url");
    const value *entities = value_get(line, "entities"), *events = value_get(line, "events"),
                *agreements = value_get(line, "agreements");
    for (size_t i = 0; i < value_len(entities); i++) *VEC_PUSH(a, &r->entities) = read_entity(a, value_at(entities, i));
    for (size_t i = 0; i < value_len(events); i++)
        *VEC_PUSH(a, &r->events) = read_event(a, r, value_at(events, i), false);
    for (size_t i = 0; i < value_len(agreements); i++)
        *VEC_PUSH(a, &r->agreements) = read_event(a, r, value_at(agreements, i), true);
    for (uint32_t i = 0; i < r->events.len; i++) read_during(r, &r->events.at[i], value_at(events, i), "during");
    for (uint32_t i = 0; i < r->agreements.len; i++)
        read_during(r, &r->agreements.at[i], value_at(agreements, i), "signed_at");
    return r;
}
