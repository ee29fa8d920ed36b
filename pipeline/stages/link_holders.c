/* What the lexicon of office holders knows: who held which office of which country or body, and when. Only inside a
   term, and only for articles with a day. */
#include "stages/link.h"

/* A term's ends may be a day, a month or a year. */
static bool in_term(const linker *l, const entry *e) {
    str day = str_slice(l->d->published, 0, 10), to = entry_fact(e, KEY_TO);
    if (l->d->published.len < 10 || str_compare(day, entry_fact(e, KEY_FROM)) < 0) return false;
    return !to.len || str_compare(str_slice(day, 0, to.len < day.len ? to.len : day.len), to) <= 0;
}

/* A person's terms stand one after the other, and the first has the name. */
const entry *link_known_holder(linker *l, uint32_t id) {
    const entry *first = worker_entry(l->w, l->names.at[id].readings, l->leader);
    const entry *end = l->k->entries.at + l->k->entries.len;
    for (const entry *e = first; e && e < end && e->list == l->leader && str_equal(e->canonical, first->canonical);
         e++) {
        if (in_term(l, e)) return e;
    }
    return NULL;
}

static const entry *country_of(linker *l, const entry *e) {
    return e ? pack_entry_of_iso(l->k, l->country, entry_fact(e, KEY_ISO)) : NULL;
}

static bool had_office(linker *l, const entry *e, const title_fact *title) {
    return str_equal(link_title(l, entry_fact(e, KEY_OFFICE)).head, title->head);
}

/* "Prime Minister Albanese", never told in full: the only holder of that office and surname at the time. */
static const entry *holder_of_surname(linker *l, str name, const title_fact *title) {
    const entry *found = NULL;
    for (const office_term *h = pack_holders_of_surname(l->k, name); h; h = h->next_of_surname) {
        if (!str_equal(holder_surname(h->entry), name) || !in_term(l, h->entry)) continue;
        if (!had_office(l, h->entry, title)) continue;
        if (found) return NULL;
        found = h->entry;
    }
    return found;
}

static bool is_past(const linker *l, const entry *e) {
    str to = entry_fact(e, KEY_TO);
    return to.len && l->d->published.len >= 10 && str_compare(str_slice(l->d->published, 0, 10), to) > 0;
}

/* "Former President Obama", "under President Bush": all who held that office under that name before are of one country.
 */
static const entry *past_country(linker *l, uint32_t id, const title_fact *title) {
    const entity *e = &l->d->entities.at[id];
    const entry *known = worker_entry(l->w, l->names.at[id].readings, l->leader), *found = NULL;
    str name = known ? holder_surname(known) : e->name;
    if (!known && l->names.at[id].count != 1) return NULL;
    for (const office_term *h = pack_holders_of_surname(l->k, name); h; h = h->next_of_surname) {
        bool same = known ? str_equal(h->entry->canonical, known->canonical)
                          : str_equal(holder_surname(h->entry), name);
        if (!same || !is_past(l, h->entry) || !had_office(l, h->entry, title)) continue;
        const entry *country = country_of(l, h->entry);
        if (!country || (found && country != found)) return NULL;
        found = country;
    }
    return found;
}

const entry *link_country_of_holder(linker *l, uint32_t id, const title_fact *title) {
    const entry *known = link_known_holder(l, id);
    if (!known && l->names.at[id].count == 1) known = holder_of_surname(l, l->d->entities.at[id].name, title);
    return known ? country_of(l, known) : past_country(l, id, title);
}

static bool of_name(linker *l, uint32_t id, const entry *holder) {
    const folded_name *n = &l->names.at[id];
    const entry *known = worker_entry(l->w, n->readings, l->leader);
    if (known && str_equal(known->canonical, holder->canonical)) return true;
    str surname = utf8_fold(l->d->arena, holder_surname(holder));
    return n->count && (str_equal(n->words[n->count - 1], surname) || str_equal(n->words[0], surname));
}

static bool has_code(str codes, str iso) {
    for (str code; codes.len;) {
        str_cut(codes, ' ', &code, &codes);
        if (str_equal(code, iso)) return true;
    }
    return false;
}

/* "First Lady Biden": the lexicon knows who of that surname has that office, and this one is known as somebody else, or
 * has another given name. */
bool link_holder_is_another(linker *l, uint32_t id, str surname, const title_fact *title) {
    const entry *holder = holder_of_surname(l, surname, title);
    const folded_name *n = &l->names.at[id];
    const entry *known = holder ? worker_entry(l->w, n->readings, l->leader) : NULL;
    const entity *e = &l->d->entities.at[id];
    if (!holder) return false;
    if (!known && n->count > 1) {
        str given = utf8_fold(l->d->arena, holder->canonical), rest;
        str_cut(given, ' ', &given, &rest);
        return !str_equal(given, n->words[0]);
    }
    for (uint32_t i = 0; !known && i < e->mentions.len; i++) { /* "President Biden" */
        title_fact other = link_mention_title(l, e->mentions.at[i]);
        if (other.title.len) known = holder_of_surname(l, surname, &other);
    }
    return known && !str_equal(holder->canonical, known->canonical);
}

/* "Navy President of Russia Vladimir Putin", where a heading ran into the title: of his own office no more is told than
 * the lexicon knows. */
void link_trim_title(linker *l, uint32_t id, role *r) {
    title_fact title = link_title(l, r->title);
    const entry *known = r->former || title.whole ? NULL : link_known_holder(l, id);
    str office = known ? entry_fact(known, KEY_OFFICE) : (str){0};
    if (!office.len || office.len >= r->title.len) return;
    bool abroad = r->country[0] ? !str_equal(entry_fact(known, KEY_ISO), str_of(r->country)) : r->of.len > 0;
    if (abroad) return;
    str tail = str_slice(r->title, r->title.len - office.len, r->title.len);
    if (str_equal(utf8_fold(l->d->arena, tail), utf8_fold(l->d->arena, office))) r->title = tail;
}

/* The country has no such office: the United States have no prime minister, Egypt has no king. */
bool link_no_such_office(const title_fact *title, const entry *country) {
    if (!title->office) return false;
    str iso = entry_fact(country, KEY_ISO), only = entry_fact(title->office, KEY_ONLY);
    return has_code(entry_fact(title->office, KEY_NONE), iso) || (only.len && !has_code(only, iso));
}

/* Somebody else held that office of that country then. */
bool link_lexicon_refutes(linker *l, uint32_t id, const title_fact *title, const entry *country) {
    str iso = entry_fact(country, KEY_ISO);
    if (!title->whole || !entry_fact(title->whole, KEY_SOLE).len) return false;
    bool other = false;
    for (const office_term *h = pack_holders_of_country(l->k, iso); h; h = h->next_of_country) {
        if (!in_term(l, h->entry)) continue;
        if (link_title(l, entry_fact(h->entry, KEY_OFFICE)).whole != title->whole) continue;
        if (of_name(l, id, h->entry)) return false;
        other = true;
    }
    return other;
}

/* "At the request of the President of Turkey, Vladimir Putin informed him": the lexicon knows the one as the holder of
 * an office of another country, and that this office is not his. *same: but he has one of that name. */
bool link_office_is_anothers(linker *l, uint32_t id, const role *r, bool *same) {
    const entry *known = r->former || !r->country[0] ? NULL : link_known_holder(l, id);
    str home = known ? entry_fact(known, KEY_ISO) : (str){0};
    const entry *country = known ? pack_entry_of_iso(l->k, l->country, str_of(r->country)) : NULL;
    if (!country || str_equal(home, str_of(r->country))) return false;
    title_fact title = link_title(l, r->title);
    *same = had_office(l, known, &title);
    bool sole = title.whole && entry_fact(title.whole, KEY_SOLE).len;
    if (sole && title.whole == link_title(l, entry_fact(known, KEY_OFFICE)).whole) return true;
    return link_no_such_office(&title, country) || link_lexicon_refutes(l, id, &title, country);
}

bool link_lexicon_holds(linker *l, uint32_t id, const title_fact *title, const char *iso) {
    const entity *e = &l->d->entities.at[id];
    const entry *leader = e->type == ENTITY_PERSON ? link_known_holder(l, id) : NULL;
    if (!leader || !str_equal(entry_fact(leader, KEY_ISO), str_of(iso))) return false;
    title_fact own = link_title(l, entry_fact(leader, KEY_OFFICE));
    return str_equal(own.head, title->head) && link_same_words(title, &own);
}

/* "Secretary Blinken": which secretary the lexicon knows. */
void link_title_of_holder(linker *l, uint32_t id, role *r) {
    title_fact title = link_title(l, r->title);
    if (r->former || r->of.len || title.title.len != title.head.len) return;
    const entry *known = link_known_holder(l, id);
    str office = known ? entry_fact(known, KEY_OFFICE) : (str){0};
    if (office.len > title.title.len && had_office(l, known, &title)) r->title = office;
}

/* The lexicon knows the person as the head of a body: "Secretary General Stoltenberg". */
bool link_body_of_holder(linker *l, uint32_t id, role *r) {
    const entry *holder = r->of.len || r->former ? NULL : link_known_holder(l, id);
    str of = holder ? entry_fact(holder, KEY_OF) : (str){0};
    if (!of.len || !str_equal(link_title(l, r->title).head, link_title(l, entry_fact(holder, KEY_OFFICE)).head))
        return false;
    r->of = of;
    r->rule = "link/office-holder";
    return true;
}
