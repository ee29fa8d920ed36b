/* The skeleton of a pattern: the places of its symbols, which may be first and last, and which may follow which
   (V. M. Glushkov, The abstract theory of automata, 1961). It tells cheaply where a match may begin. What a lookaround
   asks for and how often something comes again is left to the expression: a skeleton allows too much, never too
   little. */
#include <string.h>

#include "engine/pattern.h"

enum { EXACT_MOST = 8, PART_MOST = 64 };

typedef struct builder {
    skeleton *out;
    place_set *follow;  /* by place, PLACES_MOST */
    bool exact;         /* a symbol that may be repeated has a place for each time */
    uint32_t part_most; /* symbols of a repeated or optional part that has places of its own */
    bool full;
} builder;

typedef struct part {
    place_set first, last;
    bool nullable;
} part;

static part build(builder *x, const node *n, bool last);

static place_set both(place_set a, place_set b) {
    for (uint32_t i = 0; i < PLACE_WORDS; i++) a.bits[i] |= b.bits[i];
    return a;
}

static void follows(builder *x, const place_set *before, const place_set *after) {
    uint32_t words = (x->out->places + 63) / 64;
    for (uint32_t i = 0; i < words; i++) {
        for (uint64_t rest = before->bits[i]; rest; rest &= rest - 1) {
            place_set *one = &x->follow[i * 64 + (uint32_t)__builtin_ctzll(rest)];
            for (uint32_t j = 0; j < words; j++) one->bits[j] |= after->bits[j];
        }
    }
}

static part one_after(builder *x, part a, part b) {
    follows(x, &a.last, &b.first);
    return (part){a.nullable ? both(a.first, b.first) : a.first, b.nullable ? both(a.last, b.last) : b.last,
                  a.nullable && b.nullable};
}

static part build_children(builder *x, const node *n, bool last) {
    part all = {.nullable = true};
    for (uint32_t i = 0; i < n->child_count; i++)
        all = one_after(x, all, build(x, n->children[i], last && i + 1 == n->child_count));
    return all;
}

static part build_choice(builder *x, const node *n, bool last) {
    part all = {0};
    for (uint32_t i = 0; i < n->child_count; i++) {
        part one = build(x, n->children[i], last);
        all = (part){both(all.first, one.first), both(all.last, one.last), all.nullable || one.nullable};
    }
    return all;
}

/* A lookahead at the end is as if it were matched: its symbols must follow. */
static bool is_matched(const node *n, bool last) {
    return n->kind != NODE_LOOK || strcmp(n->opening, "(?>") == 0 || (last && strcmp(n->opening, "(?=") == 0);
}

static uint32_t count_atoms(const node *n) {
    if (n->kind == NODE_ATOM || n->kind == NODE_ANY) return 1;
    uint32_t count = 0;
    for (uint32_t i = 0; i < n->child_count && is_matched(n, false); i++) count += count_atoms(n->children[i]);
    return count;
}

static part new_place(builder *x) {
    part one = {.nullable = false};
    uint32_t p = x->out->places;
    if (p == PLACES_MOST) return x->full = true, one;
    x->out->places++;
    x->follow[p] = one.first;
    one.first.bits[p / 64] = one.last.bits[p / 64] = (uint64_t)1 << (p % 64);
    return one;
}

static void stand(builder *x, const node *n, const place_set *at) {
    if (n->kind == NODE_ATOM) x->out->of_atom[n->atom] = both(x->out->of_atom[n->atom], *at);
    if (n->kind == NODE_ANY) x->out->any = both(x->out->any, *at);
    for (uint32_t i = 0; i < n->child_count; i++) stand(x, n->children[i], at);
}

static part build_atom(builder *x, const node *n) {
    part one = new_place(x);
    stand(x, n, &one.first);
    return one;
}

static part again(builder *x, part one) {
    follows(x, &one.last, &one.first);
    one.nullable = true;
    return one;
}

static part build_repeat(builder *x, const node *n) {
    uint32_t atoms = count_atoms(n);
    if (atoms > x->part_most) return again(x, build_atom(x, n)); /* any of its symbols, however often */
    bool exact = n->max == 1 || (x->exact && atoms == 1 && n->max <= EXACT_MOST);
    part all = {.nullable = true};
    for (uint32_t i = 0; i < (exact ? n->max : n->min) && !x->full; i++) {
        part one = build_children(x, n, false);
        one.nullable = one.nullable || i >= n->min;
        all = one_after(x, all, one);
    }
    return exact || n->max == n->min ? all : one_after(x, all, again(x, build_children(x, n, false)));
}

static part build(builder *x, const node *n, bool last) {
    switch (n->kind) {
    case NODE_ATOM:
    case NODE_ANY: return build_atom(x, n);
    case NODE_CHOICE: return build_choice(x, n, last);
    case NODE_REPEAT: return build_repeat(x, n);
    case NODE_LOOK: return is_matched(n, last) ? build_children(x, n, last) : (part){.nullable = true};
    case NODE_SEQUENCE:
    case NODE_GROUP: return build_children(x, n, last);
    case NODE_START:
    case NODE_END: break;
    }
    return (part){.nullable = true};
}

/* ---- how many symbols a match may depend on */

static uint32_t plus(uint32_t a, uint32_t b) { return a == NONE || b == NONE || a + b < a ? NONE : a + b; }

static uint32_t times(uint32_t a, uint32_t b) {
    if (a == 0 || b == 0) return 0;
    return a == NONE || b == NONE || a > UINT16_MAX || b > UINT16_MAX ? NONE : a * b;
}

static bool looks_back(const node *n) { return n->kind == NODE_LOOK && str_starts(str_of(n->opening), STR("(?<")); }

static uint32_t reach_of(const node *n) {
    if (n->kind == NODE_ATOM || n->kind == NODE_ANY) return 1;
    if (looks_back(n)) return 0;
    uint32_t reach = 0;
    for (uint32_t i = 0; i < n->child_count; i++) {
        uint32_t one = reach_of(n->children[i]);
        reach = n->kind == NODE_CHOICE ? (one > reach ? one : reach) : plus(reach, one);
    }
    return n->kind == NODE_REPEAT ? times(reach, n->max) : reach;
}

/* How far before its begin a match may look. */
static uint32_t back_of(const node *n) {
    uint32_t back = 0, span = 0;
    for (uint32_t i = 0; i < n->child_count; i++) {
        uint32_t one = back_of(n->children[i]);
        if (one > back) back = one;
        if (looks_back(n)) span = plus(span, reach_of(n->children[i]));
    }
    return plus(back, span);
}

/* Rows as long as the places need. */
static uint64_t *keep_follow(arena *a, const place_set *follow, uint32_t places) {
    uint32_t words = (places + 63) / 64;
    uint64_t *kept = ARENA_ARRAY(a, uint64_t, (size_t)places * words);
    for (uint32_t p = 0; p < places; p++) memcpy(&kept[p * words], follow[p].bits, words * sizeof *kept);
    return kept;
}

void pattern_skeleton(arena *a, arena *scratch, const rule *r, skeleton *out) {
    place_set follow[PLACES_MOST];
    *out = (skeleton){.of_atom = ARENA_ARRAY(scratch, place_set, r->atom_count + 1)};
    out->reach = reach_of(r->pattern);
    out->back = back_of(r->pattern);
    builder x = {out, follow, true, UINT32_MAX, true};
    part whole = {0};
    while (x.full) { /* rougher and rougher, until it has few enough places */
        memset(out->of_atom, 0, (r->atom_count + 1) * sizeof *out->of_atom);
        out->any = (place_set){0};
        out->places = 0;
        x.full = false;
        whole = x.part_most ? build(&x, r->pattern, true) : again(&x, build_atom(&x, r->pattern));
        x.part_most = x.exact ? UINT32_MAX : x.part_most > PART_MOST ? PART_MOST : x.part_most / 2;
        x.exact = false;
    }
    out->first = whole.first;
    out->last = whole.last;
    out->follow = keep_follow(a, follow, out->places);
}
