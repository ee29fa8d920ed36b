/* What rules ask of a symbol: the atoms of all rules. A class set is asked once, for all phases together: most atoms
   are lists of classes, so that a class brings with it all those that name it, and few need to be worked out. */
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
    while (t->slots[at] && !same_expr(t->list.at[t->slots[at] - 1].expr, e)) at = (at + 1) & (t->room - 1);
    return &t->slots[at];
}

static void slots_grow(worker *w) {
    atom_table *t = &w->atoms;
    t->room = t->room ? t->room * 2 : 1024;
    t->slots = ARENA_ARRAY(&w->arena, uint32_t, t->room);
    for (uint32_t i = 0; i < t->list.len; i++) *atom_slot(t, t->list.at[i].expr) = i + 1;
}

uint32_t atoms_add(worker *w, const expr *e) {
    atom_table *t = &w->atoms;
    if ((t->list.len + 1) * 2 > t->room) slots_grow(w);
    uint32_t *found = atom_slot(t, e);
    if (*found == 0) {
        *VEC_PUSH(&w->arena, &t->list) = (rule_atom){.expr = e};
        *found = t->list.len;
    }
    return *found - 1;
}

/* ---- rows */

static void add_bits(worker *w, row_list *list, row_bits more) {
    uint32_t i = 0;
    while (i < list->len && list->at[i].word != more.word) i++;
    if (i == list->len) *VEC_PUSH(&w->arena, list) = (row_bits){more.word, 0};
    list->at[i].bits |= more.bits;
}

/* A composed atom is asked of few bits: each list of classes in it is one bit of the row, and so are all the lists that
   an "and" excludes. */
typedef struct composer {
    worker *w;
    const expr_code *code;
    VEC(expr_code) out;
    uint32_t next_bit;
} composer;

/* Where the part that ends at `end` begins: the code is postfix. */
static uint32_t begin_of(const expr_code *code, uint32_t end) {
    uint32_t wanted = 1;
    while (wanted) {
        expr_op op = code[--end].op;
        wanted += op == EXPR_CLASS ? -1u : op != EXPR_NOT;
    }
    return end;
}

static bool is_list(const expr_code *code, uint32_t begin, uint32_t end) {
    while (begin < end && (code[begin].op == EXPR_CLASS || code[begin].op == EXPR_OR)) begin++;
    return begin == end;
}

static void add_to_bit(composer *x, uint32_t begin, uint32_t end, uint32_t bit) {
    row_bits one = {bit / 64, (uint64_t)1 << (bit % 64)};
    for (uint32_t i = begin; i < end; i++) {
        if (x->code[i].op == EXPR_CLASS) add_bits(x->w, &x->w->atoms.of_class[x->code[i].class], one);
    }
}

static void put(composer *x, expr_op op, uint32_t bit) { *VEC_PUSH(&x->w->arena, &x->out) = (expr_code){op, bit}; }

static void compose(composer *x, uint32_t end);

/* One operand of an "and" or "or". bit: of those that go together, NONE before the first; count: in the code so far. */
static void compose_operand(composer *x, uint32_t end, expr_op op, uint32_t *bit, uint32_t *count) {
    bool excluded = op == EXPR_AND && x->code[end - 1].op == EXPR_NOT;
    uint32_t list_end = end - excluded, begin = begin_of(x->code, list_end);
    bool together = (excluded || op == EXPR_OR) && is_list(x->code, begin, list_end);
    if (together && *bit != NONE) return add_to_bit(x, begin, list_end, *bit);
    if (together) *bit = x->next_bit;
    compose(x, end);
    if ((*count)++) put(x, op, 0);
}

static void compose_chain(composer *x, uint32_t end, expr_op op, uint32_t *bit, uint32_t *count) {
    if (x->code[end - 1].op != op) return compose_operand(x, end, op, bit, count);
    compose_chain(x, begin_of(x->code, end - 1), op, bit, count);
    compose_operand(x, end - 1, op, bit, count);
}

static void compose(composer *x, uint32_t end) {
    uint32_t begin = begin_of(x->code, end), bit = NONE, count = 0;
    expr_op op = x->code[end - 1].op;
    if (is_list(x->code, begin, end)) {
        put(x, EXPR_CLASS, x->next_bit);
        add_to_bit(x, begin, end, x->next_bit++);
    } else if (op == EXPR_NOT) {
        compose(x, end - 1);
        put(x, EXPR_NOT, 0);
    } else {
        compose_chain(x, end, op, &bit, &count);
    }
}

/* Lists are of their classes from now on, other atoms are left for later. */
static void index_atom(worker *w, uint32_t id) {
    atom_table *t = &w->atoms;
    const rule_atom *a = &t->list.at[id];
    if (!is_list(a->expr->code, 0, a->expr->len)) {
        *VEC_PUSH(&w->arena, &t->composed) = (composed){.atom = id};
        return;
    }
    for (uint32_t i = 0; i < a->expr->len; i++) {
        const row_list *stands = &a->stands;
        for (uint32_t j = 0; j < stands->len && a->expr->code[i].op == EXPR_CLASS; j++)
            add_bits(w, &t->of_class[a->expr->code[i].class], stands->at[j]);
    }
}

/* How much a list tells: as much as its most common class. */
static uint32_t telling(const composer *x, uint32_t begin, uint32_t end) {
    uint32_t least = UINT32_MAX;
    for (uint32_t i = begin; i < end; i++) {
        uint32_t class = x->code[i].class, rank = class < SHAPE_COUNT ? 0 : x->w->ranks[class];
        if (x->code[i].op == EXPR_CLASS && rank < least) least = rank;
    }
    return least;
}

/* Of an "and" the most telling list, without which it does not hold. Of others all: `begin` and `end` are left. */
static void find_guard(const composer *x, uint32_t *begin, uint32_t *end) {
    uint32_t most = 0, rest = *end;
    for (bool more = true; more;) {
        more = x->code[rest - 1].op == EXPR_AND;
        uint32_t to = rest - more, from = begin_of(x->code, to);
        uint32_t tells = is_list(x->code, from, to) ? telling(x, from, to) + 1 : 0;
        if (tells > most) most = tells, *begin = from, *end = to;
        rest = from;
    }
}

static void compose_atom(composer *x, uint32_t i) {
    composed *c = &x->w->atoms.composed.at[i];
    const expr *e = x->w->atoms.list.at[c->atom].expr;
    x->code = e->code;
    VEC_FORGET(&x->out);
    compose(x, e->len);
    c->expr = (expr){x->out.at, x->out.len};
    uint32_t begin = 0, end = e->len;
    find_guard(x, &begin, &end);
    add_to_bit(x, begin, end, x->w->atoms.touched * 64 + i);
}

static bool row_has(const void *row, uint32_t bit) { return bits_have(row, bit); }

static void work_out(const atom_table *t, const composed *c, uint64_t *row) {
    bool holds = expr_holds(&c->expr, row_has, row);
    const row_list *stands = &t->list.at[c->atom].stands;
    for (uint32_t i = 0; i < stands->len; i++) {
        row_bits one = stands->at[i];
        row[one.word] = holds ? row[one.word] | one.bits : row[one.word] & ~one.bits;
    }
}

/* Of a class set: a composed atom is as it is to a plain symbol, unless there is a class that can change it. */
static const uint64_t *row_of(const worker *w, const class_set *s) {
    const atom_table *t = &w->atoms;
    memcpy(t->row, t->plain, t->words * sizeof *t->row);
    for (uint32_t i = 0; i < s->count; i++) {
        const row_list *list = &t->of_class[s->ids[i]];
        for (uint32_t j = 0; j < list->len; j++) t->row[list->at[j].word] |= list->at[j].bits;
    }
    for (uint32_t i = 0; i < t->composed.len; i += 64) {
        for (uint64_t rest = t->row[t->touched + i / 64]; rest; rest &= rest - 1)
            work_out(t, &t->composed.at[i + (uint32_t)__builtin_ctzll(rest)], t->row);
    }
    return t->row;
}

/* The stretches of the phases, one after another. */
static uint32_t lay_out(worker *w) {
    uint32_t words = 0;
    for (uint32_t i = 0; i < w->k->phases.len; i++) {
        phase_state *s = &w->phases[i];
        s->first_word = words;
        for (uint32_t j = 0; j < s->atoms.len; j++)
            add_bits(w, &w->atoms.list.at[s->atoms.at[j]].stands, (row_bits){words + j / 64, (uint64_t)1 << (j % 64)});
        words += s->signature_words;
    }
    return words;
}

void atoms_seal(worker *w) {
    atom_table *t = &w->atoms;
    t->of_class = ARENA_ARRAY(&w->arena, row_list, w->k->classes.len + 1);
    t->touched = lay_out(w);
    for (uint32_t i = 0; i < t->list.len; i++) index_atom(w, i);
    composer x = {.w = w, .next_bit = (t->touched + t->composed.len / 64 + 1) * 64};
    for (uint32_t i = 0; i < t->composed.len; i++) compose_atom(&x, i);
    t->words = x.next_bit / 64 + 1;
    t->plain = ARENA_ARRAY(&w->arena, uint64_t, t->words);
    t->row = ARENA_ARRAY(&w->arena, uint64_t, t->words);
    t->own_keys = ARENA_ARRAY(&w->arena, key_row, key_rows(w));
    for (uint32_t i = 0; i < t->composed.len; i++) work_out(t, &t->composed.at[i], t->plain);
}

/* ---- the lines of class sets */

static uint32_t *key_slot(const worker *w, const key_row *row) {
    const atom_table *t = &w->atoms;
    size_t size = key_rows(w) * sizeof *row;
    for (uint32_t at = (uint32_t)str_hash((str){(const char *)row, size});; at++) {
        uint32_t *found = &t->key_slots[at & (t->key_room - 1)];
        if (!*found || memcmp(&t->keys.at[(*found - 1) * key_rows(w)], row, size) == 0) return found;
    }
}

static void grow_keys(worker *w) {
    atom_table *t = &w->atoms;
    t->key_room = t->key_room ? t->key_room * 2 : 512;
    t->key_slots = ARENA_ARRAY(&w->arena, uint32_t, t->key_room);
    for (uint32_t i = 0; i < t->key_count; i++) *key_slot(w, &t->keys.at[i * key_rows(w)]) = i + 1;
}

static uint32_t keys_id(worker *w, const key_row *row) {
    atom_table *t = &w->atoms;
    if (t->key_count * 2 >= t->key_room) grow_keys(w);
    uint32_t *found = key_slot(w, row);
    if (*found) return *found - 1;
    for (uint32_t i = 0; i < key_rows(w); i++) *VEC_PUSH(&w->arena, &t->keys) = row[i];
    *found = ++t->key_count;
    return t->key_count - 1;
}

static void make_lines(worker *w, uint32_t set) {
    atom_table *t = &w->atoms;
    uint32_t had = t->line_room;
    if (set < had) return;
    if (!had) t->line_size = (uint32_t)(sizeof(set_line) + w->k->phases.len * sizeof(uint16_t) + 63) / 64 * 64;
    while (set >= t->line_room) t->line_room = t->line_room ? t->line_room * 2 : 1024;
    char *lines = arena_take(&w->arena, (size_t)t->line_room * t->line_size, 64);
    if (had) memcpy(lines, t->lines, (size_t)had * t->line_size);
    t->lines = lines;
}

void atoms_ask(worker *w, uint32_t set) {
    make_lines(w, set);
    set_line *line = set_line_at(w, set);
    key_row *keys = w->atoms.own_keys;
    const uint64_t *row = row_of(w, &w->sets.classes.at[set]);
    uint64_t opens = (uint64_t)1 << ASKED;
    for (uint32_t i = 0; i < w->k->phases.len; i++) {
        uint16_t unit = line->units[i] = phase_ask(w, i, row + w->phases[i].first_word);
        keys[i / 4].of[i % 4] = phase_keys(w, i, unit);
        if (w->phases[i].first_edges.at[unit]) opens |= phase_bit(i);
    }
    line->keys = keys_id(w, keys);
    line->opens = opens;
}

void atoms_ask_all(worker *w) {
    for (uint32_t *set = &w->atoms.all_asked; *set < w->sets.classes.len; ++*set) (void)atoms_of_set(w, *set);
}
