/* Bump memory. Everything of one article lives in one arena and goes with it at once;
   allocation never fails: when memory is out the program says so and aborts. */
#ifndef WHOMET_ARENA_H
#define WHOMET_ARENA_H

#include <stdalign.h>
#include <stdarg.h>

#include "base/str.h"

typedef struct arena {
    struct arena_block *blocks; /* newest first */
    char *next, *limit;
} arena;

void *arena_more(arena *a, size_t size, size_t align);               /* from a new block */
static inline void *arena_raw(arena *a, size_t size, size_t align) { /* whatever was there before */
    size_t skip = (size_t)(-(uintptr_t)a->next & (align - 1));
    if (!a->next || (size_t)(a->limit - a->next) < size + skip) return arena_more(a, size, align);
    void *at = a->next + skip;
    a->next += skip + size;
    return at;
}
static inline void *arena_take(arena *a, size_t size, size_t align) { /* zeroed */
    return memset(arena_raw(a, size, align), 0, size);
}
static inline void arena_give_back(arena *a, void *end) { a->next = end; } /* of the last thing taken, from `end` on */
size_t arena_used(const arena *a);                                         /* bytes, about */
void arena_reset(arena *a);                                                /* keeps the largest block */
void arena_free(arena *a);
void *arena_keep(arena *a, const void *at, size_t size);  /* a copy of what grew elsewhere; NULL of nothing */
str arena_copy(arena *a, str s);                          /* a terminating NUL follows the copy */
str arena_join(arena *a, const str *parts, size_t count); /* one after another; a terminating NUL follows */
str arena_format(arena *a, const char *format, ...) __attribute__((format(printf, 2, 3)));

#define ARENA_NEW(a, T)      ((T *)arena_take((a), sizeof(T), alignof(T)))
#define ARENA_ARRAY(a, T, n) ((T *)arena_take((a), sizeof(T) * (size_t)(n), alignof(T)))

/* A growing array in an arena: VEC(T) v = {0}; *VEC_PUSH(a, &v) = item; v.at[i], v.len. A new item is zero; where it is
   written in full at once, the compiler leaves that out. */
#define VEC(T)                                                                                                         \
    struct {                                                                                                           \
        T *at;                                                                                                         \
        uint32_t len;                                                                                                  \
        uint32_t cap;                                                                                                  \
    }
#define VEC_PUSH(a, v)                                                                                                 \
    ((v)->len == (v)->cap ? (void)((v)->at = arena_grow((a), (v)->at, &(v)->cap, (v)->len, sizeof *(v)->at))           \
                          : (void)0,                                                                                   \
     &(v)->at[(memset(&(v)->at[(v)->len], 0, sizeof *(v)->at), (v)->len++)])
/* Doubles the room; what is behind the items is whatever was there before. */
void *arena_grow(arena *a, void *at, uint32_t *cap, uint32_t len, size_t item);

#define VEC_FORGET(v) ((v)->at = NULL, (v)->len = (v)->cap = 0) /* when its arena goes */

/* Room for n items at once, where it can be told: growing copies. For an array that is still empty. */
#define VEC_RESERVE(a, v, n)                                                                                           \
    ((v)->at = arena_raw((a), (size_t)(n) * sizeof *(v)->at, alignof(max_align_t)), (v)->cap = (n), (v)->len = 0)

#endif
