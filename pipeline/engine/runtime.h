/* What the parts of the runtime share. Private to worker.c, words.c, classes.c,
 * symbols.c and phase_*.c. */
#ifndef WHOMET_RUNTIME_H
#define WHOMET_RUNTIME_H

#include "engine/lexicon.h"
#include "engine/match.h"
#include "engine/pattern.h"
#include "engine/worker.h"

/* ---- words: everything that is asked of a word is asked once */

typedef struct word_info {  /* what is asked at every token: as small as can be,
                               for the caches */
    uint32_t classes;       /* class set */
    uint32_t readings;      /* reading set, or NONE */
    uint64_t follow, marks; /* marks of the words that may follow it in a phrase;
                               its own, when it may follow another */
} word_info;

typedef struct word_lore { /* what is asked of few */
    str text;
    uint32_t ids[3];   /* lexicon ids */
    uint32_t nodes[3]; /* where a phrase that begins with it goes on in the
                          lexicon, or NONE */
} word_lore;

enum { BUCKET_WORDS = 3 };
typedef struct word_bucket { /* a cache line: one look decides for a short word;
                                a longer one is compared in full */
    alignas(64) uint64_t head[BUCKET_WORDS];
    uint64_t more[BUCKET_WORDS];
    uint32_t words[BUCKET_WORDS]; /* id + 1, 0: free */
} word_bucket;

typedef struct word_table {
    arena arena; /* texts; emptied by worker_trim */
    VEC(word_info) list;
    VEC(word_lore) lore; /* of the same words */
    word_bucket *buckets;
    uint32_t room;
} word_table;

/* ---- sets: sorted and interned, so that equal sets are one number */

typedef struct class_set {
    const uint32_t *ids;
    uint32_t count, marks; /* marks: which of 32 kinds of classes it has */
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

/* ---- atoms and needs: of all phases together, asked once of each class set */

typedef struct id_list {
    VEC(uint32_t) ids;
} id_list;
enum { KEYS = 2 };         /* needs of a rule that are followed */
typedef struct rule_bits { /* one word of the bits of all rules */
    uint32_t word;
    uint64_t bits;
} rule_bits;
typedef struct met_needs {     /* what a symbol of a class set meets */
    uint32_t first, end[KEYS]; /* in met_rules: the rules whose first key it
                                  meets, then those whose second */
    uint32_t seen;             /* symbols */
    uint64_t opens;            /* of which phases a rule may begin at such a symbol, by
                                  phase_bit */
    bool asked;
} met_needs;

/* What a sentence has of what rules need, or more. */
typedef struct sentence_needs {
    uint64_t *met[KEYS]; /* bits of all rules, by phase_state.first_word: this key
                            is met */
    uint64_t opens;      /* of all its symbols together */
} sentence_needs;

typedef struct group_table group_table;
typedef VEC(uint64_t) bit_rows;
typedef struct atom_table {
    VEC(const expr *) list; /* distinct */
    uint32_t *slots, room;  /* atom, plus one, by hash of its expression; 0: free */
    VEC(need)
    needs; /* distinct, in atoms of this table, ascending; 0 is met by every
              symbol */
    uint32_t words;
    uint64_t *open; /* bits: holds for a symbol of no class; such an atom is
                       written by what it excludes */
    id_list *of_class, *needs_of_atom;
    bit_rows holding;   /* by class set: `words` words, which atoms hold */
    VEC(met_needs) met; /* by class set */
    VEC(rule_bits) met_rules;
    uint64_t *needed, *keyed; /* scratch, bits: the needs of the set at hand, its rules */
    expr *quick;              /* by atom: the same with groups for lists; empty: not asked yet */
    group_table *groups;
} atom_table;

typedef struct rule_key {
    id_list *rules_of_need; /* by need: bits of the rules whose key it is */
    uint64_t *free;         /* bits: the rules without such a key */
} rule_key;

/* ---- phases */

typedef struct rule_state {
    symbol_regex *code; /* NULL: not compiled yet */
    uint32_t units;     /* of its alphabet when it was compiled */
    VEC(uint64_t)
    signatures;            /* by unit - 1, atom_words words: which of its atoms hold; unit 1:
                              of a symbol of no class */
    VEC(uint16_t) unit_of; /* by unit of the phase, 0: not asked yet */
    uint32_t atom_words;
    uint32_t *atoms; /* of the phase, by atom of the rule */
    uint32_t *needs; /* what a sentence must meet */
    uint32_t need_count;
    uint32_t reach, back; /* as its opening says */
    uint32_t group_role[MATCH_GROUPS];
    uint32_t group_count;
    bool broken; /* PCRE2 refused it: told once, never run */
} rule_state;

/* Which rules of a phase can begin at a symbol: bits of rules, rule_words to a
 * place, OPENING places to a row. */
typedef struct opening_table {
    uint64_t *of_atom;     /* by atom of the phase: the rules for which a symbol that
                              is it may stand at the place */
    uint64_t *any;         /* for which any symbol may */
    uint64_t *ends;        /* for which the sentence may end before the place */
    VEC(uint64_t) of_unit; /* by unit - 1 */
} opening_table;

/* The alphabet of a phase: symbols that no atom of it tells apart share a unit.
   A rule has a smaller one, of units that its own atoms tell apart: its
   expression is short and stands almost from the beginning. An alphabet grows
   when a new kind of symbol turns up; a rule is compiled again when that is new
   to the rule. */
typedef struct phase_state {
    VEC(uint32_t) atoms;        /* distinct, of the atom table */
    VEC(uint64_t *) signatures; /* by unit - 1: which atoms hold */
    VEC(uint16_t) units;        /* by class set, 0: not asked yet */
    uint32_t *unit_slots;       /* by hash of the signature: unit, 0: free */
    uint32_t unit_room;
    uint32_t signature_words;
    rule_state *rules;               /* by rule - first_rule */
    uint32_t first_word, rule_words; /* of its rules among the bits of all rules */
    uint64_t *allowed;               /* scratch, bits: those whose keys the sentence at hand meets */
    uint32_t *resume;                /* scratch: by rule, where its next match may begin */
    opening_table openings;
} phase_state;

typedef struct hit {
    uint32_t rule;       /* NONE: no further match */
    uint32_t begin, end; /* symbols */
    uint32_t group_count;
    const match_span *groups; /* in the article's arena */
} hit;
typedef VEC(hit) hit_list;

/* The class set of a rule's mentions that carry the classes of a symbol: made
 * anew when another rule has the slot. */
typedef struct emitted_set {
    uint32_t rule, from, set; /* from: the class set carried, or NONE; rule + 1, 0: free */
} emitted_set;
enum { EMITTED_SLOTS = 1024 };

struct worker {
    const pack *k;
    arena arena; /* lives as long as the worker */
    word_table words;
    set_table sets;
    uint32_t *rule_classes; /* by rule: the class set of its mentions, plus one; 0: not asked yet. NULL: none was */
    phase_state *phases;
    atom_table atoms;
    rule_key keys[KEYS];
    uint64_t symbols_seen;
    bool learned;        /* which needs are rare */
    uint32_t rule_words; /* of all phases together */
    matcher *matcher;
    token_regex **patterns;
    VEC(worker_trouble) troubles;
    const worker_trace *trace;
    hit_list chosen; /* scratch of a phase's run */
    emitted_set emitted[EMITTED_SLOTS];
    uint16_t subject[SENTENCE_TOKENS];      /* scratch: the units of the sentence at hand */
    uint16_t rule_subject[SENTENCE_TOKENS]; /* the same in the alphabet of the
                                               rule at hand */
};

uint32_t sets_classes(worker *w, uint32_t *ids, uint32_t count); /* sorts ids in place */
uint32_t sets_union(worker *w, uint32_t one, uint32_t other);
void words_begin(worker *w);

static inline bool bits_have(const uint64_t *bits, uint32_t i) { return bits[i / 64] >> (i % 64) & 1; }
static inline void bits_set(uint64_t *bits, uint32_t i) { bits[i / 64] |= (uint64_t)1 << (i % 64); }
void groups_prepare(worker *w);
expr groups_in(worker *w, const expr *e);                  /* classes beyond those of the pack are groups */
const uint64_t *groups_ask(worker *w, const class_set *s); /* bits of its classes and groups, until groups_forget */
void groups_forget(worker *w, const class_set *s);
uint32_t atoms_add(worker *w, const expr *e);
uint32_t atoms_need(worker *w, uint32_t *atoms, uint32_t count); /* sorts atoms in place */
void atoms_seal(worker *w);                                      /* after the last atom and need */
void atoms_ask(worker *w, uint32_t class_set);
void atoms_count_needs(worker *w, uint32_t class_set, uint32_t times, uint64_t *seen); /* adds, by need */
static inline met_needs *atoms_met(worker *w, uint32_t set) {
    if (set >= w->atoms.met.len || !w->atoms.met.at[set].asked) atoms_ask(w, set);
    return &w->atoms.met.at[set];
}

void needs_choose(worker *w); /* keys; after atoms_seal */
void needs_learn(worker *w);  /* between articles */
void needs_read(worker *w, document *d, sentence *s);
bool needs_all(const worker *w, const rule_state *r, const symbol *symbols, uint32_t count); /* exactly */
void needs_meet(worker *w, sentence_needs *n, uint32_t class_set);                           /* a symbol more */

void phase_prepare(worker *w, uint32_t at);                /* its atoms and needs, before atoms_seal */
bool phase_opens_at(worker *w, uint32_t at, uint32_t set); /* some rule may begin at a symbol whose atoms are known */
static inline const uint64_t *phase_openings(const phase_state *s, uint16_t unit) { /* its row */
    return &s->openings.of_unit.at[(unit - 1u) * OPENING * s->rule_words];
}
static inline uint64_t phase_bit(uint32_t at) { return (uint64_t)1 << (at % 64); }
void phase_read_units(worker *w, uint32_t at, const symbol *symbols, uint32_t count, uint16_t *units);
/* From the phase's units to the rule's, of the symbols [begin,end); false:
 * broken. */
bool phase_read_rule(worker *w, uint32_t at, uint32_t rule, const uint16_t *units, uint32_t begin, uint32_t end,
                     uint16_t *out);
bool phase_compile_rule(worker *w, uint32_t at, uint32_t rule); /* false: broken */
void worker_note_trouble(worker *w, uint32_t rule, int code, str document);

#endif
