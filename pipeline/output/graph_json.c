/* The graph as one JSON document, keys sorted; a line an object, so that `diff` and `grep` are of use. */
#include "output/json.h"
#include "stages/graph.h"

void record_write_evidence(json_out *j, const record_span *s, str source);

static void text_key(json_out *j, const char *key, str s) {
    json_key(j, key);
    json_text(j, s);
}

static void list_key(json_out *j, const char *key, const str *at, uint32_t len, str but) {
    json_key(j, key);
    json_open(j, '[');
    for (uint32_t i = 0; i < len; i++) {
        if (!str_equal(at[i], but)) json_string(j, at[i]);
    }
    json_close(j, ']');
}

static void line(json_out *j) {
    if (j->comma) buf_byte(j->out, ',');
    j->comma = false;
    buf_byte(j->out, '\n');
}

static void write_roles(json_out *j, const graph_node *n) {
    json_key(j, "roles");
    json_open(j, '[');
    for (uint32_t i = 0; i < n->roles.len; i++) {
        const graph_role *r = &n->roles.at[i];
        json_open(j, '{');
        text_key(j, "country", r->country);
        json_key(j, "former");
        json_bool(j, r->former);
        text_key(j, "of", r->of);
        text_key(j, "title", r->title);
        json_close(j, '}');
    }
    json_close(j, ']');
}

static bool thing(const graph_node *n) { return n->status.len == 0; } /* events and agreements have a status, all else has a name */

static void write_node(json_out *j, const graph_node *n) {
    str name = n->names.len ? n->names.at[0] : (str){0};
    json_open(j, '{');
    if (!thing(n)) list_key(j, "about", n->about.at, n->about.len, (str){0});
    if (thing(n)) list_key(j, "aliases", n->aliases.at, n->aliases.len, name);
    text_key(j, "country", n->countries.len ? n->countries.at[0] : (str){0});
    if (!thing(n)) text_key(j, "date", n->date);
    if (!thing(n)) text_key(j, "end", n->end);
    text_key(j, "id", n->id);
    if (n->kind.len) text_key(j, "kind", n->kind);
    text_key(j, "name", name);
    if (thing(n)) write_roles(j, n);
    if (!thing(n)) text_key(j, "status", n->status);
    text_key(j, "type", n->type);
    json_close(j, '}');
}

static void write_edge(json_out *j, const graph *g, const graph_edge *e) {
    json_open(j, '{');
    list_key(j, "about", e->about.at, e->about.len, (str){0});
    text_key(j, "date", e->date);
    text_key(j, "event", e->event == NONE ? (str){0} : g->nodes.at[e->event].id);
    json_key(j, "evidence");
    json_open(j, '[');
    for (uint32_t i = 0; i < e->evidence.len; i++) record_write_evidence(j, &e->evidence.at[i].span, e->evidence.at[i].document);
    json_close(j, ']');
    text_key(j, "id", e->id);
    text_key(j, "place", e->place);
    text_key(j, "source", g->nodes.at[e->source].id);
    text_key(j, "status", e->status);
    text_key(j, "target", g->nodes.at[e->target].id);
    text_key(j, "type", e->type);
    json_close(j, '}');
}

static void write_documents(json_out *j, const graph *g) {
    json_key(j, "documents");
    json_open(j, '[');
    for (uint32_t i = 0; i < g->documents.len; i++) {
        const graph_document *d = &g->documents.at[i];
        line(j);
        json_open(j, '{');
        text_key(j, "id", d->id);
        text_key(j, "published", d->published);
        text_key(j, "sha256", d->sha256);
        text_key(j, "source", d->source);
        text_key(j, "title", d->title);
        json_close(j, '}');
    }
    json_close(j, ']');
}

void graph_write(const graph *g, str version, str rules_sha256, buf *out) {
    json_out j = {.out = out};
    json_open(&j, '{');
    write_documents(&j, g);
    json_key(&j, "edges");
    json_open(&j, '[');
    for (uint32_t i = 0; i < g->edges.len; i++) line(&j), write_edge(&j, g, &g->edges.at[i]);
    json_close(&j, ']');
    json_key(&j, "nodes");
    json_open(&j, '[');
    for (uint32_t i = 0; i < g->nodes.len; i++) line(&j), write_node(&j, &g->nodes.at[i]);
    json_close(&j, ']');
    text_key(&j, "schema", STR("whomet.graph/1"));
    json_key(&j, "tool");
    json_open(&j, '{');
    text_key(&j, "rules_sha256", rules_sha256);
    text_key(&j, "version", version);
    json_close(&j, '}');
    json_close(&j, '}');
    buf_byte(out, '\n');
}
