/* The file `codes` of the rules: which event codes a contact or an agreement gets. */
#ifndef WHOMET_CODES_H
#define WHOMET_CODES_H

#include "engine/pack.h"

enum { CODE_ROLES = 2 };

typedef struct event_code {
    str type;                              /* meeting call visit, or agreement */
    VEC(str) statuses;                     /* one of them */
    bool third_country, several_countries; /* conditions: all that are told */
    uint32_t says;                         /* class, or NONE */
    str cameo, linked, plover, mode;
    str source[CODE_ROLES], target[CODE_ROLES]; /* roles, or "place"; the first that is known */
} event_code;

typedef struct code_table {
    VEC(event_code) lines; /* the first that fits holds */
} code_table;

struct loader;
void codes_read(struct loader *l); /* into the pack; errors are told in the loader's problems */

#endif
