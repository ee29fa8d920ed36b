/* An item as bytes, for runs on disk: numbers and lengths as this machine has them, nothing for others to read. */
#include "stages/graph.h"

static void put_number(buf *out, uint32_t n) { buf_add(out, (str){(const char *)&n, sizeof n}); }

static void put_str(buf *out, str s) {
    put_number(out, (uint32_t)s.len);
    buf_add(out, s);
}

static uint32_t take_number(str *in) {
    uint32_t n;
    memcpy(&n, in->at, sizeof n);
    *in = str_slice(*in, sizeof n, in->len);
    return n;
}

static str take_str(str *in) {
    uint32_t len = take_number(in);
    str s = str_slice(*in, 0, len);
    *in = str_slice(*in, len, in->len);
    return s;
}

/* ---- evidence */

enum { SAME_ARTICLE = 1, IN_TITLE = 2, ABOUT = 4 };

static void put_article(buf *out, const graph_article *a) {
    put_number(out, a->at);
    put_str(out, a->id);
    put_str(out, str_equal(a->key, a->id) ? STR("") : a->key);
    put_str(out, a->source);
    put_str(out, a->published);
    put_str(out, a->text);
}

static const graph_article *take_article(arena *a, str *in) {
    graph_article *out = ARENA_NEW(a, graph_article);
    out->at = take_number(in);
    out->id = take_str(in);
    out->key = take_str(in);
    out->source = take_str(in);
    out->published = take_str(in);
    out->text = take_str(in);
    if (!out->key.len) out->key = out->id;
    return out;
}

static void put_evidence(buf *out, const graph_evidence *v, const graph_article *before, bool brief) {
    const record_span *s = v->span;
    bool same = v->document == before;
    put_number(out, (same ? SAME_ARTICLE : 0u) | (s->in_title ? IN_TITLE : 0u) | (s->about ? ABOUT : 0u));
    if (!same) put_article(out, v->document);
    put_number(out, s->begin);
    put_number(out, s->end);
    put_number(out, s->byte_begin);
    put_number(out, s->byte_end);
    put_str(out, brief ? STR("") : s->text);
    put_str(out, s->rule);
}

static const graph_article *take_evidence(arena *a, str *in, const graph_article *before, graph_item *into) {
    graph_evidence *v = ARENA_NEW(a, graph_evidence);
    record_span *s = ARENA_NEW(a, record_span);
    uint32_t flags = take_number(in);
    v->document = flags & SAME_ARTICLE ? before : take_article(a, in);
    v->span = s;
    s->in_title = flags & IN_TITLE;
    s->about = flags & ABOUT;
    s->begin = take_number(in);
    s->end = take_number(in);
    s->byte_begin = take_number(in);
    s->byte_end = take_number(in);
    s->text = take_str(in);
    s->rule = take_str(in);
    *VEC_PUSH(a, &into->evidence) = v;
    return v->document;
}

/* ---- the item */

void graph_pack(const graph_entry *e, bool brief, buf *out) {
    const graph_item *i = e->item;
    put_number(out, i->family);
    put_number(out, i->thing);
    put_number(out, i->event != NONE ? 2 : i->source != NONE);
    put_str(out, i->id);
    put_str(out, i->type);
    put_str(out, e->source);
    put_str(out, e->target);
    put_str(out, e->event);
    put_number(out, i->facts.len);
    for (uint32_t n = 0; n < i->facts.len; n++)
        put_number(out, i->facts.at[n].field), put_str(out, i->facts.at[n].value);
    put_number(out, i->evidence.len);
    const graph_article *before = NULL;
    for (uint32_t n = 0; n < i->evidence.len; n++) {
        put_evidence(out, i->evidence.at[n], before, brief);
        before = i->evidence.at[n]->document;
    }
}

/* Of the ends an item that was unpacked tells only that it has some. */
void graph_unpack(arena *a, str bytes, graph_item *into, graph_entry *ends) {
    str in = arena_copy(a, bytes);
    into->family = (graph_family)take_number(&in);
    into->thing = take_number(&in);
    uint32_t arity = take_number(&in);
    if (arity) into->source = into->target = 0;
    if (arity > 1) into->event = 0;
    into->id = take_str(&in);
    into->type = take_str(&in);
    ends->source = take_str(&in);
    ends->target = take_str(&in);
    ends->event = take_str(&in);
    for (uint32_t n = take_number(&in); n > 0; n--) {
        fact_field field = (fact_field)take_number(&in);
        *VEC_PUSH(a, &into->facts) = (graph_fact){field, take_str(&in)};
    }
    const graph_article *before = NULL;
    for (uint32_t n = take_number(&in); n > 0; n--) before = take_evidence(a, &in, before, into);
}
