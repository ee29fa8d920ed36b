/* What rules ask of a symbol: the atoms of all rules, and the needs, which are sets of atoms of which a sentence must
   have one. A class set is asked once; only the atoms that name one of its classes need to be worked out for it. */
#include <stdlib.h>
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

static int by_number(const void *a, const void *b) {
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return (x > y) - (x < y);
}

uint32_t atoms_need(worker *w, uint32_t *atoms, uint32_t count) {
    atom_table *t = &w->atoms;
    if (t->needs.len == 0) *VEC_PUSH(&w->arena, &t->needs) = (need){NULL, 0};
    if (count == 0) return 0;
    qsort(atoms, count, sizeof *atoms, by_number);
    for (uint32_t i = 1; i < t->needs.len; i++) {
        const need *n = &t->needs.at[i];
        if (n->count == count && *n->atoms == *atoms && memcmp(n->atoms, atoms, count * sizeof *atoms) == 0) return i;
    }
    *VEC_PUSH(&w->arena, &t->needs) = (need){atoms, count};
    return t->needs.len - 1;
}

static bool no_class(const void *context, uint32_t class) {
    (void)context, (void)class;
    return false;
}

static void index_classes(worker *w, uint32_t atom) {
    const expr *e = w->atoms.list.at[atom];
    for (uint32_t i = 0; i < e->len; i++) {
        if (e->code[i].op == EXPR_CLASS) *VEC_PUSH(&w->arena, &w->atoms.of_class[e->code[i].class].ids) = atom;
    }
}

void atoms_seal(worker *w) {
    atom_table *t = &w->atoms;
    (void)atoms_need(w, NULL, 0);
    t->words = t->list.len / 64 + 1;
    t->open = ARENA_ARRAY(&w->arena, uint64_t, t->words);
    t->quick = ARENA_ARRAY(&w->arena, expr, t->list.len + 1);
    groups_prepare(w);
    t->of_class = ARENA_ARRAY(&w->arena, id_list, w->k->classes.len + 1);
    t->needed = ARENA_ARRAY(&w->arena, uint64_t, t->needs.len / 64 + 1);
    t->keyed = ARENA_ARRAY(&w->arena, uint64_t, w->rule_words + 1);
    t->needs_of_atom = ARENA_ARRAY(&w->arena, id_list, t->list.len + 1);
    for (uint32_t i = 0; i < t->list.len; i++) {
        if (expr_holds(t->list.at[i], no_class, NULL)) bits_set(t->open, i);
        index_classes(w, i);
    }
    for (uint32_t i = 0; i < t->needs.len; i++) {
        for (uint32_t j = 0; j < t->needs.at[i].count; j++)
            *VEC_PUSH(&w->arena, &t->needs_of_atom[t->needs.at[i].atoms[j]].ids) = i;
    }
}

static bool set_has(const void *context, uint32_t class) { return bits_have(context, class); }

static void ask_atom(worker *w, const uint64_t *asked, uint64_t *holding, uint32_t atom) {
    expr *quick = &w->atoms.quick[atom];
    uint64_t *word = &holding[atom / 64], bit = (uint64_t)1 << (atom % 64);
    if (!quick->len) *quick = groups_in(w, w->atoms.list.at[atom]);
    *word = expr_holds(quick, set_has, asked) ? *word | bit : *word & ~bit;
}

static const uint64_t *needs_of_set(worker *w, uint32_t set) {
    atom_table *t = &w->atoms;
    memset(t->needed, 0, (t->needs.len / 64 + 1) * sizeof *t->needed);
    for (uint32_t i = 0; i < t->words; i++) {
        for (uint64_t rest = t->holding.at[(size_t)set * t->words + i]; rest; rest &= rest - 1) {
            const id_list *needs = &t->needs_of_atom[i * 64 + (uint32_t)__builtin_ctzll(rest)];
            for (uint32_t j = 0; j < needs->ids.len; j++) bits_set(t->needed, needs->ids.at[j]);
        }
    }
    return t->needed;
}

void atoms_count_needs(worker *w, uint32_t set, uint32_t times, uint64_t *seen) {
    const uint64_t *met = needs_of_set(w, set);
    for (uint32_t i = 0; i < w->atoms.needs.len; i++) seen[i] += bits_have(met, i) ? times : 0;
}

static void meet(worker *w, uint32_t set) {
    atom_table *t = &w->atoms;
    const uint64_t *met = needs_of_set(w, set);
    met_needs *out = &t->met.at[set];
    out->first = t->met_rules.len;
    for (uint32_t key = 0; key < KEYS; key++) {
        memset(t->keyed, 0, w->rule_words * sizeof *t->keyed);
        for (uint32_t i = 0; i < t->needs.len; i++) {
            const id_list *rules = &w->keys[key].rules_of_need[i];
            for (uint32_t j = 0; bits_have(met, i) && j < rules->ids.len; j++) bits_set(t->keyed, rules->ids.at[j]);
        }
        for (uint32_t i = 0; i < w->rule_words; i++) {
            if (t->keyed[i]) *VEC_PUSH(&w->arena, &t->met_rules) = (rule_bits){i, t->keyed[i]};
        }
        out->end[key] = t->met_rules.len;
    }
    out->asked = true;
}

static void grow_rows(worker *w, bit_rows *rows, size_t len) {
    if (len <= rows->len) return;
    while (rows->cap < len) rows->at = arena_grow(&w->arena, rows->at, &rows->cap, rows->len, sizeof *rows->at);
    rows->len = (uint32_t)len;
}

void atoms_ask(worker *w, uint32_t set) {
    atom_table *t = &w->atoms;
    grow_rows(w, &t->holding, ((size_t)set + 1) * t->words);
    while (t->met.len <= set) *VEC_PUSH(&w->arena, &t->met) = (met_needs){0};
    uint64_t *holding = &t->holding.at[(size_t)set * t->words];
    memcpy(holding, t->open, t->words * sizeof *t->open);
    const class_set *s = &w->sets.classes.at[set];
    const uint64_t *asked = groups_ask(w, s);
    for (uint32_t i = 0; i < s->count; i++) {
        const id_list *atoms = &t->of_class[s->ids[i]];
        for (uint32_t j = 0; j < atoms->ids.len; j++) ask_atom(w, asked, holding, atoms->ids.at[j]);
    }
    groups_forget(w, s);
    meet(w, set);
    for (uint32_t i = 0; i < w->k->phases.len; i++) {
        if (phase_opens_at(w, i, set)) t->met.at[set].opens |= phase_bit(i);
    }
}
