/* What the parts of graph_add share: a record on its way into nodes and edges. Private to stages/graph_add*.c. */
#ifndef WHOMET_GRAPH_ADDER_H
#define WHOMET_GRAPH_ADDER_H

#include "stages/graph_identity.h"

typedef VEC(graph_evidence *) evidence_list;

typedef struct adder {
    graph *g;
    const record *r;
    const graph_document *d;
    const graph_article *article;
    uint32_t *nodes;  /* of the record's entities, NONE until a fact stands on them */
    uint32_t *events; /* nodes of the record's events */
    str own;          /* what tells this article's things from those of others */
    buf key, codes;
} adder;

/* One key is made at a time: what else a key needs is made before it begins. */
static inline void adder_begin_key(adder *x, str family) {
    buf_clear(&x->key);
    buf_add(&x->key, family);
}

static inline void adder_part(adder *x, str s) {
    buf_byte(&x->key, ' ');
    buf_add(&x->key, s);
}

/* graph_add.c */
uint32_t adder_entity(adder *x, uint32_t at);                                    /* its node */
evidence_list adder_evidence(adder *x, const record_span *list, uint32_t count); /* shared by all that stand on it */
void adder_show(adder *x, graph_item *i, const evidence_list *list);
void adder_tie(adder *x, const char *type, uint32_t source, uint32_t target, const record_event *e, str as,
               const evidence_list *list); /* an edge that is no pair of parties */

/* graph_add_events.c */
uint32_t adder_event(adder *x, const record_event *told, str date, bool agreement); /* its node */
void adder_occasion(adder *x, const char *type, const record_event *told, str date, uint32_t id);

#endif
