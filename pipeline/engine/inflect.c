/* Regular English verb forms. */
#include "engine/inflect.h"

#include <string.h>

static bool vowel(char c) { return strchr("aeiou", c) != NULL; }

static bool ends(str s, const char *with) { return str_ends(s, str_of(with)); }

/* stop -> stopp-: one short syllable that ends in consonant, vowel, consonant. */
static bool doubles(str s) {
    if (s.len < 3 || s.len > 4) return false;
    char c = s.at[s.len - 1], v = s.at[s.len - 2], b = s.at[s.len - 3];
    if (vowel(c) || !vowel(v) || vowel(b) || strchr("wxy", c)) return false;
    return s.len == 3 || !vowel(s.at[0]);
}

static str with_s(arena *a, str s) {
    if (ends(s, "s") || ends(s, "x") || ends(s, "z") || ends(s, "ch") || ends(s, "sh") || ends(s, "o"))
        return arena_format(a, "%.*ses", (int)s.len, s.at);
    if (ends(s, "y") && s.len > 1 && !vowel(s.at[s.len - 2])) return arena_format(a, "%.*sies", (int)s.len - 1, s.at);
    return arena_format(a, "%.*ss", (int)s.len, s.at);
}

static str with_ed(arena *a, str s) {
    if (ends(s, "e")) return arena_format(a, "%.*sd", (int)s.len, s.at);
    if (ends(s, "y") && s.len > 1 && !vowel(s.at[s.len - 2])) return arena_format(a, "%.*sied", (int)s.len - 1, s.at);
    if (doubles(s)) return arena_format(a, "%.*s%ced", (int)s.len, s.at, s.at[s.len - 1]);
    return arena_format(a, "%.*sed", (int)s.len, s.at);
}

static str with_ing(arena *a, str s) {
    if (ends(s, "ie")) return arena_format(a, "%.*sying", (int)s.len - 2, s.at);
    if (ends(s, "e") && !ends(s, "ee")) return arena_format(a, "%.*sing", (int)s.len - 1, s.at);
    if (doubles(s)) return arena_format(a, "%.*s%cing", (int)s.len, s.at, s.at[s.len - 1]);
    return arena_format(a, "%.*sing", (int)s.len, s.at);
}

static str joined(arena *a, str word, str rest) {
    return rest.len ? arena_format(a, "%.*s %.*s", (int)word.len, word.at, (int)rest.len, rest.at) : word;
}

static str has_forms(arena *a, str s) { return str_equal(s, STR("have")) ? STR("has") : with_s(a, s); }

verb_forms inflect(arena *a, const str *words, uint32_t count) {
    str word, rest;
    str_cut(words[0], '_', &word, &rest); /* "sit_down": the particle follows each form */
    str past = count > 1 ? words[1] : with_ed(a, word);
    verb_forms f = {.base = word, .s = has_forms(a, word), .past = past, .participle = count > 2 ? words[2] : past,
                    .ing = count > 3 ? words[3] : with_ing(a, word)};
    f.base = joined(a, f.base, rest);
    f.s = joined(a, f.s, rest);
    f.past = joined(a, f.past, rest);
    f.participle = joined(a, f.participle, rest);
    f.ing = joined(a, f.ing, rest);
    return f;
}
