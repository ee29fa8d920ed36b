/* The set of records: what is given twice is kept once. Union; the steps from records to nodes and edges. */
#include "stages/graph.h"

#include "stages/graph_identity.h"

static str digest_of(graph *g, graph_document *d) {
    char digest[65] = "";
    if (!d->digest.len) {
        graph_make_digest(g, d->facts, digest);
        d->digest = arena_copy(&g->kept, (str){digest, 64});
    }
    return d->digest;
}

/* Documents of one id and one text: the place of the newest of them, NONE when there are none. */
static uint32_t *newest_like(graph *g, const record *r) {
    buf_clear(&g->key);
    buf_add(&g->key, r->id);
    buf_byte(&g->key, ' ');
    buf_add(&g->key, r->sha256);
    uint32_t before = g->known.list.len, at = names_add(&g->kept, &g->known, buf_view(&g->key));
    if (at == before) *VEC_PUSH(&g->kept, &g->newest) = NONE;
    return &g->newest.at[at];
}

static void push(graph *g, uint32_t *newest, const record *facts) {
    *VEC_PUSH(&g->kept, &g->documents) = (graph_document){.facts = facts, .older = *newest};
    *newest = g->documents.len - 1;
}

static bool has(graph *g, uint32_t newest, str digest) {
    for (uint32_t at = newest; at != NONE; at = g->documents.at[at].older) {
        if (str_equal(digest_of(g, &g->documents.at[at]), digest)) return true;
    }
    return false;
}

static void keep_within_room(graph *g) {
    if (g->room && arena_used(&g->kept) + g->absorbed_size > g->room) graph_spill_documents(g);
}

/* Two articles of one id that differ are two documents, and so is one article read with other rules. */
void graph_add(graph *g, const record *r) {
    uint32_t *newest = newest_like(g, r);
    char digest[65] = "";
    for (uint32_t at = *newest; at != NONE; at = g->documents.at[at].older) digest_of(g, &g->documents.at[at]);
    arena before = g->kept;
    const record *kept = record_copy(&g->kept, &g->texts, &g->scratch, r);
    if (*newest != NONE) graph_make_digest(g, kept, digest);
    if (*newest == NONE || !has(g, *newest, (str){digest, 64}))
        push(g, newest, kept);
    else if (g->kept.blocks == before.blocks)
        g->kept = before; /* a double brings no new text: its copy goes */
    arena_reset(&g->scratch);
    keep_within_room(g);
}

static void add_written(graph *into, graph *other) {
    document_walk w = {0};
    graph_sort_documents(other);
    document_walk_begin(&w, other, true);
    for (const graph_document *d; (d = document_walk_next(&w));) graph_add(into, d->facts);
    document_walk_end(&w);
    if (!into->written_documents.error) into->written_documents.error = other->written_documents.error;
}

static void take_over(graph *into, graph *other) {
    for (uint32_t i = 0; i < other->documents.len; i++) {
        graph_document *d = &other->documents.at[i];
        uint32_t *newest = newest_like(into, d->facts);
        if (*newest == NONE || !has(into, *newest, digest_of(other, d))) push(into, newest, d->facts);
    }
    into->absorbed_size += other->absorbed_size + arena_used(&other->kept);
    for (uint32_t i = 0; i < other->absorbed.len; i++) *VEC_PUSH(&into->kept, &into->absorbed) = other->absorbed.at[i];
    *VEC_PUSH(&into->kept, &into->absorbed) = other->kept;
    other->kept = (arena){0};
    other->absorbed.len = 0;
    keep_within_room(into);
}

void graph_merge(graph *into, graph *other) {
    if (runs_any(&other->written_documents))
        add_written(into, other);
    else
        take_over(into, other);
    graph_free(other);
}

static void forget_built(graph *g) {
    graph_forget_days(g); /* they lie in `light` */
    arena_free(&g->light);
    arena_free(&g->facts);
    buf_free(&g->node_room);
    buf_free(&g->edge_room);
    for (graph_list l = 0; l < GRAPH_LISTS; l++) runs_free(&g->written[l]);
    g->words = g->faces_by_key = g->offices_by_key = g->offices_by_id = (names){0};
    g->fact_texts = g->nodes_by_key = g->edges_by_key = (names){0};
    VEC_FORGET(&g->faces), VEC_FORGET(&g->joins), VEC_FORGET(&g->offices), VEC_FORGET(&g->nodes), VEC_FORGET(&g->edges);
}

static bool too_many_facts(const graph *g) {
    return g->room && arena_used(&g->facts) + g->node_room.len + g->edge_room.len > g->room;
}

/* The facts of a document that lies in a run have to outlive it: they point into it. */
static void add_all_facts(graph *g) {
    document_walk w = {0};
    document_walk_begin(&w, g, true);
    for (graph_document *d; (d = document_walk_next(&w));) {
        if (d->line.len) d->facts = record_copy(&g->facts, &g->fact_texts, &g->scratch, d->facts);
        graph_add_facts(g, d);
        arena_reset(&g->scratch);
        if (too_many_facts(g)) graph_spill_items(g, false);
    }
    document_walk_end(&w);
}

void graph_build(graph *g, const identity_rules *rules) {
    forget_built(g);
    graph_sort_documents(g);
    graph_identify(g, rules);
    add_all_facts(g);
    if (runs_any(&g->written[GRAPH_NODES]))
        graph_spill_items(g, true);
    else
        graph_sort_items(g, true);
    arena_free(&g->scratch); /* what order needed, writing does not */
}

int graph_error(const graph *g) {
    int error = g->written_documents.error;
    for (graph_list l = 0; l < GRAPH_LISTS && !error; l++) error = g->written[l].error;
    return error;
}

void graph_free(graph *g) {
    forget_built(g);
    graph_forget_documents(g);
    runs_free(&g->written_documents);
    arena_free(&g->kept);
    arena_free(&g->scratch);
    buf_free(&g->key);
    buf_free(&g->line);
    *g = (graph){.room = g->room, .folder = g->folder};
}
