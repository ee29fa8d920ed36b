/* Which entities of which articles are one thing. Entities of one type, name and country are one face; faces become one
   thing by steps, from the surest to the least sure, each over faces in the order of their keys: so the outcome depends
   on the set of records alone. A wrong merge is worse than a missed one: what is ambiguous stays apart. */
#include "stages/graph_faces.h"

static bool is(str s, const char *what) { return str_equal(s, str_of(what)); }

static str first_key(const graph_face *f) { return first_word(f->sound); }
static str last_key(const graph_face *f) { return last_word(f->sound); }

static void same_names(resolver *x, const face_list *list) {
    sorted_face *s = faces_sort(x, list, sound_key);
    for (uint32_t begin = 0, end; begin < list->len; begin = end) {
        end = faces_group_end(s, list->len, begin);
        if (end - begin > 1) faces_of_one_name(x, s + begin, end - begin);
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
    str one = faces_country(x->g, a), two = faces_country(x->g, b);
    return (one.len && str_equal(one, two)) || faces_share_office(x, a, b);
}

/* The one thing of the group that a shorter name can mean. */
static void find_longer(resolver *x, const sorted_face *list, uint32_t count, uint32_t at, bool front) {
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
    if (found != NONE) faces_join(x, found, list[at].at, "a shorter form of the name, and the same country or office");
}

static void shorter_names(resolver *x, str (*key)(const graph_face *), bool front) {
    sorted_face *s = faces_sort(x, &x->people, key);
    for (uint32_t begin = 0, end; begin < x->people.len; begin = end) {
        uint32_t longest = 0;
        end = faces_group_end(s, x->people.len, begin);
        for (uint32_t i = begin; i < end; i++) longest = s[i].face->words > longest ? s[i].face->words : longest;
        for (uint32_t words = longest; words-- > 2;) { /* longer ones first: then a still shorter one finds one thing */
            for (uint32_t i = begin; i < end; i++) {
                if (s[i].face->words == words) find_longer(x, s + begin, end - begin, i - begin, front);
            }
        }
    }
}

/* ---- the whole */

static void sort_out(resolver *x) {
    face_list bodies = {0};
    for (uint32_t i = 0; i < x->g->faces.len; i++) {
        graph_face *f = face_at(x, i);
        bool person = is(f->type, "person");
        if (person) faces_hear(x, f);
        if (person && f->words > 1)
            *VEC_PUSH(x->a, &x->people) = i;
        else if (person)
            *VEC_PUSH(x->a, &x->bare) = i;
        else if (is(f->type, "organization") || is(f->type, "place"))
            f->sound = f->plain, *VEC_PUSH(x->a, &bodies) = i;
    }
    same_names(x, &bodies);
}

void graph_identify(graph *g, const identity_rules *rules) {
    resolver x = {.g = g, .rules = rules, .a = &g->light};
    faces_collect(&x);
    sort_out(&x);
    faces_join_forced(&x);
    same_names(&x, &x.people);
    shorter_names(&x, last_key, false);
    shorter_names(&x, first_key, true);
    faces_of_one_word(&x);
    arena_reset(&g->scratch);
    faces_settle(g);
    graph_settle_days(g);
}
