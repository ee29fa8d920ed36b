/* Topics: the spans that name what a contact or an agreement was about, from the slots of its rules and from the
 * sentences that go on about it. */
#include "stages/relate.h"

static bool separates(relater *r, uint32_t at) {
    str word = worker_word_text(r->w, r->d->tokens.at[at].word);
    return str_equal(word, STR(",")) || str_equal(word, STR(";"));
}

static bool joins(relater *r, uint32_t at) {
    str word = worker_word_text(r->w, r->d->tokens.at[at].word);
    return str_equal(word, STR("and")) || str_equal(word, STR("or")) || str_equal(word, STR("including")) ||
           str_equal(word, STR("as")) || str_equal(word, STR("well")); /* "as well as" */
}

static void add_topic(relater *r, event *e, uint32_t first, uint32_t end) {
    while (first < end && joins(r, first)) first++;
    if (first >= end) return;
    topic t = {r->d->tokens.at[first].begin, r->d->tokens.at[end - 1].end};
    for (uint32_t i = 0; i < e->about.len; i++) {
        if (e->about.at[i].begin <= t.begin && t.end <= e->about.at[i].end) return;
    }
    *VEC_PUSH(r->d->arena, &e->about) = t;
}

/* Topics that a comma separates stand alone; a bare "and" joins words of one topic as often as two topics. */
void relate_about(relater *r, event *e, const mention *m) {
    uint32_t from = 0;
    for (const slot *s; (s = relate_next_slot(m, r->about, &from));) {
        uint32_t first = s->first;
        for (uint32_t t = s->first; t <= s->end; t++) {
            if (t < s->end && !separates(r, t)) continue;
            add_topic(r, e, first, t);
            first = t + 1;
        }
    }
}

/* What a later sentence says of the contact told before: topics, a place, a date. */
void relate_topic(relater *r, const mention *m) {
    if (r->last_contact == NONE) return;
    event *last = &r->d->events.at[r->last_contact];
    event more = {.type = last->type, .place = NONE, .status = last->status};
    relate_parties(r, &more, m, r->participant, "participant");
    if (!relate_parties_subset(&more, last)) return;
    more.participants.len = 0;
    relate_place(r, &more, m);
    relate_date(r, &more, m, false);
    if (!relate_dates_fit(more.date, last->date)) return;
    relate_about(r, &more, m);
    relate_evidence(r, &more, m);
    relate_absorb(r, last, &more);
}
