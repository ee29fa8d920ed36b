/* Tokenize: text in; tokens, sentences and paragraphs out. A sentence has at most SENTENCE_TOKENS tokens, so that no
   article makes the rules slow; a longer one is cut, at a comma where it can be. Never changes the text. */
#include "stages/tokenize.h"

#include <string.h>

#include "stages/stages.h"

typedef struct splitter {
    worker *w;
    document *d;
    uint32_t abbreviation, starter, country, demonym, body; /* classes */
    uint32_t sentence_first, paragraph;
    bool title;
} splitter;

static bool lore_of_worker(void *context, str text, token_question question) {
    splitter *s = context;
    if (question == ASK_ABBREVIATION) return worker_text_is(s->w, text, s->abbreviation);
    return worker_text_is(s->w, text, s->country) || worker_text_is(s->w, text, s->demonym) || worker_text_is(s->w, text, s->body);
}

static str word_of(const splitter *s, uint32_t t) { return worker_word_text(s->w, s->d->tokens.at[t].word); }

static void close_sentence(splitter *s, uint32_t end) {
    if (end > s->sentence_first) {
        *VEC_PUSH(s->d->arena, &s->d->sentences) =
            (sentence){.first = s->sentence_first, .end = end, .paragraph = s->paragraph, .title = s->title};
        s->sentence_first = end;
    }
}

static void cut_long_sentence(splitter *s) {
    uint32_t end = s->d->tokens.len, least = s->sentence_first + SENTENCE_TOKENS / 2;
    for (uint32_t t = end; t-- > least;) {
        str word = word_of(s, t);
        if (str_equal(word, STR(";")) || str_equal(word, STR(","))) {
            close_sentence(s, t + 1);
            return;
        }
    }
    close_sentence(s, end);
}

static bool closer(str word) {
    return word.len == 1 && strchr("\"')]", word.at[0]) != NULL;
}

static bool ends_plainly(str word) {
    return str_equal(word, STR(".")) || str_equal(word, STR("!")) || str_equal(word, STR("?")) || str_equal(word, STR("..."));
}

/* The word that may end a sentence, skipping quotes and brackets that close after it. */
static uint32_t last_word(const splitter *s) {
    uint32_t t = s->d->tokens.len - 1;
    while (t > s->sentence_first && closer(word_of(s, t))) t--;
    return t;
}

static bool capital(const splitter *s, uint32_t begin) {
    unsigned char c = (unsigned char)s->d->buffer.at[begin];
    if (c < 0x80) return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || strchr("\"'([", c) != NULL;
    size_t next;
    utf8_kind kind = utf8_kind_of(utf8_decode(s->d->buffer, begin, &next));
    return kind == UTF8_UPPER || kind == UTF8_LETTER || kind == UTF8_PUNCT;
}

/* Whether the sentence ends before the token that begins at `begin`: called when blanks stand between. */
static bool ends_before(splitter *s, size_t begin, size_t end) {
    uint32_t last = last_word(s);
    str word = word_of(s, last);
    if (ends_plainly(word)) return capital(s, (uint32_t)begin);
    if (last == s->d->tokens.len - 1 && word.len > 1 && word.at[word.len - 1] == '.' && capital(s, (uint32_t)begin)) {
        const entry *e = worker_word_entry(s->w, s->d->tokens.at[last].word, s->abbreviation);
        if (e && entry_fact(e, STR("ends")).len) return worker_text_is(s->w, str_slice(s->d->buffer, begin, end), s->starter);
    }
    return false;
}

static uint32_t line_ends(str s, size_t from, size_t to) {
    uint32_t count = 0;
    for (size_t i = from; i < to; i++) count += s.at[i] == '\n';
    return count;
}

/* A lone hyphen with blanks around it is a dash: the word "-" only ever joins. */
uint32_t token_word(worker *w, document *d, uint32_t begin, uint32_t end) {
    str text = d->buffer;
    bool alone = end - begin == 1 && text.at[begin] == '-' && begin > 0 && text.at[begin - 1] == ' ' && end < text.len && text.at[end] == ' ';
    return worker_word(w, alone ? STR("--") : token_normal(d->arena, str_slice(text, begin, end)));
}

static void add_token(splitter *s, uint32_t begin, uint32_t end) {
    document *d = s->d;
    *VEC_PUSH(d->arena, &d->tokens) = (token){begin, end, token_word(s->w, d, begin, end)};
    if (d->tokens.len - s->sentence_first >= SENTENCE_TOKENS) cut_long_sentence(s);
}

static void split(splitter *s, size_t from, size_t to) {
    document *d = s->d;
    str text = str_slice(d->buffer, 0, to);
    token_lore lore = {lore_of_worker, s};
    size_t before = from;
    for (size_t at = token_skip_blanks(text, from); at < to;) {
        size_t end = token_end(text, at, &lore);
        if (d->tokens.len > s->sentence_first && at > before) {
            bool paragraph = line_ends(text, before, at) >= 2;
            if (paragraph || ends_before(s, at, end)) close_sentence(s, d->tokens.len);
            s->paragraph += paragraph;
        }
        add_token(s, (uint32_t)at, (uint32_t)end);
        before = end;
        at = token_skip_blanks(text, end);
    }
    close_sentence(s, d->tokens.len);
    s->paragraph++;
}

void stage_tokenize(worker *w, document *d) {
    const pack *k = worker_pack(w);
    splitter s = {.w = w, .d = d, .title = true,
                  .abbreviation = pack_class(k, STR("abbreviation")), .starter = pack_class(k, STR("sentence-starter")),
                  .country = pack_class(k, STR("country")), .demonym = pack_class(k, STR("demonym")), .body = pack_class(k, STR("body"))};
    split(&s, 0, d->text_at);
    s.title = false;
    split(&s, d->text_at, d->buffer.len);
}
