/* How the cost of a rule grows with the length of a sentence. A rule is given sentences of twice and four times as many
   symbols: those of its own examples over and over, one pass through its pattern, and for each of its long repeats a
   symbol that the repeat takes; each also with an end that keeps the last symbol of the pattern just out of reach.
   Linear growth doubles the cost; what comes to 2.6 times at both doublings is refused. */
#include "engine/checker.h"
#include "engine/pattern.h"

enum { LONG_REPEAT = 8, PUMPS_MOST = 48, ROOM = 64, TRIES = 3, GROWTH_TENTHS = 26, LEAST_NANOSECONDS = 40000 };

/* Class sets: a head, a stretch that is repeated, a tail. */
typedef struct pump {
    uint32_t *sets;
    uint32_t head, cycle, tail;
} pump;

typedef struct pump_list {
    VEC(pump) list;
    VEC(uint32_t) head;   /* class sets of the first example */
    uint32_t plain, last; /* class sets: of a symbol without classes, of the pattern's last symbol */
} pump_list;

static document pumped(checker *c, const pump *p, uint32_t length) {
    document d = {.arena = &c->arena, .id = STR("growth")};
    symbol *out = ARENA_ARRAY(&c->arena, symbol, length);
    for (uint32_t i = 0; i < length; i++) {
        uint32_t at = i < p->head ? i : p->head + (i - p->head) % p->cycle;
        if (length - i <= p->tail) at = p->head + p->cycle + p->tail - (length - i);
        out[i] = (symbol){.first = i, .end = i + 1, .classes = p->sets[at], .readings = NONE, .mention = NONE};
    }
    *VEC_PUSH(&c->arena, &d.sentences) = (sentence){.end = length, .symbols = out, .symbol_count = length};
    return d;
}

static bool explodes(checker *c, uint32_t id, const pump *p) {
    uint64_t cost[3];
    for (uint32_t i = 0; i < 3; i++) {
        document d = pumped(c, p, (uint32_t)SENTENCE_TOKENS >> (2 - i));
        cost[i] = worker_match_cost(c->w, &d, 0, id);
    }
    return cost[2] > LEAST_NANOSECONDS && cost[1] * 10 > cost[0] * GROWTH_TENTHS &&
           cost[2] * 10 > cost[1] * GROWTH_TENTHS;
}

/* ---- symbols to repeat */

static void add_pump(checker *c, pump_list *x, const uint32_t *sets, uint32_t head, uint32_t count) {
    for (uint32_t tail = 0; tail <= 2 && head < count && x->list.len < PUMPS_MOST; tail += 2) {
        uint32_t *copy = ARENA_ARRAY(&c->arena, uint32_t, count + 2);
        for (uint32_t i = 0; i < count; i++) copy[i] = sets[i];
        copy[count] = x->plain;
        copy[count + 1] = x->last;
        *VEC_PUSH(&c->arena, &x->list) = (pump){copy, head, count - head, tail};
    }
}

typedef struct chosen {
    const uint32_t *classes;
    uint32_t count;
} chosen;

static bool is_chosen(const void *context, uint32_t class) {
    const chosen *x = context;
    for (uint32_t i = 0; i < x->count; i++) {
        if (x->classes[i] == class) return true;
    }
    return false;
}

static uint32_t plain_set(checker *c) {
    uint32_t none = 0;
    return worker_class_set(c->w, &none, 0);
}

/* A smallest class set for which the atom holds: none, one or two of the classes it names. NONE: it wants more. */
static uint32_t set_for(checker *c, const expr *e) {
    uint32_t pick[2] = {0};
    chosen x = {pick, 0};
    if (expr_holds(e, is_chosen, &x)) return worker_class_set(c->w, pick, 0);
    for (uint32_t i = 0; i < e->len; i++) {
        for (uint32_t j = i; j < e->len; j++) {
            if (e->code[i].op != EXPR_CLASS || e->code[j].op != EXPR_CLASS) continue;
            pick[0] = e->code[i].class, pick[1] = e->code[j].class;
            x.count = i == j ? 1 : 2;
            if (expr_holds(e, is_chosen, &x)) return worker_class_set(c->w, pick, x.count);
        }
    }
    return NONE;
}

/* The symbols of one pass through a node: of a choice the first branch, of a repeat one turn. */
static void add_sets(checker *c, const rule *r, const node *n, uint32_t *sets, uint32_t room, uint32_t *count) {
    if (*count >= room || (n->kind == NODE_LOOK && n->opening[2] != '>')) return;
    if (n->kind == NODE_ATOM || n->kind == NODE_ANY) {
        uint32_t set = n->kind == NODE_ATOM ? set_for(c, &r->atoms[n->atom]) : plain_set(c);
        if (set != NONE) sets[(*count)++] = set;
        return;
    }
    uint32_t children = n->kind == NODE_CHOICE ? 1 : n->child_count;
    for (uint32_t i = 0; i < children; i++) add_sets(c, r, n->children[i], sets, room, count);
}

/* For every long repeat: what it repeats, alone and after the start of the pattern. */
static void add_repeats(checker *c, pump_list *x, const rule *r, const node *n) {
    uint32_t sets[2 * ROOM], head = 0, count;
    if (n->kind == NODE_REPEAT && n->max >= LONG_REPEAT) {
        count = 0;
        add_sets(c, r, n->children[0], sets, ROOM, &count);
        add_pump(c, x, sets, 0, count);
        for (; head < x->head.len && head < ROOM; head++) sets[head] = x->head.at[head];
        count = head;
        add_sets(c, r, n->children[0], sets, 2 * ROOM, &count);
        add_pump(c, x, sets, head, count);
    }
    for (uint32_t i = 0; i < n->child_count; i++) add_repeats(c, x, r, n->children[i]);
}

static void add_example(checker *c, pump_list *x, uint32_t id, const example *e) {
    document d;
    uint32_t *sets = ARENA_ARRAY(&c->arena, uint32_t, SENTENCE_TOKENS), count = 0;
    if (!check_document(c, e, &d)) return;
    check_phases(c, &d, c->k->rules.at[id].phase);
    for (uint32_t s = 0; s < d.sentences.len; s++) {
        for (uint32_t i = 0; i < d.sentences.at[s].symbol_count && count < SENTENCE_TOKENS; i++)
            sets[count++] = d.sentences.at[s].symbols[i].classes;
    }
    add_pump(c, x, sets, 0, count);
    for (uint32_t i = 0; i < count && !x->head.cap; i++) *VEC_PUSH(&c->arena, &x->head) = sets[i];
}

static void add_pass(checker *c, pump_list *x, const rule *r) {
    uint32_t sets[ROOM], count = 0;
    add_sets(c, r, r->pattern, sets, ROOM, &count);
    x->plain = plain_set(c);
    x->last = count ? sets[count - 1] : x->plain;
    add_pump(c, x, sets, 0, count);
    if (count > 1) add_pump(c, x, sets, 0, count - 1);
}

void check_growth(checker *c, uint32_t id) {
    const rule *r = &c->k->rules.at[id];
    pump_list x = {0};
    arena_reset(&c->arena);
    add_pass(c, &x, r);
    for (uint32_t i = 0; i < r->example_count; i++) add_example(c, &x, id, &r->examples[i]);
    add_repeats(c, &x, r, r->pattern);
    for (uint32_t i = 0; i < x.list.len; i++) {
        uint32_t bad = 0;
        while (bad < TRIES && explodes(c, id, &x.list.at[i])) bad++; /* again, so that a busy machine blames nobody */
        if (bad < TRIES) continue;
        problem_at(c->p, c->k, r->where, true,
                   "the cost of this rule explodes with the length of a sentence; give its repeats limits");
        return;
    }
}
