/* Long lists of classes within atoms, as a `class` line gives them: each different one is a group, which a class set is
   asked for once, and not class by class in every atom that names it. */
#include <string.h>

#include "engine/runtime.h"

enum { GROUPS_MOST = 4096, LIST_MOST = 1024 };

typedef struct group {
    const uint32_t *ids; /* sorted */
    uint32_t count;
} group;

struct group_table {
    VEC(group) list;
    id_list *of_class;
    uint64_t *asked; /* bits, scratch: the classes of the set at hand, and behind them the groups that have one */
};

void groups_prepare(worker *w) {
    group_table *t = w->atoms.groups = ARENA_NEW(&w->arena, group_table);
    t->of_class = ARENA_ARRAY(&w->arena, id_list, w->k->classes.len + 1);
    t->asked = ARENA_ARRAY(&w->arena, uint64_t, (w->k->classes.len + GROUPS_MOST) / 64 + 1);
}

/* ---- atoms with groups in the place of lists */

static uint32_t list_of(const expr_code *code, uint32_t len, uint32_t *ids) {
    uint32_t count = 0;
    for (uint32_t i = 0; i < len; i++) {
        if (code[i].op != EXPR_CLASS) continue;
        uint32_t to = count++;
        for (; to > 0 && ids[to - 1] > code[i].class; to--) ids[to] = ids[to - 1];
        ids[to] = code[i].class;
    }
    return count;
}

/* The group of a list, NONE when there are too many. A new one is asked at once of the set at hand. */
static uint32_t group_of(worker *w, const uint32_t *ids, uint32_t count) {
    group_table *t = w->atoms.groups;
    for (uint32_t i = 0; i < t->list.len; i++) {
        const group *g = &t->list.at[i];
        if (g->count == count && *g->ids == *ids && memcmp(g->ids, ids, count * sizeof *ids) == 0) return i;
    }
    if (t->list.len == GROUPS_MOST) return NONE;
    uint32_t id = t->list.len, *copy = ARENA_ARRAY(&w->arena, uint32_t, count);
    memcpy(copy, ids, count * sizeof *ids);
    *VEC_PUSH(&w->arena, &t->list) = (group){copy, count};
    for (uint32_t i = 0; i < count; i++) {
        *VEC_PUSH(&w->arena, &t->of_class[ids[i]].ids) = id;
        if (bits_have(t->asked, ids[i])) bits_set(t->asked, w->k->classes.len + id);
    }
    return id;
}

typedef struct rewriter {
    worker *w;
    expr_code *code;
    uint32_t len, top;
    struct {
        uint32_t begin;
        bool list; /* classes and "or" alone */
    } stack[EXPR_NESTING];
} rewriter;

static void close_list(rewriter *x, uint32_t at) {
    uint32_t begin = x->stack[at].begin, end = at + 1 < x->top ? x->stack[at + 1].begin : x->len;
    uint32_t ids[LIST_MOST];
    if (!x->stack[at].list || end - begin == 1 || end - begin > LIST_MOST) return;
    uint32_t id = group_of(x->w, ids, list_of(&x->code[begin], end - begin, ids)), less = end - begin - 1;
    x->stack[at].list = false;
    if (id == NONE) return;
    x->code[begin] = (expr_code){EXPR_CLASS, x->w->k->classes.len + id};
    memmove(&x->code[begin + 1], &x->code[end], (x->len - end) * sizeof *x->code);
    x->len -= less;
    for (uint32_t i = at + 1; i < x->top; i++) x->stack[i].begin -= less;
}

static void take(rewriter *x, expr_code c) {
    uint32_t operands = c.op == EXPR_CLASS ? 0 : c.op == EXPR_NOT ? 1 : 2, first = x->top - operands;
    bool list = c.op == EXPR_CLASS || (c.op == EXPR_OR && x->stack[first].list && x->stack[first + 1].list);
    for (uint32_t i = first; !list && i < x->top; i++) close_list(x, i);
    if (c.op == EXPR_CLASS) x->stack[first].begin = x->len;
    x->code[x->len++] = c;
    x->stack[first].list = list;
    x->top = first + 1;
}

expr groups_in(worker *w, const expr *e) {
    rewriter x = {.w = w, .code = ARENA_ARRAY(&w->arena, expr_code, e->len)};
    for (uint32_t i = 0; i < e->len; i++) take(&x, e->code[i]);
    if (x.top) close_list(&x, 0);
    return (expr){x.code, x.len};
}

/* ---- a class set */

const uint64_t *groups_ask(worker *w, const class_set *s) {
    group_table *t = w->atoms.groups;
    for (uint32_t i = 0; i < s->count; i++) {
        const id_list *groups = &t->of_class[s->ids[i]];
        bits_set(t->asked, s->ids[i]);
        for (uint32_t j = 0; j < groups->ids.len; j++) bits_set(t->asked, w->k->classes.len + groups->ids.at[j]);
    }
    return t->asked;
}

void groups_forget(worker *w, const class_set *s) {
    group_table *t = w->atoms.groups;
    for (uint32_t i = 0; i < s->count; i++) {
        const id_list *groups = &t->of_class[s->ids[i]];
        t->asked[s->ids[i] / 64] = 0;
        for (uint32_t j = 0; j < groups->ids.len; j++) t->asked[(w->k->classes.len + groups->ids.at[j]) / 64] = 0;
    }
}
