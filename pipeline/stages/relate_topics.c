/* Topics: the spans that name what a contact or an agreement was about, from the slots of its rules and from the
 * sentences that go on about it. A rule gives a stretch of words; here it is cut where topics are joined, and what
 * leads in to a topic falls away. Which words lead in, join and say nothing is told by the rules (topic-parts.rules,
 * lexicon/topics.list). */
#include "stages/relate.h"

#include <string.h>

enum { TOPIC_CONTACTS_BACK = 8, TOPIC_SENTENCES = 12, WEAK_SENTENCES = 4 };

typedef struct cutter {
    relater *r;
    event *e;
    const symbol *symbols;
    uint32_t lead, joint, and_word, article, hollow, preposition, gerund, pair, adjunct, relative, adjective;
} cutter;

static bool is(const cutter *c, uint32_t at, uint32_t class) {
    return class != NONE && worker_set_has(c->r->w, c->symbols[at].classes, class);
}

void relate_add_topic(relater *r, event *e, topic t) {
    for (uint32_t i = 0; i < e->about.len; i++) {
        topic *known = &e->about.at[i];
        if (known->begin <= t.begin && t.end <= known->end) return;
        if (t.begin <= known->begin && known->end <= t.end) {
            *known = t;
            return;
        }
    }
    *VEC_PUSH(r->d->arena, &e->about) = t;
}

static bool quote_mark(const cutter *c, uint32_t at) {
    str word = worker_word_text(c->r->w, c->r->d->tokens.at[c->symbols[at].first].word);
    return str_equal(word, STR("\"")) || str_equal(word, STR("("));
}

static bool is_small(const cutter *c, uint32_t at) {
    return is(c, at, c->lead) || is(c, at, c->joint) || is(c, at, c->and_word) || is(c, at, c->article) ||
           quote_mark(c, at);
}

/* Where a topic begins, after what leads in to it, "issues on the subject of" too, and after the article. */
static uint32_t after_lead(const cutter *c, uint32_t first, uint32_t end) {
    uint32_t begin = first;
    for (uint32_t i = first; i < end && (is_small(c, i) || is(c, i, c->hollow)); i++) {
        if (is(c, i, c->lead)) begin = i + 1;
    }
    while (begin < end && is_small(c, begin)) begin++;
    return begin;
}

/* One topic; none when no word of it says anything. */
static void add_piece(const cutter *c, uint32_t first, uint32_t end) {
    first = after_lead(c, first, end);
    while (end > first && (is(c, end - 1, c->joint) || is(c, end - 1, c->and_word) || is(c, end - 1, c->preposition) ||
                           is(c, end - 1, c->relative)))
        end--;
    bool joined = first > 0 && (is(c, first - 1, c->joint) || is(c, first - 1, c->and_word));
    if (first < end && joined && is(c, first, c->adjunct)) return;
    bool says_something = false;
    for (uint32_t i = first; i < end; i++) says_something = says_something || !is(c, i, c->hollow);
    if (!says_something) return;
    const document *d = c->r->d;
    uint32_t begin = c->symbols[first].first, last = c->symbols[end - 1].end - 1;
    if (begin < last && worker_word_is(c->r->w, d->tokens.at[begin].word, c->article)) begin++; /* of a name */
    topic t = {.begin = d->tokens.at[begin].begin, .end = d->tokens.at[last].end};
    relate_add_topic(c->r, c->e, t);
}

static bool has_within(const cutter *c, uint32_t first, uint32_t end, uint32_t class) {
    for (uint32_t i = first; i < end; i++) {
        if (is(c, i, class)) return true;
    }
    return false;
}

/* The word before which `and` joins two halves of one thing: "between Ruritania and Borduria". */
static bool and_pairs(const cutter *c, uint32_t first, uint32_t at) {
    for (uint32_t i = at; i-- > first && !is(c, i, c->and_word);) {
        if (is(c, i, c->pair)) return true;
    }
    return false;
}

/* "and" parts two topics that stand alone: the second has a head of its own ("the budget and the release of
 * prisoners", not "trade and economic ties"); or it ends a list ("trade, energy and security"). */
static bool and_parts(const cutter *c, uint32_t first, uint32_t at, uint32_t end, bool in_list) {
    while (first < at && (is(c, first, c->lead) || is(c, first, c->article) || is(c, first, c->joint))) first++;
    if (and_pairs(c, first, at)) return false;
    if (at > first && is(c, at - 1, c->adjective) && !is(c, at + 1, c->article) && !is(c, at + 1, c->lead))
        return false;
    if (in_list && at <= first + 3 && end <= at + 4) return true;
    if (is(c, at + 1, c->article) || is(c, at + 1, c->lead) || is(c, at + 1, c->gerund)) return at > first + 1;
    return has_within(c, first, at, c->preposition) && has_within(c, at + 1, end, c->preposition);
}

/* Adjectives of one noun: "economic, trade and cultural ties", "a just, lasting peace", "trade, economic and cultural
 * ties". */
static bool comma_within_noun(const cutter *c, uint32_t from, uint32_t at, uint32_t end) {
    if (!is(c, at, c->joint) || at == from || at + 1 >= end || is(c, at + 1, c->article) || is(c, at + 1, c->lead))
        return false;
    if (is(c, at - 1, c->adjective)) return true;
    bool single = at == from + 1 || is_small(c, at - 2);
    return single && is(c, at + 1, c->adjective) && at + 2 < end &&
           (is(c, at + 2, c->and_word) || is(c, at + 2, c->joint));
}

static void cut(const cutter *c, uint32_t first, uint32_t end) {
    bool in_list = false;
    for (uint32_t i = first, from = first; i <= end; i++) {
        bool and_word = i < end && i + 1 < end && is(c, i, c->and_word);
        bool parts = i == end || (is(c, i, c->joint) && !comma_within_noun(c, from, i, end)) ||
                     (and_word && and_parts(c, from, i, end, in_list));
        if (!parts) continue;
        in_list = in_list || (i < end && is(c, i, c->joint));
        add_piece(c, from, i);
        from = i;
    }
}

void relate_about(relater *r, event *e, const mention *m) {
    const sentence *s = &r->d->sentences.at[m->sentence];
    cutter c = {.r = r,
                .e = e,
                .symbols = s->symbols,
                .lead = pack_class(r->k, STR("topic-lead")),
                .joint = pack_class(r->k, STR("topic-joint")),
                .and_word = pack_class(r->k, STR("topic-and")),
                .article = pack_class(r->k, STR("topic-article")),
                .hollow = pack_class(r->k, STR("hollow-word")),
                .preposition = pack_class(r->k, STR("topic-preposition")),
                .gerund = pack_class(r->k, STR("vbg")),
                .pair = pack_class(r->k, STR("topic-pair")),
                .adjunct = pack_class(r->k, STR("topic-adjunct")),
                .relative = pack_class(r->k, STR("relative-word")),
                .adjective = pack_class(r->k, STR("adjective-form"))};
    uint32_t from = 0;
    for (const slot *told; (told = relate_next_slot(m, r->about, &from));) {
        uint32_t first = 0;
        while (first < s->symbol_count && s->symbols[first].end <= told->first) first++;
        uint32_t end = first;
        while (end < s->symbol_count && s->symbols[end].first < told->end) end++;
        cut(&c, first, end);
    }
}

static bool is_contact(const event *e) {
    return str_equal(e->type, STR("meeting")) || str_equal(e->type, STR("call")) || str_equal(e->type, STR("visit"));
}

static uint32_t last_told(const event *e) { return e->evidence.len ? e->evidence.at[e->evidence.len - 1].begin : 0; }

/* A country speaks for its people: "Ruritania raised the matter". */
bool relate_takes_part(relater *r, const event *e, uint32_t id) {
    const entity *who = &r->d->entities.at[id];
    for (uint32_t i = 0; i < e->participants.len; i++) {
        const entity *other = &r->d->entities.at[e->participants.at[i].entity];
        if (e->participants.at[i].entity == id) return true;
        if (who->type == ENTITY_COUNTRY && who->country[0] && other->country[0] == who->country[0] &&
            other->country[1] == who->country[1])
            return true;
    }
    return false;
}

static bool fits(relater *r, const event *e, const event *more) {
    if (!is_contact(e) || !relate_dates_fit(more->date, e->date)) return false;
    for (uint32_t i = 0; i < more->participants.len; i++) {
        if (!relate_takes_part(r, e, more->participants.at[i].entity)) return false;
    }
    return true;
}

bool relate_goes_on(const relater *r, uint32_t at) {
    return r->last_contact != NONE && at <= r->last_told + TOPIC_SENTENCES;
}

/* The contact that a topic belongs to: the nearest of the same sentence; else, for words that point back, the one told
 * last, or one told before it that the speaker had. A meeting rather than the visit that it is part of. */
static event *contact_of_topic(relater *r, const mention *m, const event *more, bool back) {
    document *d = r->d;
    uint32_t begin = d->tokens.at[d->sentences.at[m->sentence].first].begin, at = d->tokens.at[m->first].begin;
    event *best = NULL;
    for (uint32_t i = d->events.len, tried = 0; i-- > 0 && tried < TOPIC_CONTACTS_BACK; tried++) {
        event *e = &d->events.at[i];
        if (!fits(r, e, more) || last_told(e) < begin) continue;
        if (!best || (last_told(e) <= at && last_told(e) > last_told(best)) ||
            (str_equal(best->type, STR("visit")) && !str_equal(e->type, STR("visit"))))
            best = e;
    }
    if (best || !back || r->last_contact == NONE) return best;
    event *last = &d->events.at[r->last_contact];
    if (fits(r, last, more) && !str_equal(last->type, STR("visit"))) return last;
    for (uint32_t i = d->events.len, tried = 0; i-- > 0 && tried < TOPIC_CONTACTS_BACK; tried++) {
        event *e = &d->events.at[i];
        bool meeting = !str_equal(e->type, STR("visit")) && strcmp(e->status, last->status) == 0;
        if (meeting && fits(r, e, more) && (more->participants.len || m->sentence <= r->last_told + 3)) return e;
    }
    return fits(r, last, more) ? last : NULL;
}

/* What is only said at it stands back where the topic is told outright. */
static void drop_told(const event *told, event *more) {
    uint32_t kept = 0;
    for (uint32_t i = 0; i < more->about.len; i++) {
        topic t = more->about.at[i];
        bool met = false;
        for (uint32_t k = 0; k < told->about.len; k++)
            met = met || (told->about.at[k].begin < t.end && t.begin < told->about.at[k].end);
        if (!met) more->about.at[kept++] = t;
    }
    more->about.len = kept;
}

/* What a sentence says of a contact besides that it took place: topics, a place, a date. */
void relate_topic(relater *r, const mention *m) {
    if (!relate_goes_on(r, m->sentence)) return;
    event more = {.place = NONE};
    relate_parties(r, &more, m, r->participant, "participant");
    relate_date(r, &more, m, false);
    bool back = str_equal(mention_attribute(r->k, m, "joins"), STR("last"));
    bool weak = str_equal(mention_attribute(r->k, m, "weak"), STR("yes"));
    if (weak && m->sentence > r->last_told + WEAK_SENTENCES) return;
    event *told = contact_of_topic(r, m, &more, back);
    if (!told) return;
    more.participants.len = 0;
    relate_place(r, &more, m);
    relate_about(r, &more, m);
    if (weak) drop_told(told, &more);
    if (!more.about.len && !more.date.len) return;
    relate_evidence(r, &more, m);
    more.evidence.at[0].about = true;
    relate_absorb(r, told, &more);
    if (!weak) r->last_told = m->sentence;
}
