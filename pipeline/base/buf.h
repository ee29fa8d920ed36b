/* A growing byte buffer that owns its memory: output is appended here and written in large blocks. */
#ifndef WHOMET_BUF_H
#define WHOMET_BUF_H

#include "base/str.h"

typedef struct buf {
    char *at;
    size_t len, cap;
} buf;

void buf_add(buf *b, str s);
char *buf_room(buf *b, size_t more); /* at least `more` bytes behind the end; the writer adds what it used to len */
void buf_byte(buf *b, char c);
void buf_number(buf *b, int64_t n);
void buf_format(buf *b, const char *format, ...) __attribute__((format(printf, 2, 3)));
static inline str buf_view(const buf *b) { return (str){b->at, b->len}; }
void buf_clear(buf *b); /* keeps the memory */
void buf_free(buf *b);

#endif
