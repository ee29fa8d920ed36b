/* Faces: what articles call by one type, name and country. They are collected from the records, and joined to things.
 */
#include "stages/graph_faces.h"

#include <stdlib.h>

static bool is(str s, const char *what) { return str_equal(s, str_of(what)); }

uint32_t graph_face_root(const graph *g, uint32_t at) {
    while (g->faces.at[at].parent != at) at = g->faces.at[at].parent;
    return at;
}

bool graph_face_alone(const graph *g, uint32_t at) { return g->faces.at[at].own && g->faces.at[at].next == at; }

/* ---- from the records */

uint32_t word_count(str s) {
    uint32_t n = s.len > 0;
    for (size_t i = 0; i < s.len; i++) n += s.at[i] == ' ';
    return n;
}

static int by_str(const void *a, const void *b) { return str_compare(*(const str *)a, *(const str *)b); }

/* "president|US"; "spokesman|" when the office has neither country nor body: of bare names such are none. */
static uint32_t offices_of(arena *a, const record_entity *e, bool bare, str *out) {
    uint32_t count = 0;
    for (uint32_t i = 0; i < e->roles.len; i++) {
        const record_role *r = &e->roles.at[i];
        str title = utf8_plain(a, r->title), of = r->country.len ? r->country : utf8_plain(a, r->of);
        if (!title.len || (bare && !of.len)) continue;
        out[count++] = arena_join(a, (str[]){title, STR("|"), of}, 3);
    }
    if (count > 1) qsort(out, count, sizeof *out, by_str);
    return count;
}

/* The face of an entity in an article; of a bare name the offices are part of it. */
static str face_key(graph *g, const record_entity *e, str plain, const str *offices, uint32_t count) {
    buf *key = &g->key;
    bool bare = is(e->type, "person") && word_count(plain) < 2;
    buf_clear(key);
    buf_add(key, e->type);
    buf_byte(key, ' ');
    buf_add(key, plain);
    buf_byte(key, '|');
    if (!is(e->type, "country")) buf_add(key, e->country);
    for (uint32_t i = 0; i < count && bare; i++) buf_byte(key, ' '), buf_add(key, offices[i]);
    return buf_view(key);
}

static void add_once(arena *a, text_list *list, str s) {
    for (uint32_t i = 0; i < list->len; i++) {
        if (str_equal(list->at[i], s)) return;
    }
    *VEC_PUSH(a, list) = arena_copy(a, s);
}

/* A country that comes of offices alone is as sure as the surest of them: told in its own words, or known of the
 * holder. Else it was guessed, and a guess keeps nobody apart. */
static bool sure_country(const record_entity *e) {
    bool guessed = false;
    for (uint32_t i = 0; i < e->roles.len; i++) {
        const record_role *r = &e->roles.at[i];
        if (!str_equal(r->country, e->country)) continue;
        if (!r->basis.len || is(r->basis, "link/office-holder")) return true;
        guessed = true;
    }
    return e->country.len && !guessed;
}

typedef struct appearance { /* of an entity in an article */
    str key, plain;
    str *offices;
    uint32_t office_count;
} appearance;

static appearance appearance_of(graph *g, const record_entity *e) {
    bool country = is(e->type, "country") && e->country.len;
    appearance out = {.plain = utf8_plain(&g->scratch, country ? e->country : e->name)};
    out.offices = ARENA_ARRAY(&g->scratch, str, e->roles.len + 1);
    out.office_count = offices_of(&g->scratch, e, word_count(out.plain) < 2, out.offices);
    out.key = face_key(g, e, out.plain, out.offices, out.office_count);
    return out;
}

static str word(graph *g, str s) {
    uint32_t at = s.len ? names_add(&g->light, &g->words, s) : NONE;
    return at == NONE ? STR("") : g->words.list.at[at];
}

static uint32_t face_of(resolver *x, const record_entity *e) {
    graph *g = x->g;
    appearance seen = appearance_of(g, e);
    bool person = is(e->type, "person");
    uint32_t before = g->faces.len, at = names_add(x->a, &g->faces_by_key, seen.key);
    if (at == before)
        *VEC_PUSH(x->a, &g->faces) = (graph_face){.type = word(g, e->type),
                                                  .plain = arena_copy(x->a, seen.plain),
                                                  .country = word(g, e->country),
                                                  .own = person && word_count(seen.plain) < 2 && !seen.office_count,
                                                  .parent = at,
                                                  .next = at};
    graph_face *f = &g->faces.at[at];
    f->documents++;
    f->sure += sure_country(e);
    for (uint32_t i = 0; i < seen.office_count && person; i++) add_once(x->a, &f->offices, seen.offices[i]);
    return at;
}

static bool is_group(const record_entity *e) { return is(e->type, "group"); } /* of its article: it has no face */

void faces_collect(resolver *x) {
    graph *g = x->g;
    document_walk w = {0};
    document_walk_begin(&w, g, true);
    for (graph_document *d; (d = document_walk_next(&w));) {
        d->faces = ARENA_ARRAY(d->line.len ? &g->scratch : x->a, uint32_t, d->facts->entities.len + 1);
        for (uint32_t e = 0; e < d->facts->entities.len; e++)
            d->faces[e] = is_group(&d->facts->entities.at[e]) ? NONE : face_of(x, &d->facts->entities.at[e]);
        graph_collect_days(g, d);
        arena_reset(&g->scratch);
    }
    document_walk_end(&w);
}

void graph_find_faces(graph *g, graph_document *d) {
    if (d->faces) return;
    d->faces = ARENA_ARRAY(&g->scratch, uint32_t, d->facts->entities.len + 1);
    for (uint32_t e = 0; e < d->facts->entities.len; e++) {
        const record_entity *one = &d->facts->entities.at[e];
        d->faces[e] = is_group(one) ? NONE : names_find(&g->faces_by_key, appearance_of(g, one).key);
    }
}

/* ---- what is known of a whole thing */

bool faces_share_office(const resolver *x, uint32_t a, uint32_t b) {
    for (uint32_t i = a;;) {
        for (uint32_t k = b;;) {
            const graph_face *f = face_at(x, i), *h = face_at(x, k);
            for (uint32_t n = 0; n < f->offices.len; n++) {
                for (uint32_t m = 0; m < h->offices.len; m++) {
                    bool placed = !str_ends(f->offices.at[n], STR("|"));
                    if (placed && str_equal(f->offices.at[n], h->offices.at[m])) return true;
                }
            }
            if ((k = h->next) == b) break;
        }
        if ((i = face_at(x, i)->next) == a) return false;
    }
}

static str title_of(str office) {
    str title, of;
    str_cut(office, '|', &title, &of);
    return title;
}

static bool same_title(const graph_face *f, const graph_face *h) {
    for (uint32_t n = 0; n < f->offices.len; n++) {
        for (uint32_t m = 0; m < h->offices.len; m++) {
            if (str_equal(title_of(f->offices.at[n]), title_of(h->offices.at[m]))) return true;
        }
    }
    return false;
}

/* The face and the thing have the same office, of whatever country: the country may have been guessed. */
bool faces_share_title(const resolver *x, uint32_t face, uint32_t root) {
    for (uint32_t i = root;;) {
        if (same_title(face_at(x, face), face_at(x, i))) return true;
        if ((i = face_at(x, i)->next) == root) return false;
    }
}

void faces_offices(const resolver *x, uint32_t root, office_set *to) {
    for (uint32_t i = root;;) {
        const graph_face *f = face_at(x, i);
        for (uint32_t n = 0; n < f->offices.len; n++) {
            bool placed = !str_ends(f->offices.at[n], STR("|"));
            if (placed) names_add(&x->g->scratch, &to->offices, f->offices.at[n]);
            names_add(&x->g->scratch, &to->titles, title_of(f->offices.at[n]));
        }
        if ((i = f->next) == root) return;
    }
}

bool faces_office_in(const graph_face *f, const office_set *s) {
    for (uint32_t n = 0; n < f->offices.len; n++) {
        if (names_find(&s->offices, f->offices.at[n]) != NONE) return true;
    }
    return false;
}

bool faces_title_in(const graph_face *f, const office_set *s) {
    for (uint32_t n = 0; n < f->offices.len; n++) {
        if (names_find(&s->titles, title_of(f->offices.at[n])) != NONE) return true;
    }
    return false;
}

typedef struct country_votes {
    str country;
    uint64_t sure, all;
} country_votes;

static str best_country(graph *g, uint32_t root) {
    VEC(country_votes) votes = {0};
    for (uint32_t i = root;;) {
        const graph_face *f = &g->faces.at[i];
        uint32_t at = 0;
        while (at < votes.len && !str_equal(votes.at[at].country, f->country)) at++;
        if (f->country.len && at == votes.len) *VEC_PUSH(&g->scratch, &votes) = (country_votes){.country = f->country};
        if (f->country.len) votes.at[at].sure += f->sure, votes.at[at].all += f->documents;
        if ((i = f->next) == root) break;
    }
    str best = {0};
    uint64_t most = 0;
    for (int guesses = 0; guesses < 2 && !most; guesses++) {
        for (uint32_t i = 0; i < votes.len; i++) {
            uint64_t sum = guesses ? votes.at[i].all : votes.at[i].sure;
            bool first = sum && sum == most && str_compare(votes.at[i].country, best) < 0;
            if (sum > most || first) most = sum, best = votes.at[i].country;
        }
    }
    return best;
}

/* The country that most articles are sure of, else that most guess; empty: none. Asked again and again between joins.
 */
str faces_country(graph *g, uint32_t at) {
    graph_face *root = &g->faces.at[graph_face_root(g, at)];
    if (!root->asked) root->home = best_country(g, graph_face_root(g, at));
    root->asked = true;
    return root->home;
}

uint64_t faces_articles(const resolver *x, uint32_t root) {
    uint64_t sum = 0;
    for (uint32_t i = root;;) {
        sum += face_at(x, i)->documents;
        if ((i = face_at(x, i)->next) == root) return sum;
    }
}

/* ---- joining */

static bool named(const graph_face *f, const person_name *w) {
    return is(f->type, "person") && str_equal(f->plain, w->name) &&
           (!w->country.len || str_equal(w->country, f->country));
}

static bool holds(const resolver *x, uint32_t at, const person_name *w) {
    for (uint32_t i = at;;) {
        if (named(face_at(x, i), w)) return true;
        if ((i = face_at(x, i)->next) == at) return false;
    }
}

static bool forbidden(const resolver *x, uint32_t a, uint32_t b) {
    for (uint32_t i = 0; x->rules && i < x->rules->apart.len; i++) {
        const alike *line = &x->rules->apart.at[i];
        for (uint32_t n = 0; n < line->names.len; n++) {
            for (uint32_t m = 0; m < line->names.len; m++) {
                if (n != m && holds(x, a, &line->names.at[n]) && holds(x, b, &line->names.at[m])) return true;
            }
        }
    }
    return false;
}

bool faces_may_join(const resolver *x, uint32_t root, uint32_t other) { return !forbidden(x, root, other); }

void faces_join(resolver *x, uint32_t a, uint32_t b, const char *why) {
    graph *g = x->g;
    uint32_t one = graph_face_root(g, a), two = graph_face_root(g, b);
    if (one == two || forbidden(x, one, two)) return;
    graph_face *f = face_at(x, one), *h = face_at(x, two);
    f->asked = false;
    uint32_t next = f->next;
    f->next = h->next;
    h->next = next;
    h->parent = one;
    *VEC_PUSH(x->a, &g->joins) = (graph_join){a, b, why};
}

void faces_join_forced(resolver *x) {
    for (uint32_t i = 0; x->rules && i < x->rules->same.len; i++) {
        const alike *line = &x->rules->same.at[i];
        uint32_t first = NONE;
        for (uint32_t f = 0; f < x->g->faces.len; f++) {
            bool meant = false;
            for (uint32_t n = 0; n < line->names.len; n++) meant = meant || named(face_at(x, f), &line->names.at[n]);
            if (!meant) continue;
            face_at(x, f)->own = false;
            if (first == NONE)
                first = f;
            else
                faces_join(x, first, f, "a `same` line of rules/identity");
        }
    }
}

/* ---- order */

static int by_key(const void *x, const void *y) {
    const sorted_face *a = x, *b = y;
    int order = str_compare(a->key, b->key);
    if (!order) order = str_compare(a->face->type, b->face->type);
    if (!order) order = str_compare(a->face->plain, b->face->plain);
    if (!order) order = str_compare(a->face->country, b->face->country);
    if (order) return order;
    return a->at < b->at ? -1 : a->at > b->at; /* bare names: by the records that they were met in */
}

sorted_face *faces_sort(resolver *x, const face_list *list, str (*key)(const graph_face *)) {
    sorted_face *out = ARENA_ARRAY(&x->g->scratch, sorted_face, list->len + 1);
    for (uint32_t i = 0; i < list->len; i++)
        out[i] = (sorted_face){key(face_at(x, list->at[i])), face_at(x, list->at[i]), list->at[i]};
    if (list->len > 1) qsort(out, list->len, sizeof *out, by_key);
    return out;
}

uint32_t faces_group_end(const sorted_face *list, uint32_t count, uint32_t begin) {
    uint32_t end = begin + 1;
    while (end < count && str_equal(list[end].key, list[begin].key) &&
           str_equal(list[end].face->type, list[begin].face->type))
        end++;
    return end;
}
