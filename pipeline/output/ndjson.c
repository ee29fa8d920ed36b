/* A file of JSON lines a table: the same keys on every line, one type a key, null where nothing is known. */
#include "output/format.h"
#include "output/json.h"
#include "output/tables.h"

typedef struct ndjson {
    rows rows;
    graph_output *o;
    buf out;
} ndjson;

static void begin(rows *r, const table *t) {
    ndjson *x = (ndjson *)r;
    output_file(x->o, t->name, ".ndjson");
}

static void row(rows *r, const table *t, const cell *cells) {
    ndjson *x = (ndjson *)r;
    json_out j = {.out = &x->out};
    json_open(&j, '{');
    for (uint32_t i = 0; i < t->width; i++) {
        json_key(&j, t->columns[i].name);
        switch (t->columns[i].type) {
        case CELL_TEXT: json_text(&j, cells[i].text); break;
        case CELL_NUMBER: json_number(&j, cells[i].number); break;
        case CELL_BOOL: json_bool(&j, cells[i].number); break;
        }
    }
    json_close(&j, '}');
    buf_byte(&x->out, '\n');
    output_flush(x->o, &x->out, OUTPUT_PART);
}

void write_ndjson(graph_output *o) {
    ndjson x = {.rows = {begin, row, NULL}, .o = o};
    output_tables(o, &x.rows, &x.out);
    buf_free(&x.out);
}
