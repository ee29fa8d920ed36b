/* Two tellings of one thing: what they may differ in, and what becomes of the differences. */
#include "stages/relate.h"

#include <string.h>

/* Equal, unknown on one side, or one the month or year of the other. */
bool relate_dates_fit(str a, str b) {
    return a.len == 0 || b.len == 0 || (a.len >= b.len ? str_starts(a, b) : str_starts(b, a));
}

static void absorb_participants(relater *r, event *into, const event *other) {
    for (uint32_t i = 0; i < other->participants.len; i++) {
        bool known = false;
        for (uint32_t j = 0; j < into->participants.len; j++) {
            known = known || into->participants.at[j].entity == other->participants.at[i].entity;
        }
        if (!known) *VEC_PUSH(r->d->arena, &into->participants) = other->participants.at[i];
    }
}

void relate_absorb(relater *r, event *into, const event *other) {
    absorb_participants(r, into, other);
    relate_absorb_facts(r, into, other);
}

void relate_absorb_facts(relater *r, event *into, const event *other) {
    for (uint32_t i = 0; i < other->about.len; i++) relate_add_topic(r, into, other->about.at[i]);
    for (uint32_t i = 0; i < other->evidence.len; i++) *VEC_PUSH(r->d->arena, &into->evidence) = other->evidence.at[i];
    bool surer = into->date_near && !other->date_near && other->date.len;
    if (surer || other->date.len > into->date.len)
        into->date = other->date, into->date_basis = other->date_basis, into->date_near = other->date_near;
    if (!into->end.len) into->end = other->end;
    if (into->place == NONE) into->place = other->place, memcpy(into->country, other->country, 3);
    if (!into->name.len) into->name = other->name;
    if (!into->during) into->during = other->during;
}
