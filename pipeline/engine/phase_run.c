/* A phase over a sentence: which rules may run, what they match, which match wins, what becomes of it. */
#include <string.h>
#include <time.h>

#include "base/measure.h"
#include "engine/runtime.h"

enum { SENTENCES_TO_LEARN = 4096 };

typedef struct run {
    worker *w;
    document *d;
    uint32_t sentence, at;
    uint32_t count;      /* symbols */
    bool read;           /* the subject is there */
    uint32_t subject_of; /* the rule in whose units it is there too, or NONE */
    hit_list *next;      /* a rule's next match, for the rules that may run */
    hit_list *chosen;
} run;

/* ---- needs: of a sentence for all phases at once, since most phases have nothing to do in most sentences */

static void meet_needs(worker *w, uint64_t *have, uint32_t set) {
    const uint64_t *met = atoms_met(w, set);
    for (uint32_t i = 0; i < w->atoms.need_words; i += NEED_STEP) {
        for (uint32_t j = 0; j < NEED_STEP; j++) have[i + j] |= met[i + j];
    }
}

/* Folding only adds to what a sentence has: a rule that runs for the sake of a word that is folded away does not match.
 */
static void read_needs(worker *w, document *d, sentence *s) {
    if (s->met && !w->trace) return;
    s->met = ARENA_ARRAY(d->arena, uint64_t, w->atoms.need_words);
    for (uint32_t i = 0; i < s->symbol_count; i++) meet_needs(w, s->met, s->symbols[i].classes);
}

/* Which needs are rare is learned from the first sentences; it changes what is asked first, never what matches. */
static void count_needs(worker *w, const sentence *s) {
    for (uint32_t i = 0; i < w->atoms.needs.len; i++) w->need_seen[i] += bits_have(s->met, i);
    if (++w->sentences_seen != SENTENCES_TO_LEARN) return;
    for (uint32_t i = 0; i < w->k->phases.len; i++) phase_choose_keys(w, i);
}

/* From the keys that the sentence meets to their rules, so that a rule whose key is not there costs nothing. False: no
   rule may run. */
static bool find_candidates(const phase_state *p, const uint64_t *have, uint32_t words) {
    uint64_t any = 0;
    for (uint32_t i = 0; i < words; i++) any |= have[i] & p->keys[i];
    if (!any) return false;
    for (uint32_t j = 0; j < p->rule_words; j++) p->candidates[j] = 0;
    for (uint32_t i = 0; i < words; i++) {
        for (uint64_t rest = have[i] & p->keys[i]; rest; rest &= rest - 1) {
            const uint64_t *rules = &p->rules_of_key[(i * 64 + (uint32_t)__builtin_ctzll(rest)) * p->rule_words];
            for (uint32_t j = 0; j < p->rule_words; j++) p->candidates[j] |= rules[j];
        }
    }
    return true;
}

static bool has_needs(const uint64_t *have, const phase_state *p, uint32_t i, uint32_t words) {
    const uint64_t *want = &p->rule_needs[i * words];
    uint64_t lacking = 0;
    for (uint32_t j = 0; j < words; j += NEED_STEP) {
        for (uint32_t k = 0; k < NEED_STEP; k++) lacking |= want[j + k] & ~have[j + k];
    }
    return lacking == 0;
}

/* The subject: a unit for each symbol. */
static void read_units(run *x) {
    const sentence *s = &x->d->sentences.at[x->sentence];
    if (x->read) return;
    phase_read_units(x->w, x->at, s->symbols, s->symbol_count, x->w->subject);
    x->count = s->symbol_count;
    x->read = true;
}

static rule_state *state_of(const run *x, uint32_t id) {
    return &x->w->phases[x->at].rules[id - x->w->k->phases.at[x->at].first_rule];
}

/* The first match that begins at `from` or later and is not empty. Trouble is noted and ends the rule for this
 * sentence. */
static bool find(run *x, uint32_t id, uint32_t from, span_match *m) {
    rule_state *r = state_of(x, id);
    worker *w = x->w;
    if (x->subject_of != id && !phase_read_rule(w, x->at, id, w->subject, x->count, w->rule_subject)) return false;
    x->subject_of = id;
    while (from < x->count) {
        int found = symbol_regex_find(w->matcher, r->code, w->rule_subject, x->count, from, m);
        if (found < 0) worker_note_trouble(w, id, found, x->d->id);
        if (found <= 0) return false;
        if (m->groups[0].end > m->groups[0].begin) return true;
        from = m->groups[0].begin + 1;
    }
    return false;
}

/* Whether the rest of the sentence can hold another match: asking for the rule's key is cheaper than the expression. */
static bool rest_has_key(run *x, uint32_t id, uint32_t from) {
    const sentence *s = &x->d->sentences.at[x->sentence];
    uint32_t key = x->w->phases[x->at].key_of_rule[id - x->w->k->phases.at[x->at].first_rule];
    for (uint32_t i = from; i < x->count; i++) {
        if (bits_have(atoms_met(x->w, s->symbols[i].classes), key)) return true;
    }
    return false;
}

static hit next_hit(run *x, uint32_t id, uint32_t from) {
    MEASURE("rule", x->w->k->rules.at[id].name);
    span_match m;
    if (from && !rest_has_key(x, id, from)) return (hit){.rule = NONE};
    if (!find(x, id, from, &m)) return (hit){.rule = NONE};
    match_span *groups = arena_raw(x->d->arena, m.group_count * sizeof *groups, alignof(match_span));
    memcpy(groups, m.groups, m.group_count * sizeof *groups);
    return (hit){id, m.groups[0].begin, m.groups[0].end, m.group_count, groups};
}

/* ---- mentions from matches */

/* The stretch of a role: of the first of its groups that took part. NULL: none did. */
static const match_span *span_of_role(const hit *h, const rule_state *r, uint32_t wanted) {
    for (uint32_t g = 1; g < h->group_count && g <= r->group_count; g++) {
        const match_span *s = &h->groups[g];
        if (r->group_role[g] == wanted && s->begin != NONE && s->end > s->begin) return s;
    }
    return NULL;
}

static void add_slot(run *x, mention *m, const emit_item *e, const match_span *s) {
    const symbol *symbols = x->d->sentences.at[x->sentence].symbols;
    const symbol *first = &symbols[s->begin], *last = &symbols[s->end - 1];
    bool one = first == last;
    m->slots[m->slot_count++] = (slot){.key = e->key,
                                       .first = first->first,
                                       .end = last->end,
                                       .mention = one ? first->mention : NONE,
                                       .readings = one ? first->readings : NONE};
}

/* The class set of a rule's mentions, with what it carries from a symbol of class set `from` (NONE: nothing). */
static uint32_t classes_of(worker *w, uint32_t id, uint32_t from) {
    emitted_set *e = &w->emitted[(id * 31 + from) % EMITTED_SLOTS];
    if (e->rule == id + 1 && e->from == from) return e->set;
    const rule *r = &w->k->rules.at[id];
    uint32_t classes[256], count = 0;
    classes[count++] = r->type;
    for (uint32_t i = 0; i < r->emit_count && count < 256; i++) {
        if (r->emits[i].kind == EMIT_CLASS) classes[count++] = r->emits[i].key;
    }
    const class_set *set = from == NONE ? NULL : &w->sets.classes.at[from];
    for (uint32_t j = 0; set && j < set->count && count < 256; j++) classes[count++] = set->ids[j];
    *e = (emitted_set){id + 1, from, sets_classes(w, classes, count)};
    return e->set;
}

static void fill(run *x, mention *m, const rule *r, rule_state *state, const hit *h) {
    arena *a = x->d->arena;
    uint32_t from = NONE;
    m->slots = ARENA_ARRAY(a, slot, r->emit_count);
    m->attributes = ARENA_ARRAY(a, attribute, r->emit_count);
    for (uint32_t i = 0; i < r->emit_count; i++) {
        const emit_item *e = &r->emits[i];
        if (e->kind == EMIT_LITERAL) m->attributes[m->attribute_count++] = (attribute){e->key, e->literal};
        if (e->kind != EMIT_SLOT && e->kind != EMIT_CARRY) continue;
        const match_span *span = span_of_role(h, state, e->role);
        if (!span) continue;
        if (e->kind == EMIT_SLOT) {
            add_slot(x, m, e, span);
        } else {
            const symbol *carried = &x->d->sentences.at[x->sentence].symbols[span->end - 1];
            from = from == NONE ? carried->classes : sets_union(x->w, from, carried->classes);
            m->readings = carried->readings;
        }
    }
    m->classes = classes_of(x->w, h->rule, from);
}

static uint32_t make_mention(run *x, const hit *h) {
    const rule *r = &x->w->k->rules.at[h->rule];
    const sentence *s = &x->d->sentences.at[x->sentence];
    mention *m = VEC_PUSH(x->d->arena, &x->d->mentions);
    *m = (mention){.type = r->type,
                   .rule = h->rule,
                   .first = s->symbols[h->begin].first,
                   .end = s->symbols[h->end - 1].end,
                   .sentence = x->sentence,
                   .parent = NONE,
                   .entity = NONE,
                   .readings = NONE,
                   .relation = x->w->k->phases.at[x->at].stage == STAGE_RELATE};
    fill(x, m, r, state_of(x, h->rule), h);
    return x->d->mentions.len - 1;
}

/* ---- fold: left to right, the longest match, then file order */

static const hit *leftmost_longest(const run *x) {
    const hit *best = NULL;
    for (uint32_t i = 0; i < x->next->len; i++) {
        const hit *h = &x->next->at[i];
        if (h->rule == NONE) continue;
        if (!best || h->begin < best->begin || (h->begin == best->begin && h->end > best->end)) best = h;
    }
    return best;
}

static void choose(run *x) {
    for (const hit *best; (best = leftmost_longest(x));) {
        hit taken = *best;
        *VEC_PUSH(&x->w->arena, x->chosen) = taken;
        for (uint32_t i = 0; i < x->next->len; i++) {
            hit *h = &x->next->at[i];
            if (h->rule != NONE && h->begin < taken.end) *h = next_hit(x, h->rule, taken.end);
        }
    }
}

/* The mentions first: what a rule captures by looking around stands where symbols move together afterwards. */
static void fold(run *x) {
    sentence *s = &x->d->sentences.at[x->sentence];
    uint32_t used = 0, from = 0, first = x->d->mentions.len, id = first;
    bool moved = false; /* until the first fold of several symbols, each stays in its place */
    for (uint32_t i = 0; i < x->chosen->len; i++) {
        const hit *h = &x->chosen->at[i];
        if (x->w->k->rules.at[h->rule].type != NONE) make_mention(x, h);
    }
    if (x->d->mentions.len == first) return;
    for (uint32_t i = 0; i < x->chosen->len; i++) {
        const hit *h = &x->chosen->at[i];
        if (x->w->k->rules.at[h->rule].type == NONE) continue; /* emit nothing: the words stay as they are */
        if (moved) memmove(&s->symbols[used], &s->symbols[from], (h->begin - from) * sizeof *s->symbols);
        used += h->begin - from;
        from = h->begin;
        moved = moved || h->end > h->begin + 1;
        for (; from < h->end; from++) {
            if (s->symbols[from].mention != NONE) x->d->mentions.at[s->symbols[from].mention].parent = id;
        }
        const mention *m = &x->d->mentions.at[id];
        s->symbols[used++] = (symbol){
            .first = m->first, .end = m->end, .classes = m->classes, .readings = m->readings, .mention = id++};
        meet_needs(x->w, s->met, m->classes);
    }
    if (moved) memmove(&s->symbols[used], &s->symbols[from], (s->symbol_count - from) * sizeof *s->symbols);
    s->symbol_count = used + (s->symbol_count - from);
}

/* ---- find: every match of every rule, but for those that a rule which emits nothing overlaps */

static void gather(run *x, uint32_t id) {
    uint32_t from = 0;
    for (hit h; (h = next_hit(x, id, from)).rule != NONE; from = h.end) *VEC_PUSH(&x->w->arena, x->chosen) = h;
}

static bool suppressed(const run *x, const hit *h) {
    for (uint32_t i = 0; i < x->chosen->len; i++) {
        const hit *o = &x->chosen->at[i];
        if (x->w->k->rules.at[o->rule].type == NONE && o->begin < h->end && h->begin < o->end) return true;
    }
    return false;
}

static void emit_found(run *x) {
    for (uint32_t i = 1; i < x->chosen->len; i++) { /* by place, then by file order */
        for (uint32_t j = i; j > 0 && x->chosen->at[j].begin < x->chosen->at[j - 1].begin; j--) {
            hit other = x->chosen->at[j];
            x->chosen->at[j] = x->chosen->at[j - 1];
            x->chosen->at[j - 1] = other;
        }
    }
    for (uint32_t i = 0; i < x->chosen->len; i++) {
        const hit *h = &x->chosen->at[i];
        if (x->w->k->rules.at[h->rule].type != NONE && !suppressed(x, h)) make_mention(x, h);
    }
}

/* One rule over the sentence: all that it finds, or its first match. */
static uint32_t run_rule(run *x, uint32_t id, bool all) {
    uint32_t before = x->chosen->len;
    read_units(x);
    if (all) {
        gather(x, id);
        return x->chosen->len - before;
    }
    hit first = next_hit(x, id, 0);
    if (first.rule != NONE) *VEC_PUSH(&x->w->arena, x->next) = first;
    return first.rule != NONE;
}

/* In file order, which decides between matches of one length. */
static void run_candidates(run *x, const uint64_t *have) {
    const phase *p = &x->w->k->phases.at[x->at];
    const phase_state *state = &x->w->phases[x->at];
    for (uint32_t j = 0; j < state->rule_words; j++) {
        for (uint64_t rest = state->candidates[j]; rest; rest &= rest - 1) {
            uint32_t i = j * 64 + (uint32_t)__builtin_ctzll(rest);
            if (has_needs(have, state, i, x->w->atoms.need_words))
                run_rule(x, p->first_rule + i, p->mode == PHASE_FIND);
        }
    }
}

static void run_traced(run *x, const uint64_t *have) {
    worker *w = x->w;
    const phase *p = &w->k->phases.at[x->at];
    for (uint32_t id = p->first_rule; id < p->end_rule; id++) {
        bool triggered = has_needs(have, &w->phases[x->at], id - p->first_rule, w->atoms.need_words);
        uint32_t matches = triggered ? run_rule(x, id, p->mode == PHASE_FIND) : 0;
        w->trace->rule(w->trace->context, x->d, x->sentence, id, triggered, matches);
    }
}

void worker_run_phase(worker *w, document *d, uint32_t in, uint32_t at) {
    run x = {.w = w, .d = d, .sentence = in, .at = at, .subject_of = NONE, .next = &w->next, .chosen = &w->chosen};
    const phase *p = &w->k->phases.at[at];
    const phase_state *state = &w->phases[at];
    sentence *s = &d->sentences.at[in];
    uint32_t words = w->atoms.need_words;
    read_needs(w, d, s);
    if (at + 1 == w->k->phases.len && w->sentences_seen < SENTENCES_TO_LEARN) count_needs(w, s);
    w->next.len = w->chosen.len = 0;
    if (w->trace)
        run_traced(&x, s->met);
    else if (find_candidates(state, s->met, words))
        run_candidates(&x, s->met);
    else
        return;
    if (p->mode == PHASE_FIND) {
        emit_found(&x);
    } else if (x.next->len) {
        choose(&x);
        fold(&x);
    }
}

uint64_t worker_match_cost(worker *w, document *d, uint32_t in, uint32_t id) {
    run x = {.w = w, .d = d, .sentence = in, .at = w->k->rules.at[id].phase, .subject_of = NONE};
    uint64_t least = UINT64_MAX;
    read_units(&x);
    for (int turn = 0; turn < 7; turn++) {
        struct timespec begin, end;
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &begin);
        uint32_t from = 0;
        for (hit h; (h = next_hit(&x, id, from)).rule != NONE; from = h.end) continue;
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &end);
        uint64_t took = (uint64_t)(end.tv_sec - begin.tv_sec) * 1000000000u + (uint64_t)end.tv_nsec -
                        (uint64_t)begin.tv_nsec;
        if (took < least) least = took;
    }
    return least;
}
