/* Atoms whose lists became groups against the atoms as they were written. */
#include "unit.h"

#include <string.h>

#include "engine/runtime.h"

static const char rules[] = "list a : one\nlist b : two\nlist c : three\nlist d : four\nlist e : five\nlist f : six\n"
                            "rule r\n  match   <a> met\n  emit    x\n  yes     one met.\n  no      two met.\n";

static uint32_t state = 1;
static uint32_t chance(uint32_t below) {
    state = state * 1664525 + 1013904223;
    return (state >> 8) % below;
}

/* A random expression of the given depth, in postfix order. */
static void grow(expr *e, uint32_t depth, uint32_t classes) {
    uint32_t kind = depth ? chance(7) : 0;
    if (kind == 0) {
        e->code[e->len++] = (expr_code){EXPR_CLASS, chance(classes)};
        return;
    }
    grow(e, depth - 1, classes);
    if (kind > 1) grow(e, depth - 1, classes);
    e->code[e->len++] = (expr_code){kind == 1 ? EXPR_NOT : kind < 4 ? EXPR_AND : EXPR_OR, 0};
}

static bool has_bit(const void *bits, uint32_t class) { return bits_have(bits, class); }

static bool has_class(const void *set, uint32_t class) {
    const class_set *s = set;
    for (uint32_t i = 0; i < s->count; i++) {
        if (s->ids[i] == class) return true;
    }
    return false;
}

static bool same_for_all(worker *w) {
    for (int round = 0; round < 3000; round++) {
        expr_code code[128];
        expr e = {code, 0}, quick = {0};
        uint32_t classes = w->k->classes.len;
        grow(&e, 5, classes);
        for (int turn = 0; turn < 8; turn++) {
            uint32_t ids[] = {chance(classes), chance(classes), chance(classes)};
            const class_set s = {ids, chance(4), 0};
            const uint64_t *asked = groups_ask(w, &s);
            if (!quick.len) quick = groups_in(w, &e); /* some groups are new while a set is asked */
            bool same = expr_holds(&e, has_class, &s) == expr_holds(&quick, has_bit, asked);
            groups_forget(w, &s);
            if (!same || quick.len > e.len) return false;
        }
    }
    return true;
}

int main(void) {
    problems p = {0};
    const source_file files[] = {{STR("r.rules"), STR("r.rules"), STR(rules)},
                                 {STR("order"), STR("order"), STR("tag fold p r.rules\n")}};
    pack *k = pack_of_files(files, 2, &p);
    CHECK("pack", k != NULL);
    if (!k) printf("%.*s\n", (int)p.text.len, p.text.at);
    if (!k) return unit_done();
    worker *w = worker_new(k);
    CHECK("an atom holds with groups where it holds without", same_for_all(w));
    worker_free(w);
    pack_free(k);
    buf_free(&p.text);
    return unit_done();
}
