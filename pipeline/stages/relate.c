/* Relate: runs the phases of the relate stage and turns what they find into contacts, agreements and public events,
   one for each real thing however often it is told. Never finds anything itself: what is a fact is said in rules/. */
#include <string.h>

#include "stages/relate.h"

/* The place of a mention in its sentence as one number: by first token, the longer ones first. */
static uint64_t order_of(const mention *m) { return (uint64_t)m->first << 32 | (UINT32_MAX - m->end); }

/* Mentions come by sentence. */
static uint32_t first_of(const relater *r, uint32_t in) {
    uint32_t low = 0, high = r->mentions;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (r->d->mentions.at[middle].sentence < in)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* Few sentences are asked for theirs. */
const mention_list *relate_mentions(const relater *r, uint32_t in) {
    mention_list *list = &r->by_sentence[in];
    const mention *m = r->d->mentions.at;
    if (list->at) return list;
    uint32_t first = first_of(r, in), end = first, *all;
    while (end < r->mentions && m[end].sentence == in) end++;
    all = arena_raw(r->d->arena, (end - first + 1) * sizeof *all, alignof(uint32_t));
    for (uint32_t i = first; i < end; i++) {
        uint32_t to = i - first;
        for (; to > 0 && order_of(&m[all[to - 1]]) > order_of(&m[i]); to--) all[to] = all[to - 1]; /* a few */
        all[to] = i;
    }
    *list = (mention_list){all, end - first};
    return list;
}

static void name_classes(relater *r) {
    const pack *k = r->k;
    r->body = k->known[KNOWN_BODY];
    r->event_class = k->known[KNOWN_EVENT];
    r->say = k->known[KNOWN_SAY_VERB];
    r->relative = k->known[KNOWN_RELATIVE_WORD];
    r->verb = k->known[KNOWN_VERB];
    r->aside = k->known[KNOWN_ASIDE];
    r->hold = k->known[KNOWN_HOLD_VERB];
    r->meeting_noun = k->known[KNOWN_MEETING_NOUN];
    r->vbd = k->known[KNOWN_VBD];
    r->vbn = k->known[KNOWN_VBN];
    r->vbg = k->known[KNOWN_VBG];
    r->conflict = k->known[KNOWN_CONFLICT];
    r->known_conflict = k->known[KNOWN_KNOWN_CONFLICT];
    r->definite = k->known[KNOWN_DEFINITE_WORD];
    r->indefinite = k->known[KNOWN_INDEFINITE_WORD];
    r->another = k->known[KNOWN_ANOTHER_WORD];
    r->article = k->known[KNOWN_TOPIC_ARTICLE];
    r->preposition = k->known[KNOWN_TOPIC_PREPOSITION];
    r->and_word = k->known[KNOWN_TOPIC_AND];
    r->incident = k->known[KNOWN_INCIDENT];
    r->ahead = k->known[KNOWN_AHEAD_WORD];
}

static void take(relater *r, const mention *m) {
    str type = r->k->classes.at[m->type];
    if (str_equal(type, STR("meeting")) || str_equal(type, STR("call")) || str_equal(type, STR("visit")))
        relate_contact(r, m), r->last_told = m->sentence;
    else if (str_equal(type, STR("about-more")))
        relate_topic(r, m);
    else if (str_equal(type, STR("agreement-fact")))
        relate_fact(r, m, true);
    else if (str_equal(type, STR("event-fact")))
        relate_fact(r, m, false);
    else if (str_equal(type, STR("occasion")))
        relate_occasion(r, m);
}

static void relate_sentence(relater *r, uint32_t at) {
    document *d = r->d;
    uint32_t next = d->mentions.len;
    r->at = at;
    for (uint32_t p = 0; p < r->k->phases.len; p++) {
        const phase *one = &r->k->phases.at[p];
        if (one->stage != STAGE_RELATE || (one->when_told && !relate_goes_on(r, at))) continue;
        worker_run_phase(r->w, d, at, p);
        for (; next < d->mentions.len; next++) {
            mention copy = d->mentions.at[next]; /* the array may move while entities are made */
            take(r, &copy);
        }
    }
    relate_settle_facts(r);
    relate_occasions(r, at);
    r->pending.len = r->occasions.len = 0;
}

void stage_relate(worker *w, document *d) {
    relater r = {.w = w, .k = worker_pack(w), .d = d, .mentions = d->mentions.len, .last_contact = NONE};
    name_classes(&r);
    r.by_sentence = ARENA_ARRAY(d->arena, mention_list, d->sentences.len);
    for (uint32_t at = 0; at < d->sentences.len; at++) relate_sentence(&r, at);
    relate_finish_contacts(&r);
    relate_codes(&r);
}
