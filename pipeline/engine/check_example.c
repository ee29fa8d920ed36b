/* Examples: a sentence with bracketed spans, "[person Anna Kaleva] met [person+guest Joon Bok].", goes through all
   earlier phases and its own; the spans are folded before the first. Never links or resolves anything. */
#include <string.h>

#include "engine/checker.h"
#include "stages/stages.h"

enum { SPANS_MOST = 64, SPAN_CLASSES = 8 };

typedef struct marked {
    uint32_t begin, end; /* bytes of the plain text */
    uint32_t classes[SPAN_CLASSES], class_count;
    location where;
} marked;

typedef struct reader {
    checker *c;
    const example *e;
    buf plain;
    marked open[SPANS_MOST], closed[SPANS_MOST]; /* closed: the inner before the outer */
    uint32_t open_count, closed_count;
} reader;

static location location_in(const example *e, size_t byte) {
    location where = e->where;
    where.column += (uint32_t)utf8_count(str_slice(e->text, 0, byte));
    return where;
}

static bool fail(const reader *x, size_t byte, const char *message) {
    problem_at(x->c->p, x->c->k, location_in(x->e, byte), true, "%s", message);
    return false;
}

/* A hyphen at a bracket stands between two tokens, whatever the tokenizer thinks of the words: a zero-width space sees
 * to it. */
static void part_hyphen(reader *x, char before, char after) {
    if (before == '-' || after == '-') buf_add(&x->plain, STR("\xe2\x80\x8b"));
}

static char last_byte(const buf *b) { return b->len ? b->at[b->len - 1] : '\0'; }

/* "[type+class+class " at byte *at */
static bool open_span(reader *x, size_t *at) {
    str text = x->e->text;
    if (x->open_count + x->closed_count >= SPANS_MOST) return fail(x, *at, "too many brackets");
    marked *m = &x->open[x->open_count++];
    *m = (marked){.begin = (uint32_t)x->plain.len, .where = location_in(x->e, *at)};
    do {
        size_t begin = ++*at;
        while (*at < text.len && !strchr(" +]", text.at[*at])) ++*at;
        uint32_t class = pack_class(x->c->k, str_slice(text, begin, *at));
        if (class == NONE)
            return fail(x, begin, "no list, token or mention type is called so; a bracket is written [type text]");
        if (m->class_count < SPAN_CLASSES) m->classes[m->class_count++] = class;
    } while (*at < text.len && text.at[*at] == '+');
    if (*at >= text.len || text.at[*at] != ' ') return fail(x, *at, "a bracket is written [type text]");
    ++*at;
    return true;
}

static bool read_spans(reader *x) {
    str text = x->e->text;
    for (size_t at = 0; at < text.len;) {
        if (text.at[at] == '[') {
            part_hyphen(x, last_byte(&x->plain), '\0');
            if (!open_span(x, &at)) return false;
        } else if (text.at[at] == ']') {
            if (!x->open_count) return fail(x, at, "this bracket was never opened");
            marked m = x->open[--x->open_count];
            m.end = (uint32_t)x->plain.len;
            x->closed[x->closed_count++] = m;
            at++;
            part_hyphen(x, '\0', at < text.len ? text.at[at] : '\0');
        } else {
            buf_byte(&x->plain, text.at[at++]);
        }
    }
    return !x->open_count || fail(x, text.len, "a bracket is never closed");
}

static uint32_t token_at(const document *d, uint32_t byte, bool end) {
    for (uint32_t t = 0; t < d->tokens.len; t++) {
        if ((end ? d->tokens.at[t].end : d->tokens.at[t].begin) == byte) return t;
    }
    return NONE;
}

static bool fold_span(reader *x, document *d, const marked *m) {
    uint32_t first = token_at(d, m->begin, false), last = token_at(d, m->end, true), in = 0;
    while (first != NONE && in < d->sentences.len && d->sentences.at[in].end <= first) in++;
    if (first == NONE || last == NONE || last < first || last >= d->sentences.at[in].end) {
        problem_at(x->c->p, x->c->k, m->where, true, "a bracket must begin and end with a token of one sentence");
        return false;
    }
    *VEC_PUSH(d->arena, &d->mentions) = (mention){.type = m->classes[0],
                                                  .rule = NONE,
                                                  .first = first,
                                                  .end = last + 1,
                                                  .sentence = in,
                                                  .parent = NONE,
                                                  .entity = NONE,
                                                  .classes = worker_class_set(x->c->w, m->classes, m->class_count)};
    worker_fold(x->c->w, d, in, d->mentions.len - 1);
    return true;
}

bool check_document(checker *c, const example *e, document *d) {
    reader x = {.c = c, .e = e};
    *d = (document){.arena = &c->arena, .id = STR("example")};
    bool good = read_spans(&x);
    d->buffer = arena_copy(&c->arena, buf_view(&x.plain));
    buf_free(&x.plain);
    if (!good) return false;
    stage_tokenize(c->w, d);
    for (uint32_t s = 0; s < d->sentences.len; s++) worker_symbols(c->w, d, &d->sentences.at[s]);
    for (uint32_t i = 0; i < x.closed_count && good; i++) good = fold_span(&x, d, &x.closed[i]);
    return good;
}

void check_phases(checker *c, document *d, uint32_t end) {
    for (uint32_t s = 0; s < d->sentences.len; s++) {
        for (uint32_t p = 0; p < end; p++) worker_run_phase(c->w, d, s, p);
    }
}

/* ---- what must have come out */

static const mention *of_rule(const document *d, uint32_t id, const mention *after) {
    for (uint32_t i = after ? (uint32_t)(after - d->mentions.at) + 1 : 0; i < d->mentions.len; i++) {
        if (d->mentions.at[i].rule == id) return &d->mentions.at[i];
    }
    return NULL;
}

/* The n-th value that the mention has for a key: texts of slots, then attributes. */
static bool value_of(const document *d, const mention *m, uint32_t key, uint32_t n, str *out) {
    for (uint32_t i = 0; i < m->slot_count; i++) {
        if (m->slots[i].key == key && n-- == 0)
            return *out = document_tokens(d, m->slots[i].first, m->slots[i].end), true;
    }
    for (uint32_t i = 0; i < m->attribute_count; i++) {
        if (m->attributes[i].key == key && n-- == 0) return *out = m->attributes[i].value, true;
    }
    return false;
}

static str unquoted(str s) {
    s = str_trim(s);
    return s.len >= 2 && s.at[0] == '\'' && s.at[s.len - 1] == '\'' ? str_slice(s, 1, s.len - 1) : s;
}

/* Takes the next "key=value" off. */
static bool next_pair(str *rest, str *key, str *value) {
    str pair;
    *rest = str_trim(*rest);
    if (!rest->len) return false;
    str_cut(*rest, ';', &pair, rest);
    str_cut(pair, '=', key, value);
    *key = str_trim(*key);
    *value = unquoted(*value);
    return true;
}

/* A key that is named twice stands for its first and second value, in the order of the pattern's roles. The first pair
   that does not hold goes to `wrong`; all values of a key that is named must be named. */
static bool holds(checker *c, const document *d, const mention *m, str expect, str *wrong, str *actual) {
    uint32_t *said = ARENA_ARRAY(&c->arena, uint32_t, c->k->keys.len + 1);
    str rest = expect, key, value, more;
    while (next_pair(&rest, &key, &value)) {
        uint32_t id = pack_key(c->k, key);
        *wrong = key;
        *actual = STR("");
        if (id == NONE || !value_of(d, m, id, said[id]++, actual) || !str_equal(*actual, value)) return false;
    }
    for (rest = expect; next_pair(&rest, &key, &value);) {
        uint32_t id = pack_key(c->k, key);
        if (value_of(d, m, id, said[id], &more)) {
            *wrong = key;
            *actual = more;
            return false;
        }
    }
    return true;
}

static void check_expected(checker *c, const document *d, uint32_t id, const example *e) {
    str wrong = {0}, actual = {0}, first_wrong = {0}, first_actual = {0};
    for (const mention *m = NULL; (m = of_rule(d, id, m));) {
        if (holds(c, d, m, e->expect, &wrong, &actual)) return;
        if (!first_wrong.len) first_wrong = wrong, first_actual = actual;
    }
    problem_at(c->p, c->k, e->expect_where, true, "%.*s should be as said; it is \"%.*s\"", (int)first_wrong.len,
               first_wrong.at, (int)first_actual.len, first_actual.at);
}

/* Who won instead: in a fold phase, where one rule takes what another wants. */
static void tell_winner(checker *c, const document *d, uint32_t id, const example *e) {
    const phase *p = &c->k->phases.at[c->k->rules.at[id].phase];
    for (uint32_t i = 0; i < d->mentions.len; i++) {
        const mention *m = &d->mentions.at[i];
        if (p->mode != PHASE_FOLD || m->rule == NONE || m->rule < p->first_rule || m->rule >= p->end_rule) continue;
        str winner = c->k->rules.at[m->rule].name, text = document_tokens(d, m->first, m->end);
        problem_at(c->p, c->k, e->where, true, "this rule must win and does not; %.*s takes \"%.*s\"", (int)winner.len,
                   winner.at, (int)text.len, text.at);
        return;
    }
    problem_at(c->p, c->k, e->where, true, "this rule must match and does not");
}

void check_example(checker *c, uint32_t id, const example *e) {
    document d;
    const rule *r = &c->k->rules.at[id];
    arena_reset(&c->arena);
    if (!check_document(c, e, &d)) return;
    c->watched = id;
    c->matches = 0;
    check_phases(c, &d, r->phase + 1);
    const mention *m = of_rule(&d, id, NULL);
    bool fired = r->type == NONE ? c->matches > 0 : m != NULL;
    if (e->positive && !fired) {
        tell_winner(c, &d, id, e);
    } else if (!e->positive && fired) {
        str text = m ? document_tokens(&d, m->first, m->end) : d.buffer;
        problem_at(c->p, c->k, e->where, true, "this rule must not match; it takes \"%.*s\"", (int)text.len, text.at);
    } else if (e->positive && e->expect.len && m) {
        check_expected(c, &d, id, e);
    }
}
