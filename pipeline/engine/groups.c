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

/* What an operand is so far. Its code stands as it was written until it is closed. */
typedef enum {
    LIST,     /* one of several classes */
    NOT_LIST, /* none of several */
    TAIL,     /* something, and then none of several: the last "and" is still to come */
    OTHER
} operand_kind;

typedef struct operand {
    operand_kind kind;
    uint32_t begin, tail;
} operand;

typedef struct rewriter {
    worker *w;
    expr_code *code;
    uint32_t len, top;
    operand stack[EXPR_NESTING];
} rewriter;

/* One class, or one and a "not", for the list that stands at [begin,end) of operand `at`; later operands move up. */
static void put_group(rewriter *x, uint32_t at, uint32_t begin, uint32_t end, bool negated) {
    uint32_t ids[LIST_MOST], room = negated ? 2 : 1;
    if (end - begin <= room || end - begin > LIST_MOST) return;
    uint32_t id = group_of(x->w, ids, list_of(&x->code[begin], end - begin, ids)), less = end - begin - room;
    if (id == NONE) return;
    x->code[begin] = (expr_code){EXPR_CLASS, x->w->k->classes.len + id};
    if (negated) x->code[begin + 1] = (expr_code){EXPR_NOT, 0};
    memmove(&x->code[begin + room], &x->code[end], (x->len - end) * sizeof *x->code);
    x->len -= less;
    for (uint32_t i = at + 1; i < x->top; i++) x->stack[i].begin -= less, x->stack[i].tail -= less;
}

static void put_and(rewriter *x, uint32_t at) {
    uint32_t end = at + 1 < x->top ? x->stack[at + 1].begin : x->len;
    memmove(&x->code[end + 1], &x->code[end], (x->len - end) * sizeof *x->code);
    x->code[end] = (expr_code){EXPR_AND, 0};
    x->len++;
    for (uint32_t i = at + 1; i < x->top; i++) x->stack[i].begin++, x->stack[i].tail++;
}

static void close_operand(rewriter *x, uint32_t at) {
    operand *o = &x->stack[at];
    uint32_t end = at + 1 < x->top ? x->stack[at + 1].begin : x->len;
    if (o->kind != OTHER) put_group(x, at, o->kind == TAIL ? o->tail : o->begin, end, o->kind != LIST);
    if (o->kind == TAIL) put_and(x, at);
    o->kind = OTHER;
}

/* The kind of what an operator makes of the topmost operands, which are closed when it is nothing special. */
static operand_kind joined(rewriter *x, expr_op op) {
    operand *b = &x->stack[x->top - 1], *a = b - (op != EXPR_NOT);
    if (op == EXPR_NOT && b->kind == LIST) return NOT_LIST;
    if (op == EXPR_NOT && b->kind == NOT_LIST) return LIST;
    if (op == EXPR_OR && a->kind == LIST && b->kind == LIST) return LIST;
    if (op == EXPR_AND && b->kind == NOT_LIST && (a->kind == NOT_LIST || a->kind == TAIL)) return a->kind;
    bool tail = op == EXPR_AND && b->kind == NOT_LIST;
    for (operand *o = a; o <= b; o++) {
        if (!tail || o == a) close_operand(x, (uint32_t)(o - x->stack));
    }
    a->tail = b->begin;
    return tail ? TAIL : OTHER;
}

static void take(rewriter *x, expr_code c) {
    if (c.op == EXPR_CLASS) {
        x->stack[x->top++] = (operand){LIST, x->len, 0};
        x->code[x->len++] = c;
        return;
    }
    operand_kind before = x->stack[x->top - 1 - (c.op != EXPR_NOT)].kind, kind = joined(x, c.op);
    if (kind != TAIL || before == TAIL) x->code[x->len++] = c; /* a new tail has its "and" at the end */
    x->top -= c.op != EXPR_NOT;
    x->stack[x->top - 1].kind = kind;
}

expr groups_in(worker *w, const expr *e) {
    rewriter x = {.w = w, .code = ARENA_ARRAY(&w->arena, expr_code, e->len)};
    for (uint32_t i = 0; i < e->len; i++) take(&x, e->code[i]);
    if (x.top) close_operand(&x, 0);
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
