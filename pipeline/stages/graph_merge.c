/* Union of two graphs, and the order in which one is written. */
#include <stdlib.h>

#include "stages/graph.h"

static void union_str(graph *g, str **at, uint32_t *len, uint32_t *cap, const str *more, uint32_t count) {
    for (uint32_t i = 0; i < count; i++) {
        bool known = false;
        for (uint32_t k = 0; k < *len && !known; k++) known = str_equal((*at)[k], more[i]);
        if (known) continue;
        if (*len == *cap) *at = arena_grow(&g->arena, *at, cap, *len, sizeof **at);
        (*at)[(*len)++] = arena_copy(&g->arena, more[i]);
    }
}
#define UNION(g, into, from) union_str((g), &(into).at, &(into).len, &(into).cap, (from).at, (from).len)

static bool same_role(const graph_role *a, const graph_role *b) {
    return a->former == b->former && str_equal(a->title, b->title) && str_equal(a->of, b->of) && str_equal(a->country, b->country);
}

static void merge_roles(graph *g, graph_node *into, const graph_node *from) {
    for (uint32_t i = 0; i < from->roles.len; i++) {
        const graph_role *r = &from->roles.at[i];
        bool known = false;
        for (uint32_t k = 0; k < into->roles.len && !known; k++) known = same_role(&into->roles.at[k], r);
        if (!known)
            *VEC_PUSH(&g->arena, &into->roles) = (graph_role){arena_copy(&g->arena, r->title), arena_copy(&g->arena, r->of), arena_copy(&g->arena, r->country), r->former};
    }
}

static uint32_t merge_node(graph *g, str key, const graph_node *from) {
    uint32_t before = g->nodes.len, id = names_add(&g->arena, &g->nodes_by_key, key);
    if (id == before) {
        *VEC_PUSH(&g->arena, &g->nodes) = (graph_node){.id = arena_copy(&g->arena, from->id), .type = arena_copy(&g->arena, from->type),
                                                       .date = arena_copy(&g->arena, from->date), .status = arena_copy(&g->arena, from->status),
                                                       .kind = arena_copy(&g->arena, from->kind)};
    }
    graph_node *n = &g->nodes.at[id];
    if (str_compare(from->end, n->end) > 0) n->end = arena_copy(&g->arena, from->end);
    UNION(g, n->names, from->names);
    UNION(g, n->aliases, from->aliases);
    UNION(g, n->about, from->about);
    UNION(g, n->countries, from->countries);
    merge_roles(g, n, from);
    return id;
}

static int order_spans(const record_span *a, const record_span *b) {
    if (a->in_title != b->in_title) return a->in_title ? -1 : 1;
    if (a->begin != b->begin) return a->begin < b->begin ? -1 : 1;
    if (a->end != b->end) return a->end < b->end ? -1 : 1;
    return str_compare(a->rule, b->rule);
}

static int by_evidence(const void *x, const void *y) {
    const graph_evidence *a = x, *b = y;
    int order = str_compare(a->document, b->document);
    return order ? order : order_spans(&a->span, &b->span);
}

static void merge_edge(graph *g, str key, const graph_edge *from, const uint32_t *nodes) {
    uint32_t before = g->edges.len, id = names_add(&g->arena, &g->edges_by_key, key);
    if (id == before) {
        *VEC_PUSH(&g->arena, &g->edges) = (graph_edge){.id = arena_copy(&g->arena, from->id), .type = arena_copy(&g->arena, from->type),
                                                       .status = arena_copy(&g->arena, from->status), .date = arena_copy(&g->arena, from->date),
                                                       .place = arena_copy(&g->arena, from->place), .source = nodes[from->source], .target = nodes[from->target],
                                                       .event = from->event == NONE ? NONE : nodes[from->event]};
    }
    graph_edge *e = &g->edges.at[id];
    UNION(g, e->about, from->about);
    for (uint32_t i = 0; i < from->evidence.len; i++) {
        bool known = false;
        for (uint32_t k = 0; k < e->evidence.len && !known; k++) known = by_evidence(&e->evidence.at[k], &from->evidence.at[i]) == 0;
        if (known) continue;
        graph_evidence v = from->evidence.at[i];
        v.document = arena_copy(&g->arena, v.document);
        v.span.text = arena_copy(&g->arena, v.span.text);
        v.span.rule = arena_copy(&g->arena, v.span.rule);
        *VEC_PUSH(&g->arena, &e->evidence) = v;
    }
}

void graph_merge(graph *into, const graph *other) {
    uint32_t *nodes = malloc((other->nodes.len + 1) * sizeof *nodes);
    if (!nodes) abort();
    for (uint32_t i = 0; i < other->nodes.len; i++) nodes[i] = merge_node(into, other->nodes_by_key.list.at[i], &other->nodes.at[i]);
    for (uint32_t i = 0; i < other->edges.len; i++) merge_edge(into, other->edges_by_key.list.at[i], &other->edges.at[i], nodes);
    free(nodes);
    for (uint32_t i = 0; i < other->documents.len; i++) {
        const graph_document *d = &other->documents.at[i];
        uint32_t before = into->documents.len;
        if (names_add(&into->arena, &into->documents_by_key, other->documents_by_key.list.at[i]) != before) continue;
        *VEC_PUSH(&into->arena, &into->documents) =
            (graph_document){arena_copy(&into->arena, d->id), arena_copy(&into->arena, d->source), arena_copy(&into->arena, d->title),
                             arena_copy(&into->arena, d->published), arena_copy(&into->arena, d->sha256)};
    }
}

/* ---- order */

static int by_str(const void *a, const void *b) { return str_compare(*(const str *)a, *(const str *)b); }

static int by_role(const void *x, const void *y) {
    const graph_role *a = x, *b = y;
    int order = str_compare(a->title, b->title);
    if (!order) order = str_compare(a->of, b->of);
    if (!order) order = str_compare(a->country, b->country);
    return order ? order : (int)a->former - (int)b->former;
}

static int by_document(const void *x, const void *y) {
    const graph_document *a = x, *b = y;
    int order = str_compare(a->id, b->id);
    return order ? order : str_compare(a->sha256, b->sha256);
}

#define SORT(list, order)                                                                     \
    do {                                                                                      \
        if ((list).len > 1) qsort((list).at, (list).len, sizeof *(list).at, (order));         \
    } while (0)

static const graph *sorting; /* qsort has no context; graph_sort runs once, at the end, in one thread */

static int by_node_id(const void *a, const void *b) {
    return str_compare(sorting->nodes.at[*(const uint32_t *)a].id, sorting->nodes.at[*(const uint32_t *)b].id);
}

static int by_edge_id(const void *a, const void *b) { return str_compare(((const graph_edge *)a)->id, ((const graph_edge *)b)->id); }

static void sort_nodes(graph *g) {
    uint32_t count = g->nodes.len, *order = ARENA_ARRAY(&g->arena, uint32_t, count + 1), *place_of = ARENA_ARRAY(&g->arena, uint32_t, count + 1);
    graph_node *sorted = ARENA_ARRAY(&g->arena, graph_node, count + 1);
    for (uint32_t i = 0; i < count; i++) order[i] = i;
    sorting = g;
    if (count > 1) qsort(order, count, sizeof *order, by_node_id);
    for (uint32_t i = 0; i < count; i++) sorted[i] = g->nodes.at[order[i]], place_of[order[i]] = i;
    for (uint32_t i = 0; i < g->edges.len; i++) {
        graph_edge *e = &g->edges.at[i];
        e->source = place_of[e->source];
        e->target = place_of[e->target];
        if (e->event != NONE) e->event = place_of[e->event];
    }
    g->nodes.at = sorted;
}

void graph_sort(graph *g) {
    sort_nodes(g);
    for (uint32_t i = 0; i < g->nodes.len; i++) {
        graph_node *n = &g->nodes.at[i];
        SORT(n->names, by_str);
        SORT(n->aliases, by_str);
        SORT(n->about, by_str);
        SORT(n->countries, by_str);
        SORT(n->roles, by_role);
    }
    SORT(g->edges, by_edge_id);
    for (uint32_t i = 0; i < g->edges.len; i++) {
        SORT(g->edges.at[i].about, by_str);
        SORT(g->edges.at[i].evidence, by_evidence);
    }
    SORT(g->documents, by_document);
}

void graph_free(graph *g) {
    arena_free(&g->arena);
    *g = (graph){0};
}
