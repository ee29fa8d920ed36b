/* What the parts of the checker share. Private to check*.c. */
#ifndef WHOMET_CHECKER_H
#define WHOMET_CHECKER_H

#include "engine/check.h"
#include "engine/worker.h"

typedef struct checker {
    const pack *k;
    worker *w;
    problems *p;
    arena arena;      /* of one example */
    uint32_t watched; /* rule that the trace counts */
    uint32_t matches; /* of the watched rule */
} checker;

/* check_example.c: the text of an example, tokenised, its bracketed spans folded. False: told in p. */
bool check_document(checker *c, const example *e, document *d);
void check_phases(checker *c, document *d, uint32_t end); /* phases [0,end) over all sentences */
void check_example(checker *c, uint32_t rule, const example *e);

/* check_growth.c */
void check_growth(checker *c, uint32_t rule);

#endif
