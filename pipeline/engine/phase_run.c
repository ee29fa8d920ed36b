/* A phase over a sentence: which rules may run, what they match, which match wins, what becomes of it. */
#include <string.h>
#include <time.h>

#include "base/measure.h"
#include "engine/runtime.h"

typedef struct run {
    worker *w;
    document *d;
    uint32_t sentence, at;
    uint32_t count; /* symbols */
    const symbol *symbols;
    const uint16_t *units; /* by class set, `stride` apart */
    uint32_t stride;
    phase_state *state;
    uint64_t bit;                     /* of the phase, in what symbols open */
    uint32_t only;                    /* as if its phase had only this rule, or NONE */
    uint32_t keys;                    /* those in the sentence */
    uint32_t subject_of, subject_end; /* the rule in whose units the subject is there too, or NONE, and up to where */
    hit_list *chosen;
} run;

/* ---- matches */

static const uint16_t *unit_of(const run *x, uint32_t at) {
    return &x->units[(size_t)x->symbols[at].classes * x->stride];
}

/* The symbols at which a rule may begin, to judge by them and the next ones; without a branch for the many at which
   none does. */
static uint32_t list_starts(const run *x) {
    uint16_t *starts = x->w->starts;
    uint32_t open = 0, count = 0;
    for (uint32_t i = 0; i < x->count; i++) {
        starts[open] = (uint16_t)i;
        open += (x->symbols[i].opens & x->bit) != 0;
    }
    for (uint32_t i = 0; i < open; i++) {
        uint16_t at = starts[i], next = at + 1u < x->count ? *unit_of(x, at + 1u) : 0;
        starts[count] = at;
        count += automaton_goes_on(&x->state->automaton, x->keys, x->state->first_edges.at[*unit_of(x, at)], next);
    }
    return count;
}

/* Whether a rule may match from a symbol on; then state->may says which. */
static inline bool may_match(const run *x, uint32_t from) {
    phase_state *p = x->state;
    const symbol *s = x->symbols + from;
    uint32_t edge = p->first_edges.at[*unit_of(x, from)];
    if (!automaton_run(&p->automaton, x->keys, edge, x->units, x->stride, s, x->count - from, p->may)) return false;
    for (uint32_t j = 0; j < p->rule_words && x->only != NONE; j++)
        p->may[j] &= j == x->only / 64 ? (uint64_t)1 << (x->only % 64) : 0;
    return true;
}

/* A match of a rule that begins at a symbol and depends on the symbols [begin,end). Trouble is noted and is no match.
 */
static bool ask(run *x, uint32_t id, uint32_t begin, uint32_t end, uint32_t from, span_match *m) {
    worker *w = x->w;
    symbol_regex *code = w->phases[x->at].rules[id - w->k->phases.at[x->at].first_rule].code;
    memo_entry *known = NULL;
    memo_key key;
    if (memo_key_of(&key, id, w->subject, x->count, begin, end, from)) {
        known = memo_place(w->memo, &key);
        if (memo_knows(known, &key)) return memo_tell(known, begin, m);
    }
    int found = symbol_regex_match(w->matcher, code, w->subject, end, from, m);
    if (found < 0) worker_note_trouble(w, id, found, x->d->id);
    if (found >= 0 && known) memo_learn(known, &key, begin, found ? m : NULL);
    return found > 0;
}

/* Up to where a closed rule can look. */
static uint32_t first_plain(const uint16_t *subject, uint32_t from, uint32_t end) {
    while (from < end && subject[from] != PLAIN) from++;
    return from < end ? from + 1 : end;
}

/* The match of a rule that begins at a symbol and is not empty. */
static bool match_at(run *x, uint32_t i, uint32_t from, span_match *m) {
    worker *w = x->w;
    uint32_t id = w->k->phases.at[x->at].first_rule + i;
    MEASURE("rule", w->k->rules.at[id].name);
    const skeleton *one = &x->state->automaton.skeletons[i];
    uint32_t begin = from > one->back ? from - one->back : 0, unread = begin;
    uint32_t end = one->reach < x->count - from ? from + one->reach + 1 : x->count; /* one more: no $ is there */
    if (end > x->count) end = x->count;
    if (x->subject_of == id && begin < x->subject_end) unread = x->subject_end; /* the same rule, further on */
    if (!phase_read_rule(w, x->at, id, x->symbols, unread, end, w->subject)) return false;
    if (x->subject_of != id || end > x->subject_end) x->subject_end = end;
    x->subject_of = id;
    if (x->state->rules[i].closed) end = first_plain(w->subject, from, end);
    return ask(x, id, begin, end, from, m) && m->groups[0].end > from;
}

static void keep(run *x, uint32_t i, const span_match *m) {
    match_span *groups = arena_raw(x->d->arena, m->group_count * sizeof *groups, alignof(match_span));
    memcpy(groups, m->groups, m->group_count * sizeof *groups);
    *VEC_PUSH(&x->w->arena, x->chosen) = (hit){.rule = x->w->k->phases.at[x->at].first_rule + i,
                                               .begin = m->groups[0].begin,
                                               .end = m->groups[0].end,
                                               .group_count = m->group_count,
                                               .groups = groups};
}

/* fold: left to right, the longest match, then file order. */
static void choose(run *x) {
    span_match found[2];
    uint32_t count = list_starts(x), next = 0;
    for (uint32_t s = 0; s < count; s++) {
        uint32_t from = x->w->starts[s], best = NONE, spare = 0;
        if (from < next || !may_match(x, from)) continue;
        next = from + 1;
        for (uint32_t j = 0; j < x->state->rule_words; j++) {
            for (uint64_t rest = x->state->may[j]; rest; rest &= rest - 1) {
                uint32_t i = j * 64 + (uint32_t)__builtin_ctzll(rest);
                if (!match_at(x, i, from, &found[spare])) continue;
                if (best != NONE && found[spare].groups[0].end <= next) continue;
                best = i;
                next = found[spare].groups[0].end;
                spare ^= 1;
            }
        }
        if (best != NONE) keep(x, best, &found[spare ^ 1]);
    }
}

/* find: every match of every rule, by place, then in file order. */
static void gather(run *x) {
    span_match found;
    uint32_t *resume = x->state->resume;
    memset(resume, 0, x->state->rule_words * 64 * sizeof *resume);
    uint32_t count = list_starts(x);
    for (uint32_t s = 0; s < count; s++) {
        uint32_t from = x->w->starts[s];
        if (!may_match(x, from)) continue;
        for (uint32_t j = 0; j < x->state->rule_words; j++) {
            for (uint64_t rest = x->state->may[j]; rest; rest &= rest - 1) {
                uint32_t i = j * 64 + (uint32_t)__builtin_ctzll(rest);
                if (from < resume[i] || !match_at(x, i, from, &found)) continue;
                resume[i] = found.groups[0].end;
                keep(x, i, &found);
            }
        }
    }
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
    m->slots = arena_raw(a, state->slot_count * sizeof *m->slots, alignof(slot));
    m->attributes = state->literals;
    m->attribute_count = (uint16_t)state->literal_count;
    for (uint32_t i = 0; i < r->emit_count; i++) {
        const emit_item *e = &r->emits[i];
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
    fill(x, m, r, &x->state->rules[h->rule - x->w->k->phases.at[x->at].first_rule], h);
    return x->d->mentions.len - 1;
}

static uint32_t keys_of(const sentence *s, uint32_t at) { return s->keys[at / 4].of[at % 4]; }

static inline void meet(worker *w, sentence *s, symbol *y, uint32_t rows) {
    const set_line *line = atoms_of_set(w, y->classes);
    const key_row *keys = &w->atoms.keys.at[line->keys * rows];
    s->opens |= y->opens = line->opens;
    for (uint32_t i = 0; i < rows; i++) s->keys[i].of |= keys[i].of;
}

/* What a sentence has, to judge by its symbols one by one: most rules have nothing to do in most sentences. Folding
   only adds to it: a rule that runs for the sake of a word that is folded away does not match. */
static void look_over(worker *w, document *d, sentence *s) {
    s->keys = ARENA_ARRAY(d->arena, key_row, key_rows(w));
    uint32_t rows = key_rows(w);
    for (uint32_t i = 0; i < s->symbol_count; i++) meet(w, s, &s->symbols[i], rows);
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
        s->symbols[used] = (symbol){
            .first = m->first, .end = m->end, .classes = m->classes, .readings = m->readings, .mention = id++};
        meet(x->w, s, &s->symbols[used++], key_rows(x->w));
    }
    if (moved) memmove(&s->symbols[used], &s->symbols[from], (s->symbol_count - from) * sizeof *s->symbols);
    s->symbol_count = used + (s->symbol_count - from);
}

/* What is found, but for what a rule which emits nothing overlaps. */
static bool suppressed(const run *x, const hit *h) {
    for (uint32_t i = 0; i < x->chosen->len; i++) {
        const hit *o = &x->chosen->at[i];
        if (x->w->k->rules.at[o->rule].type == NONE && o->begin < h->end && h->begin < o->end) return true;
    }
    return false;
}

static void emit_found(run *x) {
    for (uint32_t i = 0; i < x->chosen->len; i++) {
        const hit *h = &x->chosen->at[i];
        if (x->w->k->rules.at[h->rule].type != NONE && !suppressed(x, h)) make_mention(x, h);
    }
}

static run begin_run(worker *w, document *d, uint32_t in, uint32_t at, uint32_t only) {
    const sentence *s = &d->sentences.at[in];
    if (w->phases[at].automaton.full) phase_begin(w, at);
    w->chosen.len = 0;
    return (run){.w = w,
                 .d = d,
                 .sentence = in,
                 .at = at,
                 .count = s->symbol_count,
                 .symbols = s->symbols,
                 .units = &set_line_at(w, 0)->units[at],
                 .stride = unit_stride(w),
                 .state = &w->phases[at],
                 .bit = phase_bit(at),
                 .only = only,
                 .keys = keys_of(s, at),
                 .subject_of = NONE,
                 .chosen = &w->chosen};
}

static run begin_alone(worker *w, document *d, uint32_t in, uint32_t id) {
    uint32_t at = w->k->rules.at[id].phase;
    return begin_run(w, d, in, at, id - w->k->phases.at[at].first_rule);
}

/* Whether a sentence has all that every match of a rule must have. */
static bool is_triggered(const run *x, uint32_t id) {
    need *needs;
    const rule *r = &x->w->k->rules.at[id];
    const uint32_t *atoms = x->state->rules[x->only].atoms;
    uint32_t count = pattern_needs(x->d->arena, x->w->k, r, true, &needs), met = 0;
    for (uint32_t i = 0; i < count; i++) {
        bool found = false;
        for (uint32_t at = 0; at < x->count && !found; at++) {
            const uint64_t *holding = x->state->signatures.at[*unit_of(x, at) - 1];
            for (uint32_t j = 0; j < needs[i].count && !found; j++)
                found = bits_have(holding, atoms[needs[i].atoms[j]]);
        }
        met += found;
    }
    return met == count;
}

static __attribute__((noinline)) void trace(worker *w, document *d, uint32_t in, uint32_t at) {
    const phase *p = &w->k->phases.at[at];
    for (uint32_t id = p->first_rule; id < p->end_rule; id++) {
        run x = begin_alone(w, d, in, id);
        bool triggered = is_triggered(&x, id);
        if (triggered) gather(&x);
        w->trace->rule(w->trace->context, d, in, id, triggered, x.chosen->len);
    }
}

static __attribute__((noinline)) void run_phase(worker *w, document *d, uint32_t in, uint32_t at) {
    run x = begin_run(w, d, in, at, NONE);
    if (w->k->phases.at[at].mode == PHASE_FIND) {
        gather(&x);
        emit_found(&x);
    } else {
        choose(&x);
        fold(&x);
    }
}

void worker_run_phase(worker *w, document *d, uint32_t in, uint32_t at) {
    sentence *s = &d->sentences.at[in];
    if (!s->keys) look_over(w, d, s);
    if (w->trace) trace(w, d, in, at);
    if (s->opens & phase_bit(at) && automaton_begins(&w->phases[at].automaton, keys_of(s, at))) run_phase(w, d, in, at);
}

/* The expression of one rule, where its first two symbols are there: as gather does when no more is spared. */
static void ask_everywhere(run *x) {
    span_match found;
    uint32_t count = list_starts(x), next = 0;
    for (uint32_t s = 0; s < count; s++) {
        uint32_t from = x->w->starts[s];
        if (from >= next && match_at(x, x->only, from, &found)) next = found.groups[0].end;
    }
}

uint64_t worker_match_cost(worker *w, document *d, uint32_t in, uint32_t id) {
    uint64_t least = UINT64_MAX;
    if (!d->sentences.at[in].keys) look_over(w, d, &d->sentences.at[in]);
    run x = begin_alone(w, d, in, id);
    for (int turn = 0; turn < 7; turn++) {
        struct timespec begin, end;
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &begin);
        ask_everywhere(&x);
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &end);
        uint64_t took = (uint64_t)(end.tv_sec - begin.tv_sec) * 1000000000u + (uint64_t)end.tv_nsec -
                        (uint64_t)begin.tv_nsec;
        if (took < least) least = took;
    }
    return least;
}
