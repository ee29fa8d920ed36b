/* Days and weeks. */
#include "calendar/calendar.h"

static bool leap(int year) { return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0; }

int days_in_month(int year, int month) {
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return month == 2 && leap(year) ? 29 : days[(month - 1) % 12];
}

bool day_valid(day d) { return d.month >= 1 && d.month <= 12 && d.day >= 1 && d.day <= days_in_month(d.year, d.month); }

int64_t day_number(day d) {
    int64_t y = d.month <= 2 ? d.year - 1 : d.year;
    int64_t era = (y >= 0 ? y : y - 399) / 400, of_era = y - era * 400;
    int64_t of_year = (153 * (d.month + (d.month > 2 ? -3 : 9)) + 2) / 5 + d.day - 1;
    return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

day day_of_number(int64_t n) {
    n += 719468;
    int64_t era = (n >= 0 ? n : n - 146096) / 146097, of_era = n - era * 146097;
    int64_t y = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
    int64_t of_year = of_era - (365 * y + y / 4 - y / 100), m = (5 * of_year + 2) / 153;
    int month = (int)(m < 10 ? m + 3 : m - 9);
    return (day){(int)(y + era * 400) + (month <= 2), month, (int)(of_year - (153 * m + 2) / 5 + 1)};
}

int day_weekday(int64_t n) { return (int)(((n + 3) % 7 + 7) % 7) + 1; }

day day_add_months(day d, int months) {
    int m = d.year * 12 + d.month - 1 + months;
    day out = {m / 12, m % 12 + 1, d.day};
    int last = days_in_month(out.year, out.month);
    if (out.day > last) out.day = last;
    return out;
}

int64_t iso_week_monday(int year, int week) {
    int64_t fourth = day_number((day){year, 1, 4}); /* always in week 1 */
    return fourth - (day_weekday(fourth) - 1) + (int64_t)(week - 1) * 7;
}

void day_iso_week(int64_t n, int *year, int *week) {
    int64_t thursday = n - (day_weekday(n) - 1) + 3; /* its year is the week's year */
    *year = day_of_number(thursday).year;
    *week = (int)((thursday - day_number((day){*year, 1, 1})) / 7) + 1;
}

static bool digits(str s, size_t from, size_t count, int *out) {
    *out = 0;
    for (size_t i = from; i < from + count; i++) {
        if (i >= s.len || s.at[i] < '0' || s.at[i] > '9') return false;
        *out = *out * 10 + (s.at[i] - '0');
    }
    return true;
}

bool day_parse(str s, day *out) {
    return digits(s, 0, 4, &out->year) && s.len >= 10 && s.at[4] == '-' && digits(s, 5, 2, &out->month) &&
           s.at[7] == '-' && digits(s, 8, 2, &out->day) && day_valid(*out);
}

/* Gregorian: the anonymous computus (Meeus, Astronomical Algorithms, ch. 8); orthodox: the Julian one, as a Gregorian
 * day.
 */
int64_t easter_sunday(int year, bool orthodox) {
    if (orthodox) {
        int d = (19 * (year % 19) + 15) % 30, e = (2 * (year % 4) + 4 * (year % 7) - d + 34) % 7;
        int behind = year / 100 - year / 400 - 2; /* days between the calendars after February */
        return day_number((day){year, (d + e + 114) / 31, 1}) + (d + e + 114) % 31 + behind;
    }
    int a = year % 19, b = year / 100, c = year % 100, h = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30;
    int l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7, m = (a + 11 * h + 22 * l) / 451;
    int n = h + l - 7 * m + 114;
    return day_number((day){year, n / 31, n % 31 + 1});
}
