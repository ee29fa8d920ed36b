/* Link: mentions in, entities out. Names first (full ones, then short ones), then countries, bodies and places,
   then the offices that people hold, then the phrases that only point back ("the minister", "he", "the two leaders").
   Wrong merges are worse than missed ones: where two people fit, the nearer one needs a reason. Never reads the text
   itself, only mentions. */
#include "stages/link.h"

enum { MENTIONS_AN_ENTITY = 8 };

static void name_classes(linker *l) {
    const pack *k = l->k;
    l->person = k->known[KNOWN_PERSON];
    l->name = k->known[KNOWN_NAME];
    l->country = k->known[KNOWN_COUNTRY];
    l->demonym = k->known[KNOWN_DEMONYM];
    l->place = k->known[KNOWN_PLACE];
    l->organization = k->known[KNOWN_ORGANIZATION];
    l->group = k->known[KNOWN_GROUP];
    l->nominal = k->known[KNOWN_NOMINAL];
    l->pronoun = k->known[KNOWN_PRONOUN];
    l->office = k->known[KNOWN_OFFICE];
    l->office_head = k->known[KNOWN_OFFICE_HEAD];
    l->rank = k->known[KNOWN_RANK];
    l->office_plural = k->known[KNOWN_OFFICE_PLURAL];
    l->people = k->known[KNOWN_PEOPLE];
    l->leader = k->known[KNOWN_LEADER];
    l->given = k->known[KNOWN_GIVEN_NAME];
    l->family = k->known[KNOWN_FAMILY_NAME];
    l->particle = k->known[KNOWN_NAME_PARTICLE];
}

static id_list *list_of(linker *l, uint32_t type) {
    if (type == l->person) return &l->of_person;
    if (type == l->name) return &l->of_name;
    if (type == l->people) return &l->of_people;
    if (type == l->nominal || type == l->pronoun) return &l->pointing;
    bool thing = type == l->country || type == l->organization || type == l->place || type == l->group;
    return thing ? &l->of_thing : NULL;
}

static void list_mentions(linker *l) {
    l->joined = arena_raw(l->d->arena, l->d->mentions.len * sizeof *l->joined, alignof(uint32_t));
    l->kinds = ARENA_ARRAY(l->d->arena, uint8_t, l->d->mentions.len);
    for (uint32_t i = 0; i < l->d->mentions.len; i++) {
        id_list *list = list_of(l, l->d->mentions.at[i].type);
        l->d->mentions.at[i].entity = l->joined[i] = NONE;
        if (list) *VEC_PUSH(l->d->arena, list) = i;
    }
}

void stage_link(worker *w, document *d) {
    linker l = {.w = w, .k = worker_pack(w), .d = d};
    name_classes(&l);
    VEC_RESERVE(d->arena, &d->entities, d->mentions.len / MENTIONS_AN_ENTITY + 1);
    VEC_RESERVE(d->arena, &l.names, d->mentions.len / MENTIONS_AN_ENTITY + 1);
    VEC_RESERVE(d->arena, &l.index.list, d->mentions.len / MENTIONS_AN_ENTITY + 1);
    list_mentions(&l);
    l.source = link_source(&l);
    link_people(&l);
    link_things(&l);
    link_roles(&l);
    link_nominals(&l);
}
