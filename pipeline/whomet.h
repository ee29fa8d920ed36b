/* libwhomet: news articles in, records and a knowledge graph of who met whom about what out.
 *
 *   whomet_rules *rules = whomet_rules_load(NULL, 0, NULL);
 *   whomet_session *session = whomet_session_new(rules);
 *   whomet_article article = {.id = "a", .text = text, .text_length = length};
 *   const char *record = whomet_read(session, &article, NULL);
 *
 * Text is UTF-8; what is ill-formed becomes U+FFFD. JSON is UTF-8 too, its formats are in README.md. Nothing here
 * depends on locale, environment, clock or network, and nothing is written but where the caller says.
 *
 * Threads: rules may be used by any number of threads at once. A session and a graph belong to one thread at a time;
 * give each thread its own and merge the graphs. The bytes that come out are the same for any number of threads.
 *
 * Memory: what a `_new` or `_load` function returns is freed by the `_free` function of that name, which takes NULL
 * too; rules must outlive their sessions. A string returned as `const char *` is lent, until the next call on the same
 * object. When memory runs out the program is ended by abort(), after a message on standard error.
 *
 * Needs C99 or C++11. */
#ifndef WHOMET_H
#define WHOMET_H

#define WHOMET_VERSION "0.1.0"

#include <stddef.h>

#if defined(__GNUC__)
#define WHOMET_API __attribute__((visibility("default")))
#else
#define WHOMET_API
#endif

#ifdef __cplusplus
extern "C" {
#endif

/* "MAJOR.MINOR.PATCH", for the life of the program. */
WHOMET_API const char *whomet_version(void);

/* ---- rules */

typedef struct whomet_rules whomet_rules;

/* The rules that are built in, and those of `count` folders: a file replaces the built-in one of the same name.
 * NULL when a rule does not load. `report`, when not NULL, is set to what there is to say of the rules, line by line as
 * "FILE:LINE:COLUMN: error: ...", or to NULL when there is nothing; the caller frees it with whomet_free. */
WHOMET_API whomet_rules *whomet_rules_load(const char *const *folders, size_t count, char **report);
WHOMET_API void whomet_rules_free(whomet_rules *rules);

/* Lints the rules and runs every example in them. Returns the number of errors; `report` as above. Takes some seconds.
 */
WHOMET_API size_t whomet_rules_check(const whomet_rules *rules, char **report);

/* SHA-256 of all rule files, 64 hexadecimal digits; lent by the rules. */
WHOMET_API const char *whomet_rules_sha256(const whomet_rules *rules);

WHOMET_API void whomet_free(char *report);

/* ---- articles */

typedef struct whomet_session whomet_session;

WHOMET_API whomet_session *whomet_session_new(const whomet_rules *rules);
WHOMET_API void whomet_session_free(whomet_session *session);

/* An article. `text` has `text_length` bytes, at most 16 MiB; the others end with a NUL and may be NULL, all but `id`.
 */
typedef struct whomet_article {
    const char *id;
    const char *title;
    const char *published; /* ISO 8601 day or date-time: what "yesterday" in the text is counted from */
    const char *source;
    const char *text;
    size_t text_length;
} whomet_article;

/* The record of an article: one line of JSON without its line end, ended by a NUL; its length goes to *length unless
 * that is NULL. NULL when the article is rejected: whomet_session_error tells why. */
WHOMET_API const char *whomet_read(whomet_session *session, const whomet_article *article, size_t *length);

/* The same from an article as one JSON object, or from the line of a stage filter. */
WHOMET_API const char *whomet_read_json(whomet_session *session, const char *json, size_t json_length, size_t *length);

/* Why the last call gave NULL: a JSON object with kind, message, line and byte. "" when it did not. */
WHOMET_API const char *whomet_session_error(const whomet_session *session);

/* ---- graphs */

typedef struct whomet_graph whomet_graph;

WHOMET_API whomet_graph *whomet_graph_new(void);
WHOMET_API void whomet_graph_free(whomet_graph *graph);

/* These return 0, or -1 when nothing was added: the graph has been written already, the session's last article was
 * rejected, the line is no record. */
WHOMET_API int whomet_graph_add(whomet_graph *graph, const whomet_session *session); /* the article read last */
WHOMET_API int whomet_graph_add_record(whomet_graph *graph, const char *json,
                                       size_t length);                      /* a line of `whomet --records` */
WHOMET_API int whomet_graph_merge(whomet_graph *into, whomet_graph *other); /* `other` is empty afterwards */

/* Of a graph larger than memory: no more than about `bytes` of records, nor of nodes and edges, stay in memory; the
 * rest goes to files without a name in `folder` (lent), which are gone when the graph is. What grows with the input
 * still is about a kilobyte for each different name with its country and offices, and less for each different dated
 * contact; when it is written, the evidence of one edge is held at once. Without this call, or with 0, all is kept in
 * memory. */
WHOMET_API void whomet_graph_limit(whomet_graph *graph, size_t bytes, const char *folder);

/* Hands the graph to `take` as one JSON document, in parts of about a megabyte, in order. `rules` name the tool in it.
 * To be called once, as the last thing before whomet_graph_free. Returns 0, or -1: written already, or a file of
 * whomet_graph_limit could not be written or read, and what `take` got is not whole. */
typedef void (*whomet_take)(void *context, const char *part, size_t length);
WHOMET_API int whomet_graph_write(whomet_graph *graph, const whomet_rules *rules, whomet_take take, void *context);

#ifdef __cplusplus
}
#endif

#endif
