/* The lexicon's tables: words by spelling, phrases as a trie of words, readings at their ends.

   A word of an entry lives in one of three worlds: `folded` (the entry has no capital: any case matches), `written` (it
   has one: as it stands) or `capitals` (the all-capitals form of a written entry of three letters or more). A phrase
   stays within one world. A word that some entry writes in all capitals is that word only: "US" is never "us", "WHO"
   never "who". Grows while the pack loads; read-only afterwards. Texts are lent: they stay as long as the pack. */
#include "engine/lexicon.h"

#include <string.h>

typedef enum { WRITTEN, FOLDED, CAPITALS } world;

typedef struct reading_list {
    reading *at;
    uint32_t len;
} reading_list;

typedef struct trie_node {
    reading_list readings;
    uint64_t follow;
    bool goes_on;
} trie_node;

typedef struct written {
    str spelling;
    uint32_t id;
    struct written *next;
} written;

/* All spellings of a word that are one in lower case, so that a look-up probes once. Ids are NONE where an entry's
   world does not know the word. */
typedef struct word_record {
    str lower;
    uint32_t folded, capitals;
    written *written;
} word_record;

typedef struct word_slot {
    uint32_t tag, record; /* tag: bits of the hash that the place does not show; record + 1, 0: free */
} word_slot;

typedef struct edge {
    uint32_t from, word, to; /* to 0: free, for nothing leads back to the root */
} edge;

struct lexicon {
    arena *arena;
    word_slot *slots;
    uint32_t slot_room;
    VEC(word_record) records;
    VEC(reading_list) words; /* by word id: readings of the word alone */
    VEC(bool) inside;        /* by word id: behind the first word of some phrase */
    edge *edges;
    uint32_t edge_room, edge_count;
    VEC(trie_node) nodes; /* of phrases; the root is node 0 */
    uint64_t dotted[256]; /* by first letter: lengths of words that end in a full stop */
};

static void grow_edges(lexicon *x);

lexicon *lexicon_new(arena *a) {
    lexicon *x = ARENA_NEW(a, lexicon);
    x->arena = a;
    x->slot_room = 1 << 12;
    x->slots = ARENA_ARRAY(a, word_slot, x->slot_room);
    (void)VEC_PUSH(a, &x->nodes);
    grow_edges(x);
    return x;
}

static word_slot *find_slot(const lexicon *x, str lower, uint64_t hash) {
    uint32_t at = (uint32_t)hash & (x->slot_room - 1), tag = (uint32_t)(hash >> 32);
    for (; x->slots[at].record; at = (at + 1) & (x->slot_room - 1)) {
        if (x->slots[at].tag == tag && str_equal(x->records.at[x->slots[at].record - 1].lower, lower)) break;
    }
    return &x->slots[at];
}

static void set_room(lexicon *x, uint32_t room) {
    x->slot_room = room;
    x->slots = ARENA_ARRAY(x->arena, word_slot, room);
    for (uint32_t i = 0; i < x->records.len; i++) {
        uint64_t hash = str_hash(x->records.at[i].lower);
        *find_slot(x, x->records.at[i].lower, hash) = (word_slot){(uint32_t)(hash >> 32), i + 1};
    }
}

static void reserve_slots(lexicon *x, uint32_t words) {
    uint32_t room = x->slot_room;
    while (room < 2 * words && room < 1u << 30) room *= 2;
    if (room > x->slot_room) set_room(x, room);
}

void lexicon_reserve(lexicon *x, uint32_t words) {
    reserve_slots(x, words);
    while (x->edge_room < 2 * words) grow_edges(x);
}

static word_record *record_of(lexicon *x, str lower) {
    reserve_slots(x, x->records.len + 1);
    uint64_t hash = str_hash(lower);
    word_slot *found = find_slot(x, lower, hash);
    if (!found->record) {
        *VEC_PUSH(x->arena, &x->records) = (word_record){.lower = lower, .folded = NONE, .capitals = NONE};
        *found = (word_slot){(uint32_t)(hash >> 32), x->records.len};
    }
    return &x->records.at[found->record - 1];
}

static uint32_t new_id(lexicon *x) {
    (void)VEC_PUSH(x->arena, &x->words);
    (void)VEC_PUSH(x->arena, &x->inside);
    return x->words.len - 1;
}

static const written *find_written(const word_record *r, str spelling) {
    const written *w = r->written;
    while (w && !str_equal(w->spelling, spelling)) w = w->next;
    return w;
}

static uint32_t written_id(lexicon *x, word_record *r, str spelling) {
    const written *known = find_written(r, spelling);
    if (known) return known->id;
    written *w = ARENA_NEW(x->arena, written);
    *w = (written){spelling, new_id(x), r->written};
    r->written = w;
    return w->id;
}

static uint64_t length_bit(str word) { return (uint64_t)1 << (word.len < 63 ? word.len : 63); }
static unsigned char first_letter(str word) {
    unsigned char c = (unsigned char)word.at[0];
    return c >= 'A' && c <= 'Z' ? (unsigned char)(c + ('a' - 'A')) : c;
}

static uint32_t word_id(lexicon *x, str spelling, str lower, world in) {
    if (str_ends(spelling, STR("."))) x->dotted[first_letter(spelling)] |= length_bit(spelling);
    word_record *r = record_of(x, lower);
    if (in == WRITTEN) return written_id(x, r, spelling);
    uint32_t *id = in == FOLDED ? &r->folded : &r->capitals;
    if (*id == NONE) *id = new_id(x);
    return *id;
}

static edge *edge_slot(const lexicon *x, uint32_t from, uint32_t word) {
    uint64_t h = ((uint64_t)from << 32 | word) * 0x9e3779b97f4a7c15u;
    uint32_t at = (uint32_t)(h >> 32) & (x->edge_room - 1);
    while (x->edges[at].to && (x->edges[at].from != from || x->edges[at].word != word))
        at = (at + 1) & (x->edge_room - 1);
    return &x->edges[at];
}

static void grow_edges(lexicon *x) {
    edge *old = x->edges;
    uint32_t old_room = x->edge_room;
    x->edge_room = old_room ? old_room * 2 : 1 << 14;
    x->edges = ARENA_ARRAY(x->arena, edge, x->edge_room);
    for (uint32_t i = 0; i < old_room; i++) {
        if (old[i].to) *edge_slot(x, old[i].from, old[i].word) = old[i];
    }
}

static uint32_t node_after(lexicon *x, uint32_t from, uint32_t word) {
    if (x->edge_room < 2 * x->edge_count + 2) grow_edges(x);
    edge *e = edge_slot(x, from, word);
    if (!e->to) {
        (void)VEC_PUSH(x->arena, &x->nodes);
        *e = (edge){from, word, x->nodes.len - 1};
        x->edge_count++;
        x->nodes.at[from].goes_on = true;
        x->nodes.at[from].follow |= lexicon_mark(word);
        if (from) x->inside.at[word] = true;
    }
    return e->to;
}

/* Of a list's entries the first has the word. Room doubles at each power of two; most words have one reading. */
static void add_reading(arena *a, reading_list *list, reading r) {
    for (uint32_t i = 0; i < list->len; i++) {
        if (list->at[i].class == r.class) return;
    }
    if ((list->len & (list->len - 1)) == 0) {
        reading *more = ARENA_ARRAY(a, reading, list->len ? list->len * 2 : 1);
        if (list->len) memcpy(more, list->at, list->len * sizeof *more);
        list->at = more;
    }
    list->at[list->len++] = r;
}

static void add_path(lexicon *x, const str *words, const str *lower, uint32_t count, world in, reading r) {
    if (count == 1) {
        uint32_t word = word_id(x, words[0], lower[0], in);
        add_reading(x->arena, &x->words.at[word], r);
        return;
    }
    uint32_t node = 0;
    for (uint32_t i = 0; i < count; i++) node = node_after(x, node, word_id(x, words[i], lower[i], in));
    add_reading(x->arena, &x->nodes.at[node].readings, r);
}

typedef struct shape {
    uint32_t upper, lower, letters;
} shape;

static void add_shape(shape *s, str word) {
    for (size_t at = 0; at < word.len;) {
        unsigned char c = (unsigned char)word.at[at];
        utf8_kind kind = c >= 0x80                      ? utf8_kind_of(utf8_decode(word, at, &at))
                         : (at++, c >= 'a' && c <= 'z') ? UTF8_LOWER
                         : c >= 'A' && c <= 'Z'         ? UTF8_UPPER
                                                        : UTF8_OTHER;
        s->upper += kind == UTF8_UPPER;
        s->lower += kind == UTF8_LOWER;
        s->letters += kind == UTF8_UPPER || kind == UTF8_LOWER || kind == UTF8_LETTER;
    }
}

enum { ENTRY_WORDS = 64 };

void lexicon_add(lexicon *x, const str *words, uint32_t count, reading r) {
    if (count == 0 || count > ENTRY_WORDS) return;
    shape s = {0};
    str lower[ENTRY_WORDS];
    for (uint32_t i = 0; i < count; i++) add_shape(&s, words[i]);
    if (s.upper == 0) {
        add_path(x, words, words, count, FOLDED, r);
        return;
    }
    for (uint32_t i = 0; i < count; i++) lower[i] = utf8_lower(x->arena, words[i]);
    add_path(x, words, lower, count, WRITTEN, r);
    if (s.lower && s.letters >= 3)
        add_path(x, words, lower, count, CAPITALS, r); /* else in capitals already, or too short to be sure of */
}

lexicon_ids lexicon_find(const lexicon *x, str word, str lower) {
    lexicon_ids ids = {NONE, NONE, NONE};
    uint32_t record = find_slot(x, lower, str_hash(lower))->record;
    if (!record) return ids;
    const word_record *r = &x->records.at[record - 1];
    const written *w = find_written(r, word);
    ids.written = w ? w->id : NONE;
    ids.folded = r->folded;
    shape s = {0};
    add_shape(&s, word);
    if (s.lower) return ids;
    ids.capitals = r->capitals;
    if (s.upper >= 2 && w && x->words.at[w->id].len) ids.folded = NONE;
    return ids;
}

uint32_t lexicon_readings(const lexicon *x, lexicon_ids ids, reading *out, uint32_t room) {
    const uint32_t all[] = {ids.written, ids.folded, ids.capitals};
    uint32_t count = 0;
    for (size_t i = 0; i < 3; i++) {
        if (all[i] == NONE) continue;
        const reading_list *list = &x->words.at[all[i]];
        for (uint32_t k = 0; k < list->len && count < room; k++) out[count++] = list->at[k];
    }
    return count;
}

uint32_t lexicon_step(const lexicon *x, uint32_t node, uint32_t lexicon_word) {
    if (lexicon_word == NONE) return NONE;
    uint32_t to = edge_slot(x, node, lexicon_word)->to;
    return to ? to : NONE;
}

uint64_t lexicon_mark(uint32_t lexicon_word) { return (uint64_t)1 << (lexicon_word * 0x9e3779b1u >> 26); }

uint64_t lexicon_follow(const lexicon *x, uint32_t node) { return x->nodes.at[node].follow; }

bool lexicon_dotted(const lexicon *x, str word) { return word.len && x->dotted[first_letter(word)] & length_bit(word); }

bool lexicon_inside(const lexicon *x, uint32_t lexicon_word) {
    return lexicon_word != NONE && x->inside.at[lexicon_word];
}

bool lexicon_goes_on(const lexicon *x, uint32_t node) { return x->nodes.at[node].goes_on; }

const reading *lexicon_node_readings(const lexicon *x, uint32_t node, uint32_t *count) {
    *count = x->nodes.at[node].readings.len;
    return x->nodes.at[node].readings.at;
}
