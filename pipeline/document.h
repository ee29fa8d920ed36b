/* One article on its way through the stages. Each stage adds its layer and leaves the earlier ones
   alone: read -> text, tokenize -> tokens and sentences, tag -> mentions, link -> entities,
   relate -> events and agreements. All of it lives in the article's arena.

   Positions are bytes of `buffer`, which holds the title, two line ends, and the text; a position
   before `text_at` lies in the title. document_place() turns them into what the user counts. */
#ifndef WHOMET_DOCUMENT_H
#define WHOMET_DOCUMENT_H

#include "base/arena.h"
#include "base/utf8.h"

#define NONE UINT32_MAX

typedef struct token {
    uint32_t begin, end; /* bytes of buffer */
    uint32_t word;       /* id in the worker's word table */
} token;

/* What the rules see: a token, a lexicon entry of several tokens, or a folded mention. */
typedef struct symbol {
    uint32_t first, end; /* tokens */
    uint32_t classes;    /* id of a class set in the worker */
    uint32_t readings;   /* id of a reading set in the worker (lexicon entries), or NONE */
    uint32_t mention;    /* index in document.mentions, or NONE */
    uint64_t opens; /* the engine's, once its sentence has keys: bits of the phases of which a rule may begin here */
} symbol;

typedef struct sentence {
    uint32_t first, end; /* tokens; at most SENTENCE_TOKENS */
    uint32_t paragraph;
    bool title;
    symbol *symbols; /* after tag: with everything folded */
    uint32_t symbol_count;
    uint64_t opens;       /* the engine's: bits of the phases of which a rule may begin at one of its symbols */
    struct key_row *keys; /* the engine's: by phase, the keys that its symbols are; NULL: not known yet */
} sentence;
enum { SENTENCE_TOKENS = 512 };

typedef struct slot {
    uint32_t key;        /* key id of the pack (pack_key) */
    uint32_t first, end; /* tokens */
    uint32_t mention;    /* the mention that fills it when the slot is exactly one folded symbol, or NONE */
    uint32_t readings;   /* reading set of that symbol, or NONE */
} slot;

typedef struct attribute {
    uint32_t key;
    str value;
} attribute;

typedef struct mention { /* what is asked of most of them comes first */
    uint32_t type;       /* class id */
    uint32_t rule;       /* index of the rule in the pack */
    uint32_t first, end; /* tokens */
    uint32_t sentence;
    uint32_t parent;            /* mention that it folded into, or NONE */
    uint32_t classes, readings; /* of its symbol */
    uint32_t entity;            /* after link: index in entities, or NONE */
    uint16_t slot_count, attribute_count, member_count;
    bool relation; /* found by a phase of the relate stage */
    slot *slots;
    attribute *attributes;
    uint32_t *members;    /* after link, of a plural ("the two leaders"): entities */
    const char *link;     /* after link: the reason it joined its entity ("link/surname") */
    struct timex3 *timex; /* of a date mention */
} mention;

/* A resolved TIMEX3 (TimeML 1.2.1 / ISO 8601). */
typedef struct timex3 {
    const char *type;        /* DATE TIME DURATION SET */
    str value;               /* empty: none could be given */
    str mod;                 /* empty: none */
    str day_first, day_last; /* ISO days that the value spans, empty when not a calendar value */
    const char *basis;       /* explicit weekday relative dateline publication */
} timex3;

typedef enum { ENTITY_PERSON, ENTITY_COUNTRY, ENTITY_PLACE, ENTITY_ORGANIZATION, ENTITY_GROUP } entity_type;

typedef struct role {
    str title, of;
    str head;        /* link's: the head of the title, folded; empty: not asked yet */
    char country[3]; /* ISO 3166-1 alpha-2, or "" */
    bool former;
    uint32_t mention; /* its evidence */
    const char *rule; /* where the country or body came from when not from the mention's own rule, or NULL */
} role;

typedef struct entity {
    entity_type type;
    str name;
    char country[3];
    VEC(str) aliases;
    VEC(role) roles;
    VEC(uint32_t) mentions;
} entity;

typedef struct evidence {
    uint32_t begin, end; /* bytes of buffer */
    uint32_t rule;       /* rule index of the pack, or NONE: `rule_name` says */
    bool about;          /* of a contact: shows what it was about, not that it took place */
    const char *rule_name;
} evidence;

typedef struct participant {
    uint32_t entity;
    const char *role; /* participant visitor host */
} participant;

typedef struct topic {
    uint32_t begin, end; /* bytes of buffer */
} topic;

/* Events and agreements share one shape: an agreement's parties are its participants. */
typedef struct event {
    str type; /* meeting call visit, or a kind of event; of an agreement its kind */
    str name; /* empty: none */
    const char *status;
    bool presumed; /* the status is what a noun presumes, no verb says it */
    VEC(participant) participants;
    uint32_t place; /* entity, or NONE */
    char country[3];
    str date, end;          /* ISO, or empty */
    const char *date_basis; /* or NULL */
    bool date_near;         /* relate's: the date only stands near it in the sentence */
    VEC(topic) about;
    VEC(evidence) evidence;
    const struct event_code *code; /* of rules/codes, or NULL */
    uint32_t during;               /* the event at which it was held or signed, numbered from 1 in `events`; 0: none */
} event;

typedef struct document {
    arena *arena;
    str id, source, title, published, url, byline, language; /* published: ISO day or date-time, or empty */
    str path;                                                /* where it was read, for messages */
    str buffer;
    uint32_t text_at;
    uint32_t head_end;  /* before it every line stands alone: title, byline, date */
    utf8_shift *shifts; /* of the text part: added to positions after text_at */
    uint32_t shift_count;
    str sha256;         /* hex, of the user's text bytes */
    str dateline_place; /* as printed, or empty */
    VEC(token) tokens;
    VEC(sentence) sentences;
    VEC(mention) mentions;
    VEC(entity) entities;
    VEC(event) events, agreements;
    struct place_index *index; /* made at the first call of document_place */
} document;

/* A stretch of the article in the user's units. */
typedef struct place {
    bool in_title;
    uint32_t begin, end;           /* code points */
    uint32_t byte_begin, byte_end; /* UTF-8 bytes */
    str quote;                     /* exactly those characters */
} place;
place document_place(document *d, uint32_t begin, uint32_t end);
str document_text(const document *d); /* the text part of buffer */
str document_tokens(const document *d, uint32_t first,
                    uint32_t end); /* from the first token's begin to the last one's end */

#endif
