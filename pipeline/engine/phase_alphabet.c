/* What a phase asks of symbols: its atoms and keys, its alphabet, and the smaller ones of its rules. */
#include <string.h>

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

void phase_learn_rule(worker *w, uint32_t at, uint32_t id) {
    const phase_state *s = &w->phases[at];
    rule_state *state = &s->rules[id - w->k->phases.at[at].first_rule];
    atoms_ask_all(w); /* so that it need not be done again soon */
    make_rule_room(w, s, state);
    for (uint32_t unit = 1; unit <= s->signatures.len; unit++) {
        if (!state->unit_of.at[unit]) ask_rule_unit(w, at, id, (uint16_t)unit);
    }
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
