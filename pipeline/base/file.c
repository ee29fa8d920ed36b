/* Reading streams in blocks. Interrupted and non-blocking reads are taken up again; an error ends the stream and is
 * kept. */
#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { BLOCK = 1 << 20, READ_ONCE = 64 * 1024 }; /* at once: less than the caches hold */

static bool named_stream(const char *path) {
    return strcmp(path, "/dev/stdin") == 0 || strncmp(path, "/dev/fd/", 8) == 0 ||
           strncmp(path, "/proc/self/fd/", 14) == 0;
}

file_state file_open(file *f, const char *path) {
    bool standard = strcmp(path, "-") == 0, stream = standard || named_stream(path);
    struct stat s;
    *f = (file){.fd = -1};
    int fd = standard ? STDIN_FILENO : open(path, O_RDONLY | O_NOCTTY | O_CLOEXEC | (stream ? 0 : O_NONBLOCK));
    if (fd < 0) {
        if (errno == ENXIO) return FILE_IRREGULAR; /* a socket */
        return errno == ENOENT || errno == ENOTDIR ? FILE_MISSING : FILE_UNREADABLE;
    }
    file_state state = FILE_OPEN;
    if (fstat(fd, &s) != 0)
        state = FILE_UNREADABLE;
    else if (S_ISDIR(s.st_mode))
        state = FILE_FOLDER;
    else if (!stream && !S_ISREG(s.st_mode))
        state = FILE_IRREGULAR;
    if (state != FILE_OPEN) {
        if (!standard) close(fd);
        return state;
    }
    f->fd = fd;
    f->block = malloc(BLOCK);
    if (!f->block) {
        fputs("whomet: out of memory\n", stderr);
        abort();
    }
    return FILE_OPEN;
}

void file_close(file *f) {
    if (f->fd > STDIN_FILENO) close(f->fd);
    free(f->block);
    *f = (file){.fd = -1};
}

uint64_t file_size(const file *f) {
    struct stat s;
    return fstat(f->fd, &s) == 0 && S_ISREG(s.st_mode) && s.st_size > 0 ? (uint64_t)s.st_size : 0;
}

/* One read behind what the block holds; false at the end of the file, or when the block is full. */
static bool more(file *f) {
    if (f->at == f->len) f->at = f->len = 0;
    if (f->ended || f->len == BLOCK) return false;
    for (;;) {
        size_t room = BLOCK - f->len;
        ssize_t n = read(f->fd, f->block + f->len, room < READ_ONCE ? room : READ_ONCE);
        if (n > 0) {
            f->len += (size_t)n;
            return true;
        }
        if (n < 0 && errno == EINTR) continue;
        if (n < 0 && errno == EAGAIN) {
            poll(&(struct pollfd){.fd = f->fd, .events = POLLIN}, 1, -1);
            continue;
        }
        if (n < 0) f->error = errno;
        f->ended = true;
        return false;
    }
}

static str held(const file *f) { return (str){f->block + f->at, f->len - f->at}; }

static void take(file *f, size_t n) {
    f->at += n;
    f->offset += n;
}

str file_peek(file *f, uint32_t lines) {
    if (f->at > 0) {
        memmove(f->block, f->block + f->at, f->len - f->at);
        f->len -= f->at;
        f->at = 0;
    }
    size_t seen = 0;
    uint32_t found = 0;
    do {
        const char *end;
        while (found < lines && seen < f->len && (end = memchr(f->block + seen, '\n', f->len - seen))) {
            seen = (size_t)(end - f->block) + 1;
            found++;
        }
    } while (found < lines && more(f));
    return held(f);
}

line_state file_line(file *f, buf *line, size_t most) {
    bool long_line = false, any = false;
    buf_clear(line);
    for (;;) {
        if (f->at == f->len && !more(f)) break;
        any = true;
        str rest = held(f);
        const char *end = memchr(rest.at, '\n', rest.len);
        size_t n = end ? (size_t)(end - rest.at) : rest.len;
        long_line = long_line || line->len + n > most;
        if (long_line)
            buf_free(line);
        else
            buf_add(line, (str){rest.at, n});
        take(f, end ? n + 1 : n);
        if (end) break;
    }
    return !any ? LINE_NONE : long_line ? LINE_TOO_LONG : LINE_TAKEN;
}

bool file_rest(file *f, buf *out, size_t most) {
    buf_clear(out);
    while (f->at < f->len || more(f)) {
        str rest = held(f);
        if (out->len + rest.len > most) return false;
        buf_add(out, rest);
        take(f, rest.len);
    }
    return true;
}
