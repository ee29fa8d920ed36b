/* What the parts of identity share. Private to stages/graph_*.c. */
#ifndef WHOMET_GRAPH_FACES_H
#define WHOMET_GRAPH_FACES_H

#include "stages/graph_identity.h"

enum { NOISE = 10 /* a country or an office given ten times as often outweighs another */ };

typedef VEC(uint32_t) face_list;

typedef struct resolver {
    graph *g;
    const identity_rules *rules;
    arena *a;         /* the graph's */
    face_list people; /* with names of several words, by sound */
    face_list bare;
} resolver;

typedef struct sorted_face {
    str key;
    const graph_face *face;
    uint32_t at;
} sorted_face;

static inline graph_face *face_at(const resolver *x, uint32_t at) { return &x->g->faces.at[at]; }
static inline str sure_country_of(const graph_face *f) { return f->sure ? f->country : (str){0}; }
static inline str sound_key(const graph_face *f) { return f->sound; }
static inline str first_word(str s) {
    str head, tail;
    str_cut(s, ' ', &head, &tail);
    return head;
}
static inline str last_word(str s) {
    size_t at = s.len;
    while (at && s.at[at - 1] != ' ') at--;
    return str_slice(s, at, s.len);
}

/* graph_faces.c */
uint32_t word_count(str s);
void faces_collect(resolver *x);
void faces_join(resolver *x, uint32_t a, uint32_t b, const char *why); /* unless the rules forbid it */
bool faces_may_join(const resolver *x, uint32_t root, uint32_t other);
void faces_join_forced(resolver *x);
bool faces_share_office(const resolver *x, uint32_t a, uint32_t b);
bool faces_share_title(const resolver *x, uint32_t face, uint32_t root);
str faces_country(graph *g, uint32_t at);                  /* of the whole thing; empty: none */
uint64_t faces_articles(const resolver *x, uint32_t root); /* of the whole thing */
sorted_face *faces_sort(resolver *x, const face_list *list, str (*key)(const graph_face *)); /* in scratch memory */
uint32_t faces_group_end(const sorted_face *list, uint32_t count, uint32_t begin);           /* of one key and type */

/* The offices of things, to ask of many faces whether they hold one of them. In scratch memory. */
typedef struct office_set {
    names offices, titles; /* titles: of whatever country, which may have been guessed */
} office_set;
void faces_offices(const resolver *x, uint32_t root, office_set *to); /* adds those of the whole thing */
bool faces_office_in(const graph_face *f, const office_set *s);
bool faces_title_in(const graph_face *f, const office_set *s);

/* graph_same_name.c: one name, any number of countries and initials. */
void faces_of_one_name(resolver *x, const sorted_face *list, uint32_t count);

/* graph_sound.c: how the name of a person is compared, into the face. */
void faces_hear(resolver *x, graph_face *f);

/* graph_surnames.c: names of one word. */
void faces_of_one_word(resolver *x);

/* graph_settle.c: what a thing is called and where it is at home, once all faces are joined. */
void faces_settle(graph *g);

#endif
