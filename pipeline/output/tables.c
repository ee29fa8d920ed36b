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

static void document_row(const graph_document *d, rows *to) {
    const record *r = d->facts;
    const cell cells[] = {text(d->key),       text(r->id),  text(r->source), text(r->title),
                          text(r->published), text(r->url), text(r->sha256)};
    to->row(to, &tables[TABLE_DOCUMENTS], cells);
}

static void node_row(graph *g, const graph_entry *e, rows *to) {
    const graph_item *n = e->item;
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
    (void)g;
    to->row(to, &tables[TABLE_NODES], cells);
}

static str joined(arena *a, const graph_item *i, fact_field field) {
    fact_range r = graph_facts(i, field);
    str all = r.len ? r.at[0].value : (str){0};
    for (uint32_t n = 1; n < r.len; n++)
        all = arena_format(a, "%.*s; %.*s", (int)all.len, all.at, (int)r.at[n].value.len, r.at[n].value.at);
    return all;
}

static void edge_row(graph *g, const graph_entry *told, rows *to) {
    const graph_item *e = told->item;
    sightings s = choose_sightings(&g->scratch, e);
    event_codes c = choose_codes(e);
    const cell cells[] = {text(e->id),
                          text(e->type),
                          text(told->source),
                          text(told->target),
                          text(told->event),
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
}

static void alias_rows(graph *g, const graph_entry *e, rows *to) {
    const graph_item *n = e->item;
    str name = choose_last(n, FACT_NAME), before = {0};
    (void)g;
    for (uint32_t k = 0; k < n->facts.len; k++) {
        const graph_fact *f = &n->facts.at[k];
        bool told = f->field == FACT_NAME || f->field == FACT_ALIAS;
        if (n->family != GRAPH_THING || !told || str_equal(f->value, name) || str_equal(f->value, before)) continue;
        if (f->field == FACT_ALIAS && graph_has(n, FACT_NAME, f->value)) continue;
        const cell cells[] = {text(n->id), text(before = f->value)};
        to->row(to, &tables[TABLE_ALIASES], cells);
    }
}

static void role_row(graph *g, const graph_entry *e, rows *to) {
    const graph_item *office = graph_office(g, e->target);
    sightings s = choose_sightings(&g->scratch, e->item);
    const cell cells[] = {text(e->source),
                          text(office->id),
                          text(choose_last(office, FACT_TITLE)),
                          text(choose_last(office, FACT_OF)),
                          text(choose_only(office, FACT_COUNTRY)),
                          count(choose_status(e->item).len > 0),
                          count(s.documents),
                          text(s.first),
                          text(s.last)};
    to->row(to, &tables[TABLE_ROLES], cells);
}

static void evidence_rows(graph *g, const graph_entry *e, rows *to) {
    const graph_item *i = e->item;
    bool node = i->source == NONE;
    (void)g;
    for (uint32_t n = 0; n < i->evidence.len; n++) {
        const graph_evidence *v = i->evidence.at[n];
        const record_span *s = v->span;
        const cell cells[] = {text(i->id),
                              text(node ? i->id : (str){0}),
                              text(!node ? i->id : (str){0}),
                              text(v->document->key),
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

static void write_documents(graph *g, rows *to) {
    document_walk w = {0};
    document_walk_begin(&w, g, true);
    for (const graph_document *d; (d = document_walk_next(&w));) document_row(d, to);
    document_walk_end(&w);
}

static void write_items(graph *g, graph_list list, void (*row)(graph *, const graph_entry *, rows *), rows *to) {
    graph_walk w = {0};
    graph_walk_begin(&w, g, list);
    for (const graph_entry *e; (e = graph_walk_next(&w));) {
        row(g, e, to);
        arena_reset(&g->scratch);
    }
    graph_walk_end(&w);
}

void tables_write(graph *g, table_id which, rows *to) {
    if (to->begin) to->begin(to, &tables[which]);
    switch (which) {
    case TABLE_DOCUMENTS: write_documents(g, to); break;
    case TABLE_NODES: write_items(g, GRAPH_NODES, node_row, to); break;
    case TABLE_EDGES: write_items(g, GRAPH_EDGES, edge_row, to); break;
    case TABLE_ALIASES: write_items(g, GRAPH_NODES, alias_rows, to); break;
    case TABLE_ROLES: write_items(g, GRAPH_HELD, role_row, to); break;
    case TABLE_EVIDENCE:
        write_items(g, GRAPH_NODES, evidence_rows, to);
        write_items(g, GRAPH_EDGES, evidence_rows, to);
        break;
    case TABLES: break;
    }
    if (to->end) to->end(to, &tables[which]);
}
