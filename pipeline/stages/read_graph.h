/* The documents of a written graph, one after another, while its text streams past: a graph of any size is read in the
 * memory of its largest document. By brackets and quotes alone: what is inside is for others to parse. */
#ifndef WHOMET_READ_GRAPH_H
#define WHOMET_READ_GRAPH_H

#include "base/buf.h"

typedef struct graph_scan { /* start from {0} */
    uint32_t depth;
    bool quoted, escaped; /* inside a string; behind a backslash in it */
    bool inside;          /* of the list `documents` */
    size_t matched;       /* bytes of the key "documents" just read at depth 1 */
} graph_scan;

bool graph_scan_begins(str start); /* the first bytes of a file are those of a graph */

/* From part[*at] on. True: `document` holds one whole, *at is behind it. False: the part is used up; what it held of a
 * document stands in `document`, for the next part to go on. */
bool graph_scan_next(graph_scan *s, str part, size_t *at, buf *document);

#endif
