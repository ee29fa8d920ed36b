/* One line a set of codes: a type, statuses and conditions, a colon, keys with values. */
#include "engine/codes.h"

#include "engine/table.h"

static bool one_of(str word, const char *const *list, size_t count) {
    for (size_t i = 0; i < count; i++) {
        if (str_equal(word, str_of(list[i]))) return true;
    }
    return false;
}
#define ONE_OF(word, list) one_of(word, list, sizeof(list) / sizeof *(list))

static const char *const contacts[] = {"meeting", "call", "visit"};
static const char *const contact_statuses[] = {"occurred", "planned", "proposed", "not_held"};
static const char *const agreement_statuses[] = {"signed", "agreed", "planned", "proposed", "not_held"};
static const char *const roles[] = {"participant", "visitor", "host", "party", "place"};

/* ---- before the colon */

static bool read_says(table *x, event_code *out) {
    str class = table_word(x);
    if (!class.len || str_equal(class, STR(":"))) return table_complain(x, x->text, "`says` takes the name of a list");
    out->says = loader_known_class(x->l, class, table_place(x, class));
    return out->says != NONE;
}

static bool read_head(table *x, event_code *out) {
    bool agreement = str_equal(out->type, STR("agreement"));
    if (!agreement && !ONE_OF(out->type, contacts))
        return table_complain(x, out->type, "a line of this file begins with meeting, call, visit or agreement");
    for (str word; (word = table_word(x)).len && !str_equal(word, STR(":"));) {
        if (agreement ? ONE_OF(word, agreement_statuses) : ONE_OF(word, contact_statuses)) {
            *VEC_PUSH(&x->l->k->arena, &out->statuses) = word;
        } else if (str_equal(word, STR("third-country"))) {
            out->third_country = true;
        } else if (str_equal(word, STR("several-countries"))) {
            out->several_countries = true;
        } else if (!str_equal(word, STR("says"))) {
            return table_complain(x, word, "this is no status of it, and no condition");
        } else if (!read_says(x, out)) {
            return false;
        }
    }
    if (!out->statuses.len) return table_complain(x, out->type, "a status is missing");
    return true;
}

/* ---- after the colon */

static bool read_roles(const table *x, str value, str *out) {
    for (uint32_t i = 0; value.len; i++) {
        str one;
        str_cut(value, ',', &one, &value);
        if (i == CODE_ROLES) return table_complain(x, one, "two roles at the most");
        if (!ONE_OF(one, roles)) return table_complain(x, one, "a role is participant, visitor, host, party or place");
        out[i] = one;
    }
    return true;
}

static bool cameo(str code) {
    for (size_t i = 0; i < code.len; i++) {
        if (code.at[i] < '0' || code.at[i] > '9') return false;
    }
    return code.len >= 2 && code.len <= 4;
}

static bool read_pair(const table *x, str pair, event_code *out) {
    str key, value = {0};
    if (!str_cut(pair, '=', &key, &value) || !value.len)
        return table_complain(x, pair, "after the colon stand KEY=VALUE");
    bool of_cameo = str_equal(key, STR("cameo")) || str_equal(key, STR("linked"));
    if (of_cameo && !cameo(value)) return table_complain(x, value, "a CAMEO code is two to four digits");
    if (str_equal(key, STR("cameo"))) return out->cameo = value, true;
    if (str_equal(key, STR("linked"))) return out->linked = value, true;
    if (str_equal(key, STR("plover"))) return out->plover = value, true;
    if (str_equal(key, STR("mode"))) return out->mode = value, true;
    if (str_equal(key, STR("source"))) return read_roles(x, value, out->source);
    if (str_equal(key, STR("target"))) return read_roles(x, value, out->target);
    return table_complain(x, key, "a key is cameo, linked, plover, mode, source or target");
}

/* ---- the table */

/* A line of the type without conditions takes all that comes after it. */
static bool taken(const code_table *t, const event_code *c, str status) {
    for (uint32_t i = 0; i < t->lines.len; i++) {
        const event_code *before = &t->lines.at[i];
        bool bare = !before->third_country && !before->several_countries && before->says == NONE;
        for (uint32_t k = 0; bare && str_equal(before->type, c->type) && k < before->statuses.len; k++) {
            if (str_equal(before->statuses.at[k], status)) return true;
        }
    }
    return false;
}

static void read_line(table *x, code_table *to) {
    str first = table_word(x);
    event_code c;
    memset(&c, 0, sizeof c); /* the gaps between the fields too */
    c.type = first;
    c.says = NONE;
    if (!read_head(x, &c)) return;
    for (str pair; (pair = table_word(x)).len;) {
        if (!read_pair(x, pair, &c)) return;
    }
    if (!c.cameo.len && !c.plover.len) {
        table_complain(x, first, "a line needs cameo= or plover=, after a colon");
        return;
    }
    for (uint32_t i = 0; i < c.statuses.len; i++) {
        if (taken(to, &c, c.statuses.at[i])) {
            table_complain(x, c.statuses.at[i], "a line above takes all of this status");
            return;
        }
    }
    *VEC_PUSH(&x->l->k->arena, &to->lines) = c;
}

void codes_read(loader *l) {
    l->k->codes = ARENA_NEW(&l->k->arena, code_table);
    table x = table_of(l, loader_file(l->k, STR("codes")));
    while (table_next(&x)) read_line(&x, l->k->codes);
}
