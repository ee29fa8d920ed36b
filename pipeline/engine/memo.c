#include "engine/memo.h"

enum { NOWHERE = UINT8_MAX };

bool memo_tell(const memo_entry *e, uint32_t begin, span_match *out) {
    out->group_count = e->group_count;
    for (uint32_t i = 0; i < e->group_count; i++) {
        bool unset = e->begin[i] == NOWHERE;
        out->groups[i] = unset ? (match_span){UINT32_MAX, UINT32_MAX}
                               : (match_span){begin + e->begin[i], begin + e->end[i]};
    }
    return e->group_count;
}

void memo_learn(memo_entry *e, const memo_key *k, uint32_t begin, const span_match *m) {
    if (m && m->group_count > MEMO_GROUPS) return;
    e->key = *k;
    e->group_count = m ? (uint8_t)m->group_count : 0;
    for (uint32_t i = 0; m && i < m->group_count; i++) {
        bool unset = m->groups[i].begin == UINT32_MAX;
        e->begin[i] = unset ? NOWHERE : (uint8_t)(m->groups[i].begin - begin);
        e->end[i] = unset ? NOWHERE : (uint8_t)(m->groups[i].end - begin);
    }
}
