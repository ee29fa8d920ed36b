/* What the parts of the runtime share. Private to worker.c, words.c, classes.c, symbols.c and phase_*.c. */
#ifndef WHOMET_RUNTIME_H
#define WHOMET_RUNTIME_H

#include "engine/lexicon.h"
#include "engine/match.h"
#include "engine/pattern.h"
#include "engine/worker.h"

/* ---- words: everything that is asked of a word is asked once */

typedef struct word_info {
    str text;
    uint32_t classes;  /* class set */
    uint32_t readings; /* reading set, or NONE */
    uint32_t ids[3];   /* lexicon ids */
    uint32_t nodes[3]; /* where a phrase that begins with it goes on in the lexicon, or NONE */
    bool starts_phrase, inside_phrase;
} word_info;

typedef struct word_slot { /* one look decides for a short word; a longer one is compared in full */
    uint64_t head, more;   /* its first eight bytes, and the next eight */
    uint32_t tag;          /* 24 bits of its hash, 8 of its length */
    uint32_t word;         /* id + 1, 0: free */
} word_slot;

typedef struct word_table {
    arena arena; /* texts; emptied by worker_trim */
    VEC(word_info) list;
    word_slot *slots;
    uint32_t room;
} word_table;

/* ---- sets: sorted and interned, so that equal sets are one number */

typedef struct class_set {
    const uint32_t *ids;
    uint32_t count;
} class_set;
typedef struct reading_set {
    const reading *at;
    uint32_t count;
} reading_set;
typedef struct set_table {
    VEC(class_set) classes;
    VEC(reading_set) readings;
    uint32_t *class_slots, *reading_slots;
    uint32_t class_room, reading_room;
} set_table;

/* ---- phases */

enum { NEED_WORDS = 4 }; /* 256 different needs a phase */
typedef struct need_mask {
    uint64_t bits[NEED_WORDS];
} need_mask;

typedef struct rule_state {
    symbol_regex *code; /* NULL: not compiled yet */
    uint32_t units;     /* of the alphabet when it was compiled */
    uint32_t *atoms;    /* of the phase, by atom of the rule */
    uint32_t group_role[MATCH_GROUPS];
    uint32_t group_count;
    bool broken; /* PCRE2 refused it: told once, never run */
} rule_state;

/* The alphabet of a phase: symbols that no atom tells apart share a unit. It grows when a new kind of symbol
   turns up; then only the rules with an atom that holds for it are compiled again. */
typedef struct phase_state {
    VEC(const expr *) atoms;    /* distinct */
    VEC(bool) atom_open;        /* holds for a symbol of no class: such an atom is written by what it excludes */
    VEC(uint64_t *) signatures; /* by unit - 1: which atoms hold */
    VEC(uint64_t) unit_needs;   /* by unit - 1: need_words words, of the needs that it meets */
    uint64_t *rule_needs;       /* by rule - first_rule: need_words words, of the needs that it has */
    VEC(need) needs;            /* in atoms of the phase */
    rule_state *rules;          /* by rule - first_rule */
    uint32_t signature_words;
    uint32_t need_words; /* 1 to NEED_WORDS */
    uint32_t need_at;    /* its first word among those of all phases */
} phase_state;

struct worker {
    const pack *k;
    arena arena; /* lives as long as the worker */
    word_table words;
    set_table sets;
    phase_state *phases;
    uint32_t need_total;     /* words of the needs of all phases */
    VEC(uint64_t) set_needs; /* by class set: need_total words, of the needs that it meets */
    VEC(bool) set_asked;
    uint64_t *have; /* what the sentence with the symbols `have_of` meets, or more */
    const symbol *have_of;
    VEC(uint16_t)
    units; /* by class set and phase, 0: not asked yet; the phases of a set lie side by side, as they are asked for */
    matcher *matcher;
    token_regex **patterns;
    VEC(worker_trouble) troubles;
    const worker_trace *trace;
    uint16_t subject[SENTENCE_TOKENS]; /* scratch: the units of the sentence at hand */
};

uint32_t sets_classes(worker *w, uint32_t *ids, uint32_t count); /* sorts ids in place */
void words_describe(worker *w, word_info *info);

void phase_prepare(worker *w, uint32_t at); /* atoms and needs, once */
uint16_t phase_ask_unit(worker *w, uint32_t at, uint32_t class_set);
static inline uint16_t phase_unit(worker *w, uint32_t at, uint32_t set) {
    size_t i = (size_t)set * w->k->phases.len + at;
    uint16_t unit = i < w->units.len ? w->units.at[i] : 0;
    return unit ? unit : phase_ask_unit(w, at, set);
}
bool phase_rule_ready(worker *w, uint32_t at, uint32_t rule, const uint16_t *units, uint32_t count,
                      uint16_t newest);                         /* newest: the highest unit */
bool phase_compile_rule(worker *w, uint32_t at, uint32_t rule); /* false: broken */
void worker_note_trouble(worker *w, uint32_t rule, int code, str document);

#endif
