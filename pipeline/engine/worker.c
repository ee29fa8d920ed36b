/* A worker's life, its troubles, and small questions about mentions. */
#include "engine/worker.h"

#include <stdlib.h>
#include <string.h>

#include "engine/runtime.h"

/* Mentions are more frequent than words of a list, unless a common word is in it. */
static void rank_classes(worker *w) {
    const pack *k = w->k;
    w->ranks = ARENA_ARRAY(&w->arena, uint16_t, k->classes.len);
    for (uint32_t i = 0; i < k->classes.len; i++) w->ranks[i] = RANK_TELLING;
    for (uint32_t i = 0; i < k->rules.len; i++) {
        if (k->rules.at[i].type != NONE) w->ranks[k->rules.at[i].type] = RANK_MENTION;
    }
    for (size_t i = 0; common_words[i]; i++) {
        uint32_t word = worker_word(w, str_of(common_words[i]));
        const class_set *s = &w->sets.classes.at[w->words.list.at[word].classes];
        for (uint32_t j = 0; j < s->count; j++) w->ranks[s->ids[j]] = RANK_COMMON;
    }
}

worker *worker_new(const pack *k) {
    worker *w = calloc(1, sizeof *w);
    if (!w) abort();
    w->k = k;
    w->matcher = matcher_new();
    w->memo = aligned_alloc(alignof(memo_entry), MEMO_SLOTS * sizeof *w->memo);
    if (!w->memo) abort();
    memset(w->memo, 0, MEMO_SLOTS * sizeof *w->memo);
    words_begin(w);
    w->patterns = ARENA_ARRAY(&w->arena, token_regex *, k->patterns.len + 1);
    for (uint32_t i = 0; i < k->patterns.len; i++) {
        char error[MATCH_ERROR];
        size_t at;
        w->patterns[i] = token_regex_new(k->patterns.at[i].regex, error,
                                         &at); /* the loader has refused those that do not compile */
    }
    w->patterns_of = ARENA_ARRAY(&w->arena, pattern_list, BEYOND_ASCII + 1);
    w->phases = ARENA_ARRAY(&w->arena, phase_state, k->phases.len + 1);
    rank_classes(w);
    for (uint32_t i = 0; i < k->phases.len; i++) phase_prepare(w, i);
    atoms_seal(w);
    return w;
}

void worker_free(worker *w) {
    if (!w) return;
    for (uint32_t i = 0; i < w->k->phases.len; i++) {
        const phase *p = &w->k->phases.at[i];
        for (uint32_t j = p->first_rule; j < p->end_rule; j++)
            symbol_regex_free(w->phases[i].rules[j - p->first_rule].code);
        arena_free(&w->phases[i].automaton.arena);
    }
    for (uint32_t i = 0; i < w->k->patterns.len; i++) token_regex_free(w->patterns[i]);
    matcher_free(w->matcher);
    free(w->memo);
    arena_free(&w->words.arena);
    arena_free(&w->arena);
    free(w);
}

const pack *worker_pack(const worker *w) { return w->k; }

void worker_set_trace(worker *w, const worker_trace *trace) { w->trace = trace; }

void worker_note_trouble(worker *w, uint32_t id, int code, str document_id) {
    for (uint32_t i = 0; i < w->troubles.len; i++) {
        worker_trouble *t = &w->troubles.at[i];
        if (t->rule == id && t->code == code) {
            t->count++;
            return;
        }
    }
    *VEC_PUSH(&w->arena, &w->troubles) = (worker_trouble){id, code, 1, arena_copy(&w->arena, document_id)};
}

const worker_trouble *worker_troubles(const worker *w, size_t *count) {
    *count = w->troubles.len;
    return w->troubles.at;
}

bool mention_is(const worker *w, const mention *m, known_class known) {
    uint32_t class = w->k->known[known];
    return class != NONE && worker_set_has(w, m->classes, class);
}
