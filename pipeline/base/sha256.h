/* The one door to nettle. */
#ifndef WHOMET_SHA256_H
#define WHOMET_SHA256_H

#include "base/str.h"

void sha256_hex(str data, char out[65]);                    /* 64 lower-case hex digits and a NUL */
void sha256_digits(str data, char *out, size_t even_count); /* the first of them, without a NUL */

#endif
