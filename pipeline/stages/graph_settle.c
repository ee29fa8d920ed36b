/* Once the faces are joined: what each thing is called, where it is at home, and which things share a name. */
#include "stages/graph_faces.h"

typedef struct votes {
    names names;
    VEC(uint64_t) counts;
} votes;

static uint64_t vote(arena *a, votes *v, str what, uint64_t count) {
    uint32_t at = names_add(a, &v->names, what);
    if (at == v->counts.len) *VEC_PUSH(a, &v->counts) = 0;
    return v->counts.at[at] += count;
}

/* The name that most articles give is that of the thing, names of several words before others; its id comes of it. */
static bool better_name(const graph_face *f, uint64_t count, const graph_face *best, uint64_t most) {
    bool full = f->words > 1, had = best->words > 1;
    if (full != had) return full;
    return count != most ? count > most : str_compare(f->plain, best->plain) < 0;
}

static bool of_a_body(const graph_face *f) {
    for (uint32_t i = 0; i < f->offices.len && !f->country.len; i++) {
        if (!str_ends(f->offices.at[i], STR("|"))) return true;
    }
    return false;
}

/* The country that most articles give, unless ten times as many give an office of a body of no country. */
static str home_of(graph *g, uint32_t root) {
    str home = faces_country(g, root);
    uint64_t with = 0, without = 0;
    for (uint32_t i = root;;) {
        const graph_face *f = &g->faces.at[i];
        if (str_equal(f->country, home)) with += f->documents;
        if (of_a_body(f)) without += f->documents;
        if ((i = f->next) == root) return with * NOISE > without ? home : (str){0};
    }
}

static void settle(graph *g, uint32_t root) {
    votes plains = {0};
    graph_face *first = &g->faces.at[root];
    uint64_t most = 0;
    first->chief = root;
    for (uint32_t i = root, turn = 0; turn < 2;) { /* once to count, once to choose */
        const graph_face *f = &g->faces.at[i];
        uint64_t told = vote(&g->scratch, &plains, f->plain, turn ? 0 : f->documents);
        if (turn && (!most || better_name(f, told, &g->faces.at[first->chief], most))) most = told, first->chief = i;
        if ((i = f->next) == root) turn++;
    }
    first->home = home_of(g, root);
}

static void settle_all(graph *g) {
    for (uint32_t i = 0; i < g->faces.len; i++) {
        if (g->faces.at[i].parent != i) continue;
        settle(g, i);
        arena_reset(&g->scratch);
    }
}

/* Things of one type and name need more in their keys. */
static void tell_apart(graph *g) {
    names seen = {0};
    VEC(uint32_t) roots = {0};
    for (uint32_t i = 0; i < g->faces.len; i++) {
        const graph_face *f = &g->faces.at[i], *chief = &g->faces.at[f->chief];
        if (f->parent != i) continue;
        str key = arena_join(&g->scratch, (str[]){chief->type, STR(" "), chief->plain}, 3);
        uint32_t at = names_add(&g->scratch, &seen, key);
        if (at == roots.len)
            *VEC_PUSH(&g->scratch, &roots) = i;
        else
            g->faces.at[i].shared = g->faces.at[roots.at[at]].shared = true;
    }
}

void faces_settle(graph *g) {
    settle_all(g);
    tell_apart(g);
    arena_reset(&g->scratch);
}
