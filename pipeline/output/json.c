/* An append writer: ten times the speed of building a tree first. */
#include "output/json.h"

#include <string.h>

static void lead(json_out *j) {
    if (j->comma) buf_byte(j->out, ',');
    j->comma = true;
}

void json_open(json_out *j, char bracket) {
    lead(j);
    buf_byte(j->out, bracket);
    j->comma = false;
}

void json_close(json_out *j, char bracket) {
    buf_byte(j->out, bracket);
    j->comma = true;
}

/* Keys are plain words of the program. */
void json_key(json_out *j, const char *key) {
    size_t len = strlen(key);
    lead(j);
    char *to = buf_room(j->out, len + 3);
    to[0] = '"';
    memcpy(to + 1, key, len);
    memcpy(to + 1 + len, "\":", 2);
    j->out->len += len + 3;
    j->comma = false;
}

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

/* Bytes of s from `at` on that need no escape. */
static size_t plain_run(str s, size_t at) {
    const uint64_t ones = 0x0101010101010101u, high = 0x8080808080808080u;
    size_t begin = at;
    for (uint64_t part; at + 8 <= s.len; at += 8) {
        memcpy(&part, s.at + at, 8);
        uint64_t quote = part ^ ones * '"', back = part ^ ones * '\\', erased = part ^ ones * 0x7f;
        uint64_t odd = (part - ones * 0x20) | (quote - ones) | (back - ones) |
                       (erased - ones); /* high bits may be set too often, never too seldom */
        if (odd & ~part & high) break;
    }
    while (at < s.len && plain((unsigned char)s.at[at])) at++;
    return at - begin;
}

void json_string(json_out *j, str s) {
    buf *out = j->out;
    lead(j);
    buf_byte(out, '"');
    for (size_t i = 0; i < s.len;) {
        size_t run = plain_run(s, i);
        char *to = buf_room(out, run + 6);
        if (run) memcpy(to, s.at + i, run);
        i += run;
        out->len += run;
        if (i < s.len) out->len += escape(to + run, (unsigned char)s.at[i++]);
    }
    buf_byte(out, '"');
}

void json_text(json_out *j, str s) {
    if (s.len)
        json_string(j, s);
    else
        json_null(j);
}

void json_number(json_out *j, int64_t n) {
    lead(j);
    buf_number(j->out, n);
}

void json_bool(json_out *j, bool b) {
    lead(j);
    buf_add(j->out, b ? STR("true") : STR("false"));
}

void json_null(json_out *j) {
    lead(j);
    buf_add(j->out, STR("null"));
}
