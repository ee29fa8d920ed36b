/* The dateline before the first sentence: "BAKU, Azerbaijan, Feb. 8 (Trend) -- ". Private to stages/head*.c. */
#ifndef WHOMET_HEAD_DATELINE_H
#define WHOMET_HEAD_DATELINE_H

#include "stages/head_date.h"

typedef struct dateline {
    str place, agency; /* as printed; empty: none */
    head_day day;
    size_t end; /* where the sentence begins */
} dateline;

bool dateline_of(str line, dateline *d); /* false: the line has none */

bool head_capital(str s, size_t i); /* whether an upper-case letter is at `i`; in head.c */

#endif
