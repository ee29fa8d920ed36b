/* The calendar: every day of 1583-2400, and dates resolved in texts. */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "calendar/calendar.h"
#include "unit.h"

enum { FIRST_YEAR = 1583, LAST_YEAR = 2400 };

static bool leap(int year) { return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0; }

/* A count of its own, a day at a time; the C library agrees with it. */
static void every_day(void) {
    static const int lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    arena a = {0};
    bool numbers = true, weekdays = true, library = true, values = true;
    int64_t n = day_number((day){FIRST_YEAR, 1, 1});
    int weekday = 6; /* 1 January 1583 was a Saturday */
    for (int y = FIRST_YEAR; y <= LAST_YEAR; y++) {
        for (int m = 1; m <= 12; m++) {
            for (int d = 1; d <= lengths[m - 1] + (m == 2 && leap(y)); d++, n++, weekday = weekday % 7 + 1) {
                day back = day_of_number(n);
                numbers = numbers && day_number((day){y, m, d}) == n && back.year == y && back.month == m &&
                          back.day == d && day_valid(back);
                weekdays = weekdays && day_weekday(n) == weekday;
                time_t seconds = (time_t)n * 86400;
                struct tm t;
                gmtime_r(&seconds, &t);
                int year, week;
                char iso[16];
                day_iso_week(n, &year, &week);
                strftime(iso, sizeof iso, "%G-W%V", &t);
                str mine = arena_format(&a, "%04d-W%02d", year, week);
                library = library && t.tm_year + 1900 == y && t.tm_mon + 1 == m && t.tm_mday == d &&
                          str_equal(mine, str_of(iso));
                const char units[] = "DWEMQHYTC";
                for (size_t i = 0; units[i]; i++) {
                    date_span s = span_containing(n, units[i]), again;
                    str value = value_of_span(&a, &s);
                    values = values && span_of_value(value, &again) && again.unit == s.unit && again.first == s.first &&
                             again.last == s.last && (s.unit == 'E' || (s.first <= n && n <= s.last));
                    date_span there = span_moved(span_moved(s, 7), -7);
                    values = values && there.first == s.first && there.last == s.last;
                }
            }
        }
        arena_reset(&a);
    }
    CHECK("every day has its number, and back", numbers);
    CHECK("every day has its weekday", weekdays);
    CHECK("days and ISO weeks agree with the C library", library);
    CHECK("values name the stretch that they were made of", values);
    arena_free(&a);
}

static void impossible(void) {
    static const char *const none[] = {
        "2022-02-29", "2022-13-01", "2022-00-01", "2022-04-31",  "2021-W53", "2022-W00", "2022-Q5",   "2022-H3",
        "XXXX-06-15", "2022-XX",    "P3D",        "PRESENT_REF", "",         "2022-",    "2022-W06x", "2022-02-08x"};
    for (size_t i = 0; i < sizeof none / sizeof *none; i++) {
        date_span s;
        char name[64];
        snprintf(name, sizeof name, "no stretch: '%s'", none[i]);
        CHECK(name, !span_of_value(str_of(none[i]), &s));
    }
    date_span s;
    CHECK("week 53 where there is one",
          span_of_value(STR("2020-W53"), &s) && s.first == day_number((day){2020, 12, 28}));
    CHECK("leap day", span_of_value(STR("2000-02-29"), &s));
    CHECK("no leap day in 1900", !span_of_value(STR("1900-02-29"), &s));
    CHECK("winter begins in December", span_of_value(STR("2022-WI"), &s) && s.first == day_number((day){2021, 12, 1}));
}

static void easter(void) {
    CHECK("Easter 1961", easter_sunday(1961, false) == day_number((day){1961, 4, 2}));
    CHECK("Easter 2000", easter_sunday(2000, false) == day_number((day){2000, 4, 23}));
    CHECK("Easter 2024", easter_sunday(2024, false) == day_number((day){2024, 3, 31}));
    CHECK("Orthodox Easter 2024", easter_sunday(2024, true) == day_number((day){2024, 5, 5}));
    CHECK("Orthodox Easter 2021", easter_sunday(2021, true) == day_number((day){2021, 5, 2}));
    bool sundays = true;
    for (int y = FIRST_YEAR; y <= LAST_YEAR; y++) {
        day d = day_of_number(easter_sunday(y, false));
        sundays = sundays && day_weekday(easter_sunday(y, false)) == 7 &&
                  (d.month == 3 ? d.day >= 22 : d.month == 4 && d.day <= 25);
        sundays = sundays && day_weekday(easter_sunday(y, true)) == 7;
    }
    CHECK("Easter is a Sunday from 22 March to 25 April", sundays);
}

int main(void) {
    every_day();
    impossible();
    easter();
    return unit_done();
}
