/* Writing in large blocks, every result looked at. The temporary file has a hidden name, so that a run over the same
   folder does not read it, and goes when a signal ends the program. */
#include "cli/sink.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { UNFINISHED_MOST = 4 };

static char *volatile unfinished[UNFINISHED_MOST]; /* what a signal removes */

static void remove_unfinished(int number) {
    for (int i = 0; i < UNFINISHED_MOST; i++) {
        if (unfinished[i]) unlink(unfinished[i]);
    }
    signal(number, SIG_DFL);
    raise(number);
}

static void remember(char *name) {
    static const int ends[] = {SIGINT, SIGTERM, SIGHUP};
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        if (signal(ends[i], remove_unfinished) == SIG_IGN) signal(ends[i], SIG_IGN);
    }
    for (int i = 0; i < UNFINISHED_MOST; i++) {
        if (!unfinished[i]) {
            unfinished[i] = name;
            return;
        }
    }
}

static void forget(const char *name) {
    for (int i = 0; i < UNFINISHED_MOST; i++) {
        if (unfinished[i] == name) unfinished[i] = NULL;
    }
}

static bool failed(const sink *s, const char *what, int error) {
    const char *standard = s->fd == STDERR_FILENO ? "standard error" : "standard output";
    fprintf(stderr, "whomet: %s: %s: %s\n", s->path ? s->path : standard, what, strerror(error));
    return false;
}

static bool give_up(sink *s, const char *what) {
    failed(s, what, errno);
    if (s->fd >= 0) close(s->fd);
    if (s->temporary) unlink(s->temporary);
    free(s->temporary);
    free(s->path);
    *s = (sink){.fd = -1};
    return false;
}

static void name_temporary(sink *s) {
    const char *slash = strrchr(s->path, '/'), *name = slash ? slash + 1 : s->path;
    if (asprintf(&s->temporary, "%.*s.%.200s.XXXXXX", (int)(name - s->path), s->path, name) < 0) abort();
}

bool sink_open(sink *s, const char *path) {
    *s = (sink){.fd = STDOUT_FILENO};
    struct stat st;
    if (!path || strcmp(path, "-") == 0) return true;
    bool known = stat(path, &st) == 0;
    s->fd = -1;
    s->path = known ? realpath(path, NULL) : strdup(path); /* a link stays a link */
    if (!s->path) return give_up(s, "cannot write");
    if (known && !S_ISREG(st.st_mode)) { /* a device or a pipe is written to as it is */
        s->fd = open(path, O_WRONLY | O_CLOEXEC);
        return s->fd >= 0 || give_up(s, "cannot write");
    }
    name_temporary(s);
    s->fd = mkostemp(s->temporary, O_CLOEXEC);
    if (s->fd < 0) return give_up(s, "cannot write");
    mode_t mask = umask(0);
    umask(mask);
    if (fchmod(s->fd, known ? st.st_mode & 0777 : 0666 & ~mask) != 0) return give_up(s, "cannot set permissions");
    remember(s->temporary);
    return true;
}

bool sink_open_errors(sink *s, const char *path) {
    if (path) return sink_open(s, path);
    *s = (sink){.fd = STDERR_FILENO};
    return true;
}

void sink_write(sink *s, str bytes) {
    while (bytes.len && !s->error) {
        ssize_t n = write(s->fd, bytes.at, bytes.len);
        if (n >= 0)
            bytes = str_slice(bytes, (size_t)n, bytes.len);
        else if (errno == EAGAIN)
            poll(&(struct pollfd){.fd = s->fd, .events = POLLOUT}, 1, -1);
        else if (errno != EINTR)
            s->error = errno;
    }
}

static bool finish(sink *s) {
    if (s->error) return failed(s, "cannot write", s->error);
    if (s->temporary && fsync(s->fd) != 0) return failed(s, "cannot write", errno);
    if (s->fd == STDERR_FILENO) return true;
    int fd = s->fd;
    s->fd = -1;
    return close(fd) == 0 || failed(s, "cannot close", errno);
}

bool sink_close(sink *s, bool keep) {
    bool good = finish(s);
    if (s->temporary && good && keep && rename(s->temporary, s->path) != 0) good = failed(s, "cannot rename", errno);
    if (s->temporary && (!good || !keep)) unlink(s->temporary);
    forget(s->temporary);
    if (s->fd > STDERR_FILENO) close(s->fd);
    free(s->temporary);
    free(s->path);
    return good;
}
