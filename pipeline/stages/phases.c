/* The phases of a stage over a block of sentences: each over all of them before the next, so that its tables are at
   hand. The mentions are put into the order of the sentences afterwards, as if each sentence had gone through all
   phases. */
#include <string.h>

#include "stages/stages.h"

typedef struct block {
    document *d;
    uint32_t first, end; /* sentences */
    uint32_t from;       /* its mentions are those from here on */
    uint32_t *place;     /* by mention, from `from` on: where it goes */
} block;

static uint32_t moved(const block *b, uint32_t id) { return id == NONE || id < b->from ? id : b->place[id - b->from]; }

static bool find_places(block *b) {
    document *d = b->d;
    uint32_t count = d->mentions.len - b->from, *next = ARENA_ARRAY(d->arena, uint32_t, b->end - b->first + 1);
    bool ordered = true;
    b->place = ARENA_ARRAY(d->arena, uint32_t, count);
    for (uint32_t i = 0; i < count; i++) next[d->mentions.at[b->from + i].sentence - b->first + 1]++;
    for (uint32_t s = 0; s < b->end - b->first; s++) next[s + 1] += next[s];
    for (uint32_t i = 0; i < count; i++) {
        b->place[i] = b->from + next[d->mentions.at[b->from + i].sentence - b->first]++;
        ordered = ordered && b->place[i] == b->from + i;
    }
    return ordered;
}

static void order_mentions(block *b) {
    document *d = b->d;
    if (find_places(b)) return;
    uint32_t count = d->mentions.len - b->from;
    mention *old = arena_raw(d->arena, count * sizeof *old, alignof(mention));
    memcpy(old, &d->mentions.at[b->from], count * sizeof *old);
    for (uint32_t i = 0; i < count; i++) {
        mention *m = &d->mentions.at[b->place[i]];
        *m = old[i];
        m->parent = moved(b, m->parent);
        for (uint32_t j = 0; j < m->slot_count; j++) m->slots[j].mention = moved(b, m->slots[j].mention);
    }
    for (uint32_t s = b->first; s < b->end; s++) {
        sentence *one = &d->sentences.at[s];
        for (uint32_t i = 0; i < one->symbol_count; i++) one->symbols[i].mention = moved(b, one->symbols[i].mention);
    }
}

void run_phases(worker *w, document *d, uint32_t first, phase_stage stage, uint32_t begin, uint32_t end) {
    block b = {.d = d, .first = first, .end = first + SENTENCES_AT_ONCE, .from = d->mentions.len};
    if (b.end > d->sentences.len) b.end = d->sentences.len;
    for (uint32_t p = begin; p < end; p++) {
        if (worker_pack(w)->phases.at[p].stage != stage) continue;
        for (uint32_t s = first; s < b.end; s++) worker_run_phase(w, d, s, p);
    }
    order_mentions(&b);
}
