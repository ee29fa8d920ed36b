/* The tables of the graph: nodes and edges by key, their sets of facts and evidence; ids. */
#include <stdlib.h>
#include <string.h>

#include "base/sha256.h"
#include "stages/graph.h"

enum { FEW_FACTS = 24, SLUG_MOST = 60 };

/* Offices stay while the others come and go. */
static arena *home_of(graph *g, const graph_item *i) { return i->family == GRAPH_OFFICE ? &g->light : &g->facts; }

/* ---- ids */

static str slug(arena *a, str name, bool *whole) {
    str folded = utf8_fold(a, name);
    char *out = arena_take(a, folded.len + 1, 1);
    size_t to = 0, i = 0;
    *whole = true;
    for (; i < folded.len && to < SLUG_MOST; i++) {
        char c = folded.at[i];
        bool good = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
        if (good)
            out[to++] = c;
        else if (to && out[to - 1] != '-')
            out[to++] = '-';
        if (!good && c != ' ') *whole = false;
    }
    while (to && out[to - 1] == '-') to--;
    *whole = *whole && i == folded.len && to > 0;
    return (str){out, to};
}

/* A name that the slug holds wholly needs few digits: it is only told from other types of the same name. */
static void make_id(graph *g, graph_item *i, str named, str key, bool by_name) {
    char hex[12];
    bool whole_type, whole;
    str kind = slug(&g->scratch, i->type, &whole_type), s = slug(&g->scratch, named, &whole);
    str digits = {hex, by_name && whole ? 6 : sizeof hex};
    sha256_digits(key, hex, digits.len);
    i->id = arena_join(home_of(g, i), (str[]){kind, STR("-"), s, s.len ? STR("-") : s, digits}, 5);
    i->stem = (uint32_t)kind.len + 1;
}

/* The list, with room for one item more. */
static char *item_room(buf *list) {
    buf_room(list, sizeof(graph_item));
    list->len += sizeof(graph_item);
    return list->at;
}

static graph_item *new_node(graph *g, graph_family family) {
    if (family == GRAPH_OFFICE) return VEC_PUSH(&g->light, &g->offices);
    g->nodes.at = (graph_item *)(void *)item_room(&g->node_room);
    return &g->nodes.at[g->nodes.len++];
}

uint32_t graph_node(graph *g, graph_family family, str type, str named, str key) {
    bool office = family == GRAPH_OFFICE;
    uint32_t before = office ? g->offices.len : g->nodes.len;
    uint32_t at = office ? names_add(&g->light, &g->offices_by_key, key) : names_add(&g->facts, &g->nodes_by_key, key);
    if (at == before) {
        bool by_name = key.len == type.len + 1 + named.len; /* nothing else is in the key */
        graph_item *n = new_node(g, family);
        *n = (graph_item){.family = family, .type = type, .source = NONE, .target = NONE, .event = NONE, .thing = NONE};
        make_id(g, n, named, key, by_name);
        if (office) names_add(&g->light, &g->offices_by_id, n->id);
    }
    return office ? at | GRAPH_OFFICES : at;
}

graph_item *graph_node_at(graph *g, uint32_t node) {
    return node & GRAPH_OFFICES ? &g->offices.at[node & ~GRAPH_OFFICES] : &g->nodes.at[node];
}

const graph_item *graph_office(const graph *g, str id) {
    uint32_t at = names_find(&g->offices_by_id, id);
    return at == NONE ? NULL : &g->offices.at[at];
}

/* The key of an edge in this graph: places of nodes, which are shorter than ids and as good. */
static graph_item *edge_at(graph *g, const graph_item *like, bool *made) {
    buf *key = &g->key;
    uint32_t ends[] = {like->source, like->target, like->event};
    buf_clear(key);
    buf_add(key, (str){(const char *)ends, sizeof ends});
    buf_add(key, like->type);
    buf_byte(key, ' ');
    buf_add(key, like->detail);
    uint32_t before = g->edges.len, id = names_add(&g->facts, &g->edges_by_key, buf_view(key));
    *made = id == before;
    if (*made) {
        g->edges.at = (graph_item *)(void *)item_room(&g->edge_room);
        g->edges.at[g->edges.len++] = *like;
    }
    return &g->edges.at[id];
}

graph_item *graph_edge(graph *g, graph_family family, const char *type, uint32_t source, uint32_t target, uint32_t at,
                       str detail) {
    graph_item like = {
        .family = family, .type = str_of(type), .source = source, .target = target, .event = at, .detail = detail};
    bool made;
    graph_item *e = edge_at(g, &like, &made);
    if (made) e->detail = arena_copy(&g->facts, detail);
    return e;
}

/* The id of an edge is made when the graph is sorted: most edges of a large run are met again before. */
static void make_edge_id(graph *g, graph_item *e) {
    buf *key = &g->key;
    uint32_t ends[] = {e->source, e->target, e->event};
    buf_clear(key);
    buf_add(key, e->type);
    for (int i = 0; i < 3; i++) {
        buf_byte(key, ' ');
        if (ends[i] != NONE) buf_add(key, graph_node_at(g, ends[i])->id);
    }
    buf_byte(key, ' ');
    buf_add(key, e->detail);
    make_id(g, e, (str){0}, buf_view(key), false);
}

void graph_name_edges(graph *g) {
    for (uint32_t i = 0; i < g->edges.len; i++) {
        if (!g->edges.at[i].id.len) make_edge_id(g, &g->edges.at[i]);
    }
    arena_reset(&g->scratch);
}

/* ---- facts */

static int by_fact(const void *x, const void *y) {
    const graph_fact *a = x, *b = y;
    return a->field != b->field ? (a->field < b->field ? -1 : 1) : str_compare(a->value, b->value);
}

/* Few facts, told in nearly the same order each time, are put in order as cards are. */
static void sort_facts(graph_fact *list, uint32_t count) {
    if (count > FEW_FACTS) {
        qsort(list, count, sizeof *list, by_fact);
        return;
    }
    for (uint32_t n = 1; n < count; n++) {
        graph_fact one = list[n];
        uint32_t at = n;
        for (; at > 0 && by_fact(&list[at - 1], &one) > 0; at--) list[at] = list[at - 1];
        list[at] = one;
    }
}

static void settle_facts(graph_item *i) {
    uint32_t kept = 0;
    sort_facts(i->facts.at, i->facts.len);
    for (uint32_t n = 0; n < i->facts.len; n++) {
        if (n == 0 || by_fact(&i->facts.at[kept - 1], &i->facts.at[n]) != 0) i->facts.at[kept++] = i->facts.at[n];
    }
    i->facts.len = kept;
    i->facts_limit = kept * 2 < FEW_FACTS * 2 ? FEW_FACTS * 2 : kept * 2;
}

static bool told_before(graph_item *i, graph_fact f) {
    for (uint32_t n = 0; n < i->facts.len && n < FEW_FACTS; n++) {
        const graph_fact *known = &i->facts.at[n];
        if (known->field == f.field && str_equal(known->value, f.value)) return true;
    }
    return false;
}

static void tell(graph *g, graph_item *i, graph_fact f, bool copied) {
    if (!f.value.len || told_before(i, f)) return;
    if (i->facts.len >= FEW_FACTS && i->facts.len >= i->facts_limit) settle_facts(i);
    if (copied) f.value = arena_copy(home_of(g, i), f.value);
    *VEC_PUSH(home_of(g, i), &i->facts) = f;
}

void graph_tell(graph *g, graph_item *i, fact_field field, str told) {
    tell(g, i, (graph_fact){field, told}, i->family == GRAPH_OFFICE);
}

void graph_tell_copy(graph *g, graph_item *i, fact_field field, str told) {
    tell(g, i, (graph_fact){field, told}, true);
}

fact_range graph_facts(const graph_item *i, fact_field field) {
    uint32_t begin = 0, end;
    while (begin < i->facts.len && i->facts.at[begin].field < field) begin++;
    for (end = begin; end < i->facts.len && i->facts.at[end].field == field; end++) continue;
    return (fact_range){i->facts.at ? i->facts.at + begin : NULL, end - begin};
}

bool graph_has(const graph_item *i, fact_field field, str told) {
    fact_range r = graph_facts(i, field);
    for (uint32_t n = 0; n < r.len; n++) {
        if (str_equal(r.at[n].value, told)) return true;
    }
    return false;
}

/* ---- evidence */

/* By document and in text order, and of two that begin together the longer one first. */
static int by_evidence(const void *x, const void *y) {
    const graph_evidence *a = *(const graph_evidence *const *)x, *b = *(const graph_evidence *const *)y;
    const record_span *s = a->span, *t = b->span;
    if (a->document->at != b->document->at) return a->document->at < b->document->at ? -1 : 1;
    if (s->in_title != t->in_title) return s->in_title ? -1 : 1;
    if (s->begin != t->begin) return s->begin < t->begin ? -1 : 1;
    if (s->end != t->end) return s->end > t->end ? -1 : 1;
    if (s->about != t->about) return s->about ? 1 : -1;
    int order = s->rule.at == t->rule.at ? 0 : str_compare(s->rule, t->rule);
    if (order) return order;
    if (s->byte_begin != t->byte_begin) return s->byte_begin < t->byte_begin ? -1 : 1;
    if (s->byte_end != t->byte_end) return s->byte_end < t->byte_end ? -1 : 1;
    return str_compare(s->text, t->text);
}

static void sort_evidence(graph_evidence **list, uint32_t count) {
    for (uint32_t n = 1; n < count; n++) {
        if (by_evidence(&list[n - 1], &list[n]) <= 0) continue; /* mostly they come in order */
        qsort(list, count, sizeof *list, by_evidence);
        return;
    }
}

/* The wider one, which comes first, shows all that the narrower one shows. */
static bool within(const graph_evidence *narrow, const graph_evidence *wide) {
    const record_span *s = narrow->span, *t = wide->span;
    return narrow->document->at == wide->document->at && s->in_title == t->in_title && s->end <= t->end &&
           s->about >= t->about;
}

/* An edge stands on each stretch of text once; a node keeps all that every rule saw. What one document shows is settled
 * by itself: so parts that were settled make a whole that is. */
void graph_settle_item(graph_item *i) {
    graph_evidence **list = i->evidence.at;
    bool edge = i->source != NONE;
    uint32_t kept = 0;
    settle_facts(i);
    sort_evidence(list, i->evidence.len);
    for (uint32_t n = 0; n < i->evidence.len; n++) {
        bool again = kept && (by_evidence(&list[kept - 1], &list[n]) == 0 || (edge && within(list[n], list[kept - 1])));
        if (!again) list[kept++] = list[n];
    }
    i->evidence.len = kept;
}
