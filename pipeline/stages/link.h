/* What the parts of the link stage share. Private to stages/link*.c. */
#ifndef WHOMET_LINK_H
#define WHOMET_LINK_H

#include "stages/stages.h"

typedef VEC(uint32_t) id_list;

typedef struct stretch { /* mentions of one sentence */
    uint32_t first, end;
} stretch;

/* Of people: folded word -> entities whose name has it. Of everything else: folded name -> one entity. A list stops
   growing at NAME_INDEX_MOST, so that ten thousand people of one name cost no more than linear time. */
typedef struct indexed_name {
    str folded;
    id_list entities;
    entity_type type;
} indexed_name;
typedef struct name_slot {
    uint32_t hash, name; /* index in list, plus one; 0: free */
} name_slot;
typedef struct name_index {
    VEC(indexed_name) list;
    name_slot *slots;
    uint32_t room; /* power of two */
} name_index;
enum { NAME_INDEX_MOST = 64, NAME_WORDS = 12 };

/* A person's name in folded words, without titles. */
typedef struct folded_name {
    const str *words;
    uint32_t count;
    uint32_t readings; /* what the lexicon of office holders has of it, or NONE */
} folded_name;

/* f, m or 0, by the names of an entity that is a person: asked once, after link_people. */
typedef struct gender_fact {
    bool asked;
    char gender;
} gender_fact;

/* What is asked of a title, once. */
typedef struct title_fact {
    str title, folded, head;
    const entry *whole, *office; /* the lexicon's, of all its words; of these, of its head, or of the rank */
} title_fact;

typedef struct lone_name { /* a name of one word that stands somewhere in the article */
    str folded;
    uint32_t mention;
} lone_name;

typedef struct linker {
    worker *w;
    const pack *k;
    document *d;
    id_list of_person, of_name, of_people, of_thing, pointing; /* mentions of a type, in their order; pointing:
                                                                  nominals, pronouns. Most mentions are none of these */
    uint32_t *joined;                                          /* by mention: the entity that it has joined, or NONE */
    uint8_t *kinds; /* by mention: the type of that entity, plus one; 0: none */
    name_index index;
    VEC(folded_name) names;    /* of an entity that is a person, by entity */
    VEC(gender_fact) genders;  /* by entity */
    const entry *source;       /* who publishes, when known */
    VEC(title_fact) titles;    /* of all the article */
    VEC(lone_name) lone_names; /* of all the article */
    bool has_lone_names;       /* they were asked for */
    uint32_t person, name, country, demonym, place, organization, group, nominal, pronoun, office, office_head, rank,
        office_plural, people, given, family, particle, leader;
} linker;

/* entities.c: made once for each real thing. */
uint32_t link_new_entity(linker *l, entity_type type, str name);
void link_join(linker *l, uint32_t at, uint32_t id, const char *reason);
void link_alias(linker *l, uint32_t id, str alias);
uint32_t link_thing(linker *l, entity_type type, str name, const char *country);
uint32_t link_thing_folded(linker *l, entity_type type, str name, str folded, const char *country);
id_list *link_index_at(linker *l, entity_type type, str folded, bool make); /* NULL: there is none */
uint32_t link_place_called(linker *l, str printed);                         /* link_things.c: the entity, or NONE */
const char *link_country_of(linker *l, const slot *s, str *name);           /* ISO code and canonical name, or NULL */
stretch link_around(const linker *l, uint32_t at); /* all mentions of the sentence of a mention */
static inline const entity *link_entity_at(const linker *l, uint32_t at) { /* of a mention, or NULL */
    return l->joined[at] == NONE ? NULL : &l->d->entities.at[l->joined[at]];
}

/* The last mention before `at`, not before `low`, that has joined an entity of that type; NONE: there is none. */
static inline uint32_t link_before(const linker *l, uint32_t at, uint32_t low, entity_type type) {
    const uint8_t *found = at > low ? memrchr(l->kinds + low, (int)type + 1, at - low) : NULL;
    return found ? (uint32_t)(found - l->kinds) : NONE;
}

/* "minister" of "Minister of Foreign Affairs" and of "Foreign Minister", "vice president" of "First Vice President". */
str link_title_head(linker *l, str title, str folded);
str link_title_last(str folded); /* the last word before "of", "for", "to" */
str link_two_words(linker *l, str a, str b);

/* link_holders.c: what the lexicon of office holders knows, inside the term. Countries are entries of theirs. */
const entry *link_known_holder(linker *l, uint32_t id);
const entry *link_country_of_holder(linker *l, uint32_t id, const title_fact *title);
bool link_holder_is_another(linker *l, uint32_t id, str surname, const title_fact *title);
void link_trim_title(linker *l, uint32_t id, role *r);
title_fact link_mention_title(linker *l, uint32_t at); /* of a person's mention; without one empty */
bool link_office_is_anothers(linker *l, uint32_t id, const role *r, bool *same);
bool link_no_such_office(const title_fact *title, const entry *country);
bool link_lexicon_refutes(linker *l, uint32_t id, const title_fact *title, const entry *country);
bool link_lexicon_holds(linker *l, uint32_t id, const title_fact *title, const char *iso);
void link_title_of_holder(linker *l, uint32_t id, role *r);
bool link_body_of_holder(linker *l, uint32_t id, role *r);

/* link_cues.c: the country of an office by the sentence around the mention `at`; ISO codes, or NULL. */
typedef struct link_two { /* the countries of an article, when they are two */
    char iso[2][3];
    uint32_t count;
} link_two;
const char *link_country_of_host(linker *l, uint32_t at, const link_two *article);
const char *link_country_of_owner(linker *l, uint32_t at);
const char *link_country_of_sentence(linker *l, uint32_t at);

/* link_answers.c: a phrase that points back, and of which country or body it is. */
typedef struct office_phrase {
    title_fact title;
    str names, body; /* other words for its office, separated by commas */
    const char *iso;
} office_phrase;
office_phrase link_phrase(linker *l, str title, str body, const char *iso);
bool link_answers(linker *l, const entity *e, const office_phrase *phrase);
bool link_same_words(const title_fact *phrase, const title_fact *own); /* of one head */

/* link_countries.c */
const entry *link_source(linker *l);
const char *link_source_iso(linker *l);           /* of a source that speaks for a government, or NULL */
bool link_source_speaks_of(linker *l, str title); /* of that office of its own country, when it names no other */
void link_countries(linker *l);

/* link_roles.c: the office given to the person, from a mention that names it. */
title_fact link_title(linker *l, str title);
bool link_same_body(linker *l, str a, str b);
void link_add_office(linker *l, uint32_t id, uint32_t at, const slot *office, const char *iso);

/* link_people.c, link_roles.c, link_nominals.c: in this order. */
void link_people(linker *l);
char link_gender(linker *l, uint32_t id);         /* f, m or 0, by honorific and given name */
void link_person_of_name(linker *l, uint32_t at); /* a lone name that turns out to be a person's */
void link_things(linker *l);
void link_roles(linker *l);
void link_nominals(linker *l);

#endif
