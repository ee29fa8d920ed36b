/* A rule pack in memory: classes, lexicon, token patterns, phases and rules.
   Read-only after loading and shared by all workers. */
#ifndef WHOMET_PACK_H
#define WHOMET_PACK_H

#include "base/arena.h"
#include "base/buf.h"
#include "document.h"
#include "engine/known.h"

typedef struct location {  /* of something in a rule file */
    uint32_t file;         /* index in pack.files */
    uint32_t line, column; /* from 1; columns count code points */
} location;

typedef struct source_file {
    str name; /* "dates.rules", "lexicon/countries.list" */
    str path; /* for messages: the name, after its folder when it is not built in */
    str text;
} source_file;

/* First error wins per rule; several may be gathered. The text is ready to print, with caret lines. */
typedef struct problems {
    buf text;
    uint32_t errors, warnings;
} problems;
struct pack;
void problem_at(problems *p, const struct pack *pack, location where, bool error, const char *format, ...)
    __attribute__((format(printf, 5, 6)));

typedef struct fact {
    uint32_t key, len; /* key: as of what rules emit */
    const char *value;
} fact;
typedef struct entry {
    str canonical;
    fact *facts;
    uint32_t fact_count;
    uint32_t list; /* class id */
    location where;
} entry;

typedef struct reading { /* a word or phrase is a `class`, by entry (or NONE) */
    uint32_t class, entry;
} reading;

/* Boolean expression over classes, as postfix code. */
typedef enum { EXPR_CLASS, EXPR_NOT, EXPR_AND, EXPR_OR } expr_op;
typedef struct expr_code {
    expr_op op;
    uint32_t class;
} expr_code;
typedef struct expr {
    expr_code *code;
    uint32_t len;
} expr;

typedef enum { EMIT_SLOT, EMIT_LITERAL, EMIT_CLASS, EMIT_CARRY } emit_kind;
typedef struct emit_item {
    emit_kind kind;
    uint32_t key;  /* key id; class id for EMIT_CLASS */
    uint32_t role; /* role index in the rule for EMIT_SLOT and EMIT_CARRY */
    str literal;
} emit_item;

typedef struct example {
    bool positive;
    str text, expect;             /* expect: after "->", empty when none */
    location where, expect_where; /* of the texts */
} example;

typedef struct rule {
    str name; /* "contacts/met-with": file without .rules, slash, rule */
    location where;
    uint32_t phase;
    struct node *pattern; /* syntax tree, engine/pattern.h */
    expr *atoms;          /* every <..> and word of the pattern */
    uint32_t atom_count;
    str *roles;
    uint32_t role_count;
    uint32_t type; /* class id that it emits, NONE for `emit nothing` */
    emit_item *emits;
    uint32_t emit_count;
    example *examples;
    uint32_t example_count;
    str why;
    str always; /* why it runs without a trigger, or empty */
} rule;

typedef enum { PHASE_FOLD, PHASE_FIND } phase_mode;
typedef enum { STAGE_TAG, STAGE_RELATE } phase_stage;
typedef struct phase {
    str name;
    phase_mode mode;
    phase_stage stage;
    bool when_told; /* it goes on about a contact: it runs where one is told, and shortly after */
    uint32_t first_rule, end_rule;
} phase;

/* The classes that every token has by its shape: ids 0 to SHAPE_COUNT - 1 in every pack. */
enum {
    SHAPE_CAP,
    SHAPE_UPPER,
    SHAPE_LOWER,
    SHAPE_NUMBER,
    SHAPE_ORDINAL,
    SHAPE_ALNUM,
    SHAPE_INITIAL,
    SHAPE_PUNCT,
    SHAPE_WORD,
    SHAPE_COUNT
};

typedef struct token_pattern {
    uint32_t class;
    str regex;
    location where;
} token_pattern;

typedef struct pack {
    arena arena;  /* of all its structures; itself the first */
    arena tables; /* of what has no address in it: see engine/image.h */
    VEC(source_file) files;
    VEC(str) classes; /* id -> name */
    VEC(str) keys;    /* id -> name of the keys of slots, attributes and facts; those of engine/known.h come first */
    uint32_t known[KNOWN_COUNT]; /* class ids; NONE: the pack has no such class */
    VEC(entry) entries;
    VEC(token_pattern) patterns;
    VEC(phase) phases;
    VEC(rule) rules;
    struct lexicon *lexicon;         /* engine/lexicon.h */
    struct pack_names *names;        /* class name -> id, key -> id */
    struct fact_index *facts;        /* engine/facts.c */
    struct identity_rules *identity; /* engine/identity.h */
    struct code_table *codes;        /* engine/codes.h */
    char sha256[65];
    str report; /* the warnings of a pack from an image, as they were told when it was made */
    uint32_t warnings;
} pack;

/* The built-in pack: its image (dir_count 0), or its text with each dir's files added: a file of the same name replaces
   the built-in one, `order` included. NULL on errors, told in `p`. Warnings are told in `p` too: it is for the caller
   to print them or not. */
pack *pack_load(const char *const *dirs, size_t dir_count, problems *p);
pack *pack_of_files(const source_file *files, uint32_t count,
                    problems *p); /* these and nothing built in; texts are lent */
pack *pack_of_archive(str archive, arena structures, arena tables, problems *p); /* lent; likewise */
void pack_free(pack *k);
uint32_t pack_class(const pack *k, str name);                /* NONE when unknown */
bool pack_class_is_shape(const pack *k, uint32_t class);     /* cap, lower, ...: see shapes below */
uint32_t pack_key(const pack *k, str name);                  /* NONE when unknown */
uint32_t pack_rule(const pack *k, str name);                 /* NONE when unknown */
static inline str entry_fact(const entry *e, uint32_t key) { /* empty when it has none */
    for (uint32_t i = 0; i < e->fact_count; i++) {
        if (e->facts[i].key == key) return (str){e->facts[i].value, e->facts[i].len};
    }
    return (str){0};
}

/* The first entry of list `class` whose fact `iso` is that code: the country of a demonym, of a city. NULL: none. */
const entry *pack_entry_of_iso(const pack *k, uint32_t class, str iso);
void pack_index_facts(pack *k); /* the last step of loading */

/* Entries that hold an office (fact `office`), as chains: of a country; of a surname, with others of the same hash. */
typedef struct office_term {
    const entry *entry;
    const struct office_term *next_of_country, *next_of_surname;
} office_term;
const office_term *pack_holders_of_country(const pack *k, str iso);
const office_term *pack_holders_of_surname(const pack *k, str word);
str holder_surname(const entry *e);

#endif
