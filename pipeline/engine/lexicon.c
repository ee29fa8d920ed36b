/* The lexicon's tables: words by spelling, phrases as a trie of words, readings at their ends.

   A word of an entry lives in one of three worlds: `folded` (the entry has no capital: any case matches), `written` (it
   has one: as it stands) or `capitals` (the all-capitals form of a written entry of three letters or more). A phrase
   stays within one world. A word that some entry writes in all capitals is that word only: "US" is never "us", "WHO"
   never "who". Grows while the pack loads; read-only once it is sealed. The tables know each other's items, and their
   own text, by number: they are the same bytes wherever they lie, so that an image of them is used as it is. */
#include "engine/lexicon.h"

#include <string.h>

typedef enum { WRITTEN, FOLDED, CAPITALS } world;

typedef struct range { /* of the lexicon's text, or of its readings */
    uint32_t at, len;
} range;

typedef struct trie_node {
    uint64_t follow;
    range readings;
    uint32_t goes_on;
} trie_node;

typedef struct written {
    range spelling;
    uint32_t id, next; /* next: another spelling of the record, or NONE */
} written;

/* All spellings of a word that are one in lower case, so that a look-up probes once. Ids are NONE where an entry's
   world does not know the word. */
typedef struct word_record {
    range lower;
    uint32_t folded, capitals, written;
} word_record;

typedef struct word_slot {
    uint32_t tag, record; /* tag: bits of the hash that the place does not show; record + 1, 0: free */
} word_slot;

typedef struct edge {
    uint32_t from, word, to; /* to 0: free, for nothing leads back to the root */
} edge;

enum { DOTTED_BITS = 8192 };
struct lexicon {
    arena *arena; /* where it grows; NULL: it is sealed */
    word_slot *slots;
    edge *edges;
    uint64_t *steps; /* bits: some edge has this hash. Most steps lead nowhere, and this is small enough for a cache */
    uint32_t slot_room, edge_room, edge_count;
    VEC(char) text;
    VEC(reading) readings;
    VEC(word_record) records;
    VEC(written) written;
    VEC(range) words;                  /* by word id: readings of the word alone */
    VEC(uint8_t) inside;               /* by word id: behind the first word of some phrase */
    VEC(trie_node) nodes;              /* of phrases; the root is node 0 */
    uint64_t dotted[DOTTED_BITS / 64]; /* by dotted_bit: some word that ends in a full stop */
};

lexicon *lexicon_new(arena *a) {
    lexicon *x = ARENA_NEW(a, lexicon);
    x->arena = a;
    (void)VEC_PUSH(a, &x->nodes);
    lexicon_reserve(x, 1 << 11);
    return x;
}

static str text_of(const lexicon *x, range r) { return (str){x->text.at + r.at, r.len}; }

static range add_text(lexicon *x, str text) {
    range r = {x->text.len, (uint32_t)text.len};
    while (x->text.cap - x->text.len < text.len)
        x->text.at = arena_grow(x->arena, x->text.at, &x->text.cap, x->text.len, 1);
    if (text.len) memcpy(x->text.at + r.at, text.at, text.len);
    x->text.len += r.len;
    return r;
}

/* ---- words */

static word_slot *find_slot(const lexicon *x, str lower, uint64_t hash) {
    uint32_t at = (uint32_t)hash & (x->slot_room - 1), tag = (uint32_t)(hash >> 32);
    for (; x->slots[at].record; at = (at + 1) & (x->slot_room - 1)) {
        if (x->slots[at].tag == tag && str_equal(text_of(x, x->records.at[x->slots[at].record - 1].lower), lower))
            break;
    }
    return &x->slots[at];
}

static uint32_t room_for(uint32_t count) {
    uint32_t room = 16;
    while (room < 2 * count && room < 1u << 30) room *= 2;
    return room;
}

static void set_slots(lexicon *x, arena *a, uint32_t room) {
    x->slot_room = room;
    x->slots = ARENA_ARRAY(a, word_slot, room);
    for (uint32_t i = 0; i < x->records.len; i++) {
        str lower = text_of(x, x->records.at[i].lower);
        uint64_t hash = str_hash(lower);
        *find_slot(x, lower, hash) = (word_slot){(uint32_t)(hash >> 32), i + 1};
    }
}

static word_record *record_of(lexicon *x, str lower) {
    if (x->slot_room < 2 * x->records.len + 2) set_slots(x, x->arena, 2 * x->slot_room);
    uint64_t hash = str_hash(lower);
    word_slot *found = find_slot(x, lower, hash);
    if (!found->record) {
        word_record *r = VEC_PUSH(x->arena, &x->records);
        *r = (word_record){.folded = NONE, .capitals = NONE, .written = NONE};
        r->lower = add_text(x, lower);
        *found = (word_slot){(uint32_t)(hash >> 32), x->records.len};
    }
    return &x->records.at[found->record - 1];
}

static uint32_t new_id(lexicon *x) {
    (void)VEC_PUSH(x->arena, &x->words);
    (void)VEC_PUSH(x->arena, &x->inside);
    return x->words.len - 1;
}

static uint32_t find_written(const lexicon *x, const word_record *r, str spelling) {
    uint32_t w = r->written;
    while (w != NONE && !str_equal(text_of(x, x->written.at[w].spelling), spelling)) w = x->written.at[w].next;
    return w == NONE ? NONE : x->written.at[w].id;
}

static uint32_t written_id(lexicon *x, word_record *r, str spelling) {
    uint32_t known = find_written(x, r, spelling);
    if (known != NONE) return known;
    written *w = VEC_PUSH(x->arena, &x->written);
    *w = (written){add_text(x, spelling), new_id(x), r->written};
    r->written = x->written.len - 1;
    return w->id;
}

/* The same for a spelling in any case: of its ASCII characters alone. */
static uint32_t dotted_bit(str word) {
    uint32_t hash = 0;
    for (size_t i = 0; i < word.len; i++) {
        unsigned char c = (unsigned char)word.at[i];
        if (c < 0x80) hash = (hash + (c | 0x20)) * 0x9e3779b1u;
    }
    return hash >> 19;
}

static uint32_t word_id(lexicon *x, str spelling, str lower, world in) {
    if (str_ends(spelling, STR("."))) {
        uint32_t bit = dotted_bit(spelling);
        x->dotted[bit / 64] |= (uint64_t)1 << (bit % 64);
    }
    word_record *r = record_of(x, lower);
    if (in == WRITTEN) return written_id(x, r, spelling);
    uint32_t *id = in == FOLDED ? &r->folded : &r->capitals;
    if (*id == NONE) *id = new_id(x);
    return *id;
}

/* ---- phrases */

enum { STEP_BITS = 4 }; /* for each place of the edges */

static uint64_t hash_of_edge(uint32_t from, uint32_t word) {
    return ((uint64_t)from << 32 | word) * 0x9e3779b97f4a7c15u;
}

static uint32_t step_bit(const lexicon *x, uint64_t hash) {
    return (uint32_t)(hash >> 32) & (x->edge_room * STEP_BITS - 1);
}

static edge *edge_slot(const lexicon *x, uint32_t from, uint32_t word, uint64_t hash) {
    uint32_t at = (uint32_t)(hash >> 32) & (x->edge_room - 1);
    while (x->edges[at].to && (x->edges[at].from != from || x->edges[at].word != word))
        at = (at + 1) & (x->edge_room - 1);
    return &x->edges[at];
}

static void put_edge(lexicon *x, edge e) {
    uint64_t hash = hash_of_edge(e.from, e.word);
    uint32_t bit = step_bit(x, hash);
    x->steps[bit / 64] |= (uint64_t)1 << (bit % 64);
    *edge_slot(x, e.from, e.word, hash) = e;
}

static void set_edges(lexicon *x, arena *a, uint32_t room) {
    const edge *old = x->edges;
    uint32_t old_room = x->edge_room;
    x->edge_room = room;
    x->edges = ARENA_ARRAY(a, edge, room);
    x->steps = ARENA_ARRAY(a, uint64_t, (size_t)room * STEP_BITS / 64);
    for (uint32_t i = 0; i < old_room; i++) {
        if (old[i].to) put_edge(x, old[i]);
    }
}

void lexicon_reserve(lexicon *x, uint32_t words) {
    uint32_t room = room_for(words);
    if (room > x->slot_room) set_slots(x, x->arena, room);
    if (room > x->edge_room) set_edges(x, x->arena, room);
}

static uint32_t node_after(lexicon *x, uint32_t from, uint32_t word) {
    if (x->edge_room < 2 * x->edge_count + 2) set_edges(x, x->arena, 2 * x->edge_room);
    uint32_t to = edge_slot(x, from, word, hash_of_edge(from, word))->to;
    if (!to) {
        (void)VEC_PUSH(x->arena, &x->nodes);
        put_edge(x, (edge){from, word, to = x->nodes.len - 1});
        x->edge_count++;
        x->nodes.at[from].goes_on = true;
        x->nodes.at[from].follow |= lexicon_mark(word);
        if (from) x->inside.at[word] = true;
    }
    return to;
}

/* Of a list's entries the first has the word. A list that grows moves to the end; most words have one reading. */
static void add_reading(lexicon *x, range *list, reading r) {
    for (uint32_t i = 0; i < list->len; i++) {
        if (x->readings.at[list->at + i].class == r.class) return;
    }
    uint32_t begin = list->at;
    if (begin + list->len != x->readings.len) {
        list->at = x->readings.len;
        for (uint32_t i = 0; i < list->len; i++) {
            reading known = x->readings.at[begin + i];
            *VEC_PUSH(x->arena, &x->readings) = known;
        }
    }
    *VEC_PUSH(x->arena, &x->readings) = r;
    list->len++;
}

static void add_path(lexicon *x, const str *words, const str *lower, uint32_t count, world in, reading r) {
    if (count == 1) {
        uint32_t word = word_id(x, words[0], lower[0], in);
        add_reading(x, &x->words.at[word], r);
        return;
    }
    uint32_t node = 0;
    for (uint32_t i = 0; i < count; i++) node = node_after(x, node, word_id(x, words[i], lower[i], in));
    add_reading(x, &x->nodes.at[node].readings, r);
}

/* ---- entries */

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

/* ---- sealing */

#define KEEP(a, v) ((v)->cap = (v)->len, (v)->at = arena_keep((a), (v)->at, (v)->len * sizeof *(v)->at))

static void move_readings(const lexicon *from, lexicon *to, range *list) {
    uint32_t begin = list->at;
    list->at = to->readings.len;
    for (uint32_t i = 0; i < list->len; i++) to->readings.at[to->readings.len++] = from->readings.at[begin + i];
}

static void seal_readings(const lexicon *from, lexicon *to, arena *a) {
    VEC_RESERVE(a, &to->readings, from->readings.len);
    for (uint32_t i = 0; i < to->words.len; i++) move_readings(from, to, &to->words.at[i]);
    for (uint32_t i = 0; i < to->nodes.len; i++) move_readings(from, to, &to->nodes.at[i].readings);
    arena_give_back(a, to->readings.at + to->readings.len);
}

lexicon *lexicon_seal(const lexicon *x, arena *a, arena *tables) {
    lexicon *y = ARENA_NEW(a, lexicon);
    *y = *x;
    y->arena = NULL;
    KEEP(tables, &y->text);
    KEEP(tables, &y->records);
    KEEP(tables, &y->written);
    KEEP(tables, &y->words);
    KEEP(tables, &y->inside);
    KEEP(tables, &y->nodes);
    set_slots(y, tables, room_for(y->records.len));
    set_edges(y, tables, room_for(y->edge_count));
    seal_readings(x, y, tables);
    return y;
}

/* ---- questions */

lexicon_ids lexicon_find(const lexicon *x, str word, str lower) {
    lexicon_ids ids = {NONE, NONE, NONE};
    uint32_t record = find_slot(x, lower, str_hash(lower))->record;
    if (!record) return ids;
    const word_record *r = &x->records.at[record - 1];
    ids.written = find_written(x, r, word);
    ids.folded = r->folded;
    shape s = {0};
    add_shape(&s, word);
    if (s.lower) return ids;
    ids.capitals = r->capitals;
    if (s.upper >= 2 && ids.written != NONE && x->words.at[ids.written].len) ids.folded = NONE;
    return ids;
}

uint32_t lexicon_readings(const lexicon *x, lexicon_ids ids, reading *out, uint32_t room) {
    const uint32_t all[] = {ids.written, ids.folded, ids.capitals};
    uint32_t count = 0;
    for (size_t i = 0; i < 3; i++) {
        if (all[i] == NONE) continue;
        range list = x->words.at[all[i]];
        for (uint32_t k = 0; k < list.len && count < room; k++) out[count++] = x->readings.at[list.at + k];
    }
    return count;
}

uint32_t lexicon_step(const lexicon *x, uint32_t node, uint32_t lexicon_word) {
    if (lexicon_word == NONE) return NONE;
    uint64_t hash = hash_of_edge(node, lexicon_word);
    uint32_t bit = step_bit(x, hash);
    if (!(x->steps[bit / 64] >> (bit % 64) & 1)) return NONE;
    uint32_t to = edge_slot(x, node, lexicon_word, hash)->to;
    return to ? to : NONE;
}

uint64_t lexicon_mark(uint32_t lexicon_word) { return (uint64_t)1 << (lexicon_word * 0x9e3779b1u >> 26); }

uint64_t lexicon_follow(const lexicon *x, uint32_t node) { return x->nodes.at[node].follow; }

bool lexicon_dotted(const lexicon *x, str word) {
    uint32_t bit = dotted_bit(word);
    return x->dotted[bit / 64] >> (bit % 64) & 1;
}

bool lexicon_inside(const lexicon *x, uint32_t lexicon_word) {
    return lexicon_word != NONE && x->inside.at[lexicon_word];
}

bool lexicon_goes_on(const lexicon *x, uint32_t node) { return x->nodes.at[node].goes_on; }

const reading *lexicon_node_readings(const lexicon *x, uint32_t node, uint32_t *count) {
    *count = x->nodes.at[node].readings.len;
    return x->readings.at + x->nodes.at[node].readings.at;
}
