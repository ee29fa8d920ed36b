/* Problems in rule files: FILE:LINE:COLUMN, the author's line, and a caret under the column. */
#include <stdarg.h>
#include <stdio.h>

#include "base/utf8.h"
#include "engine/pack.h"

static str line_of(str text, uint32_t line) {
    str head = {0}, rest = text;
    for (uint32_t i = 0; i < line; i++) {
        if (!str_cut(rest, '\n', &head, &rest) && i + 1 < line) return (str){0};
    }
    if (str_ends(head, STR("\r"))) head.len--;
    return head;
}

static void caret(buf *out, str line, uint32_t column) {
    buf_add(out, STR("    "));
    size_t at = 0;
    for (uint32_t i = 1; i < column && at < line.len; i++) {
        buf_byte(out, line.at[at] == '\t' ? '\t' : ' ');
        utf8_decode(line, at, &at);
    }
    buf_add(out, STR("^\n"));
}

void problem_at(problems *p, const pack *k, location where, bool error, const char *format, ...) {
    char message[1000];
    va_list list;
    va_start(list, format);
    vsnprintf(message, sizeof message, format, list);
    va_end(list);
    *(error ? &p->errors : &p->warnings) += 1;
    if (!k || where.file >= k->files.len) {
        buf_format(&p->text, "%s: %s\n", error ? "error" : "warning", message);
        return;
    }
    const source_file *f = &k->files.at[where.file];
    buf_format(&p->text, "%.*s:%u:%u: %s: %s\n", (int)f->path.len, f->path.at, where.line, where.column,
               error ? "error" : "warning", message);
    str line = line_of(f->text, where.line);
    if (line.len && line.len < 500) {
        buf_format(&p->text, "    %.*s\n", (int)line.len, line.at);
        caret(&p->text, line, where.column);
    }
}
