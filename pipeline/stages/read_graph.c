/* A graph holds its records as the list `documents` at the top level, each an object. */
#include "stages/read_graph.h"

static const char key[] = "\"documents\"";
enum { IN_GRAPH = 1, IN_LIST = 2, IN_DOCUMENT = 3 };

static size_t skip_blanks(str s, size_t at) {
    while (at < s.len && (s.at[at] == ' ' || (s.at[at] >= '\t' && s.at[at] <= '\r'))) at++;
    return at;
}

bool graph_scan_begins(str start) {
    size_t at = skip_blanks(start, 0);
    if (at == start.len || start.at[at] != '{') return false;
    at = skip_blanks(start, at + 1);
    return str_starts(str_slice(start, at, start.len), str_of(key));
}

/* A byte of a string; `matched` follows the key at the top level. */
static void in_string(graph_scan *s, char c) {
    if (s->depth == IN_GRAPH) s->matched = s->matched < sizeof key - 1 && key[s->matched] == c ? s->matched + 1 : 0;
    if (s->escaped)
        s->escaped = false;
    else if (c == '\\')
        s->escaped = true;
    else if (c == '"')
        s->quoted = false;
}

/* A byte outside of strings. */
static void between(graph_scan *s, char c) {
    switch (c) {
    case '"':
        s->quoted = true;
        s->matched = 1;
        break;
    case '{':
    case '[':
        if (s->depth++ == IN_GRAPH) s->inside = c == '[' && s->matched == sizeof key - 1;
        break;
    case '}':
    case ']':
        if (s->depth) s->depth--;
        if (s->depth == IN_GRAPH) s->inside = false;
        break;
    case ',':
        if (s->depth == IN_GRAPH) s->matched = 0;
        break;
    default: break;
    }
}

bool graph_scan_next(graph_scan *s, str part, size_t *at, buf *document) {
    size_t begin = *at;
    bool was = s->inside && s->depth >= IN_DOCUMENT;
    for (; *at < part.len; ++*at) {
        if (s->quoted)
            in_string(s, part.at[*at]);
        else
            between(s, part.at[*at]);
        bool now = s->inside && s->depth >= IN_DOCUMENT;
        if (now && !was) begin = *at;
        if (was && !now) {
            buf_add(document, str_slice(part, begin, ++*at));
            return true;
        }
        was = now;
    }
    if (was) buf_add(document, str_slice(part, begin, part.len));
    return false;
}
