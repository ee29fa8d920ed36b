/* What the parts of the runtime share. Private to worker.c, words.c, classes.c,
 * symbols.c and phase_*.c. */
#ifndef WHOMET_RUNTIME_H
#define WHOMET_RUNTIME_H

#include "engine/automaton.h"
#include "engine/lexicon.h"
#include "engine/match.h"
#include "engine/memo.h"
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

enum { BEYOND_ASCII = 0x80 };
typedef struct pattern_list { /* the token patterns that may match such a word */
    VEC(uint32_t) ids;
    bool asked;
} pattern_list;

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

/* ---- atoms: of all phases together, asked once of each class set */

/* A symbol's row of bits: for each phase a stretch of words, its atoms that hold; behind them, of the atoms that are
   more than a list of classes, which are to be worked out, and their parts. */
typedef struct row_bits {
    uint32_t word;
    uint64_t bits;
} row_bits;
typedef VEC(row_bits) row_list;
typedef struct rule_atom {
    const expr *expr;
    row_list stands; /* in the stretches of the phases that have it */
} rule_atom;
typedef struct composed { /* an atom that is no mere list: an expression whose classes are bits of the row */
    uint32_t atom;
    expr expr;
} composed;
enum { ASKED = 63, PHASE_BITS = 63 };
typedef struct key_row { /* of four phases: one instruction joins them */
    uint32_t of __attribute__((vector_size(16)));
} key_row;
typedef struct set_line { /* of a class set, a line of the cache: all that the phases ask of most symbols */
    uint64_t opens;       /* ASKED, and of which phases a rule may begin at such a symbol */
    uint32_t keys;        /* which keys such a symbol is: a row of the table */
    uint16_t units[];     /* by phase */
} set_line;
typedef struct atom_table {
    VEC(rule_atom) list;   /* distinct */
    uint32_t *slots, room; /* atom, plus one, by hash of its expression; 0: free */
    row_list *of_class;    /* what a symbol of that class has, whatever else it is */
    VEC(composed) composed;
    uint64_t *plain;         /* row of a symbol of no class */
    uint64_t *row;           /* scratch: of the class set at hand */
    uint32_t words, touched; /* of a row; where in it the composed atoms begin */
    char *lines;             /* of the class sets, line_size bytes each */
    uint32_t line_size, line_room;
    VEC(key_row) keys; /* the distinct rows of keys, key_rows to each: most class sets share theirs */
    uint32_t *key_slots, key_room, key_count;
    key_row *own_keys;  /* scratch: of the class set at hand */
    uint32_t all_asked; /* class sets up to here have been asked */
} atom_table;

/* ---- phases */

enum { PLAIN = 1 }; /* the unit, in a rule's alphabet, of a symbol that is nothing to it */
typedef struct rule_state {
    symbol_regex *code;    /* NULL: not compiled yet */
    uint32_t units;        /* of its alphabet when it was compiled */
    bit_rows signatures;   /* by unit - 1, words.len words: its atoms that hold; unit 1: of a symbol of no class */
    VEC(uint16_t) unit_of; /* by unit of the phase, 0: not asked yet */
    uint32_t *atoms;       /* of the phase, by atom of the rule */
    uint32_t *bits;        /* in its signatures, by atom of the rule */
    row_list words;        /* of the phase's signatures, those that have its atoms, and which bits they are */
    uint32_t group_role[MATCH_GROUPS];
    uint32_t group_count;
    attribute *literals; /* of all its mentions */
    uint32_t literal_count, slot_count;
    bool closed; /* no match takes in or looks past a symbol of the plain unit */
    bool broken; /* PCRE2 refused it: told once, never run */
} rule_state;

/* The alphabet of a phase: symbols that no atom of it tells apart share a unit. A rule has a smaller one, of units that
   its own atoms tell apart: its expression is short and stands almost from the beginning. An alphabet grows when a new
   kind of symbol turns up; a rule is compiled again when that is new to the rule. */
typedef struct phase_state {
    VEC(uint32_t) atoms;                  /* distinct, of the atom table */
    uint32_t first_word, signature_words; /* its stretch of a row */
    VEC(uint64_t *) signatures;           /* by unit - 1: which atoms hold */
    uint32_t *unit_slots;                 /* by hash of the signature: unit, 0: free */
    uint32_t unit_room;
    edge_list first_edges; /* by unit: the automaton's from its start; 0: no rule begins at such a symbol */
    rule_state *rules;     /* by rule - first_rule */
    uint32_t rule_words;
    uint64_t *may;    /* scratch, bits: the rules that may match from the symbol at hand on */
    uint32_t *resume; /* scratch: by rule, where its next match may begin */
    automaton automaton;
} phase_state;

typedef struct hit {
    uint32_t rule;
    uint32_t begin, end; /* symbols */
    uint32_t group_count;
    const match_span *groups; /* in the article's arena */
} hit;
typedef VEC(hit) hit_list;

/* The class set of a rule's mentions that carry the classes of a symbol: made anew when another rule has the slot. */
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
    uint16_t *ranks; /* by class: how much it tells, for pattern_key */
    matcher *matcher;
    memo_entry *memo;
    token_regex **patterns;
    pattern_list *patterns_of; /* by the first byte of a word, BEYOND_ASCII and above as one */
    VEC(worker_trouble) troubles;
    const worker_trace *trace;
    hit_list chosen; /* scratch of a phase's run */
    emitted_set emitted[EMITTED_SLOTS];
    uint16_t starts[SENTENCE_TOKENS];  /* scratch: the symbols at which a rule of the phase at hand may begin */
    uint16_t subject[SENTENCE_TOKENS]; /* scratch: the sentence at hand in the alphabet of the rule at hand */
};

uint32_t sets_classes(worker *w, uint32_t *ids, uint32_t count); /* sorts ids in place */
uint32_t sets_union(worker *w, uint32_t one, uint32_t other);
void words_begin(worker *w);

uint32_t atoms_add(worker *w, const expr *e);
void atoms_seal(worker *w); /* after the last atom */
void atoms_ask(worker *w, uint32_t class_set);
void atoms_ask_all(worker *w); /* every class set that there is so far */
static inline set_line *set_line_at(const worker *w, uint32_t set) {
    return (set_line *)(void *)(w->atoms.lines + (size_t)set * w->atoms.line_size);
}
static inline uint32_t unit_stride(const worker *w) { return w->atoms.line_size / sizeof(uint16_t); }
static inline const set_line *atoms_of_set(worker *w, uint32_t set) { /* asked, if it was not */
    if (set >= w->atoms.line_room || !set_line_at(w, set)->opens) atoms_ask(w, set);
    return set_line_at(w, set);
}

/* The signature in a phase of a symbol of no class. */
static inline const uint64_t *atoms_plain(const worker *w, const phase_state *s) {
    return w->atoms.plain + s->first_word;
}

static inline uint32_t key_rows(const worker *w) { return (w->k->phases.len + 3) / 4; }

void phase_prepare(worker *w, uint32_t at);                            /* its atoms, before atoms_seal */
uint16_t phase_ask(worker *w, uint32_t at, const uint64_t *signature); /* the unit of such symbols */
uint32_t phase_keys(const worker *w, uint32_t at, uint16_t unit);      /* the keys that they are */
void phase_begin(worker *w, uint32_t at);                              /* its automaton, anew */
static inline uint64_t phase_bit(uint32_t at) { return (uint64_t)1 << (at % PHASE_BITS); }
/* The symbols [begin,end) in the rule's alphabet, at their places in `out`; false: broken. */
bool phase_read_rule(worker *w, uint32_t at, uint32_t rule, const symbol *symbols, uint32_t begin, uint32_t end,
                     uint16_t *out);
void phase_learn_rule(worker *w, uint32_t at, uint32_t rule);   /* all symbols met so far, into its alphabet */
bool phase_compile_rule(worker *w, uint32_t at, uint32_t rule); /* false: broken */
void worker_note_trouble(worker *w, uint32_t rule, int code, str document);

#endif
