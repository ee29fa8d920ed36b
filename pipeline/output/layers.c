/* Writing the layers. A token is two numbers, its distance from the one before and its length, in bytes of the buffer
   (the title, two line ends and the text when title_apart, else the text alone), and all tokens are one string: they
   are most of a line, and as arrays would be most of the cost of a filter. Everything else counts tokens from 0. What a
   mention or an entity does not have is left out, as is what the words say again: its classes when they are its type
   alone, the readings of a slot. */
#include "output/layers.h"

#include "output/json.h"
#include "output/record.h"

typedef struct layer_writer {
    json_out j;
    worker *w;
    const pack *k;
    document *d;
} layer_writer;

static const char *const stage_names[] = {"read", "tokenize", "tag", "link"};

static void text_key(json_out *j, const char *key, str s) {
    json_key(j, key);
    json_string(j, s);
}

static void number_key(json_out *j, const char *key, int64_t n) {
    json_key(j, key);
    json_number(j, n);
}

/* m1, m2, ... and e1, e2, ...: names, so that taking one out of its list moves no other. */
static void id(json_out *j, char kind, uint32_t at) {
    char text[16];
    size_t from = sizeof text;
    for (uint32_t left = at + 1; left || from == sizeof text; left /= 10) text[--from] = (char)('0' + left % 10);
    text[--from] = kind;
    json_string(j, (str){text + from, sizeof text - from});
}

static void id_key(json_out *j, const char *key, char kind, uint32_t at) {
    if (at == NONE) return;
    json_key(j, key);
    id(j, kind, at);
}

static void ids_key(json_out *j, const char *key, char kind, const uint32_t *ids, uint32_t count) {
    if (count == 0) return;
    json_key(j, key);
    json_open(j, '[');
    for (uint32_t i = 0; i < count; i++) id(j, kind, ids[i]);
    json_close(j, ']');
}

static void pair(json_out *j, int64_t a, int64_t b) {
    json_open(j, '[');
    json_number(j, a);
    json_number(j, b);
    json_close(j, ']');
}

static void pair_key(json_out *j, const char *key, int64_t a, int64_t b) {
    json_key(j, key);
    pair(j, a, b);
}

static void readings_key(layer_writer *x, uint32_t set) {
    uint32_t count;
    const reading *r = worker_readings(x->w, set, &count);
    if (count == 0) return;
    json_key(&x->j, "readings");
    json_open(&x->j, '[');
    for (uint32_t i = 0; i < count; i++) {
        json_open(&x->j, '[');
        json_string(&x->j, x->k->classes.at[r[i].class]);
        json_number(&x->j, r[i].entry == NONE ? -1 : (int64_t)r[i].entry);
        json_close(&x->j, ']');
    }
    json_close(&x->j, ']');
}

static void write_timex(layer_writer *x, const timex3 *t) {
    json_open(&x->j, '{');
    if (t->basis) text_key(&x->j, "basis", str_of(t->basis));
    text_key(&x->j, "first", t->day_first);
    text_key(&x->j, "last", t->day_last);
    text_key(&x->j, "mod", t->mod);
    text_key(&x->j, "type", str_of(t->type));
    text_key(&x->j, "value", t->value);
    json_close(&x->j, '}');
}

/* Each an array: key, tokens, and the mention that fills it when there is one. */
static void slots_key(layer_writer *x, const mention *m) {
    json_out *j = &x->j;
    if (m->slot_count == 0) return;
    json_key(j, "slots");
    json_open(j, '[');
    for (uint32_t i = 0; i < m->slot_count; i++) {
        const slot *s = &m->slots[i];
        json_open(j, '[');
        json_string(j, x->k->keys.at[s->key]);
        json_number(j, s->first);
        json_number(j, s->end);
        if (s->mention != NONE) id(j, 'm', s->mention);
        json_close(j, ']');
    }
    json_close(j, ']');
}

static void attributes_key(layer_writer *x, const mention *m) {
    json_out *j = &x->j;
    if (m->attribute_count == 0) return;
    json_key(j, "attributes");
    json_open(j, '{');
    for (uint32_t i = 0; i < m->attribute_count; i++) {
        json_key(j, x->k->keys.at[m->attributes[i].key].at); /* a NUL follows it */
        json_string(j, m->attributes[i].value);
    }
    json_close(j, '}');
}

static void classes_key(layer_writer *x, const mention *m) {
    json_out *j = &x->j;
    uint32_t count;
    if (m->classes == worker_rule_classes(x->w, m->rule)) return;
    const uint32_t *classes = worker_set_classes(x->w, m->classes, &count);
    json_key(j, "classes");
    json_open(j, '[');
    for (uint32_t i = 0; i < count; i++) json_string(j, x->k->classes.at[classes[i]]);
    json_close(j, ']');
}

static void write_mention(layer_writer *x, uint32_t at, layer upto) {
    const mention *m = &x->d->mentions.at[at];
    json_out *j = &x->j;
    json_open(j, '{');
    attributes_key(x, m);
    classes_key(x, m);
    if (upto >= UPTO_LINK) id_key(j, "entity", 'e', m->entity);
    id_key(j, "id", 'm', at);
    if (upto >= UPTO_LINK) {
        if (m->link) text_key(j, "link", str_of(m->link));
        ids_key(j, "members", 'e', m->members, m->member_count);
    }
    id_key(j, "parent", 'm', m->parent);
    readings_key(x, m->readings);
    text_key(j, "rule", x->k->rules.at[m->rule].name);
    slots_key(x, m);
    if (m->timex) json_key(j, "timex"), write_timex(x, m->timex);
    pair_key(j, "tokens", m->first, m->end);
    text_key(j, "type", x->k->classes.at[m->type]);
    json_close(j, '}');
}

static void write_entity(layer_writer *x, uint32_t at) {
    const entity *e = &x->d->entities.at[at];
    json_out *j = &x->j;
    json_open(j, '{');
    json_key(j, "aliases");
    json_open(j, '[');
    for (uint32_t i = 0; i < e->aliases.len; i++) json_string(j, e->aliases.at[i]);
    json_close(j, ']');
    text_key(j, "country", str_of(e->country));
    id_key(j, "id", 'e', at);
    ids_key(j, "mentions", 'm', e->mentions.at, e->mentions.len);
    text_key(j, "name", e->name);
    json_key(j, "roles");
    json_open(j, '[');
    for (uint32_t i = 0; i < e->roles.len; i++) {
        const role *r = &e->roles.at[i];
        json_open(j, '{');
        text_key(j, "country", str_of(r->country));
        json_key(j, "former");
        json_bool(j, r->former);
        id_key(j, "mention", 'm', r->mention);
        text_key(j, "of", r->of);
        if (r->rule) text_key(j, "rule", str_of(r->rule));
        text_key(j, "title", r->title);
        json_close(j, '}');
    }
    json_close(j, ']');
    text_key(j, "type", str_of(entity_type_name(e->type)));
    json_close(j, '}');
}

static void write_tokens(layer_writer *x) {
    json_key(&x->j, "sentences");
    json_open(&x->j, '[');
    for (uint32_t i = 0; i < x->d->sentences.len; i++) {
        const sentence *s = &x->d->sentences.at[i];
        json_open(&x->j, '{');
        number_key(&x->j, "paragraph", s->paragraph);
        json_key(&x->j, "title");
        json_bool(&x->j, s->title);
        pair_key(&x->j, "tokens", s->first, s->end);
        json_close(&x->j, '}');
    }
    json_close(&x->j, ']');
}

static void tokens_key(layer_writer *x) {
    buf all = {0};
    uint32_t after = 0;
    for (uint32_t i = 0; i < x->d->tokens.len; i++) {
        const token *t = &x->d->tokens.at[i];
        if (i) buf_byte(&all, ' ');
        buf_number(&all, t->begin - after);
        buf_byte(&all, ' ');
        buf_number(&all, t->end - t->begin);
        after = t->end;
    }
    text_key(&x->j, "tokens", buf_view(&all));
    buf_free(&all);
}

void layers_write(worker *w, document *d, layer upto, buf *out) {
    layer_writer x = {{.out = out}, w, worker_pack(w), d};
    json_out *j = &x.j;
    json_open(j, '{');
    text_key(j, "byline", d->byline);
    text_key(j, "dateline_place", d->dateline_place);
    if (upto >= UPTO_LINK) {
        json_key(j, "entities");
        json_open(j, '[');
        for (uint32_t i = 0; i < d->entities.len; i++) write_entity(&x, i);
        json_close(j, ']');
    }
    text_key(j, "id", d->id);
    text_key(j, "language", d->language);
    if (upto >= UPTO_TAG) {
        json_key(j, "mentions");
        json_open(j, '[');
        for (uint32_t i = 0; i < d->mentions.len; i++) write_mention(&x, i, upto);
        json_close(j, ']');
    }
    text_key(j, "published", d->published);
    text_key(j, "schema", STR("whomet.document/1"));
    if (upto >= UPTO_TOKENIZE) write_tokens(&x);
    text_key(j, "sha256", d->sha256);
    json_key(j, "shifts");
    json_open(j, '[');
    for (uint32_t i = 0; i < d->shift_count; i++) pair(j, d->shifts[i].at, d->shifts[i].shift);
    json_close(j, ']');
    text_key(j, "source", d->source);
    text_key(j, "stage", str_of(stage_names[upto]));
    text_key(j, "text", document_text(d));
    text_key(j, "title", d->title);
    json_key(j, "title_apart");
    json_bool(j, d->text_at > 0);
    if (upto >= UPTO_TOKENIZE) { tokens_key(&x); }
    text_key(j, "url", d->url);
    json_close(j, '}');
    buf_byte(out, '\n');
}
