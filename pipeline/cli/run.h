/* The main job: inputs through the stages, in threads, results in the order of the input. */
#ifndef WHOMET_RUN_H
#define WHOMET_RUN_H

#include "cli/options.h"

int run_articles(const options *o, const pack *k); /* exit code */

#endif
