/* Resolution: the parts that a rule named, against publication and context, to a TIMEX3 value (TimeML 1.2.1). The kinds
   and their parts are told in calendar/resolver.h. No publication date: no value is made up; the form with X stays. */
#include "calendar/resolver.h"

#include <stdlib.h>

void resolver_set(resolver *x, const char *type, const char *basis, str value) {
    x->t->type = type;
    x->t->basis = basis;
    x->t->value = value;
}

date_span resolver_day(int64_t n) { return (date_span){'D', n, n}; }

void resolver_set_span(resolver *x, date_span s, const char *basis) {
    resolver_set(x, "DATE", basis, value_of_span(x->d->arena, &s));
}

static void resolve_ref(resolver *x) { resolver_set(x, "DATE", NULL, resolver_attribute(x, KEY_VALUE)); }

static const struct {
    str kind;
    void (*resolve)(resolver *x);
} kinds[] = {
    {STR_INIT("calendar"), resolve_calendar}, {STR_INIT("weekday"), resolve_weekday},
    {STR_INIT("offset"), resolve_offset},     {STR_INIT("unit"), resolve_unit},
    {STR_INIT("distance"), resolve_distance}, {STR_INIT("year-before"), resolve_year_before},
    {STR_INIT("quarter"), resolve_quarter},   {STR_INIT("last-quarter"), resolve_last_quarter},
    {STR_INIT("half"), resolve_half},         {STR_INIT("season"), resolve_season},
    {STR_INIT("holiday"), resolve_holiday},   {STR_INIT("decade"), resolve_decade},
    {STR_INIT("century"), resolve_century},   {STR_INIT("duration"), resolve_duration},
    {STR_INIT("set"), resolve_set},           {STR_INIT("each"), resolve_each},
    {STR_INIT("clock"), resolve_clock},       {STR_INIT("within"), resolve_within},
    {STR_INIT("ref"), resolve_ref},           {STR_INIT("unknown-day"), resolve_unknown_day},
    {STR_INIT("months"), resolve_months},
};

enum { FRAME = 6 }; /* sentences */

bool resolver_in_quarter(const resolver *x) {
    return x->quarter.known && !x->longer && x->m->sentence - x->quarter.sentence <= FRAME;
}

bool resolver_of_quarter(const resolver *x, date_span *s) {
    bool here = x->last.known && x->last.span.unit == 'Q' && x->last.sentence == x->m->sentence;
    *s = here ? x->last.span : x->quarter.span;
    return here || resolver_in_quarter(x);
}

/* "the quarter ended Sept. 30", "its fourth quarter ending in May". */
static bool is_ended(const resolver *x) {
    uint32_t at = x->m->end;
    if (at >= x->d->sentences.at[x->m->sentence].end) return false;
    str next = worker_word_text(x->w, x->d->tokens.at[at].word);
    return str_equal(next, STR("ended")) || str_equal(next, STR("ending"));
}

/* The quarter that a report is of: the latest of the past that it told, until it turns to "the first nine months". Of a
   quarter still to end it is only where no other was told. */
static void remember_quarter(resolver *x, date_span s) {
    bool quarter = resolver_says(x, KEY_KIND, "quarter") || resolver_says(x, KEY_KIND, "last-quarter");
    if (s.unit != 'Q' || !quarter) return;
    bool over = x->has_dct && s.last <= x->dct, known = x->quarter.known, ended = is_ended(x);
    bool told_over = known && x->has_dct && x->quarter.span.last <= x->dct;
    if (!over && !ended && (told_over || (!known && resolver_tense(x) == TENSE_AHEAD))) return;
    bool older = known && s.first < x->quarter.span.first && told_over;
    if ((older && !ended) || resolver_part(x, KEY_YEAR) || resolver_part(x, KEY_AS))
        x->quarter.sentence = x->m->sentence;
    else
        x->quarter = (told_date){s, x->m->sentence, x->m->end, true, false}, x->longer = false;
}

/* "the first nine months"; but "the three months ended" are the last quarter. */
static void forget_quarter(resolver *x) {
    const slot *which = resolver_part(x, resolver_part(x, KEY_JOINED) ? KEY_JOINED : KEY_WHICH);
    if (resolver_says(x, KEY_REPORTED, "quarter") && x->has_dct) {
        date_span ended = span_moved(span_containing(x->dct, 'Q'), -1);
        x->quarter = (told_date){ended, x->m->sentence, x->m->end, true, false}, x->longer = false;
    }
    bool months = resolver_says(x, KEY_REPORTED, "yes") || (which && resolver_fact(x, which, KEY_REPORTED).len);
    if (months) x->longer = true;
}

/* "up from 3 million a year earlier": what is compared with, from which nothing further is counted. */
static bool is_compared(const resolver *x, const date_span *s) {
    bool back = resolver_toward(x) == TOWARD_PAST && mention_slot(x->m, KEY_INNER);
    return resolver_says(x, KEY_KIND, "year-before") || (back && (s->unit == 'Y' || s->unit == 'Q'));
}

static bool is_of_thing(const resolver *x) {
    uint32_t at = x->m->first;
    if (at <= x->d->sentences.at[x->m->sentence].first) return false;
    str before = worker_word_text(x->w, x->d->tokens.at[at - 1].word);
    return str_equal(before, STR("of")) || str_equal(before, STR("dated"));
}

/* What the value spans; it is what "the same day" and "a year earlier" count from. */
static void remember(resolver *x) {
    date_span s;
    bool moment = str_equal(str_of(x->t->type), STR("DATE")) || str_equal(str_of(x->t->type), STR("TIME"));
    forget_quarter(x);
    if (!moment || !span_of_value(x->t->value, &s)) return;
    date_span first = resolver_day(s.first), last = resolver_day(s.last);
    bool one_day = x->t->value.len == 10 && s.unit == 'D';
    x->t->day_first = one_day ? x->t->value : value_of_span(x->d->arena, &first);
    if (!x->t->day_last.len) x->t->day_last = one_day ? x->t->value : value_of_span(x->d->arena, &last);
    if (!is_compared(x, &s)) x->last = (told_date){s, x->m->sentence, x->m->end, true, is_of_thing(x)};
    remember_quarter(x, s);
}

/* A date within a date phrase is a part of it and no date of its own. */
static bool is_inner(const document *d, const mention *m, uint32_t date) {
    return m->parent != NONE && d->mentions.at[m->parent].type == date;
}

static void resolve(resolver *x);

/* The year of "from June to October last year" comes after the first month. */
static void resolve_early(const resolver *x, mention *of) {
    resolver y = *x;
    y.m = of, y.inner = NULL;
    y.t = of->timex = ARENA_NEW(x->d->arena, timex3);
    resolve(&y);
}

/* "of last year"; "two years ago" gives the amount. */
static int year_given(const resolver *x) {
    const slot *s = resolver_part(x, KEY_OF_YEAR);
    mention *of = s && s->mention != NONE ? &x->d->mentions.at[s->mention] : NULL;
    date_span year;
    if (!of) return -1;
    if (!of->timex) resolve_early(x, of);
    str value = of->timex->value;
    if (span_of_value(value, &year)) return day_of_number(year.first).year;
    bool years = x->has_dct && value.len > 2 && value.at[0] == 'P' && value.at[value.len - 1] == 'Y';
    int back = years ? atoi(arena_copy(x->d->arena, str_slice(value, 1, value.len - 1)).at) : 0;
    return back > 0 ? day_of_number(x->dct).year - back : -1;
}

static void resolve(resolver *x) {
    x->inner = NULL;
    x->given_year = year_given(x);
    x->inner = resolver_date(x, KEY_INNER);
    x->t->type = "DATE";
    const slot *when = resolver_part(x, KEY_WHEN);
    x->t->mod = when ? resolver_fact(x, when, KEY_MOD) : resolver_attribute(x, KEY_MOD);
    str kind = mention_attribute(x->m, KEY_KIND);
    if (str_equal(kind, STR("inner")) && x->inner) kind = mention_attribute(x->inner, KEY_KIND);
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        bool first = kind.len && kind.len == kinds[i].kind.len &&
                     kind.at[0] == kinds[i].kind.at[0]; /* tells most apart */
        if (!first || !str_equal(kind, kinds[i].kind)) continue;
        kinds[i].resolve(x);
        break;
    }
    resolver_add_time(x);
}

static void ask_classes(resolver *x) {
    x->count_word = x->k->known[KNOWN_COUNT_WORD];
    x->unit = x->k->known[KNOWN_TIME_UNIT];
    x->month = x->k->known[KNOWN_MONTH];
    x->to_come = x->k->known[KNOWN_TO_COME];
    x->governs = x->k->known[KNOWN_LOOKS_AHEAD];
    x->past_verb = x->k->known[KNOWN_PAST_VERB];
    x->past_form = x->k->known[KNOWN_PAST_FORM];
    x->scheduled = x->k->known[KNOWN_SCHEDULED];
    x->intends = x->k->known[KNOWN_INTENDS];
    x->intended = x->k->known[KNOWN_INTENDED];
    x->arranged = x->k->known[KNOWN_ARRANGED];
    x->defers = x->k->known[KNOWN_DEFERS];
    x->happened = x->k->known[KNOWN_HAPPENED];
    x->may_come = x->k->known[KNOWN_MAY_COME];
    x->bound_word = x->k->known[KNOWN_BOUND_WORD];
    x->awaits = x->k->known[KNOWN_AWAITS];
    x->timetable = x->k->known[KNOWN_TIMETABLE];
    x->bounds = x->k->known[KNOWN_BOUNDS];
    x->sensed = x->k->known[KNOWN_SENSED];
    x->compares = x->k->known[KNOWN_COMPARES];
    x->under_way = x->k->known[KNOWN_UNDER_WAY];
    x->after_participle = x->k->known[KNOWN_AFTER_PARTICIPLE];
}

static void drop_inner(document *d, uint32_t date, const uint32_t *dates, uint32_t count) {
    for (uint32_t i = 0; i < count; i++) {
        mention *m = &d->mentions.at[dates[i]];
        if (is_inner(d, m, date)) m->timex = NULL;
    }
}

static uint32_t starts_at(const document *d, uint32_t at, uint32_t date) {
    const mention *m = &d->mentions.at[at];
    return is_inner(d, m, date) ? d->mentions.at[m->parent].first : m->first;
}

/* The dates in text order, a date within a date before it. Mentions come by sentence, then by phase: nearly in order.
 */
static uint32_t *dates_in_order(document *d, uint32_t date, uint32_t *count) {
    uint32_t *list = arena_raw(d->arena, (d->mentions.len + 1) * sizeof *list, alignof(uint32_t)), n = 0;
    for (uint32_t i = 0; i < d->mentions.len; i++) {
        if (d->mentions.at[i].type != date) continue;
        uint32_t at = n++;
        for (; at > 0 && starts_at(d, list[at - 1], date) > starts_at(d, i, date); at--) list[at] = list[at - 1];
        list[at] = i;
    }
    arena_give_back(d->arena, list + n);
    *count = n;
    return list;
}

/* "the period", where no report told its quarter, is no date. */
static bool is_only_reported(const resolver *x) {
    const mention *inner = resolver_date(x, KEY_INNER), *m = inner ? inner : x->m;
    bool only = str_equal(mention_attribute(m, KEY_REPORTED), STR("only"));
    return only && !resolver_in_quarter(x) && year_given(x) < 0;
}

void calendar_resolve(worker *w, document *d) {
    resolver x = {.w = w, .k = worker_pack(w), .d = d};
    uint32_t date = x.k->known[KNOWN_DATE];
    day published;
    x.has_dct = day_parse(d->published, &published);
    if (x.has_dct) x.dct = day_number(published);
    ask_classes(&x);
    uint32_t count, *list = dates_in_order(d, date, &count);
    for (uint32_t i = 0; i < count; i++) {
        x.inner = NULL;
        x.m = &d->mentions.at[list[i]];
        x.t = d->mentions.at[list[i]].timex = ARENA_NEW(d->arena, timex3);
        if (is_only_reported(&x)) {
            d->mentions.at[list[i]].timex = NULL;
            continue;
        }
        resolve(&x);
        if (!is_inner(d, x.m, date)) remember(&x);
    }
    drop_inner(d, date, list, count);
}
