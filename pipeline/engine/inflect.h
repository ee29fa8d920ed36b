/* The forms of English verbs, by the regular rules of spelling. */
#ifndef WHOMET_INFLECT_H
#define WHOMET_INFLECT_H

#include "base/arena.h"

/* Where two spellings are in use ("travelled", "traveled") there are two. */
typedef struct verb_forms {
    str base, s, past[2], participle[2], ing[2];
    uint32_t past_count, participle_count, ing_count;
} verb_forms;

/* words, one to four in lower case: base, past, participle, -ing; what is left out is made: the participle is the past.
   "sit_down" inflects its first word and keeps the rest: "sits down". */
verb_forms inflect(arena *a, const str *words, uint32_t count);

#endif
