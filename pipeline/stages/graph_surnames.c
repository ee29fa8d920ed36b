/* Names of one word: they join the holder of their office, or the one bearer that nearly all articles mean. */
#include "stages/graph_faces.h"

enum { BEARER_LEAST = 20, SOLE_LEAST = 10 /* articles that name the one bearer, or the only one, in full */ };

typedef struct bearers {
    names words; /* first and last words of people's names */
    VEC(face_list) lists;
} bearers;

static void bear(arena *a, bearers *b, str word, uint32_t face) {
    uint32_t before = b->words.list.len, at = names_add(a, &b->words, word);
    if (at == before) *VEC_PUSH(a, &b->lists) = (face_list){0};
    *VEC_PUSH(a, &b->lists.at[at]) = face;
}

/* Each thing of the list once: nothing that is joined here makes one of two of them. */
static face_list things_of(const resolver *x, const face_list *list) {
    face_list out = {0};
    names met = {0};
    for (uint32_t i = 0; i < list->len; i++) {
        uint32_t root = graph_face_root(x->g, list->at[i]), before = met.list.len;
        if (names_add(&x->g->scratch, &met, (str){(const char *)&root, sizeof root}) == before)
            *VEC_PUSH(&x->g->scratch, &out) = root;
    }
    return out;
}

/* The thing that shares an office with `at`, when hardly any article gives the name to another who does. *several:
 * there are such, and none outweighs the others. */
static uint32_t office_bearer(const resolver *x, const face_list *things, uint32_t at, bool *several) {
    uint32_t found = NONE;
    uint64_t most = 0, all = 0;
    for (uint32_t i = 0; i < things->len; i++) {
        if (!faces_share_office(x, at, things->at[i])) continue;
        uint64_t count = faces_articles(x, things->at[i]);
        all += count;
        if (count > most) most = count, found = things->at[i];
    }
    *several = found != NONE && (all - most) * NOISE > most;
    return *several ? NONE : found;
}

/* The one whose surname it is in nearly all articles that name a bearer of it in full, or in all. */
static uint32_t main_bearer(const resolver *x, const face_list *list, str surname, bool *sole) {
    uint64_t all = 0, most = 0;
    uint32_t found = NONE;
    for (uint32_t i = 0; i < list->len; i++) {
        const graph_face *f = face_at(x, list->at[i]);
        if (!str_equal(last_word(f->sound), surname)) continue;
        all += f->documents;
        uint64_t count = faces_articles(x, graph_face_root(x->g, list->at[i]));
        if (count > most) most = count, found = graph_face_root(x->g, list->at[i]);
    }
    uint64_t own = 0;
    for (uint32_t i = 0; i < list->len; i++) {
        bool his = graph_face_root(x->g, list->at[i]) == found &&
                   str_equal(last_word(face_at(x, list->at[i])->sound), surname);
        own += his ? face_at(x, list->at[i])->documents : 0;
    }
    *sole = own == all && own >= SOLE_LEAST;
    return *sole || (own >= BEARER_LEAST && own * 20 >= all * 19) ? found : NONE;
}

/* An article is sure of a country that none is sure of for the thing. */
static bool foreign(const resolver *x, uint32_t face, uint32_t root) {
    str country = sure_country_of(face_at(x, face));
    for (uint32_t i = root; country.len;) {
        if (str_equal(country, sure_country_of(face_at(x, i)))) return false;
        if ((i = face_at(x, i)->next) == root) return true;
    }
    return false;
}

void faces_of_one_word(resolver *x) {
    arena *a = &x->g->scratch;
    bearers b = {0};
    for (uint32_t i = 0; i < x->people.len; i++) {
        str sound = face_at(x, x->people.at[i])->sound;
        bear(a, &b, first_word(sound), x->people.at[i]);
        bear(a, &b, last_word(sound), x->people.at[i]);
    }
    sorted_face *s = faces_sort(x, &x->bare, sound_key);
    for (uint32_t begin = 0, end; begin < x->bare.len; begin = end) {
        end = faces_group_end(s, x->bare.len, begin);
        uint32_t at = names_find(&b.words, s[begin].key);
        face_list none = {0}, *list = at == NONE ? &none : &b.lists.at[at];
        bool sole;
        uint32_t main = main_bearer(x, list, s[begin].key, &sole);
        face_list officials = {0}, things = things_of(x, list);
        for (uint32_t i = begin; i < end; i++) {
            bool several = false, official = s[i].face->offices.len > 0;
            uint32_t found = official ? office_bearer(x, &things, s[i].at, &several) : NONE;
            if (found != NONE)
                faces_join(x, found, s[i].at, "the surname, and the same office");
            else if (main != NONE && (!official || faces_share_title(x, s[i].at, main)))
                faces_join(x, main, s[i].at, "the surname, which nearly all articles give to this one alone");
            else if (main != NONE && sole && !foreign(x, s[i].at, main))
                faces_join(x, main, s[i].at, "the surname, which nobody else has; no country speaks against it");
            if (!official || found != NONE || several) continue;
            for (uint32_t k = 0; k < officials.len; k++) {
                if (faces_share_office(x, officials.at[k], s[i].at))
                    faces_join(x, officials.at[k], s[i].at, "the same surname and office");
            }
            *VEC_PUSH(a, &officials) = s[i].at;
        }
    }
}
