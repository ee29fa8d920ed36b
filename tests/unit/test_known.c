/* Every name that the C code knows is in the built-in rules: as a class; as a key that a rule emits or an entry has. */
#include "unit.h"

#include "engine/pack.h"

#define KNOWN_NAME(id, name) name,
static const char *const classes[] = {KNOWN_CLASSES(KNOWN_NAME)};
static const char *const keys[] = {KNOWN_KEYS(KNOWN_NAME)};

static bool is_used(const pack *k, uint32_t key) {
    for (uint32_t i = 0; i < k->rules.len; i++) {
        const rule *r = &k->rules.at[i];
        for (uint32_t j = 0; j < r->emit_count; j++) {
            if (r->emits[j].kind != EMIT_CLASS && r->emits[j].key == key) return true;
        }
    }
    for (uint32_t i = 0; i < k->entries.len; i++) {
        if (entry_fact(&k->entries.at[i], key).len) return true;
    }
    return false;
}

int main(void) {
    problems p = {0};
    pack *k = pack_load(NULL, 0, &p);
    CHECK("the built-in rules load", k != NULL);
    for (uint32_t i = 0; k && i < KNOWN_COUNT; i++)
        CHECK(classes[i], k->known[i] != NONE && k->known[i] == pack_class(k, str_of(classes[i])));
    for (uint32_t i = 0; k && i < KEYS_KNOWN; i++) CHECK(keys[i], i == pack_key(k, str_of(keys[i])) && is_used(k, i));
    pack_free(k);
    buf_free(&p.text);
    return unit_done();
}
