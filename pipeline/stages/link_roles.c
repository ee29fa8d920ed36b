/* The offices that people hold: from the titles in their mentions, with the country or body from the nearest honest
 * cue. */
#include "stages/link.h"

#include <string.h>

enum { SURE_CUES = 3 }; /* the title, the list, the source: for offices that need not be a country's */
enum { NEAR = 400 };    /* how many mentions back a cue is looked for */

static bool same_text(str a, str b, arena *in) { return str_equal(utf8_fold(in, a), utf8_fold(in, b)); }

/* "Minister" or "Secretary" after "Foreign Minister", "Secretary of State": the same office told shortly. Not
   "President" after "Vice President". */
static bool short_form(linker *l, str title, str longer) {
    str head = link_title_head(l, longer), folded = utf8_fold(l->d->arena, longer);
    return str_equal(utf8_fold(l->d->arena, title), head) && longer.len > title.len &&
           !str_starts(folded, STR("vice")) && !str_starts(folded, STR("deputy")) &&
           !str_starts(folded, STR("assistant"));
}

/* One body under its name and its acronym. */
static bool same_body(linker *l, str a, str b) {
    if (same_text(a, b, l->d->arena)) return true;
    for (uint32_t id = 0; id < l->d->entities.len && id < NEAR; id++) {
        const entity *e = &l->d->entities.at[id];
        bool has_a = str_equal(e->name, a), has_b = str_equal(e->name, b);
        if (e->type != ENTITY_ORGANIZATION) continue;
        for (uint32_t k = 0; k < e->aliases.len; k++) {
            has_a |= str_equal(e->aliases.at[k], a);
            has_b |= str_equal(e->aliases.at[k], b);
        }
        if (has_a && has_b) return true;
    }
    return false;
}

static bool yes(const linker *l, const mention *m, const char *key) {
    return str_equal(mention_attribute(l->k, m, key), STR("yes"));
}

/* The code of the country that a body or place of the lexicon belongs to, or NULL. */
static const char *iso_of_thing(linker *l, const slot *s) {
    uint32_t count;
    const reading *r = worker_readings(l->w, s->readings, &count);
    for (uint32_t i = 0; i < count; i++) {
        const entry *e = r[i].entry == NONE ? NULL : &l->k->entries.at[r[i].entry];
        if (e && e->list != l->given && e->list != l->family && entry_fact(e, STR("iso")).len == 2)
            return arena_copy(l->d->arena, entry_fact(e, STR("iso"))).at;
    }
    return NULL;
}

/* The body or country of an office: its own `of`, else that of the person's mention. */
static void office_of(linker *l, const mention *office, const mention *holder, role *r) {
    const slot *of = office ? mention_slot(l->k, office, "of") : NULL;
    if (!of && holder) of = mention_slot(l->k, holder, "of");
    if (!of) return;
    str name;
    const char *iso = link_country_of(l, of, &name);
    if (iso) {
        r->of = name;
        memcpy(r->country, iso, 3);
        return;
    }
    const mention *thing = of->mention != NONE ? &l->d->mentions.at[of->mention] : NULL;
    const slot *words = thing ? mention_slot(l->k, thing, "name") : NULL; /* without "(NATO)" */
    if (!words) words = of;
    r->of = document_tokens(l->d, words->first, words->end);
    iso = thing && thing->entity != NONE ? l->d->entities.at[thing->entity].country : iso_of_thing(l, of);
    if (iso && iso[0]) memcpy(r->country, iso, 3);
}

/* One of two tellings of an office: the longer title stays, and what either knows of its body and time. */
static bool same_office(linker *l, const role *a, const role *b) {
    bool title = same_text(a->title, b->title, l->d->arena) || short_form(l, a->title, b->title) ||
                 short_form(l, b->title, a->title);
    return title && a->former == b->former && (!a->of.len || !b->of.len || same_body(l, a->of, b->of));
}

static void add_role(linker *l, uint32_t id, role r) {
    entity *e = &l->d->entities.at[id];
    if (r.country[0] && !e->country[0] && !r.former) memcpy(e->country, r.country, 3);
    for (uint32_t i = 0; i < e->roles.len; i++) {
        role *old = &e->roles.at[i];
        if (!same_office(l, old, &r)) continue;
        if (r.title.len > old->title.len) old->title = r.title, old->mention = r.mention;
        if (!old->of.len) old->of = r.of, memcpy(old->country, r.country, 3), old->rule = r.rule;
        return;
    }
    *VEC_PUSH(l->d->arena, &e->roles) = r;
}

/* "his Turkish counterpart Hulusi Akar": the office of the one who was named last before, for the country of the
 * demonym. */
static void counterpart(linker *l, uint32_t at, const slot *title) {
    const mention *m = &l->d->mentions.at[at];
    for (uint32_t i = at; i-- > 0 && at - i < 400;) {
        const mention *before = &l->d->mentions.at[i];
        if (before->entity == NONE || before->entity == m->entity || before->first >= m->first) continue;
        const entity *e = &l->d->entities.at[before->entity];
        if (e->type != ENTITY_PERSON || e->roles.len == 0) continue;
        role r = {.title = e->roles.at[0].title, .mention = at, .rule = "link/counterpart"};
        office_of(l, title->mention != NONE ? &l->d->mentions.at[title->mention] : NULL, m, &r);
        if (r.of.len) add_role(l, m->entity, r);
        return;
    }
}

/* "then-President", "ex-minister": the office without its time. */
static str without_time(str title, bool *former) {
    static const char *const times[] = {"then-", "ex-", "former-", "one-time-"};
    for (size_t i = 0; i < sizeof times / sizeof *times; i++) {
        str time = str_of(times[i]);
        if (title.len > time.len && (title.at[0] | 32) == time.at[0] &&
            str_equal(str_slice(title, 1, time.len), str_slice(time, 1, time.len))) {
            *former = true;
            return str_slice(title, time.len, title.len);
        }
    }
    return title;
}

/* "Foreign Ministers" of one of them: "Foreign Minister". The lexicon has the singular in lower case. */
static str singular(linker *l, const slot *s, str printed) {
    const entry *plural = worker_entry(l->w, s->readings, l->office_plural);
    str one = plural ? entry_fact(plural, STR("singular")) : (str){0};
    size_t same = 0;
    if (!one.len || printed.len < one.len) return printed;
    while (same < one.len && (printed.at[same] | 32) == (one.at[same] | 32)) same++;
    return same == one.len ? str_slice(printed, 0, same) : one;
}

static str joined(linker *l, str a, str b) {
    char *text = ARENA_ARRAY(l->d->arena, char, a.len + b.len + 1);
    memcpy(text, a.at, a.len);
    text[a.len] = ' ';
    memcpy(text + a.len + 1, b.at, b.len);
    return (str){text, a.len + 1 + b.len};
}

/* One office of the holder; `words` name it, inside the mention `office` or in the holder's own mention. */
static void one_role(linker *l, uint32_t at, uint32_t holder, const mention *office, const slot *words) {
    const mention *m = &l->d->mentions.at[at];
    role r = {.title = singular(l, words, document_tokens(l->d, words->first, words->end)), .mention = at};
    r.former = office && mention_slot(l->k, office, "former");
    r.title = without_time(r.title, &r.former);
    const slot *post = office ? mention_slot(l->k, office, "post") : NULL;
    if (post) r.title = joined(l, r.title, document_tokens(l->d, post->first, post->end));
    office_of(l, office, m, &r);
    add_role(l, holder, r);
}

static void title_role(linker *l, uint32_t at, uint32_t holder, const slot *title) {
    const mention *m = &l->d->mentions.at[at];
    const mention *office = title->mention != NONE ? &l->d->mentions.at[title->mention] : NULL;
    if (yes(l, m, "counterpart") || (office && yes(l, office, "counterpart"))) {
        counterpart(l, at, title);
        return;
    }
    const slot *words = office ? mention_slot(l->k, office, "title") : NULL;
    const slot *second = office ? mention_slot(l->k, office, "title2") : NULL;
    one_role(l, at, holder, office, words ? words : title);
    if (second) one_role(l, at, holder, office, second);
}

/* "Presidents Biden and Xi", "Foreign Ministers A of X and B of Y": the title of the first is also that of the others
   in the list. */
static void share_title(linker *l, uint32_t list) {
    const slot *title = NULL;
    for (uint32_t i = 0; i < list; i++) {
        const mention *m = &l->d->mentions.at[i];
        if (m->parent == list && m->type == l->name && title) link_person_of_name(l, i);
        if (m->parent != list || m->entity == NONE) continue;
        const slot *own = mention_slot(l->k, m, "title");
        if (own && worker_entry(l->w, own->readings, l->office_plural))
            title = own;
        else if (own)
            title = NULL;
        else if (title && l->d->entities.at[m->entity].type == ENTITY_PERSON)
            one_role(l, i, m->entity, NULL, title);
    }
}

static bool title_key(str key) { return str_starts(key, STR("title")); }

/* The country of a source that speaks for a government: its offices are named without it. */
static const entry *source_country(linker *l) {
    if (!l->d->source.len) return NULL;
    const entry *home = worker_phrase_entry(l->w, l->d->source, pack_class(l->k, STR("home-source")));
    return home ? pack_entry_of_iso(l->k, l->country, entry_fact(home, STR("iso"))) : NULL;
}

const char *link_source_iso(linker *l) {
    const entry *home = source_country(l);
    return home ? arena_copy(l->d->arena, entry_fact(home, STR("iso"))).at : NULL;
}

/* The one country that the article names, or NULL. */
static const entry *only_country(linker *l) {
    const entry *only = NULL;
    for (uint32_t i = 0; i < l->d->entities.len; i++) {
        const entity *e = &l->d->entities.at[i];
        if (e->type != ENTITY_COUNTRY) continue;
        const entry *c = pack_entry_of_iso(l->k, l->country, str_of(e->country));
        if (only && c != only) return NULL;
        only = c;
    }
    return only;
}

/* A term's ends may be a day, a month or a year. */
static bool in_term(str day, str from, str to) {
    if (str_compare(day, from) < 0) return false;
    return !to.len || str_compare(str_slice(day, 0, to.len < day.len ? to.len : day.len), to) <= 0;
}

/* What the lexicon of office holders knows of a person, inside the term. A person's terms stand one after the other,
   and the first has the name. */
static const entry *known_holder(linker *l, uint32_t id) {
    const entry *first = worker_entry(l->w, l->names.at[id].readings, l->leader);
    if (!first || l->d->published.len < 10) return NULL;
    str day = str_slice(l->d->published, 0, 10);
    const entry *end = l->k->entries.at + l->k->entries.len;
    for (const entry *e = first; e < end && e->list == l->leader && str_equal(e->canonical, first->canonical); e++) {
        if (in_term(day, entry_fact(e, STR("from")), entry_fact(e, STR("to")))) return e;
    }
    return NULL;
}

/* "Prime Minister Albanese", never told in full: the only holder of that office and surname at the time. */
static const entry *holder_by_surname(linker *l, uint32_t id, str title) {
    str name = l->d->entities.at[id].name, head = link_title_head(l, title);
    const entry *found = NULL;
    if (l->names.at[id].count != 1 || l->d->published.len < 10) return NULL;
    for (uint32_t i = 0; i < l->k->entries.len; i++) {
        const entry *e = &l->k->entries.at[i];
        size_t before = e->canonical.len - name.len;
        if (e->list != l->leader || e->canonical.len <= name.len || e->canonical.at[before - 1] != ' ') continue;
        if (!str_ends(e->canonical, name) || !str_equal(link_title_head(l, entry_fact(e, STR("office"))), head))
            continue;
        if (!in_term(str_slice(l->d->published, 0, 10), entry_fact(e, STR("from")), entry_fact(e, STR("to")))) continue;
        if (found) return NULL;
        found = e;
    }
    return found ? pack_entry_of_iso(l->k, l->country, entry_fact(found, STR("iso"))) : NULL;
}

static const entry *leader_country(linker *l, uint32_t id) {
    const entry *leader = known_holder(l, id);
    return leader ? pack_entry_of_iso(l->k, l->country, entry_fact(leader, STR("iso"))) : NULL;
}

bool link_lexicon_holds(linker *l, uint32_t id, str head, const char *iso) {
    const entity *e = &l->d->entities.at[id];
    const entry *leader = e->type == ENTITY_PERSON ? known_holder(l, id) : NULL;
    return leader && str_equal(entry_fact(leader, STR("iso")), str_of(iso)) &&
           str_equal(link_title_head(l, entry_fact(leader, STR("office"))), head);
}

void link_add_office(linker *l, uint32_t id, uint32_t at, const slot *office, const char *iso) {
    const slot *words = office->mention == NONE ? NULL
                                                : mention_slot(l->k, &l->d->mentions.at[office->mention], "title");
    const entry *country = pack_entry_of_iso(l->k, l->country, str_of(iso));
    if (!words) words = office;
    role r = {.title = document_tokens(l->d, words->first, words->end), .mention = at, .rule = "link/office-holder"};
    if (country) r.of = country->canonical;
    memcpy(r.country, iso, 3);
    add_role(l, id, r);
}

static void fill(role *r, const entry *country, const char *reason) {
    str iso = entry_fact(country, STR("iso"));
    r->of = country->canonical;
    if (iso.len == 2) memcpy(r->country, iso.at, 2);
    r->rule = reason;
}

/* "Britain's Foreign Secretary A and Defence Secretary B": the country of the one before in the same list. */
static const char *country_in_list(linker *l, const role *r) {
    uint32_t list = l->d->mentions.at[r->mention].parent;
    if (list == NONE || l->d->mentions.at[list].type != l->people) return NULL;
    if (!mention_slot(l->k, &l->d->mentions.at[r->mention], "title")) return NULL; /* "Presidents A and B" */
    for (uint32_t i = r->mention; i-- > 0 && r->mention - i < NEAR;) {
        const mention *m = &l->d->mentions.at[i];
        if (m->parent != list || m->entity == NONE || !mention_slot(l->k, m, "title")) continue;
        if (l->d->entities.at[m->entity].country[0]) return l->d->entities.at[m->entity].country;
    }
    return NULL;
}

/* The country or place that is named last before the office, in the same sentence or at most `back` sentences before.
 */
static const char *country_before(linker *l, const role *r, uint32_t back) {
    const mention *at = &l->d->mentions.at[r->mention];
    for (uint32_t i = r->mention; i-- > 0 && at->sentence - l->d->mentions.at[i].sentence <= back;) {
        const mention *m = &l->d->mentions.at[i];
        const entity *e = m->entity == NONE || m->first >= at->first ? NULL : &l->d->entities.at[m->entity];
        if (e && (e->type == ENTITY_COUNTRY || e->type == ENTITY_PLACE) && e->country[0]) return e->country;
    }
    return NULL;
}

/* An office that one country only has: "Secretary of State", "Taoiseach". */
static const char *country_of_title(linker *l, str title) {
    const entry *office = worker_phrase_entry(l->w, title, l->office_head);
    str iso = office ? entry_fact(office, STR("iso")) : (str){0};
    return iso.len == 2 ? arena_copy(l->d->arena, iso).at : NULL;
}

/* The country that the article speaks of most, by its mentions and the offices told with it: twice as often as any
   other, or NULL. */
static const char *country_of_article(linker *l) {
    const char *best = NULL;
    uint32_t most = 0, second = 0;
    for (uint32_t i = 0; i < l->d->entities.len; i++) {
        const entity *e = &l->d->entities.at[i];
        if (e->type != ENTITY_COUNTRY || !e->country[0]) continue;
        uint32_t count = e->mentions.len;
        for (uint32_t k = 0; k < l->d->entities.len && k < NEAR; k++) {
            const entity *p = &l->d->entities.at[k];
            count += p->type == ENTITY_PERSON && str_equal(str_of(p->country), str_of(e->country));
        }
        if (count > most)
            second = most, most = count, best = e->country;
        else if (count > second)
            second = count;
    }
    return most >= 2 * second && most > 1 ? best : NULL;
}

static const entry *country_entry(linker *l, const char *iso) {
    return iso && iso[0] ? pack_entry_of_iso(l->k, l->country, str_of(iso)) : NULL;
}

typedef struct home { /* what an article as a whole says of a role without a country */
    const entry *source, *only, *most;
} home;

/* Somebody else has that office of that country, and a country has one of them. */
static bool taken(linker *l, uint32_t id, str title, const entry *country) {
    const entry *office = worker_phrase_entry(l->w, title, l->office_head);
    if (!country || !office || !entry_fact(office, STR("sole")).len) return false;
    str iso = entry_fact(country, STR("iso"));
    for (uint32_t i = 0; i < l->d->entities.len && i < NEAR; i++) {
        const entity *e = &l->d->entities.at[i];
        for (uint32_t k = 0; i != id && k < e->roles.len; k++) {
            const role *r = &e->roles.at[k];
            if (!r->former && str_equal(str_of(r->country), iso) && same_text(r->title, title, l->d->arena))
                return true;
        }
    }
    return false;
}

/* Whether the office is one of a country, by its head or, said as a whole, by the lexicon. */
static bool of_state(linker *l, str title) {
    const entry *whole = worker_phrase_entry(l->w, title, l->office_head);
    const entry *head = whole ? whole : worker_phrase_entry(l->w, link_title_head(l, title), l->office_head);
    if (!head) head = worker_phrase_entry(l->w, title, l->rank);
    return head && entry_fact(head, STR("state")).len;
}

static const entry *country_for(linker *l, uint32_t id, const role *r, const home *h, const char **reason) {
    const struct {
        const char *reason;
        const entry *country;
    } cues[] = {{"link/country-of-title", country_entry(l, country_of_title(l, r->title))},
                {"link/country-in-list", country_entry(l, country_in_list(l, r))},
                {"link/country-of-source", h->source},
                {"link/country-of-sentence", country_entry(l, country_before(l, r, 0))},
                {"link/only-country", h->only},
                {"link/country-of-sentence-before", country_entry(l, country_before(l, r, 1))},
                {"link/country-of-article", h->most}};
    const entry *found = country_entry(l, l->d->entities.at[id].country);
    *reason = "link/country-of-other-office";
    if (!found) found = leader_country(l, id), *reason = "link/office-holder";
    if (!found) found = holder_by_surname(l, id, r->title);
    size_t count = of_state(l, r->title) ? sizeof cues / sizeof *cues : SURE_CUES;
    for (size_t i = 0; !found && i < count; i++) {
        *reason = cues[i].reason;
        if (!taken(l, id, r->title, cues[i].country)) found = cues[i].country;
    }
    return found;
}

/* The lexicon knows the person as the head of a body: "Secretary General Stoltenberg". */
static bool body_of_holder(linker *l, uint32_t id, role *r) {
    const entry *holder = r->of.len || r->former ? NULL : known_holder(l, id);
    str of = holder ? entry_fact(holder, STR("of")) : (str){0};
    if (!of.len || !str_equal(link_title_head(l, r->title), link_title_head(l, entry_fact(holder, STR("office")))))
        return false;
    r->of = of;
    r->rule = "link/office-holder";
    return true;
}

/* A role without a country or body takes it from the nearest honest cue: the person's other roles, the lexicon of
   office holders, an office that one country has, the one before in a list, a source that speaks for a government, the
   sentence, the only country of the article, the sentence before, the country that the article speaks of most. */
static void fill_countries(linker *l) {
    home h = {source_country(l), only_country(l), country_entry(l, country_of_article(l))};
    for (uint32_t i = 0; i < l->d->entities.len; i++) {
        entity *e = &l->d->entities.at[i];
        for (uint32_t k = 0; e->type == ENTITY_PERSON && k < e->roles.len; k++) {
            const char *reason;
            if (body_of_holder(l, i, &e->roles.at[k])) continue;
            const entry *known = e->roles.at[k].of.len ? NULL : country_for(l, i, &e->roles.at[k], &h, &reason);
            if (known) fill(&e->roles.at[k], known, reason);
        }
        for (uint32_t k = 0; e->type == ENTITY_PERSON && k < e->roles.len && !e->country[0]; k++) {
            if (!e->roles.at[k].former) memcpy(e->country, e->roles.at[k].country, 3);
        }
    }
}

/* "Anna Kaleva of Portugal": the person's country, whatever the office. */
static void take_country(linker *l, const mention *m) {
    const slot *of = mention_slot(l->k, m, "of");
    str name;
    const char *iso = of ? link_country_of(l, of, &name) : NULL;
    entity *e = &l->d->entities.at[m->entity];
    if (iso && !e->country[0]) memcpy(e->country, iso, 3);
}

void link_roles(linker *l) {
    for (uint32_t i = 0; i < l->d->mentions.len; i++) {
        const mention *m = &l->d->mentions.at[i];
        if (m->entity == NONE || l->d->entities.at[m->entity].type != ENTITY_PERSON) continue;
        take_country(l, m);
        for (uint32_t j = 0; j < m->slot_count; j++) {
            if (title_key(l->k->keys.at[m->slots[j].key])) title_role(l, i, m->entity, &m->slots[j]);
        }
    }
    for (uint32_t i = 0; i < l->d->mentions.len; i++) {
        if (l->d->mentions.at[i].type == l->people) share_title(l, i);
    }
    fill_countries(l);
}
