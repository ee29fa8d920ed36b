/* Interned sets of classes and of readings. */
#include <string.h>

#include "engine/runtime.h"

static uint32_t hash_bytes(const void *at, size_t len) { return (uint32_t)str_hash((str){at, len}); }

static void grow(worker *w, uint32_t **slots, uint32_t *room, uint32_t count, bool classes) {
    *room = *room ? *room * 2 : 1024;
    *slots = ARENA_ARRAY(&w->arena, uint32_t, *room);
    for (uint32_t i = 0; i < count; i++) {
        uint32_t h = classes ? hash_bytes(w->sets.classes.at[i].ids, w->sets.classes.at[i].count * sizeof(uint32_t))
                             : hash_bytes(w->sets.readings.at[i].at, w->sets.readings.at[i].count * sizeof(reading));
        uint32_t at = h & (*room - 1);
        while ((*slots)[at]) at = (at + 1) & (*room - 1);
        (*slots)[at] = i + 1;
    }
}

/* By insertion: a symbol has a handful of classes. */
static void sort_ids(uint32_t *ids, uint32_t count) {
    for (uint32_t i = 1; i < count; i++) {
        uint32_t id = ids[i], to = i;
        for (; to > 0 && ids[to - 1] > id; to--) ids[to] = ids[to - 1];
        ids[to] = id;
    }
}

/* One of 32 bits: a set without the bit is without the class, which answers most questions. */
static uint32_t class_mark(uint32_t class) { return (uint32_t)1 << (class * 0x9e3779b1u >> 27); }

uint32_t sets_classes(worker *w, uint32_t *ids, uint32_t count) {
    set_table *t = &w->sets;
    sort_ids(ids, count);
    uint32_t kept = 0;
    for (uint32_t i = 0; i < count; i++) {
        if (kept == 0 || ids[kept - 1] != ids[i]) ids[kept++] = ids[i];
    }
    if ((t->classes.len + 1) * 2 > t->class_room) grow(w, &t->class_slots, &t->class_room, t->classes.len, true);
    uint32_t at = hash_bytes(ids, kept * sizeof *ids) & (t->class_room - 1);
    for (; t->class_slots[at]; at = (at + 1) & (t->class_room - 1)) {
        const class_set *s = &t->classes.at[t->class_slots[at] - 1];
        if (s->count == kept && memcmp(s->ids, ids, kept * sizeof *ids) == 0) return t->class_slots[at] - 1;
    }
    uint32_t *copy = ARENA_ARRAY(&w->arena, uint32_t, kept + 1);
    memcpy(copy, ids, kept * sizeof *ids);
    uint32_t marks = 0;
    for (uint32_t i = 0; i < kept; i++) marks |= class_mark(ids[i]);
    *VEC_PUSH(&w->arena, &t->classes) = (class_set){copy, kept, marks};
    t->class_slots[at] = t->classes.len;
    return t->classes.len - 1;
}

uint32_t sets_union(worker *w, uint32_t one, uint32_t other) {
    const class_set a = w->sets.classes.at[one], b = w->sets.classes.at[other];
    uint32_t ids[512], count = 0;
    for (uint32_t i = 0; i < a.count && count < 256; i++) ids[count++] = a.ids[i];
    for (uint32_t i = 0; i < b.count && count < 512; i++) ids[count++] = b.ids[i];
    return sets_classes(w, ids, count);
}

uint32_t worker_reading_set(worker *w, const reading *r, uint32_t count) {
    set_table *t = &w->sets;
    if (count == 0) return NONE;
    if ((t->readings.len + 1) * 2 > t->reading_room)
        grow(w, &t->reading_slots, &t->reading_room, t->readings.len, false);
    uint32_t at = hash_bytes(r, count * sizeof *r) & (t->reading_room - 1);
    for (; t->reading_slots[at]; at = (at + 1) & (t->reading_room - 1)) {
        const reading_set *s = &t->readings.at[t->reading_slots[at] - 1];
        if (s->count == count && memcmp(s->at, r, count * sizeof *r) == 0) return t->reading_slots[at] - 1;
    }
    reading *copy = ARENA_ARRAY(&w->arena, reading, count);
    memcpy(copy, r, count * sizeof *r);
    *VEC_PUSH(&w->arena, &t->readings) = (reading_set){copy, count};
    t->reading_slots[at] = t->readings.len;
    return t->readings.len - 1;
}

uint32_t worker_class_set(worker *w, const uint32_t *classes, uint32_t count) {
    uint32_t ids[256];
    if (count > 256) count = 256;
    memcpy(ids, classes, count * sizeof *ids);
    return sets_classes(w, ids, count);
}

uint32_t worker_rule_classes(worker *w, uint32_t id) {
    const rule *r = &w->k->rules.at[id];
    uint32_t classes[256], count = 0;
    if (!w->rule_classes) w->rule_classes = ARENA_ARRAY(&w->arena, uint32_t, w->k->rules.len);
    if (w->rule_classes[id]) return w->rule_classes[id] - 1;
    classes[count++] = r->type;
    for (uint32_t i = 0; i < r->emit_count && count < 256; i++) {
        if (r->emits[i].kind == EMIT_CLASS) classes[count++] = r->emits[i].key;
    }
    uint32_t set = sets_classes(w, classes, count);
    w->rule_classes[id] = set + 1;
    return set;
}

bool worker_set_has(const worker *w, uint32_t set, uint32_t class) {
    const class_set *s = &w->sets.classes.at[set];
    if (!(s->marks & class_mark(class))) return false;
    bool has = false; /* a handful, all looked at: where it stands follows no pattern */
    for (uint32_t i = 0; i < s->count; i++) has |= s->ids[i] == class;
    return has;
}

const uint32_t *worker_set_classes(const worker *w, uint32_t set, uint32_t *count) {
    *count = w->sets.classes.at[set].count;
    return w->sets.classes.at[set].ids;
}

const reading *worker_readings(const worker *w, uint32_t set, uint32_t *count) {
    *count = set == NONE ? 0 : w->sets.readings.at[set].count;
    return set == NONE ? NULL : w->sets.readings.at[set].at;
}

const entry *worker_entry(const worker *w, uint32_t set, uint32_t class) {
    uint32_t count;
    const reading *r = worker_readings(w, set, &count);
    for (uint32_t i = 0; i < count; i++) {
        if (r[i].class == class && r[i].entry != NONE) return &w->k->entries.at[r[i].entry];
    }
    return NULL;
}
