/* Open addressing; a slot shows half of the hash, so that a name is compared with its equals only. Never forgets. */
#include "engine/names.h"

static uint32_t hash_of(str name) { return (uint32_t)(str_hash(name) >> 16); }

static uint32_t probe(const names *n, str name, uint32_t hash) {
    uint32_t at = hash & (n->room - 1);
    for (; n->slots[at].name; at = (at + 1) & (n->room - 1)) {
        if (n->slots[at].hash == hash && str_equal(n->list.at[n->slots[at].name - 1], name)) break;
    }
    return at;
}

uint32_t names_find(const names *n, str name) {
    if (n->room == 0) return UINT32_MAX;
    uint32_t found = n->slots[probe(n, name, hash_of(name))].name;
    return found ? found - 1 : UINT32_MAX;
}

static void grow(arena *a, names *n) {
    const name_slot *old = n->slots;
    uint32_t old_room = n->room;
    n->room = n->room ? n->room * 2 : 64;
    n->slots = ARENA_ARRAY(a, name_slot, n->room);
    for (uint32_t i = 0; i < old_room; i++) {
        uint32_t at = old[i].hash & (n->room - 1);
        if (!old[i].name) continue;
        while (n->slots[at].name) at = (at + 1) & (n->room - 1);
        n->slots[at] = old[i];
    }
}

/* The table grows for a new name only: what is known leaves no trace in the arena. */
uint32_t names_add(arena *a, names *n, str name) {
    uint32_t hash = hash_of(name), at = n->room ? probe(n, name, hash) : 0;
    if (n->room && n->slots[at].name) return n->slots[at].name - 1;
    if ((n->list.len + 1) * 2 > n->room) {
        grow(a, n);
        at = probe(n, name, hash);
    }
    *VEC_PUSH(a, &n->list) = arena_copy(a, name);
    n->slots[at] = (name_slot){hash, n->list.len};
    return n->list.len - 1;
}
