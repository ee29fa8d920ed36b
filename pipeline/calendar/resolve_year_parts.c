/* Seasons, quarters and halves, and what is longer than a year. */
#include "calendar/resolver.h"

/* A season that the tense of its clause puts into another year than that of publication. */
static int season_moved(const resolver *x, const date_span *season) {
    tense clause = resolver_tense(x);
    return clause == TENSE_AHEAD && season->last < x->dct ? 1 : clause == TENSE_PAST && season->first > x->dct ? -1 : 0;
}

void resolve_season(resolver *x) {
    const slot *s = resolver_part(x, KEY_SEASON);
    str code = s ? resolver_fact(x, s, KEY_TIMEX) : (str){0};
    int year = resolver_year(x), now = day_of_number(x->dct).year;
    bool told = year >= 0;
    date_span span;
    if (!told && x->has_dct) {
        year = now;
        str this_year = arena_format(x->d->arena, "%04d-%.*s", now, (int)code.len, code.at);
        bool known = span_of_value(this_year, &span);
        if (known && resolver_toward(x) == TOWARD_PAST && span.last >= x->dct) year--;
        if (known && resolver_toward(x) == TOWARD_FUTURE && span.first <= x->dct) year++;
        if (known && resolver_toward(x) == TOWARD_UNTOLD && !str_equal(code, STR("WI"))) year += season_moved(x, &span);
    }
    if (year >= 0 && code.len)
        resolver_set(x, "DATE", told ? "explicit" : "relative",
                     arena_format(x->d->arena, "%04d-%.*s", year, (int)code.len, code.at));
    else if (code.len)
        resolver_set(x, "DATE", NULL, arena_format(x->d->arena, "XXXX-%.*s", (int)code.len, code.at));
}

void resolve_decade(resolver *x) {
    int year = resolver_number(x, KEY_YEAR);
    if (year < 0) return;
    if (year < 100) year += year == 0 || year == 10 ? 2000 : 1900;
    resolver_set_span(x, span_containing(day_number((day){year, 1, 1}), 'T'), "explicit");
}

void resolve_century(resolver *x) {
    int n = resolver_number(x, KEY_COUNT);
    if (n > 0 && n < 100) resolver_set(x, "DATE", "explicit", arena_format(x->d->arena, "%02d", n - 1));
}

enum { LATELY = 3 }; /* months in which what "will be reported" of a quarter is of the past one */

/* A quarter or half without its year: the latest that has begun by publication, unless the clause looks ahead. */
static void set_part_of_year(resolver *x, char unit, int months) {
    int n = resolver_number(x, KEY_COUNT), year = resolver_year(x);
    if (n < 1 || n > 12 / months) return;
    if (year < 0 && !x->has_dct) {
        resolver_set(x, "DATE", NULL, arena_format(x->d->arena, "XXXX-%c%d", unit, n));
        return;
    }
    const char *basis = year < 0 ? "relative" : "explicit";
    day d = day_of_number(x->dct);
    if (year < 0) {
        bool begun = (d.month - 1) / months + 1 >= n;
        tense clause = resolver_tense(x);
        bool ahead = clause == TENSE_AHEAD;
        year = begun || ahead || unit == 'H' || n == 4 ? d.year : d.year - 1;
        if (n == 4 && d.month <= (clause == TENSE_PAST ? 9 : 6) && !ahead) year = d.year - 1;
        if (ahead && n * months + LATELY < d.month) year = d.year + 1;
    }
    resolver_set_span(x, span_containing(day_number((day){year, (n - 1) * months + 1, 1}), unit), basis);
}

void resolve_quarter(resolver *x) { set_part_of_year(x, 'Q', 3); }
void resolve_half(resolver *x) { set_part_of_year(x, 'H', 6); }

/* "the quarter" of a report: the one that it told last, else the one that ended last. */
void resolve_last_quarter(resolver *x) {
    int year = resolver_year(x);
    const slot *unit = resolver_part(x, KEY_UNIT), *as = resolver_part(x, KEY_AS);
    bool period = unit && str_equal(resolver_fact(x, unit, KEY_TIMEX), STR("P"));
    if (!x->has_dct && !x->quarter.known) return;
    if (period && year >= 0 && !resolver_in_quarter(x)) { /* "the 1988 period" of nine months */
        resolver_set_span(x, span_containing(day_number((day){year, 1, 1}), 'Y'), "relative");
        return;
    }
    date_span s = x->quarter.known ? x->quarter.span : span_moved(span_containing(x->dct, 'Q'), -1);
    bool before = as && year < 0 && (resolver_fact(x, as, KEY_TOWARD).len || resolver_compares(x));
    if (year >= 0 || before) s = span_moved(s, (before ? -1 : year - day_of_number(s.first).year) * 4);
    resolver_set_span(x, s, "relative");
}
