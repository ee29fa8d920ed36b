/* Writing JSON: values are appended as they come; commas and colons come by themselves. Callers give keys in sorted
 * order. */
#ifndef WHOMET_OUTPUT_JSON_H
#define WHOMET_OUTPUT_JSON_H

#include "base/buf.h"

typedef struct json_out {
    buf *out;
    bool comma; /* a value stands before the next one */
} json_out;

static inline void json_lead(json_out *j) { /* the comma before a value */
    if (j->comma) buf_byte(j->out, ',');
    j->comma = true;
}
static inline void json_open(json_out *j, char bracket) { /* '{' or '[' */
    json_lead(j);
    buf_byte(j->out, bracket);
    j->comma = false;
}
static inline void json_close(json_out *j, char bracket) { /* '}' or ']' */
    buf_byte(j->out, bracket);
    j->comma = true;
}
void json_string(json_out *j, str s); /* valid UTF-8 */
void json_number(json_out *j, int64_t n);
void json_bool(json_out *j, bool b);
static inline void json_null(json_out *j) {
    json_lead(j);
    buf_add(j->out, STR("null"));
}
static inline void json_text(json_out *j, str s) { /* null when empty */
    if (s.len)
        json_string(j, s);
    else
        json_null(j);
}

/* Keys are plain words of the program. In the header, for most of what is written are keys, of a length that the
 * compiler knows. */
static inline void json_key(json_out *j, const char *key) {
    size_t len = strlen(key);
    char *to = buf_room(j->out, len + 4);
    *to = ',';
    to += j->comma;
    *to = '"';
    memcpy(to + 1, key, len);
    memcpy(to + 1 + len, "\":", 2);
    j->out->len += len + 3 + j->comma;
    j->comma = false;
}

static inline void json_text_key(json_out *j, const char *key, str s) {
    json_key(j, key);
    json_text(j, s);
}

static inline void json_number_key(json_out *j, const char *key, int64_t n) {
    json_key(j, key);
    json_number(j, n);
}

#endif
