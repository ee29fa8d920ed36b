/* Loading a pack: gather the files, read all declarations, then build the rules phase by phase in the order that
   `order` gives. What is unknown is an error with its place, never a silent skip. */
#include "engine/pack.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/sha256.h"
#include "engine/builtin.h"
#include "engine/codes.h"
#include "engine/identity.h"
#include "engine/loader.h"

enum { FILE_MOST = 64 << 20 };

static const char *const shapes[SHAPE_COUNT] = {"cap",   "upper",   "lower", "number", "ordinal",
                                                "alnum", "initial", "punct", "word"};
static const char *const forms[] = {"vb", "vbz", "vbd", "vbn", "vbg"};

struct pack_names {
    names classes, keys, rules;
};

/* ---- files */

uint32_t loader_file(const pack *k, str name) {
    for (uint32_t i = 0; i < k->files.len; i++) {
        if (str_equal(k->files.at[i].name, name)) return i;
    }
    return NONE;
}

static void add_file(loader *l, str name, str path, str text) {
    uint32_t known = loader_file(l->k, name);
    source_file *f = known == NONE ? VEC_PUSH(&l->k->arena, &l->k->files) : &l->k->files.at[known];
    *f = (source_file){arena_copy(&l->k->arena, name), path,
                       str_starts(text, STR("\xef\xbb\xbf")) ? str_slice(text, 3, text.len) : text};
}

static void add_builtin(loader *l) {
    str rest = builtin_pack();
    while (rest.len > 2 && rest.at[0] == '\f') {
        str line, name, size;
        str_cut(str_slice(rest, 2, rest.len), '\n', &line, &rest);
        str_cut(line, ' ', &name, &size);
        size_t bytes = strtoul(arena_copy(&l->k->arena, size).at, NULL, 10);
        if (bytes >= rest.len) break;
        add_file(l, name, name, str_slice(rest, 0, bytes));
        rest = str_slice(rest, bytes + 1, rest.len);
    }
}

/* Files with lines of their own kind. */
static bool is_table(str name) {
    return str_equal(name, STR("order")) || str_equal(name, STR("identity")) || str_equal(name, STR("codes"));
}

static bool wanted(str name) { return str_ends(name, STR(".rules")) || str_ends(name, STR(".list")) || is_table(name); }

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
            add_file(l, inner, full, text);
        else
            problem_at(l->p, l->k, (location){NONE, 0, 0}, true, "cannot read %s", full.at);
    }
    closedir(dir);
}

static int by_name(const void *a, const void *b) {
    return str_compare(((const source_file *)a)->name, ((const source_file *)b)->name);
}

static void hash_files(loader *l) {
    buf all = {0};
    for (uint32_t i = 0; i < l->k->files.len; i++) {
        buf_format(&all, "%.*s %zu\n", (int)l->k->files.at[i].name.len, l->k->files.at[i].name.at,
                   l->k->files.at[i].text.len);
        buf_add(&all, l->k->files.at[i].text);
    }
    sha256_hex(buf_view(&all), l->k->sha256);
    buf_free(&all);
}

/* ---- names */

bool loader_is_name(str s) {
    size_t i = 0;
    while (i < s.len && name_char(s.at[i])) i++;
    return s.len > 0 && i == s.len && s.at[0] != '-';
}

location location_plus(location base, str text, size_t bytes) {
    base.column += (uint32_t)utf8_count(str_slice(text, 0, bytes));
    return base;
}

uint32_t loader_class(loader *l, str name, class_kind kind, location where) {
    uint32_t before = l->classes.list.len, id = names_add(&l->k->arena, &l->classes, name);
    if (id == before) {
        bool used = kind == CLASS_WORD || kind == CLASS_SHAPE || kind == CLASS_FORM;
        *VEC_PUSH(&l->k->arena, &l->notes) = (class_note){kind, used, where};
        *VEC_PUSH(&l->k->arena, &l->k->classes) = l->classes.list.at[id];
    }
    return id;
}

uint32_t loader_known_class(loader *l, str name, location where) {
    uint32_t id = names_find(&l->classes, name);
    if (id == NONE) {
        problem_at(l->p, l->k, where, true, "no list, verb, token, class or mention type is called \"%.*s\"",
                   (int)name.len, name.at);
        return NONE;
    }
    l->notes.at[id].used = true;
    return id;
}

uint32_t loader_key(loader *l, str name) {
    uint32_t before = l->keys.list.len, id = names_add(&l->k->arena, &l->keys, name);
    if (id == before) *VEC_PUSH(&l->k->arena, &l->k->keys) = l->keys.list.at[id];
    return id;
}

macro *loader_macro(macro_list *list, uint32_t in_file, str name, bool *ambiguous) {
    macro *found = NULL;
    *ambiguous = false;
    for (uint32_t i = 0; i < list->len; i++) {
        macro *m = &list->at[i];
        bool last = m->name.len == name.len && m->name.at[name.len - 1] == name.at[name.len - 1]; /* tells most apart */
        if (!last || !str_equal(m->name, name)) continue;
        if (m->where.file == in_file) return *ambiguous = false, m;
        *ambiguous = found != NULL;
        found = m;
    }
    return *ambiguous ? NULL : found;
}

/* Abbreviations, countries, demonyms and bodies are in the lexicon before any other entry is tokenised. */
static bool lore_is(void *context, str text, token_question question) {
    const loader *l = context;
    reading found[32];
    lexicon_ids ids = lexicon_find(l->k->lexicon, text, utf8_lower(&l->k->arena, text));
    uint32_t count = lexicon_readings(l->k->lexicon, ids, found, 32);
    for (uint32_t i = 0; i < count; i++) {
        uint32_t c = found[i].class;
        if (question == ASK_ABBREVIATION ? c == l->abbreviation : c == l->country || c == l->demonym || c == l->body)
            return true;
    }
    return false;
}

token_lore loader_lore(loader *l) { return (token_lore){lore_is, l}; }

uint32_t loader_words(loader *l, str text, str *out, uint32_t room) {
    token_lore lore = loader_lore(l);
    return tokenize_words(&l->k->arena, text, &lore, out, room);
}

static void declare_fixed(loader *l) {
    location nowhere = {NONE, 0, 0};
    for (size_t i = 0; i < SHAPE_COUNT; i++) loader_class(l, str_of(shapes[i]), CLASS_SHAPE, nowhere);
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) loader_class(l, str_of(forms[i]), CLASS_FORM, nowhere);
}

/* What the C code asks for by name counts as used, whatever the rules do. */
static const char *const built_in_uses[] = {
    "abbreviation", "sentence-starter", "country",      "demonym",   "body",      "given-name",       "family-name",
    "anaphoric",    "to-come",          "looks-ahead",  "past-verb", "scheduled", "past-form",        "home-source",
    "intends",      "intended",         "arranged",     "defers",    "happened",  "after-participle", "may-come",
    "sensed",       "under-way",        "topic-within", "compares"};

/* What no rule uses is read all the same: its errors would come up with its first use. */
static void check_unused_macros(loader *l) {
    for (uint32_t i = 0; i < l->aliases.len; i++) {
        macro *m = &l->aliases.at[i];
        expr e;
        size_t at = 0;
        if (m->used) continue;
        problem_at(l->p, l->k, m->where, false, "no rule uses this class");
        m->open = true;
        expr_parse(l, m->text, &at, m->where, "", &e);
        m->open = false;
    }
    for (uint32_t i = 0; i < l->fragments.len; i++) {
        macro *m = &l->fragments.at[i];
        rule r = {0};
        if (m->used) continue;
        problem_at(l->p, l->k, m->where, false, "no rule uses this fragment");
        m->open = true;
        pattern_build(l, &r, m->text, m->where);
        m->open = false;
    }
}

static void warn_unused(loader *l) {
    for (size_t i = 0; i < sizeof built_in_uses / sizeof *built_in_uses; i++) {
        uint32_t id = names_find(&l->classes, str_of(built_in_uses[i]));
        if (id != NONE) l->notes.at[id].used = true;
    }
    check_unused_macros(l);
    for (uint32_t i = 0; i < l->notes.len; i++) {
        const class_note *n = &l->notes.at[i];
        if (!n->used && n->kind != CLASS_EMITTED) problem_at(l->p, l->k, n->where, false, "no rule uses this list");
    }
}

static void read_declarations(loader *l) {
    for (uint32_t i = 0; i < l->k->files.len; i++) {
        str name = l->k->files.at[i].name;
        if (!is_table(name)) rules_read_file(l, i);
    }
    list_finish(l);
}

static pack *load(loader *l) {
    pack *k = l->k;
    if (k->files.len) qsort(k->files.at, k->files.len, sizeof *k->files.at, by_name);
    hash_files(l);
    k->lexicon = lexicon_new(&k->arena);
    declare_fixed(l);
    read_declarations(l);
    order_build(l);
    identity_read(l);
    codes_read(l);
    if (!l->p->errors) warn_unused(l);
    pack_index_facts(k);
    k->names = ARENA_NEW(&k->arena, struct pack_names);
    *k->names = (struct pack_names){.classes = l->classes, .keys = l->keys};
    for (uint32_t i = 0; i < k->rules.len; i++) (void)names_add(&k->arena, &k->names->rules, k->rules.at[i].name);
    if (!l->p->errors) return k;
    pack_free(k);
    return NULL;
}

static loader new_loader(problems *p) {
    pack *k = calloc(1, sizeof *k);
    if (!k) abort();
    return (loader){.k = k, .p = p};
}

pack *pack_load(const char *const *dirs, size_t dir_count, problems *p) {
    loader l = new_loader(p);
    add_builtin(&l);
    for (size_t i = 0; i < dir_count; i++) add_folder(&l, dirs[i], (str){0});
    return load(&l);
}

pack *pack_of_files(const source_file *files, uint32_t count, problems *p) {
    loader l = new_loader(p);
    for (uint32_t i = 0; i < count; i++) add_file(&l, files[i].name, files[i].name, files[i].text);
    return load(&l);
}

void pack_free(pack *k) {
    if (!k) return;
    arena_free(&k->arena);
    free(k);
}

uint32_t pack_class(const pack *k, str name) { return names_find(&k->names->classes, name); }
uint32_t pack_rule(const pack *k, str name) { return names_find(&k->names->rules, name); }
uint32_t pack_key(const pack *k, str name) { return names_find(&k->names->keys, name); }
bool pack_class_is_shape(const pack *k, uint32_t class) { return (void)k, class < SHAPE_COUNT; }
