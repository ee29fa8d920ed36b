#include "engine/memo.h"

enum { NOWHERE = UINT8_MAX };

bool memo_key_of(memo_key *k, uint32_t rule, const uint16_t *subject, uint32_t all, uint32_t begin, uint32_t end,
                 uint32_t from) {
    uint32_t count = end - begin, units = 0;
    if (count > MEMO_SYMBOLS || rule > UINT16_MAX) return false;
    uint32_t where = (from - begin) | (begin == 0 ? MEMO_BEGIN : 0u) | (end == all ? MEMO_END : 0u);
    *k = (memo_key){.rule = (uint16_t)rule, .count = (uint8_t)count, .where = (uint8_t)where};
    for (uint32_t i = 0; i < count; i++) {
        units |= subject[begin + i];
        k->units[i] = (uint8_t)subject[begin + i];
    }
    return units <= UINT8_MAX;
}

bool memo_tell(const memo_entry *e, uint32_t begin, span_match *out) {
    out->group_count = e->group_count;
    for (uint32_t i = 0; i < e->group_count; i++) {
        uint32_t span = e->begin_end[i];
        out->groups[i] = span == NOWHERE ? (match_span){UINT32_MAX, UINT32_MAX}
                                         : (match_span){begin + (span >> 4), begin + (span & 15)};
    }
    return e->group_count;
}

void memo_learn(memo_entry *e, const memo_key *k, uint32_t begin, const span_match *m) {
    if (m && m->group_count > MEMO_GROUPS) return;
    e->key = *k;
    e->group_count = m ? (uint8_t)m->group_count : 0;
    for (uint32_t i = 0; m && i < m->group_count; i++) {
        const match_span *s = &m->groups[i];
        bool unset = s->begin == UINT32_MAX;
        e->begin_end[i] = unset ? NOWHERE : (uint8_t)((s->begin - begin) << 4 | (s->end - begin));
    }
}
