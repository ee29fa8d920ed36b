/* What the stage filters pass on: a document with all its layers, one JSON line. The next filter goes on from what the
   line says, so a mention that was taken out on the way is really gone. */
#ifndef WHOMET_LAYERS_H
#define WHOMET_LAYERS_H

#include "base/json.h"
#include "engine/worker.h"

typedef enum { UPTO_READ, UPTO_TOKENIZE, UPTO_TAG, UPTO_LINK, UPTO_RELATE, UPTO_GRAPH } layer;

void layers_write(worker *w, document *d, layer upto, buf *out);

/* d was read from the same line. Returns the last layer that the line has; sets *problem when a layer makes no sense.
 */
layer layers_read(worker *w, const value *line, document *d, const char **problem);

#endif
