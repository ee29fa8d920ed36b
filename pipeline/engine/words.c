/* The words of a worker. A text has a hundred times as many tokens as distinct
   words, so whatever can be asked of a word alone is asked here, once, and a
   token costs one look-up. */
#include <string.h>

#include "base/utf8.h"
#include "engine/runtime.h"

enum { WORDS_MOST = 400000, READINGS_MOST = 64 };

/* Of the places of a bucket that have a long word's key: those that are that word. */
static __attribute__((noinline)) uint32_t same_long_words(const word_table *t, const word_bucket *b, str text,
                                                          uint32_t at) {
    uint32_t same = 0;
    for (; at; at &= at - 1) {
        uint32_t i = (uint32_t)__builtin_ctz(at);
        if (str_equal(t->lore.at[b->words[i] - 1].text, text)) same |= 1u << i;
    }
    return same;
}

/* Where a word is, or the free place where it belongs: from the bucket `at` on. All places of a bucket are compared
   before one is chosen, for which one it is follows no pattern; a free place has the key of no word. */
static inline uint32_t *place_of(const word_table *t, str text, const word_key *k, uint32_t at) {
    for (;; at++) {
        word_bucket *b = &t->buckets[at & (t->room - 1)];
        uint32_t equal = 0;
        for (uint32_t i = 0; i < BUCKET_WORDS; i++)
            equal |= (uint32_t)(((b->head[i] ^ k->head) | (b->more[i] ^ k->more)) == 0) << i;
        if (k->more == LONG_WORD) equal = same_long_words(t, b, text, equal);
        if (equal) return &b->words[__builtin_ctz(equal)];
        for (uint32_t i = 0; i < BUCKET_WORDS; i++) {
            if (!b->words[i]) return &b->words[i];
        }
    }
}

static void put(const word_table *t, str text, const word_key *k, uint32_t word) {
    uint32_t *free_place = place_of(t, text, k, (uint32_t)word_key_hash(k));
    word_bucket *b = (word_bucket *)((uintptr_t)free_place & -(uintptr_t)sizeof *b);
    b->head[free_place - b->words] = k->head;
    b->more[free_place - b->words] = k->more;
    *free_place = word + 1;
}

static void make_room(word_table *t, uint32_t buckets) {
    t->room = buckets;
    t->buckets = ARENA_ARRAY(&t->arena, word_bucket, buckets);
    for (uint32_t i = 0; i < t->list.len; i++) {
        str text = t->lore.at[i].text;
        word_key k = word_key_of(text, text.len);
        put(t, text, &k, i);
    }
}

void words_begin(worker *w) {
    w->words = (word_table){0};
    make_room(&w->words, 8192);
}

static void describe(worker *w, word_info *info, word_lore *lore);

static __attribute__((noinline)) uint32_t new_word(worker *w, str text, const word_key *k) {
    word_table *t = &w->words;
    word_info info = {0};
    word_lore lore = {.text = arena_copy(&t->arena, text)};
    describe(w, &info, &lore);
    *VEC_PUSH(&t->arena, &t->list) = info;
    *VEC_PUSH(&t->arena, &t->lore) = lore;
    if (t->list.len > t->room * 2)
        make_room(t, t->room * 2);
    else
        put(t, lore.text, k, t->list.len - 1);
    return t->list.len - 1;
}

static inline uint32_t word_asked(worker *w, const word_query *q, uint32_t hash) {
    uint32_t word = *place_of(&w->words, q->text, &q->key, hash);
    return word ? word - 1 : new_word(w, q->text, &q->key);
}

/* The table is larger than the caches: its places are all called for before the first is looked at. */
void worker_words_asked(worker *w, const word_query *list, uint32_t count, token *out) {
    uint32_t hashes[WORDS_TOGETHER];
    for (uint32_t i = 0; i < count; i++) {
        hashes[i] = (uint32_t)word_key_hash(&list[i].key);
        __builtin_prefetch(&w->words.buckets[hashes[i] & (w->words.room - 1)]);
    }
    for (uint32_t i = 0; i < count; i++) {
        out[i].word = word_asked(w, &list[i], hashes[i]);
        __builtin_prefetch(&w->words.list.at[out[i].word]); /* for the symbols */
    }
}

uint32_t worker_word(worker *w, str text) {
    word_query q = {text, word_key_of(text, text.len)};
    return word_asked(w, &q, (uint32_t)word_key_hash(&q.key));
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

static void find_nodes(worker *w, word_info *info, word_lore *lore) {
    const lexicon *x = w->k->lexicon;
    for (int i = 0; i < 3; i++) {
        lore->nodes[i] = lexicon_step(x, 0, lore->ids[i]);
        if (lore->nodes[i] != NONE && !lexicon_goes_on(x, lore->nodes[i])) lore->nodes[i] = NONE;
        if (lore->nodes[i] != NONE) info->follow |= lexicon_follow(x, lore->nodes[i]);
    }
}

static const pattern_list *patterns_for(worker *w, str text) {
    unsigned char first = text.len ? (unsigned char)text.at[0] : BEYOND_ASCII;
    if (first > BEYOND_ASCII) first = BEYOND_ASCII;
    pattern_list *list = &w->patterns_of[first];
    for (uint32_t i = 0; i < w->k->patterns.len && !list->asked; i++) {
        token_regex *r = w->patterns[i];
        if (r && (first == BEYOND_ASCII || token_regex_may_begin(w->matcher, r, first)))
            *VEC_PUSH(&w->arena, &list->ids) = i;
    }
    list->asked = true;
    return list;
}

static void describe(worker *w, word_info *info, word_lore *lore) {
    uint32_t classes[READINGS_MOST + 64], count = shapes_of(lore->text, classes);
    reading readings[READINGS_MOST];
    lexicon_ids ids = lexicon_find(w->k->lexicon, lore->text, utf8_lower(&w->words.arena, lore->text));
    lore->ids[0] = ids.written, lore->ids[1] = ids.folded, lore->ids[2] = ids.capitals;
    uint32_t found = lexicon_readings(w->k->lexicon, ids, readings, READINGS_MOST), kept = 0;
    for (uint32_t i = 0; i < found; i++) {
        classes[count++] = readings[i].class;
        if (readings[i].entry != NONE) readings[kept++] = readings[i]; /* bare words and verb forms have no facts */
    }
    const pattern_list *patterns = patterns_for(w, lore->text);
    token_text text = token_text_of(lore->text);
    for (uint32_t i = 0; i < patterns->ids.len && count < READINGS_MOST + 64; i++) {
        uint32_t id = patterns->ids.at[i];
        if (token_regex_matches(w->matcher, w->patterns[id], &text)) classes[count++] = w->k->patterns.at[id].class;
    }
    info->classes = sets_classes(w, classes, count);
    info->readings = worker_reading_set(w, readings, kept);
    find_nodes(w, info, lore);
    for (int i = 0; i < 3; i++) {
        if (lexicon_inside(w->k->lexicon, lore->ids[i])) info->marks |= lexicon_mark(lore->ids[i]);
    }
}

bool worker_word_is(worker *w, uint32_t word, uint32_t class) {
    return class != NONE && worker_set_has(w, w->words.list.at[word].classes, class);
}

str worker_word_text(const worker *w, uint32_t word) { return w->words.lore.at[word].text; }

const entry *worker_word_entry(worker *w, uint32_t word, uint32_t class) {
    return worker_entry(w, w->words.list.at[word].readings, class);
}

bool worker_text_is(worker *w, str text, uint32_t class) {
    return class != NONE && worker_word_is(w, worker_word(w, text), class);
}

bool worker_may_be_dotted(const worker *w, str text) { return lexicon_dotted(w->k->lexicon, text); }

void worker_trim(worker *w) {
    if (w->words.list.len < WORDS_MOST) return;
    arena_free(&w->words.arena);
    words_begin(w);
}
