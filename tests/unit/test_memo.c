/* What an expression said of a row of symbols is told again of that row, and of no other. */
#include "unit.h"

#include "engine/memo.h"

int main(void) {
    static memo_entry table[MEMO_SLOTS];
    const uint16_t subject[] = {7, 7, 5, 2, 2, 9, 300, 1, 1, 1, 1};
    memo_key row, none;
    CHECK("a row of a few symbols has a key", memo_key_of(&row, 3, subject, 6, 2, 6, 3));
    CHECK("a long one has none", !memo_key_of(&none, 3, subject, 11, 0, 9, 0));
    CHECK("one of a high unit has none", !memo_key_of(&none, 3, subject, 11, 4, 8, 4));
    memo_key longer = row, earlier = row;
    (void)memo_key_of(&longer, 3, subject, 11, 2, 6, 3);
    (void)memo_key_of(&earlier, 3, subject, 6, 2, 6, 2);
    memo_entry *place = memo_place(table, &row);
    CHECK("an empty table knows nothing", !memo_knows(place, &row));

    span_match m = {.group_count = 3, .groups = {{11, 14}, {UINT32_MAX, UINT32_MAX}, {12, 13}}}, told;
    memo_learn(place, &row, 10, &m);
    CHECK("what was learned is known", memo_knows(place, &row) && memo_tell(place, 100, &told));
    CHECK("spans stand where the row stands", told.groups[0].begin == 101 && told.groups[0].end == 104 &&
                                                  told.groups[2].begin == 102 && told.groups[2].end == 103);
    CHECK("a group that took no part took none", told.group_count == 3 && told.groups[1].begin == UINT32_MAX);
    CHECK("a row with more behind it is another", !memo_knows(place, &longer));
    CHECK("so is one in which the match begins elsewhere", !memo_knows(place, &earlier));

    memo_learn(place, &row, 10, NULL);
    CHECK("that nothing matches is known too", memo_knows(place, &row) && !memo_tell(place, 10, &told));
    m.group_count = MEMO_GROUPS + 1;
    memo_learn(place, &longer, 10, &m);
    CHECK("a match of too many groups is not kept", !memo_knows(place, &longer));
    return unit_done();
}
