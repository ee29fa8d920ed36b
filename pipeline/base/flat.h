/* The quick way into JSON: one object whose members are strings, whole numbers and literals, as articles are, without a
   tree. Whatever else it finds, right or wrong, it leaves to json.h; so it need not tell what is wrong. */
#ifndef WHOMET_FLAT_H
#define WHOMET_FLAT_H

#include "base/arena.h"

typedef enum { FLAT_STRING, FLAT_NUMBER, FLAT_OTHER } flat_kind; /* other: true, false, null, [] */

typedef struct flat_member {
    str key, value; /* views into the JSON, or unescaped in the arena */
    flat_kind kind;
} flat_member;

enum { FLAT_MOST = 64 };

typedef struct flat_object {
    flat_member members[FLAT_MOST];
    uint32_t count;
} flat_object;

bool flat_read(arena *a, str json, flat_object *out);       /* json: valid UTF-8. False: leave it to json.h */
const flat_member *flat_get(const flat_object *o, str key); /* the last of that name, or NULL */

#endif
