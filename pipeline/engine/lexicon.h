/* The lexicon: words and phrases with their readings. Words are matched as written or folded to lower case:
   an entry with a capital letter matches as written or in all capitals, any other in any case. */
#ifndef WHOMET_LEXICON_H
#define WHOMET_LEXICON_H

#include "engine/pack.h"

typedef struct lexicon lexicon;

lexicon *lexicon_new(arena *a);
void lexicon_reserve(lexicon *x, uint32_t words); /* room for that many different words at once */

/* The same for good: the lexicon in `a`, its tables in `tables`, without an address in them. */
lexicon *lexicon_seal(const lexicon *x, arena *a, arena *tables);

/* words: the normalised words of the entry, in order (tokenised as text is). */
void lexicon_add(lexicon *x, const str *words, uint32_t count, reading r);

/* Lexicon word ids of a surface form (already normalised): `written` for its exact spelling, `folded` for its
   lower case; NONE where the lexicon does not know it. lower: the word in lower case. All capitals count as the
   capitalised spelling too. */
typedef struct lexicon_ids {
    uint32_t written, folded, capitals;
} lexicon_ids;
lexicon_ids lexicon_find(const lexicon *x, str word, str lower);

/* Readings of a single word (all three ids): appends to out, at most `room`, returns how many. */
uint32_t lexicon_readings(const lexicon *x, lexicon_ids ids, reading *out, uint32_t room);

/* Walking phrases word by word: states are small sets, since a word has up to three ids. Start: 0.
   lexicon_step returns NONE when no phrase goes on; lexicon_state_readings gives the readings of phrases that end here.
 */
uint32_t lexicon_step(const lexicon *x, uint32_t node, uint32_t lexicon_word);
bool lexicon_goes_on(const lexicon *x, uint32_t node);    /* some phrase is longer than this */
uint64_t lexicon_mark(uint32_t lexicon_word);             /* one bit of 64, shared by many words */
uint64_t lexicon_follow(const lexicon *x, uint32_t node); /* the marks of the words that lead on from there */
bool lexicon_dotted(const lexicon *x, str word);          /* false: no entry has this word, which ends in a full stop */
bool lexicon_inside(const lexicon *x, uint32_t lexicon_word); /* some phrase has the word behind its first */
const reading *lexicon_node_readings(const lexicon *x, uint32_t node, uint32_t *count);

#endif
