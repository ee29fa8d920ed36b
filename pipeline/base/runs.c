/* The file has no name from the start: whatever ends the program, nothing is left behind. An entry is two lengths, the
   key, the bytes. Read in blocks, one a run; a heap tells which run is next. */
#include "base/runs.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { WRITTEN = 1 << 20, BLOCK = 1 << 16 };

typedef struct run {
    uint64_t begin, end;
} run;

typedef struct lengths {
    uint64_t key, bytes;
} lengths;

static bool failed(runs *r) {
    if (!r->error) r->error = errno ? errno : EIO;
    return false;
}

/* ---- writing */

static bool open_file(runs *r, const char *folder) {
    char *name = NULL;
    r->fd = open(folder, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
    if (r->fd < 0 && (errno == EOPNOTSUPP || errno == EISDIR || errno == ENOENT)) { /* not every file system can */
        if (asprintf(&name, "%s/.whomet.XXXXXX", folder) < 0) abort();
        r->fd = mkostemp(name, O_CLOEXEC);
        if (r->fd >= 0) unlink(name);
        free(name);
    }
    r->open = r->fd >= 0;
    return r->open || failed(r);
}

static void flush(runs *r) {
    for (size_t at = 0; at < r->block.len && !r->error;) {
        ssize_t n = write(r->fd, r->block.at + at, r->block.len - at);
        if (n >= 0)
            at += (size_t)n;
        else if (errno != EINTR)
            failed(r);
    }
    buf_clear(&r->block);
}

static void add(runs *r, str s) {
    buf_add(&r->block, s);
    r->end += s.len;
}

void runs_begin(runs *r, const char *folder) {
    if (!r->open && !r->error) open_file(r, folder);
    run new = {.begin = r->end};
    buf_add(&r->list, (str){(const char *)&new, sizeof new});
}

void runs_put(runs *r, str key, const buf *bytes) {
    lengths both = {key.len, bytes->len};
    if (r->error) return;
    add(r, (str){(const char *)&both, sizeof both});
    add(r, key);
    add(r, buf_view(bytes));
    if (r->block.len >= WRITTEN) flush(r);
}

void runs_end(runs *r) {
    run *last = (run *)(void *)(r->list.at + r->list.len - sizeof *last);
    last->end = r->end;
    flush(r);
}

void runs_free(runs *r) {
    if (r->open) close(r->fd);
    buf_free(&r->block);
    buf_free(&r->list);
    *r = (runs){0};
}

/* ---- reading */

typedef struct run_cursor {
    uint64_t next, end; /* of the file: what is not in the block yet */
    buf block;
    size_t at; /* in the block, behind the entry */
    uint32_t number;
    run_entry entry;
} run_cursor;

/* The block holds `size` bytes from `at` on, at least. */
static bool hold(runs *r, run_cursor *c, size_t size) {
    size_t left = c->block.len - c->at;
    if (left >= size) return true;
    if (c->at) memmove(c->block.at, c->block.at + c->at, left);
    c->block.len = left;
    c->at = 0;
    while (c->block.len < size) {
        uint64_t wanted = size - c->block.len > BLOCK ? size - c->block.len : BLOCK;
        if (wanted > c->end - c->next) wanted = c->end - c->next;
        if (!wanted) return errno = 0, failed(r);
        ssize_t n = pread(r->fd, buf_room(&c->block, wanted), wanted, (off_t)c->next);
        if (n == 0 || (n < 0 && errno != EINTR)) return failed(r);
        if (n < 0) continue;
        c->block.len += (size_t)n;
        c->next += (uint64_t)n;
    }
    return true;
}

/* Onto its next entry. False: it has none. */
static bool advance(runs *r, run_cursor *c) {
    lengths both;
    if (r->error || (c->at == c->block.len && c->next == c->end) || !hold(r, c, sizeof both)) return false;
    memcpy(&both, c->block.at + c->at, sizeof both);
    if (!hold(r, c, sizeof both + both.key + both.bytes)) return false;
    const char *key = c->block.at + c->at + sizeof both;
    c->entry = (run_entry){{key, both.key}, {key + both.key, both.bytes}};
    c->at += sizeof both + both.key + both.bytes;
    return true;
}

static bool before(const run_cursor *a, const run_cursor *b) {
    int order = str_compare(a->entry.key, b->entry.key);
    return order ? order < 0 : a->number < b->number;
}

static void sink(runs_merge *m, uint32_t at) {
    for (uint32_t least = at;; at = least) {
        for (uint32_t child = at * 2 + 1; child <= at * 2 + 2 && child < m->live; child++) {
            if (before(m->heap[child], m->heap[least])) least = child;
        }
        if (least == at) return;
        run_cursor *kept = m->heap[at];
        m->heap[at] = m->heap[least];
        m->heap[least] = kept;
    }
}

void runs_merge_begin(runs_merge *m, runs *r) {
    uint32_t count = (uint32_t)(r->list.len / sizeof(run));
    const run *list = (const run *)(const void *)r->list.at;
    *m = (runs_merge){.r = r, .room = count};
    m->cursors = calloc(count + 1, sizeof *m->cursors);
    m->heap = calloc(count + 1, sizeof *m->heap);
    if (!m->cursors || !m->heap) abort();
    for (uint32_t i = 0; i < count; i++) {
        m->cursors[i] = (run_cursor){.next = list[i].begin, .end = list[i].end, .number = i};
        if (advance(r, &m->cursors[i])) m->heap[m->live++] = &m->cursors[i];
    }
    for (uint32_t i = m->live / 2 + 1; i-- > 0;) sink(m, i);
}

bool runs_next(runs_merge *m, run_entry *out) {
    if (m->begun && m->live) {
        if (!advance(m->r, m->heap[0])) m->heap[0] = m->heap[--m->live];
        sink(m, 0);
    }
    m->begun = true;
    if (!m->live || m->r->error) return false;
    *out = m->heap[0]->entry;
    return true;
}

void runs_merge_end(runs_merge *m) {
    for (uint32_t i = 0; i < m->room; i++) buf_free(&m->cursors[i].block);
    free(m->cursors);
    free(m->heap);
    *m = (runs_merge){0};
}
