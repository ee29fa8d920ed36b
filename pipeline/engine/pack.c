/* Loading a pack: gather the files, read all declarations, then build the rules phase by phase in the order that
   `order` gives. What is unknown is an error with its place, never a silent skip. */
#include "engine/pack.h"

#include <stdlib.h>

#include "engine/builtin.h"
#include "engine/codes.h"
#include "engine/identity.h"
#include "engine/image.h"
#include "engine/loader.h"

static const char *const shapes[SHAPE_COUNT] = {"cap",   "upper",   "lower", "number", "ordinal",
                                                "alnum", "initial", "punct", "word"};
static const char *const forms[] = {"vb", "vbz", "vbd", "vbn", "vbg"};

#define KNOWN_NAME(id, name) name,
static const char *const known_classes[] = {KNOWN_CLASSES(KNOWN_NAME)};
static const char *const known_keys[] = {KNOWN_KEYS(KNOWN_NAME)};
#undef KNOWN_NAME

struct pack_names {
    names classes, keys, rules;
};

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
        *VEC_PUSH(&l->scratch, &l->notes) = (class_note){kind, used, where};
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
    loader *l = context;
    reading found[32];
    lexicon_ids ids = lexicon_find(l->k->lexicon, text, utf8_lower(&l->scratch, text));
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
    return tokenize_words(&l->scratch, text, &lore, out, room);
}

static void declare_fixed(loader *l) {
    location nowhere = {NONE, 0, 0};
    for (size_t i = 0; i < SHAPE_COUNT; i++) loader_class(l, str_of(shapes[i]), CLASS_SHAPE, nowhere);
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) loader_class(l, str_of(forms[i]), CLASS_FORM, nowhere);
    for (uint32_t i = 0; i < KEYS_KNOWN; i++) loader_key(l, str_of(known_keys[i]));
}

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
    for (uint32_t i = 0; i < KNOWN_COUNT; i++) { /* the C code does */
        if (l->k->known[i] != NONE) l->notes.at[l->k->known[i]].used = true;
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
        if (!loader_is_table(name)) rules_read_file(l, i);
    }
    list_finish(l);
}

static pack *load(loader *l) {
    pack *k = l->k;
    loader_seal_files(l);
    k->lexicon = lexicon_new(&l->scratch);
    declare_fixed(l);
    read_declarations(l);
    order_build(l);
    identity_read(l);
    codes_read(l);
    for (uint32_t i = 0; i < KNOWN_COUNT; i++) k->known[i] = names_find(&l->classes, str_of(known_classes[i]));
    if (!l->p->errors) warn_unused(l);
    k->lexicon = lexicon_seal(k->lexicon, &k->arena, &k->tables);
    pack_index_facts(k);
    k->names = ARENA_NEW(&k->arena, struct pack_names);
    *k->names = (struct pack_names){.classes = l->classes, .keys = l->keys};
    for (uint32_t i = 0; i < k->rules.len; i++) (void)names_add(&k->arena, &k->names->rules, k->rules.at[i].name);
    arena_free(&l->scratch);
    if (!l->p->errors) return k;
    pack_free(k);
    return NULL;
}

/* The pack is the first thing in its own arena. */
static loader new_loader(arena structures, arena tables, problems *p) {
    pack *k = ARENA_NEW(&structures, pack);
    k->arena = structures;
    k->tables = tables;
    return (loader){.k = k, .p = p};
}

pack *pack_load(const char *const *dirs, size_t dir_count, problems *p) {
    if (!dir_count) return image_load(builtin_image(), p);
    loader l = new_loader((arena){0}, (arena){0}, p);
    loader_add_archive(&l, image_archive(builtin_image()));
    for (size_t i = 0; i < dir_count; i++) loader_add_folder(&l, dirs[i]);
    return load(&l);
}

pack *pack_of_archive(str archive, arena structures, arena tables, problems *p) {
    loader l = new_loader(structures, tables, p);
    loader_add_archive(&l, archive);
    return load(&l);
}

pack *pack_of_files(const source_file *files, uint32_t count, problems *p) {
    loader l = new_loader((arena){0}, (arena){0}, p);
    for (uint32_t i = 0; i < count; i++) loader_add_file(&l, files[i].name, files[i].name, files[i].text);
    return load(&l);
}

void pack_free(pack *k) {
    if (!k) return;
    arena structures = k->arena, tables = k->tables; /* the pack goes with them */
    arena_free(&tables);
    arena_free(&structures);
}

uint32_t pack_class(const pack *k, str name) { return names_find(&k->names->classes, name); }
uint32_t pack_rule(const pack *k, str name) { return names_find(&k->names->rules, name); }
uint32_t pack_key(const pack *k, str name) { return names_find(&k->names->keys, name); }
bool pack_class_is_shape(const pack *k, uint32_t class) { return (void)k, class < SHAPE_COUNT; }
