/* One raw article in, one document out: text that is valid UTF-8, metadata under one set of names, the head recognised.
 */
#include "stages/read.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/sha256.h"
#include "stages/head.h"
#include "stages/read_fields.h"

static bool __attribute__((format(printf, 4, 5)))
refuse(rejection *no, const raw_article *raw, const char *kind, const char *format, ...) {
    *no = (rejection){
        .kind = kind, .path = buf_view(&raw->path), .record = raw->record, .line = raw->line, .byte = raw->byte};
    va_list list;
    va_start(list, format);
    vsnprintf(no->message, sizeof no->message, format, list);
    va_end(list);
    return false;
}

static void start(arena *a, const raw_article *raw, document *d) {
    *d = (document){.arena = a};
    d->path = utf8_repair(a, arena_copy(a, buf_view(&raw->path))).text;
}

static void take_head(arena *a, document *d, bool with_title) {
    head h = head_of(document_text(d));
    if (with_title && !d->title.len) d->title = h.title;
    if (!d->byline.len) d->byline = h.byline;
    if (!d->source.len) d->source = h.source;
    if (!d->published.len) d->published = arena_copy(a, str_of(h.published));
    d->dateline_place = h.place;
    d->head_end = d->text_at + (uint32_t)h.end;
}

static void take_sha256(arena *a, document *d, str text) {
    char hex[65];
    sha256_hex(text, hex);
    d->sha256 = arena_copy(a, (str){hex, 64});
}

static str base_name(str path) {
    for (size_t i = path.len; i-- > 0;) {
        if (path.at[i] == '/') {
            path = str_slice(path, i + 1, path.len);
            break;
        }
    }
    if (str_equal(path, STR("-"))) return STR("stdin");
    return str_ends(path, STR(".txt")) && path.len > 4 ? str_slice(path, 0, path.len - 4) : path;
}

static bool read_text(arena *a, const raw_article *raw, document *d) {
    str bytes = buf_view(&raw->bytes);
    start(a, raw, d);
    take_sha256(a, d, bytes);
    utf8_text repaired = utf8_repair(a, arena_copy(a, bytes));
    d->buffer = repaired.text;
    d->shifts = repaired.shifts;
    d->shift_count = repaired.shift_count;
    d->id = base_name(d->path);
    take_head(a, d, true);
    return true;
}

/* The buffer holds title, two line ends, text; a title of blanks alone is none. */
static void lay_out(arena *a, document *d, str text) {
    if (!str_trim(d->title).len) {
        d->title = (str){0};
        d->buffer = arena_copy(a, text);
        return;
    }
    char *buffer = arena_raw(a, d->title.len + 2 + text.len + 1, 1);
    memcpy(buffer, d->title.at, d->title.len);
    memcpy(buffer + d->title.len, "\n\n", 2);
    if (text.len) memcpy(buffer + d->title.len + 2, text.at, text.len);
    buffer[d->title.len + 2 + text.len] = '\0';
    d->buffer = (str){buffer, d->title.len + 2 + text.len};
    d->text_at = (uint32_t)d->title.len + 2;
}

static bool read_members(arena *a, const value *object, const raw_article *raw, document *d, rejection *no) {
    str text;
    start(a, raw, d);
    if (!read_fields(a, object, d, &text))
        return refuse(no, raw, "no-text", "no string under `text` or a name that means it");
    if (text.len > READ_TEXT_MOST || d->title.len > READ_TEXT_MOST) {
        return refuse(no, raw, "too-large", "a text of more than %d bytes", READ_TEXT_MOST);
    }
    if (!str_trim(text).len && !str_trim(d->title).len) return refuse(no, raw, "no-text", "the text is empty");
    if (!d->id.len) {
        const char *path = str_equal(d->path, STR("-")) ? "stdin" : arena_copy(a, d->path).at;
        d->id = arena_format(a, "%s:%llu", path, (unsigned long long)raw->number);
    }
    take_sha256(a, d, text);
    lay_out(a, d, text);
    take_head(a, d, false);
    return true;
}

bool read_object(arena *a, const value *object, const raw_article *raw, document *d, rejection *no) {
    if (!value_is_object(object)) return refuse(no, raw, "malformed-json", "not a JSON object");
    return read_members(a, object, raw, d, no);
}

/* A lone surrogate (\ud83d without its partner) is no character, but crawlers write it: U+FFFD takes its place. */
static str mend_surrogates(arena *a, str json) {
    char *s = (char *)(uintptr_t)arena_copy(a, json).at;
    for (size_t i = 0; i + 6 <= json.len; i++) {
        if (s[i] != '\\') continue;
        unsigned code = 0, next = 0;
        if (s[i + 1] != 'u' || sscanf(s + i + 2, "%4x", &code) != 1 || (code & 0xf800) != 0xd800) {
            i++;
            continue;
        }
        bool pair = code < 0xdc00 && i + 12 <= json.len && s[i + 6] == '\\' && s[i + 7] == 'u' &&
                    sscanf(s + i + 8, "%4x", &next) == 1 && (next & 0xfc00) == 0xdc00;
        if (pair)
            i += 11;
        else
            memcpy(s + i + 2, "FFFD", 4), i += 5;
    }
    return (str){s, json.len};
}

static bool read_json(arena *a, const raw_article *raw, document *d, rejection *no) {
    value_error error = {0};
    str json = utf8_repair(a, buf_view(&raw->bytes)).text;
    if (str_starts(json, STR("\xef\xbb\xbf"))) json = str_slice(json, 3, json.len);
    const value *object = value_take(a, json, &error);
    if (!object) object = value_take(a, mend_surrogates(a, json), NULL);
    if (!object) {
        refuse(no, raw, "malformed-json", "%s", error.message);
        no->byte += error.byte;
        no->line += error.line > 1 ? (uint64_t)error.line - 1 : 0;
        return false;
    }
    return read_object(a, object, raw, d, no);
}

bool read_article(arena *a, const raw_article *raw, document *d, rejection *no) {
    *no = (rejection){0};
    if (raw->kind == RAW_REFUSED) {
        *no = raw->refused;
        return false;
    }
    return raw->kind == RAW_TEXT ? read_text(a, raw, d) : read_json(a, raw, d, no);
}
