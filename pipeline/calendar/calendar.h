/* Calendar arithmetic: proleptic Gregorian days, ISO 8601 weeks. No time zones, no clock, no locale. */
#ifndef WHOMET_CALENDAR_H
#define WHOMET_CALENDAR_H

#include "base/arena.h"

typedef struct day {
    int year, month, day;
} day; /* month 0: unknown */

bool day_valid(day d);
int64_t day_number(day d); /* days since 1970-01-01 (algorithm: H. Hinnant, chrono-compatible dates) */
day day_of_number(int64_t n);
int day_weekday(int64_t n);            /* 1 Monday .. 7 Sunday */
day day_add_months(day d, int months); /* the last day of the month where the day does not exist */
int days_in_month(int year, int month);
void day_iso_week(int64_t n, int *year, int *week);
int64_t iso_week_monday(int year, int week);
bool day_parse(str iso, day *out); /* the first ten characters: YYYY-MM-DD */
int64_t easter_sunday(int year, bool orthodox);

/* The calendar unit that a TIMEX3 value names. */
typedef struct date_span {
    char unit; /* D day, W week, E weekend, M month, Q quarter, H half-year, S season, Y year, T decade, C century */
    int64_t first, last;
} date_span;
bool span_of_value(str value, date_span *out); /* false: the value names no stretch of the calendar */
date_span span_containing(int64_t n, char unit);
date_span span_moved(date_span s, int by);       /* so many units on; negative: back */
str value_of_span(arena *a, const date_span *s); /* empty for a season */

#endif
