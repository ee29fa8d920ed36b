/* The alphabet of a phase, and rules as regular expressions over it. */
#include <string.h>

#include "base/buf.h"
#include "engine/runtime.h"

enum { UNITS_MOST = 60000 };
#define FREE_KEY (1u << 31) /* every symbol is it: of rules that need nothing telling */

static uint32_t atom_of_phase(worker *w, phase_state *s, const expr *e) {
    uint32_t id = atoms_add(w, e);
    for (uint32_t i = 0; i < s->atoms.len; i++) {
        if (s->atoms.at[i] == id) return i;
    }
    *VEC_PUSH(&w->arena, &s->atoms) = id;
    return s->atoms.len - 1;
}

static void prepare_rule(worker *w, phase_state *s, const rule *r, rule_state *out) {
    out->atoms = ARENA_ARRAY(&w->arena, uint32_t, r->atom_count);
    out->bits = ARENA_ARRAY(&w->arena, uint32_t, r->atom_count);
    for (uint32_t i = 0; i < r->atom_count; i++) {
        uint32_t atom = out->atoms[i] = atom_of_phase(w, s, &r->atoms[i]), at = 0;
        while (at < out->words.len && out->words.at[at].word != atom / 64) at++;
        if (at == out->words.len) *VEC_PUSH(&w->arena, &out->words) = (row_bits){.word = atom / 64};
        out->words.at[at].bits |= (uint64_t)1 << (atom % 64);
        out->bits[i] = at * 64 + atom % 64;
    }
    if (!out->words.len) *VEC_PUSH(&w->arena, &out->words) = (row_bits){0, 0}; /* a rule without atoms has one unit */
}

static void prepare_emits(worker *w, const rule *r, rule_state *out) {
    out->literals = ARENA_ARRAY(&w->arena, attribute, r->emit_count);
    for (uint32_t i = 0; i < r->emit_count; i++) {
        const emit_item *e = &r->emits[i];
        if (e->kind == EMIT_LITERAL) out->literals[out->literal_count++] = (attribute){e->key, e->literal};
        out->slot_count += e->kind == EMIT_SLOT;
    }
}

static void add_places(worker *w, place_list *list, const automaton *a, uint32_t of, const place_set *set) {
    for (uint32_t i = 0; a->first_word[of] + i < a->first_word[of + 1]; i++) {
        if (set->bits[i]) *VEC_PUSH(&w->arena, list) = (places){a->first_word[of] + i, of, set->bits[i]};
    }
}

/* One key for all rules that need the same; when there are too many, some share a bit. */
static void prepare_keys(worker *w, phase_state *s, const phase *p) {
    automaton *a = &s->automaton;
    need *keys = ARENA_ARRAY(&w->arena, need, a->rule_count);
    uint32_t count = 0;
    a->key_of_rule = ARENA_ARRAY(&w->arena, uint32_t, a->rule_count);
    a->keys_of_atom = ARENA_ARRAY(&w->arena, uint32_t, s->atoms.len + 1);
    for (uint32_t i = 0; i < a->rule_count; i++) {
        need key = pattern_key(&w->arena, w->k, &w->k->rules.at[p->first_rule + i], w->ranks);
        for (uint32_t j = 0; j < key.count; j++) key.atoms[j] = s->rules[i].atoms[key.atoms[j]];
        uint32_t at = 0;
        while (at < count &&
               (keys[at].count != key.count || memcmp(keys[at].atoms, key.atoms, key.count * sizeof *key.atoms) != 0))
            at++;
        if (at == count) keys[count++] = key;
        a->key_of_rule[i] = key.count ? 1u << (at % 31) : FREE_KEY;
        for (uint32_t j = 0; j < key.count; j++) a->keys_of_atom[key.atoms[j]] |= a->key_of_rule[i];
    }
}

static void prepare_automaton(worker *w, phase_state *s, const phase *p) {
    automaton *a = &s->automaton;
    arena scratch = {0};
    place_list any = {0};
    a->rule_count = p->end_rule - p->first_rule;
    a->skeletons = ARENA_ARRAY(&w->arena, skeleton, a->rule_count);
    a->first_word = ARENA_ARRAY(&w->arena, uint32_t, a->rule_count + 1);
    a->of_atom = ARENA_ARRAY(&w->arena, place_list, s->atoms.len);
    for (uint32_t i = 0; i < a->rule_count; i++) {
        const rule *r = &w->k->rules.at[p->first_rule + i];
        skeleton *one = &a->skeletons[i];
        pattern_skeleton(&w->arena, &scratch, r, one);
        a->first_word[i + 1] = a->first_word[i] + (one->places + 63) / 64;
        add_places(w, &any, a, i, &one->any);
        for (uint32_t j = 0; j < r->atom_count; j++)
            add_places(w, &a->of_atom[s->rules[i].atoms[j]], a, i, &one->of_atom[j]);
        one->of_atom = NULL;
        arena_reset(&scratch);
    }
    arena_free(&scratch);
    prepare_keys(w, s, p);
    a->any = ARENA_ARRAY(&w->arena, uint64_t, a->first_word[a->rule_count]);
    a->next = ARENA_ARRAY(&w->arena, places, a->first_word[a->rule_count]);
    for (uint32_t i = 0; i < any.len; i++) a->any[any.at[i].word] = any.at[i].bits;
    a->row_chunks = 4;
    automaton_begin(a);
}

void phase_prepare(worker *w, uint32_t at) {
    phase_state *s = &w->phases[at];
    const phase *p = &w->k->phases.at[at];
    uint32_t count = p->end_rule - p->first_rule;
    s->rules = ARENA_ARRAY(&w->arena, rule_state, count);
    s->rule_words = count / 64 + 1;
    s->may = ARENA_ARRAY(&w->arena, uint64_t, s->rule_words);
    s->resume = ARENA_ARRAY(&w->arena, uint32_t, s->rule_words * 64);
    for (uint32_t i = 0; i < count; i++) {
        const rule *r = &w->k->rules.at[p->first_rule + i];
        prepare_rule(w, s, r, &s->rules[i]);
        prepare_emits(w, r, &s->rules[i]);
    }
    s->signature_words = s->atoms.len / 64 + 1;
    prepare_automaton(w, s, p);
}

/* ---- alphabet */

static uint32_t hash_signature(const phase_state *s, const uint64_t *signature) {
    return (uint32_t)str_hash((str){(const char *)signature, s->signature_words * sizeof *signature});
}

/* Where the unit of a signature stands in the slots, or is to stand. */
static uint32_t *unit_slot(const phase_state *s, const uint64_t *signature) {
    uint32_t at = hash_signature(s, signature) & (s->unit_room - 1);
    for (; s->unit_slots[at]; at = (at + 1) & (s->unit_room - 1)) {
        if (memcmp(s->signatures.at[s->unit_slots[at] - 1], signature, s->signature_words * sizeof *signature) == 0)
            break;
    }
    return &s->unit_slots[at];
}

static void grow_units(worker *w, phase_state *s) {
    s->unit_room = s->unit_room ? s->unit_room * 2 : 256;
    s->unit_slots = ARENA_ARRAY(&w->arena, uint32_t, s->unit_room);
    for (uint32_t i = 0; i < s->signatures.len; i++) *unit_slot(s, s->signatures.at[i]) = i + 1;
}

/* Where in the rules a symbol of this signature may stand. */
static void add_stands(worker *w, phase_state *s, const uint64_t *signature) {
    automaton *a = &s->automaton;
    uint32_t words = a->first_word[a->rule_count], *keys = VEC_PUSH(&w->arena, &a->keys_of_unit);
    uint64_t *stands = arena_raw(&w->arena, words * sizeof *stands, alignof(uint64_t));
    memcpy(stands, a->any, words * sizeof *stands);
    *VEC_PUSH(&w->arena, &a->of_unit) = stands;
    *keys = 0;
    for (uint32_t i = 0; i < s->signature_words; i++) {
        for (uint64_t rest = signature[i]; rest; rest &= rest - 1) {
            uint32_t atom = i * 64 + (uint32_t)__builtin_ctzll(rest);
            const place_list *list = &a->of_atom[atom];
            *keys |= a->keys_of_atom[atom];
            for (uint32_t j = 0; j < list->len; j++) stands[list->at[j].word] |= list->at[j].bits;
        }
    }
}

static uint16_t unit_of_signature(worker *w, phase_state *s, const uint64_t *signature) {
    if ((s->signatures.len + 1) * 2 > s->unit_room) grow_units(w, s);
    uint32_t *unit = unit_slot(s, signature);
    if (*unit) return (uint16_t)*unit;
    if (s->signatures.len >= UNITS_MOST)
        return 1; /* the plainest unit: nothing matches wrongly, something may be missed */
    uint64_t *copy = ARENA_ARRAY(&w->arena, uint64_t, s->signature_words);
    memcpy(copy, signature, s->signature_words * sizeof *signature);
    *VEC_PUSH(&w->arena, &s->signatures) = copy;
    add_stands(w, s, signature);
    *unit = s->signatures.len;
    return (uint16_t)*unit;
}

static void ask_first(worker *w, phase_state *s, uint16_t unit) {
    while (s->first_edges.len <= unit) {
        uint16_t next = (uint16_t)s->first_edges.len;
        *VEC_PUSH(&w->arena, &s->first_edges) = next ? automaton_first(&s->automaton, next) : 0;
    }
}

void phase_begin(worker *w, uint32_t at) {
    phase_state *s = &w->phases[at];
    uint16_t units = (uint16_t)s->first_edges.len;
    automaton_begin(&s->automaton);
    s->first_edges.len = 0;
    if (units) ask_first(w, s, (uint16_t)(units - 1));
}

uint16_t phase_ask(worker *w, uint32_t at, const uint64_t *signature) {
    phase_state *s = &w->phases[at];
    uint16_t unit = unit_of_signature(w, s, signature);
    automaton_make_room(&s->automaton, unit);
    ask_first(w, s, unit);
    return unit;
}

uint32_t phase_keys(const worker *w, uint32_t at, uint16_t unit) {
    return FREE_KEY | w->phases[at].automaton.keys_of_unit.at[unit - 1];
}

/* ---- the alphabet of a rule: the symbols of a phase that its own atoms tell apart, a few dozen */

static uint16_t rule_unit(worker *w, rule_state *state, const uint64_t *signature) {
    uint32_t words = state->words.len, end = state->signatures.len, at = 0, unit = 1;
    for (uint32_t i = 0; i < words; i++)
        *VEC_PUSH(&w->arena, &state->signatures) = signature[state->words.at[i].word] & state->words.at[i].bits;
    const uint64_t *all = state->signatures.at, *own = &all[end];
    for (; all[at] != *own || memcmp(&all[at], own, words * sizeof *own) != 0; unit++)
        at += words; /* it finds itself at last */
    if (at < end) state->signatures.len = end;
    return (uint16_t)unit;
}

static void make_rule_room(worker *w, const phase_state *s, rule_state *state) {
    while (state->unit_of.len <= s->signatures.len) *VEC_PUSH(&w->arena, &state->unit_of) = 0;
}

static uint16_t ask_rule_unit(worker *w, uint32_t at, uint32_t id, uint16_t unit) {
    const phase_state *s = &w->phases[at];
    rule_state *state = &s->rules[id - w->k->phases.at[at].first_rule];
    if (!state->signatures.len) (void)rule_unit(w, state, atoms_plain(w, s));
    return state->unit_of.at[unit] = rule_unit(w, state, s->signatures.at[unit - 1]);
}

/* A symbol that is new to the rule: its expression is made again unless it has that symbol's unit. */
static bool learn_units(worker *w, uint32_t at, uint32_t id, const symbol *symbols, uint32_t begin, uint32_t end,
                        uint16_t *out) {
    const uint16_t *units = &set_line_at(w, 0)->units[at];
    uint32_t stride = unit_stride(w);
    rule_state *state = &w->phases[at].rules[id - w->k->phases.at[at].first_rule];
    if (state->broken) return false;
    make_rule_room(w, &w->phases[at], state);
    uint16_t newest = 0;
    for (uint32_t i = begin; i < end; i++) {
        uint16_t unit = units[(size_t)symbols[i].classes * stride], known = state->unit_of.at[unit];
        out[i] = known ? known : ask_rule_unit(w, at, id, unit);
        newest = out[i] > newest ? out[i] : newest;
    }
    if (state->code && newest <= state->units) return true;
    symbol_regex_free(state->code);
    state->code = NULL;
    return phase_compile_rule(w, at, id);
}

bool phase_read_rule(worker *w, uint32_t at, uint32_t id, const symbol *symbols, uint32_t begin, uint32_t end,
                     uint16_t *out) {
    const phase_state *s = &w->phases[at];
    const rule_state *state = &s->rules[id - w->k->phases.at[at].first_rule];
    if (!state->code || state->unit_of.len <= s->signatures.len)
        return learn_units(w, at, id, symbols, begin, end, out);
    bool known = true;
    const uint16_t *units = &set_line_at(w, 0)->units[at];
    uint32_t stride = unit_stride(w);
    for (uint32_t i = begin; i < end; i++)
        known &= (out[i] = state->unit_of.at[units[(size_t)symbols[i].classes * stride]]) != 0;
    return known || learn_units(w, at, id, symbols, begin, end, out);
}

/* ---- regular expressions */

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
    atoms_ask_all(w); /* so that it need not be done again soon */
    make_rule_room(w, &w->phases[at], state);
    for (uint32_t unit = 1; unit <= w->phases[at].signatures.len; unit++) {
        if (!state->unit_of.at[unit]) ask_rule_unit(w, at, id, (uint16_t)unit);
    }
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
