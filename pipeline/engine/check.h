/* `whomet check`: what can be wrong with a pack that loads. Rules that lack an example or a trigger, examples that do
   not hold, rules whose cost explodes with the length of a sentence. Everything found is told in `p`. */
#ifndef WHOMET_CHECK_H
#define WHOMET_CHECK_H

#include "engine/pack.h"

typedef struct check_options {
    bool skip_growth; /* costs are measured in processor time, which an instrumented build distorts */
} check_options;

typedef struct check_result {
    uint32_t rules, examples;
} check_result;

bool check_pack(const pack *k, const check_options *options, problems *p, check_result *result); /* true: no errors */

#endif
