/* The offices that people hold, as their mentions tell them. */
#include "stages/link.h"

#include <string.h>

enum { NEAR = 400 }; /* how many mentions back, and how many entities in all, are looked at */

/* The head of a title that the lexicon does not know as a whole may be known; a rank is one too. */
static title_fact ask_title(linker *l, str title) {
    title_fact t = {.title = title, .folded = utf8_fold(l->d->arena, title)};
    t.head = link_title_head(l, title, t.folded);
    t.whole = t.office = worker_phrase_entry(l->w, title, l->office_head);
    str last = link_title_last(t.folded);
    if (!t.office && last.len < t.folded.len) t.office = worker_phrase_entry(l->w, last, l->office_head);
    if (!t.office) t.office = worker_phrase_entry(l->w, title, l->rank);
    return t;
}

title_fact link_title(linker *l, str title) {
    for (uint32_t i = 0; i < l->titles.len; i++) {
        if (str_equal(l->titles.at[i].title, title)) return l->titles.at[i];
    }
    title_fact t = ask_title(l, title);
    if (l->titles.len < NEAR) *VEC_PUSH(l->d->arena, &l->titles) = t;
    return t;
}

static bool same_text(linker *l, str a, str b) {
    return str_equal(a, b) || str_equal(utf8_fold(l->d->arena, a), utf8_fold(l->d->arena, b));
}

/* "Minister" or "Secretary" after "Foreign Minister", "Secretary of State": the same office told shortly. Not
   "President" after "Vice President". */
static bool short_form(const title_fact *title, const title_fact *longer) {
    return longer->title.len > title->title.len && str_equal(title->folded, longer->head);
}

/* "RSF" of "Rapid Support Forces": the capitals of the longer name. */
static bool is_acronym(str acronym, str name) {
    size_t n = 0;
    for (size_t i = 0; i < name.len; i++) {
        bool first = i == 0 || name.at[i - 1] == ' ', capital = name.at[i] >= 'A' && name.at[i] <= 'Z';
        if (first && capital && (n == acronym.len || acronym.at[n++] != name.at[i])) return false;
    }
    return n == acronym.len && n > 1;
}

/* One body under its name and its acronym. */
bool link_same_body(linker *l, str a, str b) {
    if (same_text(l, a, b) || is_acronym(a, b) || is_acronym(b, a)) return true;
    for (uint32_t id = 0; id < l->d->entities.len && id < NEAR; id++) {
        const entity *e = &l->d->entities.at[id];
        bool has_a = str_equal(e->name, a), has_b = str_equal(e->name, b);
        if (e->type != ENTITY_ORGANIZATION) continue;
        for (uint32_t k = 0; k < e->aliases.len; k++) {
            has_a |= str_equal(e->aliases.at[k], a);
            has_b |= str_equal(e->aliases.at[k], b);
        }
        if (has_a && has_b) return true;
    }
    return false;
}

static bool yes(const mention *m, uint32_t key) { return str_equal(mention_attribute(m, key), STR("yes")); }

/* The code of the country that a body or place of the lexicon belongs to, or NULL. */
static const char *iso_of_thing(linker *l, const slot *s) {
    uint32_t count;
    const reading *r = worker_readings(l->w, s->readings, &count);
    for (uint32_t i = 0; i < count; i++) {
        const entry *e = r[i].entry == NONE ? NULL : &l->k->entries.at[r[i].entry];
        if (e && e->list != l->given && e->list != l->family && entry_fact(e, KEY_ISO).len == 2)
            return arena_copy(l->d->arena, entry_fact(e, KEY_ISO)).at;
    }
    return NULL;
}

/* The body or country of an office: its own `of`, else that of the person's mention. */
static void office_of(linker *l, const mention *office, const mention *holder, role *r) {
    const slot *of = office ? mention_slot(office, KEY_OF) : NULL;
    if (!of && holder) of = mention_slot(holder, KEY_OF);
    if (!of) return;
    str name;
    const char *iso = link_country_of(l, of, &name);
    if (iso) {
        r->of = name;
        memcpy(r->country, iso, 3);
        return;
    }
    const entry *leader = worker_entry(l->w, of->readings, l->leader); /* "Biden's National Security Advisor" */
    const entry *country = leader ? pack_entry_of_iso(l->k, l->country, entry_fact(leader, KEY_ISO)) : NULL;
    if (country) {
        r->of = country->canonical;
        memcpy(r->country, entry_fact(country, KEY_ISO).at, 2);
        return;
    }
    const mention *thing = of->mention != NONE ? &l->d->mentions.at[of->mention] : NULL;
    const slot *words = thing ? mention_slot(thing, KEY_NAME) : NULL; /* without "(NATO)" */
    if (!words) words = of;
    r->of = document_tokens(l->d, words->first, words->end);
    uint32_t seat = thing ? thing->entity : link_place_called(l, r->of);
    const slot *in = office ? mention_slot(office, KEY_IN) : NULL;
    uint32_t outer = in && in->mention != NONE ? l->d->mentions.at[in->mention].entity : NONE;
    if (in)
        iso = outer != NONE ? l->d->entities.at[outer].country : iso_of_thing(l, in);
    else
        iso = seat != NONE ? l->d->entities.at[seat].country : iso_of_thing(l, of);
    const slot *holder_of = holder ? mention_slot(holder, KEY_OF) : NULL; /* "Council Secretary A of Armenia" */
    const char *home = holder_of && holder_of != of ? link_country_of(l, holder_of, &name) : NULL;
    if (home) iso = home;
    if (iso && iso[0]) memcpy(r->country, iso, 3);
}

/* One of two tellings of an office: the longer title stays, and what either knows of its body and time. */
static bool same_office(linker *l, const role *a, const role *b) {
    title_fact x = link_title(l, a->title), y = link_title(l, b->title);
    bool title = str_equal(x.folded, y.folded) || (x.whole && x.whole == y.whole) || short_form(&x, &y) ||
                 short_form(&y, &x);
    return title && a->former == b->former && (!a->of.len || !b->of.len || link_same_body(l, a->of, b->of));
}

static void add_role(linker *l, uint32_t id, role r) {
    entity *e = &l->d->entities.at[id];
    if (r.country[0] && !e->country[0] && !r.former) memcpy(e->country, r.country, 3);
    for (uint32_t i = 0; i < e->roles.len; i++) {
        role *old = &e->roles.at[i];
        if (!same_office(l, old, &r)) continue;
        if (r.title.len > old->title.len) old->title = r.title, old->mention = r.mention;
        if (!old->of.len) old->of = r.of, memcpy(old->country, r.country, 3), old->rule = r.rule;
        return;
    }
    *VEC_PUSH(l->d->arena, &e->roles) = r;
}

/* The person other than `id` with an office who was named last before a mention, or NONE. */
static uint32_t holder_before(const linker *l, uint32_t at, uint32_t id) {
    const mention *m = &l->d->mentions.at[at];
    uint32_t low = at < NEAR ? 0 : at - NEAR + 1;
    for (uint32_t i = at; (i = link_before(l, i, low, ENTITY_PERSON)) != NONE;) {
        bool holds = l->joined[i] != id && l->d->entities.at[l->joined[i]].roles.len > 0;
        if (holds && l->d->mentions.at[i].first < m->first) return l->joined[i];
    }
    return NONE;
}

/* "his Turkish counterpart Hulusi Akar": the office of the one who was named last before, for the country of the
 * demonym. */
static void counterpart(linker *l, uint32_t at, const slot *title) {
    const mention *m = &l->d->mentions.at[at];
    uint32_t before = holder_before(l, at, m->entity);
    if (before == NONE) return;
    role r = {.title = l->d->entities.at[before].roles.at[0].title, .mention = at, .rule = "link/counterpart"};
    office_of(l, title->mention != NONE ? &l->d->mentions.at[title->mention] : NULL, m, &r);
    if (r.of.len) add_role(l, m->entity, r);
}

/* "then-President", "ex-minister": the office without its time. */
static str without_time(str title, bool *former) {
    static const char *const times[] = {"then-", "ex-", "former-", "one-time-"};
    for (size_t i = 0; i < sizeof times / sizeof *times; i++) {
        str time = str_of(times[i]);
        if (title.len > time.len && (title.at[0] | 32) == time.at[0] &&
            str_equal(str_slice(title, 1, time.len), str_slice(time, 1, time.len))) {
            *former = true;
            return str_slice(title, time.len, title.len);
        }
    }
    return title;
}

/* "Foreign Ministers" of one of them: "Foreign Minister". The lexicon has the singular in lower case. */
static str singular(linker *l, const slot *s, str printed) {
    const entry *plural = worker_entry(l->w, s->readings, l->office_plural);
    str one = plural ? entry_fact(plural, KEY_SINGULAR) : (str){0};
    size_t same = 0;
    if (!one.len || printed.len < one.len) return printed;
    while (same < one.len && (printed.at[same] | 32) == (one.at[same] | 32)) same++;
    return same == one.len ? str_slice(printed, 0, same) : one;
}

/* One office of the holder; `words` name it, inside the mention `office` or in the holder's own mention. */
static void one_role(linker *l, uint32_t at, uint32_t holder, const mention *office, const slot *words) {
    const mention *m = &l->d->mentions.at[at];
    role r = {.title = singular(l, words, document_tokens(l->d, words->first, words->end)), .mention = at};
    r.former = office && mention_slot(office, KEY_FORMER);
    r.title = without_time(r.title, &r.former);
    const slot *post = office ? mention_slot(office, KEY_POST) : NULL;
    if (post) r.title = link_two_words(l, r.title, document_tokens(l->d, post->first, post->end));
    office_of(l, office, m, &r);
    link_trim_title(l, holder, &r);
    bool same;
    if (link_office_is_anothers(l, holder, &r, &same)) {
        if (!same) return;
        r.of = (str){0}; /* his own office, of his own country */
        memset(r.country, 0, sizeof r.country);
    }
    add_role(l, holder, r);
}

static void title_role(linker *l, uint32_t at, uint32_t holder, const slot *title) {
    const mention *m = &l->d->mentions.at[at];
    const mention *office = title->mention != NONE ? &l->d->mentions.at[title->mention] : NULL;
    if (yes(m, KEY_COUNTERPART) || (office && yes(office, KEY_COUNTERPART))) {
        counterpart(l, at, title);
        return;
    }
    const slot *words = office ? mention_slot(office, KEY_TITLE) : NULL;
    const slot *second = office ? mention_slot(office, KEY_TITLE2) : NULL;
    /* "Assistant to the President and Director of X": X is of the second only */
    str first = second && words ? document_tokens(l->d, words->first, words->end) : (str){0};
    bool served = first.len && memmem(first.at, first.len, " to ", 4);
    one_role(l, at, holder, served ? NULL : office, words ? words : title);
    if (second) one_role(l, at, holder, office, second);
}

/* "Mayors Strickland and Harris": that a leader of the surname is told elsewhere gives him no office in a list. */
static bool surname_of_leader(linker *l, const mention *m) {
    return m->link && strcmp(m->link, "link/surname") == 0 && link_known_holder(l, m->entity);
}

/* "Presidents Biden and Xi", "Foreign Ministers A of X and B of Y": the title of the first is also that of the others
   in the list. */
static void share_title(linker *l, uint32_t list) {
    const slot *title = NULL;
    for (uint32_t i = link_around(l, list).first; i < list; i++) {
        const mention *m = &l->d->mentions.at[i];
        if (m->parent == list && m->type == l->name && title) link_person_of_name(l, i);
        if (m->parent != list || m->entity == NONE) continue;
        const slot *own = mention_slot(m, KEY_TITLE);
        if (own && worker_entry(l->w, own->readings, l->office_plural))
            title = own;
        else if (own)
            title = NULL;
        else if (title && l->d->entities.at[m->entity].type == ENTITY_PERSON && !surname_of_leader(l, m))
            one_role(l, i, m->entity, NULL, title);
    }
}

/* "The Russian and Chinese foreign ministers, A and B": as many countries as people, in one order. */
static void respective_titles(linker *l, uint32_t list) {
    static const uint32_t of_keys[] = {KEY_OF, KEY_OF2, KEY_OF3}, who_keys[] = {KEY_WHO, KEY_WHO2, KEY_WHO3};
    const mention *m = &l->d->mentions.at[list];
    const slot *title = mention_slot(m, KEY_TITLE);
    for (size_t i = 0; title && i < 3; i++) {
        const slot *of = mention_slot(m, of_keys[i]), *who = mention_slot(m, who_keys[i]);
        if (!of != !who) return;
    }
    for (size_t i = 0; title && i < 3; i++) {
        const slot *of = mention_slot(m, of_keys[i]), *who = mention_slot(m, who_keys[i]);
        uint32_t id = who && who->mention != NONE ? l->d->mentions.at[who->mention].entity : NONE;
        str name;
        const char *iso = id != NONE ? link_country_of(l, of, &name) : NULL;
        if (!iso) continue;
        role r = {.title = singular(l, title, document_tokens(l->d, title->first, title->end)), .mention = list};
        if (str_equal(link_title(l, r.title).folded, STR("counterpart"))) {
            uint32_t before = holder_before(l, list, id);
            if (before == NONE) continue;
            r.title = l->d->entities.at[before].roles.at[0].title;
            r.rule = "link/counterpart";
        }
        r.of = name;
        memcpy(r.country, iso, 3);
        add_role(l, id, r);
    }
}

void link_add_office(linker *l, uint32_t id, uint32_t at, const slot *office, const char *iso) {
    const slot *words = office->mention == NONE ? NULL : mention_slot(&l->d->mentions.at[office->mention], KEY_TITLE);
    const entry *country = pack_entry_of_iso(l->k, l->country, str_of(iso));
    if (!words) words = office;
    role r = {.title = document_tokens(l->d, words->first, words->end), .mention = at, .rule = "link/office-holder"};
    if (country) r.of = country->canonical;
    memcpy(r.country, iso, 3);
    add_role(l, id, r);
}

/* "Anna Kaleva of Portugal": the person's country, whatever the office. */
static void take_country(linker *l, const mention *m) {
    const slot *of = mention_slot(m, KEY_OF);
    str name;
    const char *iso = of ? link_country_of(l, of, &name) : NULL;
    entity *e = &l->d->entities.at[m->entity];
    if (iso && !e->country[0]) memcpy(e->country, iso, 3);
}

static bool title_key(uint32_t key) { return key == KEY_TITLE || key == KEY_TITLE2 || key == KEY_TITLE3; }

void link_roles(linker *l) {
    for (uint32_t i = 0; i < l->d->mentions.len; i++) {
        if (l->kinds[i] != ENTITY_PERSON + 1) continue;
        const mention *m = &l->d->mentions.at[i];
        take_country(l, m);
        for (uint32_t j = 0; j < m->slot_count; j++) {
            if (title_key(m->slots[j].key)) title_role(l, i, m->entity, &m->slots[j]);
        }
    }
    for (uint32_t i = 0; i < l->of_people.len; i++) {
        share_title(l, l->of_people.at[i]);
        respective_titles(l, l->of_people.at[i]);
    }
    link_countries(l);
}
