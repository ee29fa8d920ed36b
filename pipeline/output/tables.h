/* The graph as flat tables: what all formats but graph JSON are made of. A format takes rows; the tables and their
 * columns are the same in all of them. */
#ifndef WHOMET_TABLES_H
#define WHOMET_TABLES_H

#include "stages/graph.h"

typedef enum { CELL_TEXT, CELL_NUMBER, CELL_BOOL } cell_type;

typedef struct column {
    const char *name;
    cell_type type;
    const char *refers; /* table of whose first column this is a value, or NULL */
} column;

typedef struct table {
    const char *name;
    const column *columns;
    uint32_t width;
    bool keyed; /* the first column is its key */
} table;

typedef struct cell {
    str text; /* of CELL_TEXT: empty is null */
    int64_t number;
} cell;

typedef enum { TABLE_DOCUMENTS, TABLE_NODES, TABLE_EDGES, TABLE_ALIASES, TABLE_ROLES, TABLE_EVIDENCE, TABLES } table_id;
extern const table tables[TABLES];

/* Columns that formats ask for by place. */
enum { NODE_ID, NODE_TYPE, NODE_NAME };
enum { EDGE_ID, EDGE_TYPE, EDGE_SOURCE, EDGE_TARGET };

typedef struct rows { /* where the rows go */
    void (*begin)(struct rows *r, const table *t);
    void (*row)(struct rows *r, const table *t, const cell *cells);
    void (*end)(struct rows *r, const table *t);
} rows;

void tables_write(graph *g, table_id which, rows *to); /* after graph_build */

#endif
