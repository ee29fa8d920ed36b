/* Regular English verb forms by spelling. Which verbs of several syllables double their last letter goes by stress,
   which spelling does not show: they are listed; those in -l are spelt both ways. */
#include "engine/inflect.h"

#include <string.h>

static bool vowel(char c) { return c && strchr("aeiou", c) != NULL; }

static char from_end(str s, size_t n) { return n < s.len ? s.at[s.len - 1 - n] : '\0'; }

static bool listed(str word, const char *const *list, size_t count) {
    for (size_t i = 0; i < count; i++) {
        if (str_equal(word, str_of(list[i]))) return true;
    }
    return false;
}

static uint32_t vowel_groups(str s) {
    uint32_t count = 0;
    for (size_t i = 0; i < s.len; i++) {
        bool v = vowel(s.at[i]) || (s.at[i] == 'y' && i > 0);
        bool before = i > 0 && (vowel(s.at[i - 1]) || (s.at[i - 1] == 'y' && i > 1));
        count += v && !before;
    }
    return count;
}

/* Ends in one vowel and one consonant that can double. "qu" is a consonant. */
static bool short_end(str s) {
    char last = from_end(s, 0), before = from_end(s, 1), third = from_end(s, 2);
    if (s.len < 3 || vowel(last) || strchr("wxyh", last) || !vowel(before)) return false;
    return !vowel(third) || (third == 'u' && from_end(s, 3) == 'q');
}

typedef enum { SINGLE, DOUBLE, EITHER } doubling;

static doubling doubling_of(str s) {
    static const char *const stressed[] = {
        "abet",   "abhor", "acquit", "admit",  "allot",  "begin",    "commit", "concur",   "confer",   "defer",
        "demur",  "deter", "emit",   "equip",  "forget", "incur",    "infer",  "occur",    "omit",     "permit",
        "prefer", "recur", "refer",  "regret", "remit",  "rebut",    "submit", "transfer", "transmit", "unplug",
        "upset",  "reset", "offset", "rerun",  "outrun", "handicap", "kidnap", "worship",
    };
    if (!short_end(s)) return SINGLE;
    if (vowel_groups(s) == 1 || listed(s, stressed, sizeof stressed / sizeof *stressed)) return DOUBLE;
    return from_end(s, 0) == 'l' ? EITHER : SINGLE;
}

static str join(arena *a, str stem, const char *middle, const char *end) {
    return arena_format(a, "%.*s%s%s", (int)stem.len, stem.at, middle, end);
}

static str s_form(arena *a, str s) {
    static const char *const odd[][2] = {{"be", "is"}, {"have", "has"}, {"do", "does"}, {"go", "goes"}};
    for (size_t i = 0; i < sizeof odd / sizeof *odd; i++) {
        if (str_equal(s, str_of(odd[i][0]))) return str_of(odd[i][1]);
    }
    char last = from_end(s, 0), before = from_end(s, 1);
    if (last == 'y' && s.len > 1 && !vowel(before)) return join(a, str_slice(s, 0, s.len - 1), "ies", "");
    bool hissing = strchr("sxz", last) || (last == 'h' && (before == 'c' || before == 's')) ||
                   (last == 'o' && !vowel(before));
    return join(a, s, hissing ? "es" : "s", "");
}

/* base + ending, with the last letter doubled or not as doubling_of says. */
static uint32_t with_ending(arena *a, str s, const char *ending, str out[2]) {
    const char twice[] = {from_end(s, 0), '\0'};
    doubling d = doubling_of(s);
    uint32_t count = 0;
    if (d != SINGLE) out[count++] = join(a, s, twice, ending);
    if (d != DOUBLE) out[count++] = join(a, s, from_end(s, 0) == 'c' && from_end(s, 1) == 'i' ? "k" : "", ending);
    return count;
}

static uint32_t past_forms(arena *a, str s, str out[2]) {
    if (from_end(s, 0) == 'e') return out[0] = join(a, s, "d", ""), 1;
    if (from_end(s, 0) == 'y' && s.len > 1 && !vowel(from_end(s, 1))) {
        return out[0] = join(a, str_slice(s, 0, s.len - 1), "ied", ""), 1;
    }
    return with_ending(a, s, "ed", out);
}

static uint32_t ing_forms(arena *a, str s, str out[2]) {
    char before = from_end(s, 1);
    if (from_end(s, 0) == 'e' && s.len > 2) {
        str stem = str_slice(s, 0, s.len - 1);
        if (before == 'i') return out[0] = join(a, str_slice(s, 0, s.len - 2), "y", "ing"), 1;
        if (!strchr("eoy", before)) return out[0] = join(a, stem, "", "ing"), 1;
        return out[0] = join(a, s, "", "ing"), 1;
    }
    return with_ending(a, s, "ing", out);
}

static void add_particle(arena *a, str *forms, uint32_t count, str particle) {
    for (uint32_t i = 0; i < count && particle.len; i++) {
        forms[i] = arena_format(a, "%.*s %.*s", (int)forms[i].len, forms[i].at, (int)particle.len, particle.at);
    }
}

verb_forms inflect(arena *a, const str *words, uint32_t count) {
    verb_forms f = {.past_count = 1, .participle_count = 1, .ing_count = 1};
    str particle;
    str_cut(words[0], '_', &f.base, &particle);
    f.s = s_form(a, f.base);
    if (count > 1)
        f.past[0] = words[1];
    else
        f.past_count = past_forms(a, f.base, f.past);
    if (count > 2)
        f.participle[0] = words[2];
    else
        f.participle_count = f.past_count, f.participle[0] = f.past[0], f.participle[1] = f.past[1];
    if (count > 3)
        f.ing[0] = words[3];
    else
        f.ing_count = ing_forms(a, f.base, f.ing);
    add_particle(a, &f.base, 1, particle);
    add_particle(a, &f.s, 1, particle);
    add_particle(a, f.past, f.past_count, particle);
    add_particle(a, f.participle, f.participle_count, particle);
    add_particle(a, f.ing, f.ing_count, particle);
    return f;
}
