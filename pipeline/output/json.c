/* An append writer: ten times the speed of building a tree first. */
#include "output/json.h"

#include <string.h>

static bool plain(unsigned char c) { return c >= 0x20 && c != '"' && c != '\\' && c != 0x7f; }

static size_t escape(char *out, unsigned char c) {
    static const char digits[] = "0123456789abcdef";
    const char *short_form = c == '"'    ? "\\\""
                             : c == '\\' ? "\\\\"
                             : c == '\n' ? "\\n"
                             : c == '\t' ? "\\t"
                             : c == '\r' ? "\\r"
                                         : NULL;
    if (short_form) return memcpy(out, short_form, 2), 2;
    memcpy(out, "\\u00", 4);
    out[4] = digits[c >> 4];
    out[5] = digits[c & 15];
    return 6;
}

typedef uint8_t sixteen __attribute__((vector_size(16)));

/* Some byte of two times eight needs an escape. */
static bool odd_part(uint64_t first, uint64_t second) {
    uint64_t part[2] = {first, second};
    sixteen v;
    memcpy(&v, part, sizeof v);
    v = (sixteen)((v < 0x20) | (v == '"') | (v == '\\') | (v == 0x7f));
    memcpy(part, &v, sizeof v);
    return (part[0] | part[1]) != 0;
}

static uint64_t eight(const char *at) {
    uint64_t part;
    return memcpy(&part, at, 8), part;
}

static bool odd_sixteen(char *to, const char *from) {
    uint64_t first = eight(from), second = eight(from + 8);
    memcpy(to, &first, 8);
    memcpy(to + 8, &second, 8);
    return odd_part(first, second);
}

/* Of fewer than eight bytes, filled up with others that need no escape. */
static uint64_t few(str s) { return str_head(s) | (uint64_t)0x6161616161616161 << (8 * s.len); }

enum { ROOM_BEHIND = 8 };

/* Copies bytes of s, up to the first that needs an escape; returns how many. The last sixteen of a long text, the last
 * eight of a short one, may be copied twice; of less than eight, eight are written. */
static size_t copy_plain(char *to, str s) {
    size_t at = 0;
    bool odd = false;
    if (s.len >= 16) {
        while (at + 16 <= s.len && !odd) odd = odd_sixteen(to + at, s.at + at), at += 16;
        if (!odd) odd = odd_sixteen(to + s.len - 16, s.at + s.len - 16);
        at = odd ? at - 16 : s.len;
    } else if (s.len >= 8) {
        uint64_t first = eight(s.at), second = eight(s.at + s.len - 8);
        memcpy(to, &first, 8);
        memcpy(to + s.len - 8, &second, 8);
        odd = odd_part(first, second);
    } else if (s.len) {
        uint64_t all = htole64(few(s));
        memcpy(to, &all, 8);
        odd = odd_part(all, ~(uint64_t)0);
    }
    if (!odd) return s.len;
    for (; at < s.len && plain((unsigned char)s.at[at]); at++) to[at] = s.at[at];
    return at;
}

void json_string(json_out *j, str s) {
    char *to = buf_room(j->out, s.len + 3 + ROOM_BEHIND);
    *to = ',';
    to += j->comma;
    *to = '"';
    size_t i = copy_plain(to + 1, s);
    j->out->len += j->comma + 1 + i;
    while (i < s.len) {
        to = buf_room(j->out, 6);
        j->out->len += escape(to, (unsigned char)s.at[i++]);
        str rest = str_slice(s, i, s.len);
        size_t run = copy_plain(buf_room(j->out, rest.len + ROOM_BEHIND), rest);
        j->out->len += run;
        i += run;
    }
    buf_byte(j->out, '"');
    j->comma = true;
}

void json_number(json_out *j, int64_t n) {
    json_lead(j);
    buf_number(j->out, n);
}

void json_bool(json_out *j, bool b) {
    json_lead(j);
    buf_add(j->out, b ? STR("true") : STR("false"));
}
