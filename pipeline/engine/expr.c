/* Boolean expressions over classes: & binds closer than |, ! closest; parentheses; names of classes and aliases. */
#include <string.h>

#include "engine/loader.h"

typedef struct expr_parser {
    loader *l;
    str text;
    size_t at;
    location base;
    const char *stop;
    VEC(expr_code) code;
    int depth;
} expr_parser;

static bool either(expr_parser *x);

static void skip(expr_parser *x) {
    while (x->at < x->text.len && (x->text.at[x->at] == ' ' || x->text.at[x->at] == '\t')) x->at++;
}

static bool fail(expr_parser *x, const char *message) {
    problem_at(x->l->p, x->l->k, location_plus(x->base, x->text, x->at), true, "%s", message);
    return false;
}

static void push(expr_parser *x, expr_op op, uint32_t class) {
    *VEC_PUSH(&x->l->scratch, &x->code) = (expr_code){op, class};
}

/* An alias stands for its own expression, in place. */
static bool expand(expr_parser *x, macro *m) {
    if (m->open) return fail(x, "this class is made of itself");
    if (m->broken) return false;
    m->used = m->open = true;
    expr inner = {0};
    size_t at = 0;
    bool good = expr_parse(x->l, m->text, &at, m->where, "", &inner);
    m->open = false;
    m->broken = !good;
    for (uint32_t i = 0; good && i < inner.len; i++) push(x, inner.code[i].op, inner.code[i].class);
    return good;
}

uint32_t loader_word_class(loader *l, str word) {
    str name = arena_format(&l->scratch, "'%.*s'", (int)word.len, word.at);
    uint32_t known = names_find(&l->classes, name);
    if (known != NONE) return known;
    uint32_t class = loader_class(l, name, CLASS_WORD, (location){NONE, 0, 0});
    lexicon_add(l->k->lexicon, &word, 1, (reading){class, NONE});
    return class;
}

/* 'word', or a sign that cannot be part of a name and means nothing here. */
static bool word(expr_parser *x, size_t *end, str *text) {
    char c = x->at < x->text.len ? x->text.at[x->at] : '\0';
    if (c == '\'') {
        size_t close = x->at + 1;
        while (close < x->text.len && x->text.at[close] != '\'') close++;
        if (close == x->text.len) return false;
        *text = str_slice(x->text, x->at + 1, close);
        return *end = close + 1, true;
    }
    if (!c || !strchr("-,;\"", c)) return false;
    for (*end = x->at; *end < x->text.len && x->text.at[*end] == c; ++*end) {}
    *text = str_slice(x->text, x->at, *end);
    return true;
}

static bool word_or_name(expr_parser *x) {
    size_t begin = x->at, end;
    str text, words[2];
    if (word(x, &end, &text)) {
        if (loader_words(x->l, text, words, 2) != 1) return fail(x, "one word is expected between the quotes");
        x->at = end;
        return push(x, EXPR_CLASS, loader_word_class(x->l, words[0])), true;
    }
    while (x->at < x->text.len && name_char(x->text.at[x->at])) x->at++;
    str name = str_slice(x->text, begin, x->at);
    x->at = begin;
    if (name.len == 0) return fail(x, "the name of a class is missing");
    bool ambiguous;
    macro *m = loader_macro(&x->l->aliases, x->base.file, name, &ambiguous);
    if (ambiguous) return fail(x, "several other files define this class, each in its own way");
    if (m) {
        bool good = expand(x, m);
        return x->at += name.len, good;
    }
    uint32_t class = loader_known_class(x->l, name, location_plus(x->base, x->text, begin));
    x->at += name.len;
    push(x, EXPR_CLASS, class);
    return class != NONE;
}

static bool primary(expr_parser *x) {
    skip(x);
    if (++x->depth > 32) return fail(x, "nested too deeply");
    if (x->at < x->text.len && x->text.at[x->at] == '(') {
        x->at++;
        if (!either(x)) return false;
        skip(x);
        if (x->at >= x->text.len || x->text.at[x->at] != ')') return fail(x, "a closing parenthesis is missing");
        x->at++;
        x->depth--;
        return true;
    }
    x->depth--;
    return word_or_name(x);
}

static bool negation(expr_parser *x) {
    skip(x);
    if (x->at < x->text.len && x->text.at[x->at] == '!') {
        x->at++;
        if (!negation(x)) return false;
        push(x, EXPR_NOT, 0);
        return true;
    }
    return primary(x);
}

static bool chain(expr_parser *x, char sign, expr_op op, bool (*part)(expr_parser *)) {
    if (!part(x)) return false;
    for (skip(x); x->at < x->text.len && x->text.at[x->at] == sign; skip(x)) {
        x->at++;
        if (!part(x)) return false;
        push(x, op, 0);
    }
    return true;
}

static bool both(expr_parser *x) { return chain(x, '&', EXPR_AND, negation); }
static bool either(expr_parser *x) { return chain(x, '|', EXPR_OR, both); }

static bool fits_stack(const expr *e) {
    uint32_t top = 0;
    for (uint32_t i = 0; i < e->len; i++) {
        if (e->code[i].op == EXPR_CLASS && ++top > EXPR_NESTING) return false;
        top -= e->code[i].op == EXPR_AND || e->code[i].op == EXPR_OR;
    }
    return true;
}

bool expr_parse(loader *l, str text, size_t *at, location base, const char *stop, expr *out) {
    expr_parser x = {.l = l, .text = text, .at = *at, .base = base, .stop = stop};
    if (!either(&x)) return false;
    skip(&x);
    bool ended = x.at == text.len ? *stop == 0 : *stop && strchr(stop, text.at[x.at]);
    if (!ended) return fail(&x, "expected & | ) or the end of the expression");
    *at = x.at;
    *out = (expr){x.code.at, x.code.len};
    return fits_stack(out) || fail(&x, "with the classes that it names this is nested too deeply");
}
