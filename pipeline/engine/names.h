/* Names to numbers, counted from 0 in order of appearance. */
#ifndef WHOMET_NAMES_H
#define WHOMET_NAMES_H

#include "base/arena.h"

typedef struct name_slot {
    uint32_t hash, name; /* id + 1, 0: free */
} name_slot;

typedef struct names {
    name_slot *slots;
    uint32_t room; /* power of two */
    VEC(str) list; /* id -> name */
} names;

uint32_t names_find(const names *n, str name);    /* NONE (UINT32_MAX) when unknown */
uint32_t names_add(arena *a, names *n, str name); /* the id, new or known; the name is copied when new */

#endif
