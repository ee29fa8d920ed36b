/* Which agreement or public event of the article a mention is: one that was told before, a new one, or none worth
 * keeping. */
#include "stages/relate.h"

#include <string.h>

#include "calendar/calendar.h"

enum { FACTS_BACK = 64 };

static bool any_takes_part(relater *r, const event *in, const event *of) {
    for (uint32_t i = 0; i < of->participants.len; i++) {
        if (relate_takes_part(r, in, of->participants.at[i].entity)) return true;
    }
    return false;
}

/* A party in common; a president signs for the country. */
static bool parties_fit(relater *r, const event *a, const event *b) {
    return !a->participants.len || !b->participants.len || any_takes_part(r, a, b) || any_takes_part(r, b, a);
}

/* "A second agreement", "another war". */
static bool is_another(relater *r, const mention *thing) {
    const slot *name = mention_slot(thing, KEY_NAME);
    for (uint32_t i = thing->first; name && i < name->first; i++) {
        if (worker_word_is(r->w, r->d->tokens.at[i].word, r->another)) return true;
    }
    return false;
}

static bool has_word(str name, str word) {
    for (str rest = name, one; rest.len;) {
        str_cut(rest, ' ', &one, &rest);
        size_t shorter = one.len < word.len ? one.len : word.len;
        bool plural = one.len + 1 >= word.len && word.len + 1 >= one.len && shorter > 3;
        if (str_equal(one, word) || (plural && strncmp(one.at, word.at, shorter) == 0)) return true;
    }
    return false;
}

static str name_key(relater *r, str name) {
    str key = utf8_fold(r->d->arena, name);
    char *copy = ARENA_ARRAY(r->d->arena, char, key.len);
    for (size_t i = 0; i < key.len; i++) { copy[i] = key.at[i] == '-' ? ' ' : key.at[i]; }
    return (str){copy, key.len};
}

static size_t word_count(str name) {
    size_t words = 1;
    for (size_t i = 0; i < name.len; i++) words += name.at[i] == ' ';
    return words;
}

/* "the Shusha Declaration" and "the Shusha Declaration on Allied Relations": all words of the shorter one are in the
   longer one. A single word says too little. */
static bool names_fit(relater *r, str a, str b) {
    str x = name_key(r, a), y = name_key(r, b);
    str longer = x.len >= y.len ? x : y, shorter = x.len >= y.len ? y : x;
    if (word_count(shorter) < 2) return str_equal(x, y);
    for (str word; shorter.len;) {
        str_cut(shorter, ' ', &word, &shorter);
        if (word.len && !has_word(longer, word)) return false;
    }
    return true;
}

static bool refers_to_any(relater *r, const mention *thing) {
    const slot *s = mention_slot(thing, KEY_KIND);
    uint32_t count = 0;
    const reading *readings = s ? worker_readings(r->w, s->readings, &count) : NULL;
    for (uint32_t i = 0; i < count; i++) {
        if (readings[i].entry != NONE && entry_fact(&r->k->entries.at[readings[i].entry], KEY_REFERS).len) return true;
    }
    return false;
}

static str canonical_of(relater *r, const mention *thing) {
    const slot *s = mention_is(r->w, thing, KNOWN_PROPER) ? mention_slot(thing, KEY_NAME) : NULL;
    uint32_t count = 0;
    const reading *readings = s ? worker_readings(r->w, s->readings, &count) : NULL;
    return count && readings[0].entry != NONE ? r->k->entries.at[readings[0].entry].canonical : (str){0};
}

/* One place, or a country and a place in it. */
static bool same_place(const relater *r, const event *a, const event *b) {
    if (a->place == NONE || b->place == NONE || a->place == b->place) return a->place == b->place && a->place != NONE;
    bool whole = r->d->entities.at[a->place].type == ENTITY_COUNTRY ||
                 r->d->entities.at[b->place].type == ENTITY_COUNTRY;
    return whole && a->country[0] && strcmp(a->country, b->country) == 0;
}

static bool begins_with(const relater *r, const mention *m, uint32_t class) {
    return worker_word_is(r->w, r->d->tokens.at[m->first].word, class);
}

/* A noun alone, which may stand for what was told before: not "a bombing in 1963". */
static bool may_point_back(const relater *r, const pending_fact *f, const mention *m) {
    if (!mention_is(r->w, m, KNOWN_BARE) || f->completed) return false;
    return f->agreement || begins_with(r, m, r->definite);
}

/* "An agreement on trade and an agreement on visas": two, though of one name. */
static bool topics_fit(const relater *r, const mention *m, const event *a, const event *b) {
    if (!a->about.len || !b->about.len || !begins_with(r, m, r->indefinite)) return true;
    str one = str_slice(r->d->buffer, a->about.at[0].begin, a->about.at[0].end);
    return str_equal(one, str_slice(r->d->buffer, b->about.at[0].begin, b->about.at[0].end));
}

/* "Attacks on Israel", "wars in the Middle East": which ones? */
static bool is_plural(const relater *r, const mention *m) {
    const slot *kind = mention_slot(m, KEY_KIND);
    return kind && str_ends(document_tokens(r->d, kind->first, kind->end), STR("s"));
}

/* "The agreements" are no single agreement that was told before. */
static bool number_fits(relater *r, const mention *m, const event *known) {
    const slot *kind = mention_slot(m, KEY_KIND);
    if (!kind || !is_plural(r, m)) return true;
    str word = utf8_fold(r->d->arena, document_tokens(r->d, kind->first, kind->end)), name = name_key(r, known->name);
    return memmem(name.at, name.len, word.at, word.len) != NULL;
}

static event *find_known(relater *r, const pending_fact *f, event *things, uint32_t count) {
    const mention *m = &r->d->mentions.at[f->thing];
    bool proper = mention_is(r->w, m, KNOWN_PROPER), back = may_point_back(r, f, m);
    bool any = refers_to_any(r, m), given = mention_is(r->w, m, KNOWN_GIVEN);
    str canonical = canonical_of(r, m);
    if (is_another(r, m)) return NULL;
    for (uint32_t i = count, tried = 0; i-- > 0 && tried < FACTS_BACK; tried++) {
        event *known = &things[i];
        if (!f->agreement && (str_equal(known->type, STR("meeting")) || str_equal(known->type, STR("call")) ||
                              str_equal(known->type, STR("visit"))))
            continue;
        if (canonical.len && names_fit(r, canonical, known->name)) return known;
        if (!relate_dates_fit(known->date, f->e.date)) continue;
        bool same_name = str_equal(name_key(r, known->name), name_key(r, f->e.name));
        if (f->agreement && !topics_fit(r, m, known, &f->e)) continue;
        bool fit = parties_fit(r, known, &f->e);
        if (same_name && !back && (fit || proper)) return known;
        bool kinds = str_equal(known->type, f->e.type);
        if (back && !number_fits(r, m, known)) continue;
        if (back && given && (kinds || any)) return known;
        if (!fit) continue;
        if (names_fit(r, known->name, f->e.name)) return known;
        if (back && kinds) return known;
        if (!f->agreement && !proper && kinds && same_place(r, known, &f->e)) return known;
    }
    return NULL;
}

static bool worth_keeping(relater *r, const pending_fact *f) {
    const mention *m = &r->d->mentions.at[f->thing];
    if (r->d->sentences.at[m->sentence].title) return false;
    if (mention_is(r->w, m, KNOWN_PROPER)) return true;
    bool bare = mention_is(r->w, m, KNOWN_BARE), clause = f->strength == FACT_CLAUSE;
    if (!f->agreement) {
        bool several = !relate_gathers(r, m) && is_plural(r, m) && !begins_with(r, m, r->definite);
        return (f->e.date.len || (f->e.place != NONE && !several)) || (clause && mention_is(r->w, m, KNOWN_WEIGHTY));
    }
    if (mention_is(r->w, m, KNOWN_PAPER)) return clause && strcmp(f->e.status, "signed") == 0;
    if (bare && f->completed && mention_is(r->w, m, KNOWN_GIVEN)) return refers_to_any(r, m) || f->e.participants.len;
    if (bare)
        return clause ||
               (f->strength == FACT_HINT &&
                (f->completed || (strcmp(f->e.status, "agreed") == 0 && str_equal(f->e.type, STR("ceasefire")))));
    if (mention_is(r->w, m, KNOWN_OPEN) && word_count(f->e.name) < 2) return clause;
    return mention_is(r->w, m, KNOWN_GIVEN) || f->strength != FACT_MENTION || f->e.participants.len > 1;
}

static int rank(const char *status) {
    static const char *const order[] = {"proposed", "planned", "agreed", "occurred", "signed", "not_held"};
    for (int i = 0; i < 6; i++) {
        if (strcmp(status, order[i]) == 0) return i;
    }
    return 0;
}

/* What lies after the day of publication is planned, whatever the tense; what was signed has another date. */
static void plan_future(relater *r, event *e) {
    date_span span;
    day today;
    if (!span_of_value(e->date, &span) || !day_parse(r->d->published, &today) || span.first <= day_number(today))
        return;
    if (strcmp(e->status, "occurred") == 0) e->status = "planned";
    if (strcmp(e->status, "signed") == 0) e->date = (str){0}, e->date_basis = NULL;
}

static uint32_t number_in(const event *list, const event *one) { return (uint32_t)(one - list) + 1; }

static void settle(relater *r, pending_fact *f) {
    document *d = r->d;
    event *list = f->agreement ? d->agreements.at : d->events.at;
    event *known = find_known(r, f, list, f->agreement ? d->agreements.len : d->events.len);
    plan_future(r, &f->e);
    if (known) {
        bool says_more = f->agreement ? rank(f->e.status) > rank(known->status) : true;
        if (f->strength == FACT_CLAUSE && says_more) known->status = f->e.status;
        if (word_count(known->name) > 1 || !f->completed) f->e.name = (str){0};
        if (f->e.name.len) known->name = f->e.name;
        relate_absorb(r, known, &f->e);
        f->settled = number_in(list, known);
    } else if (worth_keeping(r, f)) {
        event *new = f->agreement ? VEC_PUSH(d->arena, &d->agreements) : VEC_PUSH(d->arena, &d->events);
        *new = f->e;
        f->settled = f->agreement ? d->agreements.len : d->events.len;
    }
}

void relate_settle_facts(relater *r) {
    for (uint32_t i = 0; i < r->pending.len; i++) settle(r, &r->pending.at[i]);
}
