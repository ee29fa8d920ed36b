/* Where output goes: standard output, or a file that appears under its name only when it is whole. */
#ifndef WHOMET_SINK_H
#define WHOMET_SINK_H

#include "base/buf.h"

typedef struct sink {
    int fd;
    char *path, *temporary; /* NULL: standard output; written to as it is */
    int error;              /* errno of the first failure, or 0 */
} sink;

bool sink_open(sink *s, const char *path); /* NULL: standard output. False: told on standard error, nothing to close */
bool sink_open_errors(sink *s, const char *path); /* NULL: standard error */
void sink_write(sink *s, str bytes);              /* failures are kept in s->error */
bool sink_close(sink *s, bool keep);              /* false: something was lost; told */

#endif
