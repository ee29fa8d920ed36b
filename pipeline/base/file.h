/* Files and folders, read in blocks of 1 MiB. Never waits on a FIFO or a device that was met in a folder. */
#ifndef WHOMET_FILE_H
#define WHOMET_FILE_H

#include "base/arena.h"
#include "base/buf.h"

typedef enum { FILE_OPEN, FILE_FOLDER, FILE_MISSING, FILE_UNREADABLE, FILE_IRREGULAR } file_state;

typedef struct file {
    int fd;
    char *block; /* block[at..len) is read and not yet taken */
    size_t at, len;
    uint64_t offset; /* bytes taken so far */
    bool ended;
    int error; /* errno of a read that failed, or 0 */
} file;

/* "-" is standard input, which may be anything; so may /dev/stdin and /dev/fd/N. Others must be regular. */
file_state file_open(file *f, const char *path);
void file_close(file *f);
uint64_t file_size(const file *f); /* 0 when not known */

/* Looks ahead, at most one block, until the block holds `lines` line ends or the file has ended. Nothing is taken. */
str file_peek(file *f, uint32_t lines);

typedef enum { LINE_TAKEN, LINE_TOO_LONG, LINE_NONE } line_state;
line_state file_line(file *f, buf *line, size_t most); /* without its "\n"; a line that is too long is passed over */
bool file_rest(file *f, buf *out, size_t most);        /* all that is left; false: more than `most` */

/* The regular files below a folder, depth first, sorted by name (bytes). Hidden names, linked folders, FIFOs, sockets
   and devices are passed over; what cannot be read is told by its state. */
typedef struct file_walk file_walk;
file_walk *file_walk_new(const char *folder);
bool file_walk_next(file_walk *w, buf *path, file_state *state); /* path: NUL-terminated, NUL not counted */
void file_walk_free(file_walk *w);

#endif
