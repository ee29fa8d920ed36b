/* Rules as regular expressions over their alphabets. */
#include <string.h>

#include "base/buf.h"
#include "engine/runtime.h"

typedef struct writer {
    const rule *r;
    rule_state *state;
    uint64_t *standing; /* bits by unit, by atom of the rule: symbols for which it holds; unit 0: a plain one */
    uint64_t *here;     /* scratch: likewise, of the node at hand */
    uint32_t words;
    buf out;
} writer;

static void write_node(writer *x, const node *n);

static bool is_sign(uint32_t unit) {
    bool letter = (unit | 0x20) >= 'a' && (unit | 0x20) <= 'z', digit = unit >= '0' && unit <= '9';
    return unit > ' ' && unit < 0x7f && !letter && !digit;
}

/* As itself, whichever character that is; behind a backslash where it would mean something. */
static void write_unit(writer *x, uint32_t unit) {
    if (is_sign(unit)) buf_byte(&x->out, '\\');
    if (unit <= UINT8_MAX)
        buf_byte(&x->out, (char)unit);
    else
        buf_format(&x->out, "\\x{%x}", unit);
}

/* A node that is always one symbol is one class of units: without a group around it PCRE2 knows how far it may repeat.
 */
static bool is_one_symbol(const node *n) {
    if (n->kind == NODE_ATOM || n->kind == NODE_ANY) return true;
    if (n->kind != NODE_CHOICE && (n->kind != NODE_GROUP || n->role != NONE)) return false;
    for (uint32_t i = 0; i < n->child_count; i++) {
        if (!is_one_symbol(n->children[i])) return false;
    }
    return true;
}

static void stand_here(writer *x, const node *n) {
    for (uint32_t i = 0; i < x->words; i++)
        x->here[i] |= n->kind == NODE_ANY ? UINT64_MAX : n->kind == NODE_ATOM ? x->standing[n->atom * x->words + i] : 0;
    for (uint32_t i = 0; i < n->child_count; i++) stand_here(x, n->children[i]);
}

/* The first unit from `from` on that is one of them, or not; `end`: none is. */
static uint32_t next_unit(const uint64_t *units, uint32_t from, uint32_t end, bool one_of_them) {
    uint64_t flip = one_of_them ? 0 : UINT64_MAX, above = UINT64_MAX << (from % 64);
    for (uint32_t i = from / 64; i * 64 < end; i++, above = UINT64_MAX) {
        uint64_t found = (units[i] ^ flip) & above;
        if (found)
            return i * 64 + (uint32_t)__builtin_ctzll(found) < end ? i * 64 + (uint32_t)__builtin_ctzll(found) : end;
    }
    return end;
}

/* The units that may stand there, or, where a plain symbol may, "any but" those that may not: so that a unit that turns
   up later is right without compiling again, as long as it is nothing special to the rule. */
static void write_one_symbol(writer *x, const node *n) {
    memset(x->here, 0, x->words * sizeof *x->here);
    stand_here(x, n);
    bool open = bits_have(x->here, 0);
    uint32_t end = x->state->units + 1, first = next_unit(x->here, 1, end, !open);
    if (first < end) buf_add(&x->out, open ? STR("[^") : STR("["));
    for (uint32_t unit = first, after; unit < end; unit = next_unit(x->here, after, end, !open)) {
        after = next_unit(x->here, unit + 1, end, open);
        write_unit(x, unit);
        if (after > unit + 1) buf_byte(&x->out, '-'), write_unit(x, after - 1);
    }
    if (first < end)
        buf_byte(&x->out, ']');
    else
        buf_add(&x->out,
                open ? STR(".") : STR("[^\\x{0}-\\x{ffff}]")); /* nothing, but one unit wide, as a lookbehind needs */
}

static void write_children(writer *x, const node *n, char between) {
    for (uint32_t i = 0; i < n->child_count; i++) {
        if (i && between) buf_byte(&x->out, between);
        write_node(x, n->children[i]);
    }
}

/* Without a group around them: the branches of a lookbehind may differ in length only where it says so itself. */
static void write_branches(writer *x, const node *n) {
    if (n->kind == NODE_CHOICE && !is_one_symbol(n))
        write_children(x, n, '|');
    else
        write_node(x, n);
}

static void write_in_group(writer *x, str opening, const node *n) {
    buf_add(&x->out, opening);
    write_branches(x, n);
    buf_byte(&x->out, ')');
}

static void write_group(writer *x, const node *n) {
    bool captures = n->role != NONE && x->state->group_count + 1 < MATCH_GROUPS;
    if (captures) x->state->group_role[++x->state->group_count] = n->role;
    write_in_group(x, captures ? STR("(") : STR("(?:"), n->children[0]);
}

static void write_repeat(writer *x, const node *n) {
    const node *what = n->children[0];
    if (is_one_symbol(what) || what->kind == NODE_GROUP)
        write_node(x, what);
    else
        write_in_group(x, STR("(?:"), what);
    buf_byte(&x->out, '{');
    buf_number(&x->out, n->min);
    buf_byte(&x->out, ',');
    if (n->max != NONE) buf_number(&x->out, n->max);
    buf_byte(&x->out, '}');
    if (n->suffix) buf_byte(&x->out, n->suffix);
}

static void write_node(writer *x, const node *n) {
    if (is_one_symbol(n)) {
        write_one_symbol(x, n);
        return;
    }
    switch (n->kind) {
    case NODE_ATOM:
    case NODE_ANY: break; /* one symbol */
    case NODE_START: buf_add(&x->out, STR("\\A")); break;
    case NODE_END: buf_add(&x->out, STR("\\z")); break;
    case NODE_SEQUENCE: write_children(x, n, 0); break;
    case NODE_CHOICE: write_in_group(x, STR("(?:"), n); break;
    case NODE_GROUP: write_group(x, n); break;
    case NODE_LOOK: write_in_group(x, str_of(n->opening), n->children[0]); break;
    case NODE_REPEAT: write_repeat(x, n); break;
    }
}

static void find_standing(writer *x, arena *scratch, const uint64_t *plain) {
    const rule_state *state = x->state;
    x->words = state->units / 64 + 1;
    x->standing = ARENA_ARRAY(scratch, uint64_t, (size_t)x->words * x->r->atom_count);
    x->here = ARENA_ARRAY(scratch, uint64_t, x->words);
    for (uint32_t i = 0; i < x->r->atom_count; i++) {
        uint64_t *standing = &x->standing[i * x->words];
        if (bits_have(plain, state->atoms[i])) bits_set(standing, 0);
        for (uint32_t unit = 1; unit <= state->units; unit++) {
            if (bits_have(&state->signatures.at[(unit - 1) * state->words.len], state->bits[i]))
                bits_set(standing, unit);
        }
    }
}

/* As PCRE2 takes it; of the units that the rule has so far. */
static void write_rule(writer *x, const uint64_t *plain) {
    arena scratch = {0};
    find_standing(x, &scratch, plain);
    write_node(x, x->r->pattern);
    arena_free(&scratch);
}

static bool takes_any(const node *n) {
    if (n->kind == NODE_ANY) return true;
    for (uint32_t i = 0; i < n->child_count; i++) {
        if (takes_any(n->children[i])) return true;
    }
    return false;
}

static bool is_closed(const rule *r, const rule_state *state) {
    for (uint32_t i = 0; i < state->words.len; i++) { /* of unit PLAIN */
        if (state->signatures.at[i]) return false;
    }
    return !takes_any(r->pattern);
}

bool phase_compile_rule(worker *w, uint32_t at, uint32_t id) {
    const rule *r = &w->k->rules.at[id];
    rule_state *state = &w->phases[at].rules[id - w->k->phases.at[at].first_rule];
    phase_learn_rule(w, at, id);
    writer x = {.r = r, .state = state};
    state->group_count = 0;
    state->units = state->signatures.len / state->words.len;
    state->closed = is_closed(r, state);
    write_rule(&x, atoms_plain(w, &w->phases[at]));
    char error[MATCH_ERROR];
    state->code = symbol_regex_new(buf_view(&x.out), error);
    buf_free(&x.out);
    if (!state->code) {
        state->broken = true;
        worker_note_trouble(w, id, -1, str_of(error));
    }
    return state->code != NULL;
}
