/* The one door to jansson, for reading only: a parsed value lives until value_drop. */
#ifndef WHOMET_JSON_H
#define WHOMET_JSON_H

#include "base/str.h"

typedef struct value value; /* a value inside a document; lent, never freed by itself */

typedef struct value_error {
    char message[200];
    int line, column;
    size_t byte;
} value_error;

value *value_take(str text, value_error *error); /* NULL: malformed, error filled; the caller drops it */
void value_drop(value *document);
value *value_get(value *object, const char *key); /* NULL when absent, null or no object */
str value_str(value *value);                      /* empty when no string */
bool value_is_string(value *value);
bool value_is_object(value *value);
bool value_is_array(value *value);
int64_t value_int(value *value, int64_t otherwise);
bool value_bool(value *value);
size_t value_len(value *array);
value *value_at(value *array, size_t index);

#endif
