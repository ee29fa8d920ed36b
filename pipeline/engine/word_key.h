/* What the word table compares: the first sixteen bytes, which are all of most
   words. Made without a branch on the length, for lengths follow no pattern
   that a processor could learn. */
#ifndef WHOMET_WORD_KEY_H
#define WHOMET_WORD_KEY_H

#include "base/str.h"

typedef struct word_key {
    uint64_t head, more; /* the first eight bytes, the next eight; little-endian,
                            filled up with zeros */
} word_key;

/* A longer word has the hash of all of it as head, and as more what no text
 * has, for 0xff is no byte of UTF-8. */
#define LONG_WORD UINT64_MAX

typedef struct word_query { /* a word that is going to be looked up */
    str text;
    word_key key;
} word_query;

static inline uint64_t key_bytes(const char *at, size_t len) {
    static const uint64_t masks[9] = {
        0, 0xff, 0xffff, 0xffffff, 0xffffffff, 0xffffffffff, 0xffffffffffff, 0xffffffffffffff, ~(uint64_t)0};
    uint64_t eight;
    memcpy(&eight, at, 8);
    return le64toh(eight) & masks[len < 8 ? len : 8];
}

/* readable: how many bytes of memory can be read from text.at on, at least
 * text.len. */
static inline word_key word_key_of(str text, size_t readable) {
    char copy[16] = {0};
    const char *at = text.at;
    if (text.len > 16) return (word_key){str_hash(text), LONG_WORD};
    if (readable < 16) at = memcpy(copy, text.at, text.len);
    return (word_key){key_bytes(at, text.len), key_bytes(at + 8, text.len > 8 ? text.len - 8 : 0)};
}

/* The folded product of wyhash (Wang Yi, public domain). */
static inline uint64_t word_key_hash(const word_key *k) {
    __extension__ typedef unsigned __int128 wide;
    wide product = (wide)(k->head ^ 0xa0761d6478bd642fu) * (k->more ^ 0xe7037ed1a0b428dbu);
    return (uint64_t)product ^ (uint64_t)(product >> 64);
}

#endif
