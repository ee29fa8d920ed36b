/* Where sentences and paragraphs end. Sentences are written with / between them, paragraphs with //. */
#include "unit.h"

#include <string.h>
#include <time.h>

#include "stages/stages.h"

static const struct {
    const char *name, *text, *sentences;
} cases[] = {
    {"full stops", "The ministers met. They spoke! Why? Nobody knows.",
     "The ministers met ./They spoke !/Why ?/Nobody knows ."},
    {"small letter after a full stop", "The approx. value rose.", "The approx . value rose ."},
    {"closing quotes belong to the sentence", "\"We met.\" He left. \"They did,\" she said.",
     "\" We met . \"/He left ./\" They did , \" she said ."},
    {"abbreviations end none", "Mr. Bok met J. Kaleva in the U.S. Senate.",
     "Mr. Bok met J. Kaleva in the U.S. Senate ."},
    {"short abbreviations in capitals", "MR. BOK met MR. KALEVA.", "MR. BOK met MR. KALEVA ."},
    {"the number of a list is no sentence", "1. The ministers met. 2. They spoke.",
     "1 . The ministers met ./2 . They spoke ."},
    {"unless a starter follows", "Bok left the U.S. The talks went on.", "Bok left the U.S./The talks went on ."},
    {"blank lines end paragraphs", "One\n\nTwo\n \nThree", "One//Two//Three"},
    {"wrapped lines",
     "President Anna Kaleva met Prime Minister Joon\nBok in Lisbon on 8 February and left for\nBerlin the next day.",
     "President Anna Kaleva met Prime Minister Joon Bok in Lisbon on 8 February and left for Berlin the next day ."},
    {"wrapped lines, carriage returns",
     "President Anna Kaleva met Prime Minister Joon Bok\r\nin Lisbon on 8 February 2022.\r\n",
     "President Anna Kaleva met Prime Minister Joon Bok in Lisbon on 8 February 2022 ."},
    {"a heading in wrapped text",
     "The ministers met in Lisbon on the eighth of February to speak of trade and\ngrain.\nTrade\nThe ministers signed "
     "nothing on that day.",
     "The ministers met in Lisbon on the eighth of February to speak of trade and grain .//Trade//The ministers signed "
     "nothing on that day ."},
    {"the head's lines stand alone",
     "Ministers meet in Lisbon\nBy Anna Kaleva\n8 February 2022\nThe ministers of both states met on Tuesday in the "
     "city of Lisbon.",
     "Ministers meet in Lisbon//By Anna Kaleva//8 February 2022//The ministers of both states met on Tuesday in the "
     "city of Lisbon ."},
    {"a colon ends a line",
     "The ministers who met in the city of Lisbon on the eighth of February were:\nAnna Kaleva, of the northern "
     "neighbour and of the islands beyond it, and\nJoon Bok.",
     "The ministers who met in the city of Lisbon on the eighth of February were ://Anna Kaleva , of the northern "
     "neighbour and of the islands beyond it , and Joon Bok ."},
};

static str written(arena *a, worker *w, document *d) {
    str all = {0};
    for (uint32_t s = 0; s < d->sentences.len; s++) {
        const sentence *at = &d->sentences.at[s];
        const char *gap = s == 0 ? "" : at->paragraph != at[-1].paragraph ? "//" : "/";
        for (uint32_t t = at->first; t < at->end; t++) {
            str word = worker_word_text(w, d->tokens.at[t].word);
            all = arena_format(a, "%.*s%s%.*s", (int)all.len, all.len ? all.at : "", t > at->first ? " " : gap,
                               (int)word.len, word.at);
        }
    }
    return all;
}

/* Tokens lie in their order, in one sentence each, and no sentence is too long. */
static bool sound(const document *d) {
    uint32_t t = 0;
    for (uint32_t i = 0; i < d->sentences.len; i++) {
        const sentence *s = &d->sentences.at[i];
        if (s->first != t || s->end <= s->first || s->end - s->first > SENTENCE_TOKENS) return false;
        t = s->end;
    }
    for (uint32_t i = 1; i < d->tokens.len; i++) {
        if (d->tokens.at[i].begin < d->tokens.at[i - 1].end || d->tokens.at[i].end <= d->tokens.at[i].begin)
            return false;
    }
    return t == d->tokens.len;
}

/* A megabyte of one thing again and again must not cost more than a megabyte of text. */
static void long_runs(arena *a, worker *w) {
    static const char *const runs[] = {"Aa ",  "a-", "a.",           "A.", "U.S.-",          "-",  ".",
                                       "'",    "\"", "1-",           "1.", "www.",           "a@", "://",
                                       "Mr. ", "\n", "\xe2\x80\x8b", "(",  "a\xe2\x80\x8b-", "a_"};
    for (size_t i = 0; i < sizeof runs / sizeof *runs; i++) {
        size_t len = strlen(runs[i]), count = (1 << 20) / len;
        char *text = arena_take(a, len * count, 1), name[32];
        for (size_t n = 0; n < count; n++) memcpy(text + n * len, runs[i], len);
        document d = {.arena = a, .buffer = {text, len * count}};
        clock_t begin = clock();
        stage_tokenize(w, &d);
        double seconds = (double)(clock() - begin) / CLOCKS_PER_SEC;
        snprintf(name, sizeof name, "long run %u", (unsigned)i);
        CHECK(name, sound(&d) && seconds < 2);
        if (seconds > 0.3) printf("# %.*s %.2f s\n", (int)len, runs[i], seconds);
        arena_reset(a);
    }
}

int main(void) {
    const source_file files[] = {{STR("l.list"), STR("l.list"),
                                  STR("list abbreviation\nMr.\nU.S. ; ends=yes\nlist sentence-starter : the | he\nlist "
                                      "country : U.S. ; iso=US\n")},
                                 {STR("order"), STR("order"), STR("")}};
    arena a = {0};
    problems p = {0};
    pack *k = pack_of_files(files, 2, &p);
    if (!k) {
        fprintf(stderr, "%.*s", (int)p.text.len, p.text.at);
        return 1;
    }
    worker *w = worker_new(k);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        document d = {.arena = &a, .buffer = str_of(cases[i].text)};
        stage_tokenize(w, &d);
        str got = written(&a, w, &d);
        bool same = str_equal(got, str_of(cases[i].sentences)) && sound(&d);
        CHECK(cases[i].name, same);
        if (!same) printf("  got %.*s\n", (int)got.len, got.at);
    }
    long_runs(&a, w);
    worker_free(w);
    pack_free(k);
    buf_free(&p.text);
    arena_free(&a);
    return unit_done();
}
