/* Calendar arithmetic: proleptic Gregorian days, ISO 8601 weeks. No time zones, no clock, no locale. */
#ifndef WHOMET_CALENDAR_H
#define WHOMET_CALENDAR_H

#include "base/str.h"

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

#endif
