/* The file `identity` of the rules: what the graph takes for one person. */
#ifndef WHOMET_IDENTITY_H
#define WHOMET_IDENTITY_H

#include "base/arena.h"

typedef struct spelling {
    str from, to;
} spelling;

typedef struct who { /* a person, as a rule names one */
    str name;        /* utf8_plain */
    str country;     /* or empty: of any */
} person_name;

typedef struct alike { /* names on one line */
    VEC(person_name) names;
} alike;

typedef struct identity_rules {
    VEC(spelling) spell;
    VEC(alike) given, same, apart;
} identity_rules;

struct loader;
void identity_read(struct loader *l); /* into the pack; errors are told in the loader's problems */

#endif
