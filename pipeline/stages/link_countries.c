/* The country of an office that is told without one, from the nearest honest cue. A wrong country parts one person into
   two, so a cue that the lexicon contradicts counts for nothing, and a weak one says nothing of the person. */
#include "stages/link.h"

#include <string.h>

enum { NEAR = 400 };           /* how many mentions back, and how many entities in all, are looked at */
enum { OFTEN = 3, EARLY = 3 }; /* a country named so often; in one of the first sentences */

/* What an article as a whole says. */
typedef struct home {
    const entry *government, *agency; /* its source speaks for a government; is an agency of a country that it names */
    const entry *only;                /* the one country that it names */
    bool often;                       /* `only` is named often */
    const entry *dateline;            /* where it was written */
    link_two two;
} home;

typedef struct cue {
    const char *reason;
    const entry *country;
    bool any_office; /* else only offices of a state */
    bool sure;       /* it is the person's country too */
    bool near;       /* said beside the office: it outweighs whom the lexicon has in that office */
} cue;

static const entry *country_entry(linker *l, const char *iso) {
    return iso && iso[0] ? pack_entry_of_iso(l->k, l->country, str_of(iso)) : NULL;
}

/* Its offices are named without the country. */
const entry *link_source(linker *l) {
    uint32_t class = l->k->known[KNOWN_HOME_SOURCE];
    return l->d->source.len ? worker_phrase_entry(l->w, l->d->source, class) : NULL;
}

const char *link_source_iso(linker *l) {
    const entry *source = l->source;
    return source ? arena_copy(l->d->arena, entry_fact(source, KEY_ISO)).at : NULL;
}

/* "The President", in what the Kremlin publishes: its own. */
bool link_source_speaks_of(linker *l, str title) {
    const entry *source = l->source;
    str folded = link_title(l, title).folded, offices = source ? entry_fact(source, KEY_SPEAKS) : (str){0};
    for (str office; offices.len;) {
        str_cut(offices, ',', &office, &offices);
        if (str_equal(office, folded)) return true;
    }
    return false;
}

/* "Britain's Foreign Secretary A and Defence Secretary B": the country of the one before in the same list. */
static const char *country_in_list(linker *l, const role *r) {
    uint32_t list = l->d->mentions.at[r->mention].parent;
    if (list == NONE || l->d->mentions.at[list].type != l->people) return NULL;
    if (!mention_slot(&l->d->mentions.at[r->mention], KEY_TITLE)) return NULL; /* "Presidents A and B" */
    for (uint32_t i = r->mention; i-- > 0 && r->mention - i < NEAR;) {
        const mention *m = &l->d->mentions.at[i];
        if (m->parent != list || m->entity == NONE || !mention_slot(m, KEY_TITLE)) continue;
        if (l->d->entities.at[m->entity].country[0]) return l->d->entities.at[m->entity].country;
    }
    return NULL;
}

/* The one country that the article speaks of, by its places and people too, unless only once and in passing. */
static const entry *only_country(linker *l, bool *often) {
    const entity *only = NULL;
    uint32_t count = 0;
    for (uint32_t i = 0; i < l->d->entities.len; i++) {
        const entity *e = &l->d->entities.at[i];
        if (e->type == ENTITY_ORGANIZATION || e->type == ENTITY_GROUP || !e->country[0] || !e->mentions.len) continue;
        if (only && strcmp(only->country, e->country) != 0) return NULL;
        only = e;
        count += e->mentions.len;
    }
    *often = count >= OFTEN;
    bool passing = count == 1 && l->d->mentions.at[only->mentions.at[0]].sentence >= EARLY;
    return count && !passing ? country_entry(l, only->country) : NULL;
}

/* Besides places, where anybody may meet. */
static bool names_country(const linker *l, const entry *country) {
    str iso = country ? entry_fact(country, KEY_ISO) : (str){0};
    for (uint32_t i = 0; iso.len && i < l->d->entities.len && i < NEAR; i++) {
        const entity *e = &l->d->entities.at[i];
        if (e->type != ENTITY_PLACE && str_equal(str_of(e->country), iso)) return true;
    }
    return false;
}

/* The countries of everything that the article names. */
static link_two countries_named(const linker *l) {
    link_two two = {0};
    for (uint32_t i = 0; i < l->d->entities.len && i < NEAR && two.count <= 2; i++) {
        const char *iso = l->d->entities.at[i].country;
        bool known = !iso[0];
        for (uint32_t k = 0; k < two.count && k < 2; k++) known |= strcmp(two.iso[k], iso) == 0;
        if (!known && two.count < 2) memcpy(two.iso[two.count], iso, 3);
        two.count += !known;
    }
    return two;
}

static const entry *dateline_country(linker *l) {
    static const known_class places[] = {KNOWN_CAPITAL, KNOWN_CITY, KNOWN_TOWN};
    str where = l->d->dateline_place;
    const entry *e = NULL;
    for (size_t i = 0; where.len && !e && i < sizeof places / sizeof *places; i++)
        e = worker_phrase_entry(l->w, where, l->k->known[places[i]]);
    return e ? pack_entry_of_iso(l->k, l->country, entry_fact(e, KEY_ISO)) : NULL;
}

static home ask_home(linker *l) {
    home h = {0};
    const entry *source = l->source;
    str iso = source ? entry_fact(source, KEY_ISO) : (str){0};
    bool agency = source && str_equal(entry_fact(source, KEY_KIND), STR("agency"));
    if (iso.len && !agency) h.government = pack_entry_of_iso(l->k, l->country, iso);
    if (iso.len && agency) h.agency = pack_entry_of_iso(l->k, l->country, iso);
    if (!names_country(l, h.agency)) h.agency = NULL;
    h.only = only_country(l, &h.often);
    h.dateline = dateline_country(l);
    if (!names_country(l, h.dateline)) h.dateline = NULL;
    h.two = countries_named(l);
    return h;
}

/* Somebody else has that office of that country, and a country has one of them. */
static bool taken(linker *l, uint32_t id, const title_fact *title, const entry *country) {
    if (!title->whole || !entry_fact(title->whole, KEY_SOLE).len) return false;
    str iso = entry_fact(country, KEY_ISO);
    for (uint32_t i = 0; i < l->d->entities.len && i < NEAR; i++) {
        const entity *e = &l->d->entities.at[i];
        for (uint32_t k = 0; i != id && k < e->roles.len; k++) {
            const role *r = &e->roles.at[k];
            if (!r->former && str_equal(str_of(r->country), iso) && link_title(l, r->title).whole == title->whole)
                return true;
        }
    }
    return false;
}

/* From the nearest to the farthest; each is asked when those before it said nothing that holds. */
enum { GUESSES = 8 };
static cue guess(linker *l, const role *r, const home *h, int which) {
    uint32_t at = r->mention;
    switch (which) {
    case 0: return (cue){"link/country-in-list", country_entry(l, country_in_list(l, r)), true, true, true};
    case 1:
        return (cue){"link/country-of-host", country_entry(l, link_country_of_host(l, at, &h->two)), false, true, true};
    case 2: return (cue){"link/country-of-owner", country_entry(l, link_country_of_owner(l, at)), false, true, true};
    case 3: return (cue){"link/country-of-source", h->government, true, true, false};
    case 4:
        return (cue){"link/country-of-sentence", country_entry(l, link_country_of_sentence(l, at)), false, true, true};
    case 5: return (cue){"link/only-country", h->only, false, h->often, false};
    case 6: return (cue){"link/country-of-dateline", h->dateline, false, false, false};
    default: return (cue){"link/country-of-agency", h->agency, false, false, false};
    }
}

static cue cue_for(linker *l, uint32_t id, const role *r, const home *h) {
    title_fact title = link_title(l, r->title);
    str of_title = title.whole ? entry_fact(title.whole, KEY_ISO) : (str){0};
    bool state = title.office && entry_fact(title.office, KEY_STATE).len;
    const cue own[] = {
        {"link/country-of-other-office", country_entry(l, l->d->entities.at[id].country), true, true, false},
        {"link/office-holder", link_country_of_holder(l, id, &title), true, true, false},
        {"link/country-of-title", pack_entry_of_iso(l->k, l->country, of_title), true, true, false},
    };
    for (size_t i = 0; i < sizeof own / sizeof *own; i++) {
        if (own[i].country) return own[i];
    }
    const entry *known = link_known_holder(l, id);
    str land = known ? entry_fact(known, KEY_ISO) : (str){0}; /* nobody guesses another one for a known leader */
    for (int i = 0; i < GUESSES; i++) {
        const cue c = guess(l, r, h, i);
        if (c.country && land.len && !str_equal(entry_fact(c.country, KEY_ISO), land)) continue;
        if (c.country && (state || c.any_office) && !taken(l, id, &title, c.country) &&
            !link_no_such_office(&title, c.country) && (c.near || !link_lexicon_refutes(l, id, &title, c.country)))
            return c;
    }
    return (cue){0};
}

static void fill(role *r, const cue *c) {
    str iso = entry_fact(c->country, KEY_ISO);
    r->of = c->country->canonical;
    if (iso.len == 2) memcpy(r->country, iso.at, 2);
    r->rule = c->reason;
}

void link_countries(linker *l) {
    home h = ask_home(l);
    for (uint32_t i = 0; i < l->d->entities.len; i++) {
        entity *e = &l->d->entities.at[i];
        for (uint32_t k = 0; e->type == ENTITY_PERSON && k < e->roles.len; k++) {
            role *r = &e->roles.at[k];
            link_title_of_holder(l, i, r);
            if (r->of.len || link_body_of_holder(l, i, r)) continue;
            cue c = cue_for(l, i, r, &h);
            if (!c.country) continue;
            fill(r, &c);
            if (c.sure && !r->former && !e->country[0]) memcpy(e->country, r->country, 3);
        }
        for (uint32_t k = 0; e->type == ENTITY_PERSON && k < e->roles.len && !e->country[0]; k++) {
            if (!e->roles.at[k].former && !e->roles.at[k].rule) memcpy(e->country, e->roles.at[k].country, 3);
        }
    }
}
