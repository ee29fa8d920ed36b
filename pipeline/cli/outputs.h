/* Output that would destroy or feed its own input. */
#ifndef WHOMET_OUTPUTS_H
#define WHOMET_OUTPUTS_H

#include "cli/options.h"

/* False, and told: an output is an input, lies in a folder that is an input (the next run would read it), or is the
 * other output. */
bool outputs_are_safe(const options *o);

#endif
