/* `whomet explain`: why an article gives what it gives, and why not more. */
#ifndef WHOMET_EXPLAIN_H
#define WHOMET_EXPLAIN_H

#include "cli/options.h"

int explain_article(const options *o, const pack *k); /* exit code */

#endif
