/* Reading JSON, by jansson. Writing is done by output/json.c, which is fifty times as fast. */
#include "base/json.h"

#include <jansson.h>
#include <stdio.h>

static json_t *inner(value *v) { return (json_t *)(void *)v; }
static value *outer(json_t *j) { return json_is_null(j) ? NULL : (value *)(void *)j; }

value *value_take(str text, value_error *error) {
    json_error_t e;
    json_t *root = json_loadb(text.at ? text.at : "", text.len, JSON_ALLOW_NUL | JSON_DECODE_ANY, &e);
    if (!root && error) {
        snprintf(error->message, sizeof error->message, "%s", e.text);
        error->line = e.line;
        error->column = e.column;
        error->byte = e.position > 0 ? (size_t)e.position : 0;
    }
    return (value *)(void *)root;
}

void value_drop(value *document) { json_decref(inner(document)); }

value *value_get(value *object, const char *key) { return object ? outer(json_object_get(inner(object), key)) : NULL; }

str value_str(value *v) {
    return value_is_string(v) ? (str){json_string_value(inner(v)), json_string_length(inner(v))} : (str){0};
}

bool value_is_string(value *v) { return v && json_is_string(inner(v)); }
bool value_is_object(value *v) { return v && json_is_object(inner(v)); }
bool value_is_array(value *v) { return v && json_is_array(inner(v)); }
int64_t value_int(value *v, int64_t otherwise) {
    return v && json_is_integer(inner(v)) ? json_integer_value(inner(v)) : otherwise;
}
bool value_bool(value *v) { return v && json_is_true(inner(v)); }
size_t value_len(value *array) { return value_is_array(array) ? json_array_size(inner(array)) : 0; }
value *value_at(value *array, size_t index) { return outer(json_array_get(inner(array), index)); }
