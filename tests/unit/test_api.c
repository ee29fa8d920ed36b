/* libwhomet as its users see it: only whomet.h. */
#include "unit.h"

#include <stdlib.h>
#include <string.h>

#include "whomet.h"

static const char text[] = "LISBON, March 3 (Agency) -- Foreign Minister Anna Kaleva of Bulgaria met Prime Minister "
                           "Joon Bok of South Korea on Wednesday.\n";

static char *kept;
static size_t kept_length;

static void keep(void *context, const char *part, size_t length) {
    (void)context;
    kept = realloc(kept, kept_length + length + 1);
    if (!kept) abort();
    memcpy(kept + kept_length, part, length);
    kept_length += length;
    kept[kept_length] = 0;
}

static char *graph_of(const whomet_rules *rules, const char *record) {
    whomet_graph *g = whomet_graph_new();
    CHECK("a record is added", whomet_graph_add_record(g, record, strlen(record)) == 0);
    CHECK("what is no record is not",
          whomet_graph_add_record(g, "{}", 2) == -1 && whomet_graph_add_record(g, "{", 1) == -1);
    kept = NULL, kept_length = 0;
    whomet_graph_write(g, rules, keep, NULL);
    CHECK("a written graph takes nothing more", whomet_graph_add_record(g, record, strlen(record)) == -1);
    whomet_graph_free(g);
    return kept;
}

static int limited(const whomet_rules *rules, const char *record, const char *folder) {
    whomet_graph *g = whomet_graph_new();
    whomet_graph_limit(g, 1, folder);
    whomet_graph_add_record(g, record, strlen(record));
    kept = NULL, kept_length = 0;
    int code = whomet_graph_write(g, rules, keep, NULL);
    whomet_graph_free(g);
    return code;
}

static void articles(const whomet_rules *rules) {
    whomet_session *s = whomet_session_new(rules);
    whomet_article article = {.id = "a", .published = "2022-03-04", .text = text, .text_length = sizeof text - 1};
    size_t length = 0;
    const char *record = whomet_read(s, &article, &length);
    CHECK("a record", record && strlen(record) == length && strncmp(record, "{\"agreements\":", 14) == 0);
    CHECK("no error", strcmp(whomet_session_error(s), "") == 0);
    char *copy = record ? strdup(record) : NULL, *from_line = copy ? graph_of(rules, copy) : NULL;
    whomet_graph *g = whomet_graph_new(), *other = whomet_graph_new();
    CHECK("the article read last is added", whomet_graph_add(other, s) == 0);
    CHECK("graphs merge", whomet_graph_merge(g, other) == 0 && whomet_graph_merge(g, g) == -1);
    kept = NULL, kept_length = 0;
    whomet_graph_write(g, rules, keep, NULL);
    CHECK("the same graph from session and line", from_line && kept && strcmp(kept, from_line) == 0);
    free(kept);
    CHECK("and by way of a folder",
          copy && from_line && limited(rules, copy, "/var/tmp") == 0 && kept && strcmp(kept, from_line) == 0);
    free(kept);
    CHECK("of one that is not there: told", copy && limited(rules, copy, "/nowhere") == -1);
    free(kept);
    free(from_line);
    free(copy);
    article.text_length = 0;
    CHECK("an empty text is rejected",
          whomet_read(s, &article, NULL) == NULL && strstr(whomet_session_error(s), "no-text"));
    CHECK("nothing to add then", whomet_graph_add(other, s) == -1);
    article.text = "Caf\xe9 met.", article.text_length = 9;
    CHECK("ill-formed UTF-8 is mended", whomet_read(s, &article, NULL) != NULL);
    CHECK("JSON that is none is rejected",
          !whomet_read_json(s, "{\"id\"", 5, NULL) && strstr(whomet_session_error(s), "malformed-json"));
    CHECK("an article as JSON", whomet_read_json(s, "{\"id\":\"a\",\"text\":\"One.\"}", 24, NULL) != NULL);
    whomet_graph_free(g);
    whomet_graph_free(other);
    whomet_session_free(s);
}

int main(void) {
    char *report = NULL;
    whomet_rules *rules = whomet_rules_load(NULL, 0, &report);
    CHECK("the built-in rules load", rules != NULL);
    if (!rules) fprintf(stderr, "%s", report ? report : "");
    whomet_free(report);
    if (rules) {
        CHECK("their sum", strlen(whomet_rules_sha256(rules)) == 64);
        articles(rules);
    }
    whomet_rules_free(rules);
    const char *nowhere[] = {"/nowhere"};
    CHECK("a folder that is not there", !whomet_rules_load(nowhere, 1, &report) && report && *report);
    whomet_free(report);
    return unit_done();
}
