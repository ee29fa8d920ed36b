/* Topics: the spans that name what a contact or an agreement was about, from the slots of its rules and from the
 * sentences that go on about it. A rule gives a stretch of words; here it is cut where topics are joined, and what
 * leads in to a topic falls away. Which words lead in, join and say nothing is told by the rules (topic-parts.rules,
 * lexicon/topics.list). */
#include "stages/relate.h"

#include <string.h>

typedef struct cutter {
    relater *r;
    event *e;
    const symbol *symbols;
    uint32_t lead, joint, and_word, article, hollow, preposition, gerund, pair, adjunct, relative, adjective, within,
        matter, people, person, group, possessive, to;
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

/* ", through the bank": no topic. */
static bool is_adjunct(const cutter *c, uint32_t at, uint32_t end) {
    return at + 1 < end && (is(c, at, c->joint) || is(c, at, c->and_word)) && is(c, at + 1, c->adjunct);
}

/* "including in trade": what stands after it is one all the same. */
static bool names_part(const cutter *c, uint32_t at) {
    const token *t = &c->r->d->tokens.at[c->symbols[at].end - 1];
    return is(c, at, c->joint) && is(c, at + 1, c->within) &&
           (c->symbols[at].end - c->symbols[at].first > 1 || t->end - t->begin > 1);
}

/* One topic; none when no word of it says anything. */
/* "The meeting included Anna Kaleva", "deputy ministers Kaleva and Bok": who was there. */
static bool is_somebody(const cutter *c, uint32_t first, uint32_t end) {
    if (end == first + 1 && is(c, first, c->group)) return true;
    for (uint32_t i = first; i + 1 < end; i++) {
        if (is(c, i, c->preposition) || is(c, i, c->adjunct) || is(c, i, c->gerund) || is(c, i, c->matter))
            return false;
    }
    return is(c, end - 1, c->person) || is(c, end - 1, c->people);
}

static void add_piece(const cutter *c, uint32_t first, uint32_t end) {
    first = after_lead(c, first, end);
    if (first < end && is(c, first, c->to)) first++;
    while (end > first && (is(c, end - 1, c->joint) || is(c, end - 1, c->and_word) || is(c, end - 1, c->preposition) ||
                           is(c, end - 1, c->relative)))
        end--;
    if (first > 0 && is_adjunct(c, first - 1, end)) {
        if (!names_part(c, first - 1)) return;
        first = after_lead(c, first + 1, end);
    }
    bool says_something = false;
    for (uint32_t i = first; i < end; i++) says_something = says_something || !is(c, i, c->hollow);
    if (!says_something || is_somebody(c, first, end)) return;
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
        if (is(c, i, c->pair)) return !is(c, i + 1, c->people); /* a pair of its own: "between the two of them" */
    }
    return false;
}

static bool capital(const cutter *c, uint32_t at) {
    char first = c->r->d->buffer.at[c->r->d->tokens.at[at].begin];
    return first >= 'A' && first <= 'Z';
}

/* "the war in Sudan and energy prices": the name belongs to the first of the two. */
static bool ends_in_name(const cutter *c, uint32_t at) {
    const token *word = &c->r->d->tokens.at[c->symbols[at].first];
    return str_equal(worker_word_text(c->r->w, word->word), STR("and")) && capital(c, c->symbols[at].first - 1) &&
           !capital(c, c->symbols[at].end);
}

/* An article, of a name too, or what leads in, or "other": before it a topic has ended. */
static bool begins_anew(const cutter *c, uint32_t at) {
    uint32_t word = c->r->d->tokens.at[c->symbols[at].first].word;
    return is(c, at, c->article) || is(c, at, c->lead) || worker_word_is(c->r->w, word, c->article) ||
           str_equal(worker_word_text(c->r->w, word), STR("other"));
}

/* "and" parts two topics that stand alone: the second has a head of its own ("the budget and the release of
 * prisoners", not "trade and economic ties"); or it ends a list ("trade, energy and security"). */
static bool and_parts(const cutter *c, uint32_t first, uint32_t at, uint32_t end, bool in_list) {
    if (is_adjunct(c, first, end) && !names_part(c, first)) return false;
    while (first < at && (is(c, first, c->lead) || is(c, first, c->article) || is(c, first, c->joint))) first++;
    if (and_pairs(c, first, at)) return false;
    uint32_t before = at > first + 1 && is(c, at - 1, c->joint) ? at - 2
                                                                : at - 1; /* "economic, and humanitarian aid" */
    if (at > first && is(c, before, c->adjective) && !is(c, at + 1, c->article) && !is(c, at + 1, c->lead))
        return false;
    if (in_list && at <= first + 3 && end <= at + 4) return true;
    if (begins_anew(c, at + 1) || is(c, at + 1, c->gerund)) return at > first + 1;
    if (at > first && end > at + 2 && ends_in_name(c, at) && !is(c, at + 1, c->possessive)) return true;
    if (at > first + 1 && is(c, at - 1, c->matter) && end > at + 2)
        return true; /* business cooperation and air links */
    return has_within(c, first, at, c->preposition) && has_within(c, at + 1, end, c->preposition);
}

/* Adjectives of one noun: "economic, trade and cultural ties", "a just, lasting peace", "trade, economic and cultural
 * ties". */
static bool comma_within_noun(const cutter *c, uint32_t from, uint32_t at, uint32_t end) {
    if (!is(c, at, c->joint) || is(c, at, c->lead) || at == from || at + 1 >= end || is(c, at + 1, c->article) ||
        is(c, at + 1, c->lead))
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

/* With the classes that it asks for: once an article. */
static const cutter *cutter_of(relater *r) {
    if (r->cutter) return r->cutter;
    cutter *c = ARENA_NEW(r->d->arena, cutter);
    *c = (cutter){.r = r,
                  .lead = r->k->known[KNOWN_TOPIC_LEAD],
                  .joint = r->k->known[KNOWN_TOPIC_JOINT],
                  .and_word = r->k->known[KNOWN_TOPIC_AND],
                  .article = r->k->known[KNOWN_TOPIC_ARTICLE],
                  .hollow = r->k->known[KNOWN_HOLLOW_WORD],
                  .preposition = r->k->known[KNOWN_TOPIC_PREPOSITION],
                  .gerund = r->k->known[KNOWN_VBG],
                  .pair = r->k->known[KNOWN_TOPIC_PAIR],
                  .adjunct = r->k->known[KNOWN_TOPIC_ADJUNCT],
                  .relative = r->k->known[KNOWN_RELATIVE_WORD],
                  .within = r->k->known[KNOWN_TOPIC_WITHIN],
                  .matter = r->k->known[KNOWN_MATTER_NOUN],
                  .possessive = r->k->known[KNOWN_POSSESSIVE],
                  .to = r->k->known[KNOWN_TO_WORD],
                  .people = r->k->known[KNOWN_PEOPLE],
                  .person = r->k->known[KNOWN_PERSON],
                  .group = r->k->known[KNOWN_GROUP],
                  .adjective = r->k->known[KNOWN_ADJECTIVE_FORM]};
    return r->cutter = c;
}

void relate_about(relater *r, event *e, const mention *m) {
    const sentence *s = &r->d->sentences.at[m->sentence];
    cutter c = *cutter_of(r);
    c.e = e;
    c.symbols = s->symbols;
    uint32_t from = 0;
    for (const slot *told; (told = relate_next_slot(m, KEY_ABOUT, &from));) {
        uint32_t first = 0;
        while (first < s->symbol_count && s->symbols[first].end <= told->first) first++;
        uint32_t end = first;
        while (end < s->symbol_count && s->symbols[end].first < told->end) end++;
        cut(&c, first, end);
    }
}
