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

/* Of fewer than eight bytes, filled up with others that need no escape. */
static uint64_t few(str s) { return str_head(s) | (uint64_t)0x6161616161616161 << (8 * s.len); }

/* Bytes of s from `at` on that need no escape. The last sixteen of a long text, the last eight of a short one, may
 * have been looked at before. */
static size_t plain_run(str s, size_t at) {
    size_t begin = at, len = s.len - at;
    const char *end = s.at + s.len;
    while (at + 16 <= s.len && !odd_part(eight(s.at + at), eight(s.at + at + 8))) at += 16;
    bool odd = len >= 16  ? odd_part(eight(end - 16), eight(end - 8))
               : len >= 8 ? odd_part(eight(s.at + at), eight(end - 8))
               : len      ? odd_part(few(str_slice(s, at, s.len)), ~(uint64_t)0)
                          : false;
    if (s.len - at < 16 && !odd) return len;
    while (at < s.len && plain((unsigned char)s.at[at])) at++;
    return at - begin;
}

void json_string(json_out *j, str s) {
    buf *out = j->out;
    size_t run = plain_run(s, 0), i = run;
    lead(j);
    char *to = buf_room(out, run + 2);
    *to = '"';
    if (run) memcpy(to + 1, s.at, run);
    out->len += run + 1;
    while (i < s.len) {
        to = buf_room(out, 6);
        out->len += escape(to, (unsigned char)s.at[i++]);
        run = plain_run(s, i);
        buf_add(out, str_slice(s, i, i + run));
        i += run;
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
