/* Link: mentions in, entities out. Names first (full ones, then short ones), then countries, bodies and places,
   then the offices that people hold, then the phrases that only point back ("the minister", "he", "the two leaders").
   Wrong merges are worse than missed ones: where two people fit, the nearer one needs a reason. Never reads the text
   itself, only mentions. */
#include "stages/link.h"

enum { MENTIONS_AN_ENTITY = 8 };

static uint32_t class_of(const pack *k, const char *name) { return pack_class(k, str_of(name)); }

static void name_classes(linker *l) {
    const pack *k = l->k;
    l->person = class_of(k, "person");
    l->name = class_of(k, "name");
    l->country = class_of(k, "country");
    l->demonym = class_of(k, "demonym");
    l->place = class_of(k, "place");
    l->organization = class_of(k, "organization");
    l->group = class_of(k, "group");
    l->nominal = class_of(k, "nominal");
    l->pronoun = class_of(k, "pronoun");
    l->office = class_of(k, "office");
    l->office_head = class_of(k, "office-head");
    l->rank = class_of(k, "rank");
    l->office_plural = class_of(k, "office-plural");
    l->people = class_of(k, "people");
    l->leader = class_of(k, "leader");
    l->given = class_of(k, "given-name");
    l->family = class_of(k, "family-name");
    l->particle = class_of(k, "name-particle");
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
    for (uint32_t i = 0; i < l->d->mentions.len; i++) {
        id_list *list = list_of(l, l->d->mentions.at[i].type);
        l->d->mentions.at[i].entity = NONE;
        if (list) *VEC_PUSH(l->d->arena, list) = i;
    }
}

void stage_link(worker *w, document *d) {
    linker l = {.w = w, .k = worker_pack(w), .d = d};
    name_classes(&l);
    VEC_RESERVE(d->arena, &l.names, d->mentions.len / MENTIONS_AN_ENTITY + 1);
    list_mentions(&l);
    l.source = link_source(&l);
    link_people(&l);
    link_things(&l);
    link_roles(&l);
    link_nominals(&l);
}
