/* A view of bytes that owns nothing: pointer and length, not terminated. */
#ifndef WHOMET_STR_H
#define WHOMET_STR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct str {
    const char *at;
    size_t len;
} str;

#define STR(literal) ((str){(literal), sizeof(literal) - 1})

str str_of(const char *terminated);                /* NULL gives the empty view */
bool str_equal(str a, str b);
int str_compare(str a, str b);                     /* by bytes, for sorting */
bool str_starts(str s, str prefix);
bool str_ends(str s, str suffix);
str str_slice(str s, size_t begin, size_t end);
str str_trim(str s);                               /* ASCII blanks on both sides */
bool str_cut(str s, char at, str *head, str *tail); /* at the first `at`; false: head is all, tail empty */
uint64_t str_hash(str s);

#endif
