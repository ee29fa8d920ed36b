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

/* Decimal digits of n: bits times log10(2), or one more. */
static size_t digits_of(uint64_t n) {
    static const uint64_t powers[] = {1u,
                                      10u,
                                      100u,
                                      1000u,
                                      10000u,
                                      100000u,
                                      1000000u,
                                      10000000u,
                                      100000000u,
                                      1000000000u,
                                      10000000000u,
                                      100000000000u,
                                      1000000000000u,
                                      10000000000000u,
                                      100000000000000u,
                                      1000000000000000u,
                                      10000000000000000u,
                                      100000000000000000u,
                                      1000000000000000000u,
                                      10000000000000000000u};
    size_t most = (size_t)(64 - __builtin_clzll(n | 1)) * 1233 >> 12;
    return most + ((n | 1) >= powers[most]);
}

void buf_number(buf *b, int64_t n) {
    static const char pairs[] = "00010203040506070809101112131415161718192021222324"
                                "25262728293031323334353637383940414243444546474849"
                                "50515253545556575859606162636465666768697071727374"
                                "75767778798081828384858687888990919293949596979899";
    enum { DIGITS_MOST = 20 };
    char *to = buf_room(b, DIGITS_MOST + 1);
    uint64_t left = n < 0 ? 0 - (uint64_t)n : (uint64_t)n;
    if (n < 0) *to++ = '-';
    size_t digits = digits_of(left), at = digits;
    for (; left >= 10; left /= 100) memcpy(to + (at -= 2), pairs + left % 100 * 2, 2);
    if (at) *to = (char)('0' + left);
    b->len += digits + (n < 0);
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
