/* What a record says, as nodes and edges: entities, evidence, offices. What is not clearly the same in two articles (a
   bare surname, a group) belongs to its article: wrong merges are worse than missed ones. */
#include "stages/graph_adder.h"

static bool is(str s, const char *what) { return str_equal(s, str_of(what)); }

/* ---- entities */

/* A bare name that is not joined to any other, and a group, are of their article alone. */
static str own_key(adder *x, const record_entity *e, str plain) {
    adder_begin_key(x, e->type);
    adder_part(x, plain);
    buf_byte(&x->key, '|');
    buf_add(&x->key, e->country);
    adder_part(x, x->own);
    return buf_view(&x->key);
}

static str thing_key(adder *x, const record_entity *e, uint32_t root) {
    graph *g = x->g;
    uint32_t at = g->faces.at[root].chief;
    const graph_face *chief = &g->faces.at[at];
    bool body = is(chief->type, "organization") || is(chief->type, "place");
    if (graph_face_alone(g, at)) return own_key(x, e, chief->plain);
    if (g->faces.at[root].shared || chief->words == 1) return g->faces_by_key.list.at[at];
    adder_begin_key(x, chief->type);
    adder_part(x, chief->plain);
    if (body && g->faces.at[root].home.len) adder_part(x, g->faces.at[root].home);
    return buf_view(&x->key);
}

static uint32_t group_node(adder *x, const record_entity *e) {
    str plain = utf8_plain(&x->g->scratch, e->name);
    uint32_t node = graph_node(x->g, GRAPH_THING, e->type, plain, own_key(x, e, plain));
    graph_item *n = graph_node_at(x->g, node);
    graph_tell(x->g, n, FACT_NAME, e->name);
    graph_tell(x->g, n, FACT_HOME, e->country);
    return node;
}

static uint32_t faced_node(adder *x, const record_entity *e, uint32_t face) {
    graph *g = x->g;
    uint32_t root = graph_face_root(g, face);
    const graph_face *chief = &g->faces.at[g->faces.at[root].chief];
    uint32_t node = graph_node(g, GRAPH_THING, e->type, chief->plain, thing_key(x, e, root));
    graph_item *n = graph_node_at(g, node);
    n->thing = root;
    graph_tell(g, n, str_equal(g->faces.at[face].plain, chief->plain) ? FACT_NAME : FACT_ALIAS, e->name);
    graph_tell(g, n, FACT_HOME, g->faces.at[root].home);
    return node;
}

uint32_t adder_entity(adder *x, uint32_t at) {
    if (x->nodes[at] != NONE) return x->nodes[at];
    const record_entity *e = &x->r->entities.at[at];
    uint32_t face = x->d->faces[at];
    x->nodes[at] = face == NONE ? group_node(x, e) : faced_node(x, e, face);
    graph_item *n = graph_node_at(x->g, x->nodes[at]);
    graph_tell(x->g, n, FACT_COUNTRY, e->country);
    for (uint32_t i = 0; i < e->aliases.len; i++) graph_tell(x->g, n, FACT_ALIAS, e->aliases.at[i]);
    return x->nodes[at];
}

/* ---- evidence: shared by all items that stand on it */

evidence_list adder_evidence(adder *x, const record_span *list, uint32_t count) {
    evidence_list out = {0};
    graph_evidence *all = ARENA_ARRAY(&x->g->facts, graph_evidence, count);
    VEC_RESERVE(&x->g->scratch, &out, count + 1);
    for (uint32_t i = 0; i < count; i++) {
        all[i] = (graph_evidence){.document = x->article, .span = &list[i]};
        out.at[out.len++] = &all[i];
    }
    return out;
}

void adder_show(adder *x, graph_item *i, const evidence_list *list) {
    for (uint32_t n = 0; n < list->len; n++) *VEC_PUSH(&x->g->facts, &i->evidence) = list->at[n];
}

void adder_tie(adder *x, const char *type, uint32_t source, uint32_t target, const record_event *e, str as,
               const evidence_list *list) {
    graph *g = x->g;
    graph_item *edge = graph_edge(g, GRAPH_TIE, type, source, target, NONE, e->status);
    graph_tell(g, edge, FACT_STATUS, e->status);
    graph_tell(g, edge, FACT_DATE, e->date);
    graph_tell(g, edge, FACT_ROLE, as);
    adder_show(x, edge, list);
}

/* ---- offices */

static void add_role(adder *x, uint32_t holder, const record_role *r) {
    graph *g = x->g;
    evidence_list list = adder_evidence(x, r->evidence.at, r->evidence.len);
    str of = r->of.len ? r->of : r->country;
    str name = arena_join(&g->scratch, (str[]){r->title, of.len ? STR(", ") : of, of}, 3);
    str plain = utf8_plain(&g->scratch, name);
    adder_begin_key(x, STR("office"));
    adder_part(x, plain);
    if (r->country.len) adder_part(x, r->country);
    uint32_t office = graph_node(g, GRAPH_OFFICE, STR("office"), plain, buf_view(&x->key));
    graph_item *n = graph_node_at(g, office);
    graph_tell_copy(g, n, FACT_NAME, name);
    graph_tell(g, n, FACT_COUNTRY, r->country);
    graph_tell(g, n, FACT_TITLE, r->title);
    graph_tell(g, n, FACT_OF, r->of);
    graph_item *edge = graph_edge(g, GRAPH_TIE, "holds_office", holder, office, NONE,
                                  r->former ? STR("former") : (str){0});
    if (r->former) graph_tell(g, edge, FACT_STATUS, STR("former"));
    adder_show(x, edge, &list);
    uint32_t target = r->former ? NONE : record_office_body(x->r, r);
    if (target == NONE) return;
    uint32_t body = adder_entity(x, target);
    adder_show(x, graph_edge(g, GRAPH_TIE, "represents", holder, body, NONE, (str){0}), &list);
}

/* ---- the article */

static const graph_article *article_of(graph *g, const graph_document *d) {
    graph_article *out = ARENA_NEW(&g->facts, graph_article);
    const record *r = d->facts;
    *out = (graph_article){.at = d->at,
                           .id = r->id,
                           .key = d->line.len ? arena_copy(&g->facts, d->key) : d->key,
                           .source = r->source,
                           .published = r->published,
                           .text = graph_own(r)};
    return out;
}

static void add_all(adder *x) {
    const record *r = x->r;
    str *dates = ARENA_ARRAY(&x->g->scratch, str, r->events.len + 1);
    for (uint32_t i = 0; i < r->events.len; i++) dates[i] = graph_day(x->g, x->d, &r->events.at[i]);
    for (uint32_t i = 0; i < r->entities.len; i++) {
        for (uint32_t k = 0; k < r->entities.at[i].roles.len; k++)
            add_role(x, adder_entity(x, i), &r->entities.at[i].roles.at[k]);
    }
    for (uint32_t i = 0; i < r->events.len; i++) x->events[i] = adder_event(x, &r->events.at[i], dates[i], false);
    for (uint32_t i = 0; i < r->events.len; i++) adder_occasion(x, "during", &r->events.at[i], dates[i], x->events[i]);
    for (uint32_t i = 0; i < r->agreements.len; i++) {
        const record_event *e = &r->agreements.at[i];
        adder_occasion(x, "signed_at", e, e->date, adder_event(x, e, e->date, true));
    }
}

/* What is told of d->facts points into them. */
void graph_add_facts(graph *g, graph_document *d) {
    const record *r = d->facts;
    adder x = {.g = g, .r = r, .d = d, .own = graph_own(r)};
    graph_find_faces(g, d);
    x.article = article_of(g, d);
    x.nodes = ARENA_ARRAY(&g->scratch, uint32_t, r->entities.len + 1);
    x.events = ARENA_ARRAY(&g->scratch, uint32_t, r->events.len + 1);
    for (uint32_t i = 0; i < r->entities.len; i++) x.nodes[i] = NONE;
    add_all(&x);
    buf_free(&x.key);
    buf_free(&x.codes);
}
