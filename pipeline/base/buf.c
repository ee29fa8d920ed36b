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
    char digits[24], *end = digits + sizeof digits, *at = end;
    uint64_t left = n < 0 ? 0 - (uint64_t)n : (uint64_t)n;
    do *--at = (char)('0' + left % 10);
    while (left /= 10);
    if (n < 0) *--at = '-';
    buf_add(b, (str){at, (size_t)(end - at)});
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
