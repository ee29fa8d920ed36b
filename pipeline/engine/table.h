/* Rule files of one thing a line: identity, codes. Private to the loader. */
#ifndef WHOMET_TABLE_H
#define WHOMET_TABLE_H

#include "engine/loader.h"

typedef struct table {
    loader *l;
    str text, rest; /* the line; what of it is not read yet */
    str below;      /* the lines that follow */
    location start;
} table;

table table_of(loader *l, uint32_t file);     /* NONE: a file without lines */
bool table_next(table *t);                    /* onto the next line that says something. False: there is none */
str table_word(table *t);                     /* the next word of the line, or empty */
location table_place(const table *t, str at); /* of a part of the line */
bool table_complain(const table *t, str at, const char *message); /* false */

#endif
