/* One rule file, line by line, into the loader: lists and verbs at once, since words need no order; classes,
   fragments and rules as text, since they may name what a later file declares. */
#include <string.h>

#include "base/utf8.h"
#include "engine/loader.h"
#include "engine/match.h"

typedef struct lines {
    loader *l;
    uint32_t file, number;
    str line;           /* without the line end */
    uint32_t open_list; /* class whose entries follow, or NONE */
    bool in_rule;
} lines;

/* Where a view into the current line stands. */
static location place_of(const lines *x, str part) {
    location start = {x->file, x->number, 1};
    size_t bytes = part.at >= x->line.at && part.at <= x->line.at + x->line.len ? (size_t)(part.at - x->line.at) : 0;
    return location_plus(start, x->line, bytes);
}

static void complain(const lines *x, str part, const char *message) {
    problem_at(x->l->p, x->l->k, place_of(x, part), true, "%s", message);
}

static str take_word(str *rest) {
    *rest = str_trim(*rest);
    size_t end = 0;
    while (end < rest->len && rest->at[end] != ' ' && rest->at[end] != '\t') end++;
    str word = str_slice(*rest, 0, end);
    *rest = str_trim(str_slice(*rest, end, rest->len));
    return word;
}

static void list_line(lines *x, str name, char sign, str rest) {
    uint32_t class = loader_class(x->l, name, CLASS_LIST, place_of(x, name));
    if (sign == ':')
        list_inline(x->l, rest, place_of(x, rest), class, false);
    else if (sign)
        complain(x, name, "a list is written: list NAME : entry | entry, or list NAME and then an entry a line");
    else
        x->open_list = class;
}

static void verb_line(lines *x, str name, char sign, str rest) {
    uint32_t class = loader_class(x->l, name, CLASS_LIST, place_of(x, name));
    if (sign == ':')
        list_inline(x->l, rest, place_of(x, rest), class, true);
    else
        complain(x, name, "verbs are written: verb NAME : base past participle ing | ...");
}

static void token_line(lines *x, str name, char sign, str rest) {
    uint32_t class = loader_class(x->l, name, CLASS_TOKEN, place_of(x, name));
    if (sign != ':' || rest.len < 3 || rest.at[0] != '/' || rest.at[rest.len - 1] != '/') {
        complain(x, rest.len ? rest : name, "a token class is written: token NAME : /regular expression/");
        return;
    }
    char error[MATCH_ERROR];
    size_t error_at = 0;
    str text = str_slice(rest, 1, rest.len - 1);
    token_regex *trial = token_regex_new(text, error, &error_at);
    if (!trial)
        problem_at(x->l->p, x->l->k, location_plus(place_of(x, text), text, error_at <= text.len ? error_at : text.len),
                   true, "%s", error);
    token_regex_free(trial);
    token_pattern *t = VEC_PUSH(&x->l->k->arena, &x->l->k->patterns);
    t->class = class;
    t->regex = text;
    t->where = place_of(x, text);
}

static void macro_line(lines *x, str name, char sign, str rest, bool alias) {
    macro_list *list = alias ? &x->l->aliases : &x->l->fragments;
    if (sign != '=') {
        complain(x, name,
                 alias ? "a class is written: class NAME = expression"
                       : "a fragment is written: define @NAME = pattern");
        return;
    }
    for (uint32_t i = 0; i < list->len; i++) {
        if (list->at[i].where.file == x->file && str_equal(list->at[i].name, name))
            complain(x, name, "this file defines this name already");
    }
    *VEC_PUSH(&x->l->scratch, list) = (macro){.name = name, .text = rest, .where = place_of(x, rest)};
}

static void rule_line(lines *x, str name) {
    *VEC_PUSH(&x->l->scratch, &x->l->rules) = (raw_rule){.name = name, .where = place_of(x, name)};
    x->in_rule = true;
}

/* A directive: keyword, name, then nothing, ":" or "=". Anything else in a block list is an entry. */
static bool directive(lines *x) {
    str rest = x->line, keyword = take_word(&rest), name = take_word(&rest);
    if (str_equal(keyword, STR("define")) && name.len > 1 && name.at[0] == '@') name = str_slice(name, 1, name.len);
    char sign = rest.len ? rest.at[0] : '\0';
    if (!loader_is_name(name) || (sign && sign != ':' && sign != '=')) return false;
    rest = sign ? str_trim(str_slice(rest, 1, rest.len)) : rest;
    bool known = true, was_rule = x->in_rule;
    uint32_t was_open = x->open_list;
    x->in_rule = false;
    x->open_list = NONE;
    if (str_equal(keyword, STR("list")))
        list_line(x, name, sign, rest);
    else if (str_equal(keyword, STR("verb")))
        verb_line(x, name, sign, rest);
    else if (str_equal(keyword, STR("token")))
        token_line(x, name, sign, rest);
    else if (str_equal(keyword, STR("class")))
        macro_line(x, name, sign, rest, true);
    else if (str_equal(keyword, STR("define")))
        macro_line(x, name, sign, rest, false);
    else if (str_equal(keyword, STR("rule")) && !sign)
        rule_line(x, name);
    else
        known = false, x->in_rule = was_rule, x->open_list = was_open;
    return known;
}

/* The types and classes that a rule emits are classes for the rules after it. */
static void declare_emitted(lines *x, str text) {
    str type = take_word(&text);
    if (!str_equal(type, STR("nothing")) && loader_is_name(type))
        loader_class(x->l, type, CLASS_EMITTED, place_of(x, type));
    while (text.len) {
        str word = take_word(&text);
        str name = word.len > 1 && word.at[0] == '+' ? str_slice(word, 1, word.len) : (str){0};
        if (loader_is_name(name)) loader_class(x->l, name, CLASS_EMITTED, place_of(x, name));
    }
}

static void indented(lines *x) {
    str rest = x->line, key = take_word(&rest);
    if (!x->in_rule) {
        complain(x, key, "only the lines of a rule are indented");
        return;
    }
    raw_rule *r = &x->l->rules.at[x->l->rules.len - 1];
    *VEC_PUSH(&x->l->scratch, &r->lines) = (raw_line){key, rest, place_of(x, key), place_of(x, rest)};
    if (str_equal(key, STR("emit"))) declare_emitted(x, rest);
}

void rules_read_file(loader *l, uint32_t file) {
    lines x = {.l = l, .file = file, .open_list = NONE};
    str rest = l->k->files.at[file].text;
    if (utf8_valid_prefix(rest) != rest.len) {
        problem_at(l->p, l->k, (location){file, 1, 1}, true, "this file is not valid UTF-8");
        return;
    }
    while (rest.len) {
        str_cut(rest, '\n', &x.line, &rest);
        x.number++;
        if (str_ends(x.line, STR("\r"))) x.line.len--;
        str text = str_trim(x.line);
        if (!text.len || text.at[0] == '#') continue;
        if (x.line.at[0] == ' ' || x.line.at[0] == '\t')
            indented(&x);
        else if (directive(&x))
            continue;
        else if (x.open_list != NONE)
            list_entry(l, text, place_of(&x, text), x.open_list, true);
        else
            complain(&x, text, "expected list, verb, token, class, define or rule, then a name");
    }
}
