/* What a record says of events and agreements. Here is decided what makes two of them the same in two articles; an
   undated meeting belongs to its article. */
#include <stdlib.h>

#include "stages/graph_adder.h"

enum { COPIED_LEAST = 40 /* bytes of a quote that two articles do not share by chance */ };

static bool is(str s, const char *what) { return str_equal(s, str_of(what)); }

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
/* ---- events and agreements */

static str entity_id(adder *x, uint32_t at) {
    uint32_t node = adder_entity(x, at); /* the nodes may move */
    return x->g->nodes.at[node].id;
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
    for (uint32_t i = 0; i < e->participants.len; i++) adder_part(x, ids[i]);
}

static bool contact(const record_event *e) {
    return is(e->type, "meeting") || is(e->type, "call") || is(e->type, "visit");
}

/* What is not known to be the same in two articles belongs to its own; but copies of one report that came out on the
 * same day say it in the same words. */
static void own_part(adder *x, const evidence_list *list) {
    str quote = list->at[0]->span->text;
    if (quote.len < COPIED_LEAST || !x->r->published.len) {
        adder_part(x, x->own);
        return;
    }
    adder_part(x, str_slice(x->r->published, 0, x->r->published.len < 10 ? x->r->published.len : 10));
    adder_part(x, quote);
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

/* For `explain`: who told it, and why it was taken for one of that day. */
static str telling_of(adder *x, const record_event *e, str date) {
    str day = e->date.len ? e->date : STR("no day"), published = x->r->published;
    const char *fits = !e->date.len        ? "fits when this was published, "
                       : e->date.len == 10 ? "may have been reported on this one"
                                           : "lies in it";
    buf out = {0};
    buf_format(&out, "%.*s: %.*s, %.*s", (int)x->article->key.len, x->article->key.at, (int)e->status.len, e->status.at,
               (int)day.len, day.at);
    if (e->date.len && e->date_basis.len) buf_format(&out, " (%.*s)", (int)e->date_basis.len, e->date_basis.at);
    if (!str_equal(date, e->date))
        buf_format(&out, ": taken for %.*s, the one day told elsewhere that %s", (int)date.len, date.at, fits);
    else if (!e->date.len && published.len)
        buf_add(&out, STR(", told in the same words and published on "));
    if (!e->date.len) buf_add(&out, published);
    str line = arena_copy(&x->g->scratch, buf_view(&out));
    buf_free(&out);
    return line;
}

/* The status is no part of the key: a meeting that one article announces and another one reports is one meeting. */
static uint32_t event_node(adder *x, const record_event *told, const record_event *e, bool agreement,
                           const evidence_list *list) {
    graph *g = x->g;
    bool day = e->date.len == 10, named = !agreement && !contact(e);
    str name = utf8_plain(&g->scratch, e->name), type = agreement ? STR("agreement") : e->type;
    for (uint32_t i = 0; i < e->participants.len; i++) adder_entity(x, e->participants.at[i].entity);
    if (e->place != NONE) adder_entity(x, e->place);
    adder_begin_key(x, agreement ? STR("agreement") : named ? STR("event") : STR("contact"));
    adder_part(x, e->type);
    adder_part(x, name);
    adder_part(x, e->date);
    if (!named) parties_part(x, e);
    if (is(e->type, "visit") && e->place != NONE) adder_part(x, entity_id(x, e->place));
    bool known = day || (proper(e->name) && (named || e->participants.len > 0));
    if (!known) own_part(x, list);
    uint32_t id = graph_node(g, agreement ? GRAPH_AGREEMENT : GRAPH_EVENT, type, name.len ? name : e->date,
                             buf_view(&x->key));
    graph_item *n = graph_node_at(g, id);
    graph_tell(g, n, FACT_NAME, e->name);
    graph_tell(g, n, FACT_COUNTRY, e->country);
    graph_tell(g, n, FACT_STATUS, e->status);
    tell_codes(x, n, e, false);
    if (g->tellings) graph_tell_copy(g, n, FACT_TOLD, telling_of(x, told, e->date));
    graph_tell(g, n, FACT_DATE, e->date);
    graph_tell(g, n, FACT_END, e->end);
    if (agreement) graph_tell(g, n, FACT_KIND, e->type);
    for (uint32_t i = 0; i < e->about.len; i++) graph_tell(g, n, FACT_ABOUT, e->about.at[i].text);
    adder_show(x, n, list);
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
    if (e->place != NONE) graph_tell(g, edge, FACT_PLACE, graph_node_at(g, x->nodes[e->place])->id);
    for (uint32_t i = 0; i < e->about.len; i++) graph_tell(g, edge, FACT_ABOUT, e->about.at[i].text);
    adder_show(x, edge, list);
}

/* A meeting has no direction: the smaller id comes first. */
static void even_pair(adder *x, const char *type, uint32_t a, uint32_t b, const record_event *e, uint32_t event_id,
                      const evidence_list *list) {
    bool turn = str_compare(graph_node_at(x->g, a)->id, graph_node_at(x->g, b)->id) > 0;
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
    adder_begin_key(x, STR("topic"));
    adder_part(x, name);
    uint32_t id = graph_node(g, GRAPH_TOPIC, STR("topic"), name, buf_view(&x->key));
    graph_tell(g, graph_node_at(g, id), FACT_NAME, t->text);
    adder_tie(x, "about", event_id, id, e, (str){0}, around.len ? &around : list);
}

/* An edge shows that its ends belong together. What a contact was about is shown by its own node, by the edges to its
 * topics, and by the edge of the two who had it, when they were two. */
uint32_t adder_event(adder *x, const record_event *told, str date, bool agreement) {
    record_event dated = *told, *e = &dated;
    dated.date = date;
    evidence_list all = adder_evidence(x, e->evidence.at, e->evidence.len), list = telling(x, &all);
    uint32_t id = event_node(x, told, e, agreement, &all);
    for (uint32_t i = 0; i < e->participants.len; i++) {
        uint32_t who = adder_entity(x, e->participants.at[i].entity);
        if (agreement)
            adder_tie(x, "party", who, id, e, (str){0}, &list);
        else
            adder_tie(x, "participant", who, id, e, e->participants.at[i].role, &list);
    }
    if (e->place != NONE) adder_tie(x, "at", id, adder_entity(x, e->place), e, (str){0}, &list);
    for (uint32_t i = 0; i < e->about.len; i++) add_topic(x, e, &e->about.at[i], id, &all);
    party_pairs(x, e, id, agreement, e->participants.len <= 2 ? &all : &list);
    return id;
}

static bool overlap(const record_span *a, const record_span *b) {
    return a->in_title == b->in_title && a->begin < b->end && b->begin < a->end;
}

/* What happened at another event stands on the words that tell of both, when there are such. */
void adder_occasion(adder *x, const char *type, const record_event *told, str date, uint32_t id) {
    if (told->during == NONE || x->events[told->during] == id) return;
    record_event dated = *told;
    dated.date = date;
    const record_event *at = &x->r->events.at[told->during];
    evidence_list list = adder_evidence(x, told->evidence.at, told->evidence.len), both = {0};
    for (uint32_t i = 0; i < list.len; i++) {
        bool shared = false;
        for (uint32_t k = 0; k < at->evidence.len; k++)
            shared = shared || overlap(list.at[i]->span, &at->evidence.at[k]);
        if (shared) *VEC_PUSH(&x->g->scratch, &both) = list.at[i];
    }
    adder_tie(x, type, id, x->events[told->during], &dated, (str){0}, both.len ? &both : &list);
}
