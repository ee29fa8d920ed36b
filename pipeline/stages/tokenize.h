/* What a token is, for text and for the entries of the lexicon alike. */
#ifndef WHOMET_TOKENIZE_H
#define WHOMET_TOKENIZE_H

#include "base/arena.h"
#include "engine/word_key.h"

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

/* How many ASCII letters the sixteen bytes at `at` begin with, fifteen for sixteen, and these, filled up with zeros.
   Without a branch on how many, as in word_key.h. */
static inline size_t token_letters(const char *at, word_key *letters) {
    typedef signed char sixteen __attribute__((vector_size(16)));
    sixteen bytes, lower;
    uint64_t half[2], other[2];
    memcpy(&bytes, at, 16);
    lower = bytes | 0x20; /* beyond ASCII they are negative */
    sixteen others = (sixteen)((lower < 'a') | (lower > 'z'));
    memcpy(half, &bytes, 16);
    memcpy(other, &others, 16);
    uint64_t first = le64toh(other[0]), second = le64toh(other[1]), whole = -(uint64_t)(first == 0);
    /* the bits below the lowest one: the bytes before the first of the others; of none, all */
    letters->head = le64toh(half[0]) & ((first & -first) - 1);
    letters->more = le64toh(half[1]) & ((second & -second) - 1) & whole;
    uint64_t lowest = first | (second & whole) | (uint64_t)1 << 63;
    return (size_t)__builtin_ctzll(lowest) / 8 + (8 & whole);
}

/* Of a word of at most fifteen ASCII letters that nothing can join to what
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
