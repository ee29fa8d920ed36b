/* Durations and sets. */
#include "calendar/resolver.h"

#include <stdlib.h>

/* P2Y, P2Y6M, PT30M, P1.5W: the number is given doubled. */
static str amount_value(arena *a, int64_t twice, char unit, bool clock, int64_t factor) {
    int64_t whole = twice * factor / 2;
    bool half = twice * factor % 2;
    const char *t = clock ? "T" : "";
    if (!half) return arena_format(a, "P%s%lld%c", t, (long long)whole, unit);
    const char *rest = unit == 'Y'            ? "6M"
                       : unit == 'H'          ? "30M"
                       : unit == 'D'          ? "T12H"
                       : clock && unit == 'M' ? "30S"
                                              : NULL;
    if (!rest) return arena_format(a, "P%s%lld.5%c", t, (long long)whole, unit);
    return whole ? arena_format(a, "P%s%lld%c%s", t, (long long)whole, unit, rest) : arena_format(a, "P%s%s", t, rest);
}

static int64_t factor_of(str text) {
    return text.len == 0 ? 1 : text.len == 1 ? text.at[0] - '0' : text.len == 2 ? 10 : 100;
}

/* "two-day", "third-quarter", "24-hour", "8-month-old": the number and the unit are parts of one word. */
static void joined(resolver *x, str text) {
    str number, unit, rest;
    if (!str_cut(text, '-', &number, &unit)) return;
    str_cut(unit, '-', &unit, &rest);
    const entry *count = worker_phrase_entry(x->w, number, x->count_word),
                *letter = worker_phrase_entry(x->w, unit, x->unit);
    str value = count ? entry_fact(count, KEY_VALUE) : number, code = letter ? entry_fact(letter, KEY_TIMEX) : (str){0};
    int n = atoi(arena_copy(x->d->arena, value).at);
    if (!code.len) return;
    bool clock = entry_fact(letter, KEY_CLOCK).len > 0, vague = resolver_says(x, KEY_VAGUE, "yes");
    resolver_set(x, "DURATION", NULL,
                 vague ? arena_format(x->d->arena, "P%sX%c", clock ? "T" : "", code.at[0])
                       : amount_value(x->d->arena, (int64_t)n * 2, code.at[0], clock,
                                      factor_of(entry_fact(letter, KEY_FACTOR))));
}

static void set_amount(resolver *x, const char *type) {
    const slot *count = resolver_part(x, KEY_COUNT), *unit = resolver_part(x, KEY_UNIT),
               *word = resolver_part(x, KEY_JOINED);
    str code = unit ? resolver_fact(x, unit, KEY_TIMEX) : (str){0};
    if (word) {
        joined(x, resolver_text(x, word));
        return;
    }
    if (!code.len) return;
    bool clock = resolver_fact(x, unit, KEY_CLOCK).len > 0;
    amount a = count ? resolver_amount(x, count) : (amount){2, true};
    int number = a.known ? 0 : resolver_number(x, KEY_COUNT); /* "every other week" */
    if (number > 0) a = (amount){(int64_t)number * 2, true};
    if (resolver_says(x, KEY_HALF, "yes")) a.twice = count ? a.twice + 1 : 1;
    if (resolver_says(x, KEY_VAGUE, "yes"))
        resolver_set(x, type, NULL, arena_format(x->d->arena, "P%sX%c", clock ? "T" : "", code.at[0]));
    else if (a.known)
        resolver_set(
            x, type, NULL,
            amount_value(x->d->arena, a.twice, code.at[0], clock, factor_of(resolver_fact(x, unit, KEY_FACTOR))));
}

void resolve_duration(resolver *x) { set_amount(x, "DURATION"); }
void resolve_set(resolver *x) { set_amount(x, "SET"); }

void resolve_each(resolver *x) {
    const slot *season = resolver_part(x, KEY_SEASON);
    int weekday = resolver_number(x, KEY_WEEKDAY), month = resolver_number(x, KEY_MONTH);
    str code = season ? resolver_fact(x, season, KEY_TIMEX) : (str){0};
    if (weekday > 0)
        resolver_set(x, "SET", NULL, arena_format(x->d->arena, "XXXX-WXX-%d", weekday));
    else if (month > 0)
        resolver_set(x, "SET", NULL, arena_format(x->d->arena, "XXXX-%02d", month));
    else if (code.len)
        resolver_set(x, "SET", NULL, arena_format(x->d->arena, "XXXX-%.*s", (int)code.len, code.at));
}
