/* The metadata of a JSON article under the names that crawlers and vendors write. Private to stages/read*.c. */
#ifndef WHOMET_READ_FIELDS_H
#define WHOMET_READ_FIELDS_H

#include "base/flat.h"
#include "base/json.h"
#include "document.h"

typedef struct field_source { /* one of the two */
    value *object;
    const flat_object *flat;
} field_source;

/* Copies id, source, title, published, url, byline, language into d; lends the text. False: there is no text. */
bool read_fields(arena *a, const field_source *from, document *d, str *text);

#endif
