/* Why a node is one: what articles call it, which names were taken for the same and why, and what shows it. */
#include "output/choose.h"
#include "output/format.h"
#include "stages/graph_identity.h"

static void say_face(buf *out, const graph_face *f) {
    buf_format(out, "\"%.*s\"", (int)f->plain.len, f->plain.at);
    if (f->country.len) buf_format(out, " of %.*s", (int)f->country.len, f->country.at);
    buf_format(out, ", %u article%s", f->documents, f->documents == 1 ? "" : "s");
    for (uint32_t i = 0; i < f->offices.len; i++) {
        str title, of;
        str_cut(f->offices.at[i], '|', &title, &of);
        buf_format(out, "%s%.*s%s%.*s", i ? ", " : "; ", (int)title.len, title.at, of.len ? " of " : "", (int)of.len,
                   of.at);
    }
}

static void say_joins(buf *out, const graph *g, uint32_t root) {
    uint32_t faces = 0;
    buf_add(out, STR("called\n"));
    for (uint32_t i = root;;) {
        buf_add(out, STR("    "));
        say_face(out, &g->faces.at[i]);
        buf_byte(out, '\n');
        faces++;
        if ((i = g->faces.at[i].next) == root) break;
    }
    if (faces == 1) return;
    buf_add(out, STR("taken for one because of\n"));
    for (uint32_t i = 0; i < g->joins.len; i++) {
        const graph_join *j = &g->joins.at[i];
        if (graph_face_root(g, j->one) != root) continue;
        buf_format(out, "    %s:\n        ", j->why);
        say_face(out, &g->faces.at[j->one]);
        buf_add(out, STR("\n        "));
        say_face(out, &g->faces.at[j->other]);
        buf_byte(out, '\n');
    }
}

static void say_evidence(buf *out, const graph *g, const graph_item *n) {
    buf_add(out, STR("shown by\n"));
    for (uint32_t i = 0; i < n->evidence.len; i++) {
        const record_span *s = n->evidence.at[i]->span;
        str key = g->documents.at[n->evidence.at[i]->at].key;
        buf_format(out, "    %.*s %u-%u %.*s: ", (int)key.len, key.at, s->begin, s->end, (int)s->rule.len, s->rule.at);
        for (size_t c = 0; c < s->text.len; c++)
            buf_byte(out, (unsigned char)s->text.at[c] < 0x20 ? ' ' : s->text.at[c]);
        buf_byte(out, '\n');
    }
}

/* ---- events and agreements: each telling, and how it came to be this node */

/* The event that a piece of evidence belongs to, of the list that has it. */
static const record_event *told_by(const record_span *s, const record_event *list, uint32_t count) {
    for (uint32_t i = 0; i < count; i++) {
        if (s >= list[i].evidence.at && s < list[i].evidence.at + list[i].evidence.len) return &list[i];
    }
    return NULL;
}

static void say_day(buf *out, const record *r, const record_event *e, str date) {
    str day = e->date.len ? e->date : STR("no day"), basis = e->date.len ? e->date_basis : (str){0};
    buf_add(out, day);
    if (basis.len) buf_format(out, " (%.*s)", (int)basis.len, basis.at);
    if (!str_equal(date, e->date))
        buf_format(out, ": taken for %.*s, the one day told elsewhere that %s", (int)date.len, date.at,
                   !e->date.len        ? "fits when this was published, "
                   : e->date.len == 10 ? "may have been reported on this one"
                                       : "lies in it");
    else if (!e->date.len && r->published.len)
        buf_add(out, STR(", told in the same words and published on "));
    if (!e->date.len) buf_add(out, r->published);
}

static void say_telling(buf *out, const graph_document *d, const record_event *e, str date) {
    buf_format(out, "    %.*s: %.*s, ", (int)d->key.len, d->key.at, (int)e->status.len, e->status.at);
    say_day(out, d->facts, e, date);
    buf_byte(out, '\n');
}

static void say_tellings(buf *out, const graph *g, const graph_item *n) {
    bool agreement = n->family == GRAPH_AGREEMENT;
    bool contact = str_equal(n->type, STR("meeting")) || str_equal(n->type, STR("call")) ||
                   str_equal(n->type, STR("visit"));
    const record_event *last = NULL;
    uint32_t tellings = 0;
    buf_add(out, STR("told by\n"));
    for (uint32_t i = 0; i < n->evidence.len; i++) {
        const graph_document *d = &g->documents.at[n->evidence.at[i]->at];
        const record *r = d->facts;
        const record_event *e = agreement ? told_by(n->evidence.at[i]->span, r->agreements.at, r->agreements.len)
                                          : told_by(n->evidence.at[i]->span, r->events.at, r->events.len);
        if (!e || e == last) continue;
        say_telling(out, d, e, agreement ? e->date : d->dates[e - r->events.at]);
        tellings++;
        last = e;
    }
    if (tellings > 1)
        buf_format(out, "taken for one because %s agree\n",
                   agreement ? "kind, name, parties and date"
                   : contact ? "type, parties and day"
                             : "type, name and date");
}

void write_explained_node(graph_output *o) {
    const graph *g = o->graph;
    buf out = {0};
    for (uint32_t i = 0; i < g->nodes.len; i++) {
        const graph_item *n = &g->nodes.at[i];
        if (!str_equal(n->id, str_of(o->node))) continue;
        str name = choose_last(n, FACT_NAME);
        buf_format(&out, "%.*s: %.*s%s%.*s\n", (int)n->id.len, n->id.at, (int)n->type.len, n->type.at,
                   name.len ? " " : "", (int)name.len, name.at);
        if (n->thing != NONE) say_joins(&out, g, n->thing);
        if (n->family == GRAPH_EVENT || n->family == GRAPH_AGREEMENT) say_tellings(&out, g, n);
        if (n->evidence.len) say_evidence(&out, g, n);
    }
    o->unknown = !out.len;
    output_flush(o, &out, 0);
    buf_free(&out);
}
