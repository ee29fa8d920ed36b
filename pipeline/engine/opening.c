/* Where a match of a pattern can begin: what its first symbols can be, worked out once from the tree. A rule is asked
   only where the symbols at hand can be those, which is seldom where it does not match. What a lookaround forbids is
   left to the expression: an opening allows too much, never too little. */
#include <string.h>

#include "engine/pattern.h"

enum { PLACES = (1 << (OPENING + 1)) - 1 };

typedef struct opener {
    const rule *r;
    match_opening *out;
} opener;

/* `places`: a bit for each number of symbols that the match may have before the node; so for after it is returned.
   last: nothing follows the node. */
static uint32_t open_node(opener *x, const node *n, uint32_t places, bool last);

static uint32_t open_children(opener *x, const node *n, uint32_t places, bool last) {
    for (uint32_t i = 0; i < n->child_count; i++)
        places = open_node(x, n->children[i], places, last && i + 1 == n->child_count);
    return places;
}

static uint32_t open_choice(opener *x, const node *n, uint32_t places, bool last) {
    uint32_t after = 0;
    for (uint32_t i = 0; i < n->child_count; i++) after |= open_node(x, n->children[i], places, last);
    return after;
}

static uint32_t open_repeat(opener *x, const node *n, uint32_t places) {
    uint32_t after = n->min ? 0 : places;
    for (uint32_t i = 1; i <= n->max && i <= n->min + OPENING && places; i++) {
        places = open_children(x, n, places, false);
        if (i >= n->min) after |= places;
    }
    return after;
}

static uint32_t open_atom(opener *x, const node *n, uint32_t places) {
    for (uint32_t i = 0; i < OPENING; i++) {
        if (places >> i & 1) x->out->atoms[i][n->atom] = true;
    }
    return places << 1 & PLACES;
}

/* What a lookahead at the end asks for must follow, as if it were matched. */
static uint32_t open_look(opener *x, const node *n, uint32_t places, bool last) {
    bool atomic = strcmp(n->opening, "(?>") == 0, ahead = strcmp(n->opening, "(?=") == 0;
    return atomic || (ahead && last) ? open_children(x, n, places, last) : places;
}

static uint32_t open_node(opener *x, const node *n, uint32_t places, bool last) {
    switch (n->kind) {
    case NODE_ATOM: return open_atom(x, n, places);
    case NODE_ANY: x->out->any |= places; return places << 1 & PLACES;
    case NODE_CHOICE: return open_choice(x, n, places, last);
    case NODE_REPEAT: return open_repeat(x, n, places);
    case NODE_LOOK: return open_look(x, n, places, last);
    case NODE_SEQUENCE:
    case NODE_GROUP: return open_children(x, n, places, last);
    case NODE_START:
    case NODE_END: break;
    }
    return places;
}

/* ---- reach: how many symbols a match may depend on */

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

void pattern_opening(arena *a, const rule *r, match_opening *out) {
    *out = (match_opening){0};
    for (uint32_t i = 0; i < OPENING; i++) out->atoms[i] = ARENA_ARRAY(a, bool, r->atom_count + 1);
    opener x = {r, out};
    out->ends = open_node(&x, r->pattern, 1, true);
    out->reach = reach_of(r->pattern);
    out->back = back_of(r->pattern);
}
