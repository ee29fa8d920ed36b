/* The quick way into JSON: strings are found sixteen bytes at a time and their escapes are resolved in place. Takes
   nothing that RFC 8259 refuses; numbers that are not whole and what is nested deeply it leaves to the thorough way,
   and so need not tell what is wrong. */
#include <string.h>

#include "base/json.h"
#include "base/utf8.h"

enum { NESTED_MOST = 32 };

typedef struct scan {
    arena *arena;
    char *text;           /* a copy of the whole; what is read of it may be written over */
    const char *at, *end; /* a NUL is at the end, which nothing but the end may be */
    VEC(value) open;      /* stack: items of the arrays and objects that are not closed yet */
    uint32_t depth;
} scan;

static inline void skip_blanks(scan *s) {
    while (*s->at <= ' ' && (*s->at == ' ' || *s->at == '\n' || *s->at == '\r' || *s->at == '\t')) s->at++;
}

static inline bool take(scan *s, char c) {
    if (*s->at != c) return false;
    s->at++;
    skip_blanks(s);
    return true;
}

/* From `at` on, the first quote, backslash or control character, of which the NUL at the end is one. */
static const char *next_special(const char *at, const char *end) {
    typedef unsigned char sixteen __attribute__((vector_size(16)));
    for (sixteen bytes; end - at >= 16; at += 16) {
        memcpy(&bytes, at, 16);
        sixteen special = (sixteen)((bytes == '"') | (bytes == '\\') | (bytes < 0x20));
        uint64_t found[2];
        memcpy(found, &special, 16);
        if ((found[0] | found[1]) == 0) continue;
        return at + (found[0] ? (size_t)__builtin_ctzll(le64toh(found[0]))
                              : 64 + (size_t)__builtin_ctzll(le64toh(found[1]))) /
                        8;
    }
    while (*at != '"' && *at != '\\' && (unsigned char)*at >= 0x20) at++;
    return at;
}

static bool hex4(const char *at, uint32_t *code) {
    *code = 0;
    for (size_t i = 0; i < 4; i++) {
        char c = at[i];
        uint32_t digit = c >= '0' && c <= '9'                 ? (uint32_t)(c - '0')
                         : (c | 32) >= 'a' && (c | 32) <= 'f' ? (uint32_t)((c | 32) - 'a' + 10)
                                                              : 16;
        if (digit == 16) return false;
        *code = *code * 16 + digit;
    }
    return true;
}

static size_t encode(uint32_t c, char *out) {
    if (c < 0x80) return out[0] = (char)c, 1;
    if (c < 0x800) return out[0] = (char)(0xc0 | c >> 6), out[1] = (char)(0x80 | (c & 63)), 2;
    if (c < 0x10000) {
        out[0] = (char)(0xe0 | c >> 12), out[1] = (char)(0x80 | (c >> 6 & 63)), out[2] = (char)(0x80 | (c & 63));
        return 3;
    }
    out[0] = (char)(0xf0 | c >> 18), out[1] = (char)(0x80 | (c >> 12 & 63));
    out[2] = (char)(0x80 | (c >> 6 & 63)), out[3] = (char)(0x80 | (c & 63));
    return 4;
}

/* The escape whose backslash is at s->at; passes it. Bytes written to out, at most as many as it has itself; 0: bad. */
static size_t escape(scan *s, char *out) {
    static const char from[] = "\"\\/bfnrt", to[] = "\"\\/\b\f\n\r\t";
    uint32_t code, low;
    char c = s->at[1];
    const char *simple = c ? strchr(from, c) : NULL;
    if (simple) {
        s->at += 2;
        *out = to[simple - from];
        return 1;
    }
    if (c != 'u' || !hex4(s->at + 2, &code)) return 0;
    s->at += 6;
    if ((code & 0xf800) != 0xd800) return encode(code, out);
    if (code >= 0xdc00 || s->at[0] != '\\' || s->at[1] != 'u' || !hex4(s->at + 2, &low) || (low & 0xfc00) != 0xdc00)
        return 0;
    s->at += 6;
    return encode(0x10000 + ((code & 0x3ff) << 10 | (low & 0x3ff)), out);
}

/* The rest of a string that has escapes, in place, for it only gets shorter; s->at is at the first one, the string
   began at `begin`. */
static bool unescape(scan *s, const char *begin, str *out) {
    char *to = s->text + (s->at - s->text);
    while (*s->at == '\\') {
        size_t n = escape(s, to);
        if (n == 0) return false;
        const char *end = next_special(s->at, s->end);
        size_t run = (size_t)(end - s->at);
        memmove(to + n, s->at, run);
        to += n + run;
        s->at = end;
    }
    if (*s->at != '"') return false;
    s->at++;
    *out = (str){begin, (size_t)(to - begin)};
    return true;
}

static inline bool string(scan *s, str *out) {
    if (*s->at != '"') return false;
    const char *begin = ++s->at;
    s->at = next_special(begin, s->end);
    if (*s->at == '\\') return unescape(s, begin, out);
    if (*s->at != '"') return false;
    *out = (str){begin, (size_t)(s->at++ - begin)};
    return true;
}

static bool literal(scan *s, str word) {
    if ((size_t)(s->end - s->at) < word.len || memcmp(s->at, word.at, word.len) != 0) return false;
    s->at += word.len;
    return true;
}

/* A whole number that surely fits into 64 bits. */
static inline bool number(scan *s, int64_t *out) {
    bool minus = *s->at == '-';
    const char *digits = s->at += minus;
    for (*out = 0; s->at - digits <= 18 && *s->at >= '0' && *s->at <= '9'; s->at++) *out = *out * 10 + (*s->at - '0');
    ptrdiff_t count = s->at - digits;
    if (count == 0 || count > 18 || (count > 1 && *digits == '0') || *s->at == '.' || (*s->at | 32) == 'e')
        return false;
    if (minus) *out = -*out;
    return true;
}

static bool any(scan *s, value *v);

/* An item onto the stack: read where it stands, unless it has items of its own, for which the stack may move. */
static bool item(scan *s, bool with_key) {
    uint32_t at = s->open.len;
    value *v = VEC_PUSH(s->arena, &s->open);
    v->key = (str){0};
    if (with_key) {
        if (!string(s, &v->key)) return false;
        skip_blanks(s);
        if (!take(s, ':')) return false;
    }
    if (*s->at != '{' && *s->at != '[') return any(s, v);
    value nested = {.key = v->key};
    if (!any(s, &nested)) return false;
    s->open.at[at] = nested;
    return true;
}

/* Past the bracket: items up to the one that closes, from the stack into an array of their own. */
static bool items(scan *s, value *v, char closing) {
    uint32_t first = s->open.len;
    s->at++;
    skip_blanks(s);
    if (++s->depth > NESTED_MOST) return false;
    while (*s->at != closing) {
        if (s->open.len > first && !take(s, ',')) return false;
        if (!item(s, closing == '}')) return false;
        skip_blanks(s);
    }
    s->at++;
    s->depth--;
    v->count = s->open.len - first;
    v->items = arena_raw(s->arena, v->count * sizeof *v->items, alignof(value));
    for (uint32_t i = 0; i < v->count; i++) v->items[i] = s->open.at[first + i]; /* mostly few */
    s->open.len = first;
    return true;
}

static bool any(scan *s, value *v) {
    switch (*s->at) {
    case '"': v->kind = VALUE_STRING; return string(s, &v->text);
    case '{': v->kind = VALUE_OBJECT; return items(s, v, '}');
    case '[': v->kind = VALUE_ARRAY; return items(s, v, ']');
    case 't': v->kind = VALUE_BOOL, v->number = 1; return literal(s, STR("true"));
    case 'f': v->kind = VALUE_BOOL, v->number = 0; return literal(s, STR("false"));
    case 'n': v->kind = VALUE_NULL; return literal(s, STR("null"));
    default: v->kind = VALUE_NUMBER; return number(s, &v->number);
    }
}

value *value_quick(arena *a, str text) {
    if (utf8_valid_prefix(text) != text.len) return NULL;
    char *copy = arena_raw(a, text.len + 1, 1);
    if (text.len) memcpy(copy, text.at, text.len);
    copy[text.len] = '\0';
    scan s = {.arena = a, .text = copy, .at = copy, .end = copy + text.len};
    value *root = ARENA_NEW(a, value);
    skip_blanks(&s);
    if (!any(&s, root)) return NULL;
    skip_blanks(&s);
    return s.at == s.end ? root : NULL;
}
