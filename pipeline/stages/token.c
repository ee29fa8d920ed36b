/* The scanner of tokens: one pass, no backtracking beyond the token, linear on any input. */
#include "stages/tokenize.h"

#include "base/utf8.h"

#include <string.h>

typedef enum { C_BLANK, C_LETTER, C_DIGIT, C_PUNCT } char_class;

static char_class ascii_class(unsigned char c) {
    if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_') return C_LETTER;
    if (c >= '0' && c <= '9') return C_DIGIT;
    return c <= ' ' || c == 0x7f ? C_BLANK : C_PUNCT;
}

/* Class of the character at `at`, and where it ends. Past the end: a blank. */
static char_class class_at(str s, size_t at, size_t *next) {
    if (at >= s.len) return *next = at, C_BLANK;
    unsigned char c = (unsigned char)s.at[at];
    if (c < 0x80) return *next = at + 1, ascii_class(c);
    uint32_t code_point = utf8_decode(s, at, next);
    if (code_point == 0xfeff || code_point == 0x200b || code_point == 0x200e || code_point == 0x200f || code_point == 0xad) return C_BLANK;
    switch (utf8_kind_of(code_point)) {
    case UTF8_UPPER:
    case UTF8_LOWER:
    case UTF8_LETTER:
    case UTF8_MARK: return C_LETTER;
    case UTF8_DIGIT: return C_DIGIT;
    case UTF8_SPACE: return C_BLANK;
    default: return C_PUNCT;
    }
}

size_t token_skip_blanks(str s, size_t at) {
    size_t next;
    while (at < s.len && class_at(s, at, &next) == C_BLANK) at = next;
    return at;
}

static char byte_at(str s, size_t at) { return at < s.len ? s.at[at] : '\0'; }
static bool digit(char c) { return c >= '0' && c <= '9'; }

static bool letter_at(str s, size_t at) {
    size_t next;
    return class_at(s, at, &next) == C_LETTER;
}

/* Length of an apostrophe at `at`, straight or curly; 0: none. */
static size_t apostrophe(str s, size_t at) {
    if (byte_at(s, at) == '\'') return 1;
    return at + 3 <= s.len && memcmp(s.at + at, "\xe2\x80\x99", 3) == 0 ? 3 : 0;
}

/* Length of an en or em dash. */
static size_t long_dash(str s, size_t at) {
    if (at + 3 > s.len || memcmp(s.at + at, "\xe2\x80", 2) != 0) return 0;
    unsigned char last = (unsigned char)s.at[at + 2];
    return last >= 0x92 && last <= 0x95 ? 3 : 0;
}

/* "'s" that ends a word. */
static size_t possessive(str s, size_t at) {
    size_t a = apostrophe(s, at);
    char c = byte_at(s, at + a);
    if (!a || (c != 's' && c != 'S')) return 0;
    return letter_at(s, at + a + 1) ? 0 : a + 1;
}

static bool all_digits(str s) {
    for (size_t i = 0; i < s.len; i++) {
        if (!digit(s.at[i])) return false;
    }
    return s.len > 0;
}

static size_t iso_date(str s, size_t at) {
    static const char form[] = "dddd-dd-dd";
    if (at + 10 > s.len) return 0;
    for (size_t i = 0; i < 10; i++) {
        if (form[i] == 'd' ? !digit(s.at[at + i]) : s.at[at + i] != '-') return 0;
    }
    return digit(byte_at(s, at + 10)) ? 0 : 10;
}

static size_t until_blank(str s, size_t at) {
    size_t next, end = at;
    while (end < s.len && class_at(s, end, &next) != C_BLANK) end = next;
    while (end > at + 1 && strchr(".,;:!?)\"'", s.at[end - 1])) end--;
    return end;
}

/* After a letter or digit at `end`: where the word goes on beyond a joint, or `end` itself. */
static size_t beyond_joint(str s, size_t start, size_t end, const token_lore *lore) {
    char c = byte_at(s, end), before = s.at[end - 1], after = byte_at(s, end + 1);
    size_t a = apostrophe(s, end);
    if (a) return !possessive(s, end) && letter_at(s, end + a) ? end + a : end;
    switch (c) {
    case '-':
        if (digit(before) && digit(after)) return all_digits(str_slice(s, start, end)) ? end : end + 1;
        if (!letter_at(s, end + 1) && !digit(after)) return end;
        return lore->is(lore->context, str_slice(s, start, end), ASK_SPLITS_HYPHEN) ? end : end + 1;
    case '.':
    case ',':
    case ':':
    case '/': return digit(before) && digit(after) ? end + 1 : end;
    case '&': return letter_at(s, end + 1) ? end + 1 : end;
    case '@': return letter_at(s, end + 1) ? end + 1 : end;
    default: return end;
    }
}

/* "U.S.", "J.", "a.m.": letters each with a full stop. */
static size_t dotted_letters(str s, size_t at) {
    size_t end = at, next;
    while (class_at(s, end, &next) == C_LETTER && byte_at(s, next) == '.') end = next + 1;
    return letter_at(s, end) ? at : end;
}

static size_t word_end(str s, size_t at, const token_lore *lore) {
    size_t end = iso_date(s, at), next;
    if (end) return at + end;
    size_t dotted = dotted_letters(s, at);
    if (dotted > at) {
        bool splits = byte_at(s, dotted) == '-' && lore->is(lore->context, str_slice(s, at, dotted), ASK_SPLITS_HYPHEN);
        if (byte_at(s, dotted) != '-' || splits || !letter_at(s, dotted + 1)) return dotted;
        end = dotted + 1;
    } else {
        end = at;
    }
    for (;;) {
        while (next = end, class_at(s, end, &next) == C_LETTER || (end < s.len && class_at(s, end, &next) == C_DIGIT)) end = next;
        if (byte_at(s, end) == ':' && s.len - end > 3 && memcmp(s.at + end, "://", 3) == 0) return until_blank(s, at);
        if (byte_at(s, end) == '.' && end - at == 3 && memcmp(s.at + at, "www", 3) == 0) return until_blank(s, at);
        size_t on = beyond_joint(s, at, end, lore);
        if (on == end) break;
        end = on;
    }
    if (byte_at(s, end) == '+' && !digit(s.at[end - 1])) return end + 1;
    if (byte_at(s, end) == '.' && lore->is(lore->context, str_slice(s, at, end + 1), ASK_ABBREVIATION)) return end + 1;
    return end;
}

static size_t run_of(str s, size_t at, char c) {
    size_t end = at;
    while (byte_at(s, end) == c) end++;
    return end;
}

size_t token_end(str s, size_t at, const token_lore *lore) {
    size_t next;
    char_class class = class_at(s, at, &next);
    if (class == C_LETTER || class == C_DIGIT) return word_end(s, at, lore);
    size_t own = possessive(s, at);
    if (own) return at + own;
    if (s.at[at] == '-' || s.at[at] == '.') return run_of(s, at, s.at[at]);
    return next;
}

/* A dash that joins two numbers or words stays a hyphen; any other is "--". token_normal sees one token only, so
   it goes by length: a single "-" stays, everything longer or wider becomes "--". */
static const char *plain_quote(str s, size_t at, size_t *len) {
    static const struct { const char *from, *to; } table[] = {
        {"\xe2\x80\x98", "'"}, {"\xe2\x80\x99", "'"}, {"\xe2\x80\x9c", "\""}, {"\xe2\x80\x9d", "\""},
        {"\xe2\x80\x9e", "\""}, {"\xc2\xab", "\""}, {"\xc2\xbb", "\""}, {"\xe2\x80\xa6", "..."},
    };
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        size_t n = strlen(table[i].from);
        if (at + n <= s.len && memcmp(s.at + at, table[i].from, n) == 0) return *len = n, table[i].to;
    }
    return NULL;
}

str token_normal(arena *a, str s) {
    size_t i = 0;
    while (i < s.len && (unsigned char)s.at[i] < 0x80) i++;
    if (i == s.len) return s.len > 1 && s.at[0] == '-' ? STR("--") : s;
    if (long_dash(s, 0) == s.len) return STR("--");
    char *out = arena_take(a, s.len * 2 + 1, 1);
    size_t to = 0;
    for (i = 0; i < s.len;) {
        size_t n = 1;
        const char *quote = plain_quote(s, i, &n);
        size_t len = quote ? strlen(quote) : n;
        memcpy(out + to, quote ? quote : s.at + i, len);
        i += n, to += len;
    }
    return (str){out, to};
}

uint32_t tokenize_words(arena *a, str text, const token_lore *lore, str *out, uint32_t room) {
    uint32_t count = 0;
    for (size_t at = token_skip_blanks(text, 0); at < text.len && count < room;) {
        size_t end = token_end(text, at, lore);
        out[count++] = token_normal(a, str_slice(text, at, end));
        at = token_skip_blanks(text, end);
    }
    return count;
}
