/* The parts of a date: what its rule named, in the words of the text. */
#include "calendar/resolver.h"

str resolver_attribute(const resolver *x, uint32_t key) {
    str own = mention_attribute(x->m, key);
    return own.len || !x->inner ? own : mention_attribute(x->inner, key);
}

const slot *resolver_part(const resolver *x, uint32_t key) {
    const slot *own = mention_slot(x->m, key);
    return own || !x->inner ? own : mention_slot(x->inner, key);
}

const mention *resolver_date(const resolver *x, uint32_t key) {
    const slot *s = resolver_part(x, key);
    return s && s->mention != NONE ? &x->d->mentions.at[s->mention] : NULL;
}

str resolver_text(const resolver *x, const slot *s) { return worker_word_text(x->w, x->d->tokens.at[s->first].word); }

/* A fact of any reading of the slot's symbol. */
str resolver_fact(const resolver *x, const slot *s, uint32_t key) {
    uint32_t count;
    const reading *r = worker_readings(x->w, s->readings, &count);
    for (uint32_t i = 0; i < count; i++) {
        if (r[i].entry == NONE) continue;
        str f = entry_fact(&x->k->entries.at[r[i].entry], key);
        if (f.len) return f;
    }
    return (str){0};
}

/* ---- numbers: 14, 1,500, twenty-four, two hundred and fifty, nineteen ninety-six, a dozen, 2 1/2, two-and-a-half */

enum { NUMBER_MOST = 1000000 };

typedef struct sum {
    int64_t done, now; /* of thousands, and what may still be multiplied */
    bool half, any, article;
} sum;

static void add_number(sum *s, int64_t n) {
    bool century = s->now >= 10 && s->now < 100 && n >= 10 && n < 100; /* "nineteen ninety-six" */
    s->now = century ? s->now * 100 + n : s->now + n;
    s->any = true;
}

static void multiply(sum *s, int64_t by) {
    s->now = (s->now ? s->now : 1) * by;
    if (by >= 1000) s->done += s->now, s->now = 0;
    s->any = true;
}

static bool digits_of(str text, int64_t *n) {
    *n = 0;
    for (size_t i = 0; i < text.len; i++) {
        if (text.at[i] == ',') continue;
        if (text.at[i] < '0' || text.at[i] > '9') return false;
        *n = *n * 10 + (text.at[i] - '0');
        if (*n > NUMBER_MOST) return false;
    }
    return text.len > 0;
}

static void add_word(const resolver *x, sum *s, str word) {
    int64_t n = 0;
    const entry *e = worker_phrase_entry(x->w, word, x->count_word);
    str value = e ? entry_fact(e, KEY_VALUE) : (str){0}, times = e ? entry_fact(e, KEY_TIMES) : (str){0};
    if (str_equal(word, STR("1/2")) || str_equal(word, STR("\xc2\xbd")) || str_equal(word, STR("half")))
        s->half = true;
    else if (str_equal(word, STR("a")) || str_equal(word, STR("an")))
        s->article = true;
    else if (word.len > 2 && str_equal(str_slice(word, word.len - 2, word.len), STR(".5")) &&
             digits_of(str_slice(word, 0, word.len - 2), &n))
        add_number(s, n), s->half = true;
    else if (times.len && digits_of(times, &n))
        multiply(s, n);
    else if (digits_of(value.len ? value : word, &n))
        add_number(s, n);
}

amount resolver_amount(const resolver *x, const slot *of) {
    sum s = {0};
    for (uint32_t t = of->first; t < of->end; t++) {
        str rest = worker_word_text(x->w, x->d->tokens.at[t].word), word;
        while (rest.len) {
            str_cut(rest, '-', &word, &rest);
            if (word.len) add_word(x, &s, word);
        }
        if (s.now > NUMBER_MOST || s.done > NUMBER_MOST) return (amount){0, false};
    }
    int64_t whole = s.done + s.now + (!s.any && s.article && !s.half);
    return (amount){whole * 2 + s.half, s.any || s.article || s.half};
}

int resolver_number(const resolver *x, uint32_t key) {
    const slot *s = resolver_part(x, key);
    int64_t n;
    if (!s) return -1;
    str value = resolver_fact(x, s, KEY_VALUE), text = resolver_text(x, s);
    if (value.len && digits_of(value, &n)) return (int)n;
    size_t from = 0, end; /* "3rd", "mid-1990s", "20th-century", "FY2023" */
    while (from < text.len && (text.at[from] < '0' || text.at[from] > '9')) from++;
    for (end = from; end < text.len && text.at[end] >= '0' && text.at[end] <= '9';) end++;
    if (digits_of(str_slice(text, from, end), &n)) return (int)n;
    amount a = resolver_amount(x, s);
    return a.known && a.twice % 2 == 0 ? (int)(a.twice / 2) : -1;
}

toward resolver_toward(const resolver *x) {
    const slot *which = resolver_part(x, KEY_WHICH);
    str told = resolver_attribute(x, KEY_DIRECTION);
    if (!told.len && which) told = resolver_fact(x, which, KEY_TOWARD);
    return str_equal(told, STR("past"))     ? TOWARD_PAST
           : str_equal(told, STR("this"))   ? TOWARD_THIS
           : str_equal(told, STR("future")) ? TOWARD_FUTURE
                                            : TOWARD_UNTOLD;
}

int resolver_year(const resolver *x) {
    if (x->given_year >= 0) return x->given_year;
    const slot *s = resolver_part(x, KEY_YEAR);
    if (!s) return -1;
    amount a = resolver_amount(x, s); /* the words of "mid-1996" that are no numbers are passed over */
    int n = a.known ? (int)(a.twice / 2) : resolver_number(x, KEY_YEAR);
    if (!a.known && n >= 0 && n < 100) n += 2000; /* "FY23" */
    return n < 10000 ? n : -1;
}
