/* A view of bytes that owns nothing: pointer and length, not terminated. */
#ifndef WHOMET_STR_H
#define WHOMET_STR_H

#include <endian.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

typedef struct str {
    const char *at;
    size_t len;
} str;

#define STR_INIT(literal)                                                                                              \
    { (literal), sizeof(literal) - 1 } /* of a static table */
#define STR(literal) ((str)STR_INIT(literal))

/* In the header, so that comparing with a literal costs no call. NULL gives the empty view. */
static inline str str_of(const char *terminated) {
    return terminated ? (str){terminated, strlen(terminated)} : (str){0};
}
static inline bool str_equal(str a, str b) { return a.len == b.len && (a.len == 0 || memcmp(a.at, b.at, a.len) == 0); }
static inline bool str_starts(str s, str prefix) {
    return s.len >= prefix.len && str_equal((str){s.at, prefix.len}, prefix);
}
static inline bool str_ends(str s, str suffix) {
    return s.len >= suffix.len && str_equal((str){s.at + s.len - suffix.len, suffix.len}, suffix);
}
static inline str str_slice(str s, size_t begin, size_t end) { return (str){begin ? s.at + begin : s.at, end - begin}; }
int str_compare(str a, str b);                      /* by bytes, for sorting */
str str_trim(str s);                                /* ASCII blanks on both sides */
str str_word(str *rest);                            /* the first word, up to a blank or tab; *rest: what follows it */
bool str_cut(str s, char at, str *head, str *tail); /* at the first `at`; false: head is all, tail empty */
uint64_t str_hash(str s);

/* The first eight bytes as one number; with its length it tells a shorter text from any other. */
static inline uint64_t str_head(str s) {
    uint64_t all;
    uint32_t first, last;
    if (s.len >= 8) return memcpy(&all, s.at, 8), le64toh(all);
    if (s.len >= 4) {
        memcpy(&first, s.at, 4);
        memcpy(&last, s.at + s.len - 4, 4);
        return le32toh(first) | (uint64_t)le32toh(last) << (8 * (s.len - 4));
    }
    if (s.len == 0) return 0;
    return (unsigned char)s.at[0] | (uint64_t)(unsigned char)s.at[s.len / 2] << (8 * (s.len / 2)) |
           (uint64_t)(unsigned char)s.at[s.len - 1] << (8 * (s.len - 1));
}

#endif
