/* Dates and times at a place in a line. Private to stages/head*.c. */
#ifndef WHOMET_HEAD_DATE_H
#define WHOMET_HEAD_DATE_H

#include "stages/head.h"

typedef struct head_day {
    int year, month, day;
} head_day; /* year 0: not given, or the date is ambiguous */

/* Each returns where it ends, or `i` when there is none. */
size_t head_skip_blanks(str s, size_t i);
size_t head_scan_date(str s, size_t i, head_day *d);
size_t head_scan_time(str s, size_t i);

void head_print_day(head_day d, char out[11]);

#endif
