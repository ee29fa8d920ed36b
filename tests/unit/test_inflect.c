/* Regular English verb forms. */
#include "unit.h"

#include "engine/inflect.h"

static arena memory;

static verb_forms forms(const char *a, const char *b, const char *c, const char *d) {
    str words[4] = {str_of(a), str_of(b), str_of(c), str_of(d)};
    return inflect(&memory, words, d ? 4 : c ? 3 : b ? 2 : 1);
}

static bool is(str got, const char *want) {
    bool same = str_equal(got, str_of(want));
    if (!same) printf("# %.*s, not %s\n", (int)got.len, got.at, want);
    return same;
}

static bool regular(const char *base, const char *s, const char *past, const char *ing) {
    verb_forms f = forms(base, NULL, NULL, NULL);
    return is(f.base, base) && is(f.s, s) && is(f.past[0], past) && is(f.participle[0], past) && is(f.ing[0], ing);
}

int main(void) {
    CHECK("plain", regular("visit", "visits", "visited", "visiting"));
    CHECK("silent e", regular("arrive", "arrives", "arrived", "arriving"));
    CHECK("ee", regular("agree", "agrees", "agreed", "agreeing"));
    CHECK("ie", regular("tie", "ties", "tied", "tying"));
    CHECK("consonant and y", regular("carry", "carries", "carried", "carrying"));
    CHECK("vowel and y", regular("stay", "stays", "stayed", "staying"));
    CHECK("hissing", regular("discuss", "discusses", "discussed", "discussing") &&
                         regular("watch", "watches", "watched", "watching"));
    CHECK("one short syllable doubles",
          regular("stop", "stops", "stopped", "stopping") && regular("chat", "chats", "chatted", "chatting"));
    CHECK("stress on the last syllable doubles", regular("confer", "confers", "conferred", "conferring"));
    CHECK("stress before it does not",
          regular("offer", "offers", "offered", "offering") && regular("open", "opens", "opened", "opening"));
    CHECK("w, x and y do not double",
          regular("show", "shows", "showed", "showing") && regular("fix", "fixes", "fixed", "fixing"));
    CHECK("two vowels do not double", regular("greet", "greets", "greeted", "greeting"));
    CHECK("qu", regular("quit", "quits", "quitted", "quitting"));
    CHECK("ic", regular("panic", "panics", "panicked", "panicking"));
    verb_forms travel = forms("travel", NULL, NULL, NULL);
    CHECK("both spellings",
          travel.past_count == 2 && is(travel.past[0], "travelled") && is(travel.past[1], "traveled"));
    verb_forms meet = forms("meet", "met", NULL, NULL);
    CHECK("the participle is the past",
          is(meet.past[0], "met") && is(meet.participle[0], "met") && is(meet.ing[0], "meeting"));
    verb_forms speak = forms("speak", "spoke", "spoken", NULL);
    CHECK("three forms", is(speak.past[0], "spoke") && is(speak.participle[0], "spoken") && is(speak.s, "speaks"));
    verb_forms lie = forms("lie", "lay", "lain", "lying");
    CHECK("four forms", is(lie.ing[0], "lying"));
    CHECK("have", is(forms("have", "had", NULL, NULL).s, "has"));
    verb_forms sit = forms("sit_down", "sat", NULL, NULL);
    CHECK("a particle follows each form",
          is(sit.s, "sits down") && is(sit.past[0], "sat down") && is(sit.ing[0], "sitting down"));
    arena_free(&memory);
    return unit_done();
}
