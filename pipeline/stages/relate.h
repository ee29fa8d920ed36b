/* What the parts of the relate stage share. Private to stages/relate*.c. */
#ifndef WHOMET_RELATE_H
#define WHOMET_RELATE_H

#include "stages/stages.h"

typedef struct mention_list {
    const uint32_t *at;
    uint32_t len;
} mention_list;

/* What a fact says of the status: nothing, by the words around the mention, or by a clause. */
typedef enum { FACT_MENTION, FACT_HINT, FACT_CLAUSE } fact_strength;

/* What the sentence at hand says of one mention of an agreement or a public event. */
typedef struct pending_fact {
    uint32_t thing;            /* mention */
    bool agreement, completed; /* completed: the name has words from after the mention */
    fact_strength strength;
    event e;
    uint32_t settled; /* when the sentence is read: which one it is, numbered from 1; 0: none worth keeping */
} pending_fact;

typedef struct relater {
    worker *w;
    const pack *k;
    document *d;
    uint32_t mentions;         /* those that are no relations come first */
    mention_list *by_sentence; /* relate_mentions */
    /* classes */
    uint32_t body, event_class, say, relative, verb, aside, hold, meeting_noun, vbd, vbn;
    uint32_t conflict, known_conflict, incident, another, definite, indefinite, article, preposition, and_word;
    uint32_t ahead, vbg;
    VEC(pending_fact) pending;
    VEC(mention) occasions;      /* of the sentence at hand */
    VEC(event) headlines;        /* contacts of the headline whose people the text may name */
    VEC(event) weak;             /* contacts with too few parties to stand alone: their facts join a neighbour */
    uint32_t last_contact;       /* index in d->events of the contact told last, or NONE */
    uint32_t last_told;          /* sentence that told of it last */
    uint32_t at;                 /* the sentence at hand */
    const struct cutter *cutter; /* relate_topics.c's; NULL: nothing was asked yet */
} relater;

/* Of a sentence, those that are no relations, by first token, the longer ones first. */
const mention_list *relate_mentions(const relater *r, uint32_t in);

/* relate_parts.c: from the slots of a relation. */
void relate_parties(relater *r, event *e, const mention *m, uint32_t key, const char *as);
void relate_parties_within(relater *r, event *e, const mention *m); /* all whom its words name */
void relate_parties_between(relater *r, event *e, uint32_t in, uint32_t first, uint32_t end, const char *as);
void relate_place(relater *r, event *e, const mention *m);
void relate_further_places(relater *r, const event *e, const mention *m, void (*keep)(relater *, const event *));
void relate_place_of_sentence(relater *r, event *e, const mention *m);
void relate_date(relater *r, event *e, const mention *m, bool search_sentence);
void relate_status(relater *r, event *e, const mention *m, const char *otherwise);
void relate_evidence(relater *r, event *e, const mention *m);
const slot *relate_next_slot(const mention *m, uint32_t key, uint32_t *from);

/* relate_subject.c: who did it, where the relation's own words do not say; they grow by the words that do. */
void relate_shared_subject(relater *r, event *e, mention *m);
void relate_company(relater *r, event *e, const mention *m); /* "A, accompanied by C, met B" */

/* relate_topics.c: what it was about. */
void relate_about(relater *r, event *e, const mention *m);
void relate_topic(relater *r, const mention *m);
bool relate_goes_on(const relater *r, uint32_t at); /* false: sentence `at` cannot be about a contact */
void relate_add_topic(relater *r, event *e, topic t);
bool relate_takes_part(relater *r, const event *e, uint32_t entity);

/* relate_merge.c: two tellings of one thing become one. */
void relate_absorb(relater *r, event *into, const event *other);
void relate_absorb_facts(relater *r, event *into, const event *other); /* all but its parties */
bool relate_dates_fit(str a, str b);

/* relate_known.c: which contact of the article a telling is about. */
bool relate_is_visit(const event *e);
bool relate_is_talk(const event *e); /* a meeting or a call */
bool relate_has_party(const event *e, uint32_t entity);
bool relate_stands_alone(const event *e);
bool relate_places_fit(const relater *r, const event *a, const event *b);
bool relate_statuses_fit(const event *a, const event *b);
event *relate_find_contact(const relater *r, const event *e);
event *relate_find_visit(const relater *r, const event *e);
event *relate_find_talks(const relater *r, const event *e, bool any_parties);
event *relate_find_same_words(const relater *r, const event *e);
void relate_settle_status(event *into, const event *other, bool same_words);

/* relate_headline.c: headlines wait for the text to name their people. */
bool relate_headline_waits(relater *r, const event *e, const mention *m);
void relate_settle_headlines(relater *r);

/* relate_contacts.c, relate_facts.c */
void relate_contact(relater *r, const mention *m);
void relate_finish_contacts(relater *r);
void relate_fact(relater *r, const mention *m, bool agreement);

/* relate_codes.c */
void relate_codes(relater *r);

/* relate_things.c */
void relate_settle_facts(relater *r);

/* relate_occasions.c: where contacts were held and agreements signed. */
void relate_occasion(relater *r, const mention *m);
void relate_occasions(relater *r, uint32_t in);
bool relate_gathers(const relater *r, const mention *thing); /* a public event that people come to */

#endif
