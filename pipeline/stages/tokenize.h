/* What a token is, for text and for the entries of the lexicon alike. */
#ifndef WHOMET_TOKENIZE_H
#define WHOMET_TOKENIZE_H

#include "base/arena.h"
#include "engine/word_key.h"
#ifdef __SSE2__
#include <emmintrin.h>
#endif

typedef enum { ASK_ABBREVIATION, ASK_SPLITS_HYPHEN } token_question;

/* Whether a word keeps its full stop ("Jan."), and whether a hyphen after it
 * separates ("U.S.-Turkish"). */
typedef struct token_lore {
    bool (*is)(void *context, str text, token_question question);
    void *context;
} token_lore;

/* End of the token that begins at byte `at` of valid UTF-8; text[at] is no
 * blank. */
size_t token_end(str text, size_t at, const token_lore *lore);
size_t token_skip_any_blanks(str text, size_t at);            /* also BOM, controls, zero-width characters */
static inline size_t token_skip_blanks(str text, size_t at) { /* the same: mostly it is one space */
    at += at < text.len && text.at[at] == ' ';
    bool seen = at < text.len && (unsigned char)(text.at[at] - 0x21) < 0x5e;
    return seen ? at : token_skip_any_blanks(text, at);
}

typedef signed char sixteen_bytes __attribute__((vector_size(16)));

/* Of bytes that are 0 or -1: bit i, whether byte i is -1. */
static inline uint32_t token_bits(sixteen_bytes bytes) {
#ifdef __SSE2__
    return (uint32_t)_mm_movemask_epi8((__m128i)bytes);
#else
    uint32_t bits = 0;
    for (int i = 0; i < 16; i++) bits |= (bytes[i] & 1u) << i;
    return bits;
#endif
}

/* How many ASCII letters the sixteen bytes at `at` begin with, and these, filled up with zeros. Without a branch on how
   many, as in word_key.h. */
static inline size_t token_letters(const char *at, word_key *letters) {
    static const signed char first[32] = {-1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1};
    sixteen_bytes bytes, lower, kept;
    memcpy(&bytes, at, 16);
    lower = bytes | 0x20; /* beyond ASCII they are negative */
    uint32_t others = ~token_bits((sixteen_bytes)((lower > 'a' - 1) & (lower < 'z' + 1)));
    size_t count = (size_t)__builtin_ctz(others); /* there are others from bit 16 on */
    memcpy(&kept, first + 16 - count, 16);
    kept &= bytes;
    memcpy(letters, &kept, 16);
    *letters = (word_key){le64toh(letters->head), le64toh(letters->more)};
    return count;
}

/* Of a word of at most sixteen ASCII letters that nothing can join to what
   follows, which most words are, or of a mark that is always a token of its
   own: its end and its key. 0: ask token_end. */
static inline size_t token_plain_end(str text, size_t at, word_key *key) {
    static const bool parts[256] = {
        [' '] = true, ['\n'] = true, [','] = true, [')'] = true, [';'] = true, ['"'] = true};
    static const bool alone[256] = {
        [','] = true, [';'] = true, [':'] = true, ['('] = true, [')'] = true, ['"'] = true, ['?'] = true, ['!'] = true};
    if (text.len - at <= 16) return 0;
    size_t letters = token_letters(text.at + at, key);
    unsigned char then = (unsigned char)text.at[at + letters];
    if (letters) return parts[then] ? at + letters : 0;
    *key = (word_key){then, 0};
    return alone[then] ? at + 1 : 0;
}

/* The spelling that words are known by: straight quotes, "--" for dashes. The
 * view itself where nothing changes. */
str token_normal(arena *a, str printed);

/* The normalised words of a phrase; returns how many, at most `room`. */
uint32_t tokenize_words(arena *a, str text, const token_lore *lore, str *out, uint32_t room);

#endif
