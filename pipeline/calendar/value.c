/* TIMEX3 values that name a stretch of the calendar, and those stretches: 2022-02-08, 2022-W06, 2022-W06-WE, 2022-02,
   2022-Q1, 2022-H1, 2022-SU, 2022, 202, 20. A time of day (T...) lies in its day. Values with X name none. */
#include "calendar/calendar.h"

static int number_at(str s, size_t from, size_t digits) {
    int n = 0;
    if (from + digits > s.len) return -1;
    for (size_t i = from; i < from + digits; i++) {
        if (s.at[i] < '0' || s.at[i] > '9') return -1;
        n = n * 10 + (s.at[i] - '0');
    }
    return n;
}

static date_span months(char unit, int year, int month, int count) {
    day end = day_add_months((day){year, month, 1}, count);
    return (date_span){unit, day_number((day){year, month, 1}), day_number(end) - 1};
}

static date_span years(char unit, int first, int count) {
    return (date_span){unit, day_number((day){first, 1, 1}), day_number((day){first + count, 1, 1}) - 1};
}

/* The meteorological seasons of the north; a winter begins in December of the year before. */
static bool season(str code, int year, date_span *out) {
    static const char codes[] = "WISPSUFA";
    for (int i = 0; i < 4; i++) {
        if (!str_equal(code, (str){codes + i * 2, 2})) continue;
        *out = i ? months('S', year, i * 3, 3) : months('S', year - 1, 12, 3);
        return true;
    }
    return false;
}

static bool week(str value, int year, date_span *out) {
    int n = number_at(value, 6, 2), real_year, real_week;
    if (n < 1 || n > 53) return false;
    int64_t monday = iso_week_monday(year, n);
    day_iso_week(monday, &real_year, &real_week);
    bool weekend = str_equal(str_slice(value, 8, value.len), STR("-WE"));
    if (real_year != year || real_week != n || (value.len != 8 && !weekend)) return false;
    *out = weekend ? (date_span){'E', monday + 5, monday + 6} : (date_span){'W', monday, monday + 6};
    return true;
}

bool span_of_value(str v, date_span *out) {
    int year = number_at(v, 0, 4), month = number_at(v, 5, 2);
    day d;
    if (v.len == 2 && number_at(v, 0, 2) >= 0) return *out = years('C', number_at(v, 0, 2) * 100, 100), true;
    if (v.len == 3 && number_at(v, 0, 3) >= 0) return *out = years('T', number_at(v, 0, 3) * 10, 10), true;
    if (year < 0) return false;
    if (v.len == 4) return *out = years('Y', year, 1), true;
    if (v.at[4] != '-' || v.len < 7) return false;
    if (v.at[5] == 'W' && v.at[6] != 'I') return week(v, year, out);
    if (v.len == 7 && v.at[5] == 'Q' && v.at[6] >= '1' && v.at[6] <= '4')
        return *out = months('Q', year, (v.at[6] - '1') * 3 + 1, 3), true;
    if (v.len == 7 && v.at[5] == 'H' && (v.at[6] == '1' || v.at[6] == '2'))
        return *out = months('H', year, (v.at[6] - '1') * 6 + 1, 6), true;
    if (v.len == 7 && month >= 1 && month <= 12) return *out = months('M', year, month, 1), true;
    if (v.len == 7) return season(str_slice(v, 5, 7), year, out);
    if (!day_parse(v, &d) || (v.len > 10 && v.at[10] != 'T')) return false;
    return *out = (date_span){'D', day_number(d), day_number(d)}, true;
}

date_span span_containing(int64_t n, char unit) {
    day d = day_of_number(n);
    int64_t monday = n - (day_weekday(n) - 1);
    switch (unit) {
    case 'W': return (date_span){'W', monday, monday + 6};
    case 'E': return (date_span){'E', monday + 5, monday + 6};
    case 'M': return months('M', d.year, d.month, 1);
    case 'Q': return months('Q', d.year, (d.month - 1) / 3 * 3 + 1, 3);
    case 'H': return months('H', d.year, d.month > 6 ? 7 : 1, 6);
    case 'Y': return years('Y', d.year, 1);
    case 'T': return years('T', d.year / 10 * 10, 10);
    case 'C': return years('C', d.year / 100 * 100, 100);
    default: return (date_span){'D', n, n};
    }
}

date_span span_moved(date_span s, int by) {
    day d = day_of_number(s.first);
    switch (s.unit) {
    case 'D': return span_containing(s.first + by, 'D');
    case 'W':
    case 'E': return (date_span){s.unit, s.first + (int64_t)by * 7, s.last + (int64_t)by * 7};
    case 'M': return span_containing(day_number(day_add_months(d, by)), 'M');
    case 'Q': return span_containing(day_number(day_add_months(d, by * 3)), 'Q');
    case 'H': return span_containing(day_number(day_add_months(d, by * 6)), 'H');
    case 'T': return years('T', d.year + by * 10, 10);
    case 'C': return years('C', d.year + by * 100, 100);
    default: return years('Y', d.year + by, 1);
    }
}

/* What joins it to the text before, then the number in at least so many characters, as printf("%0*d") has it. */
static char *print(char *to, const char *joint, int n, int least) {
    char digits[16];
    int count = 0;
    for (unsigned left = n < 0 ? 0u - (unsigned)n : (unsigned)n; left || !count; left /= 10)
        digits[count++] = (char)('0' + left % 10);
    while (*joint) *to++ = *joint++;
    if (n < 0) *to++ = '-', least--;
    for (; least > count; least--) *to++ = '0';
    while (count) *to++ = digits[--count];
    return to;
}

static char *print_week(char *to, int64_t first) {
    int year, number;
    day_iso_week(first, &year, &number);
    return print(print(to, "", year, 4), "-W", number, 2);
}

str value_of_span(arena *a, const date_span *s) {
    day d = day_of_number(s->first);
    char text[64], *end = text;
    switch (s->unit) {
    case 'D': end = print(print(print(end, "", d.year, 4), "-", d.month, 2), "-", d.day, 2); break;
    case 'W': end = print_week(end, s->first); break;
    case 'E': end = mempcpy(print_week(end, s->first), "-WE", 3); break;
    case 'M': end = print(print(end, "", d.year, 4), "-", d.month, 2); break;
    case 'Q': end = print(print(end, "", d.year, 4), "-Q", (d.month - 1) / 3 + 1, 1); break;
    case 'H': end = print(print(end, "", d.year, 4), "-H", d.month > 6 ? 2 : 1, 1); break;
    case 'Y': end = print(end, "", d.year, 4); break;
    case 'T': end = print(end, "", d.year / 10, 3); break;
    case 'C': end = print(end, "", d.year / 100, 2); break;
    default: return (str){0};
    }
    return arena_copy(a, (str){text, (size_t)(end - text)});
}
