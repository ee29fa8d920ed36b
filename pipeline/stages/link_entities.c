/* The entities of an article and the look-up that keeps one for each real thing. */
#include "stages/link.h"

#include <string.h>

static uint32_t probe(const name_index *x, entity_type type, str folded, uint32_t hash) {
    uint32_t at = hash & (x->room - 1);
    for (; x->slots[at].name; at = (at + 1) & (x->room - 1)) {
        const indexed_name *n = &x->list.at[x->slots[at].name - 1];
        if (x->slots[at].hash == hash && n->type == type && str_equal(n->folded, folded)) break;
    }
    return at;
}

static void index_grow(linker *l, name_index *x) {
    const name_slot *old = x->slots;
    uint32_t old_room = x->room;
    x->room = old_room ? old_room * 2 : 128;
    x->slots = ARENA_ARRAY(l->d->arena, name_slot, x->room);
    for (uint32_t i = 0; i < old_room; i++) {
        if (!old[i].name) continue;
        uint32_t at = old[i].hash & (x->room - 1);
        while (x->slots[at].name) at = (at + 1) & (x->room - 1);
        x->slots[at] = old[i];
    }
}

id_list *link_index_at(linker *l, entity_type type, str folded, bool make) {
    name_index *x = &l->index;
    if (folded.len == 0) return NULL;
    if (make && (x->list.len + 1) * 2 > x->room) index_grow(l, x);
    if (x->room == 0) return NULL;
    uint32_t hash = (uint32_t)(str_hash(folded) >> 16) + type, at = probe(x, type, folded, hash);
    if (!x->slots[at].name) {
        if (!make) return NULL;
        *VEC_PUSH(l->d->arena, &x->list) = (indexed_name){.folded = folded, .type = type};
        x->slots[at] = (name_slot){hash, x->list.len};
    }
    return &x->list.at[x->slots[at].name - 1].entities;
}

stretch link_around(const linker *l, uint32_t at) {
    const mention *m = l->d->mentions.at;
    stretch s = {at, at};
    while (s.first > 0 && m[s.first - 1].sentence == m[at].sentence) s.first--;
    while (s.end < l->d->mentions.len && m[s.end].sentence == m[at].sentence) s.end++;
    return s;
}

uint32_t link_new_entity(linker *l, entity_type type, str name) {
    document *d = l->d;
    uint32_t id = d->entities.len;
    entity *e = VEC_PUSH(d->arena, &d->entities);
    *e = (entity){.type = type, .name = name};
    *VEC_PUSH(d->arena, &l->names) = (folded_name){.readings = NONE};
    *VEC_PUSH(d->arena, &l->genders) = (gender_fact){.asked = false};
    return id;
}

void link_join(linker *l, uint32_t at, uint32_t id, const char *reason) {
    mention *m = &l->d->mentions.at[at];
    m->entity = l->joined[at] = id;
    l->kinds[at] = (uint8_t)(l->d->entities.at[id].type + 1);
    m->link = reason;
    *VEC_PUSH(l->d->arena, &l->d->entities.at[id].mentions) = at;
}

void link_alias(linker *l, uint32_t id, str alias) {
    entity *e = &l->d->entities.at[id];
    if (alias.len == 0 || str_equal(alias, e->name)) return;
    for (uint32_t i = 0; i < e->aliases.len; i++) {
        if (str_equal(e->aliases.at[i], alias)) return;
    }
    *VEC_PUSH(l->d->arena, &e->aliases) = alias;
}

/* One entity for each type and folded name. */
uint32_t link_thing_folded(linker *l, entity_type type, str name, str folded, const char *country) {
    id_list *list = link_index_at(l, type, folded, true);
    if (!list) return link_new_entity(l, type, name); /* a name of nothing but marks */
    if (list->len == 0) { *VEC_PUSH(l->d->arena, list) = link_new_entity(l, type, name); }
    uint32_t id = list->at[0];
    entity *e = &l->d->entities.at[id];
    if (country && !e->country[0]) memcpy(e->country, country, 3);
    return id;
}

uint32_t link_thing(linker *l, entity_type type, str name, const char *country) {
    return link_thing_folded(l, type, name, utf8_fold(l->d->arena, name), country);
}

static const entry *slot_entry(const linker *l, const slot *s, uint32_t class) {
    const entry *e = worker_entry(l->w, s->readings, class);
    return e;
}

const char *link_country_of(linker *l, const slot *s, str *name) {
    const entry *e = slot_entry(l, s, l->country);
    if (!e) e = slot_entry(l, s, l->demonym);
    if (!e && s->mention != NONE) {
        const slot *inner = mention_slot(&l->d->mentions.at[s->mention], KEY_NAME);
        if (inner && inner->mention != s->mention && (inner->readings != s->readings))
            return link_country_of(l, inner, name);
    }
    if (!e) return NULL;
    str iso = entry_fact(e, KEY_ISO);
    if (iso.len != 2) return NULL;
    const entry *country = pack_entry_of_iso(l->k, l->country, iso);
    *name = country ? country->canonical : e->canonical;
    return arena_copy(l->d->arena, iso).at;
}

str link_two_words(linker *l, str a, str b) {
    char *text = ARENA_ARRAY(l->d->arena, char, a.len + b.len + 1);
    memcpy(text, a.at, a.len);
    text[a.len] = ' ';
    memcpy(text + a.len + 1, b.at, b.len);
    return (str){text, a.len + 1 + b.len};
}

/* The words of a title before "of", "for", "to". */
static str before_post(str title) {
    for (size_t i = 0; i + 4 <= title.len; i++) {
        if (title.at[i] != ' ') continue;
        str here = str_slice(title, i, title.len);
        if (str_starts(here, STR(" of ")) || str_starts(here, STR(" for ")) || str_starts(here, STR(" to ")))
            return str_slice(title, 0, i);
    }
    return title;
}

static bool of_second_rank(str word) {
    return str_equal(word, STR("vice")) || str_equal(word, STR("deputy")) || str_equal(word, STR("assistant"));
}

str link_title_last(str folded) {
    str rest = before_post(folded);
    for (size_t i = rest.len; i-- > 0;) {
        if (rest.at[i] == ' ') return str_slice(rest, i + 1, rest.len);
    }
    return rest;
}

/* "FM", "PM", "MP": the head of what the letters stand for. */
static str spelt_out(linker *l, str title, str last) {
    enum { LETTERS_MOST = 3 };
    str printed = before_post(title);
    if (last.len > LETTERS_MOST || last.len > printed.len) return last;
    printed = str_slice(printed, printed.len - last.len, printed.len);
    const entry *office = worker_phrase_entry(l->w, printed, l->office_head);
    return office ? link_title_last(utf8_fold(l->d->arena, office->canonical)) : last;
}

str link_title_head(linker *l, str title, str folded) {
    str last = link_title_last(folded), rest = before_post(folded), word;
    last = spelt_out(l, title, last);
    if (str_starts(last, STR("vice-"))) return link_two_words(l, STR("vice"), str_slice(last, 5, last.len));
    while (str_cut(rest, ' ', &word, &rest)) {                                           /* all but the last */
        bool first = str_equal(word, STR("first")) && str_equal(last, STR("president")); /* of a line of presidents */
        if (first || of_second_rank(word)) return link_two_words(l, word, last);
    }
    return last;
}
