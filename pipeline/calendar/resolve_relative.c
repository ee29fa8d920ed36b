/* Dates that count from another: from publication, from the last date told in the text, or from one that they name. */
#include "calendar/resolver.h"

#include <stdlib.h>

enum { COUNT_MOST = 10000, COMPARED = 12 /* tokens */ };

/* What the date is counted from; false: it is not known. */
static bool reference(const resolver *x, date_span *from) {
    const mention *base = resolver_date(x, KEY_BASE);
    if (base) return base->timex && span_of_value(base->timex->value, from);
    if (resolver_says(x, KEY_FROM, "text") && x->last.known) return *from = x->last.span, true;
    *from = resolver_day(x->dct);
    return x->has_dct;
}

/* "next Tuesday or Wednesday", "Monday to Friday": of days in a list each is the next after the one before it. */
static bool set_listed(resolver *x, int wanted, tense clause) {
    bool joined = x->last.known && x->last.span.unit == 'D' && x->last.end + 1 == x->m->first &&
                  x->last.sentence == x->m->sentence;
    if (!joined || resolver_toward(x) != TOWARD_UNTOLD) return false;
    int on = (wanted - day_weekday(x->last.span.first) + 7) % 7;
    date_span then = resolver_day(x->last.span.first + on);
    str between = worker_word_text(x->w, x->d->tokens.at[x->last.end].word);
    bool same = !on && (str_equal(between, STR(",")) || str_equal(between, STR("("))); /* "4 May, Thursday" */
    if (same) {
        resolver_set_span(x, x->last.span, "weekday");
        return true;
    }
    bool range = str_equal(between, STR("to")) || str_equal(between, STR("through")) || str_starts(between, STR("-"));
    bool ahead = clause == TENSE_AHEAD || x->last.span.first > x->dct;
    if (!on || (!range && !ahead && then.first > x->dct)) return false;
    resolver_set_span(x, then, "weekday");
    return true;
}

void resolve_weekday(resolver *x) {
    int wanted = resolver_number(x, KEY_WEEKDAY);
    tense clause = resolver_tense(x);
    date_span from;
    bool told = resolver_says(x, KEY_FROM, "text");
    if (!reference(x, &from)) {
        resolver_set(x, "DATE", NULL, arena_format(x->d->arena, "XXXX-WXX-%d", wanted));
        return;
    }
    if (from.unit == 'W') { /* "Friday last week" */
        resolver_set_span(x, resolver_day(from.first + wanted - 1), "relative");
        return;
    }
    if (!told && set_listed(x, wanted, clause)) return;
    int back = (day_weekday(from.first) - wanted + 7) % 7, on = (7 - back) % 7;
    toward t = resolver_toward(x);
    bool past = t == TOWARD_PAST, next = t == TOWARD_FUTURE;
    if (past) back = back ? back : 7;
    if (next) on = on ? on : 7;
    bool later = next || (!past && clause == TENSE_AHEAD) || (t == TOWARD_UNTOLD && resolver_is_for(x) && on <= back);
    if (t == TOWARD_THIS) later = !(clause == TENSE_PAST && back > 0); /* of this week */
    resolver_set_span(x, resolver_day(later ? from.first + on : from.first - back), told ? "relative" : "weekday");
}

static void set_unknown(resolver *x, char unit) {
    const char *value = unit == 'D'   ? "XXXX-XX-XX"
                        : unit == 'W' ? "XXXX-WXX"
                        : unit == 'M' ? "XXXX-XX"
                        : unit == 'Q' ? "XXXX-QX"
                                      : "XXXX";
    resolver_set(x, "DATE", NULL, str_of(value));
}

void resolve_offset(resolver *x) {
    date_span from;
    const slot *word = resolver_part(x, KEY_DAY);
    str told = word ? resolver_fact(x, word, KEY_DAYS) : resolver_attribute(x, KEY_DAYS);
    toward t = resolver_toward(x);
    int days = told.len ? atoi(arena_copy(x->d->arena, told).at) : t == TOWARD_PAST ? -1 : t == TOWARD_FUTURE;
    bool vague = resolver_says(x, KEY_FROM, "text") && x->last.known && x->last.span.unit != 'D';
    if (!vague && reference(x, &from))
        resolver_set_span(x, resolver_day((days < 0 ? from.first : from.last) + days), "relative");
    else
        set_unknown(x, 'D');
}

/* "On Friday, the second day of the visit", "today is the eighth day": the day told right before. */
static bool is_day_told(const resolver *x) {
    uint32_t at = x->m->first;
    bool before = x->last.known && x->last.span.unit == 'D' && x->last.end + 1 == at &&
                  x->last.sentence == x->m->sentence;
    str joint = before ? worker_word_text(x->w, x->d->tokens.at[at - 1].word) : (str){0};
    return str_equal(joint, STR(",")) || str_equal(joint, STR("is")) || str_equal(joint, STR("was"));
}

void resolve_unknown_day(resolver *x) {
    if (is_day_told(x))
        resolver_set_span(x, x->last.span, "relative");
    else
        set_unknown(x, 'D');
}

/* The letter of span_moved: of the slot's unit, or '\0' for hours and less. */
static char unit_letter(const resolver *x, const slot *s) {
    str own = s ? resolver_fact(x, s, KEY_UNIT) : (str){0}, timex = s ? resolver_fact(x, s, KEY_TIMEX) : (str){0};
    if (!s || resolver_fact(x, s, KEY_CLOCK).len) return '\0';
    return own.len ? own.at[0] : timex.len ? timex.at[0] : '\0';
}

bool resolver_compares(const resolver *x) {
    uint32_t at = x->m->first, first = x->d->sentences.at[x->m->sentence].first;
    for (uint32_t n = 1; n <= COMPARED && at >= first + n; n++) {
        if (worker_word_is(x->w, x->d->tokens.at[at - n].word, x->compares)) return true;
    }
    return false;
}

/* "The quarter's net was 3 million, compared with 4 million last year". */
static bool is_of_quarter(const resolver *x, char unit, date_span *quarter) {
    bool year_told = x->last.known && x->last.span.unit == 'Y' && x->last.sentence == x->m->sentence;
    if (unit != 'Y' || resolver_toward(x) != TOWARD_PAST || year_told || !resolver_of_quarter(x, quarter)) return false;
    return resolver_compares(x);
}

/* "the same month last year". */
static date_span in_year(date_span s, int year) {
    day then = day_of_number(s.first);
    return span_containing(day_number(day_add_months(then, (year - then.year) * 12)), s.unit);
}

void resolve_unit(resolver *x) {
    char unit = unit_letter(x, resolver_part(x, KEY_UNIT));
    date_span from;
    toward t = resolver_toward(x);
    int by = t == TOWARD_PAST ? -1 : t == TOWARD_FUTURE;
    if (!unit) return;
    bool vague = unit == 'D' && resolver_says(x, KEY_FROM, "text") && x->last.known && x->last.span.unit != 'D';
    if (!reference(x, &from) || vague) { /* "that day", after a year was told */
        set_unknown(x, unit);
        return;
    }
    if (unit == 'E' && by == 0 && day_weekday(from.first) < 6 && t != TOWARD_THIS) {
        tense clause = resolver_tense(x);
        by = clause == TENSE_PAST || (clause == TENSE_UNKNOWN && day_weekday(from.first) < 3) ? -1 : 0;
    }
    date_span quarter;
    if (unit == 'Q' && resolver_says(x, KEY_FROM, "text") && resolver_in_quarter(x)) from = x->quarter.span;
    date_span s = span_moved(span_containing(from.first, unit), by);
    if (is_of_quarter(x, unit, &quarter)) s = span_moved(quarter, -4);
    if (x->given_year >= 0) s = in_year(s, x->given_year);
    resolver_set_span(x, s, "relative");
}

static int64_t day_back(int64_t n, char unit, int count) {
    if (unit == 'Y') return day_number(day_add_months(day_of_number(n), -12 * count));
    if (unit == 'M') return day_number(day_add_months(day_of_number(n), -count));
    return n - (unit == 'W' ? 7 : 1) * (int64_t)count;
}

/* "a year and a half ago" is eighteen months ago. */
static char half_of(char unit, int64_t twice, int64_t *count) {
    *count = unit == 'Y' ? twice * 6 : unit == 'M' ? twice * 15 : unit == 'W' ? twice * 7 / 2 : twice / 2;
    return unit == 'Y' ? 'M' : unit == 'M' || unit == 'W' ? 'D' : unit;
}

void resolve_distance(resolver *x) {
    const slot *unit_slot = resolver_part(x, KEY_UNIT), *count_slot = resolver_part(x, KEY_COUNT);
    bool half = resolver_says(x, KEY_HALF, "yes");
    amount a = count_slot ? resolver_amount(x, count_slot) : (amount){half ? 0 : 2, true};
    if (half) a.twice++;
    bool back = resolver_toward(x) == TOWARD_PAST;
    char unit = unit_slot ? unit_letter(x, unit_slot) : 'D';
    date_span from;
    if (resolver_says(x, KEY_VAGUE, "yes")) {
        resolver_set(x, "DATE", NULL, back ? STR("PAST_REF") : STR("FUTURE_REF"));
        return;
    }
    if (!unit) { /* "two hours ago" */
        resolve_duration(x);
        return;
    }
    if (!a.known || a.twice > COUNT_MOST || !reference(x, &from)) return;
    str factor = unit_slot ? resolver_fact(x, unit_slot, KEY_FACTOR) : (str){0};
    if (unit == 'T' || unit == 'C') unit = 'Y';
    int64_t twice = a.twice * (factor.len ? atoi(arena_copy(x->d->arena, factor).at) : 1), count = twice / 2;
    if (twice % 2) unit = half_of(unit, twice, &count);
    bool from_day = resolver_date(x, KEY_BASE) && from.unit == 'D';
    if (from_day || resolver_says(x, KEY_EXACT, "yes")) { /* "two weeks after May 3", "two years ago today" */
        resolver_set_span(x, resolver_day(day_back(from.first, unit, (int)(back ? count : -count))), "relative");
        return;
    }
    if (unit == 'Y' && count == 1 && !resolver_date(x, KEY_BASE)) {
        bool told = x->last.known && x->last.sentence == x->m->sentence;
        date_span quarter;
        if (resolver_of_quarter(x, &quarter))
            from = quarter, unit = 'Q', count = 4;
        else if ((x->quarter.known || x->longer) && x->has_dct && !told) /* a report's nine months */
            from = x->quarter.known ? x->quarter.span : resolver_day(x->dct);
    }
    date_span s = span_moved(span_containing(from.first, unit), (int)(back ? -count : count));
    bool later = resolver_says(x, KEY_FROM, "text") && !back && x->has_dct && s.first > x->dct;
    if (later && resolver_clause(x) != TENSE_AHEAD)
        s = span_containing(x->dct, unit); /* what it is counted from is not told */
    resolver_set_span(x, s, "relative");
}

/* "year-earlier": of the quarter that the report told, else of the year; "the year-ago quarter": of the last one. */
void resolve_year_before(resolver *x) {
    date_span quarter;
    if (resolver_of_quarter(x, &quarter))
        resolver_set_span(x, span_moved(quarter, -4), "relative");
    else if (x->quarter.known && unit_letter(x, resolver_part(x, KEY_UNIT)) == 'Q')
        resolver_set_span(x, span_moved(x->quarter.span, -4), "relative");
    else if (x->has_dct && unit_letter(x, resolver_part(x, KEY_UNIT)) == 'Q')
        resolver_set_span(x, span_moved(span_containing(x->dct, 'Q'), -5), "relative");
    else if (x->has_dct)
        resolver_set_span(x, span_moved(span_containing(x->dct, 'Y'), -1), "relative");
}

/* "the week of March 6". */
void resolve_within(resolver *x) {
    const mention *inner = resolver_date(x, KEY_INNER);
    date_span s;
    if (inner && inner->timex && span_of_value(inner->timex->value, &s))
        resolver_set_span(x, span_containing(s.first, 'W'), "relative");
}

/* ---- times of day */

/* "10", "10:35", "14.30", "7pm", "0900", noon: minutes after midnight, or -1. */
static int minutes_of(const resolver *x, const mention *clock) {
    const slot *hour = mention_slot(clock, KEY_HOUR), *half = mention_slot(clock, KEY_HALF);
    if (!hour) return -1;
    str text = resolver_text(x, hour), fixed = resolver_fact(x, hour, KEY_MINUTES);
    if (fixed.len) return atoi(arena_copy(x->d->arena, fixed).at);
    int h = 0, m = 0;
    size_t at = 0, start;
    amount word = resolver_amount(x, hour); /* "four in the morning" */
    if (text.len && (text.at[0] < '0' || text.at[0] > '9') && word.known && word.twice < 48) h = (int)word.twice / 2;
    for (; at < text.len && text.at[at] >= '0' && text.at[at] <= '9'; at++) h = h * 10 + (text.at[at] - '0');
    if (at == 4) m = h % 100, h /= 100;
    if (at < text.len && (text.at[at] == ':' || text.at[at] == '.')) {
        for (start = ++at; at < text.len && at - start < 2 && text.at[at] >= '0' && text.at[at] <= '9'; at++)
            m = m * 10 + (text.at[at] - '0');
    }
    char letter = half ? resolver_text(x, half).at[0] : at < text.len ? text.at[at] : '\0';
    bool late = half && (str_equal(resolver_text(x, half), STR("afternoon")) ||
                         str_equal(resolver_text(x, half), STR("evening")));
    if ((letter == 'p' || letter == 'P' || late) && h < 12) h += 12;
    if (late || letter == 'm') letter = '\0';
    if ((letter == 'a' || letter == 'A') && h == 12) h = 0;
    return h > 24 || m > 59 ? -1 : h * 60 + m;
}

static void set_clock(resolver *x, str of_day, int minutes) {
    resolver_set(x, "TIME", x->t->basis,
                 arena_format(x->d->arena, "%.*sT%02d:%02d", (int)of_day.len, of_day.at, minutes / 60, minutes % 60));
}

enum { DAWN = 7 * 60 };

/* A time alone: of the day that its sentence told or, when it is past, the one before; else of publication, or of the
   day after it: "will leave at 4 in the morning". */
void resolve_clock(resolver *x) {
    int minutes = minutes_of(x, x->m);
    uint32_t ago = x->m->sentence - x->last.sentence;
    bool same = x->last.known && x->last.span.unit == 'D' && (!ago || (ago == 1 && resolver_tense(x) == TENSE_PAST));
    if (minutes < 0) return;
    x->t->basis = "relative";
    bool after = minutes < DAWN && resolver_tense(x) == TENSE_AHEAD;
    date_span of = same ? x->last.span : resolver_day(x->dct + after);
    set_clock(x, same || x->has_dct ? value_of_span(x->d->arena, &of) : STR("XXXX-XX-XX"), minutes);
}

/* A time of the day turns the day into a TIME: 2022-02-08TMO, 2022-02-08T10:30. */
void resolver_add_time(resolver *x) {
    const slot *part = resolver_part(x, KEY_PART);
    const mention *clock = resolver_date(x, KEY_CLOCK);
    str code = part ? resolver_fact(x, part, KEY_TIMEX) : (str){0};
    bool a_day = x->t->value.len == 10 || str_starts(x->t->value, STR("XXXX-WXX-"));
    if (!a_day) return;
    if (clock && minutes_of(x, clock) >= 0)
        set_clock(x, x->t->value, minutes_of(x, clock));
    else if (code.len)
        resolver_set(
            x, str_equal(str_of(x->t->type), STR("SET")) ? "SET" : "TIME", x->t->basis,
            arena_format(x->d->arena, "%.*s%.*s", (int)x->t->value.len, x->t->value.at, (int)code.len, code.at));
}
