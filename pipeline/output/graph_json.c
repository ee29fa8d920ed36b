/* The graph as one JSON document, keys sorted; a line an object, so that `diff` and `grep` are of use. */
#include "output/choose.h"
#include "output/json.h"
#include "stages/graph.h"

enum { PART = 1 << 16 }; /* stays in the cache until it is handed over */

typedef struct writer {
    json_out j;
    graph *g;
    graph_walk held; /* the offices of the nodes in order, as these come */
    const graph_entry *next_held;
    void (*take)(void *context, str part);
    void *context;
} writer;

static void list_key(json_out *j, const char *key, const graph_item *i, fact_field field) {
    fact_range r = graph_facts(i, field);
    json_key(j, key);
    json_open(j, '[');
    for (uint32_t n = 0; n < r.len; n++) json_string(j, r.at[n].value);
    json_close(j, ']');
}

/* All other spellings and the short forms, in order. */
static void aliases_key(json_out *j, const graph_item *i, str name) {
    fact_range a = graph_facts(i, FACT_NAME), b = graph_facts(i, FACT_ALIAS);
    json_key(j, "aliases");
    json_open(j, '[');
    for (uint32_t n = 0, m = 0; n < a.len || m < b.len;) {
        int order = n == a.len ? 1 : m == b.len ? -1 : str_compare(a.at[n].value, b.at[m].value);
        str next = order <= 0 ? a.at[n].value : b.at[m].value;
        n += order <= 0;
        m += order >= 0;
        if (!str_equal(next, name)) json_string(j, next);
    }
    json_close(j, ']');
}

static void codes_key(json_out *j, const graph_item *i) {
    event_codes c = choose_codes(i);
    json_key(j, "codes");
    if (!c.cameo.len && !c.plover.len) {
        json_null(j);
        return;
    }
    json_open(j, '{');
    json_text_key(j, "cameo", c.cameo);
    json_text_key(j, "mode", c.mode);
    json_text_key(j, "plover", c.plover);
    json_close(j, '}');
}

/* ---- objects */

static void evidence_key(json_out *j, const graph_item *i) {
    json_key(j, "evidence");
    json_open(j, '[');
    for (uint32_t n = 0; n < i->evidence.len; n++)
        record_write_evidence(j, i->evidence.at[n]->span, i->evidence.at[n]->document->id);
    json_close(j, ']');
}

static void roles_key(writer *w, str holder) {
    json_out *j = &w->j;
    json_key(j, "roles");
    json_open(j, '[');
    for (; w->next_held && str_equal(w->next_held->source, holder); w->next_held = graph_walk_next(&w->held)) {
        const graph_item *edge = w->next_held->item, *office = graph_office(w->g, w->next_held->target);
        sightings s = choose_sightings(&w->g->scratch, edge);
        json_open(j, '{');
        json_text_key(j, "country", choose_only(office, FACT_COUNTRY));
        json_key(j, "documents");
        json_number(j, s.documents);
        json_text_key(j, "first_seen", s.first);
        json_key(j, "former");
        json_bool(j, choose_status(edge).len > 0);
        json_text_key(j, "last_seen", s.last);
        json_text_key(j, "of", choose_last(office, FACT_OF));
        json_text_key(j, "office", office->id);
        json_text_key(j, "title", choose_last(office, FACT_TITLE));
        json_close(j, '}');
    }
    json_close(j, ']');
}

static void write_happening(json_out *j, const graph_item *n) {
    list_key(j, "about", n, FACT_ABOUT);
    codes_key(j, n);
    json_text_key(j, "country", choose_only(n, FACT_COUNTRY));
    json_text_key(j, "date", choose_last(n, FACT_DATE));
    json_text_key(j, "end", choose_last(n, FACT_END));
    evidence_key(j, n);
    json_text_key(j, "id", n->id);
    if (n->family == GRAPH_AGREEMENT) json_text_key(j, "kind", choose_last(n, FACT_KIND));
    json_text_key(j, "name", choose_last(n, FACT_NAME));
    json_text_key(j, "status", choose_status(n));
}

static void write_thing(writer *w, const graph_item *n) {
    json_out *j = &w->j;
    str name = choose_last(n, FACT_NAME);
    aliases_key(j, n, name);
    json_text_key(j, "country", choose_only(n, FACT_HOME));
    if (graph_facts(n, FACT_COUNTRY).len > 1) list_key(j, "countries", n, FACT_COUNTRY);
    json_text_key(j, "id", n->id);
    json_text_key(j, "name", name);
    roles_key(w, n->id);
}

static void write_office(json_out *j, const graph_item *n) {
    json_text_key(j, "country", choose_only(n, FACT_COUNTRY));
    json_text_key(j, "id", n->id);
    json_text_key(j, "name", choose_last(n, FACT_NAME));
    json_text_key(j, "of", choose_last(n, FACT_OF));
    json_text_key(j, "title", choose_last(n, FACT_TITLE));
}

static void write_topic(json_out *j, const graph_item *n) {
    json_text_key(j, "id", n->id);
    json_text_key(j, "name", choose_last(n, FACT_NAME));
}

static void write_node(writer *w, const graph_item *n) {
    json_open(&w->j, '{');
    switch (n->family) {
    case GRAPH_EVENT:
    case GRAPH_AGREEMENT: write_happening(&w->j, n); break;
    case GRAPH_OFFICE: write_office(&w->j, n); break;
    case GRAPH_TOPIC: write_topic(&w->j, n); break;
    default: write_thing(w, n); break;
    }
    json_text_key(&w->j, "type", n->type);
    json_close(&w->j, '}');
    arena_reset(&w->g->scratch);
}

static void write_edge(writer *w, const graph_entry *told) {
    json_out *j = &w->j;
    const graph_item *e = told->item;
    bool pair = e->family == GRAPH_PAIR;
    sightings s = choose_sightings(&w->g->scratch, e);
    json_open(j, '{');
    if (pair) list_key(j, "about", e, FACT_ABOUT);
    if (pair) codes_key(j, e);
    json_text_key(j, "date", choose_last(e, FACT_DATE));
    json_key(j, "documents");
    json_number(j, s.documents);
    if (pair) json_text_key(j, "event", told->event);
    evidence_key(j, e);
    json_text_key(j, "first_seen", s.first);
    json_text_key(j, "id", e->id);
    json_text_key(j, "last_seen", s.last);
    if (pair) json_text_key(j, "place", choose_last(e, FACT_PLACE));
    if (graph_facts(e, FACT_ROLE).len) json_text_key(j, "role", choose_last(e, FACT_ROLE));
    json_text_key(j, "source", told->source);
    json_key(j, "sources");
    json_number(j, s.sources);
    json_text_key(j, "status", choose_status(e));
    json_text_key(j, "target", told->target);
    json_key(j, "texts");
    json_number(j, s.texts);
    json_text_key(j, "type", e->type);
    json_close(j, '}');
    arena_reset(&w->g->scratch);
}

/* ---- the whole */

static void hand_over(writer *w, size_t least) {
    if (w->j.out->len < least) return;
    w->take(w->context, buf_view(w->j.out));
    buf_clear(w->j.out);
}

static void next_line(writer *w) {
    if (w->j.comma) buf_byte(w->j.out, ',');
    w->j.comma = false;
    buf_byte(w->j.out, '\n');
    hand_over(w, PART);
}

static void open_list(writer *w, const char *key) {
    json_key(&w->j, key);
    json_open(&w->j, '[');
}

static void write_documents(writer *w) {
    document_walk walk = {0};
    open_list(w, "documents");
    document_walk_begin(&walk, w->g, false);
    for (const graph_document *d; (d = document_walk_next(&walk));) {
        next_line(w);
        if (d->line.len)
            buf_add(w->j.out, d->line), w->j.comma = true;
        else
            record_write_object(&w->j, d->facts);
    }
    document_walk_end(&walk);
    json_close(&w->j, ']');
}

static void write_lists(writer *w) {
    graph_walk walk = {0};
    const graph_entry *e;
    write_documents(w);
    open_list(w, "edges");
    graph_walk_begin(&walk, w->g, GRAPH_EDGES);
    while ((e = graph_walk_next(&walk))) next_line(w), write_edge(w, e);
    graph_walk_end(&walk);
    json_close(&w->j, ']');
    open_list(w, "nodes");
    graph_walk_begin(&walk, w->g, GRAPH_NODES);
    graph_walk_begin(&w->held, w->g, GRAPH_HELD);
    w->next_held = graph_walk_next(&w->held);
    while ((e = graph_walk_next(&walk))) next_line(w), write_node(w, e->item);
    graph_walk_end(&w->held);
    graph_walk_end(&walk);
    json_close(&w->j, ']');
}

void graph_write(graph *g, str version, str rules_sha256, void (*take)(void *context, str part), void *context) {
    buf out = {0};
    writer w = {.j = {.out = &out}, .g = g, .take = take, .context = context};
    json_open(&w.j, '{');
    write_lists(&w);
    json_text_key(&w.j, "schema", STR("whomet.graph/1"));
    json_key(&w.j, "tool");
    json_open(&w.j, '{');
    json_text_key(&w.j, "rules_sha256", rules_sha256);
    json_text_key(&w.j, "version", version);
    json_close(&w.j, '}');
    json_close(&w.j, '}');
    buf_byte(&out, '\n');
    hand_over(&w, 0);
    buf_free(&out);
}
