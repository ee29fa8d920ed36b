/* One rule a line: a keyword, then two words, or names between '|'. */
#include "engine/identity.h"

#include "engine/loader.h"

typedef struct line {
    loader *l;
    str text; /* the whole line */
    location start;
} line;

static void complain(const line *x, str at, const char *message) {
    location where = location_plus(x->start, x->text, (size_t)(at.at - x->text.at));
    problem_at(x->l->p, x->l->k, where, true, "%s", message);
}

static str first_word(str *rest) {
    size_t end = 0;
    *rest = str_trim(*rest);
    while (end < rest->len && rest->at[end] != ' ' && rest->at[end] != '\t') end++;
    str word = str_slice(*rest, 0, end);
    *rest = str_trim(str_slice(*rest, end, rest->len));
    return word;
}

static bool letters(str s) {
    for (size_t i = 0; i < s.len; i++) {
        if (s.at[i] < 'a' || s.at[i] > 'z') return false;
    }
    return s.len > 0;
}

static void spell_line(const line *x, str rest) {
    str whole = rest, from = first_word(&rest), to = first_word(&rest);
    arena *a = &x->l->k->arena;
    if (!letters(from) || !letters(to) || rest.len)
        complain(x, whole, "`spell` takes two groups of small letters");
    else
        *VEC_PUSH(a, &x->l->k->identity->spell) = (spelling){from, to};
}

/* "Wang Yi (CN)" */
static bool read_who(const line *x, str text, bool bare, person_name *out) {
    str name = text, country = {0};
    if (str_ends(text, STR(")")) && text.len > 5 && text.at[text.len - 4] == '(') {
        country = str_slice(text, text.len - 3, text.len - 1);
        name = str_trim(str_slice(text, 0, text.len - 4));
        for (size_t i = 0; i < 2; i++) {
            if (country.at[i] < 'A' || country.at[i] > 'Z')
                return complain(x, country, "a country is two capital letters, as in ISO 3166-1"), false;
        }
    }
    out->name = utf8_plain(&x->l->k->arena, name);
    out->country = country;
    if (!out->name.len) return complain(x, text, "a name is missing"), false;
    bool one_word = !memchr(out->name.at, ' ', out->name.len);
    if (bare && (!one_word || country.len)) return complain(x, text, "`given` takes names of one word"), false;
    return true;
}

static void names_line(const line *x, str rest, bool bare, alike *out) {
    str whole = rest;
    bool more = true;
    while (more) {
        str one;
        person_name name;
        more = str_cut(rest, '|', &one, &rest);
        one = str_trim(one);
        if (!one.len) {
            complain(x, one.at ? one : whole, "a name is missing");
            return;
        }
        if (!read_who(x, one, bare, &name)) return;
        *VEC_PUSH(&x->l->k->arena, &out->names) = name;
    }
    if (out->names.len < 2) complain(x, whole, "two names are needed, with '|' between them");
}

static void read_line(const line *x) {
    arena *a = &x->l->k->arena;
    identity_rules *to = x->l->k->identity;
    str rest = x->text, key = first_word(&rest);
    alike read = {0};
    if (!key.len || key.at[0] == '#') return;
    if (!rest.len) {
        complain(x, key, "something is missing after this word");
    } else if (str_equal(key, STR("spell"))) {
        spell_line(x, rest);
    } else if (str_equal(key, STR("given"))) {
        names_line(x, rest, true, &read);
        *VEC_PUSH(a, &to->given) = read;
    } else if (str_equal(key, STR("same"))) {
        names_line(x, rest, false, &read);
        *VEC_PUSH(a, &to->same) = read;
    } else if (str_equal(key, STR("apart"))) {
        names_line(x, rest, false, &read);
        *VEC_PUSH(a, &to->apart) = read;
    } else {
        complain(x, key, "a line of this file begins with spell, given, same or apart");
    }
}

void identity_read(loader *l) {
    uint32_t file = loader_file(l->k, STR("identity"));
    l->k->identity = ARENA_NEW(&l->k->arena, identity_rules);
    if (file == NONE) return;
    line x = {.l = l, .start = {file, 0, 1}};
    for (str rest = l->k->files.at[file].text; rest.len;) {
        str_cut(rest, '\n', &x.text, &rest);
        if (str_ends(x.text, STR("\r"))) x.text.len--;
        x.start.line++;
        read_line(&x);
    }
}
