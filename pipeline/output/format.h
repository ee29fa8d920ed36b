/* The formats that a graph is written in: one line of the table and one file each. */
#ifndef WHOMET_FORMAT_H
#define WHOMET_FORMAT_H

#include "base/buf.h"

typedef enum { TO_STREAM, TO_FOLDER, TO_DATABASE } format_target;

typedef struct graph_output {
    struct graph *graph; /* after graph_build */
    str version, rules_sha256;
    void (*take)(void *context, str part);         /* in parts of about a megabyte */
    void (*file)(void *context, const char *name); /* TO_FOLDER: what follows belongs to this file of the folder */
    void *context;
    const char *path; /* TO_DATABASE */
    const char *node; /* format_explain_node: its id */
    bool csv_safe;    /* CSV: no cell that a spreadsheet takes for a formula */
    bool unknown;     /* there is no such node */
    char error[300];  /* empty: all went well as far as the format knows */
} graph_output;

typedef struct format {
    const char *name;
    format_target to;
    void (*write)(graph_output *o);
} format;

extern const format format_explain_node;     /* no format that a user names: what `explain --node` prints */
const format *format_find(const char *name); /* NULL: unknown */

/* Hands over what has gathered in b when it is at least `least` bytes. */
void output_flush(graph_output *o, buf *b, size_t least);
enum { OUTPUT_PART = 1 << 16 };

/* TO_FOLDER: the tables, each into the file that `begin` opens with output_file; `gathered` is handed over at the end
 * of each. */
struct rows;
void output_file(graph_output *o, const char *name_of_table, const char *ending);
void output_tables(graph_output *o, struct rows *to, buf *gathered);

void write_csv(graph_output *o);
void write_ndjson(graph_output *o);
void write_graphml(graph_output *o);
void write_dot(graph_output *o);
void write_sqlite(graph_output *o);
void write_explained_node(graph_output *o);

#endif
