/* One article through the stages that were asked for: what a thread does, over and over. */
#ifndef WHOMET_ARTICLE_H
#define WHOMET_ARTICLE_H

#include <pthread.h>

#include "output/layers.h"
#include "stages/graph.h"
#include "stages/read.h"

typedef struct workbench { /* a thread's own */
    worker *worker;
    arena arena; /* of the article at hand */
    layer upto;
    graph *graph;                /* of UPTO_GRAPH */
    pthread_mutex_t *graph_lock; /* of all who share the graph, or NULL */
    record *record;              /* of the article at hand, when it went that far */
} workbench;

/* An article, or a line of an earlier filter, as far as `upto`. Appends records and layers to `out`; a record of
   UPTO_GRAPH goes to the graph instead. What was made of it lives until article_clear. False: rejected, told in `no`.
 */
bool article_process(workbench *b, const raw_article *raw, buf *out, rejection *no);
void article_clear(workbench *b);

void rejection_write(const rejection *no, buf *errors); /* one JSON line */

#endif
