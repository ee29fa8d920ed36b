/* Items in the order of their ids, in memory or in sorted runs on disk. An id that comes in several runs is one item:
   its facts are the union, its evidence that of one run after another, for later runs are of later documents. */
#include <stdlib.h>
#include <string.h>

#include "stages/graph.h"

/* By id; `head` holds as much of the order as a number can: the rank of the type, and six bytes of what follows it. */
typedef struct sort_key {
    uint64_t head;
    uint32_t at;
} sort_key;

static int by_node(const void *x, const void *y, void *context) {
    return str_compare(graph_node_at(context, ((const sort_key *)x)->at)->id,
                       graph_node_at(context, ((const sort_key *)y)->at)->id);
}

static int by_edge(const void *x, const void *y, void *context) {
    const graph_item *edges = ((const graph *)context)->edges.at;
    return str_compare(edges[((const sort_key *)x)->at].id, edges[((const sort_key *)y)->at].id);
}

/* By the last byte of the heads first; where all have the same byte there is nothing to do. */
static sort_key *sort_heads(arena *a, sort_key *keys, uint32_t count) {
    sort_key *other = arena_raw(a, (count + 1) * sizeof *other, alignof(sort_key));
    for (int shift = 0; shift < 64; shift += 8) {
        uint32_t begin[256 + 1] = {0};
        for (uint32_t i = 0; i < count; i++) begin[(keys[i].head >> shift & 255) + 1]++;
        if (count && begin[(keys[0].head >> shift & 255) + 1] == count) continue;
        for (int byte = 0; byte < 256; byte++) begin[byte + 1] += begin[byte];
        for (uint32_t i = 0; i < count; i++) other[begin[keys[i].head >> shift & 255]++] = keys[i];
        sort_key *sorted = other;
        other = keys, keys = sorted;
    }
    return keys;
}

static int by_type(const void *x, const void *y, void *types) {
    const str *list = types;
    return str_compare(list[*(const uint32_t *)x], list[*(const uint32_t *)y]);
}

static uint64_t head_of(str id, uint32_t stem, uint64_t rank) {
    uint64_t head = rank;
    for (uint32_t i = 0; i < 6; i++) head = head << 8 | (stem + i < id.len ? (unsigned char)id.at[stem + i] : 0);
    return head;
}

typedef struct type_rank {
    uint32_t rank, stem;
} type_rank;

/* A type that begins as another one does ("signed", "signed-at") stands among the ids of that one. */
static type_rank *rank_of_types(arena *a, const names *types) {
    uint32_t count = types->list.len, *order = ARENA_ARRAY(a, uint32_t, count + 1);
    const str *list = types->list.at;
    type_rank *out = ARENA_ARRAY(a, type_rank, count + 1);
    for (uint32_t t = 0; t < count; t++) order[t] = t;
    if (count > 1) qsort_r(order, count, sizeof *order, by_type, types->list.at);
    for (uint32_t t = 0, first = 0; t < count; t++) {
        if (!str_starts(list[order[t]], list[order[first]])) first = t;
        out[order[t]] = (type_rank){first, (uint32_t)list[order[first]].len};
    }
    return out;
}

/* More types than a rank can tell are left to the ids alone. */
static void rank_types(arena *a, sort_key *keys, graph_item *const *items, uint32_t count) {
    names types = {0};
    for (uint32_t i = 0; i < count; i++)
        keys[i].head = names_add(a, &types, str_slice(items[i]->id, 0, items[i]->stem));
    const type_rank *ranks = rank_of_types(a, &types);
    bool few = types.list.len <= UINT16_MAX;
    for (uint32_t i = 0; i < count; i++) {
        type_rank r = ranks[keys[i].head];
        keys[i].head = few ? head_of(items[i]->id, r.stem, r.rank) : 0;
    }
}

static void keep_order(graph *g, graph_list list, const sort_key *keys, uint32_t count) {
    g->order[list] = arena_raw(&g->facts, (count + 1) * sizeof(uint32_t), alignof(uint32_t));
    g->count[list] = count;
    for (uint32_t i = 0; i < count; i++) g->order[list][i] = keys[i].at;
}

static void sort_list(graph *g, graph_list list, sort_key *keys, graph_item *const *items, uint32_t count) {
    for (uint32_t i = 0; i < count; i++) graph_settle_item(items[i]);
    rank_types(&g->scratch, keys, items, count);
    keys = sort_heads(&g->scratch, keys, count);
    for (uint32_t begin = 0, end; begin < count; begin = end) {
        for (end = begin + 1; end < count && keys[end].head == keys[begin].head;) end++;
        if (end - begin > 1)
            qsort_r(keys + begin, end - begin, sizeof *keys, list == GRAPH_NODES ? by_node : by_edge, g);
    }
    keep_order(g, list, keys, count);
    arena_reset(&g->scratch);
}

static void sort_nodes(graph *g, bool with_offices) {
    uint32_t offices = with_offices ? g->offices.len : 0, count = g->nodes.len + offices;
    sort_key *keys = ARENA_ARRAY(&g->scratch, sort_key, count + 1);
    graph_item **items = ARENA_ARRAY(&g->scratch, graph_item *, count + 1);
    for (uint32_t i = 0; i < count; i++) {
        keys[i].at = i < g->nodes.len ? i : (i - g->nodes.len) | GRAPH_OFFICES;
        items[i] = graph_node_at(g, keys[i].at);
    }
    sort_list(g, GRAPH_NODES, keys, items, count);
}

static void sort_edges(graph *g) {
    sort_key *keys = ARENA_ARRAY(&g->scratch, sort_key, g->edges.len + 1);
    graph_item **items = ARENA_ARRAY(&g->scratch, graph_item *, g->edges.len + 1);
    for (uint32_t i = 0; i < g->edges.len; i++) keys[i].at = i, items[i] = &g->edges.at[i];
    sort_list(g, GRAPH_EDGES, keys, items, g->edges.len);
}

static bool held(const graph_item *e) { return str_equal(e->type, STR("holds_office")); }

/* By holder, then by edge: both lists are in order. */
static void sort_held(graph *g) {
    sort_key *keys = ARENA_ARRAY(&g->scratch, sort_key, g->edges.len + 1);
    uint32_t *places = ARENA_ARRAY(&g->scratch, uint32_t, g->nodes.len + 1), count = 0;
    for (uint32_t i = 0; i < g->count[GRAPH_NODES]; i++) {
        uint32_t node = g->order[GRAPH_NODES][i];
        if (!(node & GRAPH_OFFICES)) places[node] = i;
    }
    for (uint32_t i = 0; i < g->count[GRAPH_EDGES]; i++) {
        uint32_t at = g->order[GRAPH_EDGES][i];
        if (held(&g->edges.at[at])) keys[count++] = (sort_key){(uint64_t)places[g->edges.at[at].source] << 32 | i, at};
    }
    keep_order(g, GRAPH_HELD, sort_heads(&g->scratch, keys, count), count);
    arena_reset(&g->scratch);
}

void graph_sort_items(graph *g, bool with_offices) {
    graph_name_edges(g);
    sort_nodes(g, with_offices);
    sort_edges(g);
    sort_held(g);
}

/* ---- on disk */

static str id_at(graph *g, uint32_t node) { return node == NONE ? STR("") : graph_node_at(g, node)->id; }

static graph_entry entry_at(graph *g, graph_list list, uint32_t at) {
    uint32_t from = g->order[list][at];
    const graph_item *i = list == GRAPH_NODES ? graph_node_at(g, from) : &g->edges.at[from];
    return (graph_entry){i, id_at(g, i->source), id_at(g, i->target), id_at(g, i->event)};
}

/* The offices of a holder stand together, in the order of their edges. */
static void key_of(graph_list list, const graph_entry *e, buf *key) {
    buf_clear(key);
    if (list == GRAPH_HELD) buf_add(key, e->source), buf_byte(key, ' ');
    buf_add(key, e->item->id);
}

void graph_spill_items(graph *g, bool with_offices) {
    graph_sort_items(g, with_offices);
    for (graph_list l = 0; l < GRAPH_LISTS; l++) {
        runs_begin(&g->written[l], g->folder);
        for (uint32_t i = 0; i < g->count[l]; i++) {
            graph_entry e = entry_at(g, l, i);
            key_of(l, &e, &g->key);
            buf_clear(&g->line);
            graph_pack(&e, l == GRAPH_HELD, &g->line);
            runs_put(&g->written[l], buf_view(&g->key), &g->line);
        }
        runs_end(&g->written[l]);
        g->count[l] = 0;
    }
    g->fact_texts = g->nodes_by_key = g->edges_by_key = (names){0};
    VEC_FORGET(&g->nodes), VEC_FORGET(&g->edges);
    buf_clear(&g->node_room);
    buf_clear(&g->edge_room);
    arena_reset(&g->facts);
}

/* ---- walking */

void graph_walk_begin(graph_walk *w, graph *g, graph_list list) {
    *w = (graph_walk){.g = g, .list = list};
    runs_merge_begin(&w->merge, &g->written[list]);
    w->more = runs_next(&w->merge, &w->ahead);
}

static const graph_entry *next_written(graph_walk *w) {
    if (!w->more) return NULL;
    arena_reset(&w->arena);
    w->item = (graph_item){.source = NONE, .target = NONE, .event = NONE};
    str key = arena_copy(&w->arena, w->ahead.key);
    uint32_t parts = 0;
    for (; w->more && str_equal(w->ahead.key, key); parts++) {
        graph_unpack(&w->arena, w->ahead.bytes, &w->item, &w->entry);
        w->more = runs_next(&w->merge, &w->ahead);
    }
    if (parts > 1) graph_settle_item(&w->item);
    w->entry.item = &w->item;
    return &w->entry;
}

const graph_entry *graph_walk_next(graph_walk *w) {
    if (runs_any(&w->g->written[w->list])) return next_written(w);
    if (w->at == w->g->count[w->list]) return NULL;
    w->entry = entry_at(w->g, w->list, w->at++);
    return &w->entry;
}

void graph_walk_end(graph_walk *w) {
    runs_merge_end(&w->merge);
    arena_free(&w->arena);
}
