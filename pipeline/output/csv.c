/* A CSV file a table (RFC 4180): a header line, CRLF, quotes where they are needed; null is the empty cell. */
#include "output/format.h"
#include "output/tables.h"

#include <string.h>

typedef struct csv {
    rows rows;
    graph_output *o;
    buf out;
} csv;

static void write_cell(csv *x, str s) {
    bool formula = x->o->csv_safe && s.len && strchr("=+-@\t\r", s.at[0]);
    bool quoted = false;
    for (size_t i = 0; i < s.len && !quoted; i++)
        quoted = s.at[i] == '"' || s.at[i] == ',' || s.at[i] == '\n' || s.at[i] == '\r';
    if (quoted) buf_byte(&x->out, '"');
    if (formula) buf_byte(&x->out, '\'');
    for (size_t i = 0; i < s.len; i++) {
        if (s.at[i] == '"') buf_byte(&x->out, '"');
        buf_byte(&x->out, s.at[i]);
    }
    if (quoted) buf_byte(&x->out, '"');
}

static void begin(rows *r, const table *t) {
    csv *x = (csv *)r;
    output_file(x->o, t->name, ".csv");
    for (uint32_t i = 0; i < t->width; i++) {
        if (i) buf_byte(&x->out, ',');
        buf_add(&x->out, str_of(t->columns[i].name));
    }
    buf_add(&x->out, STR("\r\n"));
}

static void row(rows *r, const table *t, const cell *cells) {
    csv *x = (csv *)r;
    for (uint32_t i = 0; i < t->width; i++) {
        if (i) buf_byte(&x->out, ',');
        switch (t->columns[i].type) {
        case CELL_TEXT: write_cell(x, cells[i].text); break;
        case CELL_NUMBER: buf_number(&x->out, cells[i].number); break;
        case CELL_BOOL: buf_add(&x->out, cells[i].number ? STR("true") : STR("false")); break;
        }
    }
    buf_add(&x->out, STR("\r\n"));
    output_flush(x->o, &x->out, OUTPUT_PART);
}

void write_csv(graph_output *o) {
    csv x = {.rows = {begin, row, NULL}, .o = o};
    output_tables(o, &x.rows, &x.out);
    buf_free(&x.out);
}
