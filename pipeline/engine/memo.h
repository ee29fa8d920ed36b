/* What an expression says of a few symbols is asked once. Most matches depend on two to eight symbols of a small
   alphabet, and the same rows of them come again and again; to compare a row costs a fifth of what the expression does.
   A table of fixed size, in which the newest row has its place. */
#ifndef WHOMET_MEMO_H
#define WHOMET_MEMO_H

#include <stdalign.h>

#include "engine/match.h"

enum { MEMO_SYMBOLS = 8, MEMO_GROUPS = 18, MEMO_SLOTS = 1 << 13 };

/* All that a match depends on. */
typedef struct memo_key {
    uint32_t rule;
    uint8_t count, from; /* symbols; in them, where the match begins */
    bool at_begin, at_end;
    uint16_t units[MEMO_SYMBOLS]; /* of the rule's alphabet; 0 behind the last */
} memo_key;

typedef struct memo_entry {
    alignas(64) memo_key key; /* count 0: free */
    uint8_t group_count;      /* 0: no match */
    uint8_t begin[MEMO_GROUPS], end[MEMO_GROUPS];
} memo_entry;
_Static_assert(sizeof(memo_entry) == 64, "an entry is a line of the cache");

/* The place of a key; another may be there. */
static inline memo_entry *memo_place(memo_entry *table, const memo_key *k) {
    uint64_t w[3];
    memcpy(w, k, sizeof w);
    uint64_t hash = ((w[0] * 0x9E3779B97F4A7C15u ^ w[1]) * 0xC2B2AE3D27D4EB4Fu ^ w[2]) * 0x9E3779B97F4A7C15u;
    return &table[hash >> 51];
}
static inline bool memo_knows(const memo_entry *e, const memo_key *k) { return memcmp(&e->key, k, sizeof *k) == 0; }

/* Spans are counted from symbol `begin` on. Returns whether there is a match. */
bool memo_tell(const memo_entry *e, uint32_t begin, span_match *out);
void memo_learn(memo_entry *e, const memo_key *k, uint32_t begin, const span_match *m); /* NULL: no match */

#endif
