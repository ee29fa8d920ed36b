/* One function a table. Rows come in the order of the graph. */
#include "output/tables.h"

#include "output/choose.h"

static const column of_documents[] = {{"id", CELL_TEXT, NULL},        {"document", CELL_TEXT, NULL},
                                      {"source", CELL_TEXT, NULL},    {"title", CELL_TEXT, NULL},
                                      {"published", CELL_TEXT, NULL}, {"url", CELL_TEXT, NULL},
                                      {"sha256", CELL_TEXT, NULL}};
static const column of_nodes[] = {{"id", CELL_TEXT, NULL},      {"type", CELL_TEXT, NULL}, {"name", CELL_TEXT, NULL},
                                  {"country", CELL_TEXT, NULL}, {"date", CELL_TEXT, NULL}, {"end", CELL_TEXT, NULL},
                                  {"status", CELL_TEXT, NULL},  {"kind", CELL_TEXT, NULL}, {"cameo", CELL_TEXT, NULL},
                                  {"plover", CELL_TEXT, NULL},  {"mode", CELL_TEXT, NULL}};
static const column of_edges[] = {
    {"id", CELL_TEXT, NULL},          {"type", CELL_TEXT, NULL},        {"source", CELL_TEXT, "nodes"},
    {"target", CELL_TEXT, "nodes"},   {"event", CELL_TEXT, "nodes"},    {"date", CELL_TEXT, NULL},
    {"place", CELL_TEXT, "entities"}, {"role", CELL_TEXT, NULL},        {"status", CELL_TEXT, NULL},
    {"about", CELL_TEXT, NULL},       {"documents", CELL_NUMBER, NULL}, {"texts", CELL_NUMBER, NULL},
    {"sources", CELL_NUMBER, NULL},   {"first_seen", CELL_TEXT, NULL},  {"last_seen", CELL_TEXT, NULL},
    {"cameo", CELL_TEXT, NULL},       {"plover", CELL_TEXT, NULL},      {"mode", CELL_TEXT, NULL}};
static const column of_aliases[] = {{"node", CELL_TEXT, "entities"}, {"alias", CELL_TEXT, NULL}};
static const column of_roles[] = {
    {"node", CELL_TEXT, "entities"},  {"office", CELL_TEXT, "nodes"},  {"title", CELL_TEXT, NULL},
    {"of", CELL_TEXT, NULL},          {"country", CELL_TEXT, NULL},    {"former", CELL_BOOL, NULL},
    {"documents", CELL_NUMBER, NULL}, {"first_seen", CELL_TEXT, NULL}, {"last_seen", CELL_TEXT, NULL}};
static const column of_evidence[] = {/* node or edge: the item again, as what it is */
                                     {"item", CELL_TEXT, NULL},       {"node", CELL_TEXT, "nodes"},
                                     {"edge", CELL_TEXT, "edges"},    {"document", CELL_TEXT, "documents"},
                                     {"in", CELL_TEXT, NULL},         {"begin", CELL_NUMBER, NULL},
                                     {"end", CELL_NUMBER, NULL},      {"byte_begin", CELL_NUMBER, NULL},
                                     {"byte_end", CELL_NUMBER, NULL}, {"quote", CELL_TEXT, NULL},
                                     {"rule", CELL_TEXT, NULL},       {"shows", CELL_TEXT, NULL}};

#define TABLE(name, keyed)                                                                                             \
    { #name, of_##name, sizeof(of_##name) / sizeof *(of_##name), keyed }
const table tables[TABLES] = {[TABLE_DOCUMENTS] = TABLE(documents, true), [TABLE_NODES] = TABLE(nodes, true),
                              [TABLE_EDGES] = TABLE(edges, true),         [TABLE_ALIASES] = TABLE(aliases, false),
                              [TABLE_ROLES] = TABLE(roles, false),        [TABLE_EVIDENCE] = TABLE(evidence, false)};

static cell text(str s) { return (cell){.text = s}; }
static cell count(int64_t n) { return (cell){.number = n}; }

static void write_documents(graph *g, rows *to) {
    for (uint32_t i = 0; i < g->documents.len; i++) {
        const record *d = g->documents.at[i].facts;
        const cell cells[] = {text(g->documents.at[i].key), text(d->id),  text(d->source), text(d->title),
                              text(d->published),           text(d->url), text(d->sha256)};
        to->row(to, &tables[TABLE_DOCUMENTS], cells);
    }
}

static void write_nodes(graph *g, rows *to) {
    for (uint32_t i = 0; i < g->nodes.len; i++) {
        const graph_item *n = &g->nodes.at[i];
        event_codes c = choose_codes(n);
        const cell cells[] = {text(n->id),
                              text(n->type),
                              text(choose_last(n, FACT_NAME)),
                              text(choose_only(n, n->family == GRAPH_THING ? FACT_HOME : FACT_COUNTRY)),
                              text(choose_last(n, FACT_DATE)),
                              text(choose_last(n, FACT_END)),
                              text(choose_status(n)),
                              text(choose_last(n, FACT_KIND)),
                              text(c.cameo),
                              text(c.plover),
                              text(c.mode)};
        to->row(to, &tables[TABLE_NODES], cells);
    }
}

static str joined(arena *a, const graph_item *i, fact_field field) {
    fact_range r = graph_facts(i, field);
    str all = r.len ? r.at[0].value : (str){0};
    for (uint32_t n = 1; n < r.len; n++)
        all = arena_format(a, "%.*s; %.*s", (int)all.len, all.at, (int)r.at[n].value.len, r.at[n].value.at);
    return all;
}

static str event_id(const graph *g, const graph_item *edge) {
    if (edge->event == NONE) return (str){0};
    return g->nodes.at[edge->event].id;
}

static void write_edges(graph *g, rows *to) {
    for (uint32_t i = 0; i < g->edges.len; i++) {
        const graph_item *e = &g->edges.at[i];
        sightings s = choose_sightings(&g->scratch, e);
        event_codes c = choose_codes(e);
        const cell cells[] = {text(e->id),
                              text(e->type),
                              text(g->nodes.at[e->source].id),
                              text(g->nodes.at[e->target].id),
                              text(event_id(g, e)),
                              text(choose_last(e, FACT_DATE)),
                              text(choose_last(e, FACT_PLACE)),
                              text(choose_last(e, FACT_ROLE)),
                              text(choose_status(e)),
                              text(joined(&g->scratch, e, FACT_ABOUT)),
                              count(s.documents),
                              count(s.texts),
                              count(s.sources),
                              text(s.first),
                              text(s.last),
                              text(c.cameo),
                              text(c.plover),
                              text(c.mode)};
        to->row(to, &tables[TABLE_EDGES], cells);
        arena_reset(&g->scratch);
    }
}

static void write_aliases(graph *g, rows *to) {
    for (uint32_t i = 0; i < g->nodes.len; i++) {
        const graph_item *n = &g->nodes.at[i];
        str name = choose_last(n, FACT_NAME), before = {0};
        for (uint32_t k = 0; k < n->facts.len; k++) {
            const graph_fact *f = &n->facts.at[k];
            bool told = f->field == FACT_NAME || f->field == FACT_ALIAS;
            if (n->family != GRAPH_THING || !told || str_equal(f->value, name) || str_equal(f->value, before)) continue;
            if (f->field == FACT_ALIAS && graph_has(n, FACT_NAME, f->value)) continue;
            const cell cells[] = {text(n->id), text(before = f->value)};
            to->row(to, &tables[TABLE_ALIASES], cells);
        }
    }
}

static void write_roles(graph *g, rows *to) {
    for (uint32_t i = 0; i < g->edges.len; i++) {
        const graph_item *e = &g->edges.at[i], *office = &g->nodes.at[e->target];
        if (office->family != GRAPH_OFFICE) continue;
        sightings s = choose_sightings(&g->scratch, e);
        const cell cells[] = {text(g->nodes.at[e->source].id),
                              text(office->id),
                              text(choose_last(office, FACT_TITLE)),
                              text(choose_last(office, FACT_OF)),
                              text(choose_only(office, FACT_COUNTRY)),
                              count(choose_status(e).len > 0),
                              count(s.documents),
                              text(s.first),
                              text(s.last)};
        to->row(to, &tables[TABLE_ROLES], cells);
        arena_reset(&g->scratch);
    }
}

static void evidence_of(graph *g, const graph_item *i, rows *to) {
    for (uint32_t n = 0; n < i->evidence.len; n++) {
        const graph_evidence *v = i->evidence.at[n];
        const record_span *s = v->span;
        bool node = i->source == NONE;
        const cell cells[] = {text(i->id),
                              text(node ? i->id : (str){0}),
                              text(!node ? i->id : (str){0}),
                              text(g->documents.at[v->at].key),
                              text(s->in_title ? STR("title") : STR("text")),
                              count(s->begin),
                              count(s->end),
                              count(s->byte_begin),
                              count(s->byte_end),
                              text(s->text),
                              text(s->rule),
                              text(s->about ? STR("about") : (str){0})};
        to->row(to, &tables[TABLE_EVIDENCE], cells);
    }
}

static void write_evidence(graph *g, rows *to) {
    for (uint32_t i = 0; i < g->nodes.len; i++) evidence_of(g, &g->nodes.at[i], to);
    for (uint32_t i = 0; i < g->edges.len; i++) evidence_of(g, &g->edges.at[i], to);
}

void tables_write(graph *g, table_id which, rows *to) {
    static void (*const write[TABLES])(graph *, rows *) = {write_documents, write_nodes, write_edges,
                                                           write_aliases,   write_roles, write_evidence};
    if (to->begin) to->begin(to, &tables[which]);
    write[which](g, to);
    if (to->end) to->end(to, &tables[which]);
}
