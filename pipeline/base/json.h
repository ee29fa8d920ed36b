/* The one door to jansson, for reading only: a parsed value lives until json_drop. */
#ifndef WHOMET_JSON_H
#define WHOMET_JSON_H

#include "base/str.h"

typedef struct json json; /* a value inside a document; lent, never freed by itself */

typedef struct json_error {
    char message[200];
    int line, column;
    size_t byte;
} json_error;

json *json_take(str text, json_error *error); /* NULL: malformed, error filled; the caller drops it */
void json_drop(json *document);
json *json_get(json *object, const char *key); /* NULL when absent, null or no object */
str json_str(json *value);                     /* empty when no string */
bool json_is_string(json *value);
bool json_is_object(json *value);
bool json_is_array(json *value);
int64_t json_int(json *value, int64_t otherwise);
bool json_bool(json *value);
size_t json_len(json *array);
json *json_at(json *array, size_t index);

#endif
