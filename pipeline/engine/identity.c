/* One rule a line: a keyword, then two words, or names between '|'. */
#include "engine/identity.h"

#include "engine/table.h"

static bool letters(str s) {
    for (size_t i = 0; i < s.len; i++) {
        if (s.at[i] < 'a' || s.at[i] > 'z') return false;
    }
    return s.len > 0;
}

static void spell_line(table *x) {
    str whole = x->rest, from = table_word(x), to = table_word(x);
    arena *a = &x->l->k->arena;
    if (!letters(from) || !letters(to) || str_trim(x->rest).len)
        table_complain(x, whole, "`spell` takes two groups of small letters");
    else
        *VEC_PUSH(a, &x->l->k->identity->spell) = (spelling){from, to};
}

/* "Wang Yi (CN)" */
static bool read_who(const table *x, str text, bool bare, person_name *out) {
    str name = text, country = {0};
    if (str_ends(text, STR(")")) && text.len > 5 && text.at[text.len - 4] == '(') {
        country = str_slice(text, text.len - 3, text.len - 1);
        name = str_trim(str_slice(text, 0, text.len - 4));
        for (size_t i = 0; i < 2; i++) {
            if (country.at[i] < 'A' || country.at[i] > 'Z')
                return table_complain(x, country, "a country is two capital letters, as in ISO 3166-1");
        }
    }
    out->name = utf8_plain(&x->l->k->arena, name);
    out->country = country;
    if (!out->name.len) return table_complain(x, text, "a name is missing");
    bool one_word = !memchr(out->name.at, ' ', out->name.len);
    if (bare && (!one_word || country.len)) return table_complain(x, text, "`given` takes names of one word");
    return true;
}

static void names_line(const table *x, bool bare, alike *out) {
    str rest = x->rest, whole = rest;
    bool more = true;
    while (more) {
        str one;
        person_name name;
        more = str_cut(rest, '|', &one, &rest);
        one = str_trim(one);
        if (!one.len) {
            table_complain(x, one.at ? one : whole, "a name is missing");
            return;
        }
        if (!read_who(x, one, bare, &name)) return;
        *VEC_PUSH(&x->l->k->arena, &out->names) = name;
    }
    if (out->names.len < 2) table_complain(x, whole, "two names are needed, with '|' between them");
}

static void read_line(table *x) {
    arena *a = &x->l->k->arena;
    identity_rules *to = x->l->k->identity;
    str key = table_word(x);
    alike read = {0};
    x->rest = str_trim(x->rest);
    if (!x->rest.len) {
        table_complain(x, key, "something is missing after this word");
    } else if (str_equal(key, STR("spell"))) {
        spell_line(x);
    } else if (str_equal(key, STR("given"))) {
        names_line(x, true, &read);
        *VEC_PUSH(a, &to->given) = read;
    } else if (str_equal(key, STR("same"))) {
        names_line(x, false, &read);
        *VEC_PUSH(a, &to->same) = read;
    } else if (str_equal(key, STR("apart"))) {
        names_line(x, false, &read);
        *VEC_PUSH(a, &to->apart) = read;
    } else {
        table_complain(x, key, "a line of this file begins with spell, given, same or apart");
    }
}

void identity_read(loader *l) {
    l->k->identity = ARENA_NEW(&l->k->arena, identity_rules);
    table x = table_of(l, loader_file(l->k, STR("identity")));
    while (table_next(&x)) read_line(&x);
}
