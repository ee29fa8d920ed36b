/* Countries, bodies, places: one entity for each canonical name; an acronym joins its expansion. */
#include "stages/link.h"

#include <string.h>

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
        str iso = entry_fact(e, KEY_ISO);
        if (e->list == l->country || e->list == l->demonym || e->list == l->given || e->list == l->family) continue;
        if (canonical->len == 0) *canonical = e->canonical;
        if (iso.len == 2) {
            *canonical = e->canonical;
            return arena_copy(l->d->arena, iso).at;
        }
    }
    return NULL;
}

/* The country of what a town lies in. Of several readings (Georgia) the one that the town's own has, else, for a town
   that is known elsewhere, the state; of an unknown town none. */
static const char *iso_around(linker *l, const slot *of, const char *own) {
    uint32_t count, state = l->k->known[KNOWN_STATE];
    const reading *r = worker_readings(l->w, of->readings, &count);
    const entry *found = NULL;
    for (uint32_t i = 0; i < count; i++) {
        const entry *e = r[i].entry == NONE ? NULL : &l->k->entries.at[r[i].entry];
        if (e && own && str_equal(entry_fact(e, KEY_ISO), str_of(own))) return own;
        if (e && e->list == state) found = e;
    }
    str ignored = {0};
    const char *iso = link_country_of(l, of, &ignored);
    if (found && (own || !iso)) return arena_copy(l->d->arena, entry_fact(found, KEY_ISO)).at;
    if (found) return NULL;
    return iso ? iso : iso_of_readings(l, of, &ignored);
}

/* "Russian Army", "CPC Shanghai Committee": the country of the demonym or body that the name begins with, or NULL. */
static const char *iso_of_first_word(linker *l, const slot *s) {
    static const known_class classes[] = {KNOWN_DEMONYM, KNOWN_AGENCY, KNOWN_PARTY, KNOWN_BODY};
    uint32_t word = l->d->tokens.at[s->first].word;
    for (size_t i = 0; s->end - s->first > 1 && i < sizeof classes / sizeof *classes; i++) {
        const entry *e = worker_word_entry(l->w, word, l->k->known[classes[i]]);
        str iso = e ? entry_fact(e, KEY_ISO) : (str){0};
        if (iso.len == 2) return arena_copy(l->d->arena, iso).at;
    }
    return NULL;
}

/* What the article calls so, whatever the lexicon means by it: "San Jose" after "San Jose, California", "APA" after
   "American Psychological Association (APA)". */
static uint32_t called(linker *l, entity_type type, str folded) {
    id_list *list = link_index_at(l, type, folded, false);
    return list && list->len ? list->at[0] : NONE;
}

uint32_t link_place_called(linker *l, str printed) { return called(l, ENTITY_PLACE, utf8_fold(l->d->arena, printed)); }

/* The article's own words name the entity; the lexicon's name joins what is spelt in several ways. */
static uint32_t thing_of(linker *l, uint32_t i, const slot *s, entity_type type, str printed, str canonical,
                         const char *iso) {
    const slot *of = mention_slot(&l->d->mentions.at[i], KEY_OF);
    str folded = utf8_fold(l->d->arena, printed);
    uint32_t told = of ? NONE : called(l, type, folded);
    if (told != NONE) {
        entity *e = &l->d->entities.at[told];
        const char *own = type == ENTITY_ORGANIZATION && !e->country[0] ? iso_of_first_word(l, s) : NULL;
        if (own) memcpy(e->country, own, 3);
        return told;
    }
    const char *outer = of ? iso_around(l, of, iso) : NULL;
    bool elsewhere = type == ENTITY_PLACE && outer && (!iso || strcmp(iso, outer) != 0);
    if (elsewhere || !iso) iso = outer;
    if (!iso && type == ENTITY_ORGANIZATION) iso = iso_of_first_word(l, s);
    return canonical.len && !elsewhere ? link_thing(l, type, canonical, iso)
                                       : link_thing_folded(l, type, printed, folded, iso);
}

static void thing_mention(linker *l, uint32_t i, const slot *s, entity_type type) {
    str printed = document_tokens(l->d, s->first, s->end), canonical = {0};
    const char *iso = iso_of_readings(l, s, &canonical);
    uint32_t id = thing_of(l, i, s, type, printed, canonical, iso);
    link_alias(l, id, printed);
    const slot *acronym = mention_slot(&l->d->mentions.at[i], KEY_ACRONYM);
    if (acronym) {
        str short_form = document_tokens(l->d, acronym->first, acronym->end);
        link_alias(l, id, short_form);
        id_list *list = link_index_at(l, type, utf8_fold(l->d->arena, short_form), true);
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
    const slot *office = mention_slot(m, KEY_OFFICE);
    for (uint32_t i = at;
         office && office->mention != NONE && i-- > 0 && l->d->mentions.at[i].sentence == m->sentence;) {
        const mention *p = &l->d->mentions.at[i];
        const slot *title = p->type == l->person && p->entity != NONE ? mention_slot(p, KEY_TITLE) : NULL;
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
    const slot *of = mention_slot(m, KEY_OF), *office = mention_slot(m, KEY_OFFICE);
    if (!of && office && office->mention != NONE) of = mention_slot(&l->d->mentions.at[office->mention], KEY_OF);
    str ignored;
    const char *iso = of ? link_country_of(l, of, &ignored) : NULL;
    uint32_t id = link_thing(l, ENTITY_GROUP, document_tokens(l->d, m->first, m->end), iso);
    link_join(l, i, id, "link/same-words");
}

static void link_thing_mention(linker *l, uint32_t i) {
    const mention *m = &l->d->mentions.at[i];
    slot all = whole(m);
    const slot *s = mention_slot(m, KEY_NAME);
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

/* Other countries are named, and not that one. */
static bool only_others_named(const linker *l, const char *iso) {
    bool others = false;
    for (uint32_t i = 0; i < l->d->entities.len; i++) {
        const entity *e = &l->d->entities.at[i];
        if (e->type != ENTITY_COUNTRY && e->type != ENTITY_PLACE) continue;
        if (strcmp(e->country, iso) == 0) return false;
        others |= e->type == ENTITY_COUNTRY;
    }
    return others;
}

/* "Labour Party", where only other countries than the one whose party is usually meant are named (ambiguous=yes). */
static void doubt_parties(linker *l) {
    uint32_t party = l->k->known[KNOWN_PARTY];
    for (uint32_t i = 0; i < l->d->entities.len; i++) {
        entity *e = &l->d->entities.at[i];
        if (e->type != ENTITY_ORGANIZATION || !e->country[0] || !only_others_named(l, e->country)) continue;
        const entry *known = worker_phrase_entry(l->w, e->name, party);
        if (known && entry_fact(known, KEY_AMBIGUOUS).len) e->country[0] = 0;
    }
}

void link_things(linker *l) {
    uint32_t others = 0; /* "San Jose, California" before a headline's "San Jose" */
    for (uint32_t i = 0; i < l->of_thing.len; i++) {
        const mention *m = &l->d->mentions.at[l->of_thing.at[i]];
        if (m->type == l->place && mention_slot(m, KEY_OF))
            link_thing_mention(l, l->of_thing.at[i]);
        else
            l->of_thing.at[others++] = l->of_thing.at[i];
    }
    for (uint32_t i = 0; i < others; i++) link_thing_mention(l, l->of_thing.at[i]);
    doubt_parties(l);
}
