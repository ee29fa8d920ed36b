/* Which entry of a list has a given country code: asked for every demonym and city, so answered by a table.
   Codes are two capital letters; anything else is not indexed. And who held office in a country, or under a surname. */
#include "engine/pack.h"

enum { CODES = 26 * 26, SURNAMES = 1024 };
typedef struct fact_index {
    VEC(uint32_t) lists;               /* classes that have codes */
    VEC(uint32_t *) tables;            /* one a list: code -> entry, or NONE */
    office_term *of_country[CODES];    /* chains of entries with the fact `office` */
    office_term *of_surname[SURNAMES]; /* by hash of the name's last word */
} fact_index;

static int code_of(str iso) {
    if (iso.len != 2 || iso.at[0] < 'A' || iso.at[0] > 'Z' || iso.at[1] < 'A' || iso.at[1] > 'Z') return -1;
    return (iso.at[0] - 'A') * 26 + (iso.at[1] - 'A');
}

static uint32_t *table_of(pack *k, uint32_t list) {
    fact_index *x = k->facts;
    for (uint32_t i = 0; i < x->lists.len; i++) {
        if (x->lists.at[i] == list) return x->tables.at[i];
    }
    uint32_t *table = ARENA_ARRAY(&k->arena, uint32_t, CODES);
    for (int i = 0; i < CODES; i++) table[i] = NONE;
    *VEC_PUSH(&k->arena, &x->lists) = list;
    *VEC_PUSH(&k->arena, &x->tables) = table;
    return table;
}

static uint32_t surname_slot(str word) { return (uint32_t)str_hash(word) % SURNAMES; }

/* Where the family name comes first. */
static bool family_first(str iso) {
    return str_equal(iso, STR("CN")) || str_equal(iso, STR("TW")) || str_equal(iso, STR("KR")) ||
           str_equal(iso, STR("KP"));
}

str holder_surname(const entry *e) {
    str first, rest;
    if (family_first(entry_fact(e, KEY_ISO)) && str_cut(e->canonical, ' ', &first, &rest)) return first;
    size_t at = e->canonical.len;
    while (at > 0 && e->canonical.at[at - 1] != ' ') at--;
    return str_slice(e->canonical, at, e->canonical.len);
}

static void index_holder(pack *k, const entry *e, int code) {
    uint32_t surname = surname_slot(holder_surname(e));
    office_term *h = ARENA_NEW(&k->arena, office_term);
    *h = (office_term){.entry = e, .next_of_surname = k->facts->of_surname[surname]};
    k->facts->of_surname[surname] = h;
    if (code < 0) return;
    h->next_of_country = k->facts->of_country[code];
    k->facts->of_country[code] = h;
}

const office_term *pack_holders_of_country(const pack *k, str iso) {
    int code = code_of(iso);
    return code < 0 || !k->facts ? NULL : k->facts->of_country[code];
}

const office_term *pack_holders_of_surname(const pack *k, str word) {
    return k->facts ? k->facts->of_surname[surname_slot(word)] : NULL;
}

void pack_index_facts(pack *k) {
    k->facts = ARENA_NEW(&k->arena, fact_index);
    for (uint32_t i = 0; i < k->entries.len; i++) {
        const entry *e = &k->entries.at[i];
        int code = e->fact_count ? code_of(entry_fact(e, KEY_ISO)) : -1;
        if (e->fact_count > 1 && entry_fact(e, KEY_OFFICE).len) index_holder(k, e, code);
        if (code < 0) continue;
        uint32_t *table = table_of(k, e->list);
        if (table[code] == NONE) table[code] = i;
    }
}

const entry *pack_entry_of_iso(const pack *k, uint32_t class, str iso) {
    int code = code_of(iso);
    if (code < 0 || !k->facts) return NULL;
    for (uint32_t i = 0; i < k->facts->lists.len; i++) {
        if (k->facts->lists.at[i] != class) continue;
        uint32_t at = k->facts->tables.at[i][code];
        return at == NONE ? NULL : &k->entries.at[at];
    }
    return NULL;
}
