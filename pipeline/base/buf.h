/* A growing byte buffer that owns its memory: output is appended here and written in large blocks. */
#ifndef WHOMET_BUF_H
#define WHOMET_BUF_H

#include "base/str.h"

typedef struct buf {
    char *at;
    size_t len, cap;
} buf;

char *buf_grow(buf *b, size_t more);
static inline char *buf_room(buf *b,
                             size_t more) { /* `more` bytes behind the end; the writer adds what it used to len */
    return b->cap - b->len < more ? buf_grow(b, more) : b->at + b->len;
}
static inline void buf_byte(buf *b, char c) {
    *buf_room(b, 1) = c;
    b->len++;
}
static inline void buf_add(buf *b, str s) {
    if (s.len == 0) return;
    memcpy(buf_room(b, s.len), s.at, s.len);
    b->len += s.len;
}
void buf_number(buf *b, int64_t n);
void buf_format(buf *b, const char *format, ...) __attribute__((format(printf, 2, 3)));
static inline str buf_view(const buf *b) { return (str){b->at, b->len}; }
void buf_clear(buf *b); /* keeps the memory */
void buf_free(buf *b);

#endif
