/* Triggers: which atoms every match of a pattern must contain. A sentence without them is never given to the
   expression. A need is a set of atoms of which one must occur: more than one where alternatives differ. What a match
   looks back at is no need, so that needs can be asked of the rest of a sentence too. */
#include <string.h>

#include "engine/pattern.h"

typedef VEC(need) need_list;
typedef struct finder {
    arena *arena;
    const pack *k;
    const rule *r;
    bool shapes_too;
    const uint16_t *ranks; /* by class, or NULL: only common words tell less than others */
} finder;

/* Words that stand in most sentences tell little. */
const char *const common_words[] = {"the",  "a",    "an",   "of",   "to",   "in",   "on", "at",    "and",
                                    "for",  "with", "by",   "from", "that", "was",  "is", "are",   "be",
                                    "has",  "his",  "its",  "he",   "it",   ",",    "'s", "as",    "had",
                                    "have", "were", "will", "who",  "not",  "said", "\"", "their", NULL};

static bool is_common(str class) {
    for (size_t i = 0; common_words[i]; i++) {
        str word = str_of(common_words[i]);
        if (class.len == word.len + 2 && class.at[0] == '\'' && str_starts(str_slice(class, 1, class.len), word))
            return true;
    }
    return false;
}

static uint32_t telling_class(const finder *f, uint32_t class) {
    if (class < SHAPE_COUNT) return 0;
    if (f->ranks) return f->ranks[class];
    return is_common(f->k->classes.at[class]) ? RANK_COMMON : RANK_TELLING;
}

static bool no_class(const void *context, uint32_t class) {
    (void)context, (void)class;
    return false;
}

/* How telling an atom is: 0 when a symbol without any class of the lexicon can be it (a shape, a negation), else the
   more the fewer classes it allows. */
static uint32_t telling(const finder *f, const expr *e) {
    uint32_t stack[EXPR_NESTING] = {0}, top = 0;
    for (uint32_t i = 0; i < e->len; i++) {
        uint32_t last = top ? stack[top - 1] : 0;
        switch (e->code[i].op) {
        case EXPR_CLASS: stack[top++] = telling_class(f, e->code[i].class); break;
        case EXPR_NOT: stack[top - 1] = 0; break;
        case EXPR_AND:
            top--;
            if (last > stack[top - 1]) stack[top - 1] = last;
            break;
        case EXPR_OR:
            top--;
            stack[top - 1] = last && stack[top - 1] ? (last < stack[top - 1] ? last : stack[top - 1]) - 1 : 0;
            break;
        }
    }
    return top ? stack[0] : 0;
}

static uint32_t telling_need(const finder *f, const need *n) {
    uint32_t least = UINT32_MAX;
    for (uint32_t i = 0; i < n->count; i++) {
        uint32_t t = telling(f, &f->r->atoms[n->atoms[i]]);
        if (t < least) least = t;
    }
    return least;
}

static need_list find(const finder *f, const node *n);

static need_list of_atom(const finder *f, const node *n) {
    need_list list = {0};
    need one = {ARENA_NEW(f->arena, uint32_t), 1};
    one.atoms[0] = n->atom;
    bool shape = f->shapes_too && !expr_holds(&f->r->atoms[n->atom], no_class, NULL);
    if (shape || telling_need(f, &one) > 0) *VEC_PUSH(f->arena, &list) = one;
    return list;
}

/* One need that says "one of the branches": from each the most telling one. */
static need_list of_choice(const finder *f, const node *n) {
    need_list list = {0};
    need joined = {0};
    VEC(uint32_t) atoms = {0};
    for (uint32_t i = 0; i < n->child_count; i++) {
        need_list branch = find(f, n->children[i]);
        const need *best = NULL;
        for (uint32_t j = 0; j < branch.len; j++) {
            if (!best || telling_need(f, &branch.at[j]) > telling_need(f, best)) best = &branch.at[j];
        }
        if (!best) return list;
        for (uint32_t j = 0; j < best->count; j++) *VEC_PUSH(f->arena, &atoms) = best->atoms[j];
    }
    joined.atoms = atoms.at;
    joined.count = atoms.len;
    *VEC_PUSH(f->arena, &list) = joined;
    return list;
}

static need_list of_children(const finder *f, const node *n) {
    need_list list = {0};
    for (uint32_t i = 0; i < n->child_count; i++) {
        need_list one = find(f, n->children[i]);
        for (uint32_t j = 0; j < one.len; j++) *VEC_PUSH(f->arena, &list) = one.at[j];
    }
    return list;
}

static need_list find(const finder *f, const node *n) {
    static const need_list nothing = {0};
    switch (n->kind) {
    case NODE_ATOM: return of_atom(f, n);
    case NODE_CHOICE: return of_choice(f, n);
    case NODE_REPEAT: return n->min ? of_children(f, n) : nothing;
    case NODE_LOOK:
        return strcmp(n->opening, "(?=") == 0 || strcmp(n->opening, "(?>") == 0 ? of_children(f, n) : nothing;
    case NODE_SEQUENCE:
    case NODE_GROUP: return of_children(f, n);
    default: return nothing;
    }
}

uint32_t pattern_needs(arena *a, const pack *k, const rule *r, bool shapes_too, need **out) {
    finder f = {a, k, r, shapes_too, NULL};
    need_list list = find(&f, r->pattern);
    *out = list.at;
    return list.len;
}

need pattern_key(arena *a, const pack *k, const rule *r, const uint16_t *ranks) {
    finder f = {a, k, r, true, ranks};
    need_list list = find(&f, r->pattern);
    need best = {0};
    for (uint32_t i = 0; i < list.len; i++) {
        if (!best.count || telling_need(&f, &list.at[i]) > telling_need(&f, &best)) best = list.at[i];
    }
    return best;
}
