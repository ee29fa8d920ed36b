/* The day of a contact that one article tells and another one leaves open. Contacts of the same type between the same
   parties are held side by side: those whose day is told first, then those whose day was taken from the publication,
   then those with a month, a week or no date. Where exactly one told day is possible, and the places allow it, the
   contact is of that day, and so becomes one with the one that told it.

   Only contacts with a day are kept, each once however many articles tell it: when faces are collected, by their faces;
   when these are joined, by the things that they are. */
#include "stages/graph_identity.h"

#include <stdlib.h>

#include "calendar/calendar.h"

typedef enum { DAY_TOLD, DAY_GUESSED, DAY_OPEN } day_rank;

/* A party: a face, or, of what belongs to its article, a number that no other article has. */
typedef uint64_t party;
#define PARTY_ROLE(role) ((party)(role) << 62)
#define PARTY_OWN        ((party)1 << 61)
enum { VISITOR = 1, HOST = 2 };

typedef struct contact {                   /* the parties follow, then the type */
    uint64_t article;                      /* of own parties the number of the article; else 0 */
    uint32_t rank, count, place, type_len; /* place: face, or NONE */
    char date[12];
    uint32_t zero;
} contact;

typedef struct anchor {
    day_rank rank; /* those of the same rank do not see each other */
    int64_t day;
    str date;
    uint32_t place; /* face, or NONE */
} anchor;
typedef VEC(anchor) anchors;

typedef struct graph_days {
    arena arena;    /* of `contacts`, while they are collected */
    names contacts; /* bytes of `contact` */
    names parties;  /* type and parties -> place in `known` */
    VEC(anchors) known;
} graph_days;

static bool is(str s, const char *what) { return str_equal(s, str_of(what)); }

static int by_number(const void *a, const void *b) {
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return x < y ? -1 : x > y;
}

static bool dated_contact(const record_event *e) {
    bool held = is(e->type, "meeting") || is(e->type, "call") || is(e->type, "visit");
    return held && e->participants.len >= 2;
}

static day_rank rank_of(const record_event *e) {
    if (e->date.len != 10) return DAY_OPEN;
    return is(e->date_basis, "publication") ? DAY_GUESSED : DAY_TOLD;
}

/* ---- who */

static party own_party(uint64_t article, uint64_t what) {
    return ((article ^ what * 0x9e3779b97f4a7c15u) & (PARTY_OWN - 1)) | PARTY_OWN;
}

/* *article: that of the document, when a party may be its own. */
static uint32_t parties_of(graph *g, const graph_document *d, const record_event *e, party *out, uint64_t *article) {
    uint64_t own = str_hash(graph_own(d->facts));
    uint32_t where = e->place == NONE ? NONE : d->faces[e->place], count = e->participants.len;
    for (uint32_t i = 0; i < count; i++) {
        const record_party *p = &e->participants.at[i];
        uint32_t face = d->faces[p->entity];
        party who = face;
        if (face == NONE)
            who = own_party(own, str_hash(utf8_plain(&g->scratch, d->facts->entities.at[p->entity].name)));
        out[i] = who | PARTY_ROLE(is(p->role, "visitor") ? VISITOR : is(p->role, "host") ? HOST : 0);
    }
    if (is(e->type, "visit") && where != NONE) out[count++] = where;
    *article = own;
    return count;
}

static party joined(const graph *g, party who, uint64_t article) {
    party part = who & PARTY_ROLE(3);
    if (who & PARTY_OWN) return who;
    uint32_t face = (uint32_t)who, root = graph_face_root(g, face);
    return part | (graph_face_alone(g, face) ? own_party(article, root) : root);
}

/* Into g->key: what contacts that are held side by side have in common. */
static void side_key(graph *g, str type, party *who, uint32_t count, uint64_t article, bool visited) {
    for (uint32_t i = 0; i < count; i++) who[i] = joined(g, who[i], article);
    qsort(who, count - visited, sizeof *who, by_number); /* the place stays the last */
    buf_clear(&g->key);
    buf_add(&g->key, type);
    buf_byte(&g->key, ' ');
    buf_add(&g->key, (str){(const char *)who, count * sizeof *who});
}

/* ---- collecting */

void graph_collect_days(graph *g, const graph_document *d) {
    if (!g->days) g->days = ARENA_NEW(&g->light, graph_days);
    for (uint32_t i = 0; i < d->facts->events.len; i++) {
        const record_event *e = &d->facts->events.at[i];
        day when;
        if (!dated_contact(e) || rank_of(e) == DAY_OPEN || !day_parse(e->date, &when)) continue;
        party *who = ARENA_ARRAY(&g->scratch, party, e->participants.len + 1);
        contact c = {.rank = rank_of(e), .type_len = (uint32_t)e->type.len};
        c.count = parties_of(g, d, e, who, &c.article);
        c.place = e->place == NONE ? NONE : d->faces[e->place];
        memcpy(c.date, e->date.at, 10);
        bool own = false;
        for (uint32_t k = 0; k < c.count; k++) own = own || who[k] & PARTY_OWN || g->faces.at[(uint32_t)who[k]].own;
        if (!own) c.article = 0;
        buf_clear(&g->key);
        buf_add(&g->key, (str){(const char *)&c, sizeof c});
        buf_add(&g->key, (str){(const char *)who, c.count * sizeof *who});
        buf_add(&g->key, e->type);
        names_add(&g->days->arena, &g->days->contacts, buf_view(&g->key));
    }
}

/* ---- settling */

static bool places_allow(const graph *g, uint32_t a, uint32_t b) {
    if (a == NONE || b == NONE) return true;
    uint32_t one = graph_face_root(g, a), two = graph_face_root(g, b);
    if (one == two) return true;
    bool whole = is(g->faces.at[one].type, "country") ||
                 is(g->faces.at[two].type, "country"); /* a place in the country */
    return whole && g->faces.at[one].home.len && str_equal(g->faces.at[one].home, g->faces.at[two].home);
}

typedef struct question { /* on which told day was it? */
    day_rank rank;
    int64_t first, last; /* the days on which it may have been */
    str date;            /* as its article tells */
    uint32_t place;
} question;

static str answer(const graph *g, const anchors *list, const question *q) {
    const anchor *found = NULL;
    for (uint32_t i = 0; i < list->len; i++) {
        const anchor *a = &list->at[i];
        if (a->rank >= q->rank || a->day < q->first || a->day > q->last || !places_allow(g, a->place, q->place))
            continue;
        if (str_equal(a->date, q->date)) return q->date;
        if (found && found->day != a->day) return q->date;
        found = a;
    }
    return found ? found->date : q->date;
}

static void add_anchor(graph *g, anchors *list, anchor new) {
    for (uint32_t i = 0; i < list->len; i++) {
        const anchor *a = &list->at[i];
        if (a->rank == new.rank && a->day == new.day && a->place == new.place) return;
    }
    *VEC_PUSH(&g->light, list) = new;
}

static void settle(graph *g, str bytes, day_rank rank) {
    contact c;
    memcpy(&c, bytes.at, sizeof c);
    if (c.rank != rank) return;
    party *who = ARENA_ARRAY(&g->scratch, party, c.count + 1);
    memcpy(who, bytes.at + sizeof c, c.count * sizeof *who);
    str type = str_slice(bytes, bytes.len - c.type_len, bytes.len);
    str date = arena_copy(&g->light, (str){c.date, 10});
    bool visited = is(type, "visit") && c.place != NONE;
    side_key(g, type, who, c.count, c.article, visited);
    uint32_t at = names_add(&g->light, &g->days->parties, buf_view(&g->key));
    if (at == g->days->known.len) *VEC_PUSH(&g->light, &g->days->known) = (anchors){0};
    anchors *list = &g->days->known.at[at];
    day when;
    day_parse(date, &when);
    question q = {rank, day_number(when) - 1, day_number(when), date, c.place}; /* reported on the day, or the next */
    if (rank == DAY_GUESSED) date = answer(g, list, &q);
    if (day_parse(date, &when)) add_anchor(g, list, (anchor){rank, day_number(when), date, c.place});
}

void graph_settle_days(graph *g) {
    graph_days *x = g->days;
    for (day_rank rank = DAY_TOLD; x && rank < DAY_OPEN; rank++) {
        for (uint32_t i = 0; i < x->contacts.list.len; i++) settle(g, x->contacts.list.at[i], rank);
        arena_reset(&g->scratch);
    }
    if (x) arena_free(&x->arena), x->contacts = (names){0};
}

/* ---- asking */

/* False: any day. */
static bool window(const record *r, const record_event *e, question *q) {
    date_span span;
    day published;
    if (e->date.len) {
        if (!span_of_value(e->date, &span)) return false;
        q->last = span.last;
        q->first = span.first - (q->rank == DAY_GUESSED); /* reported on the day, or on the day after */
        return true;
    }
    if (!is(e->status, "occurred") || !day_parse(r->published, &published)) return false;
    q->last = day_number(published);
    q->first = q->last - 1;
    return true;
}

str graph_day(graph *g, const graph_document *d, const record_event *e) {
    question q = {.rank = rank_of(e), .date = e->date, .place = e->place == NONE ? NONE : d->faces[e->place]};
    if (!g->days || !dated_contact(e) || q.rank == DAY_TOLD || !window(d->facts, e, &q)) return e->date;
    party *who = ARENA_ARRAY(&g->scratch, party, e->participants.len + 1);
    uint64_t article;
    uint32_t count = parties_of(g, d, e, who, &article);
    side_key(g, e->type, who, count, article, count > e->participants.len);
    uint32_t at = names_find(&g->days->parties, buf_view(&g->key));
    return at == NONE ? e->date : answer(g, &g->days->known.at[at], &q);
}

void graph_forget_days(graph *g) {
    if (g->days) arena_free(&g->days->arena);
    g->days = NULL;
}
