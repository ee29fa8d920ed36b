/* Graph: records in, one knowledge graph out.

   A graph is a set of records, and everything else is computed of the whole set when it is written: which entities are
   one person, which reports are of one meeting, and the nodes and edges. So the order of the input, the number of
   threads and earlier splits change no byte; and a written graph, which holds its records as `documents`, merges with
   another one by union. What there can be only one of (a name, a status) is chosen by a fixed order, never by who came
   first. */
#ifndef WHOMET_GRAPH_H
#define WHOMET_GRAPH_H

#include "engine/names.h"
#include "output/record.h"

/* Each two parties of an event are joined by an edge of their own, when there are no more than this. Beyond it the
   event with its participants says as much: the pairs of a conference of a thousand would be half a million. */
enum { GRAPH_PAIRS_MOST = 32 };

typedef enum {
    FACT_NAME, /* one of its spellings */
    FACT_ALIAS,
    FACT_COUNTRY, /* ISO 3166-1 alpha-2 */
    FACT_HOME,    /* of a thing: the country that most articles give */
    FACT_ABOUT,
    FACT_STATUS,
    FACT_CODES, /* of a contact, an agreement and the edges that join two parties: status, CAMEO, PLOVER, mode */
    FACT_DATE,
    FACT_END,
    FACT_KIND,  /* of an agreement */
    FACT_PLACE, /* of an edge: the id of a node */
    FACT_ROLE,  /* of a participant: participant visitor host */
    FACT_TITLE, /* of an office */
    FACT_OF
} fact_field;

typedef struct graph_fact {
    fact_field field;
    str value;
} graph_fact;

typedef struct graph_evidence {
    const record *document;
    uint32_t at;    /* of the document, in its graph */
    uint32_t first; /* of the documents of its id */
    const record_span *span;
    str json; /* made when it is first written */
} graph_evidence;

typedef enum {
    GRAPH_THING,
    GRAPH_EVENT,
    GRAPH_AGREEMENT,
    GRAPH_OFFICE,
    GRAPH_TOPIC,
    GRAPH_PAIR,
    GRAPH_TIE
} graph_family;

typedef struct graph_item { /* a node or an edge */
    graph_family family;
    str id, type;
    uint32_t stem;                  /* bytes of the id that tell the type */
    uint32_t source, target, event; /* nodes; of a node all NONE */
    uint32_t thing;                 /* of a node that is an entity: its first face; else NONE */
    str detail;                     /* of an edge: what else is in its key */
    VEC(graph_fact) facts;
    uint32_t facts_limit; /* when there are as many, the doubles go */
    VEC(graph_evidence *) evidence;
} graph_item;

typedef VEC(str) text_list;

/* What articles call by one name, type and country; names of one word by their offices too, or by the article alone. */
typedef struct graph_face {
    str type, plain, country;
    str own;             /* the digest of the one article that it belongs to, or empty */
    str sound, initials; /* of a person: how the name is compared */
    uint32_t words;      /* of the sound */
    uint32_t documents;
    uint32_t sure;         /* of those, in which the country is told or known, not guessed from what stands around */
    text_list offices;     /* "president|US" */
    uint32_t parent, next; /* the thing that it is part of: its first face; the faces of a thing in a ring */
    uint32_t chief;        /* of a first face: the one that names the thing */
    str home;              /* of a first face: the country that most articles give, or empty */
    bool shared;           /* of a first face: another thing has the same name */
} graph_face;

typedef struct graph_join { /* two faces became one thing */
    uint32_t one, other;
    const char *why;
} graph_join;

typedef struct graph_document {
    const record *facts;
    str digest;      /* of all that is kept of it; empty: nobody has asked */
    uint32_t older;  /* document of the same id and text, or NONE */
    str key;         /* its id, told from others of the same id */
    uint32_t first;  /* document of the same id */
    uint32_t *faces; /* of its entities */
    str *dates;      /* of its events */
} graph_document;

typedef struct graph {
    arena arena, scratch; /* scratch: of the step at hand */
    VEC(arena) absorbed;  /* of graphs that were merged into this one */
    buf key;
    names texts;
    names known;          /* ids with the digest of the text */
    VEC(uint32_t) newest; /* of those: document */
    VEC(graph_document) documents;

    /* Computed by graph_build. */
    names faces_by_key;
    VEC(graph_face) faces;
    VEC(graph_join) joins;
    names nodes_by_key, edges_by_key;
    VEC(graph_item) nodes, edges;
    buf node_room, edge_room; /* where they stand: the longest lists there are leave no copies behind as they grow */
} graph;

void graph_add(graph *g, const record *r);   /* copies what it keeps */
void graph_merge(graph *into, graph *other); /* takes over what `other` holds and leaves it empty */
struct identity_rules;
void graph_build(graph *g, const struct identity_rules *rules); /* rules: or NULL. before writing: nodes, edges,
                                                                   documents and all sets in order, without doubles */
void graph_free(graph *g);

/* The facts of one field, in order, after graph_build. */
typedef struct fact_range {
    const graph_fact *at;
    uint32_t len;
} fact_range;
fact_range graph_facts(const graph_item *i, fact_field field);
bool graph_has(const graph_item *i, fact_field field, str told);

/* output/graph_json.c: hands the text on in parts of about a megabyte. */
void graph_write(graph *g, str version, str rules_sha256, void (*take)(void *context, str part), void *context);

/* ---- for the files graph_*.c */

/* graph_items.c. The key names the item: what has the same key is the same. `named`: what the id begins with. */
uint32_t graph_node(graph *g, graph_family family, str type, str named, str key);
graph_item *graph_edge(graph *g, graph_family family, const char *type, uint32_t source, uint32_t target,
                       uint32_t event, str detail);                    /* until the next one */
void graph_tell(graph *g, graph_item *i, fact_field field, str value); /* kept as it is. Empty values are no facts */
void graph_tell_copy(graph *g, graph_item *i, fact_field field, str value); /* of a value that does not stay */
void graph_sort_items(graph *g);

/* graph_add.c: what one record says, as nodes and edges. */
void graph_add_facts(graph *g, uint32_t at);

#endif
