/* Lists and verb classes into the lexicon. Entries wait until all files are read: how a word is cut depends on which
   abbreviations, countries, demonyms and bodies there are, so those go in first. */
#include <string.h>

#include "engine/inflect.h"
#include "engine/loader.h"

enum { PHRASE_WORDS = 32 };

void list_entry(loader *l, str text, location where, uint32_t class, bool variants) {
    *VEC_PUSH(&l->scratch, &l->pending) = (raw_entry){text, where, class, variants, false};
}

void list_inline(loader *l, str items, location where, uint32_t class, bool verb) {
    for (str rest = items, one; rest.len;) {
        str_cut(rest, '|', &one, &rest);
        str text = str_trim(one);
        location at = location_plus(where, items, (size_t)(text.at - items.at));
        *VEC_PUSH(&l->scratch, &l->pending) = (raw_entry){text, at, class, false, verb};
    }
}

static void add_words(loader *l, const raw_entry *raw, str text, reading r) {
    str words[PHRASE_WORDS + 1];
    uint32_t count = loader_words(l, text, words, PHRASE_WORDS + 1);
    bool good = count && count <= PHRASE_WORDS;
    if (good)
        lexicon_add(l->k->lexicon, words, count, r);
    else
        problem_at(l->p, l->k, raw->where, true, count ? "this entry has more than %d words" : "an entry is empty",
                   PHRASE_WORDS);
}

static bool fact_key(str key) {
    for (size_t i = 0; i < key.len; i++) {
        char c = key.at[i];
        if (!(c >= 'a' && c <= 'z') && !(c >= '0' && c <= '9' && i) && c != '-' && c != '_') return false;
    }
    return key.len > 0;
}

/* The ';' that begins a fact, not one that is itself an entry: key= follows. */
static size_t find_fact(str text) {
    for (size_t i = 0; i < text.len; i++) {
        str key, value;
        if (text.at[i] == ';' && str_cut(str_slice(text, i + 1, text.len), '=', &key, &value) &&
            fact_key(str_trim(key)))
            return i;
    }
    return text.len;
}

static bool same_facts(const entry *e, const fact *facts, uint32_t count) {
    bool same = e->fact_count == count;
    for (uint32_t i = 0; same && i < count; i++)
        same = e->facts[i].key == facts[i].key && e->facts[i].len == facts[i].len &&
               memcmp(e->facts[i].value, facts[i].value, facts[i].len) == 0;
    return same;
}

/* Neighbours with the same facts, such as the towns of a country, share them. */
static void add_facts(loader *l, uint32_t id, str text) {
    VEC(fact) list = {0};
    entry *e = &l->k->entries.at[id];
    while (text.len) {
        str key, value;
        str_cut(str_slice(text, 1, text.len), '=', &key, &value);
        size_t end = find_fact(value);
        text = str_slice(value, end, value.len);
        value = str_trim(str_slice(value, 0, end));
        *VEC_PUSH(&l->scratch, &list) = (fact){loader_key(l, str_trim(key)), (uint32_t)value.len, value.at};
    }
    bool shared = id && list.len && same_facts(e - 1, list.at, list.len);
    e->facts = shared ? e[-1].facts : arena_keep(&l->k->arena, list.at, list.len * sizeof *list.at);
    e->fact_count = list.len;
}

static entry *new_entry(loader *l, const raw_entry *raw, uint32_t *id) {
    *id = l->k->entries.len;
    entry *e = VEC_PUSH(&l->k->arena, &l->k->entries);
    e->list = raw->class;
    e->where = raw->where;
    return e;
}

static void add_entry(loader *l, const raw_entry *raw) {
    size_t end = find_fact(raw->text);
    uint32_t id;
    entry *e = new_entry(l, raw, &id);
    str spellings = str_slice(raw->text, 0, end), name;
    add_facts(l, id, str_slice(raw->text, end, raw->text.len));
    do {
        if (raw->variants)
            str_cut(spellings, '|', &name, &spellings);
        else
            name = spellings, spellings = (str){0};
        name = str_trim(name);
        if (!e->canonical.len) e->canonical = name;
        add_words(l, raw, name, (reading){raw->class, id});
    } while (spellings.len);
}

/* Abbreviations are known by their spelling, full stop included, before the tokenizer can keep it. */
static void add_abbreviation(loader *l, const raw_entry *raw) {
    size_t end = find_fact(raw->text);
    uint32_t id;
    entry *e = new_entry(l, raw, &id);
    add_facts(l, id, str_slice(raw->text, end, raw->text.len));
    for (str spellings = str_slice(raw->text, 0, end), name; spellings.len;) {
        str_cut(spellings, '|', &name, &spellings);
        name = str_trim(name);
        if (!e->canonical.len) e->canonical = name;
        lexicon_add(l->k->lexicon, &name, 1, (reading){raw->class, id});
    }
}

static void add_form(loader *l, const raw_entry *raw, const char *form, str spelt, uint32_t id) {
    add_words(l, raw, spelt, (reading){raw->class, id});
    add_words(l, raw, spelt, (reading){names_find(&l->classes, str_of(form)), NONE});
}

static void add_verb(loader *l, const raw_entry *raw) {
    str words[4], rest = raw->text;
    uint32_t count = 0;
    while (rest.len && count < 4) {
        str_cut(rest, ' ', &words[count], &rest);
        rest = str_trim(rest);
        count++;
    }
    if (!count || rest.len) {
        problem_at(l->p, l->k, raw->where, true, "a verb has one to four forms: base, past, participle, -ing");
        return;
    }
    uint32_t id;
    verb_forms f = inflect(&l->k->arena, words, count);
    new_entry(l, raw, &id)->canonical = f.base;
    add_form(l, raw, "vb", f.base, id);
    add_form(l, raw, "vbz", f.s, id);
    for (uint32_t i = 0; i < f.past_count; i++) add_form(l, raw, "vbd", f.past[i], id);
    for (uint32_t i = 0; i < f.participle_count; i++) add_form(l, raw, "vbn", f.participle[i], id);
    for (uint32_t i = 0; i < f.ing_count; i++) add_form(l, raw, "vbg", f.ing[i], id);
}

static int turn_of(const loader *l, const raw_entry *raw) {
    if (raw->class == l->abbreviation) return 0;
    return raw->class == l->country || raw->class == l->demonym || raw->class == l->body ? 1 : 2;
}

void list_finish(loader *l) {
    l->abbreviation = names_find(&l->classes, STR("abbreviation"));
    l->country = names_find(&l->classes, STR("country"));
    l->demonym = names_find(&l->classes, STR("demonym"));
    l->body = names_find(&l->classes, STR("body"));
    lexicon_reserve(l->k->lexicon, l->pending.len + l->pending.len / 4);
    l->k->entries.at = ARENA_ARRAY(&l->k->arena, entry, l->pending.len);
    l->k->entries.cap = l->pending.len;
    for (int turn = 0; turn < 3; turn++) {
        for (uint32_t i = 0; i < l->pending.len; i++) {
            const raw_entry *raw = &l->pending.at[i];
            if (turn_of(l, raw) != turn) continue;
            if (raw->verb)
                add_verb(l, raw);
            else if (turn == 0)
                add_abbreviation(l, raw);
            else
                add_entry(l, raw);
        }
    }
}
