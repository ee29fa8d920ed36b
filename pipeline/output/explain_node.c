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
    if (graph_face_alone(g, root)) { /* others of the same name have nodes of their own */
        buf_add(out, STR("a bare name without an office, of the person whom its article means\n"));
        return;
    }
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

static void say_evidence(buf *out, const graph_item *n) {
    buf_add(out, STR("shown by\n"));
    for (uint32_t i = 0; i < n->evidence.len; i++) {
        const record_span *s = n->evidence.at[i]->span;
        str key = n->evidence.at[i]->document->key;
        buf_format(out, "    %.*s %u-%u %.*s: ", (int)key.len, key.at, s->begin, s->end, (int)s->rule.len, s->rule.at);
        for (size_t c = 0; c < s->text.len; c++)
            buf_byte(out, (unsigned char)s->text.at[c] < 0x20 ? ' ' : s->text.at[c]);
        buf_byte(out, '\n');
    }
}

/* Of an event or an agreement each telling, and how it came to be this node. */
static void say_tellings(buf *out, const graph_item *n) {
    bool agreement = n->family == GRAPH_AGREEMENT;
    bool contact = str_equal(n->type, STR("meeting")) || str_equal(n->type, STR("call")) ||
                   str_equal(n->type, STR("visit"));
    fact_range told = graph_facts(n, FACT_TOLD);
    buf_add(out, STR("told by\n"));
    for (uint32_t i = 0; i < told.len; i++)
        buf_format(out, "    %.*s\n", (int)told.at[i].value.len, told.at[i].value.at);
    if (told.len > 1)
        buf_format(out, "taken for one because %s agree\n",
                   agreement ? "kind, name, parties and date"
                   : contact ? "type, parties and day"
                             : "type, name and date");
}

static void say_node(buf *out, const graph *g, const graph_item *n) {
    str name = choose_last(n, FACT_NAME);
    buf_format(out, "%.*s: %.*s%s%.*s\n", (int)n->id.len, n->id.at, (int)n->type.len, n->type.at, name.len ? " " : "",
               (int)name.len, name.at);
    if (n->thing != NONE) say_joins(out, g, n->thing);
    if (n->family == GRAPH_EVENT || n->family == GRAPH_AGREEMENT) say_tellings(out, n);
    if (n->evidence.len) say_evidence(out, n);
}

void write_explained_node(graph_output *o) {
    buf out = {0};
    graph_walk w = {0};
    graph_walk_begin(&w, o->graph, GRAPH_NODES);
    for (const graph_entry *e; (e = graph_walk_next(&w));) {
        if (str_equal(e->item->id, str_of(o->node))) say_node(&out, o->graph, e->item);
    }
    graph_walk_end(&w);
    o->unknown = !out.len;
    output_flush(o, &out, 0);
    buf_free(&out);
}
