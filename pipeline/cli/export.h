/* The graph of a run, in its format, to where it belongs. */
#ifndef WHOMET_EXPORT_H
#define WHOMET_EXPORT_H

#include "cli/options.h"
#include "cli/sink.h"
#include "stages/graph.h"

/* `out` is open on what o->output names when the format is a stream, and not used otherwise. The exit code; what went
 * wrong is told. */
int export_graph(const options *o, graph *g, str rules_sha256, sink *out);

#endif
