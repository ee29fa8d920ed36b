/* Which rules of a phase may match from a symbol on: their skeletons run side by side as one deterministic automaton,
   over the alphabet of the phase. Its states are made when a text first leads there and kept (lazy determinisation, as
   in K. Thompson, Regular expression search algorithm, 1968, and in RE2): a step is then one look-up, however many
   rules there are. A rule that may match has no further part in the run. */
#include "engine/automaton.h"

#include <string.h>

enum { ALL = 3, STATES_MOST = 12000, LIVE_MOST = 1 << 19, CHUNKS_MOST = 1 << 15 };
enum { STATES_ROOM = (1 << 14) - 1, CHUNKS_ROOM = (1 << 16) - 1 }; /* what an edge and a row can tell */

static uint32_t *state_slot(const automaton *a, const places *live, uint32_t count) {
    uint64_t hash = str_hash((str){(const char *)live, count * sizeof *live});
    for (uint32_t at = (uint32_t)hash;; at++) {
        uint32_t *found = &a->slots[at & (a->room - 1)];
        const automaton_state *s = &a->states.at[*found];
        if (*found == 0) return found;
        if (s->count == count && memcmp(&a->live.at[s->first], live, count * sizeof *live) == 0) return found;
    }
}

static void grow_states(automaton *a) {
    a->room = a->room ? a->room * 2 : 256;
    a->slots = ARENA_ARRAY(&a->arena, uint32_t, a->room);
    for (uint32_t i = START; i < a->states.len; i++)
        *state_slot(a, &a->live.at[a->states.at[i].first], a->states.at[i].count) = i;
}

static near_edges *new_near(automaton *a, uint32_t state) {
    if (state >= a->near_room) {
        a->near_room = a->near_room ? a->near_room * 2 : 64;
        near_edges *more = arena_raw(&a->arena, a->near_room * sizeof *more, sizeof *more);
        if (state) memcpy(more, a->near, state * sizeof *more);
        a->near = more;
    }
    a->near[state] = (near_edges){0};
    return &a->near[state];
}

static void new_state(automaton *a, automaton_state s) {
    near_edges *near = new_near(a, a->states.len);
    uint32_t words = a->rule_count / 64 + 1;
    size_t may = a->may.len;
    for (uint32_t i = 0; i < words; i++) *VEC_PUSH(&a->arena, &a->may) = 0;
    for (uint32_t i = 0; i < a->row_chunks; i++) *VEC_PUSH(&a->arena, &a->rows) = 0;
    for (uint32_t i = 0; i < s.count; i++) {
        const places *one = &a->live.at[s.first + i];
        near->keys |= a->key_of_rule[one->rule];
        if (!one->bits) bits_set(&a->may.at[may], one->rule);
        s.flags = one->bits ? s.flags & ~(uint32_t)LAST : s.flags | MAY;
    }
    *VEC_PUSH(&a->arena, &a->states) = s;
}

static uint32_t state_of(automaton *a, const places *live, uint32_t count) {
    if (a->states.len * 2 >= a->room) grow_states(a);
    uint32_t *found = state_slot(a, live, count);
    uint32_t known = *found;
    if (known) return known;
    automaton_state s = {.first = a->live.len, .count = count, .flags = LAST};
    for (uint32_t i = 0; i < count; i++) *VEC_PUSH(&a->arena, &a->live) = live[i];
    new_state(a, s);
    return *found = a->states.len - 1;
}

/* Edges lie in chunks of as many units, made when the first is needed: the units that come often were met early. */
static uint16_t *edge_of(automaton *a, uint32_t state, uint16_t unit) {
    if (unit < NEAR) return &a->near[state].edges[unit];
    uint16_t *chunk = &a->rows.at[state * a->row_chunks + unit / CHUNK];
    if (!*chunk) {
        *chunk = (uint16_t)(a->edges.len / CHUNK);
        for (uint32_t i = 0; i < CHUNK; i++) *VEC_PUSH(&a->arena, &a->edges) = 0;
    }
    return &a->edges.at[*chunk * CHUNK + unit % CHUNK];
}

static uint32_t add_live(automaton *a, uint32_t count, uint32_t of, const place_set *set) {
    for (uint32_t i = 0, word = a->first_word[of]; word < a->first_word[of + 1]; i++, word++) {
        if (set->bits[i]) a->next[count++] = (places){word, of, set->bits[i]};
    }
    return count;
}

void automaton_make_room(automaton *a, uint16_t unit) {
    if (unit < a->row_chunks * CHUNK) return;
    uint32_t had = a->row_chunks;
    while (unit >= a->row_chunks * CHUNK) a->row_chunks *= 2;
    uint16_t *rows = ARENA_ARRAY(&a->arena, uint16_t, (size_t)a->states.len * a->row_chunks);
    for (uint32_t i = 0; i < a->states.len; i++)
        memcpy(&rows[i * a->row_chunks], &a->rows.at[i * had], had * sizeof *rows);
    a->rows = (edge_list){rows, a->states.len * a->row_chunks, a->states.len * a->row_chunks};
}

void automaton_begin(automaton *a) {
    arena_free(&a->arena);
    a->states = (state_list){0}, a->live = (place_list){0}, a->may = (bit_rows){0};
    a->rows = a->edges = (edge_list){0};
    a->room = a->near_room = 0;
    a->full = false;
    uint32_t count = 0;
    for (uint32_t i = 0; i < a->rule_count; i++) count = add_live(a, count, i, &a->skeletons[i].first);
    for (uint32_t i = 0; i < START; i++) new_state(a, (automaton_state){.flags = LAST});
    for (uint32_t i = 0; i < CHUNK; i++) *VEC_PUSH(&a->arena, &a->edges) = 0;
    (void)state_of(a, a->next, count);
    for (uint32_t i = 0; i < a->rule_count; i++) a->next[i] = (places){a->first_word[i], i, 0};
    (void)state_of(a, a->next, a->rule_count); /* ALL */
}

/* What may follow places of a rule at which the symbol at hand may stand. */
typedef struct step {
    uint32_t rule;
    bool matches; /* the rule may match */
    place_set after;
} step;

static uint32_t end_step(automaton *a, uint32_t count, const step *x) {
    if (x->rule == NONE) return count;
    if (!x->matches) return add_live(a, count, x->rule, &x->after);
    a->next[count++] = (places){a->first_word[x->rule], x->rule, 0};
    return count;
}

static void follow(const automaton *a, step *x, uint32_t word, uint64_t bits) {
    const skeleton *s = &a->skeletons[x->rule];
    uint32_t first = a->first_word[x->rule], words = a->first_word[x->rule + 1] - first;
    x->matches |= (bits & s->last.bits[word - first]) != 0;
    for (uint64_t rest = bits; rest; rest &= rest - 1) {
        const uint64_t *one = &s->follow[((word - first) * 64 + (uint32_t)__builtin_ctzll(rest)) * words];
        for (uint32_t i = 0; i < words; i++) x->after.bits[i] |= one[i];
    }
}

uint16_t automaton_learn(automaton *a, uint32_t from, uint16_t unit) {
    automaton_state s = a->states.at[from];
    const uint64_t *stands = automaton_stands(a, unit);
    const places *live = &a->live.at[s.first];
    uint32_t count = 0;
    step x = {.rule = NONE};
    for (uint32_t i = 0; i < s.count; i++) {
        uint64_t bits = live[i].bits & stands[live[i].word];
        if (!bits) continue;
        if (live[i].rule != x.rule) {
            count = end_step(a, count, &x);
            x = (step){.rule = live[i].rule};
        }
        follow(a, &x, live[i].word, bits);
    }
    count = end_step(a, count, &x);
    bool room = a->states.len < STATES_ROOM && a->edges.len < CHUNKS_ROOM * CHUNK;
    uint32_t to = !count ? DEAD : room ? state_of(a, a->next, count) : ALL; /* until it begins anew */
    uint16_t edge = (uint16_t)(to << STATE_SHIFT | a->states.at[to].flags);
    a->full = a->states.len > STATES_MOST || a->live.len > LIVE_MOST || a->edges.len > CHUNKS_MOST * CHUNK;
    return room ? (*edge_of(a, from, unit) = edge) : edge;
}

void automaton_note_live(const automaton *a, uint32_t state, uint64_t *may) {
    const automaton_state *s = &a->states.at[state];
    for (uint32_t i = 0; i < s->count; i++) bits_set(may, a->live.at[s->first + i].rule);
}

uint16_t automaton_first(automaton *a, uint16_t unit) {
    uint32_t edge = automaton_step(a, START, unit);
    return edge >> STATE_SHIFT == DEAD ? 0 : (uint16_t)edge;
}
