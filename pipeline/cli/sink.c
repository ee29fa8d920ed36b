/* Writing in large blocks, every result looked at. */
#include "cli/sink.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static bool failed(sink *s, const char *what) {
    fprintf(stderr, "whomet: %s: %s: %s\n", s->path ? s->path : "standard output", what, strerror(errno));
    return false;
}

bool sink_open(sink *s, const char *path) {
    *s = (sink){.fd = STDOUT_FILENO};
    struct stat st;
    if (!path || strcmp(path, "-") == 0) return true;
    s->path = strdup(path);
    if (stat(path, &st) == 0 && !S_ISREG(st.st_mode)) { /* a device or a pipe is written to as it is */
        s->fd = open(path, O_WRONLY | O_CLOEXEC);
        return s->fd >= 0 ? true : failed(s, "cannot write");
    }
    if (asprintf(&s->temporary, "%s.XXXXXX", path) < 0 || !s->path) abort();
    s->fd = mkostemp(s->temporary, O_CLOEXEC);
    if (s->fd < 0) return failed(s, "cannot write");
    mode_t mask = umask(0);
    umask(mask);
    if (fchmod(s->fd, 0666 & ~mask) != 0) return failed(s, "cannot set permissions");
    return true;
}

void sink_write(sink *s, str bytes) {
    while (bytes.len && !s->error) {
        ssize_t n = write(s->fd, bytes.at, bytes.len);
        if (n < 0 && errno == EINTR) continue;
        if (n < 0) s->error = errno;
        else bytes = str_slice(bytes, (size_t)n, bytes.len);
    }
}

bool sink_close(sink *s, bool keep) {
    bool good = s->error == 0;
    errno = s->error;
    if (!good) failed(s, "cannot write");
    if (s->temporary && good && fsync(s->fd) != 0) good = failed(s, "cannot write");
    if (close(s->fd) != 0 && good) good = failed(s, "cannot close");
    if (s->temporary && good && keep && rename(s->temporary, s->path) != 0) good = failed(s, "cannot rename");
    if (s->temporary && (!good || !keep)) unlink(s->temporary);
    free(s->temporary);
    free(s->path);
    return good;
}
