/* Read: folders, text files and JSONL in; documents with text and metadata out.

   Two halves, so that threads can share the work: a reader finds where one article ends and the next begins, in one
   thread and without parsing; read_article parses, repairs, and recognises the head, in any thread. Everything that is
   refused takes the same way, so that refusals come out in the order of the input. */
#ifndef WHOMET_READ_H
#define WHOMET_READ_H

#include "base/buf.h"
#include "base/json.h"
#include "document.h"

enum {
    READ_TEXT_MOST = 16 << 20, /* bytes of one article's text */
    READ_LINE_MOST = 64 << 20, /* bytes of one line of JSONL, or of a file that is one JSON value */
};

/* Why something was not read: missing-file not-readable not-regular not-text malformed-json no-text too-large. */
typedef struct rejection {
    const char *kind;      /* NULL: nothing refused */
    str path;              /* lent by the raw_article */
    uint64_t record, line; /* from 1; 0: the file as a whole */
    uint64_t byte;         /* in the file, of what is wrong */
    char message[256];
} rejection;

typedef enum { RAW_TEXT, RAW_JSON, RAW_REFUSED } raw_kind;

/* One article as bytes. Owns its buffers and may be used again for the next one; start from {0}. */
typedef struct raw_article {
    raw_kind kind;
    buf bytes, path;             /* path: "-" for standard input */
    uint64_t record, line, byte; /* where the bytes begin */
    uint64_t number;             /* what tells it from others in its file: its line, or its place in an array */
    rejection refused;           /* of RAW_REFUSED */
} raw_article;
void raw_article_free(raw_article *raw);

typedef struct reader reader;
reader *reader_new(const char *const *paths, size_t count); /* paths are lent; none: standard input */
bool reader_next(reader *r, raw_article *out);              /* false: no more */
void reader_free(reader *r);

/* Fills d (its arena is `a`) with text and metadata; false: refused, told in `no`. */
bool read_article(arena *a, const raw_article *raw, document *d, rejection *no);

/* The same from a parsed JSON object: an article, or a record of a filter, whose layers are left alone. */
bool read_object(arena *a, const value *object, const raw_article *raw, document *d, rejection *no);

#endif
