/* What the files of the resolution share: the state, the parts of a date that its rule named, and the results. */
#ifndef WHOMET_RESOLVER_H
#define WHOMET_RESOLVER_H

/* clang-format off */
/* A rule says by the attribute `kind` how its parts make a date:
     calendar      year= month= day=, day2= month2= (a range ends there), next-month= (of the date that tells the year);
                   numeric= (08/02/2022); iso=; base= and day= (the 10th of this month)
     months        months= ("January-March") year=
     weekday       weekday=, base= (its week)
     offset        days='-1', or day= (yesterday), else one day to where which= points
     unknown-day   a day that is not told, unless right before: "on Friday, the second day"
     unit          unit= direction= : last week, this year, next month, the same day
     distance      count= unit= direction= : two weeks ago (a day, without unit)
     year-before   the same, one year
     quarter, half count= year=
     last-quarter  "the quarter" of a report (reported='only': a date only there); as= like, or same in a comparison: a
                   year before
     season        season= year=
     holiday       holiday= year=
     decade        year=
     century       count=
     clock         hour= half= : a time alone
     duration, set count= unit= , joined= ("two-day"), half='yes' (and a half), vague='yes'
     each          weekday=, month=, season=
     within        inner= : its week
     ref           value='PRESENT_REF'
     inner         inner= : as the date within the phrase, with what the phrase adds
   What any of them may have besides: part= or clock= (a time of that day), of-year= (a date that gives the year, or so
   many years back), mod= or a word when= whose fact mod= it is, direction='past', 'this', 'future' or a word which=
   whose fact toward= says it (else the tense of the clause decides), from='text' (counted from the last date told, else
   from publication), base= (from that date). A part that the phrase does not have is taken from its inner date. */
/* clang-format on */

#include "calendar/calendar.h"
#include "stages/stages.h"

typedef struct told_date {
    date_span span;
    uint32_t sentence, end; /* end: the token after it */
    bool known, of_thing;   /* of_thing: "the note of May 3" */
} told_date;

typedef enum { ORDER_NOT_ASKED, ORDER_DAY_FIRST, ORDER_MONTH_FIRST, ORDER_UNSURE } numeric_order;
typedef enum { TENSE_UNKNOWN, TENSE_PAST, TENSE_AHEAD } tense;
typedef enum { TOWARD_UNTOLD, TOWARD_PAST, TOWARD_THIS, TOWARD_FUTURE } toward;

typedef struct resolver {
    worker *w;
    const pack *k;
    document *d;
    bool has_dct;
    int64_t dct;             /* day number of publication */
    told_date last, quarter; /* the last date and the last quarter told in the text */
    bool longer;             /* since that quarter a report told what was longer: "the first nine months" */
    numeric_order order;
    const mention *m, *inner;
    int given_year; /* of of-year=, or -1 */
    timex3 *t;
    uint32_t count_word, unit, month, to_come, governs, intends, intended, arranged, defers, happened, after_participle,
        compares, may_come, sensed, under_way, bounds, bound_word, timetable, awaits, past_verb, past_form,
        scheduled; /* classes */
} resolver;

/* parts.c */
typedef struct amount {
    int64_t twice; /* the number, doubled: halves are told */
    bool known;
} amount;
str resolver_attribute(const resolver *x, uint32_t key);
static inline bool resolver_says(const resolver *x, uint32_t key, const char *value) {
    return str_equal(resolver_attribute(x, key), str_of(value));
}
const slot *resolver_part(const resolver *x, uint32_t key);
const mention *resolver_date(const resolver *x, uint32_t key); /* the date that fills a slot, or NULL */
str resolver_text(const resolver *x, const slot *s);           /* of its first token */
str resolver_fact(const resolver *x, const slot *s, uint32_t key);
amount resolver_amount(const resolver *x, const slot *s);
int resolver_number(const resolver *x, uint32_t key); /* -1: no such part, or no whole number */
toward resolver_toward(const resolver *x);            /* of direction= or which= */
int resolver_year(const resolver *x);                 /* of year= or of-year=; -1: none is told */

/* tense.c: whether the clause of the date looks back or ahead. */
tense resolver_tense(const resolver *x); /* of the date's own words, else of the clause */
tense resolver_clause(const resolver *x);
bool resolver_has_been(const resolver *x);
bool resolver_is_bound(const resolver *x); /* "by May", "until May 3" */
bool resolver_is_for(const resolver *x);   /* "a strike for Friday", not "for Friday's attack" */

/* resolve_relative.c */
bool resolver_compares(const resolver *x); /* "compared with 4 million last year" */

/* resolve.c: results, and what the text told before */
bool resolver_in_quarter(const resolver *x); /* a report told its quarter lately: what a year is counted by */
bool resolver_of_quarter(const resolver *x, date_span *s); /* that quarter, or the one that the sentence told */
void resolver_set(resolver *x, const char *type, const char *basis, str value);
void resolver_set_span(resolver *x, date_span s, const char *basis);
date_span resolver_day(int64_t n);

/* kinds */
void resolve_calendar(resolver *x);
void resolve_months(resolver *x);
void resolve_holiday(resolver *x);
void resolve_season(resolver *x);
void resolve_decade(resolver *x);
void resolve_century(resolver *x);
void resolve_quarter(resolver *x);
void resolve_last_quarter(resolver *x);
void resolve_half(resolver *x);
void resolve_weekday(resolver *x);
void resolve_offset(resolver *x);
void resolve_unknown_day(resolver *x);
void resolve_unit(resolver *x);
void resolve_distance(resolver *x);
void resolve_year_before(resolver *x);
void resolve_within(resolver *x);
void resolve_duration(resolver *x);
void resolve_set(resolver *x);
void resolve_each(resolver *x);
void resolve_clock(resolver *x);
void resolver_add_time(resolver *x); /* clock= or part= of a day */

#endif
