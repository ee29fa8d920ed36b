/* What the parts of the loader share. Private to pack*.c, rules_*.c, expr.c and pattern*.c; gone when the pack is
 * loaded. */
#ifndef WHOMET_LOADER_H
#define WHOMET_LOADER_H

#include "engine/lexicon.h"
#include "engine/names.h"
#include "engine/pattern.h"
#include "stages/tokenize.h"

typedef enum { CLASS_SHAPE, CLASS_FORM, CLASS_WORD, CLASS_LIST, CLASS_TOKEN, CLASS_EMITTED } class_kind;

/* The text of a `class` or a `define`. */
typedef struct macro {
    str name, text;
    location where;  /* of the text */
    bool used, open; /* open: being expanded, so that a circle shows */
    bool broken;     /* its errors are told once, not at each use */
} macro;
typedef VEC(macro) macro_list;

typedef struct raw_line {
    str key, text;
    location where, text_where;
} raw_line;

typedef struct raw_rule {
    str name;
    location where;
    VEC(raw_line) lines;
} raw_rule;

/* An entry of a list, not yet cut into words. */
typedef struct raw_entry {
    str text;
    location where;
    uint32_t class;
    bool variants, verb; /* variants: '|' separates spellings of one entry */
} raw_entry;

typedef struct class_note {
    class_kind kind;
    bool used;      /* a pattern asks for it */
    location where; /* first declaration */
} class_note;

typedef struct digest { /* SHA-256 of a text that the archive has, in hexadecimal digits */
    const char *text;
    str digits;
} digest;

typedef struct loader {
    pack *k;
    problems *p;
    arena scratch; /* of all that is not the pack's */
    names classes, keys;
    VEC(digest) digests;
    VEC(class_note) notes; /* by class id */
    uint32_t abbreviation, country, demonym, body;
    macro_list aliases, fragments;
    VEC(raw_entry) pending;
    VEC(raw_rule) rules;
} loader;

static inline bool name_char(char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
}
bool loader_is_name(str s); /* of a class, a key, a role, a rule */

/* pack_files.c */
void loader_add_file(loader *l, str name, str path, str text); /* the text is lent */
void loader_add_archive(
    loader *l, str archive); /* each: form feed, blank, name, blank, size, SHA-256, line end, bytes, line end */
void loader_add_folder(loader *l, const char *path);
void loader_seal_files(loader *l);             /* sorted by name, and their hash */
bool loader_is_table(str name);                /* a file with lines of its own kind */
uint32_t loader_file(const pack *k, str name); /* NONE when there is none */

/* pack.c */
uint32_t loader_class(loader *l, str name, class_kind kind, location where); /* made when it is new */
uint32_t loader_known_class(loader *l, str name, location where);            /* NONE: told in p */
uint32_t loader_key(loader *l, str name);
token_lore loader_lore(loader *l);
uint32_t loader_words(loader *l, str text, str *out, uint32_t room); /* normalised, as text is tokenised */
location location_plus(location base, str text, size_t bytes);       /* columns count code points */

/* A macro of the file itself, or else of the one other file that has it. NULL: none, or *ambiguous. */
macro *loader_macro(macro_list *list, uint32_t file, str name, bool *ambiguous);

/* rules_lines.c: declarations of one file; rules as raw lines. */
void rules_read_file(loader *l, uint32_t file);

/* rules_list.c */
void list_entry(loader *l, str text, location where, uint32_t class, bool variants);
void list_inline(loader *l, str items, location where, uint32_t class, bool verb);
void list_finish(loader *l); /* all entries into the lexicon */

/* rules_rule.c: the rule, its pattern parsed, appended to the pack. stem: the file's name without ".rules". */
void rules_build(loader *l, const raw_rule *raw, uint32_t phase, str stem);

/* order.c */
void order_build(loader *l);

/* expr.c: from text[*at], up to one of `stop` (not taken) or the end when stop is "". False: told in p. */
bool expr_parse(loader *l, str text, size_t *at, location base, const char *stop, expr *out);
uint32_t loader_word_class(loader *l, str word); /* of one bare, normalised word */

/* pattern.c: text stands at `where`; fragments have their own places. Fills r->pattern, atoms, roles. False: told in p.
 */
bool pattern_build(loader *l, rule *r, str text, location where);

/* pattern_check.c: what parses and yet may not stand: lookbehind of no fixed length, a repeat within a repeat. */
bool pattern_check(loader *l, const node *n);

#endif
