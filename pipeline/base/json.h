/* Reading JSON: a value, with all that is in it, lives in an arena. */
#ifndef WHOMET_JSON_H
#define WHOMET_JSON_H

#include "base/arena.h"

typedef enum { VALUE_NULL, VALUE_BOOL, VALUE_NUMBER, VALUE_STRING, VALUE_ARRAY, VALUE_OBJECT, VALUE_OTHER } value_kind;

typedef struct value {
    str key; /* of a member of an object */
    value_kind kind;
    uint32_t count; /* of items */
    union {
        str text;
        int64_t number; /* of a bool 0 or 1 */
        struct value *items;
    };
} value;

typedef struct value_error {
    char message[200];
    int line, column;
    size_t byte;
} value_error;

/* NULL: malformed, error filled. The quick way is tried first; the thorough one knows all of JSON and what is wrong. */
value *value_take(arena *a, str text, value_error *error);
value *value_quick(arena *a, str text); /* NULL: leave it to the thorough way */
value *value_thorough(arena *a, str text, value_error *error);

/* All of these take NULL, which is no value, and give NULL for null. */
value *value_member(const value *object, str key); /* the last member of that name; NULL when it has none */
static inline bool value_is_string(const value *v) { return v && v->kind == VALUE_STRING; }
static inline bool value_is_object(const value *v) { return v && v->kind == VALUE_OBJECT; }
static inline bool value_is_array(const value *v) { return v && v->kind == VALUE_ARRAY; }
static inline str value_str(const value *v) { return value_is_string(v) ? v->text : (str){0}; } /* else empty */
static inline bool value_bool(const value *v) { return v && v->kind == VALUE_BOOL && v->number; }
static inline size_t value_len(const value *array) { return value_is_array(array) ? array->count : 0; }
static inline value *value_at(const value *array, size_t index) {
    bool there = index < value_len(array) && array->items[index].kind != VALUE_NULL;
    return there ? &array->items[index] : NULL;
}
/* In the header, so that the key's length is known where it is called. */
static inline value *value_get(const value *object, const char *key) { return value_member(object, str_of(key)); }
static inline int64_t value_int(const value *v, int64_t otherwise) {
    return v && v->kind == VALUE_NUMBER ? v->number : otherwise;
}

#endif
