/* What a token is. Tokens are written with | between them, as the rules see them. */
#include "unit.h"

#include <string.h>

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

int main(void) {
    arena a = {0};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        str got = joined(&a, str_of(cases[i].text));
        bool same = str_equal(got, str_of(cases[i].tokens));
        CHECK(cases[i].tokens[0] ? cases[i].tokens : "empty", same);
        if (!same) printf("  got %.*s\n", (int)got.len, got.at);
    }
    arena_free(&a);
    return unit_done();
}
