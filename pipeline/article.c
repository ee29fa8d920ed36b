/* An article, or a line of an earlier filter, as far as it is to go. */
#include "article.h"

#include <stdio.h>
#include <string.h>

#include "base/measure.h"
#include "output/json.h"
#include "stages/stages.h"

void rejection_write(const rejection *no, buf *errors) {
    json_out j = {.out = errors};
    json_open(&j, '{');
    json_key(&j, "byte");
    json_number(&j, (int64_t)no->byte);
    json_key(&j, "kind");
    json_string(&j, str_of(no->kind));
    json_key(&j, "line");
    json_number(&j, (int64_t)no->line);
    json_key(&j, "message");
    json_string(&j, str_slice(str_of(no->message), 0, utf8_valid_prefix(str_of(no->message))));
    json_key(&j, "path");
    arena scratch = {0};
    json_string(&j, utf8_repair(&scratch, no->path).text);
    arena_free(&scratch);
    json_key(&j, "record");
    json_number(&j, (int64_t)no->record);
    json_close(&j, '}');
    buf_byte(errors, '\n');
}

static void run_stage(void (*stage)(worker *, document *), const char *name, worker *w, document *d) {
    MEASURE("stage", str_of(name));
    stage(w, d);
}

static void run_stages(workbench *b, document *d, layer have) {
    if (have < UPTO_TOKENIZE && b->upto >= UPTO_TOKENIZE) run_stage(stage_tokenize, "tokenize", b->worker, d);
    if (have < UPTO_TAG && b->upto >= UPTO_TAG) run_stage(stage_tag, "tag", b->worker, d);
    if (have < UPTO_LINK && b->upto >= UPTO_LINK) run_stage(stage_link, "link", b->worker, d);
    if (b->upto >= UPTO_RELATE) run_stage(stage_relate, "relate", b->worker, d);
}

static void hand_on(workbench *b, record *r, buf *out) {
    MEASURE("stage", STR("record or graph"));
    b->record = r;
    if (b->upto != UPTO_GRAPH) {
        record_write(r, out);
        return;
    }
    if (b->graph_lock) pthread_mutex_lock(b->graph_lock);
    graph_add(b->graph, r);
    if (b->graph_lock) pthread_mutex_unlock(b->graph_lock);
}

static void finish(workbench *b, document *d, layer have, buf *out) {
    run_stages(b, d, have);
    if (b->upto < UPTO_RELATE)
        layers_write(b->worker, d, b->upto, out);
    else
        hand_on(b, record_of_document(b->worker, d, b->upto == UPTO_GRAPH), out);
}

/* A line that names our schema: a finished record goes to the graph as it is, an unfinished one on from where it
 * stands. */
static bool filter_line(workbench *b, const raw_article *raw, const value *line, buf *out, rejection *no) {
    record *r = record_read(&b->arena, line);
    if (r) {
        hand_on(b, r, out);
        return true;
    }
    document d;
    const char *problem;
    if (!read_object(&b->arena, line, raw, &d, no)) return false;
    layer have = layers_read(b->worker, line, &d, &problem);
    if (!problem) return finish(b, &d, have, out), true;
    *no = (rejection){.kind = "malformed-record",
                      .path = buf_view(&raw->path),
                      .record = raw->record,
                      .line = raw->line,
                      .byte = raw->byte};
    snprintf(no->message, sizeof no->message, "%s", problem);
    return false;
}

static bool is_filter_line(const value *line) {
    return str_equal(value_str(value_get(line, "schema")), STR("whomet.document/1"));
}

/* line: of JSON that is in order; NULL: of anything else, which is mended or refused. */
static bool read(workbench *b, const raw_article *raw, const value *line, document *d, rejection *no) {
    MEASURE("stage", STR("read"));
    return line ? read_object(&b->arena, line, raw, d, no) : read_article(&b->arena, raw, d, no);
}

bool article_process(workbench *b, const raw_article *raw, buf *out, rejection *no) {
    MEASURE("stage", STR("all of an article"));
    const value *line = raw->kind == RAW_JSON ? value_take(&b->arena, buf_view(&raw->bytes), NULL) : NULL;
    if (is_filter_line(line)) return filter_line(b, raw, line, out, no);
    document d;
    if (!read(b, raw, line, &d, no)) return false;
    finish(b, &d, UPTO_READ, out);
    return true;
}

void article_clear(workbench *b) {
    b->record = NULL;
    arena_reset(&b->arena);
    worker_trim(b->worker);
}
