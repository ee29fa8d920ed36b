/* The reader: paths in, raw articles out, one at a time. What a file holds is seen from its first bytes, not from its
   name. JSONL is streamed; a text file, and a file that is one JSON value, is held whole, up to its limit. Never
   parses. */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "stages/read.h"
#include "stages/read_graph.h"

typedef enum {
    SHAPE_NONE,
    SHAPE_LINES,
    SHAPE_VALUE,
    SHAPE_GRAPH
} shape; /* nothing open; JSONL; one JSON object or an array of them; a written graph, for its documents */

struct reader {
    const char *const *paths;
    size_t count, next;
    file_walk *walk;
    file file;
    shape shape;
    buf path; /* of the open file, for messages */
    uint64_t record, line;
    buf whole; /* SHAPE_VALUE: the file, and how far it has been given out */
    size_t at; /* in `whole`, or of SHAPE_GRAPH in `part` */
    buf part;  /* SHAPE_GRAPH: the line at hand */
    graph_scan scan;
};

static const char *const standard_input[] = {"-"};

reader *reader_new(const char *const *paths, size_t count) {
    reader *r = calloc(1, sizeof *r);
    if (!r) abort();
    r->paths = count ? paths : standard_input;
    r->count = count ? count : 1;
    r->file.fd = -1;
    return r;
}

void reader_free(reader *r) {
    if (!r) return;
    file_close(&r->file);
    file_walk_free(r->walk);
    buf_free(&r->path);
    buf_free(&r->whole);
    buf_free(&r->part);
    free(r);
}

void raw_article_free(raw_article *raw) {
    buf_free(&raw->bytes);
    buf_free(&raw->path);
}

static void begin(const reader *r, raw_article *out, raw_kind kind, uint64_t byte) {
    out->kind = kind;
    out->record = r->record;
    out->line = r->line;
    out->number = r->shape == SHAPE_VALUE ? r->record : r->line;
    out->byte = byte;
    out->refused = (rejection){0};
    buf_clear(&out->path);
    buf_add(&out->path, buf_view(&r->path));
    if (kind == RAW_REFUSED) buf_clear(&out->bytes);
}

static bool __attribute__((format(printf, 5, 6)))
refuse(const reader *r, raw_article *out, const char *kind, uint64_t byte, const char *format, ...) {
    begin(r, out, RAW_REFUSED, byte);
    rejection *no = &out->refused;
    *no = (rejection){.kind = kind, .path = buf_view(&out->path), .record = r->record, .line = r->line, .byte = byte};
    va_list list;
    va_start(list, format);
    vsnprintf(no->message, sizeof no->message, format, list);
    va_end(list);
    return true;
}

static bool refuse_state(const reader *r, raw_article *out, file_state state) {
    switch (state) {
    case FILE_MISSING: return refuse(r, out, "missing-file", 0, "there is no such file");
    case FILE_IRREGULAR: return refuse(r, out, "not-regular", 0, "neither a file nor a folder");
    default: return refuse(r, out, "not-readable", 0, "cannot be opened for reading");
    }
}

static size_t skip_json_blanks(str s, size_t at) {
    if (at == 0 && str_starts(s, STR("\xef\xbb\xbf"))) at = 3;
    while (at < s.len && (s.at[at] == ' ' || (s.at[at] >= '\t' && s.at[at] <= '\r'))) at++;
    return at;
}

static char json_start(str s, size_t at) { return (at = skip_json_blanks(s, at)) < s.len ? s.at[at] : '\0'; }

/* End of the bracketed value that begins at `at`, by its brackets alone; 0: it does not end. */
static size_t value_end(str s, size_t at) {
    uint32_t depth = 0;
    for (; at < s.len; at++) {
        switch (s.at[at]) {
        case '"':
            for (at++; at < s.len && s.at[at] != '"'; at++) at += s.at[at] == '\\';
            break;
        case '{':
        case '[': depth++; break;
        case '}':
        case ']':
            if (--depth == 0) return at + 1;
            break;
        default: break;
        }
    }
    return 0;
}

/* A first line that is a whole object, or is followed by another line with an object, is JSONL. */
static bool first_line_is_record(str start) {
    size_t at = skip_json_blanks(start, 0);
    const char *line_end = memchr(start.at + at, '\n', start.len - at);
    if (!line_end) return true; /* a line longer than the block, or a file of one line */
    size_t end = (size_t)(line_end - start.at);
    return value_end((str){start.at, end}, at) || json_start(start, end) == '{';
}

static bool looks_like_json(str start, char opening, const char *then) {
    size_t at = skip_json_blanks(start, 0);
    if (at >= start.len || start.at[at] != opening) return false;
    char inner = json_start(start, at + 1);
    return inner && strchr(then, inner);
}

static bool named_lines(const reader *r) {
    str path = buf_view(&r->path);
    return str_ends(path, STR(".jsonl")) || str_ends(path, STR(".ndjson"));
}

/* What cannot be text for people: UTF-16, pages of a browser, programs and pictures. NULL: it can. */
static const char *not_text(str s) {
    if (str_starts(s, STR("\xff\xfe")) || str_starts(s, STR("\xfe\xff")))
        return "UTF-16; convert it with iconv -f UTF-16 -t UTF-8";
    str head = str_slice(s, skip_json_blanks(s, 0), s.len);
    if (head.len > 9 && (strncasecmp(head.at, "<!doctype", 9) == 0 || strncasecmp(head.at, "<html", 5) == 0)) {
        return "an HTML page; extract its text first";
    }
    if (str_starts(s, STR("\x1f\x8b"))) return "compressed; use zcat FILE | whomet";
    if (str_starts(s, STR("%PDF-"))) return "a PDF; extract its text first";
    size_t look = s.len < 4096 ? s.len : 4096, odd = 0;
    for (size_t i = 0; i < look; i++) {
        unsigned char c = (unsigned char)s.at[i];
        odd += c < 9 || (c > 13 && c < 32);
    }
    return odd > 16 && odd * 10 > look ? "binary data" : NULL;
}

/* A file that could not be read to its end is refused as a whole: half an article is none. */
static bool read_text(reader *r, raw_article *out) {
    str start = file_peek(&r->file, UINT32_MAX);
    const char *why = not_text(start);
    if (why) return refuse(r, out, "not-text", 0, "%s", why);
    if (file_size(&r->file) > READ_TEXT_MOST || !file_rest(&r->file, &out->bytes, READ_TEXT_MOST)) {
        return refuse(r, out, "too-large", 0, "a text of more than %d bytes", READ_TEXT_MOST);
    }
    if (r->file.error) return refuse(r, out, "not-readable", r->file.offset, "%s", strerror(r->file.error));
    if (skip_json_blanks(buf_view(&out->bytes), 0) == out->bytes.len) return false;
    r->record = r->line = 1;
    begin(r, out, RAW_TEXT, 0);
    return true;
}

static bool next_line(reader *r, raw_article *out) {
    for (;;) {
        uint64_t byte = r->file.offset;
        line_state state = file_line(&r->file, &out->bytes, READ_LINE_MOST);
        if (state == LINE_NONE) break;
        r->line++;
        if (state == LINE_TAKEN && r->file.error) break;
        if (state == LINE_TAKEN && skip_json_blanks(buf_view(&out->bytes), 0) == out->bytes.len) continue;
        r->record++;
        if (state == LINE_TOO_LONG)
            return refuse(r, out, "too-large", byte, "a line of more than %d bytes", READ_LINE_MOST);
        begin(r, out, RAW_JSON, byte);
        return true;
    }
    r->shape = SHAPE_NONE;
    if (r->file.error) return refuse(r, out, "not-readable", r->file.offset, "%s", strerror(r->file.error));
    return false;
}

static void pass_to(reader *r, size_t to) {
    for (; r->at < to; r->at++) r->line += r->whole.at[r->at] == '\n';
}

/* The next object of a file that is one object or an array of them. */
static bool next_value(reader *r, raw_article *out) {
    str s = buf_view(&r->whole);
    pass_to(r, skip_json_blanks(s, r->at));
    while (r->at < s.len && (s.at[r->at] == ',' || (s.at[r->at] == '[' && r->record == 0))) {
        pass_to(r, skip_json_blanks(s, r->at + 1));
    }
    if (r->at == s.len || (s.at[r->at] == ']' && skip_json_blanks(s, r->at + 1) == s.len)) {
        r->shape = SHAPE_NONE;
        return false;
    }
    size_t end = s.at[r->at] == '{' ? value_end(s, r->at) : 0;
    if (!end) r->shape = SHAPE_NONE; /* the rest has no more places to begin again */
    r->record++;
    buf_clear(&out->bytes);
    buf_add(&out->bytes, str_slice(s, r->at, end ? end : s.len));
    begin(r, out, RAW_JSON, r->at);
    if (end) pass_to(r, end);
    return true;
}

static bool read_value(reader *r, raw_article *out) {
    if (!file_rest(&r->file, &r->whole, READ_LINE_MOST)) {
        return refuse(r, out, "too-large", 0, "a JSON value of more than %d bytes; JSONL is read line by line",
                      READ_LINE_MOST);
    }
    if (r->file.error) return refuse(r, out, "not-readable", r->file.offset, "%s", strerror(r->file.error));
    r->shape = SHAPE_VALUE;
    r->at = 0;
    r->line = 1;
    return next_value(r, out);
}

/* The next document of a graph. */
static bool next_document(reader *r, raw_article *out) {
    uint64_t byte = r->file.offset - (r->part.len - r->at);
    buf_clear(&out->bytes);
    while (!graph_scan_next(&r->scan, buf_view(&r->part), &r->at, &out->bytes)) {
        r->at = 0;
        line_state state = file_line(&r->file, &r->part, READ_LINE_MOST);
        r->line++;
        if (state == LINE_TAKEN && out->bytes.len <= READ_LINE_MOST) continue;
        bool whole = state == LINE_NONE && !r->file.error && r->scan.depth == 0;
        buf_clear(&r->part);
        r->shape = SHAPE_NONE;
        if (r->file.error) return refuse(r, out, "not-readable", r->file.offset, "%s", strerror(r->file.error));
        if (state != LINE_NONE)
            return refuse(r, out, "too-large", byte, "a line of more than %d bytes", READ_LINE_MOST);
        return !whole && refuse(r, out, "malformed-json", r->file.offset, "the graph ends too early");
    }
    r->record++;
    begin(r, out, RAW_JSON, byte);
    return true;
}

/* The first article of the file just opened; false: it has none. */
static bool first_of_file(reader *r, raw_article *out) {
    str start = file_peek(&r->file, 1);
    if (skip_json_blanks(start, 0) == start.len) start = file_peek(&r->file, UINT32_MAX);
    if (graph_scan_begins(start)) {
        r->shape = SHAPE_GRAPH;
        r->scan = (graph_scan){0};
        r->at = 0;
        buf_clear(&r->part);
        return next_document(r, out);
    }
    bool object = looks_like_json(start, '{', "\"}");
    if (object && !value_end(start, skip_json_blanks(start, 0))) start = file_peek(&r->file, 3);
    if (named_lines(r) || (object && first_line_is_record(start))) {
        r->shape = SHAPE_LINES;
        return next_line(r, out);
    }
    if (object || looks_like_json(start, '[', "{]")) return read_value(r, out);
    return read_text(r, out);
}

static bool open_path(reader *r, const char *path, raw_article *out, bool *folder) {
    *folder = false;
    r->record = r->line = 0;
    buf_clear(&r->path);
    buf_add(&r->path, str_of(path));
    file_close(&r->file);
    file_state state = file_open(&r->file, path);
    if (state == FILE_FOLDER) {
        *folder = true;
        return false;
    }
    return state == FILE_OPEN ? first_of_file(r, out) : refuse_state(r, out, state);
}

static bool next_of_walk(reader *r, raw_article *out) {
    buf path = {0};
    file_state state;
    bool found = false, folder;
    while (!found && file_walk_next(r->walk, &path, &state)) {
        if (state == FILE_OPEN) {
            found = open_path(r, path.at, out, &folder);
        } else {
            r->record = r->line = 0;
            buf_clear(&r->path);
            buf_add(&r->path, buf_view(&path));
            found = refuse_state(r, out, state);
        }
    }
    buf_free(&path);
    if (!found) {
        file_walk_free(r->walk);
        r->walk = NULL;
    }
    return found;
}

bool reader_next(reader *r, raw_article *out) {
    for (;;) {
        bool folder = false;
        if (r->shape == SHAPE_LINES && next_line(r, out)) return true;
        if (r->shape == SHAPE_VALUE && next_value(r, out)) return true;
        if (r->shape == SHAPE_GRAPH && next_document(r, out)) return true;
        if (r->walk && next_of_walk(r, out)) return true;
        if (r->next == r->count) return false;
        const char *path = r->paths[r->next++];
        if (open_path(r, path, out, &folder)) return true;
        if (folder) r->walk = file_walk_new(path);
    }
}
