/* Whether the office of a phrase that points back ("the prime minister", "the Turkish leader", "the UN chief") is one
   that a person holds. Other words of an office stand in its entry's fact names=. Never links anything itself. */
#include "stages/link.h"

#include <string.h>

static bool has(str text, str part) { return part.len && memmem(text.at, text.len, part.at, part.len); }

/* "foreign minister" and "Minister of Foreign Affairs", "minister" alone: one office, or a shorter name of it. */
bool link_same_words(const title_fact *phrase, const title_fact *own) {
    if (phrase->whole && phrase->whole == own->whole) return true;
    if (str_equal(phrase->folded, phrase->head)) return !own->whole || !entry_fact(own->whole, KEY_BARE).len;
    if (str_equal(own->folded, own->head)) return true;
    for (str rest = phrase->folded, word; rest.len;) {
        str_cut(rest, ' ', &word, &rest);
        if (word.len > 3 && !str_equal(word, phrase->head) && has(own->folded, word)) return true;
    }
    return false;
}

/* "the premier", "the head of state": whom the phrase's entry also names. */
static bool other_name(str names, const title_fact *own) {
    for (str name; names.len;) {
        str_cut(names, ',', &name, &names);
        if (str_equal(name, own->folded) || str_equal(name, own->head)) return true;
        if (own->whole && str_equal(name, own->whole->canonical)) return true;
    }
    return false;
}

office_phrase link_phrase(linker *l, str title, str body, const char *iso) {
    office_phrase p = {.title = link_title(l, title), .body = body, .iso = iso};
    if (!p.title.whole) return p;
    bool alone = !iso && !body.len && entry_fact(p.title.whole, KEY_OWNED).len; /* "the leader" may be anybody's */
    if (!alone) p.names = entry_fact(p.title.whole, KEY_NAMES);
    return p;
}

bool link_answers(linker *l, const entity *e, const office_phrase *phrase) {
    for (uint32_t i = 0; i < e->roles.len; i++) {
        role *r = &e->roles.at[i];
        if (!r->head.len) r->head = link_title(l, r->title).head;
        bool head = str_equal(r->head, phrase->title.head);
        if (!head && !phrase->names.len) continue;
        const title_fact own = link_title(l, r->title);
        if (!(head && link_same_words(&phrase->title, &own)) && !other_name(phrase->names, &own)) continue;
        if (!phrase->body.len || !r->of.len || link_same_body(l, r->of, phrase->body)) return true;
    }
    return false;
}
