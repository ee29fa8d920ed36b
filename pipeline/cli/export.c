/* Streams go through the sink of the run; each file of a folder has one of its own; a database is its own business. */
#include "cli/export.h"

#include "output/format.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "whomet.h"

typedef struct folder {
    const char *path;
    sink file;
    bool open, failed;
} folder;

static void to_sink(void *context, str part) { sink_write(context, part); }

static void close_file(folder *f) {
    if (f->open && !sink_close(&f->file, true)) f->failed = true;
    f->open = false;
}

static void next_file(void *context, const char *name) {
    folder *f = context;
    char path[4096];
    close_file(f);
    snprintf(path, sizeof path, "%s/%s", f->path, name);
    f->open = !f->failed && sink_open(&f->file, path);
    f->failed = f->failed || !f->open;
}

static void to_file(void *context, str part) {
    folder *f = context;
    if (f->open) sink_write(&f->file, part);
}

static bool to_folder(const options *o, graph_output x) {
    folder f = {.path = o->output};
    if (mkdir(o->output, 0777) != 0 && errno != EEXIST) {
        fprintf(stderr, "whomet: %s: cannot make the folder: %s\n", o->output, strerror(errno));
        return false;
    }
    x.take = to_file;
    x.file = next_file;
    x.context = &f;
    o->format->write(&x);
    close_file(&f);
    return !f.failed;
}

int export_graph(const options *o, graph *g, str rules_sha256, sink *out) {
    graph_output x = {.graph = g,
                      .version = STR(WHOMET_VERSION),
                      .rules_sha256 = rules_sha256,
                      .take = to_sink,
                      .context = out,
                      .path = o->output,
                      .node = o->node,
                      .csv_safe = o->csv_safe};
    if (o->format->to == TO_FOLDER) return to_folder(o, x) ? EXIT_COMPLETE : EXIT_OUTPUT;
    o->format->write(&x);
    if (x.unknown) fprintf(stderr, "whomet: the graph of this input has no node %s\n", o->node);
    if (x.unknown) return EXIT_USAGE;
    if (x.error[0]) fprintf(stderr, "whomet: %s%s%s\n", o->output ? o->output : "", o->output ? ": " : "", x.error);
    return x.error[0] ? EXIT_OUTPUT : EXIT_COMPLETE;
}
