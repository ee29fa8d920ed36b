/* Words and phrases of the lexicon: which spellings match which entries. */
#include "unit.h"

#include "engine/lexicon.h"

static arena memory, tables;
static lexicon *x;

static void add(uint32_t class, const char *first, const char *second, const char *third) {
    str words[3] = {str_of(first), str_of(second), str_of(third)};
    uint32_t count = third ? 3 : second ? 2 : 1;
    lexicon_add(x, words, count, (reading){class, NONE});
}

static lexicon_ids ids(const char *word) { return lexicon_find(x, str_of(word), utf8_lower(&memory, str_of(word))); }

static bool has(const char *word, uint32_t class) {
    reading out[16];
    uint32_t count = lexicon_readings(x, ids(word), out, 16);
    for (uint32_t i = 0; i < count; i++) {
        if (out[i].class == class) return true;
    }
    return false;
}

/* Whether the two words are a phrase in any of the spellings that the lexicon knows them by. */
static bool phrase(const char *first, const char *second) {
    lexicon_ids a = ids(first), b = ids(second);
    const uint32_t from[] = {a.written, a.folded, a.capitals}, to[] = {b.written, b.folded, b.capitals};
    for (int i = 0; i < 3; i++) {
        uint32_t node = lexicon_step(x, 0, from[i]), count = 0;
        for (int j = 0; j < 3 && node != NONE; j++) {
            uint32_t end = lexicon_step(x, node, to[j]);
            if (end != NONE) lexicon_node_readings(x, end, &count);
            if (count) return true;
        }
    }
    return false;
}

static void add_words(void) {
    add(1, "may", NULL, NULL);
    add(2, "May", NULL, NULL);
    add(3, "us", NULL, NULL);
    add(4, "US", NULL, NULL);
    add(5, "Baku", NULL, NULL);
    add(6, "İzmir", NULL, NULL);
    add(7, "Oz", NULL, NULL);
}

static void words(void) {
    CHECK("lower case matches any case", has("may", 1) && has("May", 1) && has("MAY", 1));
    CHECK("a capital matches as written", has("May", 2) && !has("may", 2));
    CHECK("a capital matches in all capitals", has("MAY", 2) && has("BAKU", 5) && !has("baku", 5));
    CHECK("us is never US", has("us", 3) && !has("us", 4) && has("US", 4) && !has("US", 3));
    CHECK("two letters have no all-capitals form", has("Oz", 7) && !has("OZ", 7));
    CHECK("letters beyond ASCII", has("İzmir", 6));
    CHECK("unknown words", ids("Qwerty").written == NONE && ids("Qwerty").folded == NONE);
}

static void add_phrases(void) {
    add(8, "prime", "minister", NULL);
    add(9, "Saudi", "Arabia", NULL);
    add(9, "Republic", "of", "Korea");
}

static void phrases(void) {
    CHECK("a phrase in any case",
          phrase("prime", "minister") && phrase("Prime", "Minister") && phrase("PRIME", "MINISTER"));
    CHECK("a phrase with capitals",
          phrase("Saudi", "Arabia") && phrase("SAUDI", "ARABIA") && !phrase("saudi", "arabia"));
    CHECK("capitals are all or none", !phrase("SAUDI", "Arabia"));
    CHECK("a part of a phrase is none", !phrase("Republic", "of") && !has("Saudi", 9));
    uint32_t node = lexicon_step(x, 0, ids("Republic").written);
    CHECK("it goes on", node != NONE && lexicon_goes_on(x, node));
}

static void add_many(void) {
    char name[32];
    for (int i = 0; i < 100000; i++) {
        snprintf(name, sizeof name, "Name%d", i);
        add((uint32_t)i + 10, name, NULL, NULL);
    }
}

static void many(void) {
    char name[32];
    bool all = true;
    for (int i = 0; i < 100000; i++) {
        snprintf(name, sizeof name, "Name%d", i);
        all = all && has(name, (uint32_t)i + 10);
    }
    CHECK("100,000 entries are all found", all);
}

int main(void) {
    x = lexicon_new(&memory);
    add_words();
    words();
    add_phrases();
    phrases();
    add_many();
    many();
    x = lexicon_seal(x, &memory, &tables);
    words();
    phrases();
    many();
    arena_free(&memory);
    arena_free(&tables);
    return unit_done();
}
