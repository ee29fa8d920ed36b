/* Identity: which entities of which articles are one thing. */
#ifndef WHOMET_GRAPH_IDENTITY_H
#define WHOMET_GRAPH_IDENTITY_H

#include "engine/identity.h"
#include "stages/graph.h"

/* Fills the faces of the graph and, in memory, of its documents. */
void graph_identify(graph *g, const identity_rules *rules); /* rules: or NULL */
void graph_find_faces(graph *g, graph_document *d);         /* of one that has none yet, in scratch memory */
uint32_t graph_face_root(const graph *g, uint32_t face);    /* of the thing that it belongs to */
bool graph_face_alone(const graph *g, uint32_t face);       /* a bare name that belongs to its article */

/* What tells an article's things from those of others. */
static inline str graph_own(const record *r) { return r->sha256.len ? r->sha256 : r->id; }

/* graph_days.c: the days of contacts. Collected document by document, with its faces; settled when faces are joined;
 * then it is known of each event. */
void graph_collect_days(graph *g, const graph_document *d);
void graph_settle_days(graph *g);
str graph_day(graph *g, const graph_document *d, const record_event *e); /* as all articles together tell it */

#endif
