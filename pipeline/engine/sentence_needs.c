/* Which rules may match in a sentence, to judge by what its symbols are: of all phases at once, since most rules have
   nothing to do in most sentences. Of a rule's needs two decide, its keys: those that the fewest symbols meet. To
   follow the others would cost more than it saves. Which they are is learned from the first articles; it changes what
   is asked, never what matches. */
#include <string.h>

#include "engine/runtime.h"

enum { SYMBOLS_TO_LEARN = 50000 };

static rule_state *state_of(const worker *w, uint32_t id, uint32_t *bit) {
    uint32_t at = w->k->rules.at[id].phase, i = id - w->k->phases.at[at].first_rule;
    *bit = w->phases[at].first_word * 64 + i;
    return &w->phases[at].rules[i];
}

/* How often each need is met: by the symbols seen, or, before any is, to judge by how many rules have it. */
static uint64_t *count_needs(worker *w) {
    uint64_t *seen = ARENA_ARRAY(&w->arena, uint64_t, w->atoms.needs.len);
    for (uint32_t set = 0; set < w->atoms.met.len; set++) {
        if (w->atoms.met.at[set].asked) atoms_count_needs(w, set, w->atoms.met.at[set].seen, seen);
    }
    for (uint32_t id = 0; id < w->k->rules.len; id++) {
        uint32_t bit;
        const rule_state *r = state_of(w, id, &bit);
        for (uint32_t i = 0; i < r->need_count; i++) seen[r->needs[i]]++;
    }
    return seen;
}

static void sort_by_seen(const uint64_t *seen, uint32_t *needs, uint32_t count) {
    for (uint32_t i = 1; i < count; i++) {
        uint32_t one = needs[i], to = i;
        for (; to > 0 && seen[needs[to - 1]] > seen[one]; to--) needs[to] = needs[to - 1];
        needs[to] = one;
    }
}

void needs_choose(worker *w) {
    const uint64_t *seen = count_needs(w);
    for (uint32_t set = 0; set < w->atoms.met.len; set++) w->atoms.met.at[set].asked = false;
    for (uint32_t key = 0; key < KEYS; key++) {
        w->keys[key].rules_of_need = ARENA_ARRAY(&w->arena, id_list, w->atoms.needs.len);
        w->keys[key].free = ARENA_ARRAY(&w->arena, uint64_t, w->rule_words + 1);
    }
    for (uint32_t id = 0; id < w->k->rules.len; id++) {
        uint32_t bit;
        rule_state *r = state_of(w, id, &bit);
        sort_by_seen(seen, r->needs, r->need_count);
        for (uint32_t key = 0; key < KEYS; key++) {
            if (key < r->need_count)
                *VEC_PUSH(&w->arena, &w->keys[key].rules_of_need[r->needs[key]].ids) = bit;
            else
                bits_set(w->keys[key].free, bit);
        }
    }
}

void needs_learn(worker *w) {
    if (w->learned || w->symbols_seen < SYMBOLS_TO_LEARN) return;
    w->learned = true;
    needs_choose(w);
}

void needs_meet(worker *w, sentence_needs *n, uint32_t set) {
    met_needs *met = atoms_met(w, set);
    met->seen++;
    n->opens |= met->opens;
    for (uint32_t key = 0, i = met->first; key < KEYS; key++) {
        for (; i < met->end[key]; i++) n->met[key][w->atoms.met_rules.at[i].word] |= w->atoms.met_rules.at[i].bits;
    }
}

static bool set_meets(const worker *w, uint32_t set, const need *one) {
    const uint64_t *holding = &w->atoms.holding.at[(size_t)set * w->atoms.words];
    for (uint32_t i = 0; i < one->count; i++) {
        if (bits_have(holding, one->atoms[i])) return true;
    }
    return one->count == 0;
}

bool needs_all(const worker *w, const rule_state *r, const symbol *symbols, uint32_t count) {
    for (uint32_t i = 0; i < r->need_count; i++) {
        uint32_t at = 0;
        while (at < count && !set_meets(w, symbols[at].classes, &w->atoms.needs.at[r->needs[i]])) at++;
        if (at == count) return false;
    }
    return true;
}

/* Folding only adds to what a sentence has: a rule that runs for the sake of a word that is folded away does not match.
 */
void needs_read(worker *w, document *d, sentence *s) {
    if (s->needs && !w->trace) return;
    s->needs = ARENA_NEW(d->arena, sentence_needs);
    for (uint32_t key = 0; key < KEYS; key++) {
        s->needs->met[key] = arena_raw(d->arena, w->rule_words * sizeof(uint64_t), alignof(uint64_t));
        memcpy(s->needs->met[key], w->keys[key].free, w->rule_words * sizeof(uint64_t));
    }
    w->symbols_seen += s->symbol_count;
    for (uint32_t i = 0; i < s->symbol_count; i++) needs_meet(w, s->needs, s->symbols[i].classes);
}
