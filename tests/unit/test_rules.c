/* Rule files: what is refused, and where the caret stands. */
#include "unit.h"

#include <string.h>

#include "engine/check.h"

#define RULE(match, emit) "rule r\n  match   " match "\n  emit    " emit "\n  yes     a met bo.\n  no      c.\n"
#define ORDER             "tag fold p r.rules\n"

static pack *load(const char *rules, const char *list, const char *order, problems *p) {
    const source_file files[] = {{STR("r.rules"), STR("r.rules"), str_of(rules)},
                                 {STR("l.list"), STR("l.list"), str_of(list)},
                                 {STR("order"), STR("order"), str_of(order)}};
    return pack_of_files(files, 3, p);
}

/* The rules are refused, and the messages begin with `want`. */
static bool refused_with(const char *rules, const char *order, const char *want) {
    problems p = {0};
    pack *k = load(rules, "", order, &p);
    bool good = !k && p.errors && str_starts(buf_view(&p.text), str_of(want));
    if (!good) printf("# %.*s", (int)p.text.len, p.text.at);
    pack_free(k);
    buf_free(&p.text);
    return good;
}

static bool refused(const char *rules, const char *want) { return refused_with(rules, ORDER, want); }

static bool accepted(const char *rules) {
    problems p = {0};
    pack *k = load(rules, "list thing : a | b\n", ORDER, &p);
    if (!k) printf("# %.*s", (int)p.text.len, p.text.at);
    bool good = k != NULL;
    pack_free(k);
    buf_free(&p.text);
    return good;
}

static void places(void) {
    CHECK("unknown class", refused(RULE("<persn:who> sang", "x"), "r.rules:2:12: error: "));
    CHECK("the line and a caret",
          refused(RULE("met <persn>", "x"),
                  "r.rules:2:16: error: no list, verb, token, class or mention type is called \"persn\"\n"
                  "      match   met <persn>\n"
                  "                   ^\n"));
    CHECK("columns count characters", refused(RULE("é ü <persn>", "x"), "r.rules:2:16: error: "));
    CHECK("unknown role", refused(RULE("<word:who> sang", "x participant=whom"), "r.rules:3:25: error: "));
    CHECK("no type", refused(RULE("a", "x=a"), "r.rules:3:11: error: emit needs"));
    CHECK("unknown key word", refused("rule r\n  mach a\n", "r.rules:1:6: error: this rule lacks the line: match"));
    CHECK("unknown directive", refused("rulez r\n", "r.rules:1:1: error: "));
    CHECK("unknown stage", refused_with("", "tags fold p r.rules\n", "order:1:1: error: "));
    CHECK("unknown mode", refused_with("", "tag folds p r.rules\n", "order:1:5: error: "));
    CHECK("unknown file",
          refused_with("", "tag fold p r.rules s.rules\n", "order:1:20: error: there is no rule file s.rules"));
    CHECK("inside a fragment",
          refused("define @f = a (b\n" RULE("c @f", "x"), "r.rules:1:15: error: this parenthesis is never closed"));
    CHECK("inside a class", refused("class c = word & nope\n" RULE("<c>", "x"), "r.rules:1:18: error: "));
    CHECK("a token's expression", refused("token t : /a(b/\n", "r.rules:1:15: error: "));
}

static void patterns(void) {
    CHECK("recursion", refused(RULE("a (?R) b", "x"), "r.rules:2:14: error: "));
    CHECK("callout", refused(RULE("a (?C1) b", "x"), "r.rules:2:14: error: "));
    CHECK("verb", refused(RULE("(*COMMIT) b", "x"), "r.rules:2:12: error: "));
    CHECK("back reference", refused(RULE("(a) \\1", "x"), "r.rules:2:15: error: "));
    CHECK("\\C", refused(RULE("\\C", "x"), "r.rules:2:11: error: "));
    CHECK("nothing to repeat", refused(RULE("a ? b", "x"), "r.rules:2:13: error: "));
    CHECK("parenthesis too many", refused(RULE("a ) b", "x"), "r.rules:2:13: error: "));
    CHECK("numbers of a repeat", refused(RULE("a{3,2}", "x"), "r.rules:2:12: error: "));
    CHECK("unlimited in unlimited", refused(RULE("(a+ b)* c", "x"), "r.rules:2:13: error: "));
    CHECK("lookbehind of any length", refused(RULE("(?<= a+) b", "x"), "r.rules:2:11: error: a lookbehind"));
    CHECK("a fragment of itself", refused("define @f = a @f\n" RULE("@f", "x"), "r.rules:1:15: error: "));
    CHECK("a class of itself", refused("class c = c\n" RULE("<c>", "x"), "r.rules:1:11: error: "));
    char deep[200] = "rule r\n  match ";
    for (int i = 0; i < 40; i++) strcat(deep, "(");
    strcat(deep, "\n  emit x\n");
    CHECK("nesting", refused(deep, "r.rules:2:41: error: nested too deeply"));
    CHECK("what is allowed",
          accepted(RULE("^ (<thing&!'b':who>|the)?+ met{1,2}? (?= .* \\.) (?<whom> U.S. b's), $", "x who=who +y")));
    CHECK("lookbehind of several lengths", accepted(RULE("(?<= a|b c) d", "x")));
    CHECK("the file's own class", accepted("class c = 'b' | -\n" RULE("<c:who>", "x who=who")));
}

/* A rule that takes all that follows, from each start anew. */
static bool grows(const char *match) {
    char rules[400];
    problems p = {0};
    check_result result = {0};
    snprintf(rules, sizeof rules, "rule r\n  match   %s\n  emit    x\n  yes     a b c.\n  no      d.\n", match);
    pack *k = load(rules, "", ORDER, &p);
    bool held = k && check_pack(k, &(check_options){0}, &p, &result);
    bool good = !held && p.text.len && memmem(p.text.at, p.text.len, "explodes", 8) != NULL;
    if (!k) printf("# %.*s", (int)p.text.len, p.text.at);
    pack_free(k);
    buf_free(&p.text);
    return good;
}

static bool checks(const char *rules, const char *want) {
    problems p = {0};
    check_result result = {0};
    pack *k = load(rules, "", ORDER, &p);
    bool held = k && check_pack(k, &(check_options){.skip_growth = true}, &p, &result);
    bool good = want ? !held && memmem(p.text.at, p.text.len, want, strlen(want)) != NULL : held;
    if (!good) printf("# %.*s", (int)p.text.len, p.text.at);
    pack_free(k);
    buf_free(&p.text);
    return good;
}

#define TRIED(yes, no)                                                                                                 \
    "rule r\n  match   <word:who> met <word:whom>\n  emit    x who=who whom=whom mood='glad'\n" yes no
static void examples(void) {
    CHECK("an example that holds",
          checks(TRIED("  yes     a met bo.\n    -> who=a; whom=bo; mood=glad\n", "  no      a bo.\n"), NULL));
    CHECK("a value that is wrong", checks(TRIED("  yes     a met bo.\n    -> who=bo\n", "  no      a bo.\n"),
                                          "r.rules:5:8: error: who should be"));
    CHECK("a yes that fails",
          checks(TRIED("  yes     a saw b.\n", "  no      a bo.\n"), "r.rules:4:11: error: this rule must match"));
    CHECK("a no that matches", checks(TRIED("  yes     a met bo.\n", "  no      a met bo.\n"),
                                      "r.rules:5:11: error: this rule must not match"));
    CHECK("no yes", checks(TRIED("", "  no      a bo.\n"), "(yes)"));
    CHECK("no no", checks(TRIED("  yes     a met bo.\n", ""), "(no)"));
    CHECK("a bracket of an unknown class",
          checks(TRIED("  yes     [huh a] met bo.\n", "  no      a bo.\n"), "r.rules:4:12: error: "));
    CHECK("no trigger", checks("rule r\n  match   <word>\n  emit    x\n  yes     a\n  no      .\n", "no trigger"));
    CHECK("no trigger, and why",
          checks("rule r\n  match   <word>\n  emit    x\n  yes     a\n  no      .\n  always  words are everywhere\n",
                 NULL));
    CHECK("a rule in the shadow of another",
          checks("rule s\n  match   met b\n  emit    x\n  yes     met b\n  no      a\n"
                 "rule r\n  match   met b\n  emit    y\n  yes     met b\n  no      a\n",
                 "r/s takes \"met b\""));
}

int main(void) {
    places();
    patterns();
    examples();
    CHECK("cost that grows with the square", grows("a .* c nowhere"));
    CHECK("cost that grows with the cube", grows("a .* b .* c nowhere"));
    return unit_done();
}
