/* The parts of a relation: parties, place, date, status, evidence, from the slots that its rule named. */
#include "stages/relate.h"

#include <stdio.h>
#include <string.h>

#include "calendar/calendar.h"

const slot *relate_next_slot(const mention *m, uint32_t key, uint32_t *from) {
    for (; key != NONE && *from < m->slot_count; (*from)++) {
        if (m->slots[*from].key == key) return &m->slots[(*from)++];
    }
    return NULL;
}

static void add_participant(relater *r, event *e, uint32_t id, const char *as) {
    for (uint32_t i = 0; i < e->participants.len; i++) {
        if (e->participants.at[i].entity == id) return;
    }
    *VEC_PUSH(r->d->arena, &e->participants) = (participant){.entity = id, .role = as};
}

static bool word_is(const relater *r, uint32_t at, const char *word) {
    return str_equal(worker_word_text(r->w, r->d->tokens.at[at].word), str_of(word));
}

/* "a Ruritanian delegation led by Joon Bok": it is he. */
static uint32_t leader_of(const relater *r, const mention *m) {
    enum { TOKENS_BETWEEN = 3 };
    uint32_t at = m->end, end = r->d->sentences.at[m->sentence].end;
    if (at < end && word_is(r, at, ",")) at++;
    if (at + 2 >= end || !(word_is(r, at, "led") || word_is(r, at, "headed")) || !word_is(r, at + 1, "by")) return NONE;
    const mention_list *list = relate_mentions(r, m->sentence);
    for (uint32_t i = 0; i < list->len; i++) {
        const mention *who = &r->d->mentions.at[list->at[i]];
        if (who->entity == NONE || who->first < at + 2 || who->first > at + 2 + TOKENS_BETWEEN) continue;
        entity_type type = r->d->entities.at[who->entity].type;
        if (type == ENTITY_PERSON || type == ENTITY_GROUP) return who->entity;
    }
    return NONE;
}

/* Every mention in [first,end) that stands for somebody, the outermost ones. */
void relate_parties_between(relater *r, event *e, uint32_t in, uint32_t first, uint32_t end, const char *as) {
    const mention_list *list = relate_mentions(r, in);
    uint32_t done = first;
    for (uint32_t i = 0; i < list->len; i++) {
        const mention *m = &r->d->mentions.at[list->at[i]];
        if (m->first < done || m->end > end) continue;
        uint32_t leader = leader_of(r, m);
        if (leader != NONE) {
            add_participant(r, e, leader, as);
        } else if (m->member_count) {
            for (uint32_t j = 0; j < m->member_count; j++) add_participant(r, e, m->members[j], as);
        } else if (m->entity != NONE) {
            add_participant(r, e, m->entity, as);
        } else {
            continue;
        }
        done = m->end;
    }
}

void relate_parties_within(relater *r, event *e, const mention *m) {
    relate_parties_between(r, e, m->sentence, m->first, m->end, "participant");
}

void relate_parties(relater *r, event *e, const mention *m, uint32_t key, const char *as) {
    uint32_t from = 0;
    for (const slot *s; (s = relate_next_slot(m, key, &from));) {
        relate_parties_between(r, e, m->sentence, s->first, s->end, as);
    }
}

static uint32_t named_place(relater *r, str name) {
    document *d = r->d;
    for (uint32_t i = 0; i < d->entities.len; i++) {
        if (d->entities.at[i].type == ENTITY_PLACE &&
            str_equal(utf8_fold(d->arena, d->entities.at[i].name), utf8_fold(d->arena, name)))
            return i;
    }
    *VEC_PUSH(d->arena, &d->entities) = (entity){.type = ENTITY_PLACE, .name = name};
    return d->entities.len - 1;
}

static void set_place(relater *r, event *e, uint32_t id) {
    e->place = id;
    memcpy(e->country, r->d->entities.at[id].country, 3);
}

/* The places of the slots in order, at most `room`: "Japan and South Korea" are two. */
static uint32_t places_of(relater *r, const mention *m, uint32_t *out, uint32_t room) {
    uint32_t from = 0, count = 0;
    for (const slot *s; (s = relate_next_slot(m, KEY_PLACE, &from));) {
        event probe = {.place = NONE};
        relate_parties_between(r, &probe, m->sentence, s->first, s->end, "place");
        for (uint32_t i = 0; i < probe.participants.len && count < room; i++) {
            entity_type type = r->d->entities.at[probe.participants.at[i].entity].type;
            if (type == ENTITY_PLACE || type == ENTITY_COUNTRY || type == ENTITY_ORGANIZATION)
                out[count++] = probe.participants.at[i].entity;
        }
        if (count == 0 && s->end == s->first + 1 && r->d->dateline_place.len && word_is(r, s->first, "here"))
            out[count++] = named_place(r, r->d->dateline_place);
    }
    return count;
}

void relate_place(relater *r, event *e, const mention *m) {
    uint32_t id;
    if (places_of(r, m, &id, 1)) set_place(r, e, id);
}

/* The same visit to the further places that its words name. */
void relate_further_places(relater *r, const event *e, const mention *m, void (*keep)(relater *, const event *)) {
    uint32_t ids[8], count = places_of(r, m, ids, 8);
    for (uint32_t i = 1; i < count; i++) {
        event other = *e;
        if (ids[i] == e->place || r->d->entities.at[ids[i]].type == ENTITY_ORGANIZATION) continue;
        memset(&other.participants, 0, sizeof other.participants);
        memset(&other.evidence, 0, sizeof other.evidence);
        relate_parties(r, &other, m, KEY_VISITOR, "visitor");
        relate_evidence(r, &other, m);
        set_place(r, &other, ids[i]);
        keep(r, &other);
    }
}

/* "in Lisbon", "at the White House", "in the Tunisian capital Tunis": a place that the sentence says something happens
 * in. */
static bool stands_in(relater *r, const mention *m) {
    uint32_t first = r->d->sentences.at[m->sentence].first, at = m->first;
    for (uint32_t back = 0; at > first && back < 4; back++, at--) {
        if (word_is(r, at - 1, "in") || word_is(r, at - 1, "at")) return back == 0 || word_is(r, at, "the");
    }
    return false;
}

void relate_place_of_sentence(relater *r, event *e, const mention *m) {
    const mention_list *list = relate_mentions(r, m->sentence);
    uint32_t best_gap = UINT32_MAX;
    for (uint32_t i = 0; i < list->len && e->place == NONE; i++) {
        const mention *p = &r->d->mentions.at[list->at[i]];
        if (p->entity == NONE || r->d->entities.at[p->entity].type != ENTITY_PLACE || !stands_in(r, p)) continue;
        uint32_t gap = p->first >= m->end ? p->first - m->end : p->end <= m->first ? m->first - p->end : 0;
        if (gap >= best_gap || gap > 12) continue;
        best_gap = gap;
        set_place(r, e, p->entity);
    }
}

/* How much of a value names a day, month, week or year: 2021-05-03 of 2021-05-03T10:00, 2021-W05 of 2021-W05-WE, 2021
 * of 2021-SU, 2021-Q1 and 2021-XX-XX. */
static size_t calendar_length(str value) {
    static const char *const shapes[] = {"dddd-dd-dd", "dddd-Wdd", "dddd-dd", "dddd"};
    for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++) {
        size_t at = 0;
        for (; at < value.len && shapes[i][at]; at++) {
            bool digit = value.at[at] >= '0' && value.at[at] <= '9';
            if (shapes[i][at] == 'd' ? !digit : value.at[at] != shapes[i][at]) break;
        }
        if (!shapes[i][at]) return at;
    }
    return 0;
}

static str calendar_value(const mention *m) {
    const timex3 *t = m->timex;
    if (!t || (strcmp(t->type, "TIME") != 0 && strcmp(t->type, "DATE") != 0)) return (str){0};
    return str_slice(t->value, 0, calendar_length(t->value));
}

static void set_date(event *e, const mention *date) {
    str value = calendar_value(date);
    if (value.len == 0) return;
    e->date = value;
    e->date_basis = date->timex->basis;
    const timex3 *t = date->timex;
    if (value.len == 10 && t->day_last.len && !str_equal(t->day_last, t->day_first)) e->end = t->day_last;
}

/* "said on Tuesday", "told reporters Tuesday", "on Tuesday said": the day of the words, not of what they tell. */
static bool day_of_saying(relater *r, const mention *date) {
    const sentence *in = &r->d->sentences.at[date->sentence];
    uint32_t at = date->first;
    if (date->end < in->end && worker_word_is(r->w, r->d->tokens.at[date->end].word, r->say)) return true;
    if (at > in->first && word_is(r, at - 1, "on")) at--;
    if (at > in->first && (word_is(r, at - 1, "reporters") || word_is(r, at - 1, "statement"))) return true;
    return at > in->first && worker_word_is(r->w, r->d->tokens.at[at - 1].word, r->say);
}

/* "on a visit through Friday": the day that a thing ends, not its day. */
static bool day_of_end(relater *r, const mention *date) {
    uint32_t at = date->first;
    if (at <= r->d->sentences.at[date->sentence].first) return false;
    return word_is(r, at - 1, "through") || word_is(r, at - 1, "until") || word_is(r, at - 1, "till");
}

/* "met B and will travel on Friday": the day of the next verb. */
static bool of_next_verb(relater *r, const mention *m, const mention *date) {
    const mention_list *list = relate_mentions(r, m->sentence);
    for (uint32_t i = 0; i < list->len && date->sentence == m->sentence; i++) {
        const mention *verb = &r->d->mentions.at[list->at[i]];
        if (verb->type == r->verb && verb->first >= m->end && verb->end <= date->first &&
            mention_is(r->w, verb, KNOWN_FINITE) && !mention_is(r->w, verb, KNOWN_HOLD_VERB) &&
            !mention_is(r->w, verb, KNOWN_BEGIN_VERB))
            return true;
    }
    return false;
}

/* "his first trip since the election on Monday", "In follow-up to the talks held on Monday, A met B": the day of what
   went before, or is to come. */
static bool of_other_time(const relater *r, const mention *m, const mention *date) {
    static const char *const words[] = {"after", "since", "following", "before", "ahead"};
    const sentence *in = &r->d->sentences.at[date->sentence];
    bool behind = date->first >= m->end;
    if (!behind && date->first >= m->first) return false;
    uint32_t at = date->first, first = behind ? m->end : in->first;
    for (; at > first && !word_is(r, at - 1, ","); at--) {
        for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
            bool close = date->first < at + 2; /* "after Monday", "before the" */
            if (word_is(r, at - 1, words[i])) return !close && !worker_word_is(r->w, r->d->tokens.at[at].word, r->vbg);
        }
    }
    return false;
}

/* The nearest date of the sentence: the one that a reader ties to the contact. */
static const mention *nearest_date(relater *r, const mention *m, uint32_t in, size_t least, bool said) {
    const mention_list *list = relate_mentions(r, in);
    const mention *best = NULL;
    uint32_t best_gap = 0;
    for (uint32_t i = 0; i < list->len; i++) {
        const mention *other = &r->d->mentions.at[list->at[i]];
        if (!other->timex || calendar_value(other).len < least || day_of_saying(r, other) != said) continue;
        if (day_of_end(r, other)) continue;
        if (of_next_verb(r, m, other) || of_other_time(r, m, other)) continue;
        if (other->parent != NONE && r->d->mentions.at[other->parent].type == r->event_class)
            continue; /* its own date */
        uint32_t gap = other->first >= m->end   ? other->first - m->end
                       : other->end <= m->first ? m->first - other->end
                                                : 0;
        if (!best || gap < best_gap) best = other, best_gap = gap;
    }
    return best;
}

static const mention *date_in(relater *r, const mention *m, const slot *s) {
    if (s->mention != NONE && r->d->mentions.at[s->mention].timex) return &r->d->mentions.at[s->mention];
    const mention_list *list = relate_mentions(r, m->sentence);
    for (uint32_t i = 0; i < list->len; i++) {
        const mention *other = &r->d->mentions.at[list->at[i]];
        if (other->timex && other->first >= s->first && other->end <= s->end && calendar_value(other).len) return other;
    }
    return NULL;
}

/* What is still to come on a Thursday comes on the next one. */
static void move_to_next_weekday(relater *r, event *e) {
    day on, today;
    if (!e->date_basis || strcmp(e->date_basis, "weekday") != 0 || e->date.len != 10) return;
    if (!day_parse(e->date, &on) || !day_parse(r->d->published, &today)) return;
    int64_t n = day_number(on), now = day_number(today);
    if (n >= now || now - n >= 7) return;
    day next = day_of_number(n + 7);
    char text[16];
    snprintf(text, sizeof text, "%04d-%02d-%02d", next.year, next.month, next.day);
    e->date = arena_copy(r->d->arena, str_of(text));
}

/* The day that the article tells a thing on is its day where it is told from there ("said after talks with ..."), also
   when only the sentence before has the day. Of what is to come it never is. */
static const mention *date_of_sentence(relater *r, const event *e, const mention *m) {
    const mention *date = nearest_date(r, m, m->sentence, 7, false); /* a month at least ... */
    if (!date) date = nearest_date(r, m, m->sentence, 4, false);     /* ... else a year */
    if (date || strcmp(e->status, "occurred") != 0) return date;
    date = nearest_date(r, m, m->sentence, 10, true);
    bool then = str_equal(mention_attribute(m, KEY_TOLD), STR("then"));
    if (!date && then && m->sentence > 0) date = nearest_date(r, m, m->sentence - 1, 10, true);
    return date;
}

/* Days of "a three-day official visit", 0 when it is none. */
static uint32_t days_of_visit(relater *r, const mention *length) {
    enum { TOKENS_BETWEEN = 3 };
    str value = length->timex->value;
    if (value.len != 3 || value.at[0] != 'P' || value.at[2] != 'D' || value.at[1] < '2') return 0;
    uint32_t end = r->d->sentences.at[length->sentence].end, class = r->k->known[KNOWN_VISIT_NOUN];
    for (uint32_t at = length->end; at < end && at <= length->end + TOKENS_BETWEEN; at++) {
        if (worker_word_is(r->w, r->d->tokens.at[at].word, class)) return (uint32_t)(value.at[1] - '0');
    }
    return 0;
}

/* "Began a three-day visit on Monday", "ended" it: the other day too. */
static void count_days(relater *r, event *e, const mention *m) {
    const mention_list *list = relate_mentions(r, m->sentence);
    const mention *verb = NULL;
    uint32_t days = 0;
    for (uint32_t i = 0; i < list->len; i++) {
        const mention *one = &r->d->mentions.at[list->at[i]];
        if (one->first < m->first) continue;
        bool telling = mention_is(r->w, one, KNOWN_BEGIN_VERB) || mention_is(r->w, one, KNOWN_ARRIVE_VERB);
        if (telling && !verb && one->end <= m->end) verb = one;
        if (one->timex && !days) days = days_of_visit(r, one);
    }
    day told;
    if (!verb || !days || !day_parse(e->date, &told)) return;
    bool finished = mention_is(r->w, verb, KNOWN_FINISH_VERB);
    day other = day_of_number(finished ? day_number(told) - days + 1 : day_number(told) + days - 1);
    str text = arena_format(r->d->arena, "%04d-%02d-%02d", other.year, other.month, other.day);
    e->end = finished ? e->date : text;
    e->date = finished ? text : e->date;
}

void relate_date(relater *r, event *e, const mention *m, bool search_sentence) {
    uint32_t from = 0;
    const slot *s = relate_next_slot(m, KEY_DATE, &from);
    const mention *date = s ? date_in(r, m, s) : NULL;
    e->date_near = !date && search_sentence;
    if (e->date_near) date = date_of_sentence(r, e, m);
    if (date) set_date(e, date);
    if (date && search_sentence && !e->date_near && strcmp(e->status, "planned") == 0) move_to_next_weekday(r, e);
    from = 0;
    s = relate_next_slot(m, KEY_END, &from);
    const mention *last = s ? date_in(r, m, s) : NULL;
    if (last && calendar_value(last).len == 10) e->end = calendar_value(last);
    if (relate_is_visit(e) && e->date.len == 10 && !e->end.len) count_days(r, e, m);
}

static const char *status_word(str s) {
    static const char *const known[] = {"occurred", "planned", "proposed",    "not_held",
                                        "signed",   "agreed",  "hypothetical"};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        if (str_equal(s, str_of(known[i]))) return known[i];
    }
    return NULL;
}

/* "the upcoming visit by B to Lisbon". */
static bool called_ahead(relater *r, const mention *m) {
    enum { TOKENS_BEFORE = 3 };
    uint32_t first = r->d->sentences.at[m->sentence].first, at = m->first;
    if (at > first + TOKENS_BEFORE) first = at - TOKENS_BEFORE;
    for (at = first; at < m->end; at++) {
        if (worker_word_is(r->w, r->d->tokens.at[at].word, r->ahead)) return true;
    }
    return false;
}

void relate_status(relater *r, event *e, const mention *m, const char *otherwise) {
    const char *status = status_word(mention_attribute(m, KEY_STATUS));
    uint32_t from = 0;
    for (const slot *s; !status && (s = relate_next_slot(m, KEY_STATUS, &from));) {
        if (s->mention != NONE) status = status_word(mention_attribute(&r->d->mentions.at[s->mention], KEY_STATUS));
    }
    if (!status && called_ahead(r, m))
        status = "planned", e->presumed = true;
    else
        e->presumed = !status || str_equal(mention_attribute(m, KEY_PRESUMED), STR("yes"));
    e->status = status ? status : otherwise;
}

void relate_evidence(relater *r, event *e, const mention *m) {
    uint32_t begin = r->d->tokens.at[m->first].begin, end = r->d->tokens.at[m->end - 1].end;
    for (uint32_t i = 0; i < e->evidence.len; i++) {
        if (e->evidence.at[i].begin == begin && e->evidence.at[i].end == end && e->evidence.at[i].rule == m->rule)
            return;
    }
    *VEC_PUSH(r->d->arena, &e->evidence) = (evidence){.begin = begin, .end = end, .rule = m->rule};
}
