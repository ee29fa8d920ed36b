/* People: full names first, so that a surname in a headline finds the person whom the text names in full. */
#include "stages/link.h"

#include <string.h>

enum { PEOPLE_MOST = 400 }; /* of an article, for what looks at all of them */

/* Hyphens part words too, so that Kim Jong-un is Kim Jong Un and al-Assad is Assad. */
static uint32_t add_words(str *words, uint32_t count, str word) {
    for (str head, tail; word.len && count < NAME_WORDS; word = tail) {
        str_cut(word, '-', &head, &tail);
        if (head.len) words[count++] = head;
    }
    return count;
}

static folded_name fold_name(linker *l, const slot *s) {
    bool known = worker_entry(l->w, s->readings, l->leader) != NULL;
    str words[NAME_WORDS];
    uint32_t count = 0;
    for (uint32_t t = s->first; t < s->end; t++)
        count = add_words(words, count, utf8_fold(l->d->arena, worker_word_text(l->w, l->d->tokens.at[t].word)));
    return (folded_name){arena_keep(l->d->arena, words, count * sizeof *words), count, known ? s->readings : NONE};
}

/* The lexicon has both as one person, however they are spelt. */
static bool is_holder(linker *l, const folded_name *n, const entry *holder) {
    const entry *known = n->readings == NONE ? NULL : worker_entry(l->w, n->readings, l->leader);
    return known && str_equal(known->canonical, holder->canonical);
}

/* Small edit distance, for one name in two spellings (Zelensky, Zelenskyy). Byte by byte on folded words. */
static bool near(str a, str b) {
    if (str_equal(a, b)) return true;
    size_t longer = a.len > b.len ? a.len : b.len, shorter = a.len > b.len ? b.len : a.len;
    if (shorter < 5 || longer - shorter > 1 || a.at[0] != b.at[0]) return false;
    size_t i = 0, j = 0, edits = 0;
    while (i < a.len && j < b.len) {
        if (a.at[i] == b.at[j]) {
            i++, j++;
            continue;
        }
        if (++edits > 1) return false;
        if (a.len >= b.len) i++;
        if (b.len >= a.len) j++;
    }
    return edits + (a.len - i) + (b.len - j) <= 1;
}

/* The words of the shorter name occur in the longer one, in order, and they share the first or the last word. */
static bool contained(const folded_name *part, const folded_name *whole) {
    uint32_t found = 0;
    for (uint32_t i = 0; i < whole->count && found < part->count; i++)
        found += str_equal(whole->words[i], part->words[found]);
    return found == part->count && (str_equal(part->words[part->count - 1], whole->words[whole->count - 1]) ||
                                    str_equal(part->words[0], whole->words[0]));
}

static bool same_spelt(const folded_name *a, const folded_name *b) {
    if (a->count != b->count || a->count < 2) return false;
    uint32_t apart = 0;
    for (uint32_t i = 0; i < a->count; i++) {
        if (!near(a->words[i], b->words[i])) return false;
        apart += !str_equal(a->words[i], b->words[i]);
    }
    return apart <= 1;
}

static bool same_person(const folded_name *a, const folded_name *b, const char **reason) {
    if (same_spelt(a, b)) {
        *reason = "link/full-name";
        return true;
    }
    if (a->count < 2 || b->count < 2) return false;
    *reason = "link/longer-name";
    return a->count <= b->count ? contained(a, b) : contained(b, a);
}

static void index_name(linker *l, uint32_t id, const folded_name *n) {
    for (uint32_t i = 0; i < n->count; i++) {
        id_list *list = link_index_at(l, ENTITY_PERSON, n->words[i], true);
        if (list && list->len < NAME_INDEX_MOST && (list->len == 0 || list->at[list->len - 1] != id)) {
            *VEC_PUSH(l->d->arena, list) = id;
        }
    }
}

static void set_name(linker *l, uint32_t id, const folded_name *n, str printed) {
    entity *e = &l->d->entities.at[id];
    if (l->names.at[id].readings == NONE) l->names.at[id].readings = n->readings;
    if (n->count > l->names.at[id].count) {
        str before = e->name;
        uint32_t readings = l->names.at[id].readings;
        l->names.at[id] = *n;
        l->names.at[id].readings = readings;
        e->name = printed;
        link_alias(l, id, before);
        index_name(l, id, n);
    } else {
        link_alias(l, id, printed);
    }
}

static uint32_t find_person(linker *l, const folded_name *n, const char **reason) {
    for (uint32_t i = 0; i < 2; i++) { /* a shared name has its last or its first word in common, or nearly */
        id_list *list = link_index_at(l, ENTITY_PERSON, n->words[i ? 0 : n->count - 1], false);
        for (uint32_t j = 0; list && j < list->len; j++) {
            if (same_person(&l->names.at[list->at[j]], n, reason)) return list->at[j];
        }
    }
    const entry *holder = n->readings == NONE ? NULL : worker_entry(l->w, n->readings, l->leader);
    for (uint32_t id = 0; holder && id < l->d->entities.len && id < PEOPLE_MOST; id++) {
        *reason = "link/office-holder";
        if (is_holder(l, &l->names.at[id], holder)) return id;
    }
    return NONE;
}

static str name_text(linker *l, const slot *s) { return document_tokens(l->d, s->first, s->end); }

/* "Joseph R. Biden, Jr.": also known without the suffix. */
static str without_suffix(linker *l, const slot *s) {
    uint32_t suffix = l->k->known[KNOWN_NAME_SUFFIX], end = s->end;
    if (end - s->first < 3 || !worker_word_is(l->w, l->d->tokens.at[end - 1].word, suffix)) return (str){0};
    end--;
    if (str_equal(worker_word_text(l->w, l->d->tokens.at[end - 1].word), STR(","))) end--;
    return document_tokens(l->d, s->first, end);
}

static bool unsure(const linker *l, uint32_t at) {
    return mention_attribute(&l->d->mentions.at[at], KEY_UNSURE).len != 0;
}

/* Whether the article writes a word of the name in small letters too: "Clean Water Rule", where it tells of water. */
static bool common_in_article(linker *l, const slot *s) {
    for (uint32_t t = s->first; t < s->end; t++) {
        str word = worker_word_text(l->w, l->d->tokens.at[t].word), small = utf8_fold(l->d->arena, word);
        if (small.len < 3 || str_equal(small, word) || worker_word_is(l->w, l->d->tokens.at[t].word, l->particle))
            continue;
        uint32_t id = worker_word(l->w, small);
        for (uint32_t i = 0; i < l->d->tokens.len; i++) {
            if (l->d->tokens.at[i].word == id) return true;
        }
    }
    return false;
}

static void find_lone_names(linker *l) {
    const id_list *lists[] = {&l->of_name, &l->of_person};
    for (uint32_t n = 0; n < 2; n++) {
        for (uint32_t i = 0; i < lists[n]->len; i++) {
            const slot *s = mention_slot(&l->d->mentions.at[lists[n]->at[i]], KEY_NAME);
            if (!s || s->end - s->first != 1) continue;
            str word = utf8_fold(l->d->arena, worker_word_text(l->w, l->d->tokens.at[s->first].word));
            *VEC_PUSH(l->d->arena, &l->lone_names) = (lone_name){word, lists[n]->at[i]};
        }
    }
    l->has_lone_names = true;
}

static bool listed_with_people(const linker *l, uint32_t list) {
    if (l->d->mentions.at[list].type != l->people) return false;
    stretch s = link_around(l, list);
    for (uint32_t i = s.first; i < s.end; i++) {
        const mention *m = &l->d->mentions.at[i];
        if (m->parent == list && m->type == l->person && m->entity != NONE) return true;
    }
    return false;
}

/* Two capitalised words without a known given name may be a ship or a programme. They are a person where the article
   also has one of the two ends alone as a name, or lists them with people. */
static bool corroborated(linker *l, uint32_t at, const folded_name *n) {
    const mention *told = &l->d->mentions.at[at];
    uint32_t list = told->parent;
    if (worker_word_is(l->w, l->d->tokens.at[told->first].word, l->family)) return true;
    if (list != NONE && mention_slot(&l->d->mentions.at[list], KEY_TITLE)) return true; /* "the ministers, A and B" */
    if (list != NONE && listed_with_people(l, list)) return true;
    if (!l->has_lone_names) find_lone_names(l);
    for (uint32_t i = 0; i < l->lone_names.len; i++) {
        const mention *m = &l->d->mentions.at[l->lone_names.at[i].mention];
        str word = l->lone_names.at[i].folded;
        if (m->first >= told->first && m->end <= told->end) continue;
        if (str_equal(word, n->words[n->count - 1]) || (m->type == l->person && str_equal(word, n->words[0])))
            return true;
    }
    return false;
}

static void full_name(linker *l, uint32_t at) {
    const slot *s = mention_slot(&l->d->mentions.at[at], KEY_NAME);
    if (!s || s->end - s->first < 2) return;
    folded_name n = fold_name(l, s);
    if (n.count < 2) return;
    const char *reason = "link/first-mention";
    uint32_t id = find_person(l, &n, &reason);
    if (id == NONE && unsure(l, at) && (!corroborated(l, at, &n) || common_in_article(l, s))) return;
    if (id == NONE) id = link_new_entity(l, ENTITY_PERSON, name_text(l, s)), reason = "link/first-mention";
    set_name(l, id, &n, name_text(l, s));
    link_alias(l, id, without_suffix(l, s));
    link_join(l, at, id, reason);
}

static str office_words(linker *l, const slot *title) {
    const slot *inner = title->mention == NONE ? NULL : mention_slot(&l->d->mentions.at[title->mention], KEY_TITLE);
    if (!inner) inner = title;
    return document_tokens(l->d, inner->first, inner->end);
}

title_fact link_mention_title(linker *l, uint32_t at) {
    const slot *title = mention_slot(&l->d->mentions.at[at], KEY_TITLE);
    return title ? link_title(l, office_words(l, title)) : (title_fact){0};
}

static str office_head(linker *l, const slot *title) { return link_title(l, office_words(l, title)).head; }

static bool holds_title(linker *l, uint32_t id, str head) {
    const entity *e = &l->d->entities.at[id];
    for (uint32_t i = 0; i < e->mentions.len; i++) {
        const slot *t = mention_slot(&l->d->mentions.at[e->mentions.at[i]], KEY_TITLE);
        if (t && str_equal(office_head(l, t), head)) return true;
    }
    return false;
}

static char gender_fact_of(const entry *e) {
    str gender = e ? entry_fact(e, KEY_GENDER) : (str){0};
    return gender.len ? gender.at[0] : 0;
}

/* "Ms" before the name. */
static char gender_of_honorific(linker *l, const mention *m, const slot *name) {
    uint32_t class = l->k->known[KNOWN_HONORIFIC];
    for (uint32_t t = m->first; t < name->first; t++) {
        char gender = gender_fact_of(worker_word_entry(l->w, l->d->tokens.at[t].word, class));
        if (gender) return gender;
    }
    return 0;
}

char link_gender(linker *l, uint32_t id) {
    const entity *e = &l->d->entities.at[id];
    char given = 0;
    for (uint32_t i = 0; i < e->mentions.len; i++) {
        const mention *m = &l->d->mentions.at[e->mentions.at[i]];
        const slot *name = mention_slot(m, KEY_NAME);
        char gender = name ? gender_of_honorific(l, m, name) : 0;
        if (gender) return gender;
        if (name && !given && name->end - name->first > 1)
            given = gender_fact_of(worker_word_entry(l->w, l->d->tokens.at[name->first].word, l->given));
    }
    return given;
}

static bool another_holder(linker *l, uint32_t id, uint32_t at) {
    title_fact office = link_mention_title(l, at);
    const slot *name = office.title.len ? mention_slot(&l->d->mentions.at[at], KEY_NAME) : NULL;
    return name && link_holder_is_another(l, id, name_text(l, name), &office);
}

/* Which of several people of one surname: not one of the other sex; the one with that title, else the one last named
 * before. */
static uint32_t choose(linker *l, const id_list *list, uint32_t at, str word) {
    const mention *m = &l->d->mentions.at[at];
    const slot *title = mention_slot(m, KEY_TITLE);
    str head = title ? office_head(l, title) : (str){0};
    const slot *name = mention_slot(m, KEY_NAME);
    char gender = name && list->len > 1 ? gender_of_honorific(l, m, name) : 0;
    uint32_t best = NONE, best_at = 0, titled = NONE;
    for (uint32_t i = 0; i < list->len; i++) {
        uint32_t id = list->at[i];
        const folded_name *n = &l->names.at[id];
        bool edge = str_equal(n->words[n->count - 1], word) || str_equal(n->words[0], word);
        if (!edge || another_holder(l, id, at)) continue;
        if (gender && gender + link_gender(l, id) == 'f' + 'm') continue;
        const entity *e = &l->d->entities.at[id];
        uint32_t last = 0;
        for (uint32_t j = 0; j < e->mentions.len; j++) {
            uint32_t first = l->d->mentions.at[e->mentions.at[j]].first;
            if (first < m->first && first + 1 > last) last = first + 1;
        }
        if (head.len && holds_title(l, id, head) && titled == NONE) titled = id;
        if (best == NONE || last > best_at) best = id, best_at = last;
    }
    return titled != NONE ? titled : best;
}

/* "Zelensky" where the text has Zelenskyy: the only person whose last word is nearly that. A final a apart is another
   person (Lavrov, Lavrova). */
static uint32_t spelt_otherwise(linker *l, str word) {
    uint32_t found = NONE;
    for (uint32_t id = 0; id < l->d->entities.len && id < PEOPLE_MOST; id++) {
        const folded_name *n = &l->names.at[id];
        if (!n->count || word.len < 6) continue;
        str last = n->words[n->count - 1], longer = last.len > word.len ? last : word;
        if (!near(last, word) || (last.len != word.len && str_ends(longer, STR("a")))) continue;
        if (found != NONE) return NONE;
        found = id;
    }
    return found;
}

static uint32_t find_short(linker *l, uint32_t at, const folded_name *n, const char **reason) {
    id_list *list = link_index_at(l, ENTITY_PERSON, n->words[0], false);
    uint32_t id = list && n->count == 1 ? choose(l, list, at, n->words[0]) : NONE;
    *reason = "link/surname";
    if (id == NONE && (n->count > 1 || n->readings != NONE)) id = find_person(l, n, reason);
    if (id == NONE) id = spelt_otherwise(l, n->words[n->count - 1]), *reason = "link/spelling";
    return id != NONE && another_holder(l, id, at) ? NONE : id;
}

/* "The Kaleva-Bok meeting": the two people of these surnames, when the article has both. */
static void pair_of_names(linker *l, uint32_t at, const slot *s) {
    str text = name_text(l, s), word;
    const char *dash = memchr(text.at, '-', text.len);
    uint32_t pair[2];
    if (!dash) return;
    for (uint32_t i = 0; i < 2; i++) {
        size_t cut = (size_t)(dash - text.at);
        word = utf8_fold(l->d->arena, i ? str_slice(text, cut + 1, text.len) : str_slice(text, 0, cut));
        const id_list *list = link_index_at(l, ENTITY_PERSON, word, false);
        pair[i] = list ? choose(l, list, at, word) : NONE;
        if (pair[i] == NONE) return;
    }
    mention *m = &l->d->mentions.at[at];
    if (pair[0] == pair[1]) return;
    m->members = ARENA_ARRAY(l->d->arena, uint32_t, 2);
    memcpy(m->members, pair, sizeof pair);
    m->member_count = 2;
    m->link = "link/pair-of-surnames";
}

static void short_name(linker *l, uint32_t at, bool sure) {
    const mention *m = &l->d->mentions.at[at];
    const slot *s = mention_slot(m, KEY_NAME);
    if (!s || s->end - s->first != 1) return;
    folded_name n = fold_name(l, s);
    if (!n.count) return;
    const char *reason;
    uint32_t id = find_short(l, at, &n, &reason);
    if (id != NONE) {
        link_alias(l, id, name_text(l, s));
        link_join(l, at, id, reason);
    } else if (sure) { /* a title or honorific before it */
        id = link_new_entity(l, ENTITY_PERSON, name_text(l, s));
        l->names.at[id] = n;
        index_name(l, id, &n);
        link_join(l, at, id, "link/first-mention");
    } else {
        pair_of_names(l, at, s);
    }
}

void link_person_of_name(linker *l, uint32_t at) {
    if (l->joined[at] == NONE) short_name(l, at, true);
}

void link_people(linker *l) {
    id_list doubtful = {0}; /* what is sure first */
    for (uint32_t i = 0; i < l->of_person.len; i++) {
        uint32_t at = l->of_person.at[i];
        if (unsure(l, at))
            *VEC_PUSH(l->d->arena, &doubtful) = at;
        else
            full_name(l, at);
    }
    for (uint32_t i = 0; i < doubtful.len; i++) full_name(l, doubtful.at[i]);
    for (uint32_t i = 0; i < l->of_person.len; i++)
        link_person_of_name(l, l->of_person.at[i]);                                       /* titled surnames ... */
    for (uint32_t i = 0; i < l->of_name.len; i++) short_name(l, l->of_name.at[i], false); /* ... before bare ones */
}
