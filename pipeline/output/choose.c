/* Orders over sets: nothing here depends on who came first. */
#include "output/choose.h"

#include <stdlib.h>

str choose_last(const graph_item *i, fact_field field) {
    fact_range r = graph_facts(i, field);
    return r.len ? r.at[r.len - 1].value : (str){0};
}

str choose_only(const graph_item *i, fact_field field) {
    fact_range r = graph_facts(i, field);
    return r.len == 1 ? r.at[0].value : (str){0};
}

str choose_status(const graph_item *i) {
    static const char *const order[] = {"signed", "occurred", "not_held", "agreed", "planned", "proposed"};
    fact_range r = graph_facts(i, FACT_STATUS);
    for (size_t n = 0; n < sizeof order / sizeof *order; n++) {
        for (uint32_t k = 0; k < r.len; k++) {
            if (str_equal(r.at[k].value, str_of(order[n]))) return r.at[k].value;
        }
    }
    return r.len ? r.at[0].value : (str){0};
}

event_codes choose_codes(const graph_item *i) {
    str status = choose_status(i), found = {0}, field[4];
    fact_range r = graph_facts(i, FACT_CODES);
    for (uint32_t n = 0; n < r.len; n++) {
        str told = r.at[n].value;
        if (str_starts(told, status) && told.at[status.len] == ' ') found = told;
    }
    if (!found.len) return (event_codes){0};
    for (int n = 0; n < 4; n++) {
        str_cut(found, ' ', &field[n], &found);
        if (str_equal(field[n], STR("-"))) field[n] = (str){0};
    }
    return (event_codes){field[1], field[2], field[3]};
}

static int by_str(const void *a, const void *b) { return str_compare(*(const str *)a, *(const str *)b); }

static uint32_t distinct(str *list, uint32_t count) {
    uint32_t found = 0;
    if (count > 1) qsort(list, count, sizeof *list, by_str);
    for (uint32_t i = 0; i < count; i++) found += list[i].len && (i == 0 || !str_equal(list[i], list[i - 1]));
    return found;
}

static void see_day(sightings *s, const graph_article *d) {
    str day = str_slice(d->published, 0, d->published.len < 10 ? d->published.len : 10);
    if (day.len && (!s->first.len || str_compare(day, s->first) < 0)) s->first = day;
    if (day.len && str_compare(day, s->last) > 0) s->last = day;
}

/* Evidence is in the order of its documents; most items have one. */
sightings choose_sightings(arena *scratch, const graph_item *i) {
    sightings s = {0};
    graph_evidence *const *list = i->evidence.at;
    if (i->evidence.len && list[0]->document->at == list[i->evidence.len - 1]->document->at) {
        see_day(&s, list[0]->document);
        s.documents = s.texts = 1;
        s.sources = list[0]->document->source.len > 0;
        return s;
    }
    str *texts = ARENA_ARRAY(scratch, str, i->evidence.len + 1),
        *sources = ARENA_ARRAY(scratch, str, i->evidence.len + 1);
    for (uint32_t n = 0; n < i->evidence.len; n++) {
        const graph_article *d = list[n]->document;
        if (n && d->at == list[n - 1]->document->at) continue;
        see_day(&s, d);
        texts[s.documents] = d->text;
        sources[s.documents++] = d->source;
    }
    s.texts = distinct(texts, s.documents);
    s.sources = distinct(sources, s.documents);
    return s;
}
