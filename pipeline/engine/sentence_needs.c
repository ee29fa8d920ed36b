/* Which rules may match in a sentence, to judge by what its symbols are: of all phases at once, since most rules have
   nothing to do in most sentences. Two needs of a rule decide, those that the fewest sentences meet: it would cost more
   to follow the others than they save. Which they are is learned from the first sentences; it changes what is asked,
   never what matches. */
#include <string.h>

#include "engine/runtime.h"

enum { SENTENCES_TO_LEARN = 2048, NEEDS_FOLLOWED = 2 };

static uint32_t rule_bit(const worker *w, uint32_t id) {
    uint32_t at = w->k->rules.at[id].phase;
    return w->phases[at].first_word * 64 + id - w->k->phases.at[at].first_rule;
}

static void sort_by_seen(const needs_plan *p, uint32_t *needs, uint32_t count) {
    for (uint32_t i = 1; i < count; i++) {
        uint32_t one = needs[i], to = i;
        for (; to > 0 && p->seen[needs[to - 1]] > p->seen[one]; to--) needs[to] = needs[to - 1];
        needs[to] = one;
    }
}

/* All needs of a rule while it is not known which are rare. */
static void follow(worker *w, uint32_t id) {
    needs_plan *p = &w->plan;
    uint32_t at = w->k->rules.at[id].phase;
    rule_state *r = &w->phases[at].rules[id - w->k->phases.at[at].first_rule];
    if (p->learned) sort_by_seen(p, r->needs, r->need_count);
    for (uint32_t i = 0; i < r->need_count && (i < NEEDS_FOLLOWED || !p->learned); i++) {
        *VEC_PUSH(&w->arena, &p->rules_of_need[r->needs[i]].ids) = id;
        p->none.missing[id]++;
    }
    if (!p->none.missing[id]) bits_set(p->none.allowed, rule_bit(w, id));
}

void needs_choose(worker *w) {
    needs_plan *p = &w->plan;
    uint32_t needs = w->atoms.needs.len, rules = w->k->rules.len;
    if (!p->seen) p->seen = ARENA_ARRAY(&w->arena, uint32_t, needs);
    p->rules_of_need = ARENA_ARRAY(&w->arena, id_list, needs);
    p->none.met = ARENA_ARRAY(&w->arena, uint64_t, needs / 64 + 1);
    p->none.allowed = ARENA_ARRAY(&w->arena, uint64_t, w->rule_words + 1);
    p->none.missing = ARENA_ARRAY(&w->arena, uint16_t, rules + 1);
    for (uint32_t id = 0; id < rules; id++) follow(w, id);
    for (uint32_t i = 0; i < w->atoms.met.len; i++) w->atoms.met.at[i].asked = false;
}

void needs_learn(worker *w) {
    if (w->plan.learned || w->plan.sentences < SENTENCES_TO_LEARN) return;
    w->plan.learned = true;
    needs_choose(w);
}

void needs_meet(worker *w, sentence_needs *n, uint32_t set) {
    const met_needs *met = atoms_met(w, set);
    n->opens |= met->opens;
    for (uint32_t i = met->first; i < met->first + met->count; i++) {
        uint32_t one = w->atoms.met_ids.at[i];
        if (bits_have(n->met, one)) continue;
        bits_set(n->met, one);
        w->plan.seen[one]++;
        const id_list *rules = &w->plan.rules_of_need[one];
        for (uint32_t j = 0; j < rules->ids.len; j++) {
            if (--n->missing[rules->ids.at[j]] == 0) bits_set(n->allowed, rule_bit(w, rules->ids.at[j]));
        }
    }
}

static sentence_needs *nothing_met(worker *w, arena *a) {
    sentence_needs *n = ARENA_NEW(a, sentence_needs);
    const sentence_needs *none = &w->plan.none;
    n->met = ARENA_ARRAY(a, uint64_t, w->atoms.needs.len / 64 + 1);
    n->allowed = arena_raw(a, w->rule_words * sizeof *n->allowed, alignof(uint64_t));
    n->missing = arena_raw(a, w->k->rules.len * sizeof *n->missing, alignof(uint16_t));
    memcpy(n->allowed, none->allowed, w->rule_words * sizeof *n->allowed);
    memcpy(n->missing, none->missing, w->k->rules.len * sizeof *n->missing);
    return n;
}

/* Folding only adds to what a sentence has: a rule that runs for the sake of a word that is folded away does not match.
 */
void needs_read(worker *w, document *d, sentence *s) {
    if (s->needs && !w->trace) return;
    s->needs = nothing_met(w, d->arena);
    w->plan.sentences++;
    for (uint32_t i = 0; i < s->symbol_count; i++) needs_meet(w, s->needs, s->symbols[i].classes);
}
