/* Sorted runs: entries of a key and bytes, written run after run to one file without a name, and read back merged in
 * the order of their keys. What was sorted in pieces, for memory could not hold it at once, comes out sorted. */
#ifndef WHOMET_RUNS_H
#define WHOMET_RUNS_H

#include "base/buf.h"

typedef struct runs { /* start from {0} */
    bool open;
    int fd;
    int error;       /* errno of the first failure, or 0; after it nothing is written and nothing read */
    uint64_t end;    /* of the file, with what waits in `block` */
    buf block, list; /* list: where each run begins and ends */
} runs;

void runs_begin(runs *r, const char *folder);      /* of the file; told at the first run */
void runs_put(runs *r, str key, const buf *bytes); /* keys in order; equal ones may follow each other */
void runs_end(runs *r);
void runs_free(runs *r); /* and the file is gone */
static inline bool runs_any(const runs *r) { return r->list.len > 0; }

typedef struct run_entry {
    str key, bytes;
} run_entry;

typedef struct runs_merge { /* start from {0} */
    runs *r;
    struct run_cursor *cursors, **heap;
    uint32_t room, live; /* live: cursors in the heap, the least entry first */
    bool begun;
} runs_merge;

void runs_merge_begin(runs_merge *m, runs *r);
bool runs_next(runs_merge *m, run_entry *out); /* lent until the next call; of equal keys those of earlier runs first */
void runs_merge_end(runs_merge *m);

#endif
