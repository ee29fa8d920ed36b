/* One article through the stages that were asked for: what a worker thread does, over and over. */
#ifndef WHOMET_ARTICLE_H
#define WHOMET_ARTICLE_H

#include "cli/options.h"
#include "stages/graph.h"
#include "stages/read.h"

typedef struct bench {       /* a thread's own */
    worker *worker;
    arena arena;             /* of the article */
    graph graph;
    layer upto;
} bench;

/* Appends to `out` (records, layers) or to the graph; a rejection goes to `errors` as one JSON line. False: rejected. */
bool article_process(bench *b, const raw_article *raw, buf *out, buf *errors);

void rejection_write(const rejection *no, buf *errors);

#endif
