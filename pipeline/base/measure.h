/* Where the time goes, in a build with -DWHOMET_MEASURE; in every other build nothing at all. For one thread: `make
   bench` runs such a build with --jobs 1 and reads what it prints to standard error when it ends. */
#ifndef WHOMET_MEASURE_H
#define WHOMET_MEASURE_H

#include "base/str.h"

#ifdef WHOMET_MEASURE

typedef struct measure {
    struct measure_count *count;
    uint64_t began;
} measure;
measure measure_begin(const char *kind, str name);
void measure_end(const measure *m);

/* From this line to the end of its block, counted under a kind and a name that stays at its address. */
#define MEASURE(kind, name) __attribute__((cleanup(measure_end))) measure measured = measure_begin(kind, name)
#else
#define MEASURE(kind, name) ((void)(kind), (void)(name))
#endif

#endif
