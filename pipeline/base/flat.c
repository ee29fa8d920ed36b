/* Strings are found eight bytes at a time and copied only when they have escapes. Takes nothing that RFC 8259 refuses.
 */
#include "base/flat.h"

#include <string.h>

typedef struct scan {
    arena *arena;
    str json;
    size_t at;
} scan;

static char now(const scan *s) { return s->at < s->json.len ? s->json.at[s->at] : '\0'; }

static void skip_blanks(scan *s) {
    while (now(s) == ' ' || now(s) == '\n' || now(s) == '\r' || now(s) == '\t') s->at++;
}

static bool take(scan *s, char c) {
    if (now(s) != c || s->at >= s->json.len) return false;
    s->at++;
    skip_blanks(s);
    return true;
}

/* From `at` on, the first quote, backslash or control character; the end when there is none. */
static size_t next_special(str s, size_t at) {
    const uint64_t ones = 0x0101010101010101u, tops = 0x8080808080808080u;
    for (; at + 8 <= s.len; at += 8) {
        uint64_t w = str_head((str){s.at + at, 8}), quote = w ^ ones * '"', slash = w ^ ones * '\\';
        uint64_t found = ((quote - ones) & ~quote) | ((slash - ones) & ~slash) | ((w - ones * 0x20) & ~w);
        found &= tops;
        if (found) return at + (size_t)__builtin_ctzll(found) / 8;
    }
    while (at < s.len && s.at[at] != '"' && s.at[at] != '\\' && (unsigned char)s.at[at] >= 0x20) at++;
    return at;
}

static bool hex4(str s, size_t at, uint32_t *code) {
    if (at + 4 > s.len) return false;
    *code = 0;
    for (size_t i = at; i < at + 4; i++) {
        char c = s.at[i];
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
    if (s->at + 1 >= s->json.len) return 0;
    char c = s->json.at[s->at + 1];
    const char *simple = c ? strchr(from, c) : NULL;
    if (simple) {
        s->at += 2;
        *out = to[simple - from];
        return 1;
    }
    if (c != 'u' || !hex4(s->json, s->at + 2, &code)) return 0;
    s->at += 6;
    if ((code & 0xf800) != 0xd800) return encode(code, out);
    if (code >= 0xdc00 || now(s) != '\\' || s->at + 1 >= s->json.len || s->json.at[s->at + 1] != 'u' ||
        !hex4(s->json, s->at + 2, &low) || (low & 0xfc00) != 0xdc00) {
        return 0;
    }
    s->at += 6;
    return encode(0x10000 + ((code & 0x3ff) << 10 | (low & 0x3ff)), out);
}

/* The rest of a string that has escapes; s->at is at the first one, the string began at `begin`. */
static bool unescape(scan *s, size_t begin, str *out) {
    size_t len = s->at - begin, room = len + 64;
    char *text = arena_take(s->arena, room, 1);
    memcpy(text, s->json.at + begin, len);
    for (;;) {
        size_t from = s->at, end = next_special(s->json, from);
        if (len + (end - from) + 4 > room) { /* doubling: a string costs its own length, however many follow it */
            char *grown = arena_take(s->arena, room = (len + (end - from) + 4) * 2, 1);
            memcpy(grown, text, len);
            text = grown;
        }
        memcpy(text + len, s->json.at + from, end - from);
        len += end - from;
        s->at = end;
        if (now(s) == '"' && end < s->json.len) break;
        if (now(s) != '\\') return false;
        size_t n = escape(s, text + len);
        if (n == 0) return false;
        len += n;
    }
    s->at++;
    *out = (str){text, len};
    return true;
}

static bool string(scan *s, str *out) {
    if (now(s) != '"') return false;
    size_t begin = ++s->at;
    s->at = next_special(s->json, begin);
    if (s->at >= s->json.len) return false;
    if (now(s) == '\\') return unescape(s, begin, out);
    if (now(s) != '"') return false;
    *out = str_slice(s->json, begin, s->at++);
    return true;
}

static bool literal(scan *s, str word) {
    if (!str_starts(str_slice(s->json, s->at, s->json.len), word)) return false;
    s->at += word.len;
    return true;
}

/* A whole number that surely fits into 64 bits. */
static bool number(scan *s, str *out) {
    size_t begin = s->at;
    if (now(s) == '-') s->at++;
    size_t digits = s->at;
    while (now(s) >= '0' && now(s) <= '9') s->at++;
    size_t count = s->at - digits;
    if (count == 0 || count > 18 || (count > 1 && s->json.at[digits] == '0') || now(s) == '.' || (now(s) | 32) == 'e')
        return false;
    *out = str_slice(s->json, begin, s->at);
    return true;
}

static bool member(scan *s, flat_member *m) {
    if (!string(s, &m->key)) return false;
    skip_blanks(s);
    if (!take(s, ':')) return false;
    m->value = (str){0};
    m->kind = FLAT_OTHER;
    switch (now(s)) {
    case '"': m->kind = FLAT_STRING; return string(s, &m->value);
    case 't': return literal(s, STR("true"));
    case 'f': return literal(s, STR("false"));
    case 'n': return literal(s, STR("null"));
    case '[': return literal(s, STR("[]"));
    default: m->kind = FLAT_NUMBER; return number(s, &m->value);
    }
}

bool flat_read(arena *a, str json, flat_object *out) {
    scan s = {a, json, 0};
    out->count = 0;
    skip_blanks(&s);
    if (!take(&s, '{') || now(&s) == '}') return false;
    do {
        if (out->count == FLAT_MOST || !member(&s, &out->members[out->count])) return false;
        out->count++;
        skip_blanks(&s);
    } while (take(&s, ','));
    return take(&s, '}') && s.at == json.len;
}

const flat_member *flat_get(const flat_object *o, str key) {
    for (uint32_t i = o->count; i-- > 0;) {
        if (str_equal(o->members[i].key, key)) return &o->members[i];
    }
    return NULL;
}
