/* Whether the office of a phrase that points back ("the prime minister", "the Turkish leader", "the UN chief") is one
   that a person holds. Other words of an office stand in its entry's fact names=. Never links anything itself. */
#include "stages/link.h"

#include <string.h>

static bool has(str text, str part) { return part.len && memmem(text.at, text.len, part.at, part.len); }

/* "foreign minister" and "Minister of Foreign Affairs", "minister" alone: one office, or a shorter name of it. */
bool link_same_words(const title_fact *phrase, const title_fact *own) {
    if (phrase->whole && phrase->whole == own->whole) return true;
    if (str_equal(phrase->folded, phrase->head)) return !own->whole || !entry_fact(own->whole, STR("bare")).len;
    if (str_equal(own->folded, own->head)) return true;
    for (str rest = phrase->folded, word; rest.len;) {
        str_cut(rest, ' ', &word, &rest);
        if (word.len > 3 && !str_equal(word, phrase->head) && has(own->folded, word)) return true;
    }
    return false;
}

/* "the premier", "the head of state": whom the phrase's entry also names. */
static bool other_name(const title_fact *phrase, const title_fact *own) {
    str names = phrase->whole ? entry_fact(phrase->whole, STR("names")) : (str){0};
    for (str name; names.len;) {
        str_cut(names, ',', &name, &names);
        if (str_equal(name, own->folded) || str_equal(name, own->head)) return true;
        if (own->whole && str_equal(name, own->whole->canonical)) return true;
    }
    return false;
}

/* "the leader" alone may be anybody's. */
static bool needs_owner(const title_fact *phrase) {
    return phrase->whole && entry_fact(phrase->whole, STR("owned")).len;
}

bool link_answers(linker *l, const entity *e, const office_phrase *phrase) {
    const title_fact title = link_title(l, phrase->title);
    bool owned = phrase->iso || phrase->body.len;
    for (uint32_t i = 0; i < e->roles.len; i++) {
        const role *r = &e->roles.at[i];
        const title_fact own = link_title(l, r->title);
        if (phrase->body.len && r->of.len && !link_same_body(l, r->of, phrase->body)) continue;
        bool head = str_equal(own.head, title.head) && link_same_words(&title, &own);
        if (head || ((owned || !needs_owner(&title)) && other_name(&title, &own))) return true;
    }
    return false;
}
