/* Identity: which entities of which articles are one thing. */
#ifndef WHOMET_GRAPH_IDENTITY_H
#define WHOMET_GRAPH_IDENTITY_H

#include "engine/identity.h"
#include "stages/graph.h"

/* Fills the faces of the graph and of its documents. */
void graph_identify(graph *g, const identity_rules *rules); /* rules: or NULL */
/* graph_events.c: the day of each event, as all articles together tell it, into the documents. */
void graph_date_events(graph *g);

uint32_t graph_face_root(const graph *g, uint32_t face); /* of the thing that it belongs to */

#endif
