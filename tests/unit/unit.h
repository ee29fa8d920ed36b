/* A unit test is a main() that checks facts and returns unit_done(): one line a fact, "ok NAME" or "FAIL NAME: why". */
#ifndef WHOMET_UNIT_H
#define WHOMET_UNIT_H

#include <stdbool.h>
#include <stdio.h>

static int unit_failures;

#define CHECK(name, condition)                                                                                         \
    do {                                                                                                               \
        if (condition) {                                                                                               \
            printf("ok %s\n", (name));                                                                                 \
        } else {                                                                                                       \
            unit_failures++;                                                                                           \
            printf("FAIL %s: %s:%d: %s\n", (name), __FILE__, __LINE__, #condition);                                    \
        }                                                                                                              \
    } while (0)

static inline int unit_done(void) { return unit_failures ? 1 : 0; }

#endif
