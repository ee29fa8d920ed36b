/* Reading the layers back. Numbers that point outside what the line holds are refused, never followed. */
#include <stdio.h>

#include "output/layers.h"
#include "stages/stages.h"

typedef struct layer_reader {
    worker *w;
    const pack *k;
    document *d;
    const char *problem;
} layer_reader;

static str get(layer_reader *x, value *v, const char *key) { return arena_copy(x->d->arena, value_str(value_get(v, key))); }

static uint32_t bounded(layer_reader *x, value *v, uint32_t limit, const char *problem) {
    int64_t n = value_int(v, -1);
    if (n >= 0 && n < limit) return (uint32_t)n;
    x->problem = problem;
    return 0;
}

static uint32_t optional(layer_reader *x, value *v, uint32_t limit, const char *problem) { return v ? bounded(x, v, limit, problem) : NONE; }

static void range(layer_reader *x, value *v, uint32_t limit, uint32_t *first, uint32_t *end, const char *problem) {
    *first = bounded(x, value_at(v, 0), limit + 1, problem);
    *end = bounded(x, value_at(v, 1), limit + 1, problem);
    if (*first >= *end) x->problem = problem;
}

/* What `read` knew and the text alone does not tell. */
static void read_meta(layer_reader *x, value *v) {
    document *d = x->d;
    d->published = get(x, v, "published"), d->source = get(x, v, "source"), d->byline = get(x, v, "byline");
    d->dateline_place = get(x, v, "dateline_place"), d->title = get(x, v, "title"), d->sha256 = get(x, v, "sha256");
    if (!value_bool(value_get(v, "title_apart"))) { /* a text file's title is part of its text */
        d->buffer = document_text(d);
        d->text_at = 0;
    }
    value *shifts = value_get(v, "shifts");
    d->shifts = ARENA_ARRAY(d->arena, utf8_shift, value_len(shifts) + 1);
    for (size_t i = 0; i < value_len(shifts); i++) {
        value *one = value_at(shifts, i);
        d->shifts[d->shift_count++] = (utf8_shift){(uint32_t)value_int(value_at(one, 0), 0), (int32_t)value_int(value_at(one, 1), 0)};
    }
}

static void read_tokens(layer_reader *x, value *v) {
    document *d = x->d;
    value *tokens = value_get(v, "tokens"), *sentences = value_get(v, "sentences");
    for (size_t i = 0; i < value_len(tokens) && !x->problem; i++) {
        uint32_t begin, end;
        range(x, value_at(tokens, i), (uint32_t)d->buffer.len, &begin, &end, "a token lies outside the text");
        if (!x->problem) *VEC_PUSH(d->arena, &d->tokens) = (token){begin, end, token_word(x->w, d, begin, end)};
    }
    for (size_t i = 0; i < value_len(sentences) && !x->problem; i++) {
        value *one = value_at(sentences, i);
        sentence s = {.paragraph = (uint32_t)value_int(value_get(one, "paragraph"), 0), .title = value_bool(value_get(one, "title"))};
        range(x, value_get(one, "tokens"), d->tokens.len, &s.first, &s.end, "a sentence lies outside the tokens");
        if (s.end - s.first > SENTENCE_TOKENS) x->problem = "a sentence has too many tokens";
        if (!x->problem) *VEC_PUSH(d->arena, &d->sentences) = s;
    }
}

static uint32_t read_readings(layer_reader *x, value *v) {
    reading list[64];
    uint32_t count = 0;
    value *readings = value_get(v, "readings");
    for (size_t i = 0; i < value_len(readings) && count < 64; i++) {
        value *one = value_at(readings, i);
        uint32_t class = pack_class(x->k, value_str(value_at(one, 0)));
        int64_t id = value_int(value_at(one, 1), -1);
        if (class == NONE || id >= x->k->entries.len) x->problem = "a reading that these rules do not know";
        else list[count++] = (reading){class, id < 0 ? NONE : (uint32_t)id};
    }
    return worker_reading_set(x->w, list, count);
}

static void read_slots(layer_reader *x, value *v, mention *m, uint32_t mention_count) {
    value *slots = value_get(v, "slots");
    m->slots = ARENA_ARRAY(x->d->arena, slot, value_len(slots) + 1);
    for (size_t i = 0; i < value_len(slots) && !x->problem; i++) {
        value *one = value_at(slots, i);
        slot *s = &m->slots[m->slot_count];
        s->key = pack_key(x->k, value_str(value_get(one, "key")));
        range(x, value_get(one, "tokens"), x->d->tokens.len, &s->first, &s->end, "a slot lies outside the tokens");
        s->mention = optional(x, value_get(one, "mention"), mention_count, "a slot names a mention that is not there");
        s->readings = read_readings(x, one);
        if (s->key == NONE) x->problem = "a slot that these rules do not know";
        else m->slot_count++;
    }
}

/* Attributes come in the order of the rule that made the mention, which knows their keys. */
static void read_attributes(layer_reader *x, value *v, mention *m) {
    const rule *r = &x->k->rules.at[m->rule];
    value *attributes = value_get(v, "attributes");
    m->attributes = ARENA_ARRAY(x->d->arena, attribute, r->emit_count + 1);
    for (uint32_t i = 0; i < r->emit_count; i++) {
        if (r->emits[i].kind != EMIT_LITERAL) continue;
        str key = x->k->keys.at[r->emits[i].key];
        value *text = value_get(attributes, arena_copy(x->d->arena, key).at);
        if (text) m->attributes[m->attribute_count++] = (attribute){r->emits[i].key, arena_copy(x->d->arena, value_str(text))};
    }
}

static uint32_t read_classes(layer_reader *x, value *v) {
    uint32_t list[256], count = 0;
    value *classes = value_get(v, "classes");
    for (size_t i = 0; i < value_len(classes) && count < 256; i++) {
        uint32_t class = pack_class(x->k, value_str(value_at(classes, i)));
        if (class == NONE) x->problem = "a class that these rules do not know";
        else list[count++] = class;
    }
    return worker_class_set(x->w, list, count);
}

static const char *kept(layer_reader *x, value *v, const char *key) {
    str s = get(x, v, key);
    return s.len ? s.at : NULL;
}

static struct timex3 *read_timex(layer_reader *x, value *v) {
    if (!v) return NULL;
    timex3 *t = ARENA_NEW(x->d->arena, timex3);
    const char *type = kept(x, v, "type");
    *t = (timex3){.type = type ? type : "DATE", .value = get(x, v, "value"), .mod = get(x, v, "mod"), .day_first = get(x, v, "first"),
                  .day_last = get(x, v, "last"), .basis = kept(x, v, "basis")};
    return t;
}

static uint32_t rule_named(layer_reader *x, str name) {
    for (uint32_t i = 0; i < x->k->rules.len; i++) {
        if (str_equal(x->k->rules.at[i].name, name)) return i;
    }
    x->problem = "a rule that is not in these rules";
    return 0;
}

static void read_mention(layer_reader *x, value *v, uint32_t count) {
    document *d = x->d;
    mention m = {.rule = rule_named(x, value_str(value_get(v, "rule"))), .entity = NONE};
    m.type = pack_class(x->k, value_str(value_get(v, "type")));
    if (m.type == NONE) x->problem = "a mention of a type that these rules do not know";
    range(x, value_get(v, "tokens"), d->tokens.len, &m.first, &m.end, "a mention lies outside the tokens");
    m.sentence = bounded(x, value_get(v, "sentence"), d->sentences.len, "a mention lies outside the sentences");
    m.parent = optional(x, value_get(v, "parent"), count, "a mention's parent is not there");
    m.link = kept(x, v, "link");
    m.timex = read_timex(x, value_get(v, "timex"));
    m.classes = read_classes(x, v);
    m.readings = read_readings(x, v);
    if (x->problem) return;
    read_slots(x, v, &m, count);
    read_attributes(x, v, &m);
    *VEC_PUSH(d->arena, &d->mentions) = m;
}

/* Mentions fold in the order in which they were found, so that inner ones come before outer ones. */
static void read_mentions(layer_reader *x, value *v) {
    document *d = x->d;
    value *list = value_get(v, "mentions");
    uint32_t count = (uint32_t)value_len(list);
    for (uint32_t s = 0; s < d->sentences.len; s++) worker_symbols(x->w, d, &d->sentences.at[s]);
    for (uint32_t i = 0; i < count && !x->problem; i++) read_mention(x, value_at(list, i), count);
    for (uint32_t i = 0; i < d->mentions.len && !x->problem; i++) worker_fold(x->w, d, d->mentions.at[i].sentence, i);
}

static void read_entities(layer_reader *x, value *v) {
    document *d = x->d;
    value *entities = value_get(v, "entities"), *mentions = value_get(v, "mentions");
    for (size_t i = 0; i < value_len(entities) && !x->problem; i++) {
        value *one = value_at(entities, i), *aliases = value_get(one, "aliases"), *roles = value_get(one, "roles"), *list = value_get(one, "mentions");
        entity e = {.type = (entity_type)bounded(x, value_get(one, "type"), ENTITY_GROUP + 1, "an entity of no known type"), .name = get(x, one, "name")};
        snprintf(e.country, sizeof e.country, "%s", get(x, one, "country").at);
        for (size_t k = 0; k < value_len(aliases); k++) *VEC_PUSH(d->arena, &e.aliases) = arena_copy(d->arena, value_str(value_at(aliases, k)));
        for (size_t k = 0; k < value_len(list); k++) *VEC_PUSH(d->arena, &e.mentions) = bounded(x, value_at(list, k), d->mentions.len, "an entity's mention is not there");
        for (size_t k = 0; k < value_len(roles); k++) {
            value *r = value_at(roles, k);
            role out = {.title = get(x, r, "title"), .of = get(x, r, "of"), .former = value_bool(value_get(r, "former")), .rule = kept(x, r, "rule"),
                        .mention = bounded(x, value_get(r, "mention"), d->mentions.len, "a role's mention is not there")};
            snprintf(out.country, sizeof out.country, "%s", get(x, r, "country").at);
            *VEC_PUSH(d->arena, &e.roles) = out;
        }
        *VEC_PUSH(d->arena, &d->entities) = e;
    }
    for (uint32_t i = 0; i < d->mentions.len && !x->problem; i++) {
        value *one = value_at(mentions, i), *members = value_get(one, "members");
        mention *m = &d->mentions.at[i];
        m->entity = optional(x, value_get(one, "entity"), d->entities.len, "a mention's entity is not there");
        m->members = ARENA_ARRAY(d->arena, uint32_t, value_len(members) + 1);
        for (size_t k = 0; k < value_len(members); k++) m->members[m->member_count++] = bounded(x, value_at(members, k), d->entities.len, "a member is not there");
    }
}

layer layers_read(worker *w, value *line, document *d, const char **problem) {
    layer_reader x = {w, worker_pack(w), d, NULL};
    layer upto = UPTO_READ;
    if (value_get(line, "stage")) read_meta(&x, line);
    if (!x.problem && value_is_array(value_get(line, "tokens"))) read_tokens(&x, line), upto = UPTO_TOKENIZE;
    if (!x.problem && upto == UPTO_TOKENIZE && value_is_array(value_get(line, "mentions"))) read_mentions(&x, line), upto = UPTO_TAG;
    if (!x.problem && upto == UPTO_TAG && value_is_array(value_get(line, "entities"))) read_entities(&x, line), upto = UPTO_LINK;
    *problem = x.problem;
    return upto;
}
