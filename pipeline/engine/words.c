/* The words of a worker. A text has a hundred times as many tokens as distinct words, so whatever can be asked of
   a word alone is asked here, once, and a token costs one look-up. */
#include <string.h>

#include "base/utf8.h"
#include "engine/runtime.h"

enum { WORDS_MOST = 400000, READINGS_MOST = 64 };

static uint32_t tag_of(uint64_t hash, str text) {
    return (uint32_t)(hash >> 32) << 8 | (text.len < 255 ? (uint32_t)text.len : 255);
}

/* The slot of a word, or the free one where it belongs. */
static word_slot *slot_of(const word_table *t, str text, const word_key *k) {
    uint32_t tag = tag_of(k->hash, text);
    for (uint32_t at = (uint32_t)k->hash & (t->room - 1);; at = (at + 1) & (t->room - 1)) {
        word_slot *s = &t->slots[at];
        if (!s->word) return s;
        if (s->tag == tag && s->head == k->head && s->more == k->more &&
            (text.len <= 16 || str_equal(t->list.at[s->word - 1].text, text)))
            return s;
    }
}

static void put(word_table *t, str text, const word_key *k, uint32_t word) {
    *slot_of(t, text, k) = (word_slot){k->head, k->more, tag_of(k->hash, text), word + 1};
}

static void grow(word_table *t) {
    t->room = t->room ? t->room * 2 : 16384;
    t->slots = ARENA_ARRAY(&t->arena, word_slot, t->room);
    for (uint32_t i = 0; i < t->list.len; i++) {
        word_key k = word_key_of(t->list.at[i].text, t->list.at[i].text.len);
        put(t, t->list.at[i].text, &k, i);
    }
}

void worker_word_soon(const worker *w, const word_key *k) {
    if (w->words.room) __builtin_prefetch(&w->words.slots[(uint32_t)k->hash & (w->words.room - 1)]);
}

uint32_t worker_word(worker *w, str text) {
    word_key k = word_key_of(text, text.len);
    return worker_word_of(w, text, &k);
}

static uint32_t new_word(worker *w, str text, const word_key *k) {
    word_table *t = &w->words;
    word_info info = {.text = arena_copy(&t->arena, text)};
    words_describe(w, &info);
    *VEC_PUSH(&t->arena, &t->list) = info;
    put(t, info.text, k, t->list.len - 1);
    return t->list.len - 1;
}

uint32_t worker_word_of(worker *w, str text, const word_key *k) {
    word_table *t = &w->words;
    if ((t->list.len + 1) * 2 > t->room) grow(t);
    const word_slot *s = slot_of(t, text, k);
    return s->word ? s->word - 1 : new_word(w, text, k);
}

typedef struct letters {
    uint32_t upper, lower, other, digits, rest, count;
    bool first_upper;
} letters;

static void count_letter(letters *n, uint32_t c) {
    utf8_kind kind = c < 0x80 ? (c >= 'A' && c <= 'Z'   ? UTF8_UPPER
                                 : c >= 'a' && c <= 'z' ? UTF8_LOWER
                                 : c >= '0' && c <= '9' ? UTF8_DIGIT
                                                        : UTF8_PUNCT)
                              : utf8_kind_of(c);
    n->upper += kind == UTF8_UPPER;
    n->lower += kind == UTF8_LOWER;
    n->other += kind == UTF8_LETTER || kind == UTF8_MARK;
    n->digits += kind == UTF8_DIGIT;
    n->rest += kind == UTF8_PUNCT || kind == UTF8_OTHER || kind == UTF8_SPACE;
    if (n->count++ == 0) n->first_upper = kind == UTF8_UPPER;
}

static bool ordinal_ending(str s) {
    return str_ends(s, STR("st")) || str_ends(s, STR("nd")) || str_ends(s, STR("rd")) || str_ends(s, STR("th"));
}

static uint32_t shapes_of(str text, uint32_t *out) {
    letters n = {0};
    for (size_t i = 0; i < text.len;) count_letter(&n, utf8_decode(text, i, &i));
    uint32_t letter_count = n.upper + n.lower + n.other, used = 0;
    if (letter_count == 0 && n.digits == 0) return out[0] = SHAPE_PUNCT, 1;
    if (letter_count == 0) return out[0] = SHAPE_NUMBER, 1;
    if (n.digits == 0) out[used++] = SHAPE_WORD;
    if (n.digits && n.lower == 2 && !n.upper && ordinal_ending(text))
        out[used++] = SHAPE_ORDINAL;
    else if (n.digits)
        out[used++] = SHAPE_ALNUM;
    if (n.upper == 1 && letter_count == 1 && str_ends(text, STR(".")) && text.len > 1)
        out[used++] = SHAPE_INITIAL;
    else if (n.upper >= 2 && n.lower == 0)
        out[used++] = SHAPE_UPPER;
    else if (n.first_upper)
        out[used++] = SHAPE_CAP;
    else if (n.lower && n.upper == 0)
        out[used++] = SHAPE_LOWER;
    return used;
}

static void find_nodes(worker *w, word_info *info) {
    const lexicon *x = w->k->lexicon;
    for (int i = 0; i < 3; i++) {
        info->nodes[i] = lexicon_step(x, 0, info->ids[i]);
        if (info->nodes[i] != NONE && !lexicon_goes_on(x, info->nodes[i])) info->nodes[i] = NONE;
        if (info->nodes[i] != NONE) info->follow |= lexicon_follow(x, info->nodes[i]);
    }
}

void words_describe(worker *w, word_info *info) {
    uint32_t classes[READINGS_MOST + 64], count = shapes_of(info->text, classes);
    reading readings[READINGS_MOST];
    lexicon_ids ids = lexicon_find(w->k->lexicon, info->text, utf8_lower(&w->words.arena, info->text));
    info->ids[0] = ids.written, info->ids[1] = ids.folded, info->ids[2] = ids.capitals;
    uint32_t found = lexicon_readings(w->k->lexicon, ids, readings, READINGS_MOST), kept = 0;
    for (uint32_t i = 0; i < found; i++) {
        classes[count++] = readings[i].class;
        if (readings[i].entry != NONE) readings[kept++] = readings[i]; /* bare words and verb forms have no facts */
    }
    for (uint32_t i = 0; i < w->k->patterns.len && count < READINGS_MOST + 64; i++) {
        if (w->patterns[i] && token_regex_matches(w->matcher, w->patterns[i], info->text))
            classes[count++] = w->k->patterns.at[i].class;
    }
    info->classes = sets_classes(w, classes, count);
    info->readings = worker_reading_set(w, readings, kept);
    find_nodes(w, info);
    for (int i = 0; i < 3; i++) {
        if (lexicon_inside(w->k->lexicon, info->ids[i])) info->marks |= lexicon_mark(info->ids[i]);
    }
}

bool worker_word_is(worker *w, uint32_t word, uint32_t class) {
    return class != NONE && worker_set_has(w, w->words.list.at[word].classes, class);
}

str worker_word_text(const worker *w, uint32_t word) { return w->words.list.at[word].text; }

const entry *worker_word_entry(worker *w, uint32_t word, uint32_t class) {
    return worker_entry(w, w->words.list.at[word].readings, class);
}

bool worker_text_is(worker *w, str text, uint32_t class) {
    return class != NONE && worker_word_is(w, worker_word(w, text), class);
}

bool worker_may_be_dotted(const worker *w, str text) { return lexicon_dotted(w->k->lexicon, text); }

void worker_trim(worker *w) {
    needs_learn(w);
    if (w->words.list.len < WORDS_MOST) return;
    arena_free(&w->words.arena);
    w->words = (word_table){0};
}
