/* The tables of the graph: nodes and edges by key, their sets of facts and evidence; ids; order. */
#include <stdlib.h>
#include <string.h>

#include "base/sha256.h"
#include "stages/graph.h"

enum { FEW_FACTS = 24, SLUG_MOST = 60 };

/* ---- ids */

static str slug(arena *a, str name, bool *whole) {
    str folded = utf8_fold(a, name);
    char *out = arena_take(a, folded.len + 1, 1);
    size_t to = 0, i = 0;
    *whole = true;
    for (; i < folded.len && to < SLUG_MOST; i++) {
        char c = folded.at[i];
        bool good = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
        if (good)
            out[to++] = c;
        else if (to && out[to - 1] != '-')
            out[to++] = '-';
        if (!good && c != ' ') *whole = false;
    }
    while (to && out[to - 1] == '-') to--;
    *whole = *whole && i == folded.len && to > 0;
    return (str){out, to};
}

/* A name that the slug holds wholly needs few digits: it is only told from other types of the same name. */
static str make_id(graph *g, str type, str named, str key, bool by_name) {
    char hex[65];
    bool whole_type, whole;
    str kind = slug(&g->scratch, type, &whole_type), s = slug(&g->scratch, named, &whole);
    sha256_hex(key, hex);
    size_t digits = by_name && whole ? 6 : 12;
    char *out = arena_take(&g->arena, kind.len + s.len + digits + 2, 1), *to = mempcpy(out, kind.at, kind.len);
    *to++ = '-';
    if (s.len) to = mempcpy(to, s.at, s.len), *to++ = '-';
    to = mempcpy(to, hex, digits);
    return (str){out, (size_t)(to - out)};
}

uint32_t graph_node(graph *g, graph_family family, str type, str named, str key) {
    uint32_t before = g->nodes.len, id = names_add(&g->arena, &g->nodes_by_key, key);
    if (id == before) {
        bool by_name = key.len == type.len + 1 + named.len; /* nothing else is in the key */
        *VEC_PUSH(&g->arena, &g->nodes) = (graph_item){.family = family,
                                                       .type = arena_copy(&g->arena, type),
                                                       .source = NONE,
                                                       .target = NONE,
                                                       .event = NONE,
                                                       .thing = NONE,
                                                       .id = make_id(g, type, named, key, by_name)};
    }
    return id;
}

/* The key of an edge in this graph: places of nodes, which are shorter than ids and as good. */
static graph_item *edge_at(graph *g, const graph_item *like, bool *made) {
    buf *key = &g->key;
    uint32_t ends[] = {like->source, like->target, like->event};
    buf_clear(key);
    buf_add(key, (str){(const char *)ends, sizeof ends});
    buf_add(key, like->type);
    buf_byte(key, ' ');
    buf_add(key, like->detail);
    uint32_t before = g->edges.len, id = names_add(&g->arena, &g->edges_by_key, buf_view(key));
    *made = id == before;
    if (*made) *VEC_PUSH(&g->arena, &g->edges) = *like;
    return &g->edges.at[id];
}

graph_item *graph_edge(graph *g, graph_family family, const char *type, uint32_t source, uint32_t target, uint32_t at,
                       str detail) {
    graph_item like = {
        .family = family, .type = str_of(type), .source = source, .target = target, .event = at, .detail = detail};
    bool made;
    graph_item *e = edge_at(g, &like, &made);
    if (made) e->detail = arena_copy(&g->arena, detail);
    return e;
}

/* The id of an edge is made when the graph is sorted: most edges of a large run are met again before. */
static str edge_id(graph *g, const graph_item *e) {
    buf *key = &g->key;
    uint32_t ends[] = {e->source, e->target, e->event};
    buf_clear(key);
    buf_add(key, e->type);
    for (int i = 0; i < 3; i++) {
        buf_byte(key, ' ');
        if (ends[i] != NONE) buf_add(key, g->nodes.at[ends[i]].id);
    }
    buf_byte(key, ' ');
    buf_add(key, e->detail);
    return make_id(g, e->type, (str){0}, buf_view(key), false);
}

/* ---- facts */

static int by_fact(const void *x, const void *y) {
    const graph_fact *a = x, *b = y;
    return a->field != b->field ? (a->field < b->field ? -1 : 1) : str_compare(a->value, b->value);
}

static void settle_facts(graph_item *i) {
    uint32_t kept = 0;
    if (i->facts.len > 1) qsort(i->facts.at, i->facts.len, sizeof *i->facts.at, by_fact);
    for (uint32_t n = 0; n < i->facts.len; n++) {
        if (n == 0 || by_fact(&i->facts.at[kept - 1], &i->facts.at[n]) != 0) i->facts.at[kept++] = i->facts.at[n];
    }
    i->facts.len = kept;
    i->facts_limit = kept * 2 < FEW_FACTS * 2 ? FEW_FACTS * 2 : kept * 2;
}

void graph_tell(graph *g, graph_item *i, fact_field field, str told) {
    graph_fact f = {field, told};
    if (!told.len) return;
    for (uint32_t n = 0; n < i->facts.len && n < FEW_FACTS; n++) {
        if (i->facts.at[n].field == f.field && str_equal(i->facts.at[n].value, f.value)) return;
    }
    if (i->facts.len >= FEW_FACTS && i->facts.len >= i->facts_limit) settle_facts(i);
    f.value = arena_copy(&g->arena, f.value);
    *VEC_PUSH(&g->arena, &i->facts) = f;
}

fact_range graph_facts(const graph_item *i, fact_field field) {
    uint32_t begin = 0, end;
    while (begin < i->facts.len && i->facts.at[begin].field < field) begin++;
    for (end = begin; end < i->facts.len && i->facts.at[end].field == field; end++) continue;
    return (fact_range){i->facts.at ? i->facts.at + begin : NULL, end - begin};
}

bool graph_has(const graph_item *i, fact_field field, str told) {
    fact_range r = graph_facts(i, field);
    for (uint32_t n = 0; n < r.len; n++) {
        if (str_equal(r.at[n].value, told)) return true;
    }
    return false;
}

/* ---- order */

static int by_evidence(const void *x, const void *y) {
    const graph_evidence *a = *(const graph_evidence *const *)x, *b = *(const graph_evidence *const *)y;
    int order = str_compare(a->document->id, b->document->id);
    const record_span *s = a->span, *t = b->span;
    if (order) return order;
    if (s->in_title != t->in_title) return s->in_title ? -1 : 1;
    if (s->begin != t->begin) return s->begin < t->begin ? -1 : 1;
    if (s->end != t->end) return s->end < t->end ? -1 : 1;
    if ((order = str_compare(s->rule, t->rule))) return order;
    if (s->byte_begin != t->byte_begin) return s->byte_begin < t->byte_begin ? -1 : 1;
    if (s->byte_end != t->byte_end) return s->byte_end < t->byte_end ? -1 : 1;
    return str_compare(s->text, t->text); /* two articles may carry one id */
}

static void settle(graph_item *i) {
    uint32_t kept = 0;
    settle_facts(i);
    if (i->evidence.len > 1) qsort(i->evidence.at, i->evidence.len, sizeof *i->evidence.at, by_evidence);
    for (uint32_t n = 0; n < i->evidence.len; n++) {
        if (n == 0 || by_evidence(&i->evidence.at[kept - 1], &i->evidence.at[n]) != 0)
            i->evidence.at[kept++] = i->evidence.at[n];
    }
    i->evidence.len = kept;
}

typedef struct sort_key {
    str id;
    uint32_t at;
} sort_key;

static int by_sort_key(const void *a, const void *b) {
    return str_compare(((const sort_key *)a)->id, ((const sort_key *)b)->id);
}

/* New places, by old ones. The keys no longer match the places: a sorted graph takes no more records. */
static const uint32_t *sort_items(graph *g, graph_item *items, uint32_t count) {
    sort_key *order = ARENA_ARRAY(&g->scratch, sort_key, count + 1);
    uint32_t *places = ARENA_ARRAY(&g->scratch, uint32_t, count + 1);
    graph_item *old = ARENA_ARRAY(&g->scratch, graph_item, count + 1);
    for (uint32_t i = 0; i < count; i++) order[i] = (sort_key){items[i].id, i}, old[i] = items[i];
    if (count > 1) qsort(order, count, sizeof *order, by_sort_key);
    for (uint32_t i = 0; i < count; i++) {
        items[i] = old[order[i].at];
        places[order[i].at] = i;
        settle(&items[i]);
    }
    return places;
}

void graph_sort_items(graph *g) {
    const uint32_t *places = sort_items(g, g->nodes.at, g->nodes.len);
    for (uint32_t i = 0; i < g->edges.len; i++) {
        graph_item *e = &g->edges.at[i];
        e->source = places[e->source];
        e->target = places[e->target];
        if (e->event != NONE) e->event = places[e->event];
        e->id = edge_id(g, e);
    }
    sort_items(g, g->edges.at, g->edges.len);
}
