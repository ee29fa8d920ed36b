/* Phrases that point back: "the minister", "the Turkish president", "the two leaders", "the sides", "he", "they".
   They join what was named before them, in the nearest sentence that has it; where nothing fits they stay open. */
#include "stages/link.h"

#include <string.h>

static bool attribute_is(const mention *m, uint32_t key, const char *value) {
    return str_equal(mention_attribute(m, key), str_of(value));
}

static str title_words(linker *l, const slot *s) {
    const slot *words = s->mention == NONE ? NULL : mention_slot(&l->d->mentions.at[s->mention], KEY_TITLE);
    if (!words) words = s;
    return document_tokens(l->d, words->first, words->end);
}

static bool holds_office(linker *l, const entity *e, str head) {
    for (uint32_t i = 0; i < e->roles.len; i++) {
        role *r = &e->roles.at[i];
        if (!r->head.len) r->head = link_title(l, r->title).head;
        if (str_equal(r->head, head)) return true;
    }
    return false;
}

/* A sentence's mentions are in the order of the phases: who is named after a phrase is not what it points back to. */
static bool stands_after(const mention *other, const mention *m) {
    return other->sentence == m->sentence && other->first > m->first;
}

/* How far back a phrase points: an antecedent further away is no honest guess. */
enum { REACH = 400 };
static uint32_t reach_of(uint32_t at) { return at < REACH ? 0 : at - REACH + 1; }

/* The person of the article who held that office of that country at publication, by the lexicon of office holders. */
static uint32_t known_holder_in_article(linker *l, str title, const char *iso) {
    const title_fact office = link_title(l, title);
    for (uint32_t id = 0; id < l->d->entities.len && id < REACH; id++) {
        if (link_lexicon_holds(l, id, &office, iso)) return id;
    }
    return NONE;
}

/* The person is named in the sentence of a mention: who meets him is somebody else. */
static bool named_beside(const linker *l, uint32_t id, const mention *m) {
    const entity *e = &l->d->entities.at[id];
    for (uint32_t i = 0; i < e->mentions.len; i++) {
        if (l->d->mentions.at[e->mentions.at[i]].sentence == m->sentence) return true;
    }
    return false;
}

/* "The President opened the meeting", and the text names one president only, later: of the country that speaks, if any.
 */
static uint32_t only_holder_after(linker *l, uint32_t at, str head, const char *home) {
    uint32_t found = NONE;
    for (uint32_t id = 0; id < l->d->entities.len && id < REACH; id++) {
        const entity *e = &l->d->entities.at[id];
        if (e->type != ENTITY_PERSON || !holds_office(l, e, head)) continue;
        if (home && e->country[0] && strcmp(home, e->country) != 0) continue;
        if (found != NONE || named_beside(l, id, &l->d->mentions.at[at])) return NONE;
        found = id;
    }
    return found != NONE && l->d->mentions.at[at].sentence < 3 ? found : NONE;
}

/* The body that a phrase names: "the UN chief". */
static str body_words(linker *l, const slot *of) {
    const mention *thing = of->mention == NONE ? NULL : &l->d->mentions.at[of->mention];
    const slot *name = thing && thing->type == l->organization ? mention_slot(thing, KEY_NAME) : NULL;
    return name ? document_tokens(l->d, name->first, name->end) : (str){0};
}

/* A name without its office, which the lexicon knows. */
static bool join_known(linker *l, uint32_t at, const slot *office, str title, const char *home) {
    uint32_t id = home ? known_holder_in_article(l, title, home) : NONE;
    if (id == NONE) return false;
    link_join(l, at, id, "link/office-holder");
    link_add_office(l, id, at, office, home);
    return true;
}

/* `own`: an office of the country that publishes. */
static bool join_named_before(linker *l, uint32_t at, const office_phrase *phrase, bool own) {
    const mention *m = &l->d->mentions.at[at];
    for (uint32_t i = at; (i = link_before(l, i, reach_of(at), ENTITY_PERSON)) != NONE;) {
        const entity *e = link_entity_at(l, i);
        if (stands_after(&l->d->mentions.at[i], m)) continue;
        if (phrase->iso && (e->country[0] || own) && strcmp(phrase->iso, e->country) != 0) continue;
        if (!link_answers(l, e, phrase)) continue;
        link_join(l, at, l->d->mentions.at[i].entity, "link/office");
        return true;
    }
    return false;
}

/* "the minister", "the Turkish president": the nearest person before it with such an office (of that country). */
static void office_nominal(linker *l, uint32_t at, const slot *office) {
    const mention *m = &l->d->mentions.at[at];
    str ignored;
    const slot *of = mention_slot(m, KEY_OF);
    if (!of && office->mention != NONE) of = mention_slot(&l->d->mentions.at[office->mention], KEY_OF);
    const char *iso = of ? link_country_of(l, of, &ignored) : NULL;
    str title = title_words(l, office);
    bool own = !of && l->source && link_source_speaks_of(l, title);
    if (own) iso = link_source_iso(l);
    office_phrase phrase = link_phrase(l, title, of ? body_words(l, of) : (str){0}, iso);
    const char *home = iso ? iso : link_source_iso(l);
    if (own && join_known(l, at, office, title, home)) return;
    if (join_named_before(l, at, &phrase, own)) return;
    if (!own && join_known(l, at, office, title, home)) return;
    uint32_t id = iso ? NONE : only_holder_after(l, at, phrase.title.head, home);
    if (id != NONE) {
        link_join(l, at, id, "link/only-holder");
        return;
    }
    if (iso || m->slot_count > 1) { /* an office whose holder is never named */
        id = link_thing(l, ENTITY_GROUP, document_tokens(l->d, m->first, m->end), iso);
        link_join(l, at, id, "link/unnamed-holder");
    }
}

/* The office that "the Turkish and Greek foreign ministers" hold, each of them; that of their counterparts is the
   office of the person who is named last before. */
static str office_of_plural(linker *l, uint32_t at) {
    const mention *m = &l->d->mentions.at[at];
    const slot *offices = mention_slot(m, KEY_OFFICES);
    const entry *plural = offices ? worker_entry(l->w, offices->readings, l->k->known[KNOWN_OFFICE_PLURAL]) : NULL;
    str office = plural ? entry_fact(plural, KEY_SINGULAR) : (str){0};
    if (!str_equal(office, STR("counterpart"))) return office;
    for (uint32_t i = at; (i = link_before(l, i, reach_of(at), ENTITY_PERSON)) != NONE;) {
        const entity *e = link_entity_at(l, i);
        if (e->roles.len && l->d->mentions.at[i].first < m->first) return e->roles.at[0].title;
    }
    return (str){0};
}

/* Who is named as holder of that office of the country; "the Turkish one", of an office that a country has one of, is
   its unnamed holder; else the country. */
static uint32_t holder_or_country(linker *l, str office, const slot *of) {
    str name;
    const char *iso = link_country_of(l, of, &name);
    if (!office.len) return link_thing(l, ENTITY_COUNTRY, name, iso);
    title_fact title = link_title(l, office);
    for (uint32_t id = 0; id < l->d->entities.len && id < REACH; id++) {
        const entity *e = &l->d->entities.at[id];
        if (e->type == ENTITY_PERSON && strcmp(e->country, iso) == 0 && holds_office(l, e, title.head)) return id;
    }
    bool sole = title.whole && entry_fact(title.whole, KEY_SOLE).len;
    if (!sole || !worker_entry(l->w, of->readings, l->demonym)) return link_thing(l, ENTITY_COUNTRY, name, iso);
    return link_thing(l, ENTITY_GROUP, link_two_words(l, document_tokens(l->d, of->first, of->end), office), iso);
}

/* "the Turkish side", "the Turkish delegation", "the country". */
static bool country_nominal(linker *l, uint32_t at) {
    const slot *of = mention_slot(&l->d->mentions.at[at], KEY_OF);
    str name;
    const char *iso = of ? link_country_of(l, of, &name) : NULL;
    if (!iso) return false;
    const slot *of2 = mention_slot(&l->d->mentions.at[at], KEY_OF2); /* "the Turkish and Armenian governments" */
    const char *iso2 = of2 ? link_country_of(l, of2, &name) : NULL;
    if (iso2) {
        mention *m = &l->d->mentions.at[at];
        str office = office_of_plural(l, at);
        m->members = ARENA_ARRAY(l->d->arena, uint32_t, 2);
        m->members[0] = holder_or_country(l, office, of);
        m->members[1] = holder_or_country(l, office, of2);
        m->member_count = 2;
        m->link = "link/sides-of-countries";
        return true;
    }
    link_join(l, at, link_thing(l, ENTITY_COUNTRY, name, iso), "link/side-of-country");
    return true;
}

typedef struct members {
    uint32_t at[8];
    uint32_t count;
} members;

static void add_member(members *s, uint32_t id) {
    for (uint32_t i = 0; i < s->count; i++) {
        if (s->at[i] == id) return;
    }
    if (s->count < 8) s->at[s->count++] = id;
}

/* Entities of that type in the nearest sentence before mention `at` that has at least two of them; the first two when
   more are there and the phrase says two. */
static members nearest_pair(linker *l, uint32_t at, entity_type type) {
    uint32_t current = NONE;
    members found = {.count = 0};
    for (uint32_t i = at; (i = link_before(l, i, reach_of(at), type)) != NONE;) {
        const mention *m = &l->d->mentions.at[i];
        if (m->sentence != current) {
            if (found.count >= 2) break;
            found.count = 0;
            current = m->sentence;
        }
        if (!stands_after(m, &l->d->mentions.at[at])) add_member(&found, m->entity);
    }
    return found;
}

/* "the foreign ministers": people who hold that office, if anybody; "the leaders" may be any. */
static bool fits_plural(linker *l, const mention *m, const members *found) {
    str last = utf8_fold(l->d->arena, worker_word_text(l->w, l->d->tokens.at[m->end - 1].word));
    static const char *const offices[] = {"ministers",   "presidents",  "chancellors", "governors",
                                          "secretaries", "ambassadors", "generals"};
    for (size_t i = 0; i < sizeof offices / sizeof *offices; i++) {
        if (!str_equal(last, str_of(offices[i]))) continue;
        str singular = str_slice(last, 0, last.len - 1);
        for (uint32_t k = 0; k < found->count; k++) {
            const entity *e = &l->d->entities.at[found->at[k]];
            if (e->roles.len && !holds_office(l, e, singular)) return false;
        }
    }
    return true;
}

static void plural_nominal(linker *l, uint32_t at) {
    mention *m = &l->d->mentions.at[at];
    members found = {.count = 0};
    if (!attribute_is(m, KEY_KIND, "side")) found = nearest_pair(l, at, ENTITY_PERSON);
    if (found.count < 2) {
        members countries = nearest_pair(l, at, ENTITY_COUNTRY);
        if (countries.count >= 2)
            found = countries;
        else if (found.count < 2)
            found = nearest_pair(l, at, ENTITY_PERSON);
    }
    if (found.count < 2 || !fits_plural(l, m, &found)) return;
    if (found.count > 2) { /* collected backwards: the first two told are at the end */
        found.at[0] = found.at[found.count - 2];
        found.at[1] = found.at[found.count - 1];
        found.count = 2;
    }
    m->members = ARENA_ARRAY(l->d->arena, uint32_t, found.count);
    memcpy(m->members, found.at, found.count * sizeof *found.at);
    m->member_count = (uint16_t)found.count;
    m->link = "link/nearest-pair";
}

static char gender_of(linker *l, uint32_t id) {
    gender_fact *known = &l->genders.at[id];
    if (!known->asked) *known = (gender_fact){true, link_gender(l, id)};
    return known->gender;
}

/* He and she: the person who was named first in the sentence before, or the nearest one before in this sentence. */
static void person_pronoun(linker *l, uint32_t at) {
    mention *m = &l->d->mentions.at[at];
    str gender = mention_attribute(m, KEY_GENDER);
    uint32_t here = NONE, before = NONE, sentence_before = NONE;
    for (uint32_t i = at; (i = link_before(l, i, reach_of(at), ENTITY_PERSON)) != NONE;) {
        const mention *other = &l->d->mentions.at[i];
        if (m->sentence - other->sentence > 2) break;
        if (stands_after(other, m)) continue;
        char known = gender_of(l, other->entity);
        if (known && gender.len && known != gender.at[0]) continue;
        if (other->sentence == m->sentence) {
            here = i; /* the first of the sentence in the end: its subject */
        } else if (here == NONE && (sentence_before == NONE || sentence_before == other->sentence)) {
            before = i;
            sentence_before = other->sentence;
        }
    }
    uint32_t found = here != NONE ? here : before;
    if (found != NONE) link_join(l, at, l->d->mentions.at[found].entity, "link/pronoun");
}

static bool is_comma(const linker *l, uint32_t at) {
    const token *t = &l->d->tokens.at[at];
    return t->end == t->begin + 1 && l->d->buffer.at[t->begin] == ',';
}

/* "During his visit to Lisbon, Kaleva said": he who is named first after the comma that ends the words before. */
static bool named_after_introduction(linker *l, uint32_t at) {
    enum { WORDS_BETWEEN = 3 };
    const mention *m = &l->d->mentions.at[at];
    const sentence *in = &l->d->sentences.at[m->sentence];
    uint32_t comma = m->end;
    str gender = mention_attribute(m, KEY_GENDER);
    if (m->first > in->first + WORDS_BETWEEN) return false;
    while (comma < in->end && !is_comma(l, comma)) comma++;
    stretch s = link_around(l, at);
    for (uint32_t i = s.first; i < s.end; i++) {
        const mention *who = &l->d->mentions.at[i];
        bool near = who->first > comma && who->first <= comma + 1 + WORDS_BETWEEN;
        if (l->kinds[i] != ENTITY_PERSON + 1 || !near) continue;
        char known = gender_of(l, who->entity);
        if (known && gender.len && known != gender.at[0]) return false;
        link_join(l, at, who->entity, "link/pronoun-ahead");
        return true;
    }
    return false;
}

void link_nominals(linker *l) {
    for (uint32_t i = 0; i < l->pointing.len; i++) {
        uint32_t at = l->pointing.at[i];
        mention *m = &l->d->mentions.at[at];
        if (m->entity != NONE) continue;
        const slot *office = mention_slot(m, KEY_OFFICE);
        if (attribute_is(m, KEY_NUMBER, "plural"))
            plural_nominal(l, at);
        else if (m->type == l->pronoun && named_after_introduction(l, at))
            continue;
        else if (m->type == l->pronoun)
            person_pronoun(l, at);
        else if (office)
            office_nominal(l, at, office);
        else
            country_nominal(l, at);
    }
}
