/* GraphML, for Gephi, yEd, Cytoscape, igraph and networkx: nodes and edges with all their columns as data. */
#include "output/format.h"
#include "output/tables.h"

typedef struct graphml {
    rows rows;
    graph_output *o;
    buf out;
} graphml;

/* What XML 1.0 cannot hold, even escaped, becomes U+FFFD. */
static void escaped(buf *b, str s) {
    for (size_t i = 0; i < s.len; i++) {
        unsigned char c = (unsigned char)s.at[i];
        bool nonchar = c == 0xef && i + 2 < s.len && (unsigned char)s.at[i + 1] == 0xbf &&
                       (unsigned char)s.at[i + 2] >= 0xbe;
        if (nonchar) i += 2;
        if (c == '&')
            buf_add(b, STR("&amp;"));
        else if (c == '<')
            buf_add(b, STR("&lt;"));
        else if (c == '>')
            buf_add(b, STR("&gt;"));
        else if (c == '"')
            buf_add(b, STR("&quot;"));
        else if (c == '\r')
            buf_add(b, STR("&#13;"));
        else if (nonchar || (c < 0x20 && c != '\t' && c != '\n'))
            buf_add(b, STR("\xef\xbf\xbd"));
        else
            buf_byte(b, s.at[i]);
    }
}

static void xml_attribute(graphml *x, const char *name, str s) {
    buf_format(&x->out, " %s=\"", name);
    escaped(&x->out, s);
    buf_byte(&x->out, '"');
}

static void row(rows *r, const table *t, const cell *cells) {
    graphml *x = (graphml *)r;
    bool node = t == &tables[TABLE_NODES];
    buf_add(&x->out, node ? STR("<node") : STR("<edge"));
    xml_attribute(x, "id", cells[0].text);
    if (!node) xml_attribute(x, "source", cells[EDGE_SOURCE].text);
    if (!node) xml_attribute(x, "target", cells[EDGE_TARGET].text);
    buf_byte(&x->out, '>');
    for (uint32_t i = 1; i < t->width; i++) {
        bool number = t->columns[i].type == CELL_NUMBER;
        if ((!node && (i == EDGE_SOURCE || i == EDGE_TARGET)) || (!number && !cells[i].text.len)) continue;
        buf_format(&x->out, "<data key=\"%s-%s\">", t->name, t->columns[i].name);
        if (number)
            buf_number(&x->out, cells[i].number);
        else
            escaped(&x->out, cells[i].text);
        buf_add(&x->out, STR("</data>"));
    }
    buf_add(&x->out, node ? STR("</node>\n") : STR("</edge>\n"));
    output_flush(x->o, &x->out, OUTPUT_PART);
}

static void keys(buf *out, const table *t, const char *of) {
    for (uint32_t i = 1; i < t->width; i++) {
        const column *c = &t->columns[i];
        bool end = t == &tables[TABLE_EDGES] && (i == EDGE_SOURCE || i == EDGE_TARGET);
        if (end) continue;
        buf_format(out, "<key id=\"%s-%s\" for=\"%s\" attr.name=\"%s\" attr.type=\"%s\"/>\n", t->name, c->name, of,
                   c->name, c->type == CELL_NUMBER ? "long" : "string");
    }
}

void write_graphml(graph_output *o) {
    graphml x = {.rows = {.row = row}, .o = o};
    buf_add(&x.out, STR("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                        "<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\">\n"));
    keys(&x.out, &tables[TABLE_NODES], "node");
    keys(&x.out, &tables[TABLE_EDGES], "edge");
    buf_add(&x.out, STR("<graph id=\"whomet\" edgedefault=\"directed\">\n"));
    tables_write(o->graph, TABLE_NODES, &x.rows);
    tables_write(o->graph, TABLE_EDGES, &x.rows);
    buf_add(&x.out, STR("</graph>\n</graphml>\n"));
    output_flush(o, &x.out, 0);
    buf_free(&x.out);
}
