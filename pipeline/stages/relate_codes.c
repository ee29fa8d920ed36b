/* Event codes: which line of rules/codes a contact or an agreement is. Last, when all that the article says of it is
 * known. */
#include "engine/codes.h"
#include "stages/relate.h"

static bool names(const event_code *c, str type, const char *status) {
    if (!str_equal(c->type, type)) return false;
    for (uint32_t i = 0; i < c->statuses.len; i++) {
        if (str_equal(c->statuses.at[i], str_of(status))) return true;
    }
    return false;
}

static bool same_country(const char *a, const char *b) { return a[0] == b[0] && a[1] == b[1]; }

static uint32_t countries_of(const relater *r, const event *e) {
    uint32_t count = 0;
    for (uint32_t i = 0; i < e->participants.len; i++) {
        const char *one = r->d->entities.at[e->participants.at[i].entity].country;
        bool first = one[0] != '\0';
        for (uint32_t k = 0; k < i; k++)
            first = first && !same_country(one, r->d->entities.at[e->participants.at[k].entity].country);
        count += first;
    }
    return count;
}

/* Only where every party has a country: a body may be at home there. */
static bool in_third_country(const relater *r, const event *e) {
    if (!e->country[0] || countries_of(r, e) < 2) return false;
    for (uint32_t i = 0; i < e->participants.len; i++) {
        const char *home = r->d->entities.at[e->participants.at[i].entity].country;
        if (!home[0] || same_country(home, e->country)) return false;
    }
    return true;
}

/* What it was about is no word that tells it: talks about negotiations are no negotiations. */
static bool within_topic(const event *e, const token *t) {
    for (uint32_t i = 0; i < e->about.len; i++) {
        if (e->about.at[i].begin <= t->begin && t->end <= e->about.at[i].end) return true;
    }
    return false;
}

static uint32_t first_token(const document *d, uint32_t begin) {
    uint32_t low = 0, high = d->tokens.len;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (d->tokens.at[middle].begin < begin)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static bool evidence_says(relater *r, const event *e, const evidence *v, uint32_t class) {
    const document *d = r->d;
    for (uint32_t i = first_token(d, v->begin); i < d->tokens.len && d->tokens.at[i].end <= v->end; i++) {
        if (within_topic(e, &d->tokens.at[i])) continue;
        if (worker_word_is(r->w, d->tokens.at[i].word, class)) return true;
        if (i + 1 < d->tokens.len && d->tokens.at[i + 1].end <= v->end &&
            worker_pair_entry(r->w, &d->tokens.at[i], class))
            return true;
    }
    return false;
}

/* In the words of the rules that tell of such a contact, not of those that go on about it. */
static bool says(relater *r, const event *e, uint32_t class) {
    for (uint32_t i = 0; i < e->evidence.len; i++) {
        const evidence *v = &e->evidence.at[i];
        if (v->rule == NONE || r->k->rules.at[v->rule].type == NONE) continue;
        bool tells = str_equal(r->k->classes.at[r->k->rules.at[v->rule].type], e->type);
        if (tells && evidence_says(r, e, v, class)) return true;
    }
    return false;
}

static bool holds(relater *r, const event_code *c, const event *e, str type) {
    return names(c, type, e->status) && (!c->third_country || in_third_country(r, e)) &&
           (!c->several_countries || countries_of(r, e) > 2) && (c->says == NONE || says(r, e, c->says));
}

static const event_code *code_of(relater *r, const event *e, str type) {
    const code_table *t = r->k->codes;
    for (uint32_t i = 0; i < t->lines.len; i++) {
        if (holds(r, &t->lines.at[i], e, type)) return &t->lines.at[i];
    }
    return NULL;
}

void relate_codes(relater *r) {
    document *d = r->d;
    for (uint32_t i = 0; i < d->events.len; i++)
        d->events.at[i].code = code_of(r, &d->events.at[i], d->events.at[i].type);
    for (uint32_t i = 0; i < d->agreements.len; i++)
        d->agreements.at[i].code = code_of(r, &d->agreements.at[i], STR("agreement"));
}
