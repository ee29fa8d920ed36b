/* Head lines: a title that stands alone, and lines that are nothing but labels, dates, times, a byline, a source. */
#include "stages/head.h"

#include <string.h>
#include <strings.h>

#include "base/utf8.h"
#include "stages/head_date.h"
#include "stages/head_dateline.h"

enum { HEAD_LINES = 8, TITLE_MOST = 250, LINE_MOST = 200, BYLINE_WORDS = 12 };

static bool letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

/* Skips blanks and what papers put between the parts of a byline: | , ; : / - – — · • ( ). */
static size_t skip_joints(str s, size_t i) {
    static const char *const wide[] = {"\xe2\x80\x93", "\xe2\x80\x94", "\xe2\x80\xa2", "\xc2\xb7"};
    for (size_t start = i;; start = i) {
        i = head_skip_blanks(s, i);
        while (i < s.len && s.at[i] && strchr("|,;:/-()", s.at[i])) i++;
        for (size_t n = 0; n < sizeof wide / sizeof *wide; n++) {
            str rest = str_slice(s, i, s.len);
            if (str_starts(rest, str_of(wide[n]))) i += strlen(wide[n]);
        }
        if (i == start) return i;
    }
}

/* The word or words at `i`, in any case, not followed by a letter. */
static size_t phrase(str s, size_t i, const char *const *phrases) {
    for (; *phrases; phrases++) {
        size_t n = strlen(*phrases);
        if (i + n <= s.len && strncasecmp(s.at + i, *phrases, n) == 0 && (i + n == s.len || !letter(s.at[i + n])))
            return i + n;
    }
    return i;
}

static size_t label(str s, size_t i) {
    static const char *const labels[] = {
        "first published", "published on", "published", "publication date", "posted on", "posted", "dated", "date",
        "last updated",    "updated on",   "updated",   "modified",         "created",   "on",     "at",    NULL};
    return phrase(s, i, labels);
}

static size_t zone(str s, size_t i) {
    static const char *const zones[] = {"GMT", "UTC", "EST", "EDT", "CET", "CEST", "MSK", "local time", "ET", NULL};
    size_t end = phrase(s, i, zones);
    while (end > i && end < s.len && strchr("+-:0123456789", s.at[end])) end++;
    return end;
}

bool head_capital(str s, size_t i) {
    size_t next;
    if (i >= s.len) return false;
    return utf8_kind_of(utf8_decode(s, i, &next)) == UTF8_UPPER;
}

/* Whether every word of a name has a capital, but for those that join names. */
static bool name_like(str name) {
    static const char *const joining[] = {"and", "de",  "da",  "di", "del", "der", "den", "van",  "von",
                                          "al",  "bin", "ibn", "el", "of",  "in",  "for", "with", NULL};
    uint32_t words = 0;
    for (size_t i = head_skip_blanks(name, 0); i < name.len; i = head_skip_blanks(name, i)) {
        size_t end = i;
        while (end < name.len && name.at[end] != ' ' && name.at[end] != '\t') end++;
        if (!head_capital(name, i) && phrase(name, i, joining) == i) return false;
        if (++words > BYLINE_WORDS) return false;
        i = end;
    }
    return words > 0;
}

/* "By Vugar Khalilov", "Author: ...": up to a joint that is no comma, a digit, or the end of the line. */
static size_t byline(str s, size_t i, str *name) {
    static const char *const by[] = {"by", "written by", "author", "reporter", NULL};
    size_t start = phrase(s, i, by);
    if (start == i) return i;
    while (start < s.len && (s.at[start] == ':' || s.at[start] == ' ' || s.at[start] == '\t')) start++;
    size_t end = start;
    for (; end < s.len && s.at[end] != '|' && !(s.at[end] >= '0' && s.at[end] <= '9'); end++) {
        if (s.at[end] == ' ' && skip_joints(s, end) > head_skip_blanks(s, end)) break;
        head_day d;
        if (s.at[end] == ' ' && head_scan_date(s, end + 1, &d) > end + 1) break;
    }
    *name = str_trim(str_slice(s, start, end));
    while (name->len && strchr(",-/", name->at[name->len - 1])) *name = str_trim(str_slice(*name, 0, name->len - 1));
    return head_capital(*name, 0) && name_like(*name) ? end : i;
}

static size_t source(str s, size_t i, str *name) {
    static const char *const sources[] = {"source", "publisher", "agency", NULL};
    size_t start = phrase(s, i, sources);
    if (start == i || start == s.len || s.at[start] != ':') return i;
    size_t end = ++start;
    while (end < s.len && s.at[end] != '|') end++;
    *name = str_trim(str_slice(s, start, end));
    return name->len ? end : i;
}

/* After a date or a byline: "(Trend)", "- Trend:". */
static size_t agency(str s, size_t i, str *name) {
    size_t end = i;
    while (end < s.len && (letter(s.at[end]) || s.at[end] == '.')) end++;
    if (end == i || !head_capital(s, i)) return i;
    *name = str_slice(s, i, end);
    return skip_joints(s, end) == s.len ? end : i;
}

static void keep(str *slot, str found) {
    if (!slot->len) *slot = found;
}

/* One part of a meta line; `i` when there is none that is known. *found: it is more than a label. */
static size_t meta_part(str s, size_t i, head *h, bool *found) {
    head_day d;
    str name = {0};
    size_t end;
    if ((end = head_scan_date(s, i, &d)) > i) {
        if (d.year && !h->published[0]) head_print_day(d, h->published);
        *found = true;
    } else if ((end = byline(s, i, &name)) > i) {
        keep(&h->byline, name);
        *found = true;
    } else if ((end = source(s, i, &name)) > i) {
        keep(&h->source, name);
        *found = true;
    } else if ((end = head_scan_time(s, i)) == i && (end = zone(s, i)) == i && (end = label(s, i)) == i && *found &&
               (end = agency(s, i, &name)) > i) {
        keep(&h->source, name);
    }
    return end;
}

/* A line that is nothing but what papers write about an article. Fills h only when it is. */
static bool meta_line(str line, head *h) {
    head tried = *h;
    bool found = false;
    if (line.len > LINE_MOST) return false;
    for (size_t i = skip_joints(line, 0); i < line.len; i = skip_joints(line, i)) {
        size_t end = meta_part(line, i, &tried, &found);
        if (end == i) return false;
        i = end;
    }
    if (found) *h = tried;
    return found;
}

static str line_at(str s, size_t i) {
    const char *end = memchr(s.at + i, '\n', s.len - i);
    return str_slice(s, i, end ? (size_t)(end - s.at) : s.len);
}

static size_t skip_empty_lines(str s, size_t i) {
    for (size_t j = i; j < s.len; j++) {
        if (s.at[j] == '\n')
            i = j + 1;
        else if (s.at[j] != ' ' && s.at[j] != '\t' && s.at[j] != '\r')
            break;
    }
    return i;
}

/* Stands alone, ends no sentence, and is followed by more. */
static bool title_line(str s, str line, size_t after) {
    str title = str_trim(line);
    if (title.len < 3 || title.len > TITLE_MOST || strchr(".:;,", title.at[title.len - 1])) return false;
    if (!head_capital(title, 0) && (letter(title.at[0]) || (unsigned char)title.at[0] >= 0x80)) return false;
    size_t next = skip_empty_lines(s, after);
    if (str_trim(str_slice(s, next, s.len)).len == 0) return false;
    return next > after || meta_line(line_at(s, next), &(head){0});
}

head head_of(str s) {
    head h = {0};
    size_t i = str_starts(s, STR("\xef\xbb\xbf")) ? 3 : 0;
    for (uint32_t n = 0; n < HEAD_LINES; n++) {
        i = skip_empty_lines(s, i);
        if (i >= s.len) break;
        str line = line_at(s, i);
        size_t after = i + line.len + (i + line.len < s.len);
        if (!meta_line(line, &h)) {
            if (h.title.len || dateline_of(line, &(dateline){0}) || !title_line(s, line, after)) break;
            h.title = str_trim(line);
        }
        h.end = i = after;
    }
    dateline d = {0};
    if (i < s.len && dateline_of(line_at(s, i), &d)) {
        h.place = d.place;
        keep(&h.source, d.agency);
        if (d.day.year && !h.published[0]) head_print_day(d.day, h.published);
    }
    return h;
}
