/* A rule's lines into the pack: pattern, what it emits, examples. */
#include <string.h>

#include "engine/loader.h"

typedef struct builder {
    loader *l;
    rule r;
    VEC(emit_item) emits;
    VEC(example) examples;
} builder;

static void complain(const builder *b, location where, const char *message, str about) {
    problem_at(b->l->p, b->l->k, where, true, "%s%s%.*s", message, about.len ? ": " : "", (int)about.len, about.at);
}

static uint32_t role_of(const builder *b, str name) {
    for (uint32_t i = 0; i < b->r.role_count; i++) {
        if (str_equal(b->r.roles[i], name)) return i;
    }
    return NONE;
}

static bool refuse(const builder *b, location where, const char *message, str about) {
    complain(b, where, message, about);
    return false;
}

/* key=role, key='text', carry=role, +class */
static bool emit_one(builder *b, str item, location where) {
    str key, value;
    emit_item *out = VEC_PUSH(&b->l->k->arena, &b->emits);
    out->key = out->role = NONE;
    if (item.at[0] == '+') {
        str name = str_slice(item, 1, item.len);
        if (!loader_is_name(name))
            return refuse(b, location_plus(where, item, 1), "a class is expected after +", STR(""));
        out->kind = EMIT_CLASS;
        out->key = loader_class(b->l, name, CLASS_EMITTED, where);
    } else if (!str_cut(item, '=', &key, &value) || !loader_is_name(key) || !value.len) {
        return refuse(b, where, "expected key=role, key='text', carry=role or +class", STR(""));
    } else if (value.at[0] == '\'') {
        if (value.len < 2 || value.at[value.len - 1] != '\'')
            return refuse(b, where, "the closing quote is missing", STR(""));
        out->kind = EMIT_LITERAL;
        out->key = loader_key(b->l, key);
        out->literal = str_slice(value, 1, value.len - 1);
    } else {
        out->kind = str_equal(key, STR("carry")) ? EMIT_CARRY : EMIT_SLOT;
        out->key = loader_key(b->l, key);
        out->role = role_of(b, value);
        if (out->role == NONE)
            return refuse(b, location_plus(where, item, key.len + 1), "the pattern has no role of this name", value);
    }
    return true;
}

/* Up to the next blank that is not within quotes. */
static str take_item(str *rest) {
    size_t end = 0;
    bool quoted = false;
    *rest = str_trim(*rest);
    for (; end < rest->len && (quoted || (rest->at[end] != ' ' && rest->at[end] != '\t')); end++)
        quoted ^= rest->at[end] == '\'';
    str item = str_slice(*rest, 0, end);
    *rest = str_slice(*rest, end, rest->len);
    return item;
}

static bool emit_type(builder *b, str name, location where) {
    if (str_equal(name, STR("nothing"))) return true;
    if (!loader_is_name(name)) return refuse(b, where, "emit needs a type, or nothing", STR(""));
    b->r.type = loader_class(b->l, name, CLASS_EMITTED, where);
    return true;
}

static void emit_line(builder *b, str text, location where) {
    str rest = text, item = take_item(&rest);
    bool good = emit_type(b, item, where);
    while (good && rest.len) {
        item = take_item(&rest);
        good = emit_one(b, item, location_plus(where, text, (size_t)(item.at - text.at)));
    }
}

static void arrow(builder *b, const raw_line *line) {
    example *last = b->examples.len ? &b->examples.at[b->examples.len - 1] : NULL;
    if (!last || !last->positive || last->expect.len)
        complain(b, line->where, "-> follows the yes that it belongs to", STR(""));
    else
        last->expect = line->text, last->expect_where = line->text_where;
}

static void add_example(builder *b, const raw_line *line, bool positive) {
    example *e = VEC_PUSH(&b->l->k->arena, &b->examples);
    e->positive = positive;
    e->text = line->text;
    e->where = line->text_where;
}

static void take_line(builder *b, const raw_line *line) {
    str key = line->key;
    bool yes = str_equal(key, STR("yes")), no = str_equal(key, STR("no"));
    if (str_equal(key, STR("match")) || str_equal(key, STR("emit"))) return; /* read first: the others need them */
    if (yes || no)
        add_example(b, line, yes);
    else if (str_equal(key, STR("->")))
        arrow(b, line);
    else if (str_equal(key, STR("why")))
        b->r.why = line->text;
    else if (str_equal(key, STR("always")))
        b->r.always = line->text;
    else
        complain(b, line->where, "a rule has match, emit, yes, ->, no, always and why; not", key);
}

static const raw_line *only(builder *b, const raw_rule *raw, const char *key) {
    const raw_line *found = NULL;
    for (uint32_t i = 0; i < raw->lines.len; i++) {
        if (!str_equal(raw->lines.at[i].key, str_of(key))) continue;
        if (found) complain(b, raw->lines.at[i].where, "a rule has one line", str_of(key));
        found = &raw->lines.at[i];
    }
    if (!found) complain(b, raw->where, "this rule lacks the line", str_of(key));
    return found;
}

void rules_build(loader *l, const raw_rule *raw, uint32_t in_phase, str stem) {
    builder b;
    memset(&b, 0, sizeof b); /* the gaps between the rule's fields too */
    b.l = l;
    b.r.name = arena_format(&l->k->arena, "%.*s/%.*s", (int)stem.len, stem.at, (int)raw->name.len, raw->name.at);
    b.r.where = raw->where;
    b.r.phase = in_phase;
    b.r.type = NONE;
    const raw_line *match = only(&b, raw, "match"), *emit = only(&b, raw, "emit");
    if (!match || !emit || !pattern_build(l, &b.r, match->text, match->text_where)) return;
    emit_line(&b, emit->text, emit->text_where);
    for (uint32_t i = 0; i < raw->lines.len; i++) take_line(&b, &raw->lines.at[i]);
    b.r.emits = b.emits.at;
    b.r.emit_count = b.emits.len;
    b.r.examples = b.examples.at;
    b.r.example_count = b.examples.len;
    for (uint32_t i = 0; i < l->k->rules.len; i++) {
        if (str_equal(l->k->rules.at[i].name, b.r.name))
            complain(&b, raw->where, "this name is taken in the file", raw->name);
    }
    *VEC_PUSH(&l->k->arena, &l->k->rules) = b.r;
}
