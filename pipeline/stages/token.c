/* The scanner of tokens: one pass, no backtracking beyond the token, linear on any input. */
#include "stages/tokenize.h"

#include "base/utf8.h"

#include <string.h>

typedef enum { C_BLANK, C_LETTER, C_DIGIT, C_PUNCT, C_JOINER } char_class; /* joiner: is not seen, and parts no word */

enum { ASKED_MOST = 48, DOTTED_MOST = 8, JOINERS_MOST = 4, LOCAL_MOST = 40 }; /* what a token may look ahead or back */

#define B C_BLANK
#define L C_LETTER
#define D C_DIGIT
#define P C_PUNCT
static const unsigned char ascii_class[128] = {
    B, B, B, B, B, B, B, B, B, B, B, B, B, B, B, B, B, B, B, B, B, B, B, B, B, B, B, B, B, B, B, B,
    B, P, P, P, P, P, P, P, P, P, P, P, P, P, P, P, D, D, D, D, D, D, D, D, D, D, P, P, P, P, P, P,
    P, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, P, P, P, P, P,
    P, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, P, P, P, P, B,
};
/* Letters and digits. */
static const bool ascii_word[256] = {
    ['0'] = 1, 1, 1, 1, 1, 1,         1, 1, 1, 1, ['A'] = 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
    1,         1, 1, 1, 1, ['a'] = 1, 1, 1, 1, 1, 1,         1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
};
#undef B
#undef L
#undef D
#undef P

/* Zero-width characters, direction marks, word joiners, the soft hyphen, the byte order mark. */
static bool joiner(uint32_t c) {
    return c == 0xad || c == 0x61c || (c >= 0x200b && c <= 0x200f) || (c >= 0x202a && c <= 0x202e) ||
           (c >= 0x2060 && c <= 0x206f) || (c >= 0xfe00 && c <= 0xfe0f) || c == 0xfeff;
}

static char_class wide_class(str s, size_t at, size_t *next) {
    uint32_t code_point = utf8_decode(s, at, next);
    if (joiner(code_point)) return C_JOINER;
    switch (utf8_kind_of(code_point)) {
    case UTF8_UPPER:
    case UTF8_LOWER:
    case UTF8_LETTER:
    case UTF8_MARK: return C_LETTER;
    case UTF8_DIGIT: return C_DIGIT;
    case UTF8_SPACE: return C_BLANK;
    default: return code_point < 0xa0 ? C_BLANK : C_PUNCT;
    }
}

/* Class of the character at `at`, and where it ends. Past the end: a blank. */
static char_class class_at(str s, size_t at, size_t *next) {
    if (at >= s.len) return *next = at, C_BLANK;
    unsigned char c = (unsigned char)s.at[at];
    if (c < 0x80) return *next = at + 1, ascii_class[c];
    return wide_class(s, at, next);
}

size_t token_skip_any_blanks(str s, size_t at) {
    while (at < s.len) {
        size_t next;
        char_class class = class_at(s, at, &next);
        if (class != C_BLANK && class != C_JOINER) break;
        at = next;
    }
    return at;
}

static char byte_at(str s, size_t at) { return at < s.len ? s.at[at] : '\0'; }
static bool digit(char c) { return c >= '0' && c <= '9'; }

/* Whether a letter is at `at`, behind joiners or not. */
static bool letter_at(str s, size_t at) {
    size_t next;
    for (int n = 0; n < JOINERS_MOST && class_at(s, at, &next) == C_JOINER; n++) at = next;
    return class_at(s, at, &next) == C_LETTER;
}

/* Length of an apostrophe at `at`, straight or curly; 0: none. */
static size_t apostrophe(str s, size_t at) {
    if (byte_at(s, at) == '\'') return 1;
    return at + 3 <= s.len && memcmp(s.at + at, "\xe2\x80\x99", 3) == 0 ? 3 : 0;
}

/* Length of a hyphen at `at`: "-", U+2010, U+2011; 0: none. */
static size_t hyphen(str s, size_t at) {
    if (byte_at(s, at) == '-') return 1;
    return at + 3 <= s.len && (memcmp(s.at + at, "\xe2\x80\x90", 3) == 0 || memcmp(s.at + at, "\xe2\x80\x91", 3) == 0)
               ? 3
               : 0;
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

static bool ask(const token_lore *lore, str s, size_t from, size_t to, token_question question) {
    return to - from <= ASKED_MOST && lore->is(lore->context, str_slice(s, from, to), question);
}

/* "anna.kaleva@..." after the full stop: letters, digits and joints of an address, then "@". */
static bool address_goes_on(str s, size_t at) {
    size_t end = at;
    while (end < s.len && end - at < LOCAL_MOST && (unsigned char)s.at[end] < 0x80 &&
           (ascii_class[(unsigned char)s.at[end]] != C_PUNCT || strchr(".-_+", s.at[end])) && s.at[end] > ' ') {
        end++;
    }
    return byte_at(s, end) == '@' && end > at && letter_at(s, end + 1);
}

/* After a letter or digit at `end`: where the word goes on beyond a joint, or `end` itself. */
static size_t beyond_joint(str s, size_t start, size_t end, const token_lore *lore) {
    char c = byte_at(s, end), before = s.at[end - 1], after = byte_at(s, end + 1);
    if (c == ' ' || c == '\0') return end;
    size_t a = apostrophe(s, end), h = hyphen(s, end);
    if (a) return !possessive(s, end) && letter_at(s, end + a) ? end + a : end;
    if (h) {
        after = byte_at(s, end + h);
        if (digit(before) && digit(after)) return all_digits(str_slice(s, start, end)) ? end : end + h;
        if (!letter_at(s, end + h) && !digit(after)) return end;
        return ask(lore, s, start, end, ASK_SPLITS_HYPHEN) ? end : end + h;
    }
    switch (c) {
    case '.':
    case ',':
    case ':':
    case '/': return digit(before) && digit(after) ? end + 1 : end;
    case '&': return letter_at(s, end + 1) ? end + 1 : end;
    case '_': return letter_at(s, end + 1) || digit(after) ? end + 1 : end;
    default: return end;
    }
}

/* An address of the web or of mail goes on to the next blank. */
static bool address_at(str s, size_t start, size_t end) {
    switch (byte_at(s, end)) {
    case ':': return s.len - end > 3 && memcmp(s.at + end, "://", 3) == 0;
    case '@': return letter_at(s, end + 1);
    case '.': return (end - start == 3 && memcmp(s.at + start, "www", 3) == 0) || address_goes_on(s, end + 1);
    default: return false;
    }
}

/* "U.S.", "J.", "a.m.": letters each with a full stop. */
static size_t dotted_letters(str s, size_t at) {
    size_t end = at, next;
    for (int n = 0; n < DOTTED_MOST && class_at(s, end, &next) == C_LETTER && byte_at(s, next) == '.'; n++)
        end = next + 1;
    return letter_at(s, end) ? at : end;
}

static size_t ascii_word_end(str s, size_t at) {
    word_key letters;
    if (s.len - at >= 16) at += token_letters(s.at + at, &letters);
    while (at < s.len && ascii_word[(unsigned char)s.at[at]]) at++;
    return at;
}

static size_t letters_end(str s, size_t end) {
    for (;;) {
        end = ascii_word_end(s, end);
        if (end == s.len || (unsigned char)s.at[end] < 0x80) return end;
        size_t next;
        char_class class = wide_class(s, end, &next);
        if (class != C_LETTER && class != C_DIGIT && !(class == C_JOINER && letter_at(s, next))) return end;
        end = next;
    }
}

/* Whether nothing that may join stands at `end`: so end most words. */
static bool stops_plainly(str s, size_t end) {
    switch (byte_at(s, end)) {
    case ' ':
    case '\n':
    case ')':
    case ';':
    case '"': return true;
    case ',': return !digit(s.at[end - 1]);
    default: return false;
    }
}

/* Of a word of two to sixteen ASCII letters before a full stop and a blank, or before a possessive "'s" and something
   else of ASCII: the short way to what word_end finds. 0: it has to look. */
static size_t plain_end(str s, size_t at, const token_lore *lore) {
    word_key letters;
    size_t count = s.len - at < 24 ? 0 : token_letters(s.at + at, &letters), end = at + count;
    if (count < 2) return 0;
    if (s.at[end] == '.') {
        bool last = s.at[end + 1] == ' ' || s.at[end + 1] == '\n', web = memcmp(s.at + at, "www", 3) == 0;
        if (!last || web) return 0;
        return ask(lore, s, at, end + 1, ASK_ABBREVIATION) ? end + 1 : end;
    }
    size_t a = apostrophe(s, end);
    unsigned char then = a ? (unsigned char)s.at[end + a + 1] : 0x80;
    bool own = (s.at[end + a] | 0x20) == 's' && then < 0x80 && ascii_class[then] != C_LETTER;
    return a && own ? end : 0;
}

static size_t word_end(str s, size_t at, const token_lore *lore) {
    size_t end = plain_end(s, at, lore);
    if (end) return end;
    end = ascii_word_end(s, at);
    if (end > at && stops_plainly(s, end)) return end;
    end = digit(s.at[at]) ? iso_date(s, at) : 0;
    if (end) return at + end;
    end = at;
    size_t dotted = dotted_letters(s, at);
    if (dotted > at) {
        size_t h = hyphen(s, dotted);
        if (!h || !letter_at(s, dotted + h) || ask(lore, s, at, dotted, ASK_SPLITS_HYPHEN)) return dotted;
        end = dotted + h;
    }
    for (;;) {
        end = letters_end(s, end);
        size_t on = beyond_joint(s, at, end, lore);
        if (on == end) break;
        end = on;
    }
    char c = byte_at(s, end);
    if ((c == ':' || c == '@' || c == '.') && address_at(s, at, end)) return until_blank(s, at);
    if (c == '+' && !digit(s.at[end - 1])) return end + 1;
    return c == '.' && ask(lore, s, at, end + 1, ASK_ABBREVIATION) ? end + 1 : end;
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

/* How a character is written plainly; NULL: as it is. */
static const char *plain(uint32_t code_point) {
    switch (code_point) {
    case 0x2018:
    case 0x2019:
    case 0x201b: return "'";
    case 0x201c:
    case 0x201d:
    case 0x201e:
    case 0x201f:
    case 0xab:
    case 0xbb: return "\"";
    case 0x2026: return "...";
    case 0x2010:
    case 0x2011: return "-";
    default: return joiner(code_point) ? "" : NULL;
    }
}

/* A single "-" stays, for it joins; any longer or wider dash is "--". */
str token_normal(arena *a, str s) {
    size_t i = 0, next;
    for (; i + 8 <= s.len && (str_head((str){s.at + i, 8}) & 0x8080808080808080u) == 0; i += 8) {}
    if ((str_head((str){s.at + i, s.len - i}) & 0x8080808080808080u) == 0)
        return s.len > 1 && s.at[0] == '-' ? STR("--") : s;
    if (long_dash(s, 0) == s.len) return STR("--");
    char *out = arena_take(a, s.len + 1, 1); /* no plain spelling is longer */
    size_t to = 0;
    for (i = 0; i < s.len; i = next) {
        const char *spelling = plain(utf8_decode(s, i, &next));
        size_t len = spelling ? strlen(spelling) : next - i;
        memcpy(out + to, spelling ? spelling : s.at + i, len);
        to += len;
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
