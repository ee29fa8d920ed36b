/* Views of bytes: comparing, cutting, hashing. Never allocates. */
#include "base/str.h"

#include <string.h>

int str_compare(str a, str b) {
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

/* Multiply and fold, eight bytes a step, the last step over the last eight: words are short. */
uint64_t str_hash(str s) {
    uint64_t h = (0x9e3779b97f4a7c15u ^ s.len) * 0xff51afd7ed558ccdu, last;
    if (s.len > 8) {
        for (size_t i = 0; i + 8 < s.len; i += 8) {
            h = (h ^ str_head(str_slice(s, i, s.len))) * 0xff51afd7ed558ccdu;
            h ^= h >> 32;
        }
        memcpy(&last, s.at + s.len - 8, 8);
        last = le64toh(last);
    } else {
        last = str_head(s);
    }
    h = (h ^ last) * 0xc4ceb9fe1a85ec53u;
    h ^= h >> 32;
    h *= 0xff51afd7ed558ccdu;
    return h ^ (h >> 29);
}

str str_word(str *rest) {
    str s = str_trim(*rest);
    size_t end = 0;
    while (end < s.len && s.at[end] != ' ' && s.at[end] != '\t') end++;
    *rest = str_slice(s, end, s.len);
    return str_slice(s, 0, end);
}
