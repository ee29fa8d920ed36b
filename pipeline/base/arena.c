/* Bump memory in blocks. The newest block is the one in use; a reset keeps it when it is the largest. */
#include "base/arena.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

enum { FIRST_BLOCK = 64 * 1024, CACHE_LINE = 64 };
static const size_t HUGE_PAGE = (size_t)2 << 20;

typedef struct arena_block {
    struct arena_block *older;
    size_t size;
} arena_block;

static _Noreturn void out_of_memory(void) {
    fputs("whomet: out of memory\n", stderr);
    abort();
}

static void use(arena *a, arena_block *b) {
    a->next = (char *)(b + 1);
    a->limit = (char *)b + b->size;
}

/* Tables of many megabytes are asked all over: in huge pages, where the system has them to give, their addresses are
   found without a walk. */
static arena_block *new_block(size_t size) {
    if (size < 2 * HUGE_PAGE) return malloc(size);
    arena_block *b = aligned_alloc(HUGE_PAGE, size);
    if (b) (void)madvise(b, size, MADV_HUGEPAGE);
    return b;
}

static void add_block(arena *a, size_t need) {
    size_t size = a->blocks ? a->blocks->size * 2 : FIRST_BLOCK;
    if (size > ((size_t)64 << 20)) size = (size_t)64 << 20;
    if (size < need + sizeof(arena_block) + 64) size = need + sizeof(arena_block) + 64;
    if (size >= HUGE_PAGE) size = (size + HUGE_PAGE - 1) & ~(HUGE_PAGE - 1);
    arena_block *b = new_block(size);
    if (!b) out_of_memory();
    b->older = a->blocks;
    b->size = size;
    a->blocks = b;
    use(a, b);
}

void *arena_more(arena *a, size_t size, size_t align) {
    add_block(a, size + align);
    return arena_raw(a, size, align);
}

void *arena_grow(arena *a, void *at, uint32_t *cap, uint32_t len, size_t item) {
    uint32_t room = *cap ? *cap * 2 : 4;
    if (room <= len) out_of_memory(); /* more than 2^32 items */
    char *old_end = at ? (char *)at + (size_t)*cap * item : NULL;
    size_t more = (size_t)(room - *cap) * item;
    if (at && old_end == a->next && (size_t)(a->limit - a->next) >= more) { /* the last thing taken grows in place */
        a->next += more;
        *cap = room;
        return at;
    }
    size_t align = item == CACHE_LINE ? CACHE_LINE : alignof(max_align_t);
    char *grown = arena_raw(a, (size_t)room * item, align);
    if (at) memcpy(grown, at, (size_t)len * item);
    *cap = room;
    return grown;
}

size_t arena_used(const arena *a) {
    size_t used = 0;
    for (const arena_block *b = a->blocks; b; b = b->older) used += b->size;
    return used ? used - (size_t)(a->limit - a->next) : 0;
}

void arena_reset(arena *a) {
    if (!a->blocks) return;
    arena_block *keep = a->blocks;
    for (arena_block *b = keep->older; b;) {
        arena_block *older = b->older;
        free(b);
        b = older;
    }
    keep->older = NULL;
    use(a, keep);
}

void arena_free(arena *a) {
    for (arena_block *b = a->blocks; b;) {
        arena_block *older = b->older;
        free(b);
        b = older;
    }
    *a = (arena){0};
}

void *arena_keep(arena *a, const void *at, size_t size) {
    return size ? memcpy(arena_raw(a, size, alignof(max_align_t)), at, size) : NULL;
}

str arena_copy(arena *a, str s) {
    char *copy = arena_raw(a, s.len + 1, 1);
    if (s.len) memcpy(copy, s.at, s.len);
    copy[s.len] = '\0';
    return (str){copy, s.len};
}

str arena_join(arena *a, const str *parts, size_t count) {
    size_t len = 0;
    for (size_t i = 0; i < count; i++) len += parts[i].len;
    char *out = arena_raw(a, len + 1, 1), *to = out;
    for (size_t i = 0; i < count; i++) {
        if (parts[i].len) to = mempcpy(to, parts[i].at, parts[i].len);
    }
    *to = '\0';
    return (str){out, len};
}

str arena_format(arena *a, const char *format, ...) {
    va_list list;
    va_start(list, format);
    size_t room = a->next ? (size_t)(a->limit - a->next) : 0;
    int len = vsnprintf(a->next, room, format, list); /* mostly it fits into what is left of the block */
    va_end(list);
    if (len < 0) return (str){0};
    if ((size_t)len < room) {
        char *text = a->next;
        a->next += len + 1;
        return (str){text, (size_t)len};
    }
    char *text = arena_raw(a, (size_t)len + 1, 1);
    va_start(list, format);
    vsnprintf(text, (size_t)len + 1, format, list);
    va_end(list);
    return (str){text, (size_t)len};
}
