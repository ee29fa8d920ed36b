/* The one door to PCRE2: regular expressions over the text of a token, and over the symbols of a sentence. */
#ifndef WHOMET_MATCH_H
#define WHOMET_MATCH_H

#include "base/str.h"

enum { MATCH_GROUPS = 64 }; /* capturing groups of one rule */
enum { MATCH_ERROR = 200 }; /* bytes of a message */

/* One worker's match memory: limits, JIT stack, match data. */
typedef struct matcher matcher;
matcher *matcher_new(void);
void matcher_free(matcher *m);

/* Over a token's own text (UTF-8), anchored at both ends. It is compiled for what it is asked: one for each worker. */
typedef struct token_regex token_regex;
token_regex *token_regex_new(str pattern, char error[MATCH_ERROR], size_t *error_at); /* NULL: told in error */
void token_regex_free(token_regex *r);
/* Whether one may match a text that begins with this character of ASCII: of forty patterns a word is left with ten. */
bool token_regex_may_begin(matcher *m, token_regex *r, unsigned char first);

typedef struct token_text {
    str text;
    uint64_t has[2]; /* bits: which characters of ASCII are in it */
} token_text;
token_text token_text_of(str text);
bool token_regex_matches(matcher *m, token_regex *r, const token_text *t);

/* Over symbols, one 16-bit unit each. Each byte of the pattern is a unit; those above 255 are written \x{..}. */
typedef struct symbol_regex symbol_regex;
symbol_regex *symbol_regex_new(str pattern, char error[MATCH_ERROR]);
void symbol_regex_free(symbol_regex *r);

typedef struct match_span { /* symbols; begin UINT32_MAX: the group took no part */
    uint32_t begin, end;
} match_span;
typedef struct span_match {
    uint32_t group_count; /* including group 0 */
    match_span groups[MATCH_GROUPS];
} span_match;

/* Whether a match begins at `from`. 1: yes, 0: no, negative: PCRE2's error (match limit, JIT stack), which is never
   "no match". */
int symbol_regex_match(matcher *m, symbol_regex *r, const uint16_t *subject, uint32_t len, uint32_t from,
                       span_match *out);

#endif
