/* The offices that people hold: from the titles in their mentions, with the country or body from the nearest honest
 * cue. */
#include "stages/link.h"

#include <string.h>

static bool same_title(str a, str b, arena *in) { return str_equal(utf8_fold(in, a), utf8_fold(in, b)); }

static bool yes(const linker *l, const mention *m, const char *key) {
    return str_equal(mention_attribute(l->k, m, key), STR("yes"));
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
    uint32_t target = of->mention != NONE ? l->d->mentions.at[of->mention].entity : NONE;
    r->of = document_tokens(l->d, of->first, of->end);
    if (target != NONE) { memcpy(r->country, l->d->entities.at[target].country, 3); }
}

static void add_role(linker *l, uint32_t id, role r) {
    entity *e = &l->d->entities.at[id];
    for (uint32_t i = 0; i < e->roles.len; i++) {
        role *old = &e->roles.at[i];
        if (!same_title(old->title, r.title, l->d->arena) || old->former != r.former) continue;
        if (r.of.len && old->of.len && !same_title(old->of, r.of, l->d->arena)) continue;
        if (!old->of.len) old->of = r.of, memcpy(old->country, r.country, 3), old->rule = r.rule;
        return;
    }
    *VEC_PUSH(l->d->arena, &e->roles) = r;
    if (r.country[0] && !e->country[0] && !r.former) memcpy(e->country, r.country, 3);
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

static void title_role(linker *l, uint32_t at, uint32_t holder, const slot *title) {
    const mention *m = &l->d->mentions.at[at];
    const mention *office = title->mention != NONE ? &l->d->mentions.at[title->mention] : NULL;
    if (yes(l, m, "counterpart") || (office && yes(l, office, "counterpart"))) {
        counterpart(l, at, title);
        return;
    }
    const slot *words = office ? mention_slot(l->k, office, "title") : NULL;
    if (!words) words = title;
    role r = {.title = document_tokens(l->d, words->first, words->end), .mention = at};
    r.former = yes(l, m, "former") || (office && yes(l, office, "former"));
    office_of(l, office, m, &r);
    add_role(l, holder, r);
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

/* What the lexicon of office holders knows of a person, inside the term. */
static const entry *known_holder(linker *l, const entity *e) {
    const entry *leader = worker_phrase_entry(l->w, e->name, pack_class(l->k, STR("leader")));
    if (!leader || l->d->published.len < 10) return NULL;
    str day = str_slice(l->d->published, 0, 10), from = entry_fact(leader, STR("from")),
        to = entry_fact(leader, STR("to"));
    return str_compare(day, from) < 0 || (to.len && str_compare(day, to) > 0) ? NULL : leader;
}

static const entry *leader_country(linker *l, const entity *e) {
    const entry *leader = known_holder(l, e);
    return leader ? pack_entry_of_iso(l->k, l->country, entry_fact(leader, STR("iso"))) : NULL;
}

bool link_lexicon_holds(linker *l, uint32_t id, str head, const char *iso) {
    const entity *e = &l->d->entities.at[id];
    const entry *leader = e->type == ENTITY_PERSON ? known_holder(l, e) : NULL;
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

/* A role without a country or body takes the country of the person's other roles, of the lexicon of office holders, of
   a source that speaks for a government, or the only country of the article: in this order. */
static void fill_countries(linker *l) {
    const entry *source = source_country(l), *only = only_country(l);
    for (uint32_t i = 0; i < l->d->entities.len; i++) {
        entity *e = &l->d->entities.at[i];
        if (e->type != ENTITY_PERSON || !e->roles.len) continue;
        const entry *known = e->country[0] ? pack_entry_of_iso(l->k, l->country, str_of(e->country)) : NULL;
        const char *reason = "link/country-of-other-office";
        if (!known) known = leader_country(l, e), reason = "link/office-holder";
        if (!known) known = source, reason = "link/country-of-source";
        if (!known) known = only, reason = "link/only-country";
        for (uint32_t k = 0; known && k < e->roles.len; k++) {
            if (!e->roles.at[k].of.len && !e->roles.at[k].former) fill(&e->roles.at[k], known, reason);
        }
        if (known && !e->country[0]) memcpy(e->country, e->roles.at[0].country, 3);
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
    fill_countries(l);
}
