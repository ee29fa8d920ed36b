/* Which rules of a phase may match from a symbol on: see automaton.c. */
#ifndef WHOMET_AUTOMATON_H
#define WHOMET_AUTOMATON_H

#include "document.h"
#include "engine/pattern.h"

typedef VEC(uint64_t) bit_rows;
static inline bool bits_have(const uint64_t *bits, uint32_t i) { return bits[i / 64] >> (i % 64) & 1; }
static inline void bits_set(uint64_t *bits, uint32_t i) { bits[i / 64] |= (uint64_t)1 << (i % 64); }

/* The places of a rule's skeleton are the bits of as many words as they fill. */
typedef struct places { /* of one word */
    uint32_t word, rule;
    uint64_t bits;
} places;
typedef VEC(places) place_list;
typedef struct automaton_state {
    uint32_t first, count; /* in `live`: the places that may come next; no bits: the rule may match */
    uint32_t flags;
} automaton_state;
typedef VEC(automaton_state) state_list;
typedef VEC(uint32_t) key_list;
typedef VEC(uint16_t) edge_list;
enum { CHUNK = 32, NEAR = 30 }; /* units */
typedef struct near_edges {     /* of one state, a line of the cache: what most steps ask */
    uint32_t keys;              /* of its rules; without any of them in the sentence none can match */
    uint16_t edges[NEAR];       /* of the first units, the most frequent */
} near_edges;
typedef struct automaton {
    skeleton *skeletons;  /* by rule of the phase */
    uint32_t *first_word; /* by rule, and the number of all words */
    uint32_t rule_count;
    place_list *of_atom;   /* by atom of the phase: where such a symbol may stand */
    uint64_t *any;         /* by word: where any may */
    uint32_t *key_of_rule; /* a bit: a sentence without this key has no match of it */
    uint32_t *keys_of_atom;
    key_list keys_of_unit;   /* by unit - 1 */
    VEC(uint64_t *) of_unit; /* by unit - 1: by word, where such a symbol may stand */
    arena arena;             /* of what follows, which can be made again */
    state_list states;
    place_list live;
    bit_rows may;          /* by state, rule_count / 64 + 1 words to each: the rules that may match there */
    uint32_t *slots, room; /* states by hash */
    near_edges *near;      /* by state */
    uint32_t near_room;    /* states */
    edge_list rows, edges; /* by state, row_chunks to each: which chunk of the edges has the other units */
    uint32_t row_chunks;
    bool full;    /* to be forgotten before the next run */
    places *next; /* scratch */
} automaton;

enum { DEAD = 1, START = 2 };                          /* states */
enum { MAY = 1, LAST = 2, STATE_SHIFT = 2 };           /* of an edge: a rule may match, nothing follows; the state */
void automaton_begin(automaton *a);                    /* forgets what was learned */
void automaton_make_room(automaton *a, uint16_t unit); /* for its edges, before it is met */
uint16_t automaton_learn(automaton *a, uint32_t from, uint16_t unit);
void automaton_note_live(const automaton *a, uint32_t state, uint64_t *may); /* all rules that have a part in it */
uint16_t automaton_first(automaton *a, uint16_t unit); /* the edge from the start; 0: no rule begins with it */
static inline bool automaton_begins(const automaton *a, uint32_t keys) { /* some rule may match where these are */
    return a->near[START].keys & keys;
}
static inline uint32_t automaton_edge(const automaton *a, uint32_t from, uint16_t unit) { /* 0: not known yet */
    if (unit < NEAR) return a->near[from].edges[unit];
    uint32_t chunk = a->rows.at[from * a->row_chunks + unit / CHUNK];
    return a->edges.at[chunk * CHUNK + unit % CHUNK];
}
static inline uint32_t automaton_step(automaton *a, uint32_t from, uint16_t unit) {
    uint32_t edge = automaton_edge(a, from, unit);
    return edge ? edge : automaton_learn(a, from, unit);
}
/* Whether a run is worth while, to judge by the edge of its first symbol and the unit of the second (0: there is none).
   Most are not; asked of many in a row this costs no branch that goes astray. */
static inline bool automaton_goes_on(const automaton *a, uint32_t keys, uint32_t edge, uint16_t unit) {
    uint32_t state = edge >> STATE_SHIFT, second = automaton_edge(a, state, unit);
    bool dead = second >> STATE_SHIFT == DEAD;
    return (edge & MAY) | (((a->near[state].keys & keys) != 0) & !dead);
}
/* Whether a rule may match from the first of the symbols on; `may`, bits: which. keys: those in the sentence; edge: of
   its first symbol; units: by class set, `stride` apart. A run that is long ends, with all rules that are left, so that
   its cost has a limit. In the header, since most are of a step or two. */
enum { RUN_MOST = 40 };
static inline bool automaton_run(automaton *a, uint32_t keys, uint32_t edge, const uint16_t *units, uint32_t stride,
                                 const symbol *symbols, uint32_t count, uint64_t *may) {
    uint32_t words = a->rule_count / 64 + 1;
    bool any = false;
    for (uint32_t i = 1;; i++) {
        uint32_t state = edge >> STATE_SHIFT;
        if (edge & MAY || i == RUN_MOST) {
            const uint64_t *row = a->may.at + (size_t)state * words;
            for (uint32_t j = 0; j < words; j++) may[j] = any ? may[j] | row[j] : row[j];
            if (i == RUN_MOST) automaton_note_live(a, state, may);
            any = true;
        }
        if (edge & LAST || i >= RUN_MOST || i >= count || !(a->near[state].keys & keys)) return any;
        edge = automaton_step(a, state, units[(size_t)symbols[i].classes * stride]);
    }
}
static inline const uint64_t *automaton_stands(const automaton *a, uint16_t unit) { /* by word: places */
    return a->of_unit.at[unit - 1u];
}

#endif
