/* Patterns: recursive descent over the author's line; every complaint points at the author's own column, also
   inside a fragment. What PCRE2 could do and a rule may not (callouts, recursion, back references, verbs) has no
   syntax here, so it cannot be written. */
#include "engine/pattern.h"

#include <stdlib.h>
#include <string.h>

#include "engine/loader.h"

enum { PATTERN_BYTES = 4096, PATTERN_NESTING = 32 };

typedef VEC(expr) expr_list;
typedef VEC(str) str_list;

typedef struct pattern_parser {
    loader *l;
    rule *r;
    str text;
    size_t at;
    location base;
    size_t told; /* byte of the last place that was asked for: the next one is mostly behind it */
    location told_place;
    int depth;
    size_t *bytes; /* of the whole pattern, fragments expanded */
    expr_list *atoms;
    str_list *roles;
} pattern_parser;

typedef VEC(node *) node_list;

static node *choice(pattern_parser *x);

static node *fail(const pattern_parser *x, size_t at, const char *message) {
    problem_at(x->l->p, x->l->k, location_plus(x->base, x->text, at), true, "%s", message);
    return NULL;
}

static char peek(const pattern_parser *x) { return x->at < x->text.len ? x->text.at[x->at] : '\0'; }

static void skip(pattern_parser *x) {
    while (peek(x) == ' ' || peek(x) == '\t') x->at++;
}

static location place_at(pattern_parser *x, size_t at) {
    if (at < x->told || !x->told_place.line) x->told = 0, x->told_place = x->base;
    x->told_place = location_plus(x->told_place, str_slice(x->text, x->told, x->text.len), at - x->told);
    x->told = at;
    return x->told_place;
}

static node *make(pattern_parser *x, node_kind kind, size_t at) {
    node *n = ARENA_NEW(&x->l->k->arena, node);
    n->kind = kind;
    n->role = NONE;
    n->where = place_at(x, at);
    return n;
}

static node *parent(pattern_parser *x, node_kind kind, size_t at, const node_list *children) {
    node *n = make(x, kind, at);
    n->children = arena_keep(&x->l->k->arena, children->at, children->len * sizeof *n->children);
    n->child_count = children->len;
    return n;
}

static node *wrap(pattern_parser *x, node_kind kind, size_t at, node *child) {
    node *n = make(x, kind, at);
    n->children = ARENA_ARRAY(&x->l->k->arena, node *, 1);
    n->children[0] = child;
    n->child_count = 1;
    return n;
}

static uint32_t role_id(pattern_parser *x, str name) {
    for (uint32_t i = 0; i < x->roles->len; i++) {
        if (str_equal(x->roles->at[i], name)) return i;
    }
    *VEC_PUSH(&x->l->scratch, x->roles) = arena_copy(&x->l->k->arena, name); /* a NUL follows, for who compiles it */
    return x->roles->len - 1;
}

static bool same_expr(const expr *a, const expr *b) {
    if (a->len != b->len) return false;
    for (uint32_t i = 0; i < a->len; i++) {
        if (a->code[i].op != b->code[i].op || a->code[i].class != b->code[i].class) return false;
    }
    return true;
}

static node *atom(pattern_parser *x, size_t at, expr e) {
    node *n = make(x, NODE_ATOM, at);
    while (n->atom < x->atoms->len && !same_expr(&x->atoms->at[n->atom], &e)) n->atom++;
    if (n->atom < x->atoms->len) return n;
    expr *kept = VEC_PUSH(&x->l->scratch, x->atoms); /* field by field: the gap behind them stays as it is, zero */
    kept->code = arena_keep(&x->l->k->arena, e.code, e.len * sizeof *e.code);
    kept->len = e.len;
    return n;
}

static bool letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

static str name_here(pattern_parser *x) {
    size_t begin = x->at;
    while (name_char(peek(x))) x->at++;
    return str_slice(x->text, begin, x->at);
}

/* <expr> or <expr:role> */
static node *symbol_item(pattern_parser *x) {
    size_t begin = x->at++;
    expr e;
    if (!expr_parse(x->l, x->text, &x->at, x->base, ":>", &e)) return NULL;
    node *n = atom(x, begin, e);
    if (peek(x) == ':') {
        x->at++;
        str name = name_here(x);
        if (!name.len) return fail(x, x->at, "the name of the role is missing");
        n = wrap(x, NODE_GROUP, begin, n);
        n->role = role_id(x, name);
    }
    if (peek(x) != '>') return fail(x, x->at, "expected > here");
    x->at++;
    return n;
}

static node *word_atom(pattern_parser *x, size_t at, str word) {
    expr_code code = {EXPR_CLASS, loader_word_class(x->l, word)};
    return atom(x, at, (expr){&code, 1});
}

static bool is_abbreviation(pattern_parser *x, str word) {
    token_lore lore = loader_lore(x->l);
    return (word.len == 2 && letter(word.at[0])) || lore.is(lore.context, word, ASK_ABBREVIATION);
}

/* A full stop belongs to the word when a letter or digit follows, or it is an abbreviation's ("U.S.", "J.", "Jan."). */
static bool stop_of_word(pattern_parser *x, str so_far) {
    char next = x->at + 1 < x->text.len ? x->text.at[x->at + 1] : '\0';
    if (letter(next) || (next >= '0' && next <= '9')) return true;
    str dotted = arena_format(&x->l->scratch, "%.*s.", (int)so_far.len, so_far.at);
    bool inner = so_far.len && memchr(so_far.at, '.', so_far.len);
    return inner || is_abbreviation(x, dotted);
}

static bool ends_word(pattern_parser *x, str so_far, char c) {
    if (c == '.') return !so_far.len || !stop_of_word(x, so_far);
    return strchr(so_far.len ? " \t()|?*+{}[]<>@\\^$,;:\"" : " \t()|?*+{}[]<>@\\^$", c) != NULL;
}

/* The author's spelling of a word, backslashes removed, up to what cannot belong to it. */
static str spelling(pattern_parser *x, char *room, size_t most) {
    size_t len = 0;
    while (len < most && x->at < x->text.len) {
        char c = peek(x);
        if (c == '\\' && x->at + 1 < x->text.len) {
            char next = x->text.at[x->at + 1];
            if (letter(next) || (next >= '0' && next <= '9') || (unsigned char)next >= 0x80) break;
            x->at++;
        } else if (ends_word(x, (str){room, len}, c)) {
            break;
        }
        room[len++] = x->text.at[x->at++];
        if (len == 1 && strchr(",;:\"", room[0])) break;
    }
    return (str){room, len};
}

/* A bare word: a class of its own, which the lexicon gives to that word. What is cut into several tokens is several
   symbols, in a group so that it repeats as a whole. */
static node *word_item(pattern_parser *x) {
    char room[256];
    str words[16];
    size_t begin = x->at;
    str spelt = spelling(x, room, sizeof room);
    if (!spelt.len || spelt.len == sizeof room)
        return fail(x, x->at, "expected a word, <class>, a group or . here; signs are written with \\ before them");
    if (peek(x) == '.') return fail(x, x->at, "a full stop is written \\. and any symbol is a . that stands alone");
    uint32_t count = loader_words(x->l, arena_copy(&x->l->scratch, spelt), words, 16);
    if (count == 1) return word_atom(x, begin, words[0]);
    node_list items = {0};
    for (uint32_t i = 0; i < count; i++) *VEC_PUSH(&x->l->scratch, &items) = word_atom(x, begin, words[i]);
    return wrap(x, NODE_GROUP, begin, parent(x, NODE_SEQUENCE, begin, &items));
}

/* @name: the fragment's own text, parsed in its own place. */
static node *fragment_item(pattern_parser *x) {
    size_t begin = x->at++;
    str name = name_here(x);
    bool ambiguous;
    macro *m = loader_macro(&x->l->fragments, x->base.file, name, &ambiguous);
    if (ambiguous) return fail(x, begin, "several other files define this fragment, each in its own way");
    if (!m) return fail(x, begin, "no fragment of this name is defined");
    if (m->open) return fail(x, begin, "this fragment is made of itself");
    if (m->broken) return NULL;
    *x->bytes += m->text.len;
    if (*x->bytes > PATTERN_BYTES) return fail(x, begin, "with its fragments the pattern is longer than 4 KiB");
    m->used = m->open = true;
    pattern_parser inner = *x;
    if (++inner.depth > PATTERN_NESTING) return fail(x, begin, "nested too deeply");
    inner.text = m->text;
    inner.at = 0;
    inner.base = m->where;
    node *n = choice(&inner);
    if (n && inner.at < inner.text.len) n = fail(&inner, inner.at, "an opening parenthesis is missing");
    m->open = false;
    m->broken = !n;
    return n ? wrap(x, NODE_GROUP, begin, n) : NULL;
}

static const char *const openings[] = {"(?=", "(?!", "(?<=", "(?<!", "(?>", "(?:"};

static node *group_item(pattern_parser *x) {
    size_t begin = x->at;
    const char *opening = NULL;
    str rest = str_slice(x->text, begin, x->text.len), name = {0};
    for (size_t i = 0; i < sizeof openings / sizeof *openings; i++) {
        if (str_starts(rest, str_of(openings[i]))) opening = openings[i];
    }
    if (opening) {
        x->at += strlen(opening);
    } else if (str_starts(rest, STR("(?<"))) {
        x->at += 3;
        name = name_here(x);
        if (!name.len || peek(x) != '>') return fail(x, x->at, "expected a role's name and > here");
        x->at++;
    } else if (str_starts(rest, STR("(?")) || str_starts(rest, STR("(*"))) {
        return fail(x, begin + 1, "rules know (?: (?= (?! (?<= (?<! (?> and (?<role> only");
    } else {
        x->at++;
    }
    uint32_t id = name.len ? role_id(x, name) : NONE;
    if (++x->depth > PATTERN_NESTING) return fail(x, begin, "nested too deeply");
    node *inner = choice(x);
    x->depth--;
    if (!inner) return NULL;
    if (peek(x) != ')') return fail(x, begin, "this parenthesis is never closed");
    x->at++;
    bool look = opening && strcmp(opening, "(?:") != 0;
    node *n = wrap(x, look ? NODE_LOOK : NODE_GROUP, begin, inner);
    if (look) stpcpy(n->opening, opening);
    n->role = id;
    return n;
}

static node *item(pattern_parser *x) {
    size_t begin = x->at;
    switch (peek(x)) {
    case '<': return symbol_item(x);
    case '@': return fragment_item(x);
    case '(': return group_item(x);
    case '.': return x->at++, make(x, NODE_ANY, begin);
    case '^': return x->at++, make(x, NODE_START, begin);
    case '$': return x->at++, make(x, NODE_END, begin);
    case '?':
    case '*':
    case '+':
    case '{':
    case '}':
    case '>': return fail(x, begin, "nothing stands before this to repeat; a sign is written with \\ before it");
    default: return word_item(x);
    }
}

static bool number_here(pattern_parser *x, uint32_t *out) {
    size_t begin = x->at;
    uint32_t n = 0;
    while (peek(x) >= '0' && peek(x) <= '9' && n < 1000) n = n * 10 + (uint32_t)(x->text.at[x->at++] - '0');
    *out = n;
    return x->at > begin;
}

static bool braces(pattern_parser *x, uint32_t *min, uint32_t *max) {
    size_t begin = x->at++;
    bool low = number_here(x, min), high = true;
    *max = *min;
    if (peek(x) == ',') {
        x->at++;
        high = number_here(x, max);
        if (!high) *max = NONE;
    }
    if (!low || peek(x) != '}' || *max < *min || (*max != NONE && *max > 512)) {
        fail(x, begin, "expected {n}, {n,m} or {n,} with n <= m <= 512");
        return false;
    }
    x->at++;
    return true;
}

static node *repeated(pattern_parser *x, node *what) {
    while (x->at < x->text.len && strchr("?*+{", peek(x))) {
        size_t begin = x->at;
        uint32_t min = 0, max = NONE;
        char sign = peek(x);
        if (sign == '{') {
            if (!braces(x, &min, &max)) return NULL;
        } else {
            x->at++;
            min = sign == '+';
            max = sign == '?' ? 1 : NONE;
        }
        if (what->kind == NODE_REPEAT) return fail(x, begin, "this repeats already");
        if (what->kind == NODE_START || what->kind == NODE_END ||
            (what->kind == NODE_LOOK && strcmp(what->opening, "(?>") != 0))
            return fail(x, begin, "this takes up no symbol, so it cannot repeat");
        what = wrap(x, NODE_REPEAT, begin, what);
        what->min = min;
        what->max = max;
        if (peek(x) == '?' || peek(x) == '+') what->suffix = x->text.at[x->at++];
    }
    return what;
}

static node *sequence(pattern_parser *x) {
    size_t begin = x->at;
    node_list items = {0};
    for (skip(x); x->at < x->text.len && peek(x) != '|' && peek(x) != ')'; skip(x)) {
        node *n = item(x);
        if (n) n = repeated(x, n);
        if (!n) return NULL;
        *VEC_PUSH(&x->l->scratch, &items) = n;
    }
    return items.len == 1 ? items.at[0] : parent(x, NODE_SEQUENCE, begin, &items);
}

static node *choice(pattern_parser *x) {
    size_t begin = x->at;
    node_list branches = {0};
    for (;;) {
        node *n = sequence(x);
        if (!n) return NULL;
        *VEC_PUSH(&x->l->scratch, &branches) = n;
        if (peek(x) != '|') break;
        x->at++;
    }
    return branches.len == 1 ? branches.at[0] : parent(x, NODE_CHOICE, begin, &branches);
}

bool pattern_build(loader *l, rule *r, str text, location where) {
    expr_list atoms = {0};
    str_list roles = {0};
    pattern_parser x = {.l = l, .r = r, .text = text, .base = where, .atoms = &atoms, .roles = &roles};
    size_t bytes = text.len;
    x.bytes = &bytes;
    if (!text.len) return fail(&x, 0, "the pattern is empty") != NULL;
    if (text.len > PATTERN_BYTES) return fail(&x, 0, "the pattern is longer than 4 KiB") != NULL;
    node *n = choice(&x);
    if (n && x.at < text.len) n = fail(&x, x.at, "an opening parenthesis is missing");
    r->pattern = n;
    r->atoms = arena_keep(&l->k->arena, atoms.at, atoms.len * sizeof *atoms.at);
    r->atom_count = atoms.len;
    r->roles = arena_keep(&l->k->arena, roles.at, roles.len * sizeof *roles.at);
    r->role_count = roles.len;
    return n && pattern_check(l, n);
}
