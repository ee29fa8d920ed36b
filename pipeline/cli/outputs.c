/* Where the output goes is compared with where the input comes from, before anything is opened. */
#include "cli/outputs.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static bool same_file(const struct stat *a, const struct stat *b) {
    return a->st_dev == b->st_dev && a->st_ino == b->st_ino;
}

/* The real name of the folder that `path` lies in; the caller frees it. */
static char *folder_of(const char *path) {
    char *real = realpath(path, NULL), *copy = real ? real : strdup(path);
    if (!copy) abort();
    char *slash = strrchr(copy, '/');
    if (slash) slash[slash == copy] = 0;
    char *folder = realpath(slash ? copy : ".", NULL);
    free(copy);
    return folder;
}

static bool below(const char *folder, const char *top) {
    size_t len = strlen(top);
    return strncmp(folder, top, len) == 0 && (folder[len] == 0 || folder[len] == '/' || (len && top[len - 1] == '/'));
}

static bool lies_in(const char *output, const char *input) {
    char *folder = folder_of(output), *top = realpath(input, NULL);
    bool inside = folder && top && below(folder, top);
    free(folder);
    free(top);
    return inside;
}

static bool safe(const options *o, const char *output) {
    struct stat out, in;
    bool known = stat(output, &out) == 0;
    if (strcmp(output, "-") == 0 || (known && !S_ISREG(out.st_mode))) return true;
    for (size_t i = 0; i < o->input_count; i++) {
        if (stat(o->inputs[i], &in) != 0) continue;
        if (known && same_file(&in, &out)) {
            fprintf(stderr, "whomet: %s is an input; it would be overwritten\n", output);
            return false;
        }
        if (S_ISDIR(in.st_mode) && lies_in(output, o->inputs[i])) {
            fprintf(stderr, "whomet: %s lies in the input folder %s; the next run would read it\n", output,
                    o->inputs[i]);
            return false;
        }
    }
    return true;
}

bool outputs_are_safe(const options *o) {
    if (o->output && o->errors && strcmp(o->output, o->errors) == 0) {
        fprintf(stderr, "whomet: -o and --errors name the same file, %s\n", o->output);
        return false;
    }
    return (!o->output || safe(o, o->output)) && (!o->errors || safe(o, o->errors));
}
