/* The file `order`: one phase a line, STAGE MODE [when-told] NAME FILES, in running order; `own` is where the files run
   that it does not name, else they run last. Builds the rules phase by phase, so that a phase's rules are neighbours in
   the pack. */
#include "engine/loader.h"

static void complain(loader *l, location where, const char *message, str about) {
    problem_at(l->p, l->k, where, true, "%s%.*s", message, (int)about.len, about.at);
}

typedef struct words {
    str line, rest;
    location start;
} words;

static str next_word(words *x, location *where) {
    str word = str_word(&x->rest);
    *where = location_plus(x->start, x->line, (size_t)(word.at - x->line.at));
    return word;
}

static void build_file(loader *l, uint32_t file, uint32_t in_phase) {
    str name = l->k->files.at[file].name, stem = str_slice(name, 0, name.len - STR(".rules").len);
    for (uint32_t i = 0; i < l->rules.len; i++) {
        if (l->rules.at[i].where.file == file) rules_build(l, &l->rules.at[i], in_phase, stem);
    }
}

static void phase_files(loader *l, words *x, uint32_t id, bool *built) {
    location where;
    for (str one; (one = next_word(x, &where)).len;) {
        uint32_t file = loader_file(l->k, one);
        if (file == NONE || !str_ends(one, STR(".rules"))) {
            complain(l, where, "there is no rule file ", one);
        } else if (built[file]) {
            complain(l, where, "this file is in a phase already: ", one);
        } else {
            built[file] = true;
            build_file(l, file, id);
        }
    }
}

static phase *add_phase(loader *l, str name, phase_mode mode, phase_stage stage) {
    phase *p = VEC_PUSH(&l->k->arena, &l->k->phases);
    p->name = name;
    p->mode = mode;
    p->stage = stage;
    p->first_rule = l->k->rules.len;
    return p;
}

static void phase_line(loader *l, words *x, bool *built) {
    location stage_at, mode_at, name_at;
    str stage = next_word(x, &stage_at), mode = next_word(x, &mode_at), name = next_word(x, &name_at);
    bool tag = str_equal(stage, STR("tag")), fold = str_equal(mode, STR("fold"));
    bool when_told = str_equal(name, STR("when-told"));
    if (tag && when_told) complain(l, name_at, "contacts are told in the relate stage: no phase of tag runs ", name);
    if (when_told) name = next_word(x, &name_at);
    pack *k = l->k;
    uint32_t id = k->phases.len;
    if (!tag && !str_equal(stage, STR("relate")))
        complain(l, stage_at, "a phase begins with tag or relate, not ", stage);
    if (!fold && !str_equal(mode, STR("find"))) complain(l, mode_at, "the mode of a phase is fold or find, not ", mode);
    if (!name.len) complain(l, name_at, "the name of the phase is missing", name);
    if (tag && id && k->phases.at[id - 1].stage == STAGE_RELATE)
        complain(l, stage_at, "the phases of tag come before those of relate", STR(""));
    phase *p = add_phase(l, name, fold ? PHASE_FOLD : PHASE_FIND, tag ? STAGE_TAG : STAGE_RELATE);
    p->when_told = when_told;
    phase_files(l, x, id, built);
    p->end_rule = k->rules.len;
}

/* A rule file that `order` does not name, such as an analyst's first one, finds contacts and facts. */
static void phase_of_its_own(loader *l, uint32_t file) {
    pack *k = l->k;
    str name = k->files.at[file].name;
    phase *p = add_phase(l, str_slice(name, 0, name.len - STR(".rules").len), PHASE_FIND, STAGE_RELATE);
    build_file(l, file, k->phases.len - 1);
    p->end_rule = k->rules.len;
}

static bool is_named(const str *order, str file) {
    words x = {.line = *order, .rest = *order};
    location ignored;
    for (str rest = *order; rest.len;) {
        str_cut(rest, '\n', &x.line, &rest);
        x.rest = str_trim(x.line);
        if (x.rest.len && x.rest.at[0] == '#') continue;
        for (str one; (one = next_word(&x, &ignored)).len;) {
            if (str_equal(one, file)) return true;
        }
    }
    return false;
}

/* A built-in file that is not named is left out. */
static void own_files(loader *l, const str *order, bool *built) {
    pack *k = l->k;
    for (uint32_t i = 0; i < k->files.len; i++) {
        const source_file *f = &k->files.at[i];
        bool own = !str_equal(f->path, f->name) && str_ends(f->name, STR(".rules"));
        if (!own || built[i] || is_named(order, f->name)) continue;
        built[i] = true;
        phase_of_its_own(l, i);
    }
}

void order_build(loader *l) {
    pack *k = l->k;
    uint32_t order = loader_file(k, STR("order"));
    bool *built = ARENA_ARRAY(&l->scratch, bool, k->files.len + 1);
    if (order == NONE) {
        complain(l, (location){NONE, 0, 0}, "the rules have no file `order`", STR(""));
        return;
    }
    words x = {.start = {order, 0, 1}};
    str text = k->files.at[order].text;
    for (str rest = text; rest.len;) {
        str_cut(rest, '\n', &x.line, &rest);
        x.start.line++;
        x.rest = str_trim(x.line);
        if (str_equal(x.rest, STR("own")))
            own_files(l, &text, built);
        else if (x.rest.len && x.rest.at[0] != '#')
            phase_line(l, &x, built);
    }
    own_files(l, &text, built);
}
