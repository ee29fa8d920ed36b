/* The command line. */
#ifndef WHOMET_OPTIONS_H
#define WHOMET_OPTIONS_H

#include "output/format.h"
#include "output/layers.h"

enum { EXIT_COMPLETE = 0, EXIT_USAGE = 2, EXIT_REJECTED = 3, EXIT_OUTPUT = 4 };
enum { RULE_DIRS = 16 };

typedef enum { COMMAND_RUN, COMMAND_CHECK, COMMAND_EXPLAIN } command;

typedef struct options {
    command command;
    layer upto; /* of COMMAND_RUN */
    bool stage; /* a stage was named */
    const format *format;
    bool csv_safe;
    const char *rules[RULE_DIRS];
    size_t rule_count;
    const char *output, *errors, *at, *node;
    long jobs, memory;   /* memory: MB for the facts of a graph */
    const char **inputs; /* in argv */
    size_t input_count;
} options;

/* Returns an exit code when the program is to end now (help, version, a mistake: told), else -1. */
int options_read(int argc, char **argv, options *o);

#endif
