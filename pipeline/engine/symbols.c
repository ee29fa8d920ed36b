/* The symbols of a sentence: tokens, with the phrases of the lexicon folded by
 * longest match. */
#include <string.h>

#include "engine/runtime.h"
#include "stages/tokenize.h"

enum { PHRASE_READINGS = 16, STATES = 9 };

typedef struct walk {
    uint32_t nodes[STATES];
    uint32_t count;
} walk;

static walk begin_walk(const worker *w, uint32_t word) {
    const word_lore *lore = &w->words.lore.at[word];
    walk s = {.count = 0};
    for (int i = 0; i < 3; i++) {
        if (lore->nodes[i] != NONE) s.nodes[s.count++] = lore->nodes[i];
    }
    return s;
}

static walk next(const worker *w, const walk *s, uint32_t word) {
    const lexicon *x = w->k->lexicon;
    walk out = {.count = 0};
    for (uint32_t i = 0; i < s->count; i++) {
        for (int j = 0; j < 3 && out.count < STATES; j++) {
            uint32_t to = lexicon_step(x, s->nodes[i], w->words.lore.at[word].ids[j]);
            if (to != NONE) out.nodes[out.count++] = to;
        }
    }
    return out;
}

static uint32_t gather(const lexicon *x, const walk *s, reading *out) {
    uint32_t used = 0;
    for (uint32_t i = 0; i < s->count; i++) {
        uint32_t count;
        const reading *r = lexicon_node_readings(x, s->nodes[i], &count);
        for (uint32_t j = 0; j < count && used < PHRASE_READINGS; j++) out[used++] = r[j];
    }
    return used;
}

static symbol phrase(worker *w, const document *d, uint32_t first, uint32_t end, const reading *r, uint32_t count) {
    uint32_t classes[PHRASE_READINGS + 2], used = 0;
    reading kept[PHRASE_READINGS];
    uint32_t kept_count = 0;
    const word_info *head = &w->words.list.at[d->tokens.at[first].word];
    classes[used++] = SHAPE_WORD;
    if (worker_set_has(w, head->classes, SHAPE_CAP) || worker_set_has(w, head->classes, SHAPE_UPPER))
        classes[used++] = SHAPE_CAP;
    for (uint32_t i = 0; i < count; i++) {
        classes[used++] = r[i].class;
        if (r[i].entry != NONE) kept[kept_count++] = r[i];
    }
    return (symbol){.first = first,
                    .end = end,
                    .classes = sets_classes(w, classes, used),
                    .readings = worker_reading_set(w, kept, kept_count),
                    .mention = NONE};
}

/* Whether a phrase may begin with two words, to judge by their marks. */
static bool may_begin(const worker *w, const token *t) {
    return w->words.list.at[t[0].word].follow & w->words.list.at[t[1].word].marks;
}

/* The longest phrase that begins at token t; its end, or t when there is none.
 */
static uint32_t longest(worker *w, const document *d, uint32_t t, uint32_t end, reading *readings, uint32_t *count) {
    walk s = begin_walk(w, d->tokens.at[t].word);
    uint32_t best = t;
    for (uint32_t u = t + 1; s.count && u < end; u++) {
        uint32_t word = d->tokens.at[u].word;
        if (!w->words.list.at[word].marks) break;
        s = next(w, &s, word);
        reading here[PHRASE_READINGS];
        uint32_t n = gather(w->k->lexicon, &s, here);
        if (n == 0) continue;
        memcpy(readings, here, n * sizeof *here);
        *count = n;
        best = u + 1;
    }
    return best;
}

symbol symbol_of_token(worker *w, const document *d, uint32_t t) {
    const word_info *info = &w->words.list.at[d->tokens.at[t].word];
    return (symbol){.first = t, .end = t + 1, .classes = info->classes, .readings = info->readings, .mention = NONE};
}

void worker_symbols(worker *w, document *d, sentence *s) {
    static const word_info nothing = {0}; /* follows the last token */
    symbol *out = arena_raw(d->arena, (s->end - s->first) * sizeof *out, alignof(symbol)), *to = out;
    const word_info *words = w->words.list.at, *info = &nothing, *then;
    const token *tokens = d->tokens.at;
    if (s->first < s->end) info = &words[tokens[s->first].word];
    for (uint32_t t = s->first; t < s->end; info = then) {
        reading readings[PHRASE_READINGS];
        uint32_t count = 0, end = t;
        then = t + 1 < s->end ? &words[tokens[t + 1].word] : &nothing;
        if (info->follow & then->marks) end = longest(w, d, t, s->end, readings, &count);
        if (end <= t) {
            *to++ = (symbol){t, t + 1, info->classes, info->readings, NONE, 0};
            t++;
            continue;
        }
        *to++ = phrase(w, d, t, end, readings, count);
        t = end;
        if (t < s->end) then = &words[tokens[t].word];
    }
    s->opens = 0;
    s->keys = NULL;
    s->symbols = out;
    s->symbol_count = (uint32_t)(to - out);
}

/* The first symbol that does not begin before token `at`. */
static uint32_t symbol_from(const sentence *s, uint32_t at) {
    uint32_t low = 0, high = s->symbol_count;
    while (low < high) {
        uint32_t middle = (low + high) / 2;
        if (s->symbols[middle].first < at)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static bool lies_across(const sentence *s, uint32_t from, uint32_t border) {
    return from > 0 && s->symbols[from - 1].end > border;
}

/* Phrases that lie across a border of [first,end) fall back into tokens. */
static void open_phrases(worker *w, document *d, sentence *s, uint32_t first, uint32_t end) {
    symbol *out = arena_raw(d->arena, (s->end - s->first) * sizeof *out, alignof(symbol));
    uint32_t used = 0;
    for (uint32_t i = 0; i < s->symbol_count; i++) {
        const symbol *y = &s->symbols[i];
        bool across = (y->first < first && y->end > first) || (y->first < end && y->end > end);
        if (!across) out[used++] = *y;
        for (uint32_t t = y->first; across && t < y->end; t++) out[used++] = symbol_of_token(w, d, t);
    }
    s->symbols = out;
    s->symbol_count = used;
}

void worker_fold(worker *w, document *d, uint32_t at, uint32_t id) {
    sentence *s = &d->sentences.at[at];
    mention *m = &d->mentions.at[id];
    uint32_t from = symbol_from(s, m->first), end = symbol_from(s, m->end);
    if (lies_across(s, from, m->first) || lies_across(s, end, m->end)) {
        open_phrases(w, d, s, m->first, m->end);
        from = symbol_from(s, m->first), end = symbol_from(s, m->end);
    }
    if (from == end) return;
    for (uint32_t i = from; i < end; i++) {
        uint32_t inner = s->symbols[i].mention;
        if (inner != NONE && inner != id) d->mentions.at[inner].parent = id;
    }
    if (m->readings == NONE && end == from + 1) m->readings = s->symbols[from].readings;
    if (m->classes == NONE) m->classes = worker_class_set(w, &m->type, 1);
    s->symbols[from] = (symbol){
        .first = m->first, .end = m->end, .classes = m->classes, .readings = m->readings, .mention = id};
    memmove(&s->symbols[from + 1], &s->symbols[end], (s->symbol_count - end) * sizeof *s->symbols);
    s->symbol_count -= end - from - 1;
    s->opens = 0;
    s->keys = NULL;
}

static bool keeps_stop(void *context, str text, token_question question) {
    worker *w = context;
    return question == ASK_ABBREVIATION && worker_text_is(w, text, w->k->known[KNOWN_ABBREVIATION]);
}

static const entry *entry_at(const worker *w, const walk *s, uint32_t class) {
    reading readings[PHRASE_READINGS];
    uint32_t count = gather(w->k->lexicon, s, readings);
    for (uint32_t i = 0; i < count; i++) {
        if (readings[i].class == class && readings[i].entry != NONE) return &w->k->entries.at[readings[i].entry];
    }
    return NULL;
}

const entry *worker_pair_entry(const worker *w, const token *t, uint32_t class) {
    if (!may_begin(w, t)) return NULL;
    walk s = begin_walk(w, t[0].word);
    s = next(w, &s, t[1].word);
    return entry_at(w, &s, class);
}

const entry *worker_phrase_entry(worker *w, str text, uint32_t class) {
    str words[16];
    arena scratch = {0};
    token_lore lore = {keeps_stop, w};
    uint32_t count = tokenize_words(&scratch, text, &lore, words, 16), first = count ? worker_word(w, words[0]) : NONE;
    walk s = count > 1 ? begin_walk(w, first) : (walk){.count = 0};
    for (uint32_t i = 1; i < count && s.count; i++) s = next(w, &s, worker_word(w, words[i]));
    arena_free(&scratch);
    if (count == 1) return worker_word_entry(w, first, class);
    return entry_at(w, &s, class);
}
