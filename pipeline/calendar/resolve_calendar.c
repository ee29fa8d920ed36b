/* Dates by name: days, months, years, holidays, quarters, seasons. What is missing comes from publication: the nearest,
   unless the tense of the clause speaks against it. */
#include "calendar/resolver.h"

#include <stdlib.h>

enum { FAR_BACK = 30, FAR_AHEAD = 45 }; /* days that a clause in the wrong tense may be off */

typedef struct yearly {      /* a day of every year */
    int month, day, weekday; /* weekday: the first such day on that day or after it; 0: that day */
    int easter;              /* days from Easter, when month is 0 */
    bool orthodox;
} yearly;

static bool day_in_year(const yearly *y, int year, int64_t *n) {
    if (y->month == 0) return *n = easter_sunday(year, y->orthodox) + y->easter, true;
    day d = {year, y->month, y->day};
    if (!day_valid(d)) return false;
    *n = day_number(d);
    if (y->weekday) *n += (y->weekday - day_weekday(*n) + 7) % 7;
    return true;
}

static bool nearest(const resolver *x, const yearly *y, int64_t *best) {
    int year = day_of_number(x->dct).year, best_year = 0;
    int64_t gap = -1, n;
    for (int i = year - 1; i <= year + 1; i++) {
        if (!day_in_year(y, i, &n) || (gap >= 0 && llabs(n - x->dct) >= gap)) continue;
        *best = n, best_year = i, gap = llabs(n - x->dct);
    }
    if (gap < 0) return false;
    tense t = resolver_tense(x);
    bool sure = resolver_toward(x) != TOWARD_UNTOLD;
    bool wrong_past = t == TENSE_PAST && *best > x->dct && (sure || gap > FAR_AHEAD);
    bool wrong_ahead = t == TENSE_AHEAD && *best < x->dct && (sure || gap > FAR_BACK);
    if (wrong_past && day_in_year(y, best_year - 1, &n)) *best = n;
    if (wrong_ahead && day_in_year(y, best_year + 1, &n)) *best = n;
    return true;
}

static void set_yearly(resolver *x, const yearly *y) {
    int year = resolver_year(x);
    int64_t n;
    if (year >= 0) {
        if (day_in_year(y, year, &n)) resolver_set_span(x, resolver_day(n), "explicit");
    } else if (x->has_dct) {
        if (nearest(x, y, &n)) resolver_set_span(x, resolver_day(n), "publication");
    } else if (y->month && !y->weekday && day_valid((day){2000, y->month, y->day})) {
        resolver_set(x, "DATE", NULL, arena_format(x->d->arena, "XXXX-%02d-%02d", y->month, y->day));
    }
}

static int nearest_month_year(const resolver *x, int month) {
    day d = day_of_number(x->dct);
    int away = (month - d.month + 18) % 12 - 6; /* -6 .. 5 */
    tense t = resolver_tense(x);
    bool sure = resolver_toward(x) != TOWARD_UNTOLD;
    if (t == TENSE_PAST && (away > 1 || (sure && away >= 0))) away -= 12;
    if (t == TENSE_AHEAD && (away < -1 || (sure && away <= 0))) away += 12;
    return day_add_months((day){d.year, d.month, 1}, away).year;
}

static void set_month(resolver *x, int year, int month) {
    if (year < 0 && !x->has_dct) {
        resolver_set(x, "DATE", NULL, arena_format(x->d->arena, "XXXX-%02d", month));
        return;
    }
    const char *basis = year >= 0 ? "explicit" : resolver_toward(x) != TOWARD_UNTOLD ? "relative" : "publication";
    if (year < 0) year = resolver_toward(x) == TOWARD_THIS ? day_of_number(x->dct).year : nearest_month_year(x, month);
    resolver_set_span(x, span_containing(day_number((day){year, month, 1}), 'M'), basis);
}

/* ---- 08.02.2022, 02/08/22, 2022/02/08, 2022-02-08 */

static bool numbers_of(str text, int out[3]) {
    size_t at = 0;
    for (int i = 0; i < 3; i++) {
        out[i] = 0;
        size_t start = at;
        for (; at < text.len && text.at[at] >= '0' && text.at[at] <= '9'; at++)
            out[i] = out[i] * 10 + (text.at[at] - '0');
        if (at == start || at - start > 4) return false;
        at++;
    }
    return true;
}

/* The article decides whether 08/02/2022 is in August: by a number above 12, else by the reading that is near
 * publication. */
static numeric_order order_of(const resolver *x, const int n[3]) {
    if (n[0] > 12) return ORDER_DAY_FIRST;
    if (n[1] > 12) return ORDER_MONTH_FIRST;
    int year = n[2] < 100 ? n[2] + (n[2] < 50 ? 2000 : 1900) : n[2];
    day day_first = {year, n[1], n[0]}, month_first = {year, n[0], n[1]};
    if (!x->has_dct || !day_valid(day_first) || !day_valid(month_first)) return ORDER_UNSURE;
    bool one = llabs(day_number(day_first) - x->dct) <= FAR_BACK,
         other = llabs(day_number(month_first) - x->dct) <= FAR_BACK;
    return one == other ? ORDER_UNSURE : one ? ORDER_DAY_FIRST : ORDER_MONTH_FIRST;
}

static numeric_order order_of_article(resolver *x) {
    for (uint32_t i = 0; i < x->d->mentions.len && x->order == ORDER_NOT_ASKED; i++) {
        const slot *s = mention_slot(x->k, &x->d->mentions.at[i], "numeric");
        int n[3];
        numeric_order told = s && numbers_of(resolver_text(x, s), n) && n[0] < 100 ? order_of(x, n) : ORDER_UNSURE;
        if (told != ORDER_UNSURE) x->order = told;
    }
    if (x->order == ORDER_NOT_ASKED) x->order = ORDER_UNSURE;
    return x->order;
}

static void resolve_numeric(resolver *x, str text) {
    int n[3];
    if (!numbers_of(text, n)) return;
    day d = {n[0], n[1], n[2]};
    if (n[0] < 100) {
        bool dots = memchr(text.at, '.', text.len) != NULL;
        numeric_order order = dots || n[0] == n[1] ? ORDER_DAY_FIRST : order_of_article(x);
        int year = n[2] < 100 ? n[2] + (n[2] < 50 ? 2000 : 1900) : n[2];
        d = order == ORDER_DAY_FIRST ? (day){year, n[1], n[0]} : (day){year, n[0], n[1]};
        if (order == ORDER_UNSURE) {
            resolver_set(x, "DATE", NULL, arena_format(x->d->arena, "%04d-XX-XX", year));
            return;
        }
    }
    if (day_valid(d)) resolver_set_span(x, resolver_day(day_number(d)), "explicit");
}

/* "June 15-17": the days that it lasts. */
static void set_range(resolver *x, int month2, int day2) {
    day first;
    date_span s;
    if (day2 <= 0 || !span_of_value(x->t->value, &s) || s.unit != 'D') return;
    first = day_of_number(s.first);
    day end = {first.year, month2 > 0 ? month2 : first.month, day2};
    date_span last = resolver_day(day_number(end));
    if (day_valid(end) && last.first > s.first) x->t->day_last = value_of_span(x->d->arena, &last);
}

void resolve_calendar(resolver *x) {
    const slot *numeric = resolver_part(x, "numeric");
    int year = resolver_year(x), month = resolver_number(x, "month"), of_month = resolver_number(x, "day");
    if (numeric) {
        resolve_numeric(x, resolver_text(x, numeric));
    } else if (month > 0 && of_month >= 0) {
        set_yearly(x, &(yearly){.month = month, .day = of_month});
    } else if (month > 0) {
        set_month(x, year, month);
    } else if (year >= 0) {
        resolver_set_span(x, span_containing(day_number((day){year, 1, 1}), 'Y'), "explicit");
    }
    set_range(x, resolver_number(x, "month2"), resolver_number(x, "day2"));
}

static int fact_number(const resolver *x, const slot *s, const char *key) {
    str f = resolver_fact(x, s, key);
    char text[8] = {0};
    if (f.len == 0 || f.len >= sizeof text) return 0;
    memcpy(text, f.at, f.len);
    return (int)strtol(text, NULL, 10);
}

void resolve_holiday(resolver *x) {
    const slot *s = resolver_part(x, "holiday");
    if (!s) return;
    yearly y = {fact_number(x, s, "month"), fact_number(x, s, "day"), fact_number(x, s, "weekday"),
                fact_number(x, s, "easter"), resolver_fact(x, s, "orthodox").len > 0};
    if (resolver_fact(x, s, "year").len && x->given_year < 0) x->given_year = fact_number(x, s, "year");
    set_yearly(x, &y);
}

void resolve_season(resolver *x) {
    const slot *s = resolver_part(x, "season");
    str code = s ? resolver_fact(x, s, "timex") : (str){0};
    int year = resolver_year(x), now = day_of_number(x->dct).year;
    bool told = year >= 0;
    date_span span;
    if (!told && x->has_dct) {
        year = now;
        str this_year = arena_format(x->d->arena, "%04d-%.*s", now, (int)code.len, code.at);
        bool known = span_of_value(this_year, &span);
        if (known && resolver_toward(x) == TOWARD_PAST && span.first > x->dct - 30) year--;
        if (known && resolver_toward(x) == TOWARD_FUTURE && span.first <= x->dct) year++;
    }
    if (year >= 0 && code.len)
        resolver_set(x, "DATE", told ? "explicit" : "relative",
                     arena_format(x->d->arena, "%04d-%.*s", year, (int)code.len, code.at));
    else if (code.len)
        resolver_set(x, "DATE", NULL, arena_format(x->d->arena, "XXXX-%.*s", (int)code.len, code.at));
}

void resolve_decade(resolver *x) {
    int year = resolver_number(x, "year");
    if (year < 0) return;
    if (year < 100) year += year == 0 || year == 10 ? 2000 : 1900;
    resolver_set_span(x, span_containing(day_number((day){year, 1, 1}), 'T'), "explicit");
}

void resolve_century(resolver *x) {
    int n = resolver_number(x, "count");
    if (n > 0 && n < 100) resolver_set(x, "DATE", "explicit", arena_format(x->d->arena, "%02d", n - 1));
}

/* A quarter or half without its year: the latest that has begun by publication, unless the clause looks ahead. */
static void set_part_of_year(resolver *x, char unit, int months) {
    int n = resolver_number(x, "count"), year = resolver_year(x);
    if (n < 1 || n > 12 / months) return;
    if (year < 0 && !x->has_dct) {
        resolver_set(x, "DATE", NULL, arena_format(x->d->arena, "XXXX-%c%d", unit, n));
        return;
    }
    const char *basis = year < 0 ? "relative" : "explicit";
    day d = day_of_number(x->dct);
    if (year < 0) {
        bool begun = (d.month - 1) / months + 1 >= n;
        year = begun || resolver_tense(x) == TENSE_AHEAD || unit == 'H' || n == 4 ? d.year : d.year - 1;
        if (n == 4 && d.month <= 3 && resolver_tense(x) != TENSE_AHEAD) year = d.year - 1;
    }
    resolver_set_span(x, span_containing(day_number((day){year, (n - 1) * months + 1, 1}), unit), basis);
}

void resolve_quarter(resolver *x) { set_part_of_year(x, 'Q', 3); }
void resolve_half(resolver *x) { set_part_of_year(x, 'H', 6); }

/* "the quarter" of a report: the one that it told last, else the one that ended last. */
void resolve_last_quarter(resolver *x) {
    int year = resolver_year(x);
    if (!x->has_dct && !x->quarter.known) return;
    date_span s = x->quarter.known ? x->quarter.span : span_moved(span_containing(x->dct, 'Q'), -1);
    if (year >= 0) s = span_moved(s, (year - day_of_number(s.first).year) * 4);
    resolver_set_span(x, s, "relative");
}
