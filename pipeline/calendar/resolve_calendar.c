/* Dates by name: days, months, years, feasts. What is missing comes from publication: the nearest,
   unless the tense of the clause speaks against it. */
#include "calendar/resolver.h"

#include <stdlib.h>

/* Days: FAR_... that a clause in the wrong tense may be off; who looks on farther than SIGHT tells the year, or a bound
   ("by May"). */
enum { FAR_BACK = 30, FAR_AHEAD = 45, SIGHT = 215, SIGHT_MONTHS = 9, YEAR = 365, SOON = 62 };

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
    bool wrong_ahead = t == TENSE_AHEAD && *best < x->dct &&
                       (sure || gap >= YEAR - SIGHT || (gap > FAR_BACK && resolver_is_bound(x)));
    if (t != TENSE_PAST && resolver_says(x, KEY_MOD, "END")) wrong_ahead = *best < x->dct; /* year-end */
    if (wrong_past && day_in_year(y, best_year - 1, &n)) *best = n;
    if (wrong_ahead && day_in_year(y, best_year + 1, &n)) *best = n;
    return true;
}

/* "On March 16, 2014 they voted; on April 7 fighting began": soon after a day told in the same sentence. With the
   sentence before, only where what is past would lie ahead. -1: it is not told so. */
static int year_told(const resolver *x, int month, int of_month, int64_t otherwise) {
    uint32_t ago = x->m->sentence - x->last.sentence;
    bool day_or_month = x->last.span.unit == 'D' || x->last.span.unit == 'M';
    if (!x->last.known || x->last.of_thing || ago > 1 || !day_or_month || resolver_toward(x) != TOWARD_UNTOLD)
        return -1;
    if (ago == 1 && otherwise <= x->dct) return -1;
    day from = day_of_number(x->last.span.first), d = {from.year, month, of_month > 0 ? of_month : 1};
    if (month < from.month || (month == from.month && of_month > 0 && of_month < from.day)) d.year++;
    if (!day_valid(d) || day_number(d) > x->last.span.first + SOON || day_number(d) > x->dct) return -1;
    tense clause = resolver_tense(x);
    return clause == TENSE_AHEAD || (ago == 1 && clause != TENSE_PAST) ? -1 : d.year;
}

static void set_yearly(resolver *x, const yearly *y, int year) {
    int64_t n = 0;
    if (year >= 0) {
        if (day_in_year(y, year, &n)) resolver_set_span(x, resolver_day(n), "explicit");
    } else if (x->has_dct) {
        if (!nearest(x, y, &n)) return;
        int told = y->month && !y->weekday ? year_told(x, y->month, y->day, n) : -1;
        if (told >= 0) day_in_year(y, told, &n);
        resolver_set_span(x, resolver_day(n), told >= 0 ? "relative" : "publication");
    } else if (y->month && !y->weekday && day_valid((day){2000, y->month, y->day})) {
        resolver_set(x, "DATE", NULL, arena_format(x->d->arena, "XXXX-%02d-%02d", y->month, y->day));
    }
}

static int nearest_month_year(const resolver *x, int month) {
    day d = day_of_number(x->dct);
    int away = (month - d.month + 18) % 12 - 6; /* -6 .. 5 */
    tense t = resolver_tense(x);
    const slot *which = resolver_part(x, KEY_WHICH);
    bool sure = resolver_toward(x) != TOWARD_UNTOLD;
    int least = which && resolver_fact(x, which, KEY_BEFORE).len ? -1 : 0;
    if (t == TENSE_PAST && (away > 1 || (away == 1 && resolver_has_been(x)) || (sure && away >= least))) away -= 12;
    bool wrong_ahead = sure ? away <= 0 : away <= SIGHT_MONTHS - 12 || (away < -1 && resolver_is_bound(x));
    if (t == TENSE_AHEAD && wrong_ahead) away += 12;
    return day_add_months((day){d.year, d.month, 1}, away).year;
}

static void set_month(resolver *x, int year, int month) {
    if (year < 0 && !x->has_dct) {
        resolver_set(x, "DATE", NULL, arena_format(x->d->arena, "XXXX-%02d", month));
        return;
    }
    const char *basis = year >= 0 ? "explicit" : resolver_toward(x) != TOWARD_UNTOLD ? "relative" : "publication";
    if (year < 0) {
        year = resolver_toward(x) == TOWARD_THIS ? day_of_number(x->dct).year : nearest_month_year(x, month);
        int told = year_told(x, month, 0, day_number((day){year, month, 1}));
        if (told >= 0) year = told;
    }
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
        const slot *s = mention_slot(&x->d->mentions.at[i], KEY_NUMERIC);
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

/* "June 15-17", "December 30-January 2": the days that it lasts. */
static void set_range(resolver *x, int month2, int day2) {
    day first;
    date_span s;
    if (day2 <= 0 || !span_of_value(x->t->value, &s) || s.unit != 'D') return;
    first = day_of_number(s.first);
    day end = {first.year + (month2 > 0 && month2 < first.month), month2 > 0 ? month2 : first.month, day2};
    date_span last = resolver_day(day_number(end));
    if (day_valid(end) && last.first > s.first) x->t->day_last = value_of_span(x->d->arena, &last);
}

static int month_of(const resolver *x, str name) {
    const entry *e = worker_phrase_entry(x->w, name, x->month);
    if (!e) /* "Jan-Mar" */
        e = worker_phrase_entry(x->w, arena_format(x->d->arena, "%.*s.", (int)name.len, name.at), x->month);
    return e ? atoi(arena_copy(x->d->arena, entry_fact(e, KEY_VALUE)).at) : 0;
}

/* Of "mid-May", "30-June" and "May-2". */
static int joined_month(const resolver *x, uint32_t key) {
    const slot *s = resolver_part(x, key);
    str first, last;
    if (!s || !str_cut(resolver_text(x, s), '-', &first, &last)) return -1;
    int month = month_of(x, last);
    return month > 0 ? month : month_of(x, first);
}

/* "May", "mid-May", "May 30-June 2", "30 May-2 June". */
static int month_number(const resolver *x) {
    int month = resolver_number(x, KEY_MONTH);
    if (month < 0) month = joined_month(x, KEY_MONTH);
    return month < 0 ? joined_month(x, KEY_DAY2) : month;
}

static int last_month_number(const resolver *x) {
    int month = resolver_number(x, KEY_MONTH2);
    return month < 0 ? joined_month(x, KEY_DAY) : month;
}

/* "December 30 to January 2, 2022", "December 30 and January 5, 2022": the year told is that of the second date. */
static int own_year(const resolver *x, int month) {
    int year = resolver_year(x), second = last_month_number(x);
    if (second < 0) second = resolver_number(x, KEY_NEXT_MONTH);
    return year > 0 && second > 0 && second < month ? year - 1 : year;
}

/* "the 10th of this month". */
static void set_day_of_month(resolver *x, const mention *base) {
    date_span month;
    int of_month = resolver_number(x, KEY_DAY);
    bool known = base->timex && span_of_value(base->timex->value, &month) && month.unit == 'M';
    if (known && of_month > 0 && month.first + of_month - 1 <= month.last)
        resolver_set_span(x, resolver_day(month.first + of_month - 1), "relative");
}

void resolve_calendar(resolver *x) {
    const mention *base = resolver_date(x, KEY_BASE);
    if (base) {
        set_day_of_month(x, base);
        return;
    }
    const slot *numeric = resolver_part(x, KEY_NUMERIC);
    int month = month_number(x), year = own_year(x, month), of_month = resolver_number(x, KEY_DAY);
    if (numeric) {
        resolve_numeric(x, resolver_text(x, numeric));
    } else if (month > 0 && of_month >= 0) {
        set_yearly(x, &(yearly){.month = month, .day = of_month}, year);
    } else if (month > 0) {
        set_month(x, year, month);
    } else if (year >= 0) {
        resolver_set_span(x, span_containing(day_number((day){year, 1, 1}), 'Y'), "explicit");
    }
    set_range(x, last_month_number(x), resolver_number(x, KEY_DAY2));
}

/* "January-March": the quarter or half where it is one, else its first month. */
void resolve_months(resolver *x) {
    const slot *s = resolver_part(x, KEY_MONTHS);
    str first, last;
    if (!s) return;
    if (s->end > s->first + 1) {
        first = resolver_text(x, s), last = worker_word_text(x->w, x->d->tokens.at[s->end - 1].word);
    } else if (!str_cut(resolver_text(x, s), '-', &first, &last)) {
        return;
    }
    int from = month_of(x, first), to = month_of(x, last), year = resolver_year(x);
    if (from < 1 || to < 1) return;
    set_month(x, year, from);
    date_span start, end, whole;
    if (!span_of_value(x->t->value, &start)) return;
    end = span_moved(start, to >= from ? to - from : to - from + 12);
    for (const char *unit = "QH"; *unit; unit++) {
        whole = span_containing(start.first, *unit);
        if (whole.first == start.first && whole.last == end.last) resolver_set_span(x, whole, x->t->basis);
    }
    date_span last_day = resolver_day(end.last);
    x->t->day_last = value_of_span(x->d->arena, &last_day);
}

/* ---- feasts */

static int fact_number(const resolver *x, const slot *s, uint32_t key) {
    str f = resolver_fact(x, s, key);
    char text[8] = {0};
    if (f.len == 0 || f.len >= sizeof text) return 0;
    memcpy(text, f.at, f.len);
    return (int)strtol(text, NULL, 10);
}

/* A feast whose days are listed: that of its year, else the nearest to publication that the tense allows. */
static void set_listed(resolver *x, str days) {
    int year = resolver_year(x);
    tense clause = resolver_tense(x);
    int64_t best = 0, gap = -1;
    for (day d; day_parse(days, &d); days = str_slice(days, days.len > 11 ? 11 : days.len, days.len)) {
        int64_t n = day_number(d), away = year >= 0 ? 0 : llabs(n - x->dct);
        bool wrong = year >= 0 ? d.year != year
                               : (clause == TENSE_PAST && n - x->dct > FAR_AHEAD) ||
                                     (clause == TENSE_AHEAD && x->dct - n > FAR_BACK) || away > YEAR;
        if (!wrong && (gap < 0 || away < gap)) best = n, gap = away;
    }
    if (gap >= 0 && (year >= 0 || x->has_dct))
        resolver_set_span(x, resolver_day(best), year >= 0 ? "explicit" : "publication");
}

void resolve_holiday(resolver *x) {
    const slot *s = resolver_part(x, KEY_HOLIDAY);
    if (!s) return;
    str days = resolver_fact(x, s, KEY_DAYS);
    if (days.len) {
        set_listed(x, days);
        return;
    }
    yearly y = {fact_number(x, s, KEY_MONTH), fact_number(x, s, KEY_DAY), fact_number(x, s, KEY_WEEKDAY),
                fact_number(x, s, KEY_EASTER), resolver_fact(x, s, KEY_ORTHODOX).len > 0};
    if (resolver_fact(x, s, KEY_YEAR).len && x->given_year < 0) x->given_year = fact_number(x, s, KEY_YEAR);
    set_yearly(x, &y, resolver_year(x));
}
