/* The alphabet of a phase, and rules as regular expressions over it. */
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "engine/runtime.h"

enum { UNITS_MOST = 60000 };

static bool same_expr(const expr *a, const expr *b) {
    if (a->len != b->len) return false;
    for (uint32_t i = 0; i < a->len; i++) {
        if (a->code[i].op != b->code[i].op || (a->code[i].op == EXPR_CLASS && a->code[i].class != b->code[i].class))
            return false;
    }
    return true;
}

static bool no_class(const void *context, uint32_t class) {
    (void)context, (void)class;
    return false;
}

static uint32_t atom_of_phase(worker *w, phase_state *s, const expr *e) {
    for (uint32_t i = 0; i < s->atoms.len; i++) {
        if (same_expr(s->atoms.at[i], e)) return i;
    }
    *VEC_PUSH(&w->arena, &s->atoms) = e;
    *VEC_PUSH(&w->arena, &s->atom_open) = expr_holds(e, no_class, NULL);
    return s->atoms.len - 1;
}

static int by_number(const void *a, const void *b) {
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return (x > y) - (x < y);
}

static uint32_t need_of_phase(worker *w, phase_state *s, const rule_state *r, const need *n) {
    uint32_t *atoms = ARENA_ARRAY(&w->arena, uint32_t, n->count);
    for (uint32_t i = 0; i < n->count; i++) atoms[i] = r->atoms[n->atoms[i]];
    qsort(atoms, n->count, sizeof *atoms, by_number);
    for (uint32_t i = 0; i < s->needs.len; i++) {
        if (s->needs.at[i].count == n->count && memcmp(s->needs.at[i].atoms, atoms, n->count * sizeof *atoms) == 0)
            return i;
    }
    *VEC_PUSH(&w->arena, &s->needs) = (need){atoms, n->count};
    return s->needs.len - 1;
}

static void prepare_rule(worker *w, phase_state *s, const rule *r, rule_state *out, need_mask *mask) {
    out->atoms = ARENA_ARRAY(&w->arena, uint32_t, r->atom_count);
    for (uint32_t i = 0; i < r->atom_count; i++) out->atoms[i] = atom_of_phase(w, s, &r->atoms[i]);
    need *needs;
    uint32_t count = pattern_needs(&w->arena, w->k, r, true, &needs);
    for (uint32_t i = 0; i < count; i++) {
        uint32_t id = need_of_phase(w, s, out, &needs[i]);
        if (id < NEED_WORDS * 64) mask->bits[id / 64] |= (uint64_t)1 << (id % 64); /* beyond: one condition less */
    }
}

void phase_prepare(worker *w, uint32_t at) {
    phase_state *s = &w->phases[at];
    const phase *p = &w->k->phases.at[at];
    uint32_t count = p->end_rule - p->first_rule;
    need_mask *masks = ARENA_ARRAY(&w->arena, need_mask, count + 1);
    s->rules = ARENA_ARRAY(&w->arena, rule_state, count);
    for (uint32_t i = 0; i < count; i++)
        prepare_rule(w, s, &w->k->rules.at[p->first_rule + i], &s->rules[i], &masks[i]);
    s->signature_words = (s->atoms.len + 63) / 64;
    s->need_words = s->needs.len >= NEED_WORDS * 64 ? NEED_WORDS : s->needs.len / 64 + 1;
    s->need_at = w->need_total;
    w->need_total += s->need_words;
    s->rule_needs = ARENA_ARRAY(&w->arena, uint64_t, count * s->need_words + 1);
    for (uint32_t i = 0; i < count; i++)
        memcpy(&s->rule_needs[i * s->need_words], masks[i].bits, s->need_words * sizeof(uint64_t));
}

/* ---- alphabet */

typedef struct set_question {
    const worker *w;
    uint32_t set;
} set_question;

static bool set_has(const void *context, uint32_t class) {
    const set_question *q = context;
    return worker_set_has(q->w, q->set, class);
}

static bool bit(const uint64_t *bits, uint32_t i) { return bits[i / 64] >> (i % 64) & 1; }

static need_mask needs_met(const phase_state *s, const uint64_t *signature) {
    need_mask mask = {{0}};
    for (uint32_t i = 0; i < s->needs.len && i < NEED_WORDS * 64; i++) {
        for (uint32_t j = 0; j < s->needs.at[i].count; j++) {
            if (bit(signature, s->needs.at[i].atoms[j])) mask.bits[i / 64] |= (uint64_t)1 << (i % 64);
        }
    }
    return mask;
}

/* Whether an expression that was compiled when the alphabet had r->units units is right for this unit too: it is when
   the unit is nothing special to any of the rule's atoms. */
static bool unit_is_special(worker *w, uint32_t at, const rule *r, const rule_state *state, uint16_t unit) {
    const phase_state *s = &w->phases[at];
    for (uint32_t j = 0; j < r->atom_count; j++) {
        if (bit(s->signatures.at[unit - 1], state->atoms[j]) != s->atom_open.at[state->atoms[j]]) return true;
    }
    return false;
}

/* Rare symbols turn up for ever, but each in few sentences: a rule is compiled again only when it meets one. */
bool phase_rule_ready(worker *w, uint32_t at, uint32_t id, const uint16_t *units, uint32_t count, uint16_t newest) {
    rule_state *state = &w->phases[at].rules[id - w->k->phases.at[at].first_rule];
    if (state->broken) return false;
    bool fresh = state->code != NULL;
    for (uint32_t i = 0; fresh && newest > state->units && i < count; i++) {
        fresh = units[i] <= state->units || !unit_is_special(w, at, &w->k->rules.at[id], state, units[i]);
    }
    if (fresh) return true;
    symbol_regex_free(state->code);
    state->code = NULL;
    return phase_compile_rule(w, at, id);
}

static uint16_t unit_of_signature(worker *w, uint32_t at, uint64_t *signature) {
    phase_state *s = &w->phases[at];
    size_t bytes = s->signature_words * sizeof *signature;
    for (uint32_t i = 0; i < s->signatures.len; i++) {
        if (memcmp(s->signatures.at[i], signature, bytes) == 0) return (uint16_t)(i + 1);
    }
    if (s->signatures.len >= UNITS_MOST)
        return 1; /* the plainest unit: nothing matches wrongly, something may be missed */
    uint64_t *copy = ARENA_ARRAY(&w->arena, uint64_t, s->signature_words + 1);
    memcpy(copy, signature, bytes);
    *VEC_PUSH(&w->arena, &s->signatures) = copy;
    need_mask met = needs_met(s, copy);
    for (uint32_t i = 0; i < s->need_words; i++) *VEC_PUSH(&w->arena, &s->unit_needs) = met.bits[i];
    return (uint16_t)s->signatures.len;
}

static uint16_t new_unit(worker *w, uint32_t at, uint32_t set) {
    phase_state *s = &w->phases[at];
    uint64_t signature[256] = {0};
    set_question q = {w, set};
    for (uint32_t i = 0; i < s->atoms.len && i < 256 * 64; i++) {
        if (expr_holds(s->atoms.at[i], set_has, &q)) signature[i / 64] |= (uint64_t)1 << (i % 64);
    }
    return unit_of_signature(w, at, signature);
}

uint16_t phase_ask_unit(worker *w, uint32_t at, uint32_t set) {
    size_t i = (size_t)set * w->k->phases.len + at;
    while (w->units.len < ((size_t)set + 1) * w->k->phases.len) *VEC_PUSH(&w->arena, &w->units) = 0;
    uint16_t unit = new_unit(w, at, set);
    w->units.at[i] = unit;
    return unit;
}

/* ---- regular expressions */

typedef struct writer {
    worker *w;
    uint32_t at;
    const rule *r;
    rule_state *state;
    buf out;
} writer;

static void write_node(writer *x, const node *n);

/* The units for which the atom holds, or, of an open atom, "any but" those for which it does not: so that a unit that
   turns up later is right without compiling again, as long as it is nothing special to the atom. */
static void write_atom(writer *x, uint32_t atom) {
    const phase_state *s = &x->w->phases[x->at];
    uint32_t id = x->state->atoms[atom];
    bool open = s->atom_open.at[id], any = false;
    for (uint32_t unit = 1; unit <= s->signatures.len; unit++) {
        if (bit(s->signatures.at[unit - 1], id) == open) continue;
        uint32_t last = unit;
        while (last < s->signatures.len && bit(s->signatures.at[last], id) != open) last++;
        if (!any) buf_add(&x->out, open ? STR("[^") : STR("["));
        any = true;
        buf_format(&x->out, last > unit ? "\\x{%x}-\\x{%x}" : "\\x{%x}", unit, last);
        unit = last;
    }
    if (any)
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

static void write_group(writer *x, const node *n) {
    bool captures = n->role != NONE && x->state->group_count + 1 < MATCH_GROUPS;
    if (captures) x->state->group_role[++x->state->group_count] = n->role;
    buf_add(&x->out, captures ? STR("(") : STR("(?:"));
    write_children(x, n, 0);
    buf_byte(&x->out, ')');
}

static void write_repeat(writer *x, const node *n) {
    buf_add(&x->out, STR("(?:"));
    write_children(x, n, 0);
    buf_format(&x->out, ")%s{%u,", "", n->min);
    if (n->max != NONE) buf_format(&x->out, "%u", n->max);
    buf_byte(&x->out, '}');
    if (n->suffix) buf_byte(&x->out, n->suffix);
}

static void write_node(writer *x, const node *n) {
    switch (n->kind) {
    case NODE_ATOM: write_atom(x, n->atom); break;
    case NODE_ANY: buf_byte(&x->out, '.'); break;
    case NODE_START: buf_add(&x->out, STR("\\A")); break;
    case NODE_END: buf_add(&x->out, STR("\\z")); break;
    case NODE_SEQUENCE: write_children(x, n, 0); break;
    case NODE_CHOICE:
        buf_add(&x->out, STR("(?:"));
        write_children(x, n, '|');
        buf_byte(&x->out, ')');
        break;
    case NODE_GROUP: write_group(x, n); break;
    case NODE_LOOK:
        buf_add(&x->out, str_of(n->opening));
        write_children(x, n, 0);
        buf_byte(&x->out, ')');
        break;
    case NODE_REPEAT: write_repeat(x, n); break;
    }
}

bool phase_compile_rule(worker *w, uint32_t at, uint32_t id) {
    const rule *r = &w->k->rules.at[id];
    rule_state *state = &w->phases[at].rules[id - w->k->phases.at[at].first_rule];
    for (uint32_t set = 0; set < w->sets.classes.len; set++)
        phase_unit(w, at, set); /* so that it need not be done again soon */
    writer x = {.w = w, .at = at, .r = r, .state = state};
    state->group_count = 0;
    state->units = w->phases[at].signatures.len;
    write_node(&x, r->pattern);
    char error[MATCH_ERROR];
    state->code = symbol_regex_new(buf_view(&x.out), error);
    buf_free(&x.out);
    if (!state->code) {
        state->broken = true;
        worker_note_trouble(w, id, -1, str_of(error));
    }
    return state->code != NULL;
}
