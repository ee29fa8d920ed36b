/* The rule pack that is built into the program: every file of rules/, one after another. */
#ifndef WHOMET_BUILTIN_H
#define WHOMET_BUILTIN_H

#include "base/str.h"

/* Each file: form feed, blank, name, blank, size in bytes, line end, the bytes, line end. */
str builtin_pack(void);

#endif
