/* The public face: thin wrappers that keep the inner types out of sight. Decides nothing. */
#include "whomet.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "article.h"
#include "engine/check.h"
#include "output/json.h"

struct whomet_rules {
    pack *pack;
};

struct whomet_session {
    workbench bench;
    raw_article raw;
    buf out, error;
};

struct whomet_graph {
    graph graph;
    bool written;
};

static void *need(size_t size) {
    void *at = calloc(1, size);
    if (!at) {
        fputs("whomet: out of memory\n", stderr);
        abort();
    }
    return at;
}

const char *whomet_version(void) { return WHOMET_VERSION; }

void whomet_free(char *report) { free(report); }

/* ---- rules */

static void hand_over(problems *p, char **report) {
    if (report) *report = NULL;
    if (report && p->text.len) {
        buf_byte(&p->text, '\0');
        *report = p->text.at;
    } else {
        buf_free(&p->text);
    }
}

whomet_rules *whomet_rules_load(const char *const *folders, size_t count, char **report) {
    problems p = {0};
    pack *k = pack_load(folders, count, &p);
    hand_over(&p, report);
    if (!k) return NULL;
    whomet_rules *rules = need(sizeof *rules);
    rules->pack = k;
    return rules;
}

void whomet_rules_free(whomet_rules *rules) {
    if (!rules) return;
    pack_free(rules->pack);
    free(rules);
}

size_t whomet_rules_check(const whomet_rules *rules, char **report) {
    problems p = {0};
    check_options how = {.skip_growth = false};
    check_result result = {0};
    check_pack(rules->pack, &how, &p, &result);
    size_t errors = p.errors;
    hand_over(&p, report);
    return errors;
}

const char *whomet_rules_sha256(const whomet_rules *rules) { return rules->pack->sha256; }

/* ---- articles */

whomet_session *whomet_session_new(const whomet_rules *rules) {
    whomet_session *s = need(sizeof *s);
    s->bench.worker = worker_new(rules->pack);
    s->bench.upto = UPTO_RELATE;
    buf_byte(&s->error, '\0');
    return s;
}

void whomet_session_free(whomet_session *s) {
    if (!s) return;
    article_clear(&s->bench);
    worker_free(s->bench.worker);
    arena_free(&s->bench.arena);
    raw_article_free(&s->raw);
    buf_free(&s->out);
    buf_free(&s->error);
    free(s);
}

const char *whomet_session_error(const whomet_session *s) { return s->error.at; }

/* Lines end in "\n"; what is lent ends in a NUL. */
static void end_line(buf *b) {
    if (b->len && b->at[b->len - 1] == '\n') b->len--;
    buf_byte(b, '\0');
}

static const char *process(whomet_session *s, size_t *length) {
    rejection no = {0};
    s->raw.kind = RAW_JSON;
    s->raw.record = s->raw.line = s->raw.number = 1;
    bool good = article_process(&s->bench, &s->raw, &s->out, &no);
    if (!good) rejection_write(&no, &s->error);
    end_line(&s->error);
    end_line(&s->out);
    if (length) *length = good ? s->out.len - 1 : 0;
    return good ? s->out.at : NULL;
}

static void begin(whomet_session *s) {
    article_clear(&s->bench);
    buf_clear(&s->out);
    buf_clear(&s->error);
    buf_clear(&s->raw.bytes);
}

static void field(json_out *j, arena *a, const char *key, str text) {
    json_key(j, key);
    json_string(j, utf8_repair(a, text).text);
}

const char *whomet_read(whomet_session *s, const whomet_article *article, size_t *length) {
    begin(s);
    json_out j = {.out = &s->raw.bytes};
    arena *a = &s->bench.arena;
    json_open(&j, '{');
    field(&j, a, "id", str_of(article->id));
    if (article->published) field(&j, a, "published", str_of(article->published));
    if (article->source) field(&j, a, "source", str_of(article->source));
    field(&j, a, "text", (str){article->text, article->text_length});
    if (article->title) field(&j, a, "title", str_of(article->title));
    json_close(&j, '}');
    return process(s, length);
}

const char *whomet_read_json(whomet_session *s, const char *json, size_t json_length, size_t *length) {
    begin(s);
    buf_add(&s->raw.bytes, (str){json, json_length});
    return process(s, length);
}

/* ---- graphs */

whomet_graph *whomet_graph_new(void) { return need(sizeof(whomet_graph)); }

void whomet_graph_free(whomet_graph *g) {
    if (!g) return;
    graph_free(&g->graph);
    free(g);
}

int whomet_graph_add(whomet_graph *g, const whomet_session *s) {
    if (g->written || !s->bench.record) return -1;
    graph_add(&g->graph, s->bench.record);
    return 0;
}

int whomet_graph_add_record(whomet_graph *g, const char *json, size_t length) {
    arena a = {0};
    const value *line = g->written ? NULL : value_take(&a, utf8_repair(&a, (str){json, length}).text, NULL);
    record *r = line ? record_read(&a, line) : NULL;
    if (r) graph_add(&g->graph, r);
    arena_free(&a);
    return r ? 0 : -1;
}

int whomet_graph_merge(whomet_graph *into, whomet_graph *other) {
    if (into == other || into->written || other->written) return -1;
    graph_merge(&into->graph, &other->graph);
    return 0;
}

void whomet_graph_limit(whomet_graph *g, size_t bytes, const char *folder) {
    g->graph.room = bytes;
    g->graph.folder = folder;
}

typedef struct taker {
    whomet_take take;
    void *context;
} taker;

static void pass(void *context, str part) {
    const taker *t = context;
    t->take(t->context, part.at, part.len);
}

int whomet_graph_write(whomet_graph *g, const whomet_rules *rules, whomet_take take, void *context) {
    taker t = {take, context};
    if (g->written) return -1;
    g->written = true;
    graph_build(&g->graph, rules->pack->identity);
    if (!graph_error(&g->graph)) graph_write(&g->graph, STR(WHOMET_VERSION), str_of(rules->pack->sha256), pass, &t);
    return graph_error(&g->graph) ? -1 : 0;
}
