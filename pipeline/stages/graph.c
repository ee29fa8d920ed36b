/* Building and merging the graph. A node's or edge's key holds everything that makes it what it is; its id is a name
   for people and six or twelve hex digits of the key's SHA-256. */
#include "stages/graph.h"

#include <stdlib.h>
#include <string.h>

#include "base/sha256.h"
#include "base/utf8.h"

typedef struct adder {
    graph *g;
    const record *r;
    arena *scratch;
    uint32_t *nodes;      /* of the record's entities */
    str document;         /* id, kept by the graph */
} adder;

/* ---- sets of strings */

static void add_str(graph *g, str **at, uint32_t *len, uint32_t *cap, str s) {
    if (s.len == 0) return;
    for (uint32_t i = 0; i < *len; i++) {
        if (str_equal((*at)[i], s)) return;
    }
    if (*len == *cap) *at = arena_grow(&g->arena, *at, cap, *len, sizeof **at);
    (*at)[(*len)++] = arena_copy(&g->arena, s);
}
#define ADD_STR(g, list, s) add_str((g), &(list).at, &(list).len, &(list).cap, (s))

/* ---- ids */

static str slug(arena *a, str name) {
    str folded = utf8_fold(a, name);
    char *out = arena_take(a, folded.len + 1, 1);
    size_t to = 0;
    for (size_t i = 0; i < folded.len && to < 60; i++) {
        char c = folded.at[i];
        bool good = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
        if (good) out[to++] = c;
        else if (to && out[to - 1] != '-') out[to++] = '-';
    }
    while (to && out[to - 1] == '-') to--;
    return (str){out, to};
}

static str make_id(graph *g, arena *scratch, str type, str name, str key, int digits) {
    char hex[65];
    sha256_hex(key, hex);
    str s = slug(scratch, name);
    return arena_format(&g->arena, "%.*s-%.*s%s%.*s", (int)type.len, type.at, (int)s.len, s.at, s.len ? "-" : "", digits, hex);
}

static uint32_t node_for(graph *g, arena *scratch, str type, str name, str key) {
    uint32_t before = g->nodes.len, id = names_add(&g->arena, &g->nodes_by_key, key);
    if (id == before) {
        graph_node n = {.type = arena_copy(&g->arena, type), .id = make_id(g, scratch, type, name, key, name.len ? 6 : 12)};
        *VEC_PUSH(&g->arena, &g->nodes) = n;
    }
    return id;
}

/* ---- edges */

static int order_spans(const record_span *a, const record_span *b) {
    if (a->in_title != b->in_title) return a->in_title ? -1 : 1;
    if (a->begin != b->begin) return a->begin < b->begin ? -1 : 1;
    if (a->end != b->end) return a->end < b->end ? -1 : 1;
    return str_compare(a->rule, b->rule);
}

static int order_evidence(const void *x, const void *y) {
    const graph_evidence *a = x, *b = y;
    int by_document = str_compare(a->document, b->document);
    return by_document ? by_document : order_spans(&a->span, &b->span);
}

static void add_evidence(graph *g, graph_edge *e, str document_id, const record_span *s) {
    graph_evidence v = {document_id, *s};
    for (uint32_t i = 0; i < e->evidence.len; i++) {
        if (order_evidence(&e->evidence.at[i], &v) == 0) return;
    }
    v.document = arena_copy(&g->arena, document_id);
    v.span.text = arena_copy(&g->arena, s->text);
    v.span.rule = arena_copy(&g->arena, s->rule);
    v.span.link = (str){0};
    *VEC_PUSH(&g->arena, &e->evidence) = v;
}

static graph_edge *edge_for(graph *g, arena *scratch, const char *type, uint32_t source, uint32_t target, uint32_t event_node, str status) {
    str from = g->nodes.at[source].id, to = g->nodes.at[target].id, at = event_node == NONE ? (str){0} : g->nodes.at[event_node].id;
    str key = arena_format(scratch, "%s %.*s %.*s %.*s %.*s", type, (int)from.len, from.at, (int)to.len, to.at, (int)at.len, at.at, (int)status.len, status.at);
    uint32_t before = g->edges.len, id = names_add(&g->arena, &g->edges_by_key, key);
    if (id == before) {
        str kind = str_of(type);
        *VEC_PUSH(&g->arena, &g->edges) = (graph_edge){.id = make_id(g, scratch, kind, (str){0}, key, 12), .type = arena_copy(&g->arena, kind),
                                                       .status = arena_copy(&g->arena, status), .source = source, .target = target, .event = event_node};
    }
    return &g->edges.at[id];
}

/* ---- entities */

static uint32_t entity_node(adder *x, const record_entity *e) {
    graph *g = x->g;
    str name = utf8_fold(x->scratch, e->name);
    bool own = str_equal(e->type, STR("group")); /* unnamed people are the same only within their article */
    str key = arena_format(x->scratch, "%.*s %.*s %.*s", (int)e->type.len, e->type.at, (int)name.len, name.at, own ? (int)x->r->sha256.len : 0, x->r->sha256.at);
    uint32_t id = node_for(g, x->scratch, e->type, e->name, key);
    graph_node *n = &g->nodes.at[id];
    ADD_STR(g, n->names, e->name);
    ADD_STR(g, n->countries, e->country);
    for (uint32_t i = 0; i < e->aliases.len; i++) ADD_STR(g, n->aliases, e->aliases.at[i]);
    return id;
}

static bool same_role(const graph_role *a, const record_role *b) {
    return a->former == b->former && str_equal(a->title, b->title) && str_equal(a->of, b->of) && str_equal(a->country, b->country);
}

static void keep_role(graph *g, graph_node *n, const record_role *r) {
    for (uint32_t i = 0; i < n->roles.len; i++) {
        if (same_role(&n->roles.at[i], r)) return;
    }
    *VEC_PUSH(&g->arena, &n->roles) = (graph_role){arena_copy(&g->arena, r->title), arena_copy(&g->arena, r->of), arena_copy(&g->arena, r->country), r->former};
}

static void show(adder *x, graph_edge *e, const record_span *list, uint32_t count) {
    for (uint32_t i = 0; i < count; i++) add_evidence(x->g, e, x->document, &list[i]);
}

/* holds_office: person to office; represents: person to the country or body of the office. */
static void add_role(adder *x, uint32_t holder, const record_role *r) {
    graph *g = x->g;
    keep_role(g, &g->nodes.at[holder], r);
    str of = r->of.len ? r->of : r->country;
    str name = arena_format(x->scratch, "%.*s%s%.*s", (int)r->title.len, r->title.at, of.len ? ", " : "", (int)of.len, of.at);
    str folded = utf8_fold(x->scratch, name);
    uint32_t office = node_for(g, x->scratch, STR("office"), name, arena_format(x->scratch, "office %.*s", (int)folded.len, folded.at));
    ADD_STR(g, g->nodes.at[office].names, name);
    ADD_STR(g, g->nodes.at[office].countries, r->country);
    show(x, edge_for(g, x->scratch, "holds_office", holder, office, NONE, r->former ? STR("former") : STR("occurred")), r->evidence.at, r->evidence.len);
    for (uint32_t i = 0; i < x->r->entities.len && !r->former; i++) {
        const record_entity *e = &x->r->entities.at[i];
        bool body = str_equal(e->type, STR("country")) || str_equal(e->type, STR("organization"));
        if (!body || !(str_equal(e->name, r->of) || (r->country.len && str_equal(e->type, STR("country")) && str_equal(e->country, r->country)))) continue;
        show(x, edge_for(g, x->scratch, "represents", holder, x->nodes[i], NONE, STR("occurred")), r->evidence.at, r->evidence.len);
        return;
    }
}

/* ---- events and agreements */

static int by_id(const void *a, const void *b) { return str_compare(*(const str *)a, *(const str *)b); }

/* What makes an event the same in two articles: type, name or parties, day, place. Without a day it belongs to its article. */
static str event_key(adder *x, const record_event *e, const char *family) {
    str *ids = ARENA_ARRAY(x->scratch, str, e->participants.len + 1);
    buf key = {0};
    for (uint32_t i = 0; i < e->participants.len; i++) ids[i] = x->g->nodes.at[x->nodes[e->participants.at[i].entity]].id;
    if (e->participants.len) qsort(ids, e->participants.len, sizeof *ids, by_id);
    str name = utf8_fold(x->scratch, e->name);
    buf_format(&key, "%s %.*s %.*s %.*s %.*s", family, (int)e->type.len, e->type.at, (int)name.len, name.at, (int)e->date.len, e->date.at, (int)e->status.len, e->status.at);
    if (e->date.len < 10) buf_add(&key, x->r->sha256);
    if (e->place != NONE) buf_add(&key, x->g->nodes.at[x->nodes[e->place]].id);
    for (uint32_t i = 0; i < e->participants.len; i++) buf_byte(&key, ' '), buf_add(&key, ids[i]);
    str kept = arena_copy(x->scratch, buf_view(&key));
    buf_free(&key);
    return kept;
}

static uint32_t event_node(adder *x, const record_event *e, bool agreement) {
    graph *g = x->g;
    str type = agreement ? STR("agreement") : e->type;
    char plain[64];
    if (!agreement) { /* a kind may hold blanks */
        str s = slug(x->scratch, type);
        size_t n = s.len < sizeof plain ? s.len : sizeof plain - 1;
        memcpy(plain, s.at, n);
        type = (str){plain, n};
    }
    uint32_t id = node_for(g, x->scratch, type, e->name, event_key(x, e, agreement ? "agreement" : "event"));
    graph_node *n = &g->nodes.at[id];
    if (agreement) n->kind = arena_copy(&g->arena, e->type);
    n->status = arena_copy(&g->arena, e->status);
    n->date = arena_copy(&g->arena, e->date);
    if (str_compare(e->end, n->end) > 0) n->end = arena_copy(&g->arena, e->end);
    ADD_STR(g, n->names, e->name);
    ADD_STR(g, n->countries, e->country);
    for (uint32_t i = 0; i < e->about.len; i++) ADD_STR(g, n->about, e->about.at[i].text);
    return id;
}

static graph_edge *event_edge(adder *x, const record_event *e, const char *type, uint32_t source, uint32_t target, uint32_t event_id) {
    graph_edge *edge = edge_for(x->g, x->scratch, type, source, target, event_id, e->status);
    edge->date = arena_copy(&x->g->arena, e->date);
    if (e->place != NONE) edge->place = x->g->nodes.at[x->nodes[e->place]].id;
    show(x, edge, e->evidence.at, e->evidence.len);
    return edge;
}

static void pair_edge(adder *x, const record_event *e, const char *type, uint32_t a, uint32_t b, uint32_t event_id, bool directed) {
    const graph *g = x->g;
    bool turn = !directed && str_compare(g->nodes.at[a].id, g->nodes.at[b].id) > 0;
    graph_edge *edge = event_edge(x, e, type, turn ? b : a, turn ? a : b, event_id);
    for (uint32_t i = 0; i < e->about.len; i++) ADD_STR(x->g, edge->about, e->about.at[i].text);
}

static bool is(str s, const char *what) { return str_equal(s, str_of(what)); }

/* The edges that answer who met whom: between each two parties; of a visit from visitor to place and host, and back. */
static void party_edges(adder *x, const record_event *e, uint32_t event_id, bool agreement) {
    const char *type = agreement ? (is(e->status, "signed") ? "signed" : NULL) : is(e->type, "meeting") ? "met" : is(e->type, "call") ? "called" : NULL;
    for (uint32_t i = 0; i < e->participants.len && type; i++) {
        for (uint32_t k = i + 1; k < e->participants.len; k++)
            pair_edge(x, e, type, x->nodes[e->participants.at[i].entity], x->nodes[e->participants.at[k].entity], event_id, false);
    }
    for (uint32_t i = 0; i < e->participants.len && is(e->type, "visit"); i++) {
        if (!is(e->participants.at[i].role, "visitor")) continue;
        uint32_t visitor = x->nodes[e->participants.at[i].entity];
        if (e->place != NONE) pair_edge(x, e, "visited", visitor, x->nodes[e->place], event_id, true);
        for (uint32_t k = 0; k < e->participants.len; k++) {
            if (is(e->participants.at[k].role, "host")) pair_edge(x, e, "hosted", x->nodes[e->participants.at[k].entity], visitor, event_id, true);
        }
    }
}

static void add_event(adder *x, const record_event *e, bool agreement) {
    graph *g = x->g;
    uint32_t id = event_node(x, e, agreement);
    for (uint32_t i = 0; i < e->participants.len; i++) {
        uint32_t who = x->nodes[e->participants.at[i].entity];
        if (agreement) event_edge(x, e, "party", who, id, NONE);
        else event_edge(x, e, "participant", who, id, NONE);
    }
    if (e->place != NONE) event_edge(x, e, "at", id, x->nodes[e->place], NONE);
    for (uint32_t i = 0; i < e->about.len; i++) {
        str folded = utf8_fold(x->scratch, e->about.at[i].text);
        uint32_t topic_id = node_for(g, x->scratch, STR("topic"), e->about.at[i].text, arena_format(x->scratch, "topic %.*s", (int)folded.len, folded.at));
        ADD_STR(g, g->nodes.at[topic_id].names, e->about.at[i].text);
        event_edge(x, e, "about", id, topic_id, NONE);
    }
    party_edges(x, e, id, agreement);
}

/* ---- documents */

static str add_document(graph *g, arena *scratch, const record *r) {
    str key = arena_format(scratch, "%.*s %.*s", (int)r->sha256.len, r->sha256.at, (int)r->id.len, r->id.at);
    uint32_t before = g->documents.len, id = names_add(&g->arena, &g->documents_by_key, key);
    if (id == before) {
        *VEC_PUSH(&g->arena, &g->documents) =
            (graph_document){arena_copy(&g->arena, r->id), arena_copy(&g->arena, r->source), arena_copy(&g->arena, r->title),
                             arena_copy(&g->arena, r->published), arena_copy(&g->arena, r->sha256)};
    }
    return g->documents.at[id].id;
}

/* An entity is worth a node when a fact stands on it: an office or an event. */
static bool *entities_with_facts(arena *scratch, const record *r) {
    bool *used = ARENA_ARRAY(scratch, bool, r->entities.len + 1);
    for (int pass = 0; pass < 2; pass++) {
        const record_event *list = pass ? r->agreements.at : r->events.at;
        for (uint32_t i = 0; i < (pass ? r->agreements.len : r->events.len); i++) {
            for (uint32_t k = 0; k < list[i].participants.len; k++) used[list[i].participants.at[k].entity] = true;
            if (list[i].place != NONE) used[list[i].place] = true;
        }
    }
    for (uint32_t i = 0; i < r->entities.len; i++) {
        const record_entity *e = &r->entities.at[i];
        used[i] = used[i] || !is(e->type, "group");
    }
    return used;
}

void graph_add(graph *g, const record *r) {
    arena scratch = {0};
    adder x = {.g = g, .r = r, .scratch = &scratch};
    x.document = add_document(g, &scratch, r);
    x.nodes = ARENA_ARRAY(&scratch, uint32_t, r->entities.len + 1);
    bool *used = entities_with_facts(&scratch, r);
    for (uint32_t i = 0; i < r->entities.len; i++) x.nodes[i] = used[i] ? entity_node(&x, &r->entities.at[i]) : NONE;
    for (uint32_t i = 0; i < r->entities.len; i++) {
        for (uint32_t k = 0; used[i] && k < r->entities.at[i].roles.len; k++) add_role(&x, x.nodes[i], &r->entities.at[i].roles.at[k]);
    }
    for (uint32_t i = 0; i < r->events.len; i++) add_event(&x, &r->events.at[i], false);
    for (uint32_t i = 0; i < r->agreements.len; i++) add_event(&x, &r->agreements.at[i], true);
    arena_free(&scratch);
}
