/* What the syntax allows and the engine may not be given: a lookbehind whose length is not fixed (PCRE2 refuses it,
   without the author's column), and an unlimited repeat within an unlimited repeat (its cost explodes). */
#include <string.h>

#include "engine/loader.h"

static uint32_t width(const node *n); /* in symbols; NONE when it varies */

static uint32_t width_of_sequence(const node *n) {
    uint32_t sum = 0;
    for (uint32_t i = 0; i < n->child_count; i++) {
        uint32_t one = width(n->children[i]);
        if (one == NONE) return NONE;
        sum += one;
    }
    return sum;
}

static uint32_t width_of_choice(const node *n) {
    uint32_t first = width(n->children[0]);
    for (uint32_t i = 1; i < n->child_count; i++) {
        if (width(n->children[i]) != first) return NONE;
    }
    return first;
}

static uint32_t width(const node *n) {
    switch (n->kind) {
    case NODE_ATOM:
    case NODE_ANY: return 1;
    case NODE_START:
    case NODE_END: return 0;
    case NODE_SEQUENCE: return width_of_sequence(n);
    case NODE_CHOICE: return width_of_choice(n);
    case NODE_GROUP: return width(n->children[0]);
    case NODE_LOOK: return strcmp(n->opening, "(?>") == 0 ? width(n->children[0]) : 0;
    case NODE_REPEAT: {
        uint32_t one = width(n->children[0]);
        return one == NONE || n->min != n->max ? NONE : one * n->min;
    }
    }
    return NONE;
}

static bool looks_behind(const node *n) { return n->kind == NODE_LOOK && strncmp(n->opening, "(?<", 3) == 0; }

/* Each alternative of a lookbehind may have its own length. */
static bool fixed_behind(const node *n) {
    const node *inner = n->children[0];
    if (inner->kind != NODE_CHOICE) return width(inner) != NONE;
    for (uint32_t i = 0; i < inner->child_count; i++) {
        if (width(inner->children[i]) == NONE) return false;
    }
    return true;
}

static bool check(loader *l, const node *n, bool in_unlimited) {
    bool unlimited = n->kind == NODE_REPEAT && n->max == NONE;
    if (looks_behind(n) && !fixed_behind(n)) {
        problem_at(l->p, l->k, n->where, true, "a lookbehind needs a fixed number of symbols");
        return false;
    }
    if (unlimited && in_unlimited && n->suffix != '+') {
        problem_at(l->p, l->k, n->where, true,
                   "an unlimited repeat within an unlimited repeat: its cost explodes; give one of them a limit");
        return false;
    }
    for (uint32_t i = 0; i < n->child_count; i++) {
        if (!check(l, n->children[i], in_unlimited || unlimited)) return false;
    }
    return true;
}

bool pattern_check(loader *l, const node *n) { return check(l, n, false); }
