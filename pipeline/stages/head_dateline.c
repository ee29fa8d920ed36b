/* A dateline is told from a sentence by its form: a place, then only regions, a date, an agency, then a dash or the
   like. A place that is not in capitals needs more evidence than one that is. */
#include "stages/head_dateline.h"

#include <string.h>

#include "base/utf8.h"

enum { PLACE_WORDS = 4, PARTS = 6, AGENCY_MOST = 40 };

static char at(str s, size_t i) { return i < s.len ? s.at[i] : '\0'; }

static size_t word_end(str s, size_t i, bool *all_capital) {
    size_t next, letters = 0;
    for (; i < s.len; i = next) {
        utf8_kind kind = utf8_kind_of(utf8_decode(s, i, &next));
        bool joint = s.at[i] == '\'' || s.at[i] == '-' || s.at[i] == '/' || s.at[i] == '.';
        if (joint && !head_capital(s, next) && !(s.at[i] == '.' && letters <= 2) && !(s.at[i] == '\'' && letters))
            break;
        if (!joint && kind != UTF8_UPPER && kind != UTF8_LOWER && kind != UTF8_LETTER && kind != UTF8_MARK) break;
        if (kind == UTF8_LOWER) *all_capital = false;
        letters += !joint;
    }
    return i;
}

/* Words with capitals, one blank between: a place, a region, an agency. */
static size_t name_end(str s, size_t i, bool *all_capital) {
    size_t end = i;
    for (uint32_t words = 0; words < PLACE_WORDS; words++) {
        size_t from = words ? end + 1 : i;
        head_day d;
        if (words && (at(s, end) != ' ' || head_scan_date(s, from, &d) > from)) break;
        if (!head_capital(s, from)) break;
        end = word_end(s, from, all_capital);
    }
    return end;
}

/* "--", an en or em dash, an underscore (an agency's own), or a hyphen before a blank. */
static size_t dash_end(str s, size_t i) {
    i = head_skip_blanks(s, i);
    if (at(s, i) == '-') return at(s, i + 1) == '-' ? i + 2 + (at(s, i + 2) == '-') : at(s, i + 1) == ' ' ? i + 1 : i;
    if (at(s, i) == '_') return i + 1;
    str rest = str_slice(s, i, s.len);
    return str_starts(rest, STR("\xe2\x80\x94")) || str_starts(rest, STR("\xe2\x80\x93")) ? i + 3 : i;
}

/* "(Trend)", "/Trend/". */
static size_t bracketed(str s, size_t i, str *agency) {
    char close = at(s, i) == '(' ? ')' : at(s, i) == '/' ? '/' : '\0';
    if (!close || !head_capital(s, i + 1)) return i;
    const char *end = memchr(s.at + i + 1, close, s.len - i - 1);
    if (!end || (size_t)(end - s.at) > i + AGENCY_MOST) return i;
    *agency = str_slice(s, i + 1, (size_t)(end - s.at));
    return (size_t)(end - s.at) + 1;
}

typedef struct evidence_seen {
    bool capitals, comma; /* the place is all in capitals; a comma or full stop follows it */
    bool date, agency, dash, line_end;
} evidence_seen;

/* One part after the place; `i` when none fits. */
static size_t part(str s, size_t i, dateline *d, evidence_seen *seen) {
    head_day day;
    bool ignored = true;
    size_t end = head_scan_date(s, i, &day);
    if (end > i) {
        if (!seen->date) d->day = day;
        seen->date = true;
        return end;
    }
    if ((end = bracketed(s, i, &d->agency)) > i) {
        seen->agency = true;
        return end;
    }
    if ((end = name_end(s, i, &ignored)) == i) return i;
    size_t then = head_skip_blanks(s, end);
    if (seen->date && (at(s, end) == ':' || at(s, end) == '/' || then == s.len || dash_end(s, end) > then)) {
        d->agency = str_slice(s, i, end);
        seen->agency = true;
        return end + (at(s, end) == ':' || at(s, end) == '/');
    }
    return at(s, then) == ',' || at(s, then) == '(' || head_scan_date(s, then, &day) > then || dash_end(s, end) > then
               ? end
               : i;
}

static void scan_parts(str s, size_t i, dateline *d, evidence_seen *seen) {
    for (uint32_t n = 0; n < PARTS; n++) {
        size_t from = head_skip_blanks(s, i), end;
        d->end = from;
        if (from == s.len) {
            seen->line_end = true;
            return;
        }
        if ((end = dash_end(s, i)) > from) {
            seen->dash = true;
            d->end = head_skip_blanks(s, end);
            return;
        }
        if (at(s, from) == ',' || (at(s, from) == '.' && !seen->agency)) from = head_skip_blanks(s, from + 1);
        if ((end = part(s, from, d, seen)) == from) return;
        i = end;
    }
}

/* "Médecins Sans Frontières (MSF) -- " is an organization and its short name, not a place and an agency. */
static bool short_name(str place, str agency) {
    size_t n = 0;
    for (size_t i = 0; i < place.len; i++) {
        if (i > 0 && place.at[i - 1] != ' ') continue;
        if (n >= agency.len || agency.at[n++] != place.at[i]) return false;
    }
    return n == agency.len;
}

static bool convincing(const evidence_seen *e, const dateline *d) {
    bool ended = e->dash || e->line_end || e->agency;
    if (e->capitals) return e->dash || ((e->date || e->agency) && ended);
    if (e->date && ended) return e->comma || e->agency || !d->place.len;
    return e->agency && e->dash && !short_name(d->place, d->agency);
}

bool dateline_of(str line, dateline *d) {
    evidence_seen seen = {.capitals = true};
    *d = (dateline){0};
    size_t start = head_skip_blanks(line, 0), end = start;
    head_day ignored;
    if (head_scan_date(line, start, &ignored) == start) end = name_end(line, start, &seen.capitals);
    d->place = str_slice(line, start, end);
    if (d->place.len == 1 || (end == start && at(line, end) == '\0')) return false;
    seen.capitals = seen.capitals && end > start;
    seen.comma = at(line, end) == ',' || at(line, end) == '.';
    scan_parts(line, end, d, &seen);
    return convincing(&seen, d);
}
