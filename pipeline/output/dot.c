/* DOT, for Graphviz: the nodes by name, the edges by type. */
#include "output/format.h"
#include "output/tables.h"

typedef struct dot {
    rows rows;
    graph_output *o;
    buf out;
} dot;

static void quoted(buf *b, str s) {
    buf_byte(b, '"');
    for (size_t i = 0; i < s.len; i++) {
        char c = s.at[i];
        if (c == '"' || c == '\\') buf_byte(b, '\\');
        buf_byte(b, (unsigned char)c < 0x20 ? ' ' : c);
    }
    buf_byte(b, '"');
}

static void node(rows *r, const table *t, const cell *cells) {
    dot *x = (dot *)r;
    (void)t;
    quoted(&x->out, cells[NODE_ID].text);
    buf_add(&x->out, STR(" [label="));
    quoted(&x->out, cells[NODE_NAME].text.len ? cells[NODE_NAME].text : cells[NODE_ID].text);
    buf_add(&x->out, STR(", class="));
    quoted(&x->out, cells[NODE_TYPE].text);
    buf_add(&x->out, STR("];\n"));
    output_flush(x->o, &x->out, OUTPUT_PART);
}

static void edge(rows *r, const table *t, const cell *cells) {
    dot *x = (dot *)r;
    (void)t;
    quoted(&x->out, cells[EDGE_SOURCE].text);
    buf_add(&x->out, STR(" -> "));
    quoted(&x->out, cells[EDGE_TARGET].text);
    buf_add(&x->out, STR(" [label="));
    quoted(&x->out, cells[EDGE_TYPE].text);
    buf_add(&x->out, STR(", id="));
    quoted(&x->out, cells[EDGE_ID].text);
    buf_add(&x->out, STR("];\n"));
    output_flush(x->o, &x->out, OUTPUT_PART);
}

void write_dot(graph_output *o) {
    dot x = {.rows = {.row = node}, .o = o};
    buf_add(&x.out, STR("digraph whomet {\n"));
    tables_write(o->graph, TABLE_NODES, &x.rows);
    x.rows.row = edge;
    tables_write(o->graph, TABLE_EDGES, &x.rows);
    buf_add(&x.out, STR("}\n"));
    output_flush(o, &x.out, 0);
    buf_free(&x.out);
}
