/* What a rule finds in a sentence: where a match may begin and end, which match wins, what is left to the others. */
#include "unit.h"

#include <string.h>

#include "engine/match.h"
#include "engine/pack.h"
#include "stages/stages.h"

/* Rules r0, r1... of these patterns, the mentions of each as rule:words, by / in the order in which they are made. */
static const struct {
    const char *name, *mode, *patterns[3], *text, *mentions;
} cases[] = {
    {"at the begin", "find", {"^ a"}, "a a b", "0:a"},
    {"at the end", "find", {"a $"}, "a a", "0:a"},
    {"the whole", "find", {"^ a b $"}, "a b", "0:a b"},
    {"not the whole", "find", {"^ a b $"}, "a b c", ""},
    {"an end that is only far enough", "find", {"a b? $"}, "a b c", ""},
    {"the last symbol alone", "find", {"a b? c?"}, "c b a", "0:a"},
    {"optional at first", "find", {"x? y{0,2} z"}, "z a y z x y y z y y y z", "0:z/0:y z/0:x y y z/0:y y z"},
    {"alternatives of several lengths",
     "find",
     {"(a b c d|b c|d)"},
     "a b c d b c d a b c",
     "0:a b c d/0:b c/0:d/0:b c"},
    {"any symbol", "find", {". b ."}, "b b a", "0:b b a"},
    {"any but one", "find", {"<!'a'> b"}, "a b c b", "0:c b"},
    {"what stands before", "find", {"(?<= a|b b) c"}, "a c b c b b c c", "0:c/0:c"},
    {"what does not stand before", "find", {"(?<! a) c"}, "c a c c", "0:c/0:c"},
    {"what follows", "find", {"a (?= b c)"}, "a b a b c a", "0:a"},
    {"what follows, and goes on", "find", {"(?= a b) a . c"}, "a c c a b c", "0:a b c"},
    {"what does not follow", "find", {"a (?! b)"}, "a b a", "0:a"},
    {"far",
     "find",
     {"a .{40,60} b"},
     "a c c c c c c c c c c c c c c c c c c c c c c c c c c c c c c c c c c c c c c c c c c b",
     "0:a c c c c c c c c c c c c c c c c c c c c c c c c c c c c c c c c c c c c c c c c c c b"},
    {"too many places for all",
     "find",
     {"a ((b c? d?|c d? b?|d b? c?){1,9} (a|b|c d){1,9} ){1,9} ((b c? d?|c d? b?|d b? c?){1,9} (a|b|c d){1,9} ){1,9} "
      "z"},
     "a b c d b a z a b z",
     "0:a b c d b a z"},
    {"without limit", "find", {"a b* c"}, "a b b b b b b b b b b b b c a b", "0:a b b b b b b b b b b b b c"},
    {"nothing is no match", "find", {"a? (?= b)"}, "b a b", "0:a"},
    {"one rule's matches do not overlap", "find", {"a a"}, "a a a a a", "0:a a/0:a a"},
    {"matches of several rules do", "find", {"a b", "b c", "b"}, "a b c", "0:a b/1:b c/2:b"},
    {"fold: the first", "fold", {"b c d", "a b"}, "a b c d", "1:a b"},
    {"fold: the longest", "fold", {"a b", "a b c"}, "a b c", "1:a b c"},
    {"fold: of one length the first rule", "fold", {"a .", "a b"}, "a b", "0:a b"},
    {"fold: what a match leaves", "fold", {"a b", "b c", "c"}, "a b c b c", "0:a b/2:c/1:b c"},
};

static pack *load(const char *mode, const char *const *patterns) {
    static char rules[1000], order[40]; /* the pack keeps pointing into them */
    *rules = 0;
    for (int i = 0; i < 3 && patterns[i]; i++) {
        size_t at = strlen(rules);
        snprintf(rules + at, sizeof rules - at, "rule r%d\n  match   %s\n  emit    x\n  yes     a.\n  no      b.\n", i,
                 patterns[i]);
    }
    snprintf(order, sizeof order, "tag %s p r.rules\n", mode);
    const source_file files[] = {{STR("r.rules"), STR("r.rules"), str_of(rules)},
                                 {STR("order"), STR("order"), str_of(order)}};
    problems p = {0};
    pack *k = pack_of_files(files, 2, &p);
    if (!k) printf("# %.*s", (int)p.text.len, p.text.at);
    buf_free(&p.text);
    return k;
}

static str found(arena *a, worker *w, const char *text) {
    document d = {.arena = a, .buffer = str_of(text)};
    str all = {0};
    stage_tokenize(w, &d);
    stage_tag(w, &d);
    for (uint32_t i = 0; i < d.mentions.len; i++) {
        const mention *m = &d.mentions.at[i];
        all = arena_format(a, "%.*s%s%u:", (int)all.len, all.len ? all.at : "", i ? "/" : "", m->rule);
        for (uint32_t t = m->first; t < m->end; t++) {
            str word = worker_word_text(w, d.tokens.at[t].word);
            all = arena_format(a, "%.*s%s%.*s", (int)all.len, all.at, t > m->first ? " " : "", (int)word.len, word.at);
        }
    }
    return all;
}

static void same(const char *name, str got, const char *want) {
    bool equal = str_equal(got, str_of(want));
    CHECK(name, equal);
    if (!equal) printf("  got %.*s\n", (int)got.len, got.len ? got.at : "");
}

/* What a worker has learned of many long sentences, and forgotten again when it was too much, changes no match: each
   sentence gives what a new worker finds in it. */
static void test_long_lives(arena *a) {
    const char *const patterns[3] = {"a .{0,8} b .{0,8} c .{0,8} d .{0,8} f", "a .{0,8} d .{0,8} c .{0,8} b .{0,8} f",
                                     "a .{0,8} c .{0,8} f .{0,8} b .{0,8} d"};
    uint32_t state = 20, wrong = 0;
    pack *k = load("find", patterns);
    worker *old = worker_new(k);
    for (int turn = 0; turn < 1500; turn++) {
        char text[401];
        for (size_t i = 0; i < 400; i += 2) {
            state = state * 1664525u + 1013904223u;
            text[i] = (char)('a' + (state >> 24) % 6);
            text[i + 1] = i == 398 ? 0 : ' ';
        }
        str told = found(a, old, text);
        if (turn % 30 == 0) {
            worker *new = worker_new(k);
            wrong += !str_equal(told, found(a, new, text)) || told.len == 0;
            worker_free(new);
        }
        arena_reset(a);
    }
    CHECK("a worker's past changes no match", wrong == 0);
    worker_free(old);
    pack_free(k);
}

/* What is known of a pattern beforehand, a last letter and a first one, loses no match. */
static void test_token_patterns(void) {
    static const struct {
        const char *pattern, *text;
        bool matches;
    } known[] = {
        {"[a-z]+ed", "visited", true},
        {"[a-z]+ed", "visits", false},
        {"[a-z]+ed", "ed", false},
        {"(?i:a|two)-day", "TWO-day", true},
        {"(?i)[a-z]+ed", "VISITED", true},
        {"(?i)two", "Two", true},
        {"[a-z]+(?i:ed)", "visitED", true},
        {"(?!not)[a-z]+s", "nots", false},
        {"\\p{Lu}.+\xc3\xa9", "Andr\xc3\xa9", true},
        {"[\xc3\xa9\xc3\xa8]t", "\xc3\xa8t", true},
    };
    matcher *m = matcher_new();
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        char error[MATCH_ERROR];
        size_t at;
        token_regex *r = token_regex_new(str_of(known[i].pattern), error, &at);
        token_text text = token_text_of(str_of(known[i].text));
        CHECK(known[i].pattern, r && token_regex_matches(m, r, &text) == known[i].matches);
        unsigned char first = (unsigned char)known[i].text[0];
        CHECK(known[i].text, !known[i].matches || first >= 0x80 || token_regex_may_begin(m, r, first));
        token_regex_free(r);
    }
    matcher_free(m);
}

int main(void) {
    test_token_patterns();
    arena a = {0};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        pack *k = load(cases[i].mode, cases[i].patterns);
        worker *w = worker_new(k);
        same(cases[i].name, found(&a, w, cases[i].text), cases[i].mentions);
        worker_free(w);
        pack_free(k);
        arena_reset(&a);
    }
    test_long_lives(&a);
    arena_free(&a);
    return unit_done();
}
