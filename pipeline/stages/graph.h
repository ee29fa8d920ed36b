/* Graph: records in, one knowledge graph out.

   A graph is a set of records, and everything else is computed of the whole set when it is written: which entities are
   one person, which reports are of one meeting, and the nodes and edges. So the order of the input, the number of
   threads and earlier splits change no byte; and a written graph, which holds its records as `documents`, merges with
   another one by union. What there can be only one of (a name, a status) is chosen by a fixed order, never by who came
   first.

   A graph may be larger than memory. In three steps, each of which goes through what it has in order, once:
     records     by id and text: kept in memory, or, when they grow beyond `room`, in sorted runs on disk. What was
                 given twice meets itself here.
     light pass  over the records in order: faces (what articles call by one name, type and country, with the offices
                 that decide merges) and the days of contacts. They stay in memory; from them follow identity and ids.
     facts       over the records in order again: nodes and edges under their final ids. Beyond `room` they go to disk
                 in sorted runs, where an id that comes again comes again beside itself.
   The formats walk over documents, nodes and edges in order and hold one at a time. A run that fits into memory takes
   the same steps and never touches a disk. */
#ifndef WHOMET_GRAPH_H
#define WHOMET_GRAPH_H

#include "base/runs.h"
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
    FACT_OF,
    FACT_TOLD /* by which article, with which status and day, in words */
} fact_field;

typedef struct graph_fact {
    fact_field field;
    str value;
} graph_fact;

typedef struct graph_article {            /* what evidence tells of its document */
    uint32_t at;                          /* in the order of documents */
    str id, key, source, published, text; /* key: its id, told from others of the same id. text: the digest of it */
} graph_article;

typedef struct graph_evidence {
    const graph_article *document;
    const record_span *span;
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

enum { GRAPH_OFFICES = 1u << 31 }; /* offices are nodes apart, numbered from here: they stay in memory */

typedef VEC(str) text_list;

/* What articles call by one name, type and country; names of one word by their offices too, or by the article alone. */
typedef struct graph_face {
    str type, plain, country;
    bool own;            /* a bare name without an office: unless it joins another face, of its article alone */
    str sound, initials; /* of a person: how the name is compared */
    uint32_t words;      /* of the sound */
    uint32_t documents;
    uint32_t sure;         /* of those, in which the country is told or known, not guessed from what stands around */
    text_list offices;     /* "president|US" */
    uint32_t parent, next; /* the thing that it is part of: its first face; the faces of a thing in a ring */
    uint32_t chief;        /* of a first face: the one that names the thing */
    str home;              /* of a first face: the country that most articles give, or empty */
    bool asked;            /* for it, while faces are joined */
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
    uint32_t at;     /* in order */
    uint32_t *faces; /* of its entities; NULL: not looked up */
    str line;        /* as it lies in a run; empty: in memory */
} graph_document;

typedef enum { GRAPH_NODES, GRAPH_EDGES, GRAPH_HELD, GRAPH_LISTS } graph_list; /* held: offices, by their holders */

typedef struct graph {
    size_t room;        /* bytes of records, and again of nodes and edges, in memory; 0: all */
    const char *folder; /* where the rest goes */

    /* The records. */
    arena kept;
    VEC(arena) absorbed; /* of graphs that were merged into this one */
    size_t absorbed_size;
    names texts;
    names known;          /* ids with the digest of the text */
    VEC(uint32_t) newest; /* of those: document */
    VEC(graph_document) documents;
    runs written_documents; /* when there are any, after graph_build all are here */

    /* The light pass: memory grows with it. */
    arena light;
    names words; /* types and countries */
    names faces_by_key;
    VEC(graph_face) faces;
    VEC(graph_join) joins;
    struct graph_days *days;
    names offices_by_key, offices_by_id;
    VEC(graph_item) offices;

    /* The facts, since the last run was written. */
    arena facts;
    names fact_texts;
    names nodes_by_key, edges_by_key;
    VEC(graph_item) nodes, edges;
    buf node_room, edge_room; /* where they stand: the longest lists there are leave no copies behind as they grow */
    uint32_t *order[GRAPH_LISTS], count[GRAPH_LISTS];
    runs written[GRAPH_LISTS]; /* when there are any, after graph_build all are here */

    arena scratch; /* of the step at hand */
    buf key, line;
    bool tellings; /* events and agreements keep who told them, and when (FACT_TOLD): for `explain` */
} graph;

void graph_add(graph *g, const record *r);   /* copies what it keeps */
void graph_merge(graph *into, graph *other); /* takes over what `other` holds and leaves it empty */
struct identity_rules;
void graph_build(graph *g, const struct identity_rules *rules); /* rules: or NULL. before writing: nodes, edges,
                                                                   documents and all sets in order, without doubles */
int graph_error(const graph *g); /* errno of what went wrong on disk, or 0: then what is walked over is not whole */
void graph_free(graph *g);

/* ---- after graph_build: walking over it, in order; what `next` gives is lent until the next call, NULL: no more */

typedef struct graph_entry { /* a node or an edge, with the ids of its ends */
    const graph_item *item;
    str source, target, event;
} graph_entry;

typedef struct graph_walk {
    graph *g;
    graph_list list;
    uint32_t at;
    runs_merge merge;
    run_entry ahead;
    bool more; /* in `ahead` */
    arena arena;
    graph_item item;
    graph_entry entry;
} graph_walk;

void graph_walk_begin(graph_walk *w, graph *g, graph_list list);
const graph_entry *graph_walk_next(graph_walk *w);
void graph_walk_end(graph_walk *w);
const graph_item *graph_office(const graph *g, str id); /* NULL: there is none of the id */

typedef struct document_walk {
    graph *g;
    bool parsed; /* facts are wanted; else, of a document in a run, `line` alone is given */
    uint32_t at;
    runs_merge merge;
    run_entry ahead;
    bool more;
    arena arena;
    buf key, line;
    graph_document document;
} document_walk;

void document_walk_begin(document_walk *w, graph *g, bool parsed);
graph_document *document_walk_next(document_walk *w);
void document_walk_end(document_walk *w);

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
graph_item *graph_node_at(graph *g, uint32_t node);
graph_item *graph_edge(graph *g, graph_family family, const char *type, uint32_t source, uint32_t target,
                       uint32_t event, str detail);                    /* until the next one */
void graph_tell(graph *g, graph_item *i, fact_field field, str value); /* kept as it is. Empty values are no facts */
void graph_tell_copy(graph *g, graph_item *i, fact_field field, str value); /* of a value that does not stay */
void graph_settle_item(graph_item *i);                                      /* facts and evidence without doubles */
void graph_name_edges(graph *g);                                            /* their ids */

/* graph_order.c: items in the order of their ids, into g->order; and on to disk. */
void graph_sort_items(graph *g, bool with_offices);
void graph_spill_items(graph *g, bool with_offices);

/* graph_packing.c: an item as bytes. brief: without the texts of its evidence. */
void graph_pack(const graph_entry *e, bool brief, buf *out);
void graph_unpack(arena *a, str bytes, graph_item *into, graph_entry *ends); /* adds what is told to what is there */

/* graph_documents.c */
void graph_make_digest(graph *g, const record *facts, char out[65]);
void graph_sort_documents(graph *g);
void graph_spill_documents(graph *g);
void graph_forget_documents(graph *g);

/* graph_days.c */
void graph_forget_days(graph *g);

/* graph_add.c: what one record says, as nodes and edges. */
void graph_add_facts(graph *g, graph_document *d);

#endif
