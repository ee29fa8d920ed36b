/* What a token is. Tokens are written with | between them, as the rules see
 * them. */
#include "unit.h"

#include <string.h>

#include "engine/word_key.h"
#include "stages/tokenize.h"

static const struct {
    const char *text, *tokens;
} cases[] = {
    {"The ministers met.", "The|ministers|met|."},
    {"Azerbaijan's minister", "Azerbaijan|'s|minister"},
    {"Azerbaijan\xe2\x80\x99s minister", "Azerbaijan|'s|minister"},
    {"the ministers' talks", "the|ministers|'|talks"},
    {"don\xe2\x80\x99t, O'Neill, d'Or", "don't|,|O'Neill|,|d'Or"},
    {"1,200.5 and 9:30, 10.", "1,200.5|and|9:30|,|10|."},
    {"pages 15-17 of 20", "pages|15|-|17|of|20"},
    {"2021-05-03 or 5/3/2021 or 3.5.2021", "2021-05-03|or|5/3/2021|or|3.5.2021"},
    {"Teknofest-2022, COVID-19, G-7", "Teknofest-2022|,|COVID-19|,|G-7"},
    {"Jean-Yves al-Assad three-day", "Jean-Yves|al-Assad|three-day"},
    {"U.S.-Turkish and Russian-Turkish talks", "U.S.|-|Turkish|and|Russian|-|Turkish|talks"},
    {"non\xe2\x80\x91"
     "aligned word-\xe2\x81\xa0joined",
     "non-aligned|word-joined"},
    {"co\xc2\xadoperate Ba\xe2\x80\x8bku", "cooperate|Baku"},
    {"Mr. J. K. Bok of Jan. 5", "Mr.|J.|K.|Bok|of|Jan.|5"},
    {"J.K. Bok at 9 a.m. in the U.S.A.", "J.K.|Bok|at|9|a.m.|in|the|U.S.A."},
    {"$3.5bn, US$44, 5%, \xe2\x82\xac"
     "7",
     "$|3.5bn|,|US|$|44|,|5|%|,|\xe2\x82\xac|7"},
    {"AT&T, BRICS+, R&D", "AT&T|,|BRICS+|,|R&D"},
    {"see https://example.org/a?b=c, or www.example.org.", "see|https://example.org/a?b=c|,|or|www.example.org|."},
    {"write to anna.kaleva@example.org.", "write|to|anna.kaleva@example.org|."},
    {"one -- two \xe2\x80\x94 three\xe2\x80\x93"
     "four",
     "one|--|two|--|three|--|four"},
    {"wait... what\xe2\x80\xa6 no", "wait|...|what|...|no"},
    {"\xe2\x80\x9cYes,\xe2\x80\x9d he said", "\"|Yes|,|\"|he|said"},
    {"(AP)_ The", "(|AP|)|_|The"},
    {"* * *", "*|*|*"},
    {"\xef\xbb\xbf"
     "Baku\x01\x07 \xc2\xa0now",
     "Baku|now"},
    {"Niinist\xc3\xb6 \xc6\x8fliyev \xd0\x91\xd0\xb0\xd0\xba\xd1\x83",
     "Niinist\xc3\xb6|\xc6\x8fliyev|\xd0\x91\xd0\xb0\xd0\xba\xd1\x83"},
    {"end.The and/or 1990s", "end|.|The|and|/|or|1990s"},
    {"", ""},
};

static bool lore_of_test(void *context, str text, token_question question) {
    static const char *const abbreviations[] = {"Mr.", "Jan.", NULL}, *const splitting[] = {"U.S.", "Russian", NULL};
    (void)context;
    for (const char *const *known = question == ASK_ABBREVIATION ? abbreviations : splitting; *known; known++) {
        if (str_equal(text, str_of(*known))) return true;
    }
    return false;
}

static str joined(arena *a, str text) {
    const token_lore lore = {lore_of_test, NULL};
    str words[64], all = {0};
    uint32_t count = tokenize_words(a, text, &lore, words, 64);
    for (uint32_t i = 0; i < count; i++)
        all = arena_format(a, "%.*s%s%.*s", (int)all.len, all.len ? all.at : "", i ? "|" : "", (int)words[i].len,
                           words[i].at);
    return all;
}

/* The short way is taken by most words and must say the same as the long one,
 * on any text. */
static void check_short_way(void) {
    static const char *const pieces[] = {
        "a",  "Bok", "minister", "administration", " ", "  ", ",", ".", "'", "-", "7", "\n", ")", ";",
        "\"", "@",   "\xc3\xb6", "\xe2\x80\x99",   "&", "_",  "(", ":", "?", "!"};
    const token_lore lore = {lore_of_test, NULL};
    uint32_t seed = 7, plain = 0, other = 0;
    for (int turn = 0; turn < 2000; turn++) {
        char text[400] = "";
        for (int i = 0; i < 24; i++) {
            seed = seed * 1103515245u + 12345u;
            strcat(text, pieces[(seed >> 16) % (sizeof pieces / sizeof *pieces)]);
        }
        str s = str_of(text);
        for (size_t at = token_skip_blanks(s, 0); at < s.len;) {
            word_key got, wanted;
            size_t end = token_end(s, at, &lore), soon = token_plain_end(s, at, &got);
            wanted = word_key_of(str_slice(s, at, end), end - at);
            plain += soon == end;
            other += soon != 0 && (soon != end || got.head != wanted.head || got.more != wanted.more);
            at = token_skip_blanks(s, end);
        }
    }
    CHECK("the short way says the same", other == 0);
    CHECK("the short way is taken", plain > 2000);
}

static void check_keys(void) {
    static const char text[] = "administrationally and further on";
    bool same = true;
    for (size_t len = 0; len <= 20; len++) {
        word_key near = word_key_of((str){text, len}, len), far = word_key_of((str){text, len}, sizeof text);
        same = same && near.head == far.head && near.more == far.more;
    }
    CHECK("a key does not depend on what follows the word", same);
    word_key one = word_key_of(STR("ab"), 2), other = word_key_of(STR("ba"), 2);
    CHECK("keys tell words apart", word_key_hash(&one) != word_key_hash(&other) && one.head != other.head);
}

int main(void) {
    arena a = {0};
    check_short_way();
    check_keys();
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        str got = joined(&a, str_of(cases[i].text));
        bool same = str_equal(got, str_of(cases[i].tokens));
        CHECK(cases[i].tokens[0] ? cases[i].tokens : "empty", same);
        if (!same) printf("  got %.*s\n", (int)got.len, got.at);
    }
    arena_free(&a);
    return unit_done();
}
