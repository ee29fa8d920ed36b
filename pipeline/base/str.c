/* Views of bytes: comparing, cutting, hashing. Never allocates. */
#include "base/str.h"

#include <string.h>

/* Eight bytes decide most: zeros behind a shorter text put it first. */
int str_compare(str a, str b) {
    uint64_t x = __builtin_bswap64(str_head(a)), y = __builtin_bswap64(str_head(b));
    if (x != y) return x < y ? -1 : 1;
    size_t shorter = a.len < b.len ? a.len : b.len;
    int order = shorter ? memcmp(a.at, b.at, shorter) : 0;
    return order ? order : (a.len > b.len) - (a.len < b.len);
}

static bool blank(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

str str_trim(str s) {
    while (s.len && blank(s.at[0])) s.at++, s.len--;
    while (s.len && blank(s.at[s.len - 1])) s.len--;
    return s;
}

bool str_cut(str s, char at, str *head, str *tail) {
    const char *found = s.len ? memchr(s.at, at, s.len) : NULL;
    size_t where = found ? (size_t)(found - s.at) : s.len;
    *head = str_slice(s, 0, where);
    *tail = found ? str_slice(s, where + 1, s.len) : str_slice(s, s.len, s.len);
    return found != NULL;
}

/* The folded product of wyhash (Wang Yi, public domain). */
static uint64_t fold(uint64_t a, uint64_t b) {
    __extension__ typedef unsigned __int128 wide;
    wide product = (wide)(a ^ 0xa0761d6478bd642fu) * (b ^ 0xe7037ed1a0b428dbu);
    return (uint64_t)product ^ (uint64_t)(product >> 64);
}

static uint64_t eight_at(const char *at) {
    uint64_t eight;
    memcpy(&eight, at, 8);
    return le64toh(eight);
}

/* Sixteen bytes a step, the last step over the last sixteen. */
uint64_t str_hash(str s) {
    const char *end = s.at + s.len;
    uint64_t h = s.len;
    if (s.len <= 8) return fold(str_head(s), h);
    if (s.len <= 16) return fold(eight_at(s.at) ^ h, eight_at(end - 8));
    for (const char *at = s.at; end - at > 16; at += 16) h = fold(eight_at(at) ^ h, eight_at(at + 8));
    return fold(eight_at(end - 16) ^ h, eight_at(end - 8));
}

str str_word(str *rest) {
    str s = str_trim(*rest);
    size_t end = 0;
    while (end < s.len && s.at[end] != ' ' && s.at[end] != '\t') end++;
    *rest = str_slice(s, end, s.len);
    return str_slice(s, 0, end);
}
