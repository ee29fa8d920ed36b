/* What rules ask of a symbol: the atoms of all rules. A class set is asked once; only the atoms that name one of its
   classes need to be worked out for it. */
#include <string.h>

#include "engine/runtime.h"

static bool same_expr(const expr *a, const expr *b) {
    if (a->len != b->len) return false;
    for (uint32_t i = 0; i < a->len; i++) {
        if (a->code[i].op != b->code[i].op || (a->code[i].op == EXPR_CLASS && a->code[i].class != b->code[i].class))
            return false;
    }
    return true;
}

static uint64_t hash_expr(const expr *e) {
    uint64_t hash = e->len;
    for (uint32_t i = 0; i < e->len; i++) {
        uint32_t class = e->code[i].op == EXPR_CLASS ? e->code[i].class : 0;
        hash = (hash ^ class ^ (uint64_t)e->code[i].op << 32) * 0x9E3779B97F4A7C15u;
        hash ^= hash >> 29;
    }
    return hash;
}

/* Where an expression stands in the slots, or is to stand. */
static uint32_t *atom_slot(const atom_table *t, const expr *e) {
    uint32_t at = (uint32_t)hash_expr(e) & (t->room - 1);
    while (t->slots[at] && !same_expr(t->list.at[t->slots[at] - 1], e)) at = (at + 1) & (t->room - 1);
    return &t->slots[at];
}

static void slots_grow(worker *w) {
    atom_table *t = &w->atoms;
    t->room = t->room ? t->room * 2 : 1024;
    t->slots = ARENA_ARRAY(&w->arena, uint32_t, t->room);
    for (uint32_t i = 0; i < t->list.len; i++) *atom_slot(t, t->list.at[i]) = i + 1;
}

uint32_t atoms_add(worker *w, const expr *e) {
    atom_table *t = &w->atoms;
    if ((t->list.len + 1) * 2 > t->room) slots_grow(w);
    uint32_t *found = atom_slot(t, e);
    if (*found == 0) {
        *VEC_PUSH(&w->arena, &t->list) = e;
        *found = t->list.len;
    }
    return *found - 1;
}

static bool no_class(const void *context, uint32_t class) {
    (void)context, (void)class;
    return false;
}

static void index_classes(worker *w, uint32_t atom) {
    const expr *e = w->atoms.list.at[atom];
    bool list = true;
    for (uint32_t i = 0; i < e->len; i++) {
        list = list && (e->code[i].op == EXPR_CLASS || e->code[i].op == EXPR_OR);
        if (e->code[i].op == EXPR_CLASS) *VEC_PUSH(&w->arena, &w->atoms.of_class[e->code[i].class].ids) = atom;
    }
    if (list) bits_set(w->atoms.lists, atom);
}

void atoms_seal(worker *w) {
    atom_table *t = &w->atoms;
    t->words = t->list.len / 64 + 1;
    t->open = ARENA_ARRAY(&w->arena, uint64_t, t->words);
    t->asked = ARENA_ARRAY(&w->arena, uint64_t, t->words);
    t->lists = ARENA_ARRAY(&w->arena, uint64_t, t->words);
    t->of_class = ARENA_ARRAY(&w->arena, id_list, w->k->classes.len + 1);
    t->classes = ARENA_ARRAY(&w->arena, uint64_t, w->k->classes.len / 64 + 1);
    for (uint32_t i = 0; i < t->list.len; i++) {
        if (expr_holds(t->list.at[i], no_class, NULL)) bits_set(t->open, i);
        index_classes(w, i);
    }
}

static bool set_has(const void *context, uint32_t class) { return bits_have(context, class); }

static void ask_atom(const worker *w, uint64_t *holding, uint32_t atom) {
    if (bits_have(w->atoms.asked, atom)) return;
    bits_set(w->atoms.asked, atom);
    uint64_t *word = &holding[atom / 64], bit = (uint64_t)1 << (atom % 64);
    if (bits_have(w->atoms.lists, atom))
        *word |= bit;
    else
        *word = expr_holds(w->atoms.list.at[atom], set_has, w->atoms.classes) ? *word | bit : *word & ~bit;
}

static void grow_rows(worker *w, bit_rows *rows, size_t len) {
    if (len <= rows->len) return;
    while (rows->cap < len) rows->at = arena_grow(&w->arena, rows->at, &rows->cap, rows->len, sizeof *rows->at);
    memset(&rows->at[rows->len], 0, (len - rows->len) * sizeof *rows->at);
    rows->len = (uint32_t)len;
}

void atoms_ask(worker *w, uint32_t set) {
    atom_table *t = &w->atoms;
    const class_set *s = &w->sets.classes.at[set];
    grow_rows(w, &t->holding, ((size_t)set + 1) * t->words);
    while (t->keys.len < (set + 1) * w->k->phases.len) *VEC_PUSH(&w->arena, &t->keys) = 0;
    while (t->units.len < (set + 1) * 2 * w->k->phases.len) *VEC_PUSH(&w->arena, &t->units) = 0;
    while (t->opens.len <= set) *VEC_PUSH(&w->arena, &t->opens) = 0;
    uint64_t *holding = &t->holding.at[(size_t)set * t->words];
    memcpy(holding, t->open, t->words * sizeof *t->open);
    memset(t->asked, 0, t->words * sizeof *t->asked);
    for (uint32_t i = 0; i < s->count; i++) bits_set(t->classes, s->ids[i]);
    for (uint32_t i = 0; i < s->count; i++) {
        const id_list *atoms = &t->of_class[s->ids[i]];
        for (uint32_t j = 0; j < atoms->ids.len; j++) ask_atom(w, holding, atoms->ids.at[j]);
    }
    for (uint32_t i = 0; i < s->count; i++) t->classes[s->ids[i] / 64] = 0;
    for (uint32_t i = 0; i < w->k->phases.len; i++) {
        t->keys.at[(size_t)set * w->k->phases.len + i] = phase_ask(w, i, set);
        if (phase_unit(w, i, set)[w->k->phases.len]) t->opens.at[set] |= phase_bit(i);
    }
    t->opens.at[set] |= (uint64_t)1 << ASKED;
}
