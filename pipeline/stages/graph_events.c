/* The day of a contact that one article tells and another one leaves open. Contacts of the same type between the same
   parties are held side by side: those whose day is told first, then those whose day was taken from the publication,
   then those with a month, a week or no date. Where exactly one told day is possible, and the places allow it, the
   contact is of that day, and so becomes one with the one that told it. */
#include "stages/graph_identity.h"

#include <stdlib.h>

#include "calendar/calendar.h"

typedef enum { DAY_TOLD, DAY_GUESSED, DAY_OPEN, RANKS } day_rank;

typedef struct anchor {
    day_rank rank; /* those of the same rank do not see each other */
    int64_t day;
    str date;
    uint32_t place; /* face, or NONE */
} anchor;
typedef VEC(anchor) anchors;

typedef struct dater {
    graph *g;
    names parties; /* type and parties -> place in `known` */
    VEC(anchors) known;
} dater;

static bool is(str s, const char *what) { return str_equal(s, str_of(what)); }

static int by_number(const void *a, const void *b) {
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return x < y ? -1 : x > y;
}

static anchors *side_by_side(dater *x, const graph_document *d, const record_event *e) {
    graph *g = x->g;
    uint64_t *who = ARENA_ARRAY(&g->scratch, uint64_t, e->participants.len + 1);
    uint32_t count = e->participants.len;
    for (uint32_t i = 0; i < count; i++) {
        const record_party *p = &e->participants.at[i];
        uint64_t part = is(p->role, "visitor") ? 1 : is(p->role, "host") ? 2 : 0;
        who[i] = part << 32 | graph_face_root(g, d->faces[p->entity]);
    }
    qsort(who, count, sizeof *who, by_number);
    if (is(e->type, "visit") && e->place != NONE) who[count++] = graph_face_root(g, d->faces[e->place]);
    buf_clear(&g->key);
    buf_add(&g->key, e->type);
    buf_byte(&g->key, ' ');
    buf_add(&g->key, (str){(const char *)who, count * sizeof *who});
    uint32_t at = names_add(&g->scratch, &x->parties, buf_view(&g->key));
    if (at == x->known.len) *VEC_PUSH(&g->scratch, &x->known) = (anchors){0};
    return &x->known.at[at];
}

static bool places_allow(const graph *g, uint32_t a, uint32_t b) {
    if (a == NONE || b == NONE) return true;
    uint32_t one = graph_face_root(g, a), two = graph_face_root(g, b);
    if (one == two) return true;
    bool whole = is(g->faces.at[one].type, "country") ||
                 is(g->faces.at[two].type, "country"); /* a place in the country */
    return whole && g->faces.at[one].home.len && str_equal(g->faces.at[one].home, g->faces.at[two].home);
}

static day_rank rank_of(const record_event *e) {
    if (e->date.len != 10) return DAY_OPEN;
    return is(e->date_basis, "publication") ? DAY_GUESSED : DAY_TOLD;
}

/* The days on which it may have been. False: any. */
static bool window(const record *r, const record_event *e, int64_t *first, int64_t *last) {
    date_span span;
    day published;
    if (e->date.len) {
        if (!span_of_value(e->date, &span)) return false;
        *last = span.last;
        *first = span.first - (rank_of(e) == DAY_GUESSED); /* reported on the day, or on the day after */
        return true;
    }
    if (!is(e->status, "occurred") || !day_parse(r->published, &published)) return false;
    *last = day_number(published);
    *first = *last - 1;
    return true;
}

static str settled(dater *x, const graph_document *d, const record_event *e, const anchors *list, uint32_t where) {
    int64_t first, last;
    const anchor *found = NULL;
    if (!window(d->facts, e, &first, &last)) return e->date;
    for (uint32_t i = 0; i < list->len; i++) {
        const anchor *a = &list->at[i];
        if (a->rank >= rank_of(e) || a->day < first || a->day > last || !places_allow(x->g, a->place, where)) continue;
        if (str_equal(a->date, e->date)) return e->date;
        if (found && found->day != a->day) return e->date;
        found = a;
    }
    return found ? found->date : e->date;
}

static void date_event(dater *x, graph_document *d, uint32_t at, day_rank rank) {
    const record_event *e = &d->facts->events.at[at];
    bool contact = is(e->type, "meeting") || is(e->type, "call") || is(e->type, "visit");
    day when;
    if (rank == DAY_TOLD) d->dates[at] = e->date;
    if (!contact || e->participants.len < 2 || rank_of(e) != rank) return;
    anchors *list = side_by_side(x, d, e);
    uint32_t where = e->place == NONE ? NONE : d->faces[e->place];
    if (rank != DAY_TOLD) d->dates[at] = settled(x, d, e, list, where);
    if (rank != DAY_OPEN && day_parse(d->dates[at], &when))
        *VEC_PUSH(&x->g->scratch, list) = (anchor){rank, day_number(when), d->dates[at], where};
}

void graph_date_events(graph *g) {
    dater x = {.g = g};
    for (uint32_t i = 0; i < g->documents.len; i++)
        g->documents.at[i].dates = ARENA_ARRAY(&g->arena, str, g->documents.at[i].facts->events.len + 1);
    for (day_rank rank = DAY_TOLD; rank < RANKS; rank++) {
        for (uint32_t i = 0; i < g->documents.len; i++) {
            for (uint32_t e = 0; e < g->documents.at[i].facts->events.len; e++)
                date_event(&x, &g->documents.at[i], e, rank);
        }
    }
    arena_reset(&g->scratch);
}
