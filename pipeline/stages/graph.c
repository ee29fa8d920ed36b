/* The set of records: what is given twice is kept once. Union; order; the steps from records to nodes and edges. */
#include "stages/graph.h"

#include "stages/graph_identity.h"

#include <stdlib.h>

#include "base/sha256.h"

/* Of all that is kept of a record. Most articles come once, and then nobody asks for it. */
static void make_digest(graph *g, const record *facts, char out[65]) {
    buf_clear(&g->key);
    record_write(facts, &g->key);
    sha256_hex(buf_view(&g->key), out);
}

static str digest_of(graph *g, graph_document *d) {
    char digest[65] = "";
    if (!d->digest.len) {
        make_digest(g, d->facts, digest);
        d->digest = arena_copy(&g->arena, (str){digest, 64});
    }
    return d->digest;
}

/* Documents of one id and one text: the place of the newest of them, NONE when there are none. */
static uint32_t *newest_like(graph *g, const record *r) {
    buf_clear(&g->key);
    buf_add(&g->key, r->id);
    buf_byte(&g->key, ' ');
    buf_add(&g->key, r->sha256);
    uint32_t before = g->known.list.len, at = names_add(&g->arena, &g->known, buf_view(&g->key));
    if (at == before) *VEC_PUSH(&g->arena, &g->newest) = NONE;
    return &g->newest.at[at];
}

static void push(graph *g, uint32_t *newest, const record *facts) {
    *VEC_PUSH(&g->arena, &g->documents) = (graph_document){.facts = facts, .older = *newest};
    *newest = g->documents.len - 1;
}

static bool has(graph *g, uint32_t newest, str digest) {
    for (uint32_t at = newest; at != NONE; at = g->documents.at[at].older) {
        if (str_equal(digest_of(g, &g->documents.at[at]), digest)) return true;
    }
    return false;
}

/* Two articles of one id that differ are two documents, and so is one article read with other rules. */
void graph_add(graph *g, const record *r) {
    uint32_t *newest = newest_like(g, r);
    char digest[65] = "";
    for (uint32_t at = *newest; at != NONE; at = g->documents.at[at].older) digest_of(g, &g->documents.at[at]);
    arena before = g->arena;
    const record *kept = record_copy(&g->arena, &g->texts, &g->scratch, r);
    if (*newest != NONE) make_digest(g, kept, digest);
    if (*newest == NONE || !has(g, *newest, (str){digest, 64}))
        push(g, newest, kept);
    else if (g->arena.blocks == before.blocks)
        g->arena = before; /* a double brings no new text: its copy goes */
    arena_reset(&g->scratch);
}

void graph_merge(graph *into, graph *other) {
    for (uint32_t i = 0; i < other->documents.len; i++) {
        graph_document *d = &other->documents.at[i];
        uint32_t *newest = newest_like(into, d->facts);
        if (*newest == NONE || !has(into, *newest, digest_of(other, d))) push(into, newest, d->facts);
    }
    for (uint32_t i = 0; i < other->absorbed.len; i++) *VEC_PUSH(&into->arena, &into->absorbed) = other->absorbed.at[i];
    *VEC_PUSH(&into->arena, &into->absorbed) = other->arena;
    arena_free(&other->scratch);
    buf_free(&other->node_room);
    buf_free(&other->edge_room);
    buf_free(&other->key);
    *other = (graph){0};
}

/* Ids first; then digests, which those of one id have. */
static int by_document(const void *x, const void *y) {
    const graph_document *a = x, *b = y;
    int order = str_compare(a->facts->id, b->facts->id);
    return order ? order : str_compare(a->digest, b->digest);
}

static void sort_documents(graph *g) {
    graph_document *list = g->documents.at;
    if (g->documents.len < 2) return;
    qsort(list, g->documents.len, sizeof *list, by_document);
    for (uint32_t begin = 0, end; begin < g->documents.len; begin = end) {
        for (end = begin + 1; end < g->documents.len && str_equal(list[end].facts->id, list[begin].facts->id);) end++;
        if (end - begin == 1) continue;
        for (uint32_t i = begin; i < end; i++) digest_of(g, &list[i]);
        qsort(list + begin, end - begin, sizeof *list, by_document);
    }
}

/* Each has a new place, and a key. */
static void name_documents(graph *g) {
    for (uint32_t i = 0; i < g->newest.len; i++) g->newest.at[i] = NONE;
    for (uint32_t i = 0; i < g->documents.len; i++) {
        graph_document *d = &g->documents.at[i];
        uint32_t *newest = newest_like(g, d->facts);
        d->older = *newest;
        *newest = i;
        str id = d->facts->id;
        bool shared = (i && str_equal(id, d[-1].facts->id)) ||
                      (i + 1 < g->documents.len && str_equal(id, d[1].facts->id));
        d->first = i && str_equal(id, d[-1].facts->id) ? d[-1].first : i;
        d->key = shared ? arena_format(&g->arena, "%.*s#%.8s", (int)id.len, id.at, d->digest.at) : id;
    }
}

void graph_build(graph *g, const identity_rules *rules) {
    sort_documents(g);
    name_documents(g);
    graph_identify(g, rules);
    graph_date_events(g);
    g->nodes_by_key = g->edges_by_key = (names){0};
    g->nodes.len = g->edges.len = 0;
    buf_clear(&g->node_room);
    buf_clear(&g->edge_room);
    for (uint32_t i = 0; i < g->documents.len; i++) graph_add_facts(g, i);
    graph_sort_items(g);
    arena_free(&g->scratch); /* what order needed, writing does not */
}

void graph_free(graph *g) {
    for (uint32_t i = 0; i < g->absorbed.len; i++) {
        arena other = g->absorbed.at[i];
        arena_free(&other);
    }
    arena_free(&g->scratch);
    arena_free(&g->arena);
    buf_free(&g->node_room);
    buf_free(&g->edge_room);
    buf_free(&g->key);
    *g = (graph){0};
}
