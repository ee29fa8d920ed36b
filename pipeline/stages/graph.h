/* Graph: records in, one knowledge graph out. Merging is set union by id, ids come from content alone, and everything is
   sorted when it is written: so the order of the input, the number of threads and earlier splits change no byte. */
#ifndef WHOMET_GRAPH_H
#define WHOMET_GRAPH_H

#include "engine/names.h"
#include "output/record.h"

typedef struct graph_evidence {
    str document;           /* id */
    record_span span;
} graph_evidence;

typedef struct graph_role {
    str title, of, country;
    bool former;
} graph_role;

typedef struct graph_node {
    str id, type, date, end, status, kind;
    VEC(str) names;         /* all spellings and aliases; the first in order is the name */
    VEC(str) aliases, about, countries;
    VEC(graph_role) roles;
} graph_node;

typedef struct graph_edge {
    str id, type, status, date, place;
    uint32_t source, target, event; /* nodes; event may be NONE */
    VEC(str) about;
    VEC(graph_evidence) evidence;
} graph_edge;

typedef struct graph_document { str id, source, title, published, sha256; } graph_document;

typedef struct graph {
    arena arena;
    names nodes_by_key, edges_by_key, documents_by_key;
    VEC(graph_node) nodes;
    VEC(graph_edge) edges;
    VEC(graph_document) documents;
} graph;

void graph_add(graph *g, const record *r);        /* copies what it keeps */
void graph_merge(graph *into, const graph *other);
void graph_sort(graph *g);                        /* before writing: nodes, edges, documents and all sets in order */
void graph_free(graph *g);

/* output/graph_json.c */
void graph_write(const graph *g, str version, str rules_sha256, buf *out);

#endif
