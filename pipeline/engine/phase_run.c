/* A phase over a sentence: which rules may run, what they match, which match wins, what becomes of it. */
#include <string.h>
#include <time.h>

#include "engine/runtime.h"

typedef struct hit {
    uint32_t rule;       /* NONE: no further match */
    uint32_t begin, end; /* symbols */
} hit;

typedef struct run {
    worker *w;
    document *d;
    uint32_t sentence, at;
    uint32_t count;  /* symbols */
    bool read;       /* the subject is there */
    uint16_t newest; /* the highest unit among them */
    VEC(hit) next;   /* a rule's next match, for the rules that may run */
    VEC(hit) chosen;
} run;

/* ---- needs: of a sentence for all phases at once, since most phases have nothing to do in most sentences */

static const uint64_t *ask_needs(worker *w, uint32_t set) {
    size_t at = (size_t)set * w->need_total;
    while (w->set_needs.len < at + w->need_total) *VEC_PUSH(&w->arena, &w->set_needs) = 0;
    while (w->set_asked.len <= set) *VEC_PUSH(&w->arena, &w->set_asked) = false;
    for (uint32_t i = 0; i < w->k->phases.len; i++) {
        const phase_state *p = &w->phases[i];
        uint16_t unit = phase_unit(w, i, set);
        memcpy(&w->set_needs.at[at + p->need_at], &p->unit_needs.at[(unit - 1) * p->need_words],
               p->need_words * sizeof(uint64_t));
    }
    w->set_asked.at[set] = true;
    return &w->set_needs.at[at];
}

static void meet_needs(worker *w, uint32_t set) {
    bool asked = set < w->set_asked.len && w->set_asked.at[set];
    const uint64_t *met = asked ? &w->set_needs.at[(size_t)set * w->need_total] : ask_needs(w, set);
    for (uint32_t i = 0; i < w->need_total; i++) w->have[i] |= met[i];
}

/* Folding only adds to what a sentence has: a rule that runs for the sake of a word that is folded away does not match.
 */
static void read_needs(worker *w, const sentence *s) {
    if (w->have_of && w->have_of == s->symbols && !w->trace) return;
    if (!w->have) w->have = ARENA_ARRAY(&w->arena, uint64_t, w->need_total + 1);
    memset(w->have, 0, w->need_total * sizeof *w->have);
    for (uint32_t i = 0; i < s->symbol_count; i++) meet_needs(w, s->symbols[i].classes);
    w->have_of = s->symbols;
}

static bool has_needs(const uint64_t *have, const uint64_t *want, uint32_t words) {
    uint64_t lacking = want[0] & ~have[0];
    for (uint32_t j = 1; j < words; j++) lacking |= want[j] & ~have[j];
    return lacking == 0;
}

/* The subject: a unit for each symbol. */
static void read_units(run *x) {
    const sentence *s = &x->d->sentences.at[x->sentence];
    if (x->read) return;
    for (uint32_t i = 0; i < s->symbol_count; i++) {
        uint16_t unit = phase_unit(x->w, x->at, s->symbols[i].classes);
        x->w->subject[i] = unit;
        if (unit > x->newest) x->newest = unit;
    }
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
    if (!phase_rule_ready(x->w, x->at, id, x->w->subject, x->count, x->newest)) return false;
    while (from < x->count) {
        int found = symbol_regex_find(x->w->matcher, r->code, x->w->subject, x->count, from, m);
        if (found < 0) worker_note_trouble(x->w, id, found, x->d->id);
        if (found <= 0) return false;
        if (m->end[0] > m->begin[0]) return true;
        from = m->begin[0] + 1;
    }
    return false;
}

static hit next_hit(run *x, uint32_t id, uint32_t from) {
    span_match m;
    return find(x, id, from, &m) ? (hit){id, m.begin[0], m.end[0]} : (hit){NONE, 0, 0};
}

/* ---- mentions from matches */

static void add_slot(run *x, mention *m, const emit_item *e, const span_match *s, const rule_state *r) {
    const sentence *in = &x->d->sentences.at[x->sentence];
    for (uint32_t g = 1; in->symbols && g < s->group_count && g <= r->group_count; g++) {
        if (r->group_role[g] != e->role || s->begin[g] == NONE || s->end[g] <= s->begin[g]) continue;
        const symbol *first = &in->symbols[s->begin[g]], *last = &in->symbols[s->end[g] - 1];
        bool one = first == last;
        m->slots[m->slot_count++] = (slot){.key = e->key,
                                           .first = first->first,
                                           .end = last->end,
                                           .mention = one ? first->mention : NONE,
                                           .readings = one ? first->readings : NONE};
        return;
    }
}

static const symbol *carried(const run *x, const emit_item *e, const span_match *s, const rule_state *r) {
    for (uint32_t g = 1; g < s->group_count && g <= r->group_count; g++) {
        if (r->group_role[g] == e->role && s->begin[g] != NONE && s->end[g] > s->begin[g])
            return &x->d->sentences.at[x->sentence].symbols[s->end[g] - 1];
    }
    return NULL;
}

static void fill(run *x, mention *m, const rule *r, const rule_state *state, const span_match *s) {
    uint32_t classes[256], count = 0;
    arena *a = x->d->arena;
    m->slots = ARENA_ARRAY(a, slot, r->emit_count);
    m->attributes = ARENA_ARRAY(a, attribute, r->emit_count);
    classes[count++] = r->type;
    for (uint32_t i = 0; i < r->emit_count; i++) {
        const emit_item *e = &r->emits[i];
        if (e->kind == EMIT_SLOT) add_slot(x, m, e, s, state);
        if (e->kind == EMIT_LITERAL) m->attributes[m->attribute_count++] = (attribute){e->key, e->literal};
        if (e->kind == EMIT_CLASS && count < 256) classes[count++] = e->key;
        const symbol *from = e->kind == EMIT_CARRY ? carried(x, e, s, state) : NULL;
        if (!from) continue;
        const class_set *set = &x->w->sets.classes.at[from->classes];
        for (uint32_t j = 0; j < set->count && count < 256; j++) classes[count++] = set->ids[j];
        m->readings = from->readings;
    }
    m->classes = sets_classes(x->w, classes, count);
}

/* Adds the mention of a match, which is found again, for its groups. NONE: trouble. */
static uint32_t make_mention(run *x, const hit *h) {
    const rule *r = &x->w->k->rules.at[h->rule];
    const sentence *s = &x->d->sentences.at[x->sentence];
    span_match m;
    if (!find(x, h->rule, h->begin, &m)) return NONE;
    mention out = {.type = r->type,
                   .rule = h->rule,
                   .first = s->symbols[h->begin].first,
                   .end = s->symbols[h->end - 1].end,
                   .sentence = x->sentence,
                   .parent = NONE,
                   .entity = NONE,
                   .readings = NONE,
                   .relation = x->w->k->phases.at[x->at].stage == STAGE_RELATE};
    fill(x, &out, r, state_of(x, h->rule), &m);
    *VEC_PUSH(x->d->arena, &x->d->mentions) = out;
    return x->d->mentions.len - 1;
}

/* ---- fold: left to right, the longest match, then file order */

static const hit *leftmost_longest(const run *x) {
    const hit *best = NULL;
    for (uint32_t i = 0; i < x->next.len; i++) {
        const hit *h = &x->next.at[i];
        if (h->rule == NONE) continue;
        if (!best || h->begin < best->begin || (h->begin == best->begin && h->end > best->end)) best = h;
    }
    return best;
}

static void choose(run *x) {
    for (const hit *best; (best = leftmost_longest(x));) {
        hit taken = *best;
        *VEC_PUSH(x->d->arena, &x->chosen) = taken;
        for (uint32_t i = 0; i < x->next.len; i++) {
            hit *h = &x->next.at[i];
            if (h->rule != NONE && h->begin < taken.end) *h = next_hit(x, h->rule, taken.end);
        }
    }
}

static void fold(run *x) {
    sentence *s = &x->d->sentences.at[x->sentence];
    symbol *out = ARENA_ARRAY(x->d->arena, symbol, s->symbol_count);
    uint32_t used = 0, from = 0, old = x->d->mentions.len;
    for (uint32_t i = 0; i < x->chosen.len; i++) {
        const hit *h = &x->chosen.at[i];
        if (x->w->k->rules.at[h->rule].type == NONE) continue; /* emit nothing: the words stay as they are */
        uint32_t id = make_mention(x, h);
        if (id == NONE) continue;
        for (; from < h->begin; from++) out[used++] = s->symbols[from];
        for (; from < h->end; from++) {
            if (s->symbols[from].mention != NONE) x->d->mentions.at[s->symbols[from].mention].parent = id;
        }
        const mention *m = &x->d->mentions.at[id];
        out[used++] = (symbol){
            .first = m->first, .end = m->end, .classes = m->classes, .readings = m->readings, .mention = id};
    }
    for (; from < s->symbol_count; from++) out[used++] = s->symbols[from];
    for (uint32_t i = 0; i < used; i++) {
        if (out[i].mention != NONE && out[i].mention >= old) meet_needs(x->w, out[i].classes);
    }
    s->symbols = out;
    s->symbol_count = used;
    x->w->have_of = out;
}

/* ---- find: every match of every rule, but for those that a rule which emits nothing overlaps */

static void gather(run *x, uint32_t id) {
    uint32_t from = 0;
    for (hit h; (h = next_hit(x, id, from)).rule != NONE; from = h.end) *VEC_PUSH(x->d->arena, &x->chosen) = h;
}

static bool suppressed(const run *x, const hit *h) {
    for (uint32_t i = 0; i < x->chosen.len; i++) {
        const hit *o = &x->chosen.at[i];
        if (x->w->k->rules.at[o->rule].type == NONE && o->begin < h->end && h->begin < o->end) return true;
    }
    return false;
}

static void emit_found(run *x) {
    for (uint32_t i = 1; i < x->chosen.len; i++) { /* by place, then by file order */
        for (uint32_t j = i; j > 0 && x->chosen.at[j].begin < x->chosen.at[j - 1].begin; j--) {
            hit other = x->chosen.at[j];
            x->chosen.at[j] = x->chosen.at[j - 1];
            x->chosen.at[j - 1] = other;
        }
    }
    for (uint32_t i = 0; i < x->chosen.len; i++) {
        const hit *h = &x->chosen.at[i];
        if (x->w->k->rules.at[h->rule].type != NONE && !suppressed(x, h)) make_mention(x, h);
    }
}

/* One rule over the sentence: all that it finds, or its first match. */
static uint32_t run_rule(run *x, uint32_t id, bool all) {
    uint32_t before = x->chosen.len;
    read_units(x);
    if (all) {
        gather(x, id);
        return x->chosen.len - before;
    }
    hit first = next_hit(x, id, 0);
    if (first.rule != NONE) *VEC_PUSH(x->d->arena, &x->next) = first;
    return first.rule != NONE;
}

void worker_run_phase(worker *w, document *d, uint32_t in, uint32_t at) {
    run x = {.w = w, .d = d, .sentence = in, .at = at};
    const phase *p = &w->k->phases.at[at];
    const phase_state *state = &w->phases[at];
    read_needs(w, &d->sentences.at[in]);
    const uint64_t *have = w->have + state->need_at, *want = state->rule_needs;
    for (uint32_t id = p->first_rule; id < p->end_rule; id++, want += state->need_words) {
        bool triggered = has_needs(have, want, state->need_words);
        uint32_t matches = triggered ? run_rule(&x, id, p->mode == PHASE_FIND) : 0;
        if (w->trace) w->trace->rule(w->trace->context, d, in, id, triggered, matches);
    }
    if (p->mode == PHASE_FIND) {
        emit_found(&x);
    } else if (x.next.len) {
        choose(&x);
        fold(&x);
    }
}

uint64_t worker_match_cost(worker *w, document *d, uint32_t in, uint32_t id) {
    run x = {.w = w, .d = d, .sentence = in, .at = w->k->rules.at[id].phase};
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
