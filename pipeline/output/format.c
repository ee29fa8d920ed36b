#include "output/format.h"

#include "output/tables.h"

#include <stdio.h>
#include <string.h>

static void write_json(graph_output *o) { graph_write(o->graph, o->version, o->rules_sha256, o->take, o->context); }

static const format formats[] = {{"json", TO_STREAM, write_json}, {"ndjson", TO_FOLDER, write_ndjson},
                                 {"csv", TO_FOLDER, write_csv},   {"graphml", TO_STREAM, write_graphml},
                                 {"dot", TO_STREAM, write_dot},   {"sqlite", TO_DATABASE, write_sqlite}};

const format format_explain_node = {"explain", TO_STREAM, write_explained_node};

const format *format_find(const char *name) {
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++) {
        if (strcmp(formats[i].name, name) == 0) return &formats[i];
    }
    return NULL;
}

void output_flush(graph_output *o, buf *b, size_t least) {
    if (b->len < least) return;
    o->take(o->context, buf_view(b));
    buf_clear(b);
}

void output_file(graph_output *o, const char *name_of_table, const char *ending) {
    char name[40];
    snprintf(name, sizeof name, "%s%s", name_of_table, ending);
    o->file(o->context, name);
}

void output_tables(graph_output *o, rows *to, buf *gathered) {
    for (table_id t = 0; t < TABLES; t++) {
        tables_write(o->graph, t, to);
        output_flush(o, gathered, 0);
    }
}
