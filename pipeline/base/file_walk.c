/* Walking folders. Each open folder is a frame with its own sorted list of names; memory is that of the folders open at
 * once. */
#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"

typedef struct frame {
    arena arena;
    VEC(str) names;
    uint32_t next;
    size_t path_len; /* of the folder's own path, with its slash */
    struct frame *outer;
} frame;

struct file_walk {
    frame *inner; /* the folder being read */
    buf path;
    bool unreadable; /* the folder whose path is in `path` could not be opened */
};

static int by_bytes(const void *a, const void *b) { return str_compare(*(const str *)a, *(const str *)b); }

/* Opens the folder whose path is in w->path. */
static bool enter(file_walk *w) {
    buf_byte(&w->path, '\0');
    DIR *folder = opendir(w->path.at);
    w->path.len--;
    if (!folder) return false;
    frame *f = calloc(1, sizeof *f);
    if (!f) abort();
    for (struct dirent *e; (e = readdir(folder));) {
        if (e->d_name[0] != '.') *VEC_PUSH(&f->arena, &f->names) = arena_copy(&f->arena, str_of(e->d_name));
    }
    closedir(folder);
    if (f->names.len) qsort(f->names.at, f->names.len, sizeof *f->names.at, by_bytes);
    if (w->path.len && w->path.at[w->path.len - 1] != '/') buf_byte(&w->path, '/');
    f->path_len = w->path.len;
    f->outer = w->inner;
    w->inner = f;
    return true;
}

static void leave(file_walk *w) {
    frame *f = w->inner;
    w->inner = f->outer;
    arena_free(&f->arena);
    free(f);
}

file_walk *file_walk_new(const char *folder) {
    file_walk *w = calloc(1, sizeof *w);
    if (!w) abort();
    buf_add(&w->path, str_of(folder));
    w->unreadable = !enter(w);
    return w;
}

void file_walk_free(file_walk *w) {
    if (!w) return;
    while (w->inner) leave(w);
    buf_free(&w->path);
    free(w);
}

/* What is at w->path: a link is what it points to, but a linked folder is passed over, for it may lead back up. */
static file_state look(const file_walk *w, bool *passed_over) {
    struct stat s, target;
    *passed_over = false;
    if (lstat(w->path.at, &s) != 0) return errno == ENOENT ? FILE_MISSING : FILE_UNREADABLE;
    bool linked = S_ISLNK(s.st_mode);
    if (!linked)
        target = s;
    else if (stat(w->path.at, &target) != 0)
        return errno == ENOENT ? FILE_MISSING : FILE_UNREADABLE;
    *passed_over = S_ISDIR(target.st_mode) ? linked : !S_ISREG(target.st_mode);
    return S_ISDIR(target.st_mode) ? FILE_FOLDER : FILE_OPEN;
}

static bool give(file_walk *w, buf *path, file_state what, file_state *state) {
    buf_clear(path);
    buf_add(path, buf_view(&w->path));
    buf_byte(path, '\0');
    path->len--;
    *state = what;
    return true;
}

bool file_walk_next(file_walk *w, buf *path, file_state *state) {
    if (w->unreadable) {
        w->unreadable = false;
        return give(w, path, FILE_UNREADABLE, state);
    }
    while (w->inner) {
        frame *f = w->inner;
        bool passed_over;
        if (f->next == f->names.len) {
            leave(w);
            continue;
        }
        w->path.len = f->path_len;
        buf_add(&w->path, f->names.at[f->next++]);
        buf_byte(&w->path, '\0');
        w->path.len--;
        file_state what = look(w, &passed_over);
        if (passed_over) continue;
        if (what != FILE_FOLDER) return give(w, path, what, state);
        if (!enter(w)) return give(w, path, FILE_UNREADABLE, state);
    }
    return false;
}
