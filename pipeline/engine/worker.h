/* What one thread owns: its words, class sets, compiled phases and match memory. Two workers share only the pack. */
#ifndef WHOMET_WORKER_H
#define WHOMET_WORKER_H

#include "engine/pack.h"
#include "engine/word_key.h"

typedef struct worker worker;

worker *worker_new(const pack *k);
void worker_free(worker *w);
const pack *worker_pack(const worker *w);

/* Words. The id stays valid until worker_trim. Text identity: straight quotes, see README "What a token is". */
uint32_t worker_word(worker *w, str text);
/* Of several words together, WORDS_TOGETHER at most: waiting for the table is most of what a look-up costs. */
enum { WORDS_TOGETHER = 32 };
void worker_words_asked(worker *w, const word_query *list, uint32_t count, token *out);
bool worker_word_is(worker *w, uint32_t word, uint32_t class);
str worker_word_text(const worker *w, uint32_t word); /* normalised spelling */
const entry *worker_word_entry(worker *w, uint32_t word,
                               uint32_t class); /* first reading of that class with an entry, or NULL */
/* The entry of list `class` that the whole text is a name of, or NULL. */
const entry *worker_phrase_entry(worker *w, str text, uint32_t class);
const entry *worker_pair_entry(const worker *w, const token *two, uint32_t class); /* that two tokens are a name of */
bool worker_text_is(worker *w, str text, uint32_t class); /* for the tokenizer, before there are tokens */
bool worker_may_be_dotted(const worker *w, str text);     /* false: no entry has this word, which ends in a full stop */
void worker_trim(worker *w); /* between articles: forget the words when there are too many of them */

/* Class sets and readings of symbols. */
const uint32_t *worker_set_classes(const worker *w, uint32_t class_set, uint32_t *count); /* sorted */
bool worker_set_has(const worker *w, uint32_t class_set, uint32_t class);
uint32_t worker_rule_classes(worker *w, uint32_t rule); /* class set of its mentions, but for what they carry */
const reading *worker_readings(const worker *w, uint32_t reading_set, uint32_t *count); /* NONE gives 0 */
uint32_t worker_reading_set(worker *w, const reading *readings, uint32_t count);        /* interned; NONE when empty */
const entry *worker_entry(const worker *w, uint32_t reading_set,
                          uint32_t class); /* first reading of that class with an entry, or NULL */

/* Symbols of a sentence from its tokens: lexicon phrases by longest match. */
void worker_symbols(worker *w, document *d, sentence *s);

/* Runs one phase over one sentence; new mentions go to d->mentions; a fold phase replaces s->symbols. */
void worker_run_phase(worker *w, document *d, uint32_t sentence, uint32_t phase);

/* Folds tokens [first,end) of a sentence into one symbol of class `type` (bracketed examples; records read back by the
   filters). Takes its classes from m->classes when that is not NONE. */
void worker_fold(worker *w, document *d, uint32_t sentence, uint32_t mention);
uint32_t worker_class_set(worker *w, const uint32_t *classes, uint32_t count); /* interned; any order */

/* Engine trouble that is not "no match": match limit, JIT stack. Counted per rule, told at the end. */
typedef struct worker_trouble {
    uint32_t rule;
    int code;
    uint64_t count;
    str document;
} worker_trouble;
const worker_trouble *worker_troubles(const worker *w, size_t *count);

/* Called for every rule of a phase on a sentence when set: triggered (ran), matches. For explain. */
typedef struct worker_trace {
    void (*rule)(void *context, document *d, uint32_t sentence, uint32_t rule, bool triggered, uint32_t matches);
    void *context;
} worker_trace;
void worker_set_trace(worker *w, const worker_trace *trace); /* NULL: none */

/* CPU nanoseconds that finding all matches of a rule over a sentence's symbols takes: the least of several runs. For
 * the checker. */
uint64_t worker_match_cost(worker *w, document *d, uint32_t sentence, uint32_t rule);

/* Slots and attributes of a mention. */
static inline const slot *mention_slot(const mention *m, uint32_t key) { /* the first, or NULL */
    for (uint32_t i = 0; i < m->slot_count; i++) {
        if (m->slots[i].key == key) return &m->slots[i];
    }
    return NULL;
}
static inline str mention_attribute(const mention *m, uint32_t key) { /* empty when absent */
    for (uint32_t i = 0; i < m->attribute_count; i++) {
        if (m->attributes[i].key == key) return m->attributes[i].value;
    }
    return (str){0};
}
bool mention_is(const worker *w, const mention *m, known_class known);

#endif
