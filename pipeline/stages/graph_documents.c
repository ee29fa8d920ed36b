/* The records of a graph in order, in memory or in sorted runs on disk: by id, then by the digest of all that is kept
   of them. A run holds the lines that `whomet --records` would write of what is kept. */
#include <stdlib.h>

#include "base/sha256.h"
#include "stages/graph.h"

enum { DIGEST = 64 };

/* g->line is the line that was digested. */
void graph_make_digest(graph *g, const record *facts, char out[65]) {
    buf_clear(&g->line);
    record_write(facts, &g->line);
    sha256_hex(buf_view(&g->line), out);
}

/* Ids first; then digests, which those of one id have. */
static int by_document(const void *x, const void *y) {
    const graph_document *a = x, *b = y;
    int order = str_compare(a->facts->id, b->facts->id);
    return order ? order : str_compare(a->digest, b->digest);
}

static void sort(graph *g) {
    graph_document *list = g->documents.at;
    uint32_t count = g->documents.len;
    if (count > 1) qsort(list, count, sizeof *list, by_document);
    for (uint32_t begin = 0, end; begin < count; begin = end) {
        for (end = begin + 1; end < count && str_equal(list[end].facts->id, list[begin].facts->id);) end++;
        for (uint32_t i = begin; i < end && end - begin > 1; i++) {
            char digest[DIGEST + 1] = "";
            if (!list[i].digest.len) graph_make_digest(g, list[i].facts, digest);
            if (!list[i].digest.len) list[i].digest = arena_copy(&g->kept, (str){digest, DIGEST});
        }
        if (end - begin > 1) qsort(list + begin, end - begin, sizeof *list, by_document);
    }
}

/* ---- in memory */

static str key_of(arena *a, str id, str digest, bool shared) {
    return shared ? arena_format(a, "%.*s#%.8s", (int)id.len, id.at, digest.at) : id;
}

/* Each has a new place, and a key. */
static void name_documents(graph *g) {
    graph_document *list = g->documents.at;
    for (uint32_t i = 0; i < g->newest.len; i++) g->newest.at[i] = NONE;
    for (uint32_t i = 0; i < g->documents.len; i++) {
        str id = list[i].facts->id;
        bool shared = (i && str_equal(id, list[i - 1].facts->id)) ||
                      (i + 1 < g->documents.len && str_equal(id, list[i + 1].facts->id));
        buf_clear(&g->key);
        buf_add(&g->key, id);
        buf_byte(&g->key, ' ');
        buf_add(&g->key, list[i].facts->sha256);
        uint32_t known = names_find(&g->known, buf_view(&g->key));
        list[i].older = g->newest.at[known];
        g->newest.at[known] = list[i].at = i;
        list[i].key = key_of(&g->light, id, list[i].digest, shared);
        list[i].faces = NULL;
    }
}

void graph_sort_documents(graph *g) {
    if (runs_any(&g->written_documents)) {
        graph_spill_documents(g);
    } else {
        sort(g);
        name_documents(g);
    }
}

void graph_forget_documents(graph *g) {
    for (uint32_t i = 0; i < g->absorbed.len; i++) {
        arena other = g->absorbed.at[i];
        arena_free(&other);
    }
    VEC_FORGET(&g->absorbed), VEC_FORGET(&g->newest), VEC_FORGET(&g->documents);
    g->absorbed_size = 0;
    g->texts = g->known = (names){0};
    arena_reset(&g->kept);
}

/* ---- on disk */

/* The order of such keys is that of ids, then digests: an id ends in two zero bytes, and a zero in it, if ever there is
 * one, is followed by a one. */
static void make_key(buf *key, str id, str digest) {
    buf_clear(key);
    for (size_t i = 0; i < id.len; i++) {
        buf_byte(key, id.at[i]);
        if (!id.at[i]) buf_byte(key, 1);
    }
    buf_add(key, (str){"\0", 2});
    buf_add(key, digest);
}

static str id_part(str key) { return str_slice(key, 0, key.len - DIGEST); }
static str digest_part(str key) { return str_slice(key, key.len - DIGEST, key.len); }

void graph_spill_documents(graph *g) {
    if (!g->documents.len) return;
    sort(g);
    runs_begin(&g->written_documents, g->folder);
    for (uint32_t i = 0; i < g->documents.len; i++) {
        char digest[DIGEST + 1];
        graph_make_digest(g, g->documents.at[i].facts, digest);
        g->line.len--; /* the line end */
        make_key(&g->key, g->documents.at[i].facts->id, (str){digest, DIGEST});
        runs_put(&g->written_documents, buf_view(&g->key), &g->line);
    }
    runs_end(&g->written_documents);
    graph_forget_documents(g);
}

/* ---- walking */

void document_walk_begin(document_walk *w, graph *g, bool parsed) {
    *w = (document_walk){.g = g, .parsed = parsed};
    runs_merge_begin(&w->merge, &g->written_documents);
    w->more = runs_next(&w->merge, &w->ahead);
}

static void copy(buf *to, str s) {
    buf_clear(to);
    buf_add(to, s);
}

static void parse(document_walk *w) {
    const value *v = value_take(&w->arena, w->document.line, NULL);
    w->document.facts = v ? record_read(&w->arena, v) : NULL;
    if (!w->document.facts) abort(); /* we have written it */
}

static graph_document *next_written(document_walk *w) {
    if (!w->more) return NULL;
    bool shared = w->at && str_equal(id_part(w->ahead.key), id_part(buf_view(&w->key)));
    copy(&w->key, w->ahead.key);
    copy(&w->line, w->ahead.bytes);
    do w->more = runs_next(&w->merge, &w->ahead);
    while (w->more && str_equal(w->ahead.key, buf_view(&w->key))); /* given twice */
    str key = buf_view(&w->key);
    shared = shared || (w->more && str_equal(id_part(w->ahead.key), id_part(key)));
    arena_reset(&w->arena);
    w->document = (graph_document){.at = w->at++, .line = buf_view(&w->line)};
    if (!w->parsed) return &w->document;
    parse(w);
    w->document.key = key_of(&w->arena, w->document.facts->id, digest_part(key), shared);
    return &w->document;
}

graph_document *document_walk_next(document_walk *w) {
    if (runs_any(&w->g->written_documents)) return next_written(w);
    return w->at < w->g->documents.len ? &w->g->documents.at[w->at++] : NULL;
}

void document_walk_end(document_walk *w) {
    runs_merge_end(&w->merge);
    arena_free(&w->arena);
    buf_free(&w->key);
    buf_free(&w->line);
}
