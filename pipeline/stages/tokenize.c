/* Tokenize: text in; tokens, sentences and paragraphs out. A line end is a
   blank, as in wrapped text, unless the line is of the article's head or was
   plainly ended on purpose. A sentence has at most SENTENCE_TOKENS tokens, so
   that no article makes the rules slow; a longer one is cut, at a comma where
   it can be. Never changes the text. */
#include "stages/tokenize.h"

#include <string.h>

#include "stages/stages.h"

enum {
    WRAPPED_MOST = 100, /* bytes: lines of wrapped text are shorter */
    BYTES_A_TOKEN = 4   /* less than texts have, blanks included */
};

typedef struct splitter {
    worker *w;
    document *d;
    uint32_t abbreviation, starter, country, demonym, body; /* classes */
    uint32_t sentence_first, paragraph;
    bool title;
    size_t line_start;                  /* of the line of the last token */
    word_query pending[WORDS_TOGETHER]; /* of the last tokens, whose words are looked up together */
    uint32_t pending_count;
    size_t width; /* of wrapped lines; 0: the text is not wrapped, a line is a
                     paragraph */
} splitter;

/* "MR. BOK", "DR. KALEVA": the lexicon does not take a short entry to be meant
 * in capitals, but before a full stop it is. */
static bool short_in_capitals(splitter *s, str text) {
    char title[4];
    if (text.len != 3 || text.at[0] < 'A' || text.at[0] > 'Z' || text.at[1] < 'A' || text.at[1] > 'Z') return false;
    memcpy(title, text.at, 3);
    title[1] = (char)(title[1] + ('a' - 'A'));
    return worker_text_is(s->w, (str){title, 3}, s->abbreviation);
}

static bool lore_of_worker(void *context, str text, token_question question) {
    splitter *s = context;
    if (question == ASK_ABBREVIATION) {
        return worker_may_be_dotted(s->w, text) &&
               (worker_text_is(s->w, text, s->abbreviation) || short_in_capitals(s, text));
    }
    uint32_t word = worker_word(s->w, text);
    return worker_word_is(s->w, word, s->country) || worker_word_is(s->w, word, s->demonym) ||
           worker_word_is(s->w, word, s->body);
}

static void look_up_pending(splitter *s) {
    document *d = s->d;
    worker_words_asked(s->w, s->pending, s->pending_count, d->tokens.at + d->tokens.len - s->pending_count);
    s->pending_count = 0;
}

static void close_sentence(splitter *s, uint32_t end) {
    if (end > s->sentence_first) {
        *VEC_PUSH(s->d->arena, &s->d->sentences) = (sentence){
            .first = s->sentence_first, .end = end, .paragraph = s->paragraph, .title = s->title};
        s->sentence_first = end;
    }
}

/* A lone hyphen with blanks around it is a dash: the word "-" only ever joins. */
static bool dash(str text, size_t begin, size_t end) {
    return end - begin == 1 && text.at[begin] == '-' && begin > 0 && text.at[begin - 1] == ' ' && end < text.len &&
           text.at[end] == ' ';
}

/* What is asked of the token [begin,end). Of ASCII, and short, it is its own normal spelling, dashes aside. */
static word_query query_of(const document *d, size_t begin, size_t end) {
    const uint64_t high = 0x8080808080808080u;
    word_query q = {.text = str_slice(d->buffer, begin, end)};
    q.key = word_key_of(q.text, d->buffer.len - begin);
    if (q.text.len <= 16 && ((q.key.head | q.key.more) & high) == 0 && q.text.at[0] != '-') return q;
    q.text = dash(d->buffer, begin, end) ? STR("--") : token_normal(d->arena, q.text);
    q.key = word_key_of(q.text, q.text.at == d->buffer.at + begin ? d->buffer.len - begin : q.text.len);
    return q;
}

/* As the word is spelt; it need not be looked up for that. */
static str word_of(const splitter *s, uint32_t t) {
    const token *at = &s->d->tokens.at[t];
    return token_normal(s->d->arena, str_slice(s->d->buffer, at->begin, at->end));
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

static bool closer(str word) { return word.len == 1 && strchr("\"')]", word.at[0]) != NULL; }

static bool ends_plainly(str word) {
    return str_equal(word, STR(".")) || str_equal(word, STR("!")) || str_equal(word, STR("?")) ||
           str_equal(word, STR("..."));
}

/* The word that may end a sentence, skipping quotes and brackets that close
 * after it. */
static uint32_t last_word(splitter *s) {
    uint32_t t = s->d->tokens.len - 1;
    while (t > s->sentence_first && closer(word_of(s, t))) t--;
    return t;
}

static bool capital(const splitter *s, uint32_t begin) {
    unsigned char c = (unsigned char)s->d->buffer.at[begin];
    if (c < 0x80) return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || strchr("\"'([*", c) != NULL;
    size_t next;
    utf8_kind kind = utf8_kind_of(utf8_decode(s->d->buffer, begin, &next));
    return kind == UTF8_UPPER || kind == UTF8_LETTER || kind == UTF8_PUNCT;
}

/* "1. The ministers ...": the number of a list is no sentence. */
static bool counts(splitter *s, uint32_t last) {
    if (last != s->sentence_first + 1) return false;
    str word = word_of(s, s->sentence_first);
    return word.len <= 3 && word.at[0] >= '0' && word.at[0] <= '9';
}

/* Whether the sentence ends before the token that begins at `begin`: called
 * when blanks stand between. */
static bool ends_before(splitter *s, size_t begin, size_t end) {
    uint32_t last = last_word(s);
    str word = word_of(s, last);
    if (ends_plainly(word)) return capital(s, (uint32_t)begin) && !counts(s, last);
    if (last != s->d->tokens.len - 1 || word.len < 2 || word.at[word.len - 1] != '.' || !capital(s, (uint32_t)begin))
        return false;
    look_up_pending(s);
    const entry *e = worker_word_entry(s->w, s->d->tokens.at[last].word, s->abbreviation);
    bool may_end = word.len == 2 || (e && entry_fact(e, KEY_ENDS).len);
    return may_end && worker_text_is(s->w, str_slice(s->d->buffer, begin, end), s->starter);
}

/* The width that the lines of a text are wrapped to; 0: they are not wrapped,
 * each is a paragraph. */
static size_t wrapped_width(str text) {
    size_t width = 0, wide = 0, lines = 0;
    for (size_t at = 0; at < text.len;) {
        const char *found = memchr(text.at + at, '\n', text.len - at);
        size_t end = found ? (size_t)(found - text.at) : text.len, len = end - at;
        lines += len > 1;
        wide += len > WRAPPED_MOST;
        if (len <= WRAPPED_MOST && len > width) width = len;
        at = end + 1;
    }
    return wide * 4 >= lines ? 0 : width;
}

static bool bullet(str text, size_t at, size_t end) {
    bool mark = (end - at == 1 && strchr("-*+", text.at[at])) ||
                str_equal(str_slice(text, at, end), STR("\xe2\x80\xa2"));
    return mark && end < text.len && (text.at[end] == ' ' || text.at[end] == '\t');
}

/* A line ended on purpose: one of the head, one before a bullet or after a
   colon, or one that the next word, with a capital, would have fitted in with
   room to spare. */
static bool line_was_ended(splitter *s, size_t before, size_t at, size_t end) {
    document *d = s->d;
    if (before < d->head_end || d->buffer.at[before - 1] == ':' || bullet(d->buffer, at, end)) return true;
    size_t used = before - s->line_start + 1 + (end - at);
    return capital(s, (uint32_t)at) && (s->width == 0 || used * 3 <= s->width * 2);
}

static bool may_end_sentence(char last) {
    static const bool ends[128] = {
        ['.'] = true, ['!'] = true, ['?'] = true, ['"'] = true, ['\''] = true, [')'] = true, [']'] = true};
    return (unsigned char)last >= 0x80 || ends[(unsigned char)last];
}

/* One blank after what never ends a sentence. */
static bool same_sentence(str text, size_t before, size_t at) {
    return at - before == 1 && text.at[before] == ' ' && !may_end_sentence(text.at[before - 1]);
}

/* What the blanks [before,at) between two tokens mean; the token at `at` ends
 * at `end`. */
static void cross_gap(splitter *s, size_t before, size_t at, size_t end) {
    const char *text = s->d->buffer.at;
    uint32_t lines = 0;
    size_t line_start = s->line_start;
    for (size_t i = before; i < at; i++) {
        if (text[i] != '\n') continue;
        lines++;
        line_start = i + 1;
    }
    bool paragraph = lines >= 2 || (lines == 1 && line_was_ended(s, before, at, end));
    if (paragraph || (may_end_sentence(text[before - 1]) && ends_before(s, at, end)))
        close_sentence(s, s->d->tokens.len);
    s->paragraph += paragraph;
    s->line_start = line_start;
}

/* The token that the query behind the pending ones is of. */
static void add_token(splitter *s, size_t begin, size_t end) {
    document *d = s->d;
    s->pending_count++;
    *VEC_PUSH(d->arena, &d->tokens) = (token){(uint32_t)begin, (uint32_t)end, NONE};
    if (s->pending_count == WORDS_TOGETHER) look_up_pending(s);
    if (d->tokens.len - s->sentence_first >= SENTENCE_TOKENS) cut_long_sentence(s);
}

/* Most words are letters between blanks; they take the short way through. */
static void split(splitter *s, size_t from, size_t to) {
    document *d = s->d;
    str text = str_slice(d->buffer, 0, to);
    token_lore lore = {lore_of_worker, s};
    s->line_start = from;
    for (size_t at = token_skip_blanks(text, from), before = at; at < to; at = token_skip_blanks(text, before)) {
        word_query *q = &s->pending[s->pending_count];
        size_t end = token_plain_end(text, at, &q->key);
        if (end) {
            q->text = str_slice(text, at, end);
        } else {
            end = token_end(text, at, &lore);
            *q = query_of(d, at, end);
        }
        if (at > before && !same_sentence(text, before, at)) {
            cross_gap(s, before, at, end);
            s->pending[s->pending_count] = *q; /* it may have looked the others up */
        }
        add_token(s, at, end);
        before = end;
    }
    look_up_pending(s);
    close_sentence(s, d->tokens.len);
    s->paragraph++;
}

void token_words(worker *w, document *d) {
    word_query list[WORDS_TOGETHER];
    for (uint32_t first = 0, count; first < d->tokens.len; first += count) {
        count = d->tokens.len - first < WORDS_TOGETHER ? d->tokens.len - first : WORDS_TOGETHER;
        for (uint32_t i = 0; i < count; i++) {
            const token *t = &d->tokens.at[first + i];
            list[i] = query_of(d, t->begin, t->end);
        }
        worker_words_asked(w, list, count, &d->tokens.at[first]);
    }
}

void stage_tokenize(worker *w, document *d) {
    const pack *k = worker_pack(w);
    splitter s = {.w = w,
                  .d = d,
                  .title = true,
                  .abbreviation = k->known[KNOWN_ABBREVIATION],
                  .starter = k->known[KNOWN_SENTENCE_STARTER],
                  .country = k->known[KNOWN_COUNTRY],
                  .demonym = k->known[KNOWN_DEMONYM],
                  .body = k->known[KNOWN_BODY]};
    VEC_RESERVE(d->arena, &d->tokens, (uint32_t)(d->buffer.len / BYTES_A_TOKEN) + 1);
    split(&s, 0, d->text_at);
    s.title = false;
    s.width = wrapped_width(document_text(d));
    split(&s, d->text_at, d->buffer.len);
}
