/* Resolution: the parts that a rule named, against publication and context, to a TIMEX3 value (TimeML 1.2.1).
   What a rule says by its attribute `kind`:
     calendar   year= month= day= weekday= iso= ; what is missing comes from publication: the nearest such day or month
     weekday    weekday= ; direction='past' (last), 'future' (next), else by tense
     offset     days='-1': yesterday; with part=: a part of that day
     unit       unit= direction='past'|'this'|'future': last week, this year, next month
     distance   count= unit= direction='past'|'future': two weeks ago, in three days; from='text': from the last date
   told duration   count= unit= ; set  count= unit= ; decade year= ; century count= joined     joined= ("two-day");
   quarter count= year= ; this month= ; weekend; season season= year= direction= ref        value='PRESENT_REF'
   mod='START' ... is handed on. No publication date: no value is made up; the form with X stays. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "calendar/calendar.h"
#include "stages/stages.h"

typedef struct resolver {
    worker *w;
    const pack *k;
    document *d;
    bool has_dct;
    int64_t dct;  /* day number of publication */
    int64_t last; /* the last day told in the text, else dct */
    const mention *m;
    timex3 *t;
} resolver;

static str attribute_of(const resolver *x, const char *key) { return mention_attribute(x->k, x->m, key); }
static bool says(const resolver *x, const char *key, const char *value) {
    return str_equal(attribute_of(x, key), str_of(value));
}
static const slot *part(const resolver *x, const char *key) { return mention_slot(x->k, x->m, key); }

static str text_of(const resolver *x, const slot *s) { return worker_word_text(x->w, x->d->tokens.at[s->first].word); }

/* A fact of any reading of the slot's symbol. */
static str fact_of(const resolver *x, const slot *s, const char *key) {
    uint32_t count;
    const reading *r = worker_readings(x->w, s->readings, &count);
    for (uint32_t i = 0; i < count; i++) {
        if (r[i].entry == NONE) continue;
        str f = entry_fact(&x->k->entries.at[r[i].entry], str_of(key));
        if (f.len) return f;
    }
    return (str){0};
}

static int number_in(str s) {
    int n = 0;
    for (size_t i = 0; i < s.len && n < 100000; i++) {
        if (s.at[i] >= '0' && s.at[i] <= '9')
            n = n * 10 + (s.at[i] - '0');
        else if (s.at[i] != ',')
            break;
    }
    return n;
}

/* The number that a slot says: by the lexicon's value, else by its digits. -1: no such slot. */
static int number_of(const resolver *x, const char *key) {
    const slot *s = part(x, key);
    if (!s) return -1;
    str f = fact_of(x, s, "value");
    return number_in(f.len ? f : text_of(x, s));
}

static void set(resolver *x, const char *type, const char *basis, str value) {
    x->t->type = type;
    x->t->basis = basis;
    x->t->value = value;
}

static str iso_day(const resolver *x, int64_t n) {
    day d = day_of_number(n);
    return arena_format(x->d->arena, "%04d-%02d-%02d", d.year, d.month, d.day);
}

static void set_days(resolver *x, int64_t first, int64_t last) {
    x->t->day_first = iso_day(x, first);
    x->t->day_last = iso_day(x, last);
    x->last = first;
}

/* A part of the day turns the day into a TIME: 2022-02-08TMO. */
static void set_day(resolver *x, int64_t n, const char *basis) {
    const slot *of_day = part(x, "part");
    str suffix = of_day ? fact_of(x, of_day, "timex") : (str){0};
    str value = iso_day(x, n);
    if (suffix.len) value = arena_format(x->d->arena, "%.*s%.*s", (int)value.len, value.at, (int)suffix.len, suffix.at);
    set(x, suffix.len ? "TIME" : "DATE", basis, value);
    set_days(x, n, n);
}

static void set_month(resolver *x, int year, int month, const char *basis) {
    set(x, "DATE", basis, arena_format(x->d->arena, "%04d-%02d", year, month));
    set_days(x, day_number((day){year, month, 1}), day_number((day){year, month, days_in_month(year, month)}));
}

static void set_year(resolver *x, int year, const char *basis) {
    set(x, "DATE", basis, arena_format(x->d->arena, "%04d", year));
    set_days(x, day_number((day){year, 1, 1}), day_number((day){year, 12, 31}));
}

/* Whether the clause around the date speaks of what is to come: a planned verb of its sentence, or will. */
static bool ahead(const resolver *x) {
    const sentence *s = &x->d->sentences.at[x->m->sentence];
    uint32_t planned = 0, past = 0;
    uint32_t vbd = pack_class(x->k, STR("vbd")), to_come = pack_class(x->k, STR("to-come"));
    for (uint32_t i = 0; i < s->symbol_count; i++) {
        const symbol *y = &s->symbols[i];
        const mention *v = y->mention == NONE ? NULL : &x->d->mentions.at[y->mention];
        bool open = v && str_equal(mention_attribute(x->k, v, "status"), STR("planned"));
        planned += open || (to_come != NONE && worker_set_has(x->w, y->classes, to_come));
        past += !open && vbd != NONE && worker_set_has(x->w, y->classes, vbd);
    }
    return planned > 0 && past == 0;
}

/* ---- kinds */

enum { FAR_AHEAD = 45 }; /* days */

static void nearest_day(resolver *x, int month, int day_of_month) {
    int year = day_of_number(x->dct).year;
    int64_t best = 0, gap = -1;
    for (int y = year - 1; y <= year + 1; y++) {
        day d = {y, month, day_of_month};
        if (!day_valid(d)) continue;
        int64_t n = day_number(d), g = llabs(n - x->dct);
        if (gap < 0 || g < gap) best = n, gap = g;
    }
    day last_year = day_of_number(best);
    last_year.year--;
    /* A clause in the past does not mean a day two months off: "in June the two signed", told in February. */
    if (gap > FAR_AHEAD && best > x->dct && !ahead(x) && day_valid(last_year)) best = day_number(last_year);
    if (gap >= 0) set_day(x, best, "publication");
}

static void nearest_month(resolver *x, int month) {
    day d = day_of_number(x->dct);
    int away = (month - d.month + 18) % 12 - 6; /* -6 .. 5 */
    if (says(x, "direction", "past") && away >= 0) away -= 12;
    if (says(x, "direction", "future") && away <= 0) away += 12;
    if (attribute_of(x, "direction").len) {
        day told = day_add_months((day){d.year, d.month, 1}, away);
        set_month(x, told.year, told.month, "relative");
        return;
    }
    if (away == -6 && ahead(x)) away = 6;
    if (away > 0 && !ahead(x) && away > 2) away -= 12;
    day target = day_add_months((day){d.year, d.month, 1}, away);
    set_month(x, target.year, target.month, "publication");
}

static int full_year(int year, size_t digits_given) {
    if (digits_given != 2) return year;
    return year + (year < 50 ? 2000 : 1900);
}

static void calendar_kind(resolver *x) {
    int year = number_of(x, "year"), month = number_of(x, "month"), of_month = number_of(x, "day"),
        month2 = number_of(x, "month2"), day2 = number_of(x, "day2");
    const slot *year_slot = part(x, "year");
    if (year_slot) year = full_year(year, text_of(x, year_slot).len);
    if (year_slot && text_of(x, year_slot).at[0] == '\'')
        year = full_year(number_in(str_slice(text_of(x, year_slot), 1, text_of(x, year_slot).len)), 2);
    if (month > 12 || of_month == 0 || of_month > 31) return;
    if (year >= 0 && month > 0 && of_month > 0) {
        if (day_valid((day){year, month, of_month})) set_day(x, day_number((day){year, month, of_month}), "explicit");
    } else if (year >= 0 && month > 0) {
        set_month(x, year, month, "explicit");
    } else if (year >= 0) {
        set_year(x, year, "explicit");
    } else if (!x->has_dct) {
        if (of_month > 0 && month > 0)
            set(x, "DATE", NULL, arena_format(x->d->arena, "XXXX-%02d-%02d", month, of_month));
        else if (month > 0)
            set(x, "DATE", NULL, arena_format(x->d->arena, "XXXX-%02d", month));
    } else if (month > 0 && of_month > 0) {
        nearest_day(x, month, of_month);
    } else if (month > 0) {
        nearest_month(x, month);
    }
    day first;
    if (day2 > 0 && x->t->day_first.len && day_parse(x->t->day_first, &first)) { /* "June 15-17" */
        day end = {first.year, month2 > 0 ? month2 : first.month, day2};
        if (day_valid(end) && day_number(end) > day_number(first)) x->t->day_last = iso_day(x, day_number(end));
    }
}

static void iso_kind(resolver *x) {
    day d;
    const slot *s = part(x, "iso");
    if (s && day_parse(text_of(x, s), &d)) set_day(x, day_number(d), "explicit");
}

static void weekday_kind(resolver *x) {
    int wanted = number_of(x, "weekday");
    if (!x->has_dct) {
        set(x, "DATE", NULL, arena_format(x->d->arena, "XXXX-WXX-%d", wanted));
        return;
    }
    int back = (day_weekday(x->dct) - wanted + 7) % 7, on = (7 - back) % 7;
    if (says(x, "direction", "past")) back = back ? back : 7;
    bool later = says(x, "direction", "future") || (!says(x, "direction", "past") && ahead(x));
    if (says(x, "direction", "future")) on = on ? on : 7;
    set_day(x, later ? x->dct + on : x->dct - back, "weekday");
}

static void offset_kind(resolver *x) {
    int days = atoi(arena_copy(x->d->arena, attribute_of(x, "days")).at);
    int64_t from = says(x, "from", "text") ? x->last : x->dct;
    if (x->has_dct) set_day(x, from + days, "relative");
}

static char unit_of(const resolver *x) {
    const slot *s = part(x, "unit");
    str f = s ? fact_of(x, s, "timex") : (str){0};
    return f.len ? f.at[0] : 0;
}

/* The calendar unit that lies `away` from the one of day `from`. */
static void set_unit(resolver *x, char unit, int64_t from, int away, const char *basis) {
    day d = day_of_number(from);
    int year, week;
    switch (unit) {
    case 'D': set_day(x, from + away, basis); break;
    case 'W':
        day_iso_week(from + away * 7, &year, &week);
        set(x, "DATE", basis, arena_format(x->d->arena, "%04d-W%02d", year, week));
        set_days(x, iso_week_monday(year, week), iso_week_monday(year, week) + 6);
        break;
    case 'E': /* weekend */
        day_iso_week(from + away * 7, &year, &week);
        set(x, "DATE", basis, arena_format(x->d->arena, "%04d-W%02d-WE", year, week));
        set_days(x, iso_week_monday(year, week) + 5, iso_week_monday(year, week) + 6);
        break;
    case 'M':
        d = day_add_months((day){d.year, d.month, 1}, away);
        set_month(x, d.year, d.month, basis);
        break;
    case 'Q': {
        int q = d.year * 4 + (d.month - 1) / 3 + away;
        set(x, "DATE", basis, arena_format(x->d->arena, "%04d-Q%d", q / 4, q % 4 + 1));
        break;
    }
    case 'Y': set_year(x, d.year + away, basis); break;
    case 'T': set(x, "DATE", basis, arena_format(x->d->arena, "%03d", d.year / 10 + away)); break; /* decade */
    case 'C': set(x, "DATE", basis, arena_format(x->d->arena, "%02d", d.year / 100 + away)); break;
    default: break;
    }
}

static void unit_kind(resolver *x) {
    if (!x->has_dct) return;
    set_unit(x, unit_of(x), x->dct,
             says(x, "direction", "past")     ? -1
             : says(x, "direction", "future") ? 1
                                              : 0,
             "relative");
}

static void distance_kind(resolver *x) {
    int count = part(x, "count") ? number_of(x, "count") : 1;
    if (!x->has_dct || count > 10000) return;
    int64_t from = says(x, "from", "text") ? x->last : x->dct;
    set_unit(x, unit_of(x), from, says(x, "direction", "past") ? -count : count, "relative");
}

static void amount_kind(resolver *x, const char *type) {
    const slot *count_slot = part(x, "count"), *unit = part(x, "unit");
    str letter = unit ? fact_of(x, unit, "timex") : (str){0}, time = unit ? fact_of(x, unit, "clock") : (str){0};
    if (!letter.len) return;
    str count = !count_slot ? (says(x, "vague", "yes") ? STR("X") : STR("1")) : fact_of(x, count_slot, "value");
    if (!count.len) count = arena_format(x->d->arena, "%d", number_of(x, "count"));
    int factor = number_in(fact_of(x, unit, "factor"));
    if (factor > 1 && count.at[0] != 'X') count = arena_format(x->d->arena, "%d", number_in(count) * factor);
    set(x, type, NULL,
        arena_format(x->d->arena, "P%s%.*s%.*s", time.len ? "T" : "", (int)count.len, count.at, (int)letter.len,
                     letter.at));
}

/* "two-day": the number and the unit are parts of one word. */
static void joined_kind(resolver *x) {
    const slot *s = part(x, "joined");
    str number, unit;
    if (!s || !str_cut(text_of(x, s), '-', &number, &unit)) return;
    const entry *count = worker_phrase_entry(x->w, number, pack_class(x->k, STR("count-word")));
    const entry *letter = worker_phrase_entry(x->w, unit, pack_class(x->k, STR("time-unit")));
    str value = count ? entry_fact(count, STR("value")) : number;
    if (!letter) return;
    str code = entry_fact(letter, STR("timex"));
    set(x, "DURATION", NULL,
        arena_format(x->d->arena, "P%s%.*s%.*s", entry_fact(letter, STR("clock")).len ? "T" : "", (int)value.len,
                     value.at, (int)code.len, code.at));
}

/* A quarter without its year: the latest that has begun by publication, unless the clause looks ahead. */
static void quarter_kind(resolver *x) {
    static const char *const ordinals[] = {"first", "second", "third", "fourth"};
    int wanted = number_of(x, "count"), year = number_of(x, "year");
    const slot *s = part(x, "count");
    for (int i = 0; i < 4 && wanted == 0; i++) {
        if (str_starts(text_of(x, s), str_of(ordinals[i]))) wanted = i + 1;
    }
    if (wanted < 1 || wanted > 4 || (year < 0 && !x->has_dct)) return;
    day d = day_of_number(x->dct);
    if (year < 0) year = (d.month - 1) / 3 + 1 >= wanted || ahead(x) ? d.year : d.year - 1;
    set(x, "DATE", "relative", arena_format(x->d->arena, "%04d-Q%d", year, wanted));
}

/* "the quarter" of a report: the one that ended last. */
static void last_quarter_kind(resolver *x) {
    if (!x->has_dct) return;
    day d = day_of_number(x->dct);
    int q = d.year * 4 + (d.month - 1) / 3 - 1;
    set(x, "DATE", "relative", arena_format(x->d->arena, "%04d-Q%d", q / 4, q % 4 + 1));
}

/* "this May", "this summer": of the year of publication. */
static void this_kind(resolver *x) {
    const slot *s = part(x, "month");
    str value = s ? fact_of(x, s, "value") : (str){0}, season = s ? fact_of(x, s, "timex") : (str){0};
    if (!x->has_dct) return;
    int year = day_of_number(x->dct).year;
    if (value.len)
        set_month(x, year, number_in(value), "relative");
    else if (season.len)
        set(x, "DATE", "relative", arena_format(x->d->arena, "%04d-%.*s", year, (int)season.len, season.at));
}

static void season_kind(resolver *x) {
    const slot *s = part(x, "season");
    str code = s ? fact_of(x, s, "timex") : (str){0};
    int year = number_of(x, "year");
    if (year < 0 && x->has_dct)
        year = day_of_number(x->dct).year + (says(x, "direction", "past")     ? -1
                                             : says(x, "direction", "future") ? 1
                                                                              : 0);
    if (year >= 0 && code.len)
        set(x, "DATE", part(x, "year") ? "explicit" : "relative",
            arena_format(x->d->arena, "%04d-%.*s", year, (int)code.len, code.at));
}

static void resolve(resolver *x) {
    str kind = attribute_of(x, "kind");
    x->t->type = "DATE";
    x->t->mod = attribute_of(x, "mod");
    if (str_equal(kind, STR("calendar")))
        calendar_kind(x);
    else if (str_equal(kind, STR("iso")))
        iso_kind(x);
    else if (str_equal(kind, STR("weekday")))
        weekday_kind(x);
    else if (str_equal(kind, STR("offset")))
        offset_kind(x);
    else if (str_equal(kind, STR("unit")))
        unit_kind(x);
    else if (str_equal(kind, STR("distance")))
        distance_kind(x);
    else if (str_equal(kind, STR("duration")))
        amount_kind(x, "DURATION");
    else if (str_equal(kind, STR("set")))
        amount_kind(x, "SET");
    else if (str_equal(kind, STR("season")))
        season_kind(x);
    else if (str_equal(kind, STR("joined")))
        joined_kind(x);
    else if (str_equal(kind, STR("quarter")))
        quarter_kind(x);
    else if (str_equal(kind, STR("this")))
        this_kind(x);
    else if (str_equal(kind, STR("last-quarter")))
        last_quarter_kind(x);
    else if (str_equal(kind, STR("each")))
        set(x, "SET", NULL, arena_format(x->d->arena, "XXXX-WXX-%d", number_of(x, "weekday")));
    else if (str_equal(kind, STR("weekend")) && x->has_dct)
        set_unit(x, 'E', x->dct, 0, "relative");
    else if (str_equal(kind, STR("decade")))
        set(x, "DATE", "explicit", arena_format(x->d->arena, "%03d", number_of(x, "year") / 10));
    else if (str_equal(kind, STR("century")))
        set(x, "DATE", "explicit", arena_format(x->d->arena, "%02d", number_of(x, "count") - 1));
    else if (str_equal(kind, STR("ref")))
        set(x, "DATE", NULL, attribute_of(x, "value"));
    if (says(x, "timex", "SET") && x->t->value.len) x->t->type = "SET";
}

void calendar_resolve(worker *w, document *d) {
    resolver x = {.w = w, .k = worker_pack(w), .d = d};
    uint32_t date = pack_class(x.k, STR("date"));
    day published;
    x.has_dct = day_parse(d->published, &published);
    if (x.has_dct) x.dct = x.last = day_number(published);
    for (uint32_t i = 0; i < d->mentions.len; i++) {
        if (d->mentions.at[i].type != date) continue;
        x.m = &d->mentions.at[i];
        x.t = d->mentions.at[i].timex = ARENA_NEW(d->arena, timex3);
        resolve(&x);
    }
}
