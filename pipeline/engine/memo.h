/* What an expression says of a few symbols is asked once. Most matches depend on two to eight symbols of a small
   alphabet, and the same rows of them come again and again; to compare a row costs a fifth of what the expression does.
   A table of fixed size, in which the newest row has its place; entries are small, since it is the caches that it must
   fit into. */
#ifndef WHOMET_MEMO_H
#define WHOMET_MEMO_H

#include <stdalign.h>

#include "engine/match.h"

enum { MEMO_BEGIN = 64, MEMO_END = 128 }; /* the first of the symbols is the sentence's, the last is */
enum { MEMO_SYMBOLS = 8, MEMO_GROUPS = 19, MEMO_SLOTS = 1 << 13 };

/* All that a match depends on. */
typedef struct memo_key {
    uint8_t units[MEMO_SYMBOLS]; /* of the rule's alphabet; 0 behind the last */
    uint16_t rule;
    uint8_t count, where; /* symbols; in them, where the match begins, with MEMO_BEGIN and MEMO_END */
} memo_key;

typedef struct memo_entry {
    alignas(32) memo_key key; /* count 0: free */
    uint8_t group_count;      /* 0: no match */
    uint8_t begin_end[MEMO_GROUPS];
} memo_entry;
_Static_assert(sizeof(memo_key) == 12 && sizeof(memo_entry) == 32, "two entries are a line of the cache");

/* The key of the symbols [begin,end) of a sentence of `all`; false: they are too many, or their units too high. */
bool memo_key_of(memo_key *k, uint32_t rule, const uint16_t *subject, uint32_t all, uint32_t begin, uint32_t end,
                 uint32_t from);

/* The place of a key; another may be there. */
static inline memo_entry *memo_place(memo_entry *table, const memo_key *k) {
    uint64_t units;
    uint32_t rest;
    memcpy(&units, k->units, sizeof units);
    memcpy(&rest, (const char *)k + sizeof units, sizeof rest);
    return &table[((units * 0x9E3779B97F4A7C15u ^ rest) * 0xC2B2AE3D27D4EB4Fu) >> 51];
}
static inline bool memo_knows(const memo_entry *e, const memo_key *k) { return memcmp(&e->key, k, sizeof *k) == 0; }

/* Spans are counted from symbol `begin` on. Returns whether there is a match. */
bool memo_tell(const memo_entry *e, uint32_t begin, span_match *out);
void memo_learn(memo_entry *e, const memo_key *k, uint32_t begin, const span_match *m); /* NULL: no match */

#endif
