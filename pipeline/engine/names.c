/* Open addressing over str_hash; never forgets a name. */
#include "engine/names.h"

static uint32_t probe(const names *n, str name) {
    uint32_t at = (uint32_t)str_hash(name) & (n->room - 1);
    while (n->slots[at] && !str_equal(n->list.at[n->slots[at] - 1], name)) at = (at + 1) & (n->room - 1);
    return at;
}

uint32_t names_find(const names *n, str name) {
    if (n->room == 0) return UINT32_MAX;
    uint32_t found = n->slots[probe(n, name)];
    return found ? found - 1 : UINT32_MAX;
}

static void grow(arena *a, names *n) {
    n->room = n->room ? n->room * 2 : 64;
    n->slots = ARENA_ARRAY(a, uint32_t, n->room);
    for (uint32_t i = 0; i < n->list.len; i++) n->slots[probe(n, n->list.at[i])] = i + 1;
}

uint32_t names_add(arena *a, names *n, str name) {
    if ((n->list.len + 1) * 2 > n->room) grow(a, n);
    uint32_t at = probe(n, name);
    if (!n->slots[at]) {
        *VEC_PUSH(a, &n->list) = arena_copy(a, name);
        n->slots[at] = n->list.len;
    }
    return n->slots[at] - 1;
}
