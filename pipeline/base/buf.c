/* A growing byte buffer. Allocation failure ends the program, as in the arena. */
#include "base/buf.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

char *buf_grow(buf *b, size_t more) {
    size_t cap = b->cap ? b->cap * 2 : 4096;
    while (cap - b->len < more) cap *= 2;
    char *at = realloc(b->at, cap);
    if (!at) {
        fputs("whomet: out of memory\n", stderr);
        abort();
    }
    b->at = at;
    b->cap = cap;
    return b->at + b->len;
}

void buf_number(buf *b, int64_t n) {
    enum { DIGITS_MOST = 20 };
    char *to = buf_room(b, DIGITS_MOST + 1);
    uint64_t left = n < 0 ? 0 - (uint64_t)n : (uint64_t)n;
    size_t count = n < 0, end = count + 1;
    for (uint64_t power = 10; left >= power && end < count + DIGITS_MOST; power *= 10) end++;
    if (n < 0) *to = '-';
    for (size_t at = end; at-- > count; left /= 10) to[at] = (char)('0' + left % 10);
    b->len += end;
}

void buf_format(buf *b, const char *format, ...) {
    va_list list;
    va_start(list, format);
    int len = vsnprintf(NULL, 0, format, list);
    va_end(list);
    if (len <= 0) return;
    va_start(list, format);
    vsnprintf(buf_room(b, (size_t)len + 1), (size_t)len + 1, format, list);
    va_end(list);
    b->len += (size_t)len;
}

void buf_clear(buf *b) { b->len = 0; }

void buf_free(buf *b) {
    free(b->at);
    *b = (buf){0};
}
