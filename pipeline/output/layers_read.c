/* Reading the layers back. Numbers that point outside what the line holds are refused, never followed. */
#include "engine/names.h"
#include "output/layers.h"
#include "output/record.h"
#include "stages/stages.h"

/* The names of a list's items: m1, m2, ... in their places, as they were written, unless some were taken out of it. */
typedef struct id_table {
    char kind;
    bool in_place;
    uint32_t count;
    names names; /* when they are not in their places */
} id_table;

typedef struct layer_reader {
    worker *w;
    const pack *k;
    document *d;
    id_table mention_ids, entity_ids;
    const char *problem;
} layer_reader;

static str get(const value *v, const char *key) { return value_str(value_get(v, key)); }

static uint32_t bounded(layer_reader *x, const value *v, uint32_t limit, const char *problem) {
    int64_t n = value_int(v, -1);
    if (n >= 0 && n < limit) return (uint32_t)n;
    x->problem = problem;
    return 0;
}

/* 2 of "m3"; NONE: it is no such name. */
static uint32_t place_in_name(str id, char kind) {
    enum { DIGITS_MOST = 9 };
    uint32_t n = 0;
    if (id.len < 2 || id.len > DIGITS_MOST + 1 || id.at[0] != kind || id.at[1] == '0') return NONE;
    for (size_t i = 1; i < id.len; i++) {
        if (id.at[i] < '0' || id.at[i] > '9') return NONE;
        n = n * 10 + (uint32_t)(id.at[i] - '0');
    }
    return n - 1;
}

static uint32_t named(const id_table *t, str id) {
    if (!t->in_place) return names_find(&t->names, id);
    uint32_t at = place_in_name(id, t->kind);
    return at < t->count ? at : NONE;
}

/* What a name stands for; NONE when it has been taken out of the line on the way. */
static uint32_t mention_of(const layer_reader *x, const value *v) { return named(&x->mention_ids, value_str(v)); }
static uint32_t entity_of(const layer_reader *x, const value *v) { return named(&x->entity_ids, value_str(v)); }

static str id_at(const value *list, uint32_t at) { return value_str(value_get(value_at(list, at), "id")); }

static void read_ids(layer_reader *x, id_table *t, char kind, const value *list) {
    *t = (id_table){.kind = kind, .in_place = true, .count = (uint32_t)value_len(list)};
    for (uint32_t i = 0; i < t->count && t->in_place; i++) t->in_place = place_in_name(id_at(list, i), kind) == i;
    for (uint32_t i = 0; i < t->count && !t->in_place && !x->problem; i++) {
        str id = id_at(list, i);
        if (!id.len || names_add(x->d->arena, &t->names, id) != i)
            x->problem = "a mention or entity without an id of its own";
    }
}

static void range(layer_reader *x, const value *v, size_t at, uint32_t limit, uint32_t *first, uint32_t *end,
                  const char *problem) {
    *first = bounded(x, value_at(v, at), limit + 1, problem);
    *end = bounded(x, value_at(v, at + 1), limit + 1, problem);
    if (*first >= *end) x->problem = problem;
}

/* What `read` knew and the text alone does not tell. */
static void read_meta(layer_reader *x, const value *v) {
    document *d = x->d;
    d->published = get(v, "published"), d->source = get(v, "source"), d->byline = get(v, "byline");
    d->dateline_place = get(v, "dateline_place"), d->title = get(v, "title"), d->sha256 = get(v, "sha256");
    if (!value_bool(value_get(v, "title_apart"))) { /* a text file's title is part of its text */
        d->buffer = document_text(d);
        d->text_at = 0;
    }
    const value *shifts = value_get(v, "shifts");
    d->shifts = ARENA_ARRAY(d->arena, utf8_shift, value_len(shifts) + 1);
    for (size_t i = 0; i < value_len(shifts); i++) {
        const value *one = value_at(shifts, i);
        d->shifts[d->shift_count++] = (utf8_shift){(uint32_t)value_int(value_at(one, 0), 0),
                                                   (int32_t)value_int(value_at(one, 1), 0)};
    }
}

static bool starts_character(str s, size_t at) { return at == s.len || ((unsigned char)s.at[at] & 0xc0) != 0x80; }

/* The next number of a string of numbers with blanks between. Anything else gives 0, which is no token's length. */
static uint32_t next_number(str s, size_t *at) {
    uint32_t n = 0;
    size_t from = *at += *at < s.len && s.at[*at] == ' ';
    while (*at < s.len && s.at[*at] >= '0' && s.at[*at] <= '9' && *at - from < 9)
        n = n * 10 + (uint32_t)(s.at[(*at)++] - '0');
    return n;
}

static bool read_token(document *d, uint32_t gap, uint32_t length) {
    size_t after = d->tokens.len ? d->tokens.at[d->tokens.len - 1].end : 0, begin = after + gap, end = begin + length;
    bool across = begin < d->text_at && end > d->text_at;
    if (length == 0 || end > d->buffer.len || across || !starts_character(d->buffer, begin) ||
        !starts_character(d->buffer, end))
        return false;
    *VEC_PUSH(d->arena, &d->tokens) = (token){(uint32_t)begin, (uint32_t)end, NONE};
    return true;
}

static void read_sentence(layer_reader *x, const value *v) {
    document *d = x->d;
    sentence s = {.paragraph = (uint32_t)value_int(value_get(v, "paragraph"), 0),
                  .title = value_bool(value_get(v, "title"))};
    uint32_t after = d->sentences.len ? d->sentences.at[d->sentences.len - 1].end : 0;
    range(x, value_get(v, "tokens"), 0, d->tokens.len, &s.first, &s.end, "a sentence lies outside the tokens");
    if (x->problem) return;
    bool across = d->tokens.at[s.first].begin < d->text_at && d->tokens.at[s.end - 1].end > d->text_at;
    if (s.first < after || across || s.end - s.first > SENTENCE_TOKENS)
        x->problem = "a sentence is none of this text";
    else
        *VEC_PUSH(d->arena, &d->sentences) = s;
}

static void read_tokens(layer_reader *x, const value *v) {
    document *d = x->d;
    const value *sentences = value_get(v, "sentences");
    str tokens = get(v, "tokens");
    VEC_RESERVE(d->arena, &d->tokens, (uint32_t)(tokens.len / 4) + 1);
    for (size_t at = 0; at < tokens.len && !x->problem;) {
        uint32_t gap = next_number(tokens, &at), length = next_number(tokens, &at);
        if (!read_token(d, gap, length)) x->problem = "a token is none of this text";
    }
    if (!x->problem) token_words(x->w, d);
    for (size_t i = 0; i < value_len(sentences) && !x->problem; i++) read_sentence(x, value_at(sentences, i));
}

static uint32_t read_readings(layer_reader *x, const value *v) {
    reading list[64];
    uint32_t count = 0;
    const value *readings = value_get(v, "readings");
    for (size_t i = 0; i < value_len(readings) && count < 64; i++) {
        const value *one = value_at(readings, i);
        uint32_t class = pack_class(x->k, value_str(value_at(one, 0)));
        int64_t id = value_int(value_at(one, 1), -1);
        if (class == NONE || id >= x->k->entries.len)
            x->problem = "a reading that these rules do not know";
        else
            list[count++] = (reading){class, id < 0 ? NONE : (uint32_t)id};
    }
    return worker_reading_set(x->w, list, count);
}

/* What a slot can be read as: what the mention in it can, or the one symbol that it was before anything was folded. */
static uint32_t readings_of(const layer_reader *x, uint32_t at, const slot *s) {
    const document *d = x->d;
    const sentence *in = &d->sentences.at[at];
    if (s->mention != NONE) return s->mention < d->mentions.len ? d->mentions.at[s->mention].readings : NONE;
    for (uint32_t i = 0; i < in->symbol_count && in->symbols[i].first <= s->first; i++) {
        if (in->symbols[i].first == s->first && in->symbols[i].end == s->end) return in->symbols[i].readings;
    }
    return NONE;
}

static void read_slots(layer_reader *x, const value *v, mention *m) {
    const value *slots = value_get(v, "slots");
    m->slots = ARENA_ARRAY(x->d->arena, slot, value_len(slots) + 1);
    for (size_t i = 0; i < value_len(slots) && !x->problem; i++) {
        const value *one = value_at(slots, i);
        slot *s = &m->slots[m->slot_count];
        s->key = pack_key(x->k, value_str(value_at(one, 0)));
        range(x, one, 1, x->d->tokens.len, &s->first, &s->end, "a slot lies outside the tokens");
        s->mention = mention_of(x, value_at(one, 3));
        s->readings = readings_of(x, m->sentence, s);
        if (s->key == NONE)
            x->problem = "a slot that these rules do not know";
        else
            m->slot_count++;
    }
}

/* Attributes come in the order of the rule that made the mention, which knows their keys. */
static void read_attributes(layer_reader *x, const value *v, mention *m) {
    const rule *r = &x->k->rules.at[m->rule];
    const value *attributes = value_get(v, "attributes");
    m->attributes = ARENA_ARRAY(x->d->arena, attribute, r->emit_count + 1);
    for (uint32_t i = 0; i < r->emit_count; i++) {
        if (r->emits[i].kind != EMIT_LITERAL) continue;
        const value *text = value_member(attributes, x->k->keys.at[r->emits[i].key]);
        if (text) m->attributes[m->attribute_count++] = (attribute){r->emits[i].key, value_str(text)};
    }
}

static uint32_t read_classes(layer_reader *x, const value *v, uint32_t id) {
    uint32_t list[256], count = 0;
    const value *classes = value_get(v, "classes");
    if (!classes) return worker_rule_classes(x->w, id);
    for (size_t i = 0; i < value_len(classes) && count < 256; i++) {
        uint32_t class = pack_class(x->k, value_str(value_at(classes, i)));
        if (class == NONE)
            x->problem = "a class that these rules do not know";
        else
            list[count++] = class;
    }
    return worker_class_set(x->w, list, count);
}

static const char *kept(layer_reader *x, const value *v, const char *key) {
    str s = get(v, key);
    return s.len ? arena_copy(x->d->arena, s).at : NULL;
}

static struct timex3 *read_timex(layer_reader *x, const value *v) {
    if (!v) return NULL;
    timex3 *t = ARENA_NEW(x->d->arena, timex3);
    const char *type = kept(x, v, "type");
    *t = (timex3){.type = type ? type : "DATE",
                  .value = get(v, "value"),
                  .mod = get(v, "mod"),
                  .day_first = get(v, "first"),
                  .day_last = get(v, "last"),
                  .basis = kept(x, v, "basis")};
    return t;
}

static uint32_t rule_named(layer_reader *x, str name) {
    uint32_t id = pack_rule(x->k, name);
    if (id == NONE) x->problem = "a rule that is not in these rules";
    return id;
}

static uint32_t sentence_of(layer_reader *x, uint32_t first, uint32_t end) {
    uint32_t low = 0, high = x->d->sentences.len;
    while (low < high) {
        uint32_t middle = (low + high) / 2;
        if (x->d->sentences.at[middle].end <= first)
            low = middle + 1;
        else
            high = middle;
    }
    bool inside = low < x->d->sentences.len && x->d->sentences.at[low].first <= first &&
                  end <= x->d->sentences.at[low].end;
    if (!inside) x->problem = "a mention lies in no sentence";
    return inside ? low : 0;
}

static void read_mention(layer_reader *x, const value *v) {
    document *d = x->d;
    mention m = {.rule = rule_named(x, value_str(value_get(v, "rule"))), .entity = NONE};
    m.type = pack_class(x->k, value_str(value_get(v, "type")));
    if (m.type == NONE) x->problem = "a mention of a type that these rules do not know";
    range(x, value_get(v, "tokens"), 0, d->tokens.len, &m.first, &m.end, "a mention lies outside the tokens");
    m.parent = NONE; /* folding tells it again */
    m.sentence = sentence_of(x, m.first, m.end);
    if (d->mentions.len && m.sentence < d->mentions.at[d->mentions.len - 1].sentence)
        x->problem = "mentions are not in the order of their sentences";
    m.link = kept(x, v, "link");
    m.timex = read_timex(x, value_get(v, "timex"));
    if (x->problem) return;
    m.classes = read_classes(x, v, m.rule);
    m.readings = read_readings(x, v);
    read_slots(x, v, &m);
    read_attributes(x, v, &m);
    *VEC_PUSH(d->arena, &d->mentions) = m;
}

/* Mentions fold in the order in which they were found, so that inner ones come before outer ones. What a symbol can be
   read as is what the line says, not what folding makes of it. */
static void fold_mentions(layer_reader *x) {
    document *d = x->d;
    uint32_t *readings = ARENA_ARRAY(d->arena, uint32_t, d->mentions.len + 1);
    for (uint32_t i = 0; i < d->mentions.len; i++) {
        readings[i] = d->mentions.at[i].readings;
        worker_fold(x->w, d, d->mentions.at[i].sentence, i);
        d->mentions.at[i].readings = readings[i];
    }
    for (uint32_t s = 0; s < d->sentences.len; s++) {
        for (uint32_t i = 0; i < d->sentences.at[s].symbol_count; i++) {
            symbol *y = &d->sentences.at[s].symbols[i];
            if (y->mention != NONE) y->readings = readings[y->mention];
        }
    }
}

static void read_mentions(layer_reader *x, const value *v) {
    document *d = x->d;
    const value *list = value_get(v, "mentions");
    read_ids(x, &x->mention_ids, 'm', list);
    for (uint32_t s = 0; s < d->sentences.len; s++) worker_symbols(x->w, d, &d->sentences.at[s]);
    for (size_t i = 0; i < value_len(list) && !x->problem; i++) read_mention(x, value_at(list, i));
    if (!x->problem) fold_mentions(x);
}

static entity_type type_named(layer_reader *x, str name) {
    for (int type = ENTITY_PERSON; type <= ENTITY_GROUP; type++) {
        if (str_equal(name, str_of(entity_type_name((entity_type)type)))) return (entity_type)type;
    }
    x->problem = "an entity of no known type";
    return ENTITY_GROUP;
}

static void read_country(layer_reader *x, const value *v, char country[3]) {
    str s = value_str(value_get(v, "country"));
    if (s.len == 2)
        country[0] = s.at[0], country[1] = s.at[1];
    else if (s.len)
        x->problem = "a country that is no code of two letters";
}

static void read_role(layer_reader *x, const value *v, entity *e) {
    role out = {.title = get(v, "title"),
                .of = get(v, "of"),
                .former = value_bool(value_get(v, "former")),
                .rule = kept(x, v, "rule"),
                .mention = mention_of(x, value_get(v, "mention"))};
    read_country(x, v, out.country);
    if (out.mention != NONE) *VEC_PUSH(x->d->arena, &e->roles) = out; /* its evidence is gone, and so is the role */
}

static void read_entity(layer_reader *x, const value *v) {
    document *d = x->d;
    const value *aliases = value_get(v, "aliases"), *roles = value_get(v, "roles"), *list = value_get(v, "mentions");
    entity e = {.type = type_named(x, value_str(value_get(v, "type"))), .name = get(v, "name")};
    read_country(x, v, e.country);
    for (size_t i = 0; i < value_len(aliases); i++) *VEC_PUSH(d->arena, &e.aliases) = value_str(value_at(aliases, i));
    for (size_t i = 0; i < value_len(list); i++) {
        uint32_t at = mention_of(x, value_at(list, i));
        if (at != NONE) *VEC_PUSH(d->arena, &e.mentions) = at;
    }
    for (size_t i = 0; i < value_len(roles); i++) read_role(x, value_at(roles, i), &e);
    *VEC_PUSH(d->arena, &d->entities) = e;
}

static void read_joins(layer_reader *x, const value *v, mention *m) {
    const value *members = value_get(v, "members");
    m->entity = entity_of(x, value_get(v, "entity"));
    m->members = ARENA_ARRAY(x->d->arena, uint32_t, value_len(members) + 1);
    for (size_t i = 0; i < value_len(members); i++) {
        uint32_t at = entity_of(x, value_at(members, i));
        if (at != NONE) m->members[m->member_count++] = at;
    }
}

static void read_entities(layer_reader *x, const value *v) {
    const value *entities = value_get(v, "entities"), *mentions = value_get(v, "mentions");
    read_ids(x, &x->entity_ids, 'e', entities);
    for (size_t i = 0; i < value_len(entities) && !x->problem; i++) read_entity(x, value_at(entities, i));
    for (uint32_t i = 0; i < x->d->mentions.len && !x->problem; i++)
        read_joins(x, value_at(mentions, i), &x->d->mentions.at[i]);
}

/* Strings are views into the line. */
layer layers_read(worker *w, const value *line, document *d, const char **problem) {
    layer_reader x = {.w = w, .k = worker_pack(w), .d = d};
    layer upto = UPTO_READ;
    if (value_get(line, "stage")) read_meta(&x, line);
    if (!x.problem && value_is_string(value_get(line, "tokens"))) read_tokens(&x, line), upto = UPTO_TOKENIZE;
    if (!x.problem && upto == UPTO_TOKENIZE && value_is_array(value_get(line, "mentions")))
        read_mentions(&x, line), upto = UPTO_TAG;
    if (!x.problem && upto == UPTO_TAG && value_is_array(value_get(line, "entities")))
        read_entities(&x, line), upto = UPTO_LINK;
    *problem = x.problem;
    return upto;
}
