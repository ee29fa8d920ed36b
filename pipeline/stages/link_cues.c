/* What the sentence around an office says of its country. Mentions of a sentence stand by phase, not by place. */
#include "stages/link.h"

#include <string.h>

enum { BACK = 2, REACH = 7 }; /* sentences back to a subject; words back to what was held with the holder */

static const entity *entity_of(const linker *l, const mention *m) {
    return m->entity == NONE ? NULL : &l->d->entities.at[m->entity];
}

/* The n-th word before a token of a sentence, in lower case as written; empty before its beginning. */
static uint32_t word_before(const linker *l, const mention *m, uint32_t n) {
    return m->first < l->d->sentences.at[m->sentence].first + n ? NONE : l->d->tokens.at[m->first - n].word;
}

static bool is_word(const linker *l, uint32_t word, const char *text) {
    return word != NONE && str_equal(worker_word_text(l->w, word), str_of(text));
}

static bool is_class(const linker *l, uint32_t word, known_class class) {
    return word != NONE && worker_word_is(l->w, word, l->k->known[class]);
}

static bool of_contact(const linker *l, uint32_t word) {
    return is_class(l, word, KNOWN_MEET_VERB) || is_class(l, word, KNOWN_MEETING_NOUN) ||
           is_class(l, word, KNOWN_CALL_NOUN) || is_class(l, word, KNOWN_SPEAK_VERB);
}

/* "met", "will hold talks with", "paid a courtesy call on", "was received by": the holder is the other side. */
static bool is_met(const linker *l, const mention *m) {
    uint32_t one = word_before(l, m, 1), two = word_before(l, m, 2);
    if (is_class(l, one, KNOWN_MEET_VERB) || is_class(l, one, KNOWN_RECEIVE_VERB)) return true;
    if (is_word(l, one, "by")) return is_class(l, two, KNOWN_RECEIVE_VERB);
    if (!is_word(l, one, "with") && !is_word(l, one, "to") && !is_word(l, one, "on")) return false;
    for (uint32_t n = 2; n <= REACH; n++) {
        if (of_contact(l, word_before(l, m, n))) return true;
    }
    return false;
}

/* The first person of a sentence before a token. */
static const entity *subject_in(const linker *l, stretch s, const mention *before) {
    const mention *first = NULL;
    for (uint32_t i = s.first; i < s.end; i++) {
        const entity *e = link_entity_at(l, i);
        const mention *m = &l->d->mentions.at[i];
        if (!e || e->type != ENTITY_PERSON || m->first >= before->first || m->entity == before->entity) continue;
        if (!first || m->first < first->first) first = m;
    }
    return first ? entity_of(l, first) : NULL;
}

/* Who the sentence speaks of, when his country or body is known: its first person, else that of a sentence shortly
 * before ("He will meet ..."). */
static const entity *subject_of(const linker *l, const mention *m, uint32_t at) {
    stretch s = link_around(l, at);
    const entity *e = subject_in(l, s, m);
    while (!e && s.first > 0 && m->sentence - l->d->mentions.at[s.first - 1].sentence <= BACK) {
        s = link_around(l, s.first - 1);
        e = subject_in(l, s, m);
    }
    return e && (e->country[0] || (e->roles.len && e->roles.at[0].of.len)) ? e : NULL;
}

/* "The High Representative will travel to Lisbon, where he will meet President A." */
static bool says_where(const linker *l, const mention *before) {
    for (uint32_t n = 1; n <= REACH; n++) {
        if (is_word(l, word_before(l, before, n), "where")) return true;
    }
    return false;
}

/* The one country, but for `not`, that a sentence names before a token; NULL: none, or several. */
static const char *one_country(const linker *l, stretch s, uint32_t before, const char * not, bool *several) {
    const char *found = NULL;
    for (uint32_t i = s.first; i < s.end; i++) {
        const entity *e = link_entity_at(l, i);
        if (!e || l->d->mentions.at[i].first >= before || e->type == ENTITY_PERSON || !e->country[0] ||
            strcmp(e->country, not ) == 0)
            continue;
        *several = found && strcmp(found, e->country) != 0;
        if (*several) return NULL;
        found = e->country;
    }
    return found;
}

/* "Shahin (of A) will visit B, where he will meet President Tessema": the holder is of the one other country that the
   sentence names, or one shortly before, or the article. */
const char *link_country_of_host(linker *l, uint32_t at, const link_two *article) {
    const mention *m = &l->d->mentions.at[at];
    if (!is_met(l, m)) return NULL;
    bool several = false;
    stretch s = link_around(l, at);
    const char *where = says_where(l, m) ? one_country(l, s, m->first, "", &several) : NULL;
    const entity *subject = subject_of(l, m, at);
    if (where || !subject) return where;
    const char *there = one_country(l, s, m->first, subject->country, &several);
    while (!there && !several && s.first > 0 && m->sentence - l->d->mentions.at[s.first - 1].sentence <= BACK) {
        s = link_around(l, s.first - 1);
        there = one_country(l, s, m->first, subject->country, &several);
    }
    if (there || article->count != 2) return there;
    bool first = strcmp(article->iso[0], subject->country) == 0,
         second = strcmp(article->iso[1], subject->country) == 0;
    return first == second ? NULL : article->iso[first];
}

/* "A, an aide to President B": who is named after the words that end with "to". */
static bool is_served(const linker *l, const mention *servant, const mention *other) {
    uint32_t last = l->d->tokens.at[servant->end - 1].word;
    return servant->end == other->first &&
           (is_word(l, last, "to") || is_word(l, last, "for") || is_word(l, last, "of"));
}

/* "The country's (foreign ministry) spokesman A": the country that is named last before. */
static const char *country_pointed_at(const linker *l, uint32_t at) {
    const mention *m = &l->d->mentions.at[at];
    bool points = false;
    for (uint32_t n = 1; n < REACH && !points; n++)
        points = is_word(l, word_before(l, m, n), "'s") && is_word(l, word_before(l, m, n + 1), "country");
    for (uint32_t i = at; points && i-- > 0;) {
        const mention *before = &l->d->mentions.at[i];
        const entity *e = link_entity_at(l, i);
        if (e && e->type == ENTITY_COUNTRY && (before->sentence < m->sentence || before->first < m->first))
            return e->country;
    }
    return NULL;
}

/* "her spokesman A", "Kaleva, accompanied by Minister A", "Kaleva's adviser B", "a Mongolian delegation led by Minister
 * C": the country of whose it is. */
const char *link_country_of_owner(linker *l, uint32_t at) {
    const mention *m = &l->d->mentions.at[at];
    uint32_t one = word_before(l, m, 1), two = word_before(l, m, 2);
    const char *pointed = country_pointed_at(l, at);
    const entity *owner = NULL;
    if (pointed) return pointed;
    if (is_word(l, one, "his") || is_word(l, one, "her")) owner = subject_of(l, m, at);
    if (is_word(l, one, "by") && (is_word(l, two, "accompanied") || is_word(l, two, "flanked")))
        owner = subject_of(l, m, at);
    bool led = is_word(l, one, "by") && (is_word(l, two, "led") || is_word(l, two, "headed"));
    stretch s = link_around(l, at);
    for (uint32_t i = s.first; i < s.end && !owner; i++) {
        const mention *other = &l->d->mentions.at[i];
        const entity *e = link_entity_at(l, i);
        if (!e || e->type != ENTITY_PERSON) e = NULL;
        if (e && other->end + 1 == m->first && is_word(l, one, "'s")) owner = e;
        if (e && is_served(l, m, other)) owner = e;
        const slot *of = led && other->end + 2 == m->first ? mention_slot(other, KEY_OF) : NULL;
        str name;
        const char *iso = of ? link_country_of(l, of, &name) : NULL;
        if (iso) return iso;
    }
    return owner && owner->country[0] ? owner->country : NULL;
}

/* A country that the sentence begins with ("Kenya's parliament ...", "In Lisbon, ..."), and no other before the office.
 */
const char *link_country_of_sentence(linker *l, uint32_t at) {
    const mention *office = &l->d->mentions.at[at];
    uint32_t begin = l->d->sentences.at[office->sentence].first;
    bool several = false;
    stretch s = link_around(l, at);
    const char *found = one_country(l, s, office->first, "", &several);
    for (uint32_t i = s.first; found && i < s.end; i++) {
        const mention *m = &l->d->mentions.at[i];
        const entity *e = m->first <= begin + 1 && m->first < office->first ? entity_of(l, m) : NULL;
        bool of_person = m->parent != NONE && l->d->mentions.at[m->parent].type != l->organization;
        if (e && e->type != ENTITY_PERSON && e->country[0] && !of_person) return found;
    }
    return NULL;
}
