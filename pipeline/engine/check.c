/* The checker's round: rule by rule, lint, examples, growth. */
#include "engine/checker.h"
#include "engine/pattern.h"

static void count_matches(void *context, document *d, uint32_t in, uint32_t id, bool triggered, uint32_t matches) {
    checker *c = context;
    (void)d, (void)in, (void)triggered;
    if (id == c->watched) c->matches += matches;
}

static void lint(checker *c, const rule *r) {
    bool yes = false, no = false;
    for (uint32_t i = 0; i < r->example_count; i++) *(r->examples[i].positive ? &yes : &no) = true;
    if (!yes) problem_at(c->p, c->k, r->where, true, "this rule has no example that it must match (yes)");
    if (!no) problem_at(c->p, c->k, r->where, true, "this rule has no example that it must not match (no)");
    need *needs;
    bool triggered = pattern_needs(&c->arena, c->k, r, false, &needs) > 0;
    if (!triggered && !r->always.len)
        problem_at(c->p, c->k, r->where, true,
                   "this rule has no trigger, so it runs on every sentence; if it must, say why: always REASON");
}

enum { MATCH_LIMIT_REACHED = -47 }; /* PCRE2's number */

/* What PCRE2 said against a rule, or a match limit that an example ran into. */
static void tell_troubles(checker *c) {
    size_t count;
    const worker_trouble *t = worker_troubles(c->w, &count);
    for (size_t i = 0; i < count; i++) {
        location where = c->k->rules.at[t[i].rule].where;
        if (t[i].code == MATCH_LIMIT_REACHED)
            problem_at(c->p, c->k, where, true, "the cost of this rule explodes: it reaches the match limit");
        else
            problem_at(c->p, c->k, where, true, "the regular expression of this rule fails with PCRE2's error %d",
                       t[i].code);
    }
}

bool check_pack(const pack *k, const check_options *options, problems *p, check_result *result) {
    checker c = {.k = k, .w = worker_new(k), .p = p};
    worker_trace trace = {count_matches, &c};
    uint32_t before = p->errors;
    worker_set_trace(c.w, &trace);
    for (uint32_t i = 0; i < k->rules.len; i++) {
        const rule *r = &k->rules.at[i];
        lint(&c, r);
        for (uint32_t j = 0; j < r->example_count; j++) check_example(&c, i, &r->examples[j]);
        result->examples += r->example_count;
        result->rules++;
    }
    worker_set_trace(c.w, NULL);
    if (!options->skip_growth) {
        for (uint32_t i = 0; i < k->rules.len; i++) check_growth(&c, i);
    }
    tell_troubles(&c);
    worker_free(c.w);
    arena_free(&c.arena);
    return p->errors == before;
}
