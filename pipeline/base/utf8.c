/* Unicode, by utf8proc. Text is validated once, when it is read; everything after may trust it. */
#include "base/utf8.h"

#include <string.h>
#include <utf8proc.h>

/* Length of the well-formed sequence at p, or 0; *bad: length of the maximal ill-formed part (Unicode 3.9, table 3-7).
 */
static size_t sequence(const unsigned char *p, size_t left, size_t *bad) {
    unsigned char lead = p[0], low = 0x80, high = 0xbf;
    size_t need = lead < 0x80                    ? 0
                  : lead >= 0xc2 && lead <= 0xdf ? 1
                  : (lead & 0xf0) == 0xe0        ? 2
                  : lead >= 0xf0 && lead <= 0xf4 ? 3
                                                 : 9;
    *bad = 1;
    if (need == 0) return 1;
    if (need == 9) return 0;
    if (lead == 0xe0) low = 0xa0;
    if (lead == 0xed) high = 0x9f;
    if (lead == 0xf0) low = 0x90;
    if (lead == 0xf4) high = 0x8f;
    for (size_t i = 1; i <= need; i++) {
        if (i >= left || p[i] < low || p[i] > high) {
            *bad = i;
            return 0;
        }
        low = 0x80, high = 0xbf;
    }
    return need + 1;
}

size_t utf8_valid_prefix(str s) {
    const unsigned char *p = (const unsigned char *)s.at;
    size_t i = 0, bad;
    while (i < s.len) {
        uint64_t some[2];
        while (i + 16 <= s.len && (memcpy(some, p + i, 16), ((some[0] | some[1]) & 0x8080808080808080u) == 0)) i += 16;
        if (i >= s.len) break;
        size_t n = sequence(p + i, s.len - i, &bad);
        if (n == 0) return i;
        i += n;
    }
    return s.len;
}

utf8_text utf8_repair(arena *a, str s) {
    size_t good = utf8_valid_prefix(s);
    if (good == s.len) return (utf8_text){.text = s};
    VEC(utf8_shift) shifts = {0};
    char *out = arena_take(a, s.len * 3 + 1, 1);
    size_t from = 0, to = 0;
    while (from < s.len) {
        str rest = str_slice(s, from, s.len);
        size_t run = utf8_valid_prefix(rest), bad;
        memcpy(out + to, rest.at, run);
        from += run, to += run;
        if (from == s.len) break;
        sequence((const unsigned char *)s.at + from, s.len - from, &bad);
        memcpy(out + to, "\xef\xbf\xbd", 3);
        from += bad, to += 3;
        *VEC_PUSH(a, &shifts) = (utf8_shift){(uint32_t)to, (int32_t)((int64_t)from - (int64_t)to)};
    }
    return (utf8_text){{out, to}, shifts.at, shifts.len};
}

uint32_t utf8_decode(str s, size_t at, size_t *next) {
    const unsigned char *p = (const unsigned char *)s.at + at;
    if (p[0] < 0x80) return *next = at + 1, p[0];
    if (p[0] < 0xe0) return *next = at + 2, (uint32_t)(p[0] & 0x1f) << 6 | (p[1] & 0x3fu);
    if (p[0] < 0xf0)
        return *next = at + 3, (uint32_t)(p[0] & 0xf) << 12 | (uint32_t)(p[1] & 0x3f) << 6 | (p[2] & 0x3fu);
    *next = at + 4;
    return (uint32_t)(p[0] & 7) << 18 | (uint32_t)(p[1] & 0x3f) << 12 | (uint32_t)(p[2] & 0x3f) << 6 | (p[3] & 0x3fu);
}

/* Sixteen bytes at a time; a byte of the sum holds up to 255. */
size_t utf8_count(str s) {
    enum { MOST = 255 * 16 };
    typedef signed char sixteen __attribute__((vector_size(16)));
    size_t inner = 0, i = 0; /* bytes 10xxxxxx, which are the least of all */
    while (s.len - i >= 16) {
        sixteen bytes, sum = {0};
        for (size_t end = s.len - i < MOST ? s.len - 15 : i + MOST; i < end; i += 16) {
            memcpy(&bytes, s.at + i, 16);
            sum -= (sixteen)(bytes < -64);
        }
        for (int n = 0; n < 16; n++) inner += (unsigned char)sum[n];
    }
    for (; i < s.len; i++) inner += ((unsigned char)s.at[i] & 0xc0) == 0x80;
    return s.len - inner;
}

utf8_kind utf8_kind_of(uint32_t code_point) {
    switch (utf8proc_category((utf8proc_int32_t)code_point)) {
    case UTF8PROC_CATEGORY_LU:
    case UTF8PROC_CATEGORY_LT: return UTF8_UPPER;
    case UTF8PROC_CATEGORY_LL: return UTF8_LOWER;
    case UTF8PROC_CATEGORY_LM:
    case UTF8PROC_CATEGORY_LO: return UTF8_LETTER;
    case UTF8PROC_CATEGORY_ND: return UTF8_DIGIT;
    case UTF8PROC_CATEGORY_MN:
    case UTF8PROC_CATEGORY_MC: return UTF8_MARK;
    case UTF8PROC_CATEGORY_ZS:
    case UTF8PROC_CATEGORY_ZL:
    case UTF8PROC_CATEGORY_ZP: return UTF8_SPACE;
    case UTF8PROC_CATEGORY_PC:
    case UTF8PROC_CATEGORY_PD:
    case UTF8PROC_CATEGORY_PS:
    case UTF8PROC_CATEGORY_PE:
    case UTF8PROC_CATEGORY_PI:
    case UTF8PROC_CATEGORY_PF:
    case UTF8PROC_CATEGORY_PO: return UTF8_PUNCT;
    default: return UTF8_OTHER;
    }
}

static size_t put(char *out, uint32_t code_point) {
    return (size_t)utf8proc_encode_char((utf8proc_int32_t)code_point, (utf8proc_uint8_t *)out);
}

/* The ASCII that a text begins with, in lower case; returns how many bytes. Eight bytes at a time, since that is most
   of what is ever folded, and in place: `out` has room for as many behind the end. */
static size_t lower_ascii(char *out, str s) {
    const uint64_t ones = 0x0101010101010101u, high = 0x8080808080808080u;
    if (s.len) memcpy(out, s.at, s.len);
    memset(out + s.len, 0, 8);
    for (size_t i = 0; i < s.len; i += 8) {
        uint64_t eight;
        memcpy(&eight, out + i, 8);
        eight = le64toh(eight);
        uint64_t others = eight & high, seven = eight & ~high;
        uint64_t capital = (seven + ones * (0x80 - 'A')) & ~(seven + ones * (0x80 - 'Z' - 1)) & ~others & high;
        eight = htole64(eight | capital >> 2);
        memcpy(out + i, &eight, 8);
        if (others) return i + (size_t)__builtin_ctzll(others) / 8; /* what comes before them is right */
    }
    return s.len;
}

str utf8_lower(arena *a, str s) {
    char *out = arena_raw(a, s.len * 3 + 8, 1); /* a lower-case form may be longer than the capital */
    size_t to = 0;
    for (size_t i = 0; i < s.len;) {
        size_t ascii = lower_ascii(out + to, str_slice(s, i, s.len));
        to += ascii, i += ascii;
        if (i < s.len) to += put(out + to, (uint32_t)utf8proc_tolower((utf8proc_int32_t)utf8_decode(s, i, &i)));
    }
    arena_give_back(a, out + to);
    return (str){out, to};
}

/* Letters that do not decompose but are written plainly in other papers. */
static const char *plain(uint32_t c) {
    switch (c) {
    case 0x131: return "i"; /* dotless i */
    case 0x142: return "l";
    case 0xf8: return "o";
    case 0xdf: return "ss";
    case 0xe6: return "ae";
    case 0x153: return "oe";
    case 0x111: return "d";
    case 0xfe: return "th";
    case 0xf0: return "d";
    case 0x259: return "e"; /* schwa, in Azerbaijani names */
    case 0x2018:
    case 0x2019:
    case 0x2bc:
    case 0x2bb: return "'";
    case 0x2010:
    case 0x2011:
    case 0x2012:
    case 0x2013:
    case 0x2014: return "-";
    case 0xa0:
    case 0x202f: return " ";
    default: return NULL;
    }
}

static size_t fold_one(char *out, uint32_t c) {
    utf8proc_int32_t parts[8];
    int class = 0;
    utf8proc_ssize_t n = utf8proc_decompose_char(
        (utf8proc_int32_t)c, parts, 8,
        UTF8PROC_DECOMPOSE | UTF8PROC_CASEFOLD | UTF8PROC_STRIPMARK | UTF8PROC_COMPAT | UTF8PROC_IGNORE, &class);
    size_t to = 0;
    for (utf8proc_ssize_t i = 0; i < n && i < 8; i++) {
        const char *simple = plain((uint32_t)parts[i]);
        if (simple) {
            memcpy(out + to, simple, strlen(simple));
            to += strlen(simple);
        } else {
            to += put(out + to, (uint32_t)parts[i]);
        }
    }
    return to;
}

str utf8_fold(arena *a, str s) {
    char *out = arena_raw(a, s.len + 8, 1), *ascii_only = out;
    size_t to = lower_ascii(out, s), i = to;
    if (i < s.len) {
        arena_give_back(a, out);
        out = memmove(arena_raw(a, s.len * 16 + 8, 1), ascii_only, to);
    }
    while (i < s.len) {
        to += fold_one(out + to, utf8_decode(s, i, &i));
        size_t ascii = lower_ascii(out + to, str_slice(s, i, s.len));
        to += ascii, i += ascii;
    }
    arena_give_back(a, out + to);
    return (str){out, to};
}

str utf8_plain(arena *a, str name) {
    str folded = utf8_fold(a, name);
    char *out = arena_take(a, folded.len + 1, 1);
    size_t to = 0;
    for (size_t i = 0; i < folded.len; i++) {
        unsigned char c = (unsigned char)folded.at[i];
        bool letter = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c >= 0x80;
        if (letter)
            out[to++] = (char)c;
        else if (c != '\'' && c != '.' && to && out[to - 1] != ' ')
            out[to++] = ' ';
    }
    while (to && out[to - 1] == ' ') to--;
    return (str){out, to};
}
