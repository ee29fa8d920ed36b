/* What a worker learns of symbols changes nothing: one that has met many finds the same as one that has met none. */
#include "unit.h"

#include "engine/runtime.h"

enum { SENTENCES = 600, SYMBOLS = 12, CLASSES_MOST = 6, EACH = 20 };

static uint32_t random_below(uint32_t n) {
    static uint64_t state = 1;
    state = state * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)(state >> 33) % n;
}

/* Some of the classes that an atom of the rules names. */
static uint32_t some_classes(const pack *k, uint32_t *out) {
    const rule *r = &k->rules.at[random_below(k->rules.len)];
    uint32_t count = 0;
    for (uint32_t i = 0; r->atom_count && i < CLASSES_MOST; i++) {
        const expr *e = &r->atoms[random_below(r->atom_count)];
        expr_code code = e->code[random_below(e->len)];
        if (code.op == EXPR_CLASS) out[count++] = code.class;
    }
    return count;
}

typedef struct text { /* symbols by their classes */
    uint32_t classes[SYMBOLS][CLASSES_MOST], count[SYMBOLS];
} text;

static document document_of(worker *w, arena *a, const text *t) {
    document d = {.arena = a};
    sentence *s = VEC_PUSH(a, &d.sentences);
    *s = (sentence){.end = SYMBOLS, .symbols = ARENA_ARRAY(a, symbol, SYMBOLS), .symbol_count = SYMBOLS};
    for (uint32_t i = 0; i < SYMBOLS; i++)
        s->symbols[i] = (symbol){.first = i,
                                 .end = i + 1,
                                 .classes = worker_class_set(w, t->classes[i], t->count[i]),
                                 .readings = NONE,
                                 .mention = NONE};
    return d;
}

static void run_all(worker *w, document *d) {
    for (uint32_t at = 0; at < w->k->phases.len; at++) worker_run_phase(w, d, 0, at);
}

static bool same_mentions(const document *a, const document *b) {
    bool same = a->mentions.len == b->mentions.len;
    for (uint32_t i = 0; same && i < a->mentions.len; i++) {
        const mention *m = &a->mentions.at[i], *n = &b->mentions.at[i];
        same = m->rule == n->rule && m->first == n->first && m->end == n->end && m->slot_count == n->slot_count;
        for (uint32_t j = 0; same && j < m->slot_count; j++)
            same = m->slots[j].first == n->slots[j].first && m->slots[j].end == n->slots[j].end;
    }
    return same;
}

static bool as_if_new(const pack *k, const document *found, const text *t) {
    worker *w = worker_new(k);
    arena a = {0};
    document d = document_of(w, &a, t);
    run_all(w, &d);
    bool same = same_mentions(found, &d);
    arena_free(&a);
    worker_free(w);
    return same;
}

static bool set_has(const void *set, uint32_t class) {
    const class_set *s = set;
    for (uint32_t i = 0; i < s->count; i++) {
        if (s->ids[i] == class) return true;
    }
    return false;
}

/* What is known of a class set: which atoms of a phase hold, one by one. */
static bool as_asked_alone(const worker *w, uint32_t at, uint32_t set) {
    const phase_state *s = &w->phases[at];
    const uint64_t *signature = s->signatures.at[set_line_at(w, set)->units[at] - 1];
    for (uint32_t i = 0; i < s->atoms.len; i++) {
        bool holds = expr_holds(w->atoms.list.at[s->atoms.at[i]].expr, set_has, &w->sets.classes.at[set]);
        if (bits_have(signature, i) != holds) return false;
    }
    return true;
}

static bool atoms_are_right(worker *w) {
    for (uint32_t set = 0; set < w->sets.classes.len; set++) {
        (void)atoms_of_set(w, set);
        for (uint32_t at = 0; at < w->k->phases.len; at++) {
            if (!as_asked_alone(w, at, set)) return false;
        }
    }
    return true;
}

static uint32_t widest_row(const worker *w) {
    uint32_t most = 0;
    for (uint32_t at = 0; at < w->k->phases.len; at++) {
        uint32_t chunks = w->phases[at].automaton.row_chunks;
        most = chunks > most ? chunks : most;
    }
    return most;
}

static uint32_t longest_alphabet(const worker *w) {
    uint32_t most = 0;
    for (uint32_t at = 0; at < w->k->phases.len; at++) {
        for (uint32_t i = 0; i < w->phases[at].automaton.rule_count; i++) {
            uint32_t units = w->phases[at].rules[i].units;
            most = units > most ? units : most;
        }
    }
    return most;
}

static void forget_automata(worker *w) {
    for (uint32_t at = 0; at < w->k->phases.len; at++) w->phases[at].automaton.full = true;
}

static void learn(const pack *k) {
    worker *w = worker_new(k);
    arena a = {0};
    uint32_t before = widest_row(w), wrong = 0, mentions = 0;
    for (uint32_t n = 0; n < SENTENCES; n++) {
        text t;
        for (uint32_t i = 0; i < SYMBOLS; i++) t.count[i] = some_classes(k, t.classes[i]);
        document d = document_of(w, &a, &t);
        if (n == SENTENCES / 2) forget_automata(w);
        run_all(w, &d);
        mentions += d.mentions.len;
        if (n % EACH == 0) wrong += !as_if_new(k, &d, &t);
        arena_reset(&a);
    }
    CHECK("the sentences have something in them", mentions > SENTENCES);
    CHECK("rows were made longer on the way", widest_row(w) > before);
    CHECK("an alphabet is longer than a byte can tell", longest_alphabet(w) > UINT8_MAX);
    CHECK("what was learned finds what would be found without it", wrong == 0);
    CHECK("a symbol is what each atom says of its classes", atoms_are_right(w));
    arena_free(&a);
    worker_free(w);
}

/* Expressions of every make: lists in lists, what is excluded, what is excluded from that. */
static void composed_atoms(void) {
    static const char rules[] =
        "list a : a\nlist b : b\nlist c : c\nlist d : d\nlist e : e\n"
        "rule r\n  match   <a|b> <!a> <!a&!b&c> <a&!(b|c)&d> <!(a&b)> <!(!a|b)&!(c&!d)> <(a&b)|(c&!d)|e> <!!a> "
        "<(a|b)&(c|d)&!e> <!(a&!(b|c&d))|e&!a>\n  emit    x\n  yes     a.\n  no      b.\n";
    const source_file files[] = {{STR("r.rules"), STR("r.rules"), STR(rules)},
                                 {STR("order"), STR("order"), STR("tag fold p r.rules\n")}};
    problems p = {0};
    pack *k = pack_of_files(files, 2, &p);
    CHECK("the rules are good", k != NULL);
    if (!k) return;
    worker *w = worker_new(k);
    for (uint32_t which = 0; which < 32; which++) {
        uint32_t classes[5], count = 0;
        for (uint32_t i = 0; i < 5; i++) {
            if (which >> i & 1) classes[count++] = pack_class(k, (str){&"abcde"[i], 1});
        }
        (void)worker_class_set(w, classes, count);
    }
    CHECK("a composed atom is what it says, for each set of its classes",
          w->sets.classes.len >= 32 && atoms_are_right(w));
    worker_free(w);
    pack_free(k);
    buf_free(&p.text);
}

int main(void) {
    problems p = {0};
    pack *k = pack_load(NULL, 0, &p);
    CHECK("the pack is loaded", k != NULL);
    if (k) learn(k);
    composed_atoms();
    pack_free(k);
    buf_free(&p.text);
    return unit_done();
}
