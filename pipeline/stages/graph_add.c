/* What a record says, as nodes and edges. Here is decided what makes two things the same in two articles: wrong merges
   are worse than missed ones, so what is not clearly the same (a bare surname, an undated meeting) belongs to its
   article. */
#include <stdlib.h>

#include "stages/graph_identity.h"

enum { COPIED_LEAST = 40 /* bytes of a quote that two articles do not share by chance */ };

typedef VEC(graph_evidence *) evidence_list;

typedef struct adder {
    graph *g;
    const record *r;
    uint32_t at;      /* of the record */
    uint32_t *nodes;  /* of the record's entities, NONE until a fact stands on them */
    uint32_t *events; /* nodes of the record's events */
    str own;          /* what tells this article's things from those of others */
    buf key, codes;
} adder;

static bool is(str s, const char *what) { return str_equal(s, str_of(what)); }

/* ---- keys */

/* Several words with a capital, or one and a number: a name of its own, not a kind of thing. */
static bool proper(str name) {
    uint32_t capitals = 0, numbers = 0;
    for (size_t i = 0; i < name.len; i++) {
        unsigned char c = (unsigned char)name.at[i], before = i ? (unsigned char)name.at[i - 1] : ' ';
        capitals += (before == ' ' || before == '-') && ((c >= 'A' && c <= 'Z') || c >= 0xc3);
        numbers += c >= '0' && c <= '9';
    }
    return capitals > 1 || (capitals && numbers);
}

/* One key is made at a time: what else a key needs is made before it begins. */
static void begin_key(adder *x, str family) {
    buf_clear(&x->key);
    buf_add(&x->key, family);
}

static void part(adder *x, str s) {
    buf_byte(&x->key, ' ');
    buf_add(&x->key, s);
}

/* ---- entities */

static str thing_key(adder *x, uint32_t root, const graph_face *chief) {
    graph *g = x->g;
    bool body = is(chief->type, "organization") || is(chief->type, "place");
    if (g->faces.at[root].shared || chief->own.len || chief->words == 1)
        return g->faces_by_key.list.at[g->faces.at[root].chief];
    begin_key(x, chief->type);
    part(x, chief->plain);
    if (body && g->faces.at[root].home.len) part(x, g->faces.at[root].home);
    return buf_view(&x->key);
}

static uint32_t entity_node(adder *x, uint32_t at) {
    if (x->nodes[at] != NONE) return x->nodes[at];
    graph *g = x->g;
    const record_entity *e = &x->r->entities.at[at];
    uint32_t face = g->documents.at[x->at].faces[at], root = graph_face_root(g, face);
    const graph_face *chief = &g->faces.at[g->faces.at[root].chief];
    x->nodes[at] = graph_node(g, GRAPH_THING, e->type, chief->plain, thing_key(x, root, chief));
    graph_item *n = &g->nodes.at[x->nodes[at]];
    n->thing = root;
    bool named = str_equal(g->faces.at[face].plain, chief->plain);
    graph_tell(g, n, named ? FACT_NAME : FACT_ALIAS, e->name);
    graph_tell(g, n, FACT_COUNTRY, e->country);
    graph_tell(g, n, FACT_HOME, g->faces.at[root].home);
    for (uint32_t i = 0; i < e->aliases.len; i++) graph_tell(g, n, FACT_ALIAS, e->aliases.at[i]);
    return x->nodes[at];
}

static str entity_id(adder *x, uint32_t at) {
    uint32_t node = entity_node(x, at); /* the nodes may move */
    return x->g->nodes.at[node].id;
}

/* ---- evidence: shared by all items that stand on it */

static evidence_list keep_evidence(adder *x, const record_span *list, uint32_t count) {
    evidence_list out = {0};
    graph_evidence *all = ARENA_ARRAY(&x->g->arena, graph_evidence, count);
    uint32_t first = x->g->documents.at[x->at].first;
    VEC_RESERVE(&x->g->scratch, &out, count + 1);
    for (uint32_t i = 0; i < count; i++) {
        all[i] = (graph_evidence){.document = x->r, .at = x->at, .first = first, .span = &list[i]};
        out.at[out.len++] = &all[i];
    }
    return out;
}

/* What shows that it took place, without what only shows what it was about; all, when that is all. */
static evidence_list telling(adder *x, const evidence_list *list) {
    evidence_list out = {0};
    VEC_RESERVE(&x->g->scratch, &out, list->len + 1);
    for (uint32_t i = 0; i < list->len; i++) {
        if (!list->at[i]->span->about) out.at[out.len++] = list->at[i];
    }
    return out.len ? out : *list;
}

static void show(adder *x, graph_item *i, const evidence_list *list) {
    for (uint32_t n = 0; n < list->len; n++) *VEC_PUSH(&x->g->arena, &i->evidence) = list->at[n];
}

static void tie(adder *x, const char *type, uint32_t source, uint32_t target, const record_event *e, str as,
                const evidence_list *list) {
    graph *g = x->g;
    graph_item *edge = graph_edge(g, GRAPH_TIE, type, source, target, NONE, e->status);
    graph_tell(g, edge, FACT_STATUS, e->status);
    graph_tell(g, edge, FACT_DATE, e->date);
    graph_tell(g, edge, FACT_ROLE, as);
    show(x, edge, list);
}

/* ---- offices */

static void add_role(adder *x, uint32_t holder, const record_role *r) {
    graph *g = x->g;
    evidence_list list = keep_evidence(x, r->evidence.at, r->evidence.len);
    str of = r->of.len ? r->of : r->country;
    str name = arena_join(&g->scratch, (str[]){r->title, of.len ? STR(", ") : of, of}, 3);
    str plain = utf8_plain(&g->scratch, name);
    begin_key(x, STR("office"));
    part(x, plain);
    if (r->country.len) part(x, r->country);
    uint32_t office = graph_node(g, GRAPH_OFFICE, STR("office"), plain, buf_view(&x->key));
    graph_item *n = &g->nodes.at[office];
    graph_tell_copy(g, n, FACT_NAME, name);
    graph_tell(g, n, FACT_COUNTRY, r->country);
    graph_tell(g, n, FACT_TITLE, r->title);
    graph_tell(g, n, FACT_OF, r->of);
    graph_item *edge = graph_edge(g, GRAPH_TIE, "holds_office", holder, office, NONE,
                                  r->former ? STR("former") : (str){0});
    if (r->former) graph_tell(g, edge, FACT_STATUS, STR("former"));
    show(x, edge, &list);
    uint32_t target = r->former ? NONE : record_office_body(x->r, r);
    if (target == NONE) return;
    uint32_t body = entity_node(x, target);
    show(x, graph_edge(g, GRAPH_TIE, "represents", holder, body, NONE, (str){0}), &list);
}

/* ---- events and agreements */

static int by_str(const void *a, const void *b) { return str_compare(*(const str *)a, *(const str *)b); }

static void parties_part(adder *x, const record_event *e) {
    graph *g = x->g;
    str *ids = ARENA_ARRAY(&g->scratch, str, e->participants.len + 1);
    for (uint32_t i = 0; i < e->participants.len; i++) {
        str id = entity_id(x, e->participants.at[i].entity), as = e->participants.at[i].role;
        bool told = is(as, "visitor") || is(as, "host");
        ids[i] = told ? arena_join(&g->scratch, (str[]){as, STR(":"), id}, 3) : id;
    }
    if (e->participants.len) qsort(ids, e->participants.len, sizeof *ids, by_str);
    for (uint32_t i = 0; i < e->participants.len; i++) part(x, ids[i]);
}

static bool contact(const record_event *e) {
    return is(e->type, "meeting") || is(e->type, "call") || is(e->type, "visit");
}

/* What is not known to be the same in two articles belongs to its own; but copies of one report that came out on the
 * same day say it in the same words. */
static void own_part(adder *x, const evidence_list *list) {
    str quote = list->at[0]->span->text;
    if (quote.len < COPIED_LEAST || !x->r->published.len) {
        part(x, x->own);
        return;
    }
    part(x, str_slice(x->r->published, 0, x->r->published.len < 10 ? x->r->published.len : 10));
    part(x, quote);
}

/* The codes belong to the status: an article that announces a meeting and one that reports it code two different acts.
 * The blank keeps the fields apart; "-" is none. */
static void tell_codes(adder *x, graph_item *i, const record_event *e, bool linked) {
    const record_codes *c = &e->codes;
    const str fields[] = {e->status, linked && c->linked.len ? c->linked : c->cameo, c->plover, c->mode};
    if (!record_has_codes(e)) return;
    buf_clear(&x->codes);
    for (int n = 0; n < 4; n++) {
        if (n) buf_byte(&x->codes, ' ');
        buf_add(&x->codes, fields[n].len ? fields[n] : STR("-"));
    }
    graph_tell_copy(x->g, i, FACT_CODES, buf_view(&x->codes));
}

/* The status is no part of the key: a meeting that one article announces and another one reports is one meeting. */
static uint32_t event_node(adder *x, const record_event *e, bool agreement, const evidence_list *list) {
    graph *g = x->g;
    bool day = e->date.len == 10, named = !agreement && !contact(e);
    str name = utf8_plain(&g->scratch, e->name), type = agreement ? STR("agreement") : e->type;
    for (uint32_t i = 0; i < e->participants.len; i++) entity_node(x, e->participants.at[i].entity);
    if (e->place != NONE) entity_node(x, e->place);
    begin_key(x, agreement ? STR("agreement") : named ? STR("event") : STR("contact"));
    part(x, e->type);
    part(x, name);
    part(x, e->date);
    if (!named) parties_part(x, e);
    if (is(e->type, "visit") && e->place != NONE) part(x, entity_id(x, e->place));
    bool known = day || (proper(e->name) && (named || e->participants.len > 0));
    if (!known) own_part(x, list);
    uint32_t id = graph_node(g, agreement ? GRAPH_AGREEMENT : GRAPH_EVENT, type, name.len ? name : e->date,
                             buf_view(&x->key));
    graph_item *n = &g->nodes.at[id];
    graph_tell(g, n, FACT_NAME, e->name);
    graph_tell(g, n, FACT_COUNTRY, e->country);
    graph_tell(g, n, FACT_STATUS, e->status);
    tell_codes(x, n, e, false);
    graph_tell(g, n, FACT_DATE, e->date);
    graph_tell(g, n, FACT_END, e->end);
    if (agreement) graph_tell(g, n, FACT_KIND, e->type);
    for (uint32_t i = 0; i < e->about.len; i++) graph_tell(g, n, FACT_ABOUT, e->about.at[i].text);
    show(x, n, list);
    return id;
}

static void pair(adder *x, const char *type, uint32_t a, uint32_t b, const record_event *e, uint32_t event_id,
                 const evidence_list *list) {
    graph *g = x->g;
    if (a == b) return;
    graph_item *edge = graph_edge(g, GRAPH_PAIR, type, a, b, event_id, e->status);
    graph_tell(g, edge, FACT_STATUS, e->status);
    tell_codes(x, edge, e, strcmp(type, "hosted") == 0);
    graph_tell(g, edge, FACT_DATE, e->date);
    if (e->place != NONE) graph_tell(g, edge, FACT_PLACE, g->nodes.at[x->nodes[e->place]].id);
    for (uint32_t i = 0; i < e->about.len; i++) graph_tell(g, edge, FACT_ABOUT, e->about.at[i].text);
    show(x, edge, list);
}

/* A meeting has no direction: the smaller id comes first. */
static void even_pair(adder *x, const char *type, uint32_t a, uint32_t b, const record_event *e, uint32_t event_id,
                      const evidence_list *list) {
    bool turn = str_compare(x->g->nodes.at[a].id, x->g->nodes.at[b].id) > 0;
    pair(x, type, turn ? b : a, turn ? a : b, e, event_id, list);
}

static void visit_pairs(adder *x, const record_event *e, uint32_t event_id, const evidence_list *list) {
    for (uint32_t i = 0; i < e->participants.len; i++) {
        if (!is(e->participants.at[i].role, "visitor")) continue;
        uint32_t visitor = x->nodes[e->participants.at[i].entity];
        if (e->place != NONE) pair(x, "visited", visitor, x->nodes[e->place], e, event_id, list);
        for (uint32_t k = 0; k < e->participants.len; k++) {
            if (!is(e->participants.at[k].role, "host")) continue;
            pair(x, "visited", visitor, x->nodes[e->participants.at[k].entity], e, event_id, list);
            pair(x, "hosted", x->nodes[e->participants.at[k].entity], visitor, e, event_id, list);
        }
    }
}

static void party_pairs(adder *x, const record_event *e, uint32_t event_id, bool agreement, const evidence_list *list) {
    const char *type = agreement ? "signed" : is(e->type, "meeting") ? "met" : is(e->type, "call") ? "called" : NULL;
    if (e->participants.len > GRAPH_PAIRS_MOST) return;
    if (!agreement && is(e->type, "visit")) visit_pairs(x, e, event_id, list);
    for (uint32_t i = 0; i < e->participants.len && type; i++) {
        for (uint32_t k = i + 1; k < e->participants.len; k++)
            even_pair(x, type, x->nodes[e->participants.at[i].entity], x->nodes[e->participants.at[k].entity], e,
                      event_id, list);
    }
}

/* A topic stands on the evidence that holds it. */
static void add_topic(adder *x, const record_event *e, const record_span *t, uint32_t event_id,
                      const evidence_list *list) {
    graph *g = x->g;
    evidence_list around = {0};
    for (uint32_t i = 0; i < list->len; i++) {
        const record_span *s = list->at[i]->span;
        if (s->in_title == t->in_title && s->begin <= t->begin && t->end <= s->end)
            *VEC_PUSH(&g->scratch, &around) = list->at[i];
    }
    str name = utf8_plain(&g->scratch, t->text);
    begin_key(x, STR("topic"));
    part(x, name);
    uint32_t id = graph_node(g, GRAPH_TOPIC, STR("topic"), name, buf_view(&x->key));
    graph_tell(g, &g->nodes.at[id], FACT_NAME, t->text);
    tie(x, "about", event_id, id, e, (str){0}, around.len ? &around : list);
}

/* An edge shows that its ends belong together. What a contact was about is shown by its own node, by the edges to its
 * topics, and by the edge of the two who had it, when they were two. */
static uint32_t add_event(adder *x, const record_event *told, str date, bool agreement) {
    record_event dated = *told, *e = &dated;
    dated.date = date;
    evidence_list all = keep_evidence(x, e->evidence.at, e->evidence.len), list = telling(x, &all);
    uint32_t id = event_node(x, e, agreement, &all);
    for (uint32_t i = 0; i < e->participants.len; i++) {
        uint32_t who = entity_node(x, e->participants.at[i].entity);
        if (agreement)
            tie(x, "party", who, id, e, (str){0}, &list);
        else
            tie(x, "participant", who, id, e, e->participants.at[i].role, &list);
    }
    if (e->place != NONE) tie(x, "at", id, entity_node(x, e->place), e, (str){0}, &list);
    for (uint32_t i = 0; i < e->about.len; i++) add_topic(x, e, &e->about.at[i], id, &all);
    party_pairs(x, e, id, agreement, e->participants.len <= 2 ? &all : &list);
    return id;
}

static bool overlap(const record_span *a, const record_span *b) {
    return a->in_title == b->in_title && a->begin < b->end && b->begin < a->end;
}

/* What happened at another event stands on the words that tell of both, when there are such. */
static void add_occasion(adder *x, const char *type, const record_event *told, str date, uint32_t id) {
    if (told->during == NONE || x->events[told->during] == id) return;
    record_event dated = *told;
    dated.date = date;
    const record_event *at = &x->r->events.at[told->during];
    evidence_list list = keep_evidence(x, told->evidence.at, told->evidence.len), both = {0};
    for (uint32_t i = 0; i < list.len; i++) {
        bool shared = false;
        for (uint32_t k = 0; k < at->evidence.len; k++)
            shared = shared || overlap(list.at[i]->span, &at->evidence.at[k]);
        if (shared) *VEC_PUSH(&x->g->scratch, &both) = list.at[i];
    }
    tie(x, type, id, x->events[told->during], &dated, (str){0}, both.len ? &both : &list);
}

/* ---- the article */

void graph_add_facts(graph *g, uint32_t at) {
    const record *r = g->documents.at[at].facts;
    adder x = {.g = g, .r = r, .at = at, .own = r->sha256.len ? r->sha256 : r->id};
    x.nodes = ARENA_ARRAY(&g->scratch, uint32_t, r->entities.len + 1);
    for (uint32_t i = 0; i < r->entities.len; i++) x.nodes[i] = NONE;
    for (uint32_t i = 0; i < r->entities.len; i++) {
        for (uint32_t k = 0; k < r->entities.at[i].roles.len; k++) {
            add_role(&x, entity_node(&x, i), &r->entities.at[i].roles.at[k]);
        }
    }
    const str *dates = g->documents.at[at].dates;
    x.events = ARENA_ARRAY(&g->scratch, uint32_t, r->events.len + 1);
    for (uint32_t i = 0; i < r->events.len; i++) x.events[i] = add_event(&x, &r->events.at[i], dates[i], false);
    for (uint32_t i = 0; i < r->events.len; i++) add_occasion(&x, "during", &r->events.at[i], dates[i], x.events[i]);
    for (uint32_t i = 0; i < r->agreements.len; i++) {
        const record_event *e = &r->agreements.at[i];
        add_occasion(&x, "signed_at", e, e->date, add_event(&x, e, e->date, true));
    }
    buf_free(&x.key);
    buf_free(&x.codes);
    arena_reset(&g->scratch);
}
