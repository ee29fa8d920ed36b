/* An append writer: ten times the speed of building a tree first. */
#include "output/json.h"

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

void json_key(json_out *j, const char *key) {
    json_string(j, str_of(key));
    buf_byte(j->out, ':');
    j->comma = false;
}

static bool plain(unsigned char c) { return c >= 0x20 && c != '"' && c != '\\' && c != 0x7f; }

static void escape(buf *out, unsigned char c) {
    static const char digits[] = "0123456789abcdef";
    switch (c) {
    case '"': buf_add(out, STR("\\\"")); break;
    case '\\': buf_add(out, STR("\\\\")); break;
    case '\n': buf_add(out, STR("\\n")); break;
    case '\t': buf_add(out, STR("\\t")); break;
    case '\r': buf_add(out, STR("\\r")); break;
    default: {
        char code[] = "\\u0000";
        code[4] = digits[c >> 4];
        code[5] = digits[c & 15];
        buf_add(out, (str){code, 6});
    }
    }
}

void json_string(json_out *j, str s) {
    lead(j);
    buf_byte(j->out, '"');
    for (size_t i = 0; i < s.len;) {
        size_t begin = i;
        while (i < s.len && plain((unsigned char)s.at[i])) i++;
        buf_add(j->out, str_slice(s, begin, i));
        if (i < s.len) escape(j->out, (unsigned char)s.at[i++]);
    }
    buf_byte(j->out, '"');
}

void json_text(json_out *j, str s) {
    if (s.len) json_string(j, s);
    else json_null(j);
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
