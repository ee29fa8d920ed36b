/* Writing JSON: values are appended as they come; commas and colons come by themselves. Callers give keys in sorted
 * order. */
#ifndef WHOMET_OUTPUT_JSON_H
#define WHOMET_OUTPUT_JSON_H

#include "base/buf.h"

typedef struct json_out {
    buf *out;
    bool comma; /* a value stands before the next one */
} json_out;

void json_open(json_out *j, char bracket);  /* '{' or '[' */
void json_close(json_out *j, char bracket); /* '}' or ']' */
void json_key(json_out *j, const char *key);
void json_string(json_out *j, str s); /* valid UTF-8 */
void json_text(json_out *j, str s);   /* null when empty */
void json_number(json_out *j, int64_t n);
void json_bool(json_out *j, bool b);
void json_null(json_out *j);

#endif
