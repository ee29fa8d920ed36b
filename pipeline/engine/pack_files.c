/* The files of a pack: from the archive of those that are built in, and from folders. */
#include <dirent.h>
#include <stdlib.h>

#include "base/file.h"
#include "base/sha256.h"
#include "engine/loader.h"

enum { FILE_MOST = 64 << 20 };

uint32_t loader_file(const pack *k, str name) {
    for (uint32_t i = 0; i < k->files.len; i++) {
        if (str_equal(k->files.at[i].name, name)) return i;
    }
    return NONE;
}

void loader_add_file(loader *l, str name, str path, str text) {
    uint32_t known = loader_file(l->k, name);
    source_file *f = known == NONE ? VEC_PUSH(&l->k->arena, &l->k->files) : &l->k->files.at[known];
    *f = (source_file){arena_copy(&l->k->arena, name), path,
                       str_starts(text, STR("\xef\xbb\xbf")) ? str_slice(text, 3, text.len) : text};
}

void loader_add_archive(loader *l, str archive) {
    str rest = archive;
    while (rest.len > 2 && rest.at[0] == '\f') {
        str line;
        str_cut(str_slice(rest, 2, rest.len), '\n', &line, &rest);
        str name = str_word(&line), size = str_word(&line), digits = str_word(&line);
        size_t bytes = strtoul(arena_copy(&l->scratch, size).at, NULL, 10);
        if (bytes >= rest.len) break;
        *VEC_PUSH(&l->scratch, &l->digests) = (digest){rest.at, digits};
        loader_add_file(l, name, name, str_slice(rest, 0, bytes));
        rest = str_slice(rest, bytes + 1, rest.len);
    }
}

/* Files with lines of their own kind. */
bool loader_is_table(str name) {
    return str_equal(name, STR("order")) || str_equal(name, STR("identity")) || str_equal(name, STR("codes"));
}

static bool wanted(str name) {
    return str_ends(name, STR(".rules")) || str_ends(name, STR(".list")) || loader_is_table(name);
}

static bool read_whole(arena *a, const char *path, str *out) {
    file f;
    buf text = {0};
    if (file_open(&f, path) != FILE_OPEN) return false;
    bool good = file_rest(&f, &text, FILE_MOST) && !f.error;
    file_close(&f);
    *out = arena_copy(a, buf_view(&text));
    buf_free(&text);
    return good;
}

static void add_folder(loader *l, const char *path, str prefix) {
    DIR *dir = opendir(path);
    if (!dir) {
        problem_at(l->p, l->k, (location){NONE, 0, 0}, true, "cannot read the rules folder %s", path);
        return;
    }
    for (struct dirent *item; (item = readdir(dir));) {
        str name = str_of(item->d_name);
        if (name.at[0] == '.') continue;
        str full = arena_format(&l->k->arena, "%s/%s", path, item->d_name);
        str inner = arena_format(&l->k->arena, "%.*s%s", (int)prefix.len, prefix.at, item->d_name);
        str text;
        if (prefix.len == 0 && str_equal(name, STR("lexicon")))
            add_folder(l, full.at, STR("lexicon/"));
        else if (!wanted(name))
            continue;
        else if (read_whole(&l->k->arena, full.at, &text))
            loader_add_file(l, inner, full, text);
        else
            problem_at(l->p, l->k, (location){NONE, 0, 0}, true, "cannot read %s", full.at);
    }
    closedir(dir);
}

void loader_add_folder(loader *l, const char *path) { add_folder(l, path, (str){0}); }

static int by_name(const void *a, const void *b) {
    return str_compare(((const source_file *)a)->name, ((const source_file *)b)->name);
}

static void add_digest(const loader *l, const source_file *f, buf *out) {
    char *digits = buf_room(out, 64);
    const digest *known = NULL;
    for (uint32_t i = 0; i < l->digests.len && !known; i++) {
        if (l->digests.at[i].text == f->text.at && l->digests.at[i].digits.len == 64) known = &l->digests.at[i];
    }
    if (known)
        memcpy(digits, known->digits.at, 64);
    else
        sha256_digits(f->text, digits, 64);
    out->len += 64;
}

/* The pack's hash is that of its files' names and hashes. */
void loader_seal_files(loader *l) {
    pack *k = l->k;
    buf all = {0};
    if (k->files.len) qsort(k->files.at, k->files.len, sizeof *k->files.at, by_name);
    for (uint32_t i = 0; i < k->files.len; i++) {
        buf_format(&all, "%.*s ", (int)k->files.at[i].name.len, k->files.at[i].name.at);
        add_digest(l, &k->files.at[i], &all);
        buf_byte(&all, '\n');
    }
    sha256_hex(buf_view(&all), k->sha256);
    buf_free(&all);
}
