/* Dates in heads, datelines and metadata. Ambiguous ones (02/08/2022) are found, but have no value. */
#include "stages/head_date.h"

#include <string.h>
#include <strings.h>

static char at(str s, size_t i) { return i < s.len ? s.at[i] : '\0'; }
static bool digit(char c) { return c >= '0' && c <= '9'; }
static bool letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

size_t head_skip_blanks(str s, size_t i) {
    while (at(s, i) == ' ' || at(s, i) == '\t' || at(s, i) == '\r') i++;
    while (i + 2 <= s.len && memcmp(s.at + i, "\xc2\xa0", 2) == 0) i = head_skip_blanks(s, i + 2);
    return i;
}

static size_t letters(str s, size_t i) {
    while (letter(at(s, i))) i++;
    return i;
}

static size_t number(str s, size_t i, int *n) {
    size_t start = i;
    for (*n = 0; digit(at(s, i)) && i - start < 8; i++) *n = *n * 10 + (at(s, i) - '0');
    return i;
}

/* Index from 1 of the name that the letters at `i` are, in full or by its first three letters; "Sept" too. */
static size_t name_of(str s, size_t i, const char *const *names, int count, int *which) {
    size_t end = letters(s, i), len = end - i;
    if (len < 3) return i;
    for (int n = 0; n < count; n++) {
        if (((s.at[i] ^ names[n][0]) & ~0x20) != 0) continue; /* mostly the first letter tells */
        bool full = len == strlen(names[n]) && strncasecmp(s.at + i, names[n], len) == 0;
        bool cut = (len == 3 || (len == 4 && n == 8)) && strncasecmp(s.at + i, names[n], len) == 0;
        if (full || cut) {
            *which = n + 1;
            return at(s, end) == '.' ? end + 1 : end;
        }
    }
    return i;
}

static size_t month(str s, size_t i, int *m) {
    static const char *const names[] = {"January", "February", "March",     "April",   "May",      "June",
                                        "July",    "August",   "September", "October", "November", "December"};
    return name_of(s, i, names, 12, m);
}

static size_t weekday(str s, size_t i) {
    static const char *const names[] = {"Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"};
    int which;
    size_t end = name_of(s, i, names, 7, &which);
    if (end == i) return i;
    if (at(s, end) == ',') end++;
    return head_skip_blanks(s, end);
}

static bool possible(head_day d) {
    static const int days[] = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return d.month >= 1 && d.month <= 12 && d.day >= 1 && d.day <= days[d.month - 1];
}

/* 2022-02-08, 2022/02/08, 08.02.2022, 20220208. */
static size_t numeric(str s, size_t i, head_day *d) {
    int a, b, c;
    size_t one = number(s, i, &a);
    if (one - i == 8) {
        *d = (head_day){a / 10000, a / 100 % 100, a % 100};
        return possible(*d) && d->year > 1000 && !digit(at(s, one)) ? one : i;
    }
    char mark = at(s, one);
    if (mark != '-' && mark != '/' && mark != '.') return i;
    size_t two = number(s, one + 1, &b), three = two > one + 1 && at(s, two) == mark ? number(s, two + 1, &c) : 0;
    if (!three || three == two + 1 || two - one > 3) return i;
    if (one - i == 4 && three - two <= 3) {
        *d = (head_day){a, b, c};
    } else if (one - i <= 2 && three - two == 5) {
        bool day_first = mark == '.' || a > 12;
        *d = (head_day){c, day_first ? b : a, day_first ? a : b};
        if (mark == '/' && a <= 12 && b <= 12 && a != b) d->year = 0;
    } else {
        return i;
    }
    return possible(*d) ? three : i;
}

static size_t year_after(str s, size_t i, int *year) {
    size_t from = head_skip_blanks(s, i);
    if (at(s, from) == ',') from = head_skip_blanks(s, from + 1);
    size_t end = number(s, from, year);
    if (end - from == 4 && *year >= 1000 && *year < 3000 && at(s, end) != ':' && !letter(at(s, end))) return end;
    *year = 0;
    return i;
}

static size_t day_number(str s, size_t i, int *day) {
    size_t end = number(s, i, day);
    if (end == i || end - i > 2) return i;
    size_t suffix = letters(s, end);
    if (suffix - end == 2 && strchr("snrt", s.at[end]) && strchr("tdh", s.at[end + 1])) end = suffix;
    return end;
}

/* 8 February 2022, February 8, 2022; the year may be missing. */
static size_t spelled(str s, size_t i, head_day *d) {
    size_t end;
    *d = (head_day){0};
    if (digit(at(s, i))) {
        size_t day_end = day_number(s, i, &d->day);
        size_t from = head_skip_blanks(s, day_end);
        if (at(s, from) == 'o' && at(s, from + 1) == 'f') from = head_skip_blanks(s, from + 2);
        end = month(s, from, &d->month);
        if (day_end == i || end == from) return i;
    } else {
        size_t month_end = month(s, i, &d->month);
        if (month_end == i) return i;
        size_t from = head_skip_blanks(s, month_end);
        end = day_number(s, from, &d->day);
        if (end == from || digit(at(s, end)) || letter(at(s, end))) return i;
    }
    return possible(*d) ? year_after(s, end, &d->year) : i;
}

size_t head_scan_date(str s, size_t i, head_day *d) {
    size_t from = weekday(s, i), end = numeric(s, from, d);
    if (end == from) end = spelled(s, from, d);
    return end == from ? i : end;
}

size_t head_scan_time(str s, size_t i) {
    int n;
    size_t end = number(s, i, &n);
    if (end == i || end - i > 2) return i;
    while ((at(s, end) == ':' || at(s, end) == '.') && digit(at(s, end + 1))) end = number(s, end + 1, &n);
    size_t half = head_skip_blanks(s, end);
    bool half_day = half + 1 < s.len && strchr("aApP", s.at[half]) &&
                    (strchr("mM", s.at[half + 1]) || strncasecmp(s.at + half + 1, ".m", 2) == 0);
    if (half_day) return at(s, half + 1) == '.' ? half + 3 + (at(s, half + 3) == '.') : half + 2;
    return memchr(s.at + i, ':', end - i) ? end : i;
}

void head_print_day(head_day d, char out[11]) {
    static const char form[] = "yyyy-mm-dd";
    int y = d.year, m = d.month, day = d.day;
    memcpy(out, form, sizeof form);
    for (int i = 3; i >= 0; i--, y /= 10) out[i] = (char)('0' + y % 10);
    out[5] = (char)('0' + m / 10), out[6] = (char)('0' + m % 10);
    out[8] = (char)('0' + day / 10), out[9] = (char)('0' + day % 10);
}

/* What follows an ISO day: "T10:52:50+0100" with a T, or nothing. */
static str iso_time(arena *a, str rest) {
    if (rest.len < 6 || (rest.at[0] != 'T' && rest.at[0] != ' ') || !digit(rest.at[1]) || !digit(rest.at[2]) ||
        rest.at[3] != ':' || !digit(rest.at[4]) || !digit(rest.at[5])) {
        return (str){0};
    }
    size_t end = 6;
    while (end < rest.len && (digit(rest.at[end]) || strchr(":.+-Z", rest.at[end]))) end++;
    return arena_format(a, "T%.*s", (int)(end - 1), rest.at + 1);
}

str head_date(arena *a, str text) {
    head_day d;
    char day[11];
    text = str_trim(text);
    size_t end = head_scan_date(text, 0, &d);
    if (end == 0 || d.year == 0) return (str){0};
    head_print_day(d, day);
    str time = end == 10 && digit(text.at[0]) && digit(text.at[3]) ? iso_time(a, str_slice(text, end, text.len))
                                                                   : (str){0};
    return arena_format(a, "%s%.*s", day, (int)time.len, time.len ? time.at : "");
}
