/* The metadata of a JSON article under the names that crawlers and vendors write. Private to stages/read*.c. */
#ifndef WHOMET_READ_FIELDS_H
#define WHOMET_READ_FIELDS_H

#include "base/json.h"
#include "document.h"

/* Copies id, source, title, published, url, byline, language into d; lends the text. False: there is no text. */
bool read_fields(arena *a, const value *object, document *d, str *text);

#endif
