/* The offices that people hold: from the titles in their mentions, with the country or body from the nearest honest cue. */
#include "stages/link.h"

#include <string.h>

static bool same_title(str a, str b, arena *in) {
    return str_equal(utf8_fold(in, a), utf8_fold(in, b));
}

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
    if (target != NONE) {
        memcpy(r->country, l->d->entities.at[target].country, 3);
    }
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

/* "his Turkish counterpart Hulusi Akar": the office of the one who was named last before, for the country of the demonym. */
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

static void title_role(linker *l, uint32_t at, const slot *title) {
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
    add_role(l, m->entity, r);
}

static bool title_key(str key) { return str_starts(key, STR("title")); }

/* A role without a country takes that of the person's other roles, else the one country that the article's offices name. */
static void fill_countries(linker *l) {
    document *d = l->d;
    const char *only = NULL;
    str only_name = {0};
    bool several = false;
    for (uint32_t i = 0; i < d->entities.len; i++) {
        const entity *e = &d->entities.at[i];
        if (e->type != ENTITY_COUNTRY) continue;
        several = several || (only && strcmp(only, e->country) != 0);
        only = e->country;
        only_name = e->name;
    }
    for (uint32_t i = 0; i < d->entities.len; i++) {
        entity *e = &d->entities.at[i];
        if (e->type != ENTITY_PERSON) continue;
        for (uint32_t j = 0; j < e->roles.len; j++) {
            role *r = &e->roles.at[j];
            if (r->of.len || r->former) continue;
            if (e->country[0]) {
                const entry *c = pack_entry_of_iso(l->k, l->country, str_of(e->country));
                if (c) r->of = c->canonical, memcpy(r->country, e->country, 3), r->rule = "link/country-of-other-office";
            } else if (only && !several) {
                r->of = only_name;
                memcpy(r->country, only, 3);
                r->rule = "link/only-country";
            }
        }
    }
}

void link_roles(linker *l) {
    for (uint32_t i = 0; i < l->d->mentions.len; i++) {
        const mention *m = &l->d->mentions.at[i];
        if (m->entity == NONE || l->d->entities.at[m->entity].type != ENTITY_PERSON) continue;
        for (uint32_t j = 0; j < m->slot_count; j++) {
            if (title_key(l->k->keys.at[m->slots[j].key])) title_role(l, i, &m->slots[j]);
        }
    }
    fill_countries(l);
}
