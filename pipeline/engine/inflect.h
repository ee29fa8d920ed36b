/* The forms of English verbs by the regular rules (Quirk et al., A Comprehensive Grammar, 3.2-3.9). */
#ifndef WHOMET_INFLECT_H
#define WHOMET_INFLECT_H

#include "base/arena.h"

typedef struct verb_forms {
    str base, s, past, participle, ing;
} verb_forms;

/* words: base [past [participle [ing]]]; what is left out is made. A base of several words ("sit down") inflects its first. */
verb_forms inflect(arena *a, const str *words, uint32_t count);

#endif
