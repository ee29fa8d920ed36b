/* The set of records: what is given twice is kept once. Union; order; the steps from records to nodes and edges. */
#include "stages/graph.h"

#include "stages/graph_identity.h"

#include <stdlib.h>

#include "base/sha256.h"

static bool add_once(graph *g, const record *facts, str digest) {
    uint32_t before = g->known.list.len, at = names_add(&g->arena, &g->known, digest);
    if (at != before) return false;
    *VEC_PUSH(&g->arena, &g->documents) = (graph_document){.facts = facts, .digest = g->known.list.at[at]};
    return true;
}

/* The digest of all that is kept of a record tells it from others: two articles of one id that differ are two
 * documents, and so is one article read with other rules. */
void graph_add(graph *g, const record *r) {
    arena before = g->arena;
    uint32_t rooms[] = {g->known.room, g->texts.room}; /* a table may grow even for what it has */
    const record *kept = record_copy(&g->arena, &g->texts, &g->scratch, r);
    char digest[65];
    buf_clear(&g->key);
    record_write(kept, &g->key);
    sha256_hex(buf_view(&g->key), digest);
    bool added = add_once(g, kept, (str){digest, 64});
    bool grown = g->known.room != rooms[0] || g->texts.room != rooms[1] || g->arena.blocks != before.blocks;
    if (!added && !grown) g->arena = before; /* a double brings no new text: its copy goes */
    arena_reset(&g->scratch);
}

void graph_merge(graph *into, graph *other) {
    for (uint32_t i = 0; i < other->documents.len; i++)
        add_once(into, other->documents.at[i].facts, other->documents.at[i].digest);
    for (uint32_t i = 0; i < other->absorbed.len; i++) *VEC_PUSH(&into->arena, &into->absorbed) = other->absorbed.at[i];
    *VEC_PUSH(&into->arena, &into->absorbed) = other->arena;
    arena_free(&other->scratch);
    buf_free(&other->key);
    *other = (graph){0};
}

static int by_document(const void *x, const void *y) {
    const graph_document *a = x, *b = y;
    int order = str_compare(a->facts->id, b->facts->id);
    return order ? order : str_compare(a->digest, b->digest);
}

static void name_documents(graph *g) {
    for (uint32_t i = 0; i < g->documents.len; i++) {
        graph_document *d = &g->documents.at[i];
        str id = d->facts->id;
        bool shared = (i && str_equal(id, d[-1].facts->id)) ||
                      (i + 1 < g->documents.len && str_equal(id, d[1].facts->id));
        d->key = shared ? arena_format(&g->arena, "%.*s#%.8s", (int)id.len, id.at, d->digest.at) : id;
    }
}

void graph_build(graph *g, const identity_rules *rules) {
    if (g->documents.len > 1) qsort(g->documents.at, g->documents.len, sizeof *g->documents.at, by_document);
    name_documents(g);
    graph_identify(g, rules);
    graph_date_events(g);
    g->nodes_by_key = g->edges_by_key = (names){0};
    g->nodes.len = g->edges.len = 0;
    for (uint32_t i = 0; i < g->documents.len; i++) graph_add_facts(g, i);
    graph_sort_items(g);
    arena_reset(&g->scratch);
}

void graph_free(graph *g) {
    for (uint32_t i = 0; i < g->absorbed.len; i++) {
        arena other = g->absorbed.at[i];
        arena_free(&other);
    }
    arena_free(&g->scratch);
    arena_free(&g->arena);
    buf_free(&g->key);
    *g = (graph){0};
}
