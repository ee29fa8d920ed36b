/* Words and phrases in one trie over word ids. Two spellings of a word are two ids: as written (entries with a
   capital) and folded (entries in lower case). Loading appends, look-up never changes anything. */
#include "engine/lexicon.h"

#include <string.h>

#include "base/utf8.h"
#include "engine/names.h"

typedef struct trie_node {
    VEC(reading) readings;
} trie_node;

typedef struct trie_edge {
    uint32_t node, word, to; /* to 0: free, since no edge leads to the root */
} trie_edge;

struct lexicon {
    arena *arena;
    names written, folded;   /* word id = 2 * name + (folded ? 1 : 0) */
    VEC(trie_node) nodes;
    trie_edge *edges;
    uint32_t edge_count, edge_room;
};

lexicon *lexicon_new(arena *a) {
    lexicon *x = ARENA_NEW(a, lexicon);
    x->arena = a;
    VEC_PUSH(a, &x->nodes)->readings.len = 0; /* the root */
    return x;
}

static uint32_t edge_slot(const lexicon *x, uint32_t node, uint32_t word) {
    uint64_t h = ((uint64_t)node << 32 | word) * 0xff51afd7ed558ccdu;
    uint32_t at = (uint32_t)(h >> 32) & (x->edge_room - 1);
    while (x->edges[at].to && (x->edges[at].node != node || x->edges[at].word != word)) at = (at + 1) & (x->edge_room - 1);
    return at;
}

static void grow_edges(lexicon *x) {
    trie_edge *old = x->edges;
    uint32_t old_room = x->edge_room;
    x->edge_room = old_room ? old_room * 2 : 4096;
    x->edges = ARENA_ARRAY(x->arena, trie_edge, x->edge_room);
    for (uint32_t i = 0; i < old_room; i++) {
        if (old[i].to) x->edges[edge_slot(x, old[i].node, old[i].word)] = old[i];
    }
}

static uint32_t step_or_add(lexicon *x, uint32_t node, uint32_t word) {
    if ((x->edge_count + 1) * 2 > x->edge_room) grow_edges(x);
    uint32_t at = edge_slot(x, node, word);
    if (!x->edges[at].to) {
        uint32_t to = x->nodes.len;
        VEC_PUSH(x->arena, &x->nodes)->readings.len = 0;
        x->edges[at] = (trie_edge){node, word, to};
        x->edge_count++;
    }
    return x->edges[at].to;
}

static bool has_capital(str s) {
    for (size_t i = 0; i < s.len;) {
        if (utf8_kind_of(utf8_decode(s, i, &i)) == UTF8_UPPER) return true;
    }
    return false;
}

void lexicon_add(lexicon *x, const str *words, uint32_t count, reading r) {
    bool written = false;
    for (uint32_t i = 0; i < count; i++) written = written || has_capital(words[i]);
    uint32_t node = 0;
    for (uint32_t i = 0; i < count; i++) {
        uint32_t name = names_add(x->arena, written ? &x->written : &x->folded, words[i]);
        node = step_or_add(x, node, name * 2 + !written);
    }
    trie_node *end = &x->nodes.at[node];
    for (uint32_t i = 0; i < end->readings.len; i++) {
        if (end->readings.at[i].class == r.class) return; /* the first entry of a list has the word */
    }
    *VEC_PUSH(x->arena, &end->readings) = r;
}

static uint32_t word_id(const names *n, str word, uint32_t folded) {
    uint32_t found = names_find(n, word);
    return found == NONE ? NONE : found * 2 + folded;
}

/* "BAKU" is also "Baku": three capitals or more, and nothing but capitals. */
static uint32_t capitals_id(const lexicon *x, str word) {
    char title[64];
    if (word.len < 3 || word.len > sizeof title) return NONE;
    for (size_t i = 0; i < word.len; i++) {
        char c = word.at[i];
        if (c != '-' && (c < 'A' || c > 'Z')) return NONE;
        title[i] = (char)(i == 0 || word.at[i - 1] == '-' || c == '-' ? c : c + 32);
    }
    return word_id(&x->written, (str){title, word.len}, 0);
}

lexicon_ids lexicon_find(const lexicon *x, str word, str lower) {
    return (lexicon_ids){word_id(&x->written, word, 0), word_id(&x->folded, lower, 1), capitals_id(x, word)};
}

uint32_t lexicon_step(const lexicon *x, uint32_t node, uint32_t word) {
    if (word == NONE || x->edge_room == 0) return NONE;
    uint32_t to = x->edges[edge_slot(x, node, word)].to;
    return to ? to : NONE;
}

const reading *lexicon_node_readings(const lexicon *x, uint32_t node, uint32_t *count) {
    *count = x->nodes.at[node].readings.len;
    return x->nodes.at[node].readings.at;
}

uint32_t lexicon_readings(const lexicon *x, lexicon_ids ids, reading *out, uint32_t room) {
    const uint32_t each[3] = {ids.written, ids.folded, ids.capitals};
    uint32_t used = 0;
    for (int i = 0; i < 3; i++) {
        uint32_t node = lexicon_step(x, 0, each[i]), count = 0;
        const reading *r = node == NONE ? NULL : lexicon_node_readings(x, node, &count);
        for (uint32_t j = 0; j < count && used < room; j++) out[used++] = r[j];
    }
    return used;
}
