/* Which entities of which articles are one thing. Entities of one type, name and country are one face; faces become one
   thing by steps, from the surest to the least sure, each over faces in the order of their keys: so the outcome depends
   on the set of records alone. A wrong merge is worse than a missed one: what is ambiguous stays apart. */
#include "stages/graph_identity.h"

#include <stdlib.h>

enum { NOISE = 10 /* a country given ten times as often outweighs another */, BEARER_LEAST = 20, SPELT_LEAST = 5 };

typedef VEC(uint32_t) face_list;

typedef struct resolver {
    graph *g;
    const identity_rules *rules;
    arena *a;         /* the graph's */
    face_list people; /* with names of several words, by sound */
    face_list bare;
} resolver;

static bool is(str s, const char *what) { return str_equal(s, str_of(what)); }
static graph_face *face_at(const resolver *x, uint32_t at) { return &x->g->faces.at[at]; }

uint32_t graph_face_root(const graph *g, uint32_t at) {
    while (g->faces.at[at].parent != at) at = g->faces.at[at].parent;
    return at;
}

/* ---- faces */

static uint32_t word_count(str s) {
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
        out[count++] = arena_format(a, "%.*s|%.*s", (int)title.len, title.at, (int)of.len, of.at);
    }
    if (count > 1) qsort(out, count, sizeof *out, by_str);
    return count;
}

static str face_key(graph *g, const record *r, const record_entity *e, str plain, const str *offices, uint32_t count) {
    buf *key = &g->key;
    bool bare = is(e->type, "person") && word_count(plain) < 2;
    buf_clear(key);
    buf_format(key, "%.*s %.*s|", (int)e->type.len, e->type.at, (int)plain.len, plain.at);
    if (!is(e->type, "country")) buf_add(key, e->country);
    for (uint32_t i = 0; i < count && bare; i++) buf_format(key, " %.*s", (int)offices[i].len, offices[i].at);
    if (is(e->type, "group") || (bare && !count)) {
        buf_byte(key, ' ');
        buf_add(key, r->sha256.len ? r->sha256 : r->id);
    }
    return buf_view(key);
}

static void add_once(arena *a, text_list *list, str s) {
    for (uint32_t i = 0; i < list->len; i++) {
        if (str_equal(list->at[i], s)) return;
    }
    *VEC_PUSH(a, list) = arena_copy(a, s);
}

static uint32_t face_of(resolver *x, const record *r, const record_entity *e) {
    graph *g = x->g;
    arena *scratch = &g->scratch;
    bool country = is(e->type, "country") && e->country.len;
    str plain = utf8_plain(scratch, country ? e->country : e->name);
    str *offices = ARENA_ARRAY(scratch, str, e->roles.len + 1);
    uint32_t count = offices_of(scratch, e, word_count(plain) < 2, offices);
    str key = face_key(g, r, e, plain, offices, count);
    uint32_t before = g->faces.len, at = names_add(x->a, &g->faces_by_key, key);
    if (at == before) {
        bool own = is(e->type, "group") || (is(e->type, "person") && word_count(plain) < 2 && !count);
        *VEC_PUSH(x->a, &g->faces) = (graph_face){.type = e->type,
                                                  .plain = arena_copy(x->a, plain),
                                                  .country = e->country,
                                                  .own = own ? (r->sha256.len ? r->sha256 : r->id) : (str){0},
                                                  .parent = at,
                                                  .next = at};
    }
    graph_face *f = &g->faces.at[at];
    f->documents++;
    if (!is(e->type, "person")) return at;
    for (uint32_t i = 0; i < count; i++) add_once(x->a, &f->offices, offices[i]);
    return at;
}

static void collect(resolver *x) {
    graph *g = x->g;
    for (uint32_t i = 0; i < g->documents.len; i++) {
        graph_document *d = &g->documents.at[i];
        d->faces = ARENA_ARRAY(x->a, uint32_t, d->facts->entities.len + 1);
        for (uint32_t e = 0; e < d->facts->entities.len; e++)
            d->faces[e] = face_of(x, d->facts, &d->facts->entities.at[e]);
        arena_reset(&g->scratch);
    }
}

/* ---- what is known of a whole thing */

static bool share_office(const resolver *x, uint32_t a, uint32_t b) {
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

static bool same_title(const graph_face *f, const graph_face *h) {
    for (uint32_t n = 0; n < f->offices.len; n++) {
        for (uint32_t m = 0; m < h->offices.len; m++) {
            str one, two, rest;
            str_cut(f->offices.at[n], '|', &one, &rest);
            str_cut(h->offices.at[m], '|', &two, &rest);
            if (str_equal(one, two)) return true;
        }
    }
    return false;
}

/* The face and the thing have the same office, of whatever country: the country may have been guessed. */
static bool share_title(const resolver *x, uint32_t face, uint32_t root) {
    for (uint32_t i = root;;) {
        if (same_title(face_at(x, face), face_at(x, i))) return true;
        if ((i = face_at(x, i)->next) == root) return false;
    }
}

/* The country that most articles give; empty: none. */
static str country_of(const graph *g, uint32_t at) {
    str best = {0};
    uint64_t most = 0;
    for (uint32_t i = at;;) {
        const graph_face *f = &g->faces.at[i];
        uint64_t sum = 0;
        for (uint32_t k = at; f->country.len;) {
            if (str_equal(g->faces.at[k].country, f->country)) sum += g->faces.at[k].documents;
            if ((k = g->faces.at[k].next) == at) break;
        }
        if (sum > most || (sum == most && sum && str_compare(f->country, best) < 0)) most = sum, best = f->country;
        if ((i = f->next) == at) return best;
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

static void join(resolver *x, uint32_t a, uint32_t b, const char *why) {
    graph *g = x->g;
    uint32_t one = graph_face_root(g, a), two = graph_face_root(g, b);
    if (one == two || forbidden(x, one, two)) return;
    graph_face *f = face_at(x, one), *h = face_at(x, two);
    uint32_t next = f->next;
    f->next = h->next;
    h->next = next;
    h->parent = one;
    *VEC_PUSH(x->a, &g->joins) = (graph_join){a, b, why};
}

static void forced(resolver *x) {
    for (uint32_t i = 0; x->rules && i < x->rules->same.len; i++) {
        const alike *line = &x->rules->same.at[i];
        uint32_t first = NONE;
        for (uint32_t f = 0; f < x->g->faces.len; f++) {
            bool meant = false;
            for (uint32_t n = 0; n < line->names.len; n++) meant = meant || named(face_at(x, f), &line->names.at[n]);
            if (!meant) continue;
            if (first == NONE)
                first = f;
            else
                join(x, first, f, "a `same` line of rules/identity");
        }
    }
}

/* ---- the sound of a name */

static str replace(arena *a, str s, str from, str to) {
    char *out = arena_take(a, s.len * (to.len > from.len ? to.len : 1) + 1, 1);
    size_t len = 0;
    for (size_t i = 0; i < s.len;) {
        if (str_starts(str_slice(s, i, s.len), from)) {
            memcpy(out + len, to.at, to.len);
            len += to.len;
            i += from.len;
        } else {
            out[len++] = s.at[i++];
        }
    }
    return (str){out, len};
}

static str single_letters(arena *a, str s) {
    char *out = arena_take(a, s.len + 1, 1);
    size_t len = 0;
    for (size_t i = 0; i < s.len; i++) {
        bool again = i && s.at[i] == s.at[i - 1] && s.at[i] >= 'a' && s.at[i] <= 'z';
        if (!again) out[len++] = s.at[i];
    }
    return (str){out, len};
}

static str given_name(const resolver *x, str word) {
    for (uint32_t i = 0; x->rules && i < x->rules->given.len; i++) {
        const alike *line = &x->rules->given.at[i];
        for (uint32_t n = 0; n < line->names.len; n++) {
            if (str_equal(line->names.at[n].name, word)) return line->names.at[0].name;
        }
    }
    return word;
}

static str sound_of_word(const resolver *x, str word) {
    arena *a = x->a;
    if (word.len < SPELT_LEAST) return word;
    for (uint32_t i = 0; x->rules && i < x->rules->spell.len; i++) {
        const spelling *s = &x->rules->spell.at[i];
        if (memmem(word.at, word.len, s->from.at, s->from.len)) word = replace(a, word, s->from, s->to);
    }
    return single_letters(a, word);
}

/* Without initials and "Jr.", which are kept aside. */
static void hear(resolver *x, graph_face *f) {
    buf sound = {0}, initials = {0};
    uint32_t number = 0;
    for (str rest = f->plain, word; rest.len; number++) {
        str_cut(rest, ' ', &word, &rest);
        if (is(word, "jr") || is(word, "sr")) continue;
        if (word.len == 1 && number && rest.len) {
            buf_add(&initials, word);
            continue;
        }
        if (sound.len) buf_byte(&sound, ' ');
        buf_add(&sound, sound_of_word(x, number ? word : given_name(x, word)));
    }
    f->sound = arena_copy(x->a, buf_view(&sound));
    f->initials = arena_copy(x->a, buf_view(&initials));
    f->words = word_count(f->sound);
    buf_free(&sound);
    buf_free(&initials);
}

static str first_word(str s) {
    str head, tail;
    str_cut(s, ' ', &head, &tail);
    return head;
}

static str last_word(str s) {
    size_t at = s.len;
    while (at && s.at[at - 1] != ' ') at--;
    return str_slice(s, at, s.len);
}

/* ---- same name */

typedef struct sorted {
    str key;
    const graph_face *face;
    uint32_t at;
} sorted;

static int by_key(const void *x, const void *y) {
    const sorted *a = x, *b = y;
    int order = str_compare(a->key, b->key);
    if (!order) order = str_compare(a->face->type, b->face->type);
    if (!order) order = str_compare(a->face->plain, b->face->plain);
    if (!order) order = str_compare(a->face->country, b->face->country);
    if (order) return order;
    return a->at < b->at ? -1 : a->at > b->at; /* bare names: by the records that they were met in */
}

static sorted *sort_faces(resolver *x, const face_list *list, str (*key)(const graph_face *)) {
    sorted *out = ARENA_ARRAY(&x->g->scratch, sorted, list->len + 1);
    for (uint32_t i = 0; i < list->len; i++)
        out[i] = (sorted){key(face_at(x, list->at[i])), face_at(x, list->at[i]), list->at[i]};
    if (list->len > 1) qsort(out, list->len, sizeof *out, by_key);
    return out;
}

static uint32_t group_end(const sorted *list, uint32_t count, uint32_t begin) {
    uint32_t end = begin + 1;
    while (end < count && str_equal(list[end].key, list[begin].key) &&
           str_equal(list[end].face->type, list[begin].face->type))
        end++;
    return end;
}

static bool initials_agree(const graph_face *a, const graph_face *b) {
    return str_starts(a->initials, b->initials) || str_starts(b->initials, a->initials);
}

/* "George Bush" may be either of two who are told apart by their initials. */
static bool ambiguous(const sorted *list, uint32_t count, const graph_face *f) {
    for (uint32_t i = 0; i < count; i++) {
        for (uint32_t k = 0; k < i; k++) {
            const graph_face *a = list[i].face, *b = list[k].face;
            if (initials_agree(a, f) && initials_agree(b, f) && !initials_agree(a, b)) return true;
        }
    }
    return false;
}

static uint64_t articles_of(const sorted *list, uint32_t count, str country) {
    uint64_t sum = 0;
    for (uint32_t i = 0; i < count; i++) sum += str_equal(list[i].face->country, country) ? list[i].face->documents : 0;
    return sum;
}

/* One name, any number of countries: those that agree, those that name none when there is but one, and a stray one. */
static void same_name(resolver *x, const sorted *list, uint32_t count) {
    uint32_t main = NONE, countries = 0;
    uint64_t most = 0, all = 0;
    for (uint32_t i = 0; i < count; i++) {
        str country = list[i].face->country;
        if (!country.len) continue;
        uint64_t articles = articles_of(list, count, country);
        bool first = true;
        for (uint32_t k = 0; k < i; k++) first = first && !str_equal(list[k].face->country, country);
        countries += first;
        all += first ? articles : 0;
        if (articles > most) most = articles, main = i;
    }
    bool person = is(list[0].face->type, "person");
    for (uint32_t i = 0; i < count; i++) {
        const graph_face *f = list[i].face;
        if (ambiguous(list, count, f)) continue;
        for (uint32_t k = 0; k < i; k++) { /* of the same country, or both of none */
            if (str_equal(list[k].face->country, f->country) && initials_agree(list[k].face, f) &&
                !ambiguous(list, count, list[k].face)) {
                join(x, list[k].at, list[i].at, "the same name, and the same country");
                break;
            }
        }
        if (main == NONE || i == main || !initials_agree(f, list[main].face)) continue;
        uint32_t thing = graph_face_root(x->g, list[main].at);
        uint64_t few = articles_of(list, count, f->country) * NOISE, none = articles_of(list, count, (str){0});
        bool title = person && share_title(x, list[i].at, thing);
        if (!f->country.len && (countries == 1 || title || (!f->offices.len && (all - most) * NOISE <= most)))
            join(x, list[main].at, list[i].at, "the same name; no other country is as likely");
        else if (f->country.len && few <= most + none && title)
            join(x, list[main].at, list[i].at,
                 "the same name and office; a country that a tenth of the articles give is a stray one");
    }
}

static str sound_key(const graph_face *f) { return f->sound; }
static str first_key(const graph_face *f) { return first_word(f->sound); }
static str last_key(const graph_face *f) { return last_word(f->sound); }

static void same_names(resolver *x, const face_list *list) {
    sorted *s = sort_faces(x, list, sound_key);
    for (uint32_t begin = 0, end; begin < list->len; begin = end) {
        end = group_end(s, list->len, begin);
        if (end - begin > 1) same_name(x, s + begin, end - begin);
    }
}

/* ---- shorter and longer names */

/* The words of `part` come in `whole` in this order. */
static bool within(str part, str whole) {
    str word = {0}, other;
    while (part.len) {
        str_cut(part, ' ', &word, &part);
        do {
            if (!whole.len) return false;
            str_cut(whole, ' ', &other, &whole);
        } while (!str_equal(word, other));
    }
    return true;
}

static bool agree(const resolver *x, uint32_t a, uint32_t b) {
    str one = country_of(x->g, a), two = country_of(x->g, b);
    return (one.len && str_equal(one, two)) || share_office(x, a, b);
}

/* The one thing of the group that a shorter name can mean. */
static void find_longer(resolver *x, const sorted *list, uint32_t count, uint32_t at, bool front) {
    const graph_face *f = list[at].face;
    uint32_t found = NONE, own = graph_face_root(x->g, list[at].at);
    for (uint32_t i = 0; i < count; i++) {
        const graph_face *h = list[i].face;
        if (h->words <= f->words || !within(f->sound, h->sound) || (front && !str_starts(h->sound, f->sound))) continue;
        uint32_t root = graph_face_root(x->g, list[i].at);
        if (root == own || !agree(x, own, root)) continue;
        if (found != NONE && graph_face_root(x->g, found) != root) return;
        found = list[i].at;
    }
    if (found != NONE) join(x, found, list[at].at, "a shorter form of the name, and the same country or office");
}

static void shorter_names(resolver *x, str (*key)(const graph_face *), bool front) {
    sorted *s = sort_faces(x, &x->people, key);
    for (uint32_t begin = 0, end; begin < x->people.len; begin = end) {
        uint32_t longest = 0;
        end = group_end(s, x->people.len, begin);
        for (uint32_t i = begin; i < end; i++) longest = s[i].face->words > longest ? s[i].face->words : longest;
        for (uint32_t words = longest; words-- > 2;) { /* longer ones first: then a still shorter one finds one thing */
            for (uint32_t i = begin; i < end; i++) {
                if (s[i].face->words == words) find_longer(x, s + begin, end - begin, i - begin, front);
            }
        }
    }
}

/* ---- names of one word */

typedef struct bearers {
    names words; /* first and last words of people's names */
    VEC(face_list) lists;
} bearers;

static void bear(arena *a, bearers *b, str word, uint32_t face) {
    uint32_t before = b->words.list.len, at = names_add(a, &b->words, word);
    if (at == before) *VEC_PUSH(a, &b->lists) = (face_list){0};
    *VEC_PUSH(a, &b->lists.at[at]) = face;
}

static uint64_t articles(const resolver *x, uint32_t root) {
    uint64_t sum = 0;
    for (uint32_t i = root;;) {
        sum += face_at(x, i)->documents;
        if ((i = face_at(x, i)->next) == root) return sum;
    }
}

/* The thing among `list` that shares an office with `at`, when hardly any article gives the name to another who does.
 *several: there are such, and none outweighs the others. */
static uint32_t office_bearer(const resolver *x, const face_list *list, uint32_t at, bool *several) {
    uint32_t found = NONE, before = NONE;
    uint64_t most = 0, all = 0;
    for (uint32_t i = 0; i < list->len; i++) {
        uint32_t root = graph_face_root(x->g, list->at[i]);
        bool met = root == before;
        for (uint32_t k = 0; k < i && !met; k++) met = graph_face_root(x->g, list->at[k]) == root;
        before = root;
        if (met || !share_office(x, at, root)) continue;
        uint64_t count = articles(x, root);
        all += count;
        if (count > most) most = count, found = root;
    }
    *several = found != NONE && (all - most) * NOISE > most;
    return *several ? NONE : found;
}

/* The one whose surname it is in nearly all articles that name a bearer of it in full. */
static uint32_t main_bearer(const resolver *x, const face_list *list, str surname) {
    uint64_t all = 0, most = 0;
    uint32_t found = NONE;
    for (uint32_t i = 0; i < list->len; i++) {
        const graph_face *f = face_at(x, list->at[i]);
        if (!str_equal(last_word(f->sound), surname)) continue;
        all += f->documents;
        uint64_t count = articles(x, graph_face_root(x->g, list->at[i]));
        if (count > most) most = count, found = graph_face_root(x->g, list->at[i]);
    }
    uint64_t own = 0;
    for (uint32_t i = 0; i < list->len; i++) {
        bool his = graph_face_root(x->g, list->at[i]) == found &&
                   str_equal(last_word(face_at(x, list->at[i])->sound), surname);
        own += his ? face_at(x, list->at[i])->documents : 0;
    }
    return own >= BEARER_LEAST && own * 20 >= all * 19 ? found : NONE;
}

static void one_word_names(resolver *x) {
    arena *a = &x->g->scratch;
    bearers b = {0};
    for (uint32_t i = 0; i < x->people.len; i++) {
        str sound = face_at(x, x->people.at[i])->sound;
        bear(a, &b, first_word(sound), x->people.at[i]);
        bear(a, &b, last_word(sound), x->people.at[i]);
    }
    sorted *s = sort_faces(x, &x->bare, sound_key);
    for (uint32_t begin = 0, end; begin < x->bare.len; begin = end) {
        end = group_end(s, x->bare.len, begin);
        uint32_t at = names_find(&b.words, s[begin].key);
        face_list none = {0}, *list = at == NONE ? &none : &b.lists.at[at];
        uint32_t main = main_bearer(x, list, s[begin].key);
        face_list officials = {0};
        for (uint32_t i = begin; i < end; i++) {
            bool several = false, official = s[i].face->offices.len > 0;
            uint32_t found = official ? office_bearer(x, list, s[i].at, &several) : NONE;
            if (found != NONE)
                join(x, found, s[i].at, "the surname, and the same office");
            else if (main != NONE && (!official || share_title(x, s[i].at, main)))
                join(x, main, s[i].at, "the surname, which nearly all articles give to this one alone");
            if (!official || found != NONE || several) continue;
            for (uint32_t k = 0; k < officials.len; k++) {
                if (share_office(x, officials.at[k], s[i].at))
                    join(x, officials.at[k], s[i].at, "the same surname and office");
            }
            *VEC_PUSH(a, &officials) = s[i].at;
        }
    }
}

/* ---- the whole */

static void sort_out(resolver *x) {
    face_list bodies = {0};
    for (uint32_t i = 0; i < x->g->faces.len; i++) {
        graph_face *f = face_at(x, i);
        bool person = is(f->type, "person");
        if (person) hear(x, f);
        if (person && f->words > 1)
            *VEC_PUSH(x->a, &x->people) = i;
        else if (person)
            *VEC_PUSH(x->a, &x->bare) = i;
        else if (is(f->type, "organization") || is(f->type, "place"))
            f->sound = f->plain, *VEC_PUSH(x->a, &bodies) = i;
    }
    same_names(x, &bodies);
}

typedef struct votes {
    names names;
    VEC(uint64_t) counts;
} votes;

static uint64_t vote(arena *a, votes *v, str what, uint64_t count) {
    uint32_t at = names_add(a, &v->names, what);
    if (at == v->counts.len) *VEC_PUSH(a, &v->counts) = 0;
    return v->counts.at[at] += count;
}

/* The name that most articles give is that of the thing, names of several words before others; its id comes of it. */
static bool better_name(const graph_face *f, uint64_t count, const graph_face *best, uint64_t most) {
    bool full = f->words > 1, had = best->words > 1;
    if (full != had) return full;
    return count != most ? count > most : str_compare(f->plain, best->plain) < 0;
}

static void settle(graph *g, uint32_t root) {
    votes plains = {0}, countries = {0};
    graph_face *first = &g->faces.at[root];
    uint64_t most_names = 0, most_articles = 0;
    first->chief = root;
    for (uint32_t i = root, turn = 0; turn < 2;) { /* once to count, once to choose */
        const graph_face *f = &g->faces.at[i];
        uint64_t count = turn ? 0 : f->documents;
        uint64_t told = vote(&g->scratch, &plains, f->plain, count),
                 articles = vote(&g->scratch, &countries, f->country, count);
        if (turn && (!most_names || better_name(f, told, &g->faces.at[first->chief], most_names)))
            most_names = told, first->chief = i;
        if (turn && f->country.len &&
            (articles > most_articles || (articles == most_articles && str_compare(f->country, first->home) < 0)))
            most_articles = articles, first->home = f->country;
        if ((i = f->next) == root) turn++;
    }
}

static void settle_all(graph *g) {
    for (uint32_t i = 0; i < g->faces.len; i++) {
        if (g->faces.at[i].parent != i) continue;
        settle(g, i);
        arena_reset(&g->scratch);
    }
}

/* Things of one type and name need more in their keys. */
static void tell_apart(graph *g) {
    names seen = {0};
    VEC(uint32_t) roots = {0};
    for (uint32_t i = 0; i < g->faces.len; i++) {
        const graph_face *f = &g->faces.at[i], *chief = &g->faces.at[f->chief];
        if (f->parent != i) continue;
        str key = arena_format(&g->scratch, "%.*s %.*s", (int)chief->type.len, chief->type.at, (int)chief->plain.len,
                               chief->plain.at);
        uint32_t at = names_add(&g->scratch, &seen, key);
        if (at == roots.len)
            *VEC_PUSH(&g->scratch, &roots) = i;
        else
            g->faces.at[i].shared = g->faces.at[roots.at[at]].shared = true;
    }
}

void graph_identify(graph *g, const identity_rules *rules) {
    resolver x = {.g = g, .rules = rules, .a = &g->arena};
    g->faces_by_key = (names){0};
    g->faces.len = g->joins.len = 0;
    collect(&x);
    sort_out(&x);
    forced(&x);
    same_names(&x, &x.people);
    shorter_names(&x, last_key, false);
    shorter_names(&x, first_key, true);
    one_word_names(&x);
    arena_reset(&g->scratch);
    settle_all(g);
    tell_apart(g);
    arena_reset(&g->scratch);
}
