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
    if (at < text.len && text.at[at] == ' ') at++;
    bool seen = at < text.len && (unsigned char)(text.at[at] - 0x21) < 0x5e;
    return seen ? at : token_skip_any_blanks(text, at);
}

/* The high bit of each of eight bytes that is an ASCII letter. */
static inline uint64_t token_letters(uint64_t eight) {
    const uint64_t ones = 0x0101010101010101u, high = 0x8080808080808080u;
    uint64_t lower = (eight | ones * 0x20) & ~high;
    return (lower + ones * (0x80 - 'a')) & ~(lower + ones * (0x80 - 'z' - 1)) & ~eight & high;
}

/* Of a word of at most sixteen ASCII letters that nothing can join to what
   follows, which most words are, or of a mark that is always a token of its
   own: its end and its key. 0: ask token_end. */
static inline size_t token_plain_end(str text, size_t at, word_key *key) {
    static const bool parts[256] = {
        [' '] = true, ['\n'] = true, [','] = true, [')'] = true, [';'] = true, ['"'] = true};
    static const bool alone[256] = {
        [','] = true, [';'] = true, [':'] = true, ['('] = true, [')'] = true, ['"'] = true, ['?'] = true, ['!'] = true};
    const uint64_t high = 0x8080808080808080u;
    uint64_t first, second = 0;
    if (text.len - at <= 16) return 0;
    memcpy(&first, text.at + at, 8);
    first = le64toh(first);
    uint64_t others = ~token_letters(first) & high;
    size_t end = at;
    if (!others) {
        memcpy(&second, text.at + at + 8, 8);
        second = le64toh(second);
        others = ~token_letters(second) & high;
        if (!others) return 0;
        end += 8;
    }
    uint64_t within = ((others & -others) >> 7) - 1; /* the bytes before the first of the others */
    *key = end > at ? (word_key){first, second & within} : (word_key){first & within, 0};
    end += (size_t)__builtin_ctzll(others) / 8;
    if (end > at) return parts[(unsigned char)text.at[end]] ? end : 0;
    *key = (word_key){(unsigned char)text.at[at], 0};
    return alone[(unsigned char)text.at[at]] ? at + 1 : 0;
}

/* The spelling that words are known by: straight quotes, "--" for dashes. The
 * view itself where nothing changes. */
str token_normal(arena *a, str printed);

/* The normalised words of a phrase; returns how many, at most `room`. */
uint32_t tokenize_words(arena *a, str text, const token_lore *lore, str *out, uint32_t room);

#endif
