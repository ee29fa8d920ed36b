/* The one door to jansson, which reads what the quick way leaves. Writing is done by output/json.c. */
#include "base/json.h"

#include <jansson.h>
#include <stdio.h>

static value one(arena *a, str key, json_t *j);

static value *items_of(arena *a, json_t *j, uint32_t *count) {
    value *items = arena_raw(a, (json_array_size(j) + json_object_size(j)) * sizeof *items, alignof(value));
    size_t index;
    const char *key;
    json_t *item;
    *count = 0;
    json_array_foreach(j, index, item) items[(*count)++] = one(a, (str){0}, item);
    json_object_foreach(j, key, item) items[(*count)++] = one(a, arena_copy(a, str_of(key)), item);
    return items;
}

static value one(arena *a, str key, json_t *j) {
    value v = {.key = key, .kind = VALUE_OTHER};
    switch (json_typeof(j)) {
    case JSON_NULL: v.kind = VALUE_NULL; break;
    case JSON_TRUE:
    case JSON_FALSE: v.kind = VALUE_BOOL, v.number = json_is_true(j); break;
    case JSON_INTEGER: v.kind = VALUE_NUMBER, v.number = json_integer_value(j); break;
    case JSON_REAL: break;
    case JSON_STRING:
        v.kind = VALUE_STRING;
        v.text = arena_copy(a, (str){json_string_value(j), json_string_length(j)});
        break;
    case JSON_ARRAY: v.kind = VALUE_ARRAY, v.items = items_of(a, j, &v.count); break;
    case JSON_OBJECT: v.kind = VALUE_OBJECT, v.items = items_of(a, j, &v.count); break;
    }
    return v;
}

value *value_thorough(arena *a, str text, value_error *error) {
    json_error_t e;
    json_t *root = json_loadb(text.at ? text.at : "", text.len, JSON_ALLOW_NUL | JSON_DECODE_ANY, &e);
    if (!root && error) {
        snprintf(error->message, sizeof error->message, "%s", e.text);
        error->line = e.line;
        error->column = e.column;
        error->byte = e.position > 0 ? (size_t)e.position : 0;
    }
    if (!root) return NULL;
    value *v = ARENA_NEW(a, value);
    *v = one(a, (str){0}, root);
    json_decref(root);
    return v;
}

value *value_take(arena *a, str text, value_error *error) {
    value *v = value_quick(a, text);
    return v ? v : value_thorough(a, text, error);
}

value *value_member(const value *object, str key) {
    for (uint32_t i = value_is_object(object) ? object->count : 0; i-- > 0;) {
        value *item = &object->items[i];
        bool first = item->key.len == key.len && (!key.len || *item->key.at == *key.at); /* it tells most apart */
        if (first && str_equal(item->key, key)) return item->kind == VALUE_NULL ? NULL : item;
    }
    return NULL;
}
