/* Countries, bodies, places: one entity for each canonical name; an acronym joins its expansion. */
#include "stages/link.h"

static void country_mention(linker *l, uint32_t i, const slot *s) {
    str name;
    const char *iso = link_country_of(l, s, &name);
    if (!iso) return;
    uint32_t id = link_thing(l, ENTITY_COUNTRY, name, iso);
    link_alias(l, id, document_tokens(l->d, s->first, s->end));
    link_join(l, i, id, "link/country");
}

static const char *iso_of_readings(linker *l, const slot *s, str *canonical) {
    uint32_t count;
    const reading *r = worker_readings(l->w, s->readings, &count);
    for (uint32_t i = 0; i < count; i++) {
        if (r[i].entry == NONE) continue;
        const entry *e = &l->k->entries.at[r[i].entry];
        str iso = entry_fact(e, STR("iso"));
        if (e->list == l->country || e->list == l->demonym || e->list == l->given || e->list == l->family) continue;
        if (canonical->len == 0) *canonical = e->canonical;
        if (iso.len == 2) {
            *canonical = e->canonical;
            return arena_copy(l->d->arena, iso).at;
        }
    }
    return NULL;
}

static void thing_mention(linker *l, uint32_t i, const slot *s, entity_type type) {
    str printed = document_tokens(l->d, s->first, s->end), canonical = {0};
    const char *iso = iso_of_readings(l, s, &canonical);
    const slot *of = mention_slot(l->k, &l->d->mentions.at[i], "of");
    str ignored;
    if (!iso && of) iso = link_country_of(l, of, &ignored);
    /* The article's own words name the entity; the lexicon's name joins what is spelt in several ways. */
    str key = canonical.len ? canonical : printed;
    uint32_t id = link_thing(l, type, key, iso);
    link_alias(l, id, printed);
    const slot *acronym = mention_slot(l->k, &l->d->mentions.at[i], "acronym");
    if (acronym) {
        str short_form = document_tokens(l->d, acronym->first, acronym->end);
        link_alias(l, id, short_form);
        id_list *list = name_index_at(l, &l->things[type], utf8_fold(l->d->arena, short_form), true);
        if (list && list->len == 0) *VEC_PUSH(l->d->arena, list) = id;
    }
    link_join(l, i, id, canonical.len ? "link/lexicon-name" : "link/same-name");
}

static slot whole(const mention *m) {
    return (slot){.first = m->first, .end = m->end, .mention = NONE, .readings = NONE};
}

/* "Kaleva was elected mayor": whom a person's mention beside gives the office. */
static uint32_t holder_beside(const linker *l, uint32_t at) {
    const mention *m = &l->d->mentions.at[at];
    const slot *office = mention_slot(l->k, m, "office");
    for (uint32_t i = at;
         office && office->mention != NONE && i-- > 0 && l->d->mentions.at[i].sentence == m->sentence;) {
        const mention *p = &l->d->mentions.at[i];
        const slot *title = p->type == l->person && p->entity != NONE ? mention_slot(l->k, p, "title") : NULL;
        if (title && title->mention == office->mention) return p->entity;
    }
    return NONE;
}

static void group_mention(linker *l, uint32_t i) {
    const mention *m = &l->d->mentions.at[i];
    uint32_t holder = holder_beside(l, i);
    if (holder != NONE) {
        link_join(l, i, holder, "link/office-of-person");
        return;
    }
    const slot *of = mention_slot(l->k, m, "of");
    str ignored;
    const char *iso = of ? link_country_of(l, of, &ignored) : NULL;
    uint32_t id = link_thing(l, ENTITY_GROUP, document_tokens(l->d, m->first, m->end), iso);
    link_join(l, i, id, "link/same-words");
}

void link_things(linker *l) {
    for (uint32_t i = 0; i < l->d->mentions.len; i++) {
        const mention *m = &l->d->mentions.at[i];
        bool thing = m->type == l->country || m->type == l->organization || m->type == l->place || m->type == l->group;
        if (!thing) continue;
        slot all = whole(m);
        const slot *s = mention_slot(l->k, m, "name");
        if (!s) s = &all;
        if (m->type == l->country)
            country_mention(l, i, s);
        else if (m->type == l->organization)
            thing_mention(l, i, s, ENTITY_ORGANIZATION);
        else if (m->type == l->place)
            thing_mention(l, i, s, ENTITY_PLACE);
        else if (m->type == l->group)
            group_mention(l, i);
    }
}
