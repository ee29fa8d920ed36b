/* What a token is, for text and for the entries of the lexicon alike. */
#ifndef WHOMET_TOKENIZE_H
#define WHOMET_TOKENIZE_H

#include "base/arena.h"

typedef enum { ASK_ABBREVIATION, ASK_SPLITS_HYPHEN } token_question;

/* Whether a word keeps its full stop ("Jan."), and whether a hyphen after it separates ("U.S.-Turkish"). */
typedef struct token_lore {
    bool (*is)(void *context, str text, token_question question);
    void *context;
} token_lore;

/* End of the token that begins at byte `at` of valid UTF-8; text[at] is no blank. */
size_t token_end(str text, size_t at, const token_lore *lore);
size_t token_plain_end(str text,
                       size_t at); /* the same for a word of ASCII letters that plainly ends; 0: ask token_end */
size_t token_skip_blanks(str text, size_t at); /* also BOM, controls, zero-width characters */

/* The spelling that words are known by: straight quotes, "--" for dashes. The view itself where nothing changes. */
str token_normal(arena *a, str printed);

/* The normalised words of a phrase; returns how many, at most `room`. */
uint32_t tokenize_words(arena *a, str text, const token_lore *lore, str *out, uint32_t room);

#endif
