/* The one door to utf8proc. All text inside is valid UTF-8: utf8_repair is the gate. */
#ifndef WHOMET_UTF8_H
#define WHOMET_UTF8_H

#include "base/arena.h"

/* Where a repaired text differs from the user's bytes: from byte `at` of the repaired text on,
   user byte = repaired byte + shift. Sorted by `at`. */
typedef struct utf8_shift {
    uint32_t at;
    int32_t shift;
} utf8_shift;

typedef struct utf8_text {
    str text;           /* valid UTF-8; the input itself when it was valid */
    utf8_shift *shifts; /* none when nothing was repaired */
    uint32_t shift_count;
} utf8_text;

size_t utf8_valid_prefix(str s);        /* length of the longest valid prefix; s.len: all valid */
utf8_text utf8_repair(arena *a, str s); /* each maximal ill-formed part becomes one U+FFFD (Unicode 3.9, W3C) */
uint32_t utf8_decode(str s, size_t at, size_t *next); /* code point at byte `at` of valid text */
size_t utf8_count(str s);                             /* code points in valid text */

typedef enum {
    UTF8_OTHER,
    UTF8_UPPER,
    UTF8_LOWER,
    UTF8_LETTER,
    UTF8_DIGIT,
    UTF8_MARK,
    UTF8_PUNCT,
    UTF8_SPACE
} utf8_kind;
utf8_kind utf8_kind_of(uint32_t code_point);

str utf8_lower(arena *a, str s); /* simple lower case, code point by code point */
str utf8_plain(arena *a, str s); /* letters and digits of the folded text, one blank between words */
str utf8_fold(arena *a, str s);  /* for comparing names: no marks, no case, dotless i as i, punctuation lumped */

#endif
