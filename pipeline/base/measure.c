/* Counters by the address of a name: a rule's, a stage's. Lines of kind, name, times, nanoseconds, by tabs. */
#include "base/measure.h"

#ifdef WHOMET_MEASURE

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { ROOM = 1 << 14, NAME = 80 };

struct measure_count {
    const char *at;
    const char *kind;
    char name[NAME]; /* the rules are gone by the time that they are printed */
    uint64_t times, spent;
};

static struct measure_count counts[ROOM];

static void print_counts(void) {
    for (size_t i = 0; i < ROOM; i++) {
        const struct measure_count *c = &counts[i];
        if (c->at)
            fprintf(stderr, "measure\t%s\t%s\t%llu\t%llu\n", c->kind, c->name, (unsigned long long)c->times,
                    (unsigned long long)c->spent);
    }
}

static uint64_t now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (uint64_t)t.tv_sec * 1000000000u + (uint64_t)t.tv_nsec;
}

measure measure_begin(const char *kind, str name) {
    static bool registered;
    if (!registered) registered = atexit(print_counts) == 0;
    size_t i = ((uintptr_t)name.at * 0x9e3779b97f4a7c15u) >> 50;
    while (counts[i].at && counts[i].at != name.at) i = (i + 1) % ROOM;
    struct measure_count *c = &counts[i];
    if (!c->at) {
        c->at = name.at;
        c->kind = kind;
        snprintf(c->name, sizeof c->name, "%.*s", (int)name.len, name.at);
    }
    return (measure){c, now()};
}

void measure_end(const measure *m) {
    m->count->spent += now() - m->began;
    m->count->times++;
}

#endif
