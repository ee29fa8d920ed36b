/* One name, any number of countries and initials. Names that sound the same come together, and there may be very many
   of them: each is looked at once, against what was counted of all. */
#include <stdlib.h>

#include "stages/graph_faces.h"

typedef struct bearer { /* of the name: a face */
    str country;        /* that it counts for: a guess only where others of the name are sure of it */
    uint32_t tally;
    bool ambiguous; /* "George Bush" may be either of two who are told apart by their initials */
} bearer;

typedef struct namesakes {
    resolver *x;
    const sorted_face *list;
    uint32_t count;
    bearer *bearers;
    names countries; /* the empty one too */
    VEC(uint64_t) articles;
    uint64_t most, all;    /* articles of the country that has most, and of all countries */
    uint32_t main, placed; /* the first of that country, or NONE; countries */
} namesakes;

static bool is(str s, const char *what) { return str_equal(s, str_of(what)); }

/* ---- counting */

static void place_all(namesakes *n) {
    arena *a = &n->x->g->scratch;
    names sure = {0};
    for (uint32_t i = 0; i < n->count; i++) {
        if (n->list[i].face->sure) names_add(a, &sure, n->list[i].face->country);
    }
    for (uint32_t i = 0; i < n->count; i++) {
        const graph_face *f = n->list[i].face;
        bearer *b = &n->bearers[i];
        if (names_find(&sure, f->country) != NONE) b->country = f->country;
        b->tally = names_add(a, &n->countries, b->country);
        if (b->tally == n->articles.len) *VEC_PUSH(a, &n->articles) = 0;
        n->articles.at[b->tally] += f->documents;
    }
}

static void count_all(namesakes *n) {
    n->main = NONE;
    for (uint32_t i = 0; i < n->countries.list.len; i++) {
        n->placed += n->countries.list.at[i].len > 0;
        n->all += n->countries.list.at[i].len ? n->articles.at[i] : 0;
    }
    for (uint32_t i = 0; i < n->count; i++) {
        uint64_t articles = n->bearers[i].country.len ? n->articles.at[n->bearers[i].tally] : 0;
        if (articles > n->most) n->most = articles, n->main = i;
    }
}

/* ---- initials: two agree when one begins as the other does */

static bool initials_agree(const graph_face *a, const graph_face *b) {
    return str_starts(a->initials, b->initials) || str_starts(b->initials, a->initials);
}

typedef struct initials {
    str letters;
    uint32_t at, end; /* end: of those behind that begin with these letters */
    bool branched;    /* these do not all agree */
} initials;

static int by_letters(const void *x, const void *y) {
    return str_compare(((const initials *)x)->letters, ((const initials *)y)->letters);
}

static void find_ambiguous(namesakes *n) {
    initials *s = ARENA_ARRAY(&n->x->g->scratch, initials, n->count + 1);
    for (uint32_t i = 0; i < n->count; i++) s[i] = (initials){.letters = n->list[i].face->initials, .at = i};
    qsort(s, n->count, sizeof *s, by_letters);
    for (uint32_t i = n->count; i-- > 0;) {
        s[i].end = i + 1;
        while (s[i].end < n->count && str_starts(s[s[i].end].letters, s[i].letters)) s[i].end = s[s[i].end].end;
        if (s[i].end > i + 1) s[i].branched = s[i + 1].branched || s[i].end > s[i + 1].end;
        n->bearers[s[i].at].ambiguous = s[i].branched;
    }
}

/* ---- those of one country, and those of none */

typedef struct firsts { /* face of a country with these initials, or with such as begin with them */
    names with, within;
    VEC(uint32_t) with_at, within_at;
} firsts;

static str initials_key(buf *key, uint32_t tally, str letters) {
    buf_clear(key);
    buf_add(key, (str){(const char *)&tally, sizeof tally});
    buf_add(key, letters);
    return buf_view(key);
}

static uint32_t first_like(const firsts *f, buf *key, uint32_t tally, str letters) {
    uint32_t at = names_find(&f->within, initials_key(key, tally, letters)), first = NONE;
    if (at != NONE) first = f->within_at.at[at];
    for (size_t len = 0; len <= letters.len; len++) {
        at = names_find(&f->with, initials_key(key, tally, str_slice(letters, 0, len)));
        if (at != NONE && f->with_at.at[at] < first) first = f->with_at.at[at];
    }
    return first;
}

static void remember(arena *a, firsts *f, buf *key, uint32_t tally, str letters, uint32_t face) {
    uint32_t at = names_add(a, &f->with, initials_key(key, tally, letters));
    if (at == f->with_at.len) *VEC_PUSH(a, &f->with_at) = face;
    for (size_t len = 0; len <= letters.len; len++) {
        at = names_add(a, &f->within, initials_key(key, tally, str_slice(letters, 0, len)));
        if (at == f->within_at.len) *VEC_PUSH(a, &f->within_at) = face;
    }
}

static void join_country(namesakes *n) {
    graph *g = n->x->g;
    firsts f = {0};
    for (uint32_t i = 0; i < n->count; i++) {
        const bearer *b = &n->bearers[i];
        str letters = n->list[i].face->initials;
        if (b->ambiguous) continue;
        uint32_t first = first_like(&f, &g->key, b->tally, letters);
        if (first != NONE) faces_join(n->x, n->list[first].at, n->list[i].at, "the same name, and the same country");
        remember(&g->scratch, &f, &g->key, b->tally, letters, i);
    }
}

/* ---- those that name no country, or guess one, when there is but one; and a stray one */

static void join_main(namesakes *n) {
    graph *g = n->x->g;
    bool person = is(n->list[0].face->type, "person");
    uint32_t nowhere = names_find(&n->countries, (str){0});
    uint64_t none = nowhere == NONE ? 0 : n->articles.at[nowhere];
    if (n->main == NONE) return;
    const sorted_face *main = &n->list[n->main];
    office_set held = {0};
    faces_offices(n->x, graph_face_root(g, main->at), &held);
    for (uint32_t i = 0; i < n->count; i++) {
        const sorted_face *one = &n->list[i];
        const bearer *b = &n->bearers[i];
        const char *why = NULL;
        uint32_t root = graph_face_root(g, one->at), thing = graph_face_root(g, main->at);
        if (b->ambiguous || root == thing || !initials_agree(one->face, main->face)) continue;
        bool title = person && faces_title_in(one->face, &held);
        uint64_t few = n->articles.at[b->tally] * NOISE;
        if (!b->country.len && (n->placed == 1 || title || (n->all - n->most) * NOISE <= n->most))
            why = "the same name; no other country is as likely";
        else if (b->country.len && person && faces_office_in(one->face, &held))
            why = "the same name and the same office";
        else if (b->country.len && few <= n->most + none && title)
            why = "the same name and office; a country that a tenth of the articles give is a stray one";
        if (!why || !faces_may_join(n->x, thing, root)) continue;
        faces_offices(n->x, root, &held);
        faces_join(n->x, main->at, one->at, why);
    }
}

void faces_of_one_name(resolver *x, const sorted_face *list, uint32_t count) {
    namesakes n = {.x = x, .list = list, .count = count};
    n.bearers = ARENA_ARRAY(&x->g->scratch, bearer, count + 1);
    place_all(&n);
    count_all(&n);
    find_ambiguous(&n);
    join_country(&n);
    join_main(&n);
}
