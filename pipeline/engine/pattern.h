/* A rule's pattern as a tree, and the text of the regular expression that it becomes once the alphabet is known. */
#ifndef WHOMET_PATTERN_H
#define WHOMET_PATTERN_H

#include "engine/pack.h"

typedef enum {
    NODE_ATOM,  /* one symbol for which atoms[atom] holds */
    NODE_ANY,   /* .  */
    NODE_START, /* ^  */
    NODE_END,   /* $  */
    NODE_SEQUENCE,
    NODE_CHOICE,
    NODE_GROUP, /* one child; `role` when it captures */
    NODE_LOOK,  /* lookaround or atomic: `opening` is "(?=", "(?!", "(?<=", "(?<!", "(?>" */
    NODE_REPEAT /* one child, min..max (NONE: no limit), suffix 0 '?' or '+' */
} node_kind;

typedef struct node {
    node_kind kind;
    uint32_t atom; /* NODE_ATOM: index in rule.atoms */
    uint32_t role; /* index in rule.roles or NONE */
    uint32_t min, max;
    location where;
    char opening[sizeof "(?<!"], suffix;
    uint32_t child_count;
    struct node **children;
} node;

/* The symbol of each atom that must occur in every match: a list of atom sets (each an OR of atom indexes).
   What the trigger masks are made of. shapes_too: also what any name or number would meet, which saves a run now and
   then but is no trigger. */
typedef struct need {
    uint32_t *atoms;
    uint32_t count;
} need;
uint32_t pattern_needs(arena *a, const pack *k, const rule *r, bool shapes_too, need **out);
/* The need that the fewest sentences meet, to judge by the ranks of the classes that it names. No atoms: none. */
enum { RANK_COMMON = 1, RANK_MENTION = 100, RANK_TELLING = 1000 }; /* less common: higher */
need pattern_key(arena *a, const pack *k, const rule *r, const uint16_t *ranks);
extern const char *const common_words[]; /* NULL ends them */

/* What a match is made of, roughly: places of symbols, which may be its first and last, and which may follow which. */
enum { PLACES_MOST = 512, PLACE_WORDS = PLACES_MOST / 64 };
typedef struct place_set {
    uint64_t bits[PLACE_WORDS];
} place_set;
typedef struct skeleton {
    place_set first, last;
    uint64_t *follow;   /* by place: bits, in as many words as the places fill */
    place_set *of_atom; /* by atom of the rule: where such a symbol may stand; in the scratch arena */
    place_set any;      /* where any may */
    uint32_t places;
    uint32_t reach, back; /* symbols from its begin on, and before it, that a match may depend on; NONE: no limit */
} skeleton;
void pattern_skeleton(arena *a, arena *scratch, const rule *r, skeleton *out);

enum { EXPR_NESTING = 64 }; /* the stack that an expression may need */

/* Evaluates an atom over a predicate "has class". In the header, so that a known predicate costs no call. */
static inline bool expr_holds(const expr *e, bool (*has)(const void *context, uint32_t class), const void *context) {
    uint64_t stack = 0; /* a bit a result, the newest lowest */
    for (uint32_t i = 0; i < e->len; i++) {
        const expr_code *c = &e->code[i];
        switch (c->op) {
        case EXPR_CLASS: stack = stack << 1 | has(context, c->class); break;
        case EXPR_NOT: stack ^= 1; break;
        case EXPR_AND: stack = (stack >> 1) & (stack | ~(uint64_t)1); break;
        case EXPR_OR: stack = (stack >> 1) | (stack & 1); break;
        }
    }
    return stack & 1;
}

#endif
