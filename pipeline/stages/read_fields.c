/* Field names: for each of ours, the first of its aliases that has a value. Absent, null, "" and "None" (which a
   well-known crawler writes for a missing date) are no value. */
#include "stages/read_fields.h"

#include <stdlib.h>
#include <time.h>

#include "stages/head.h"

static const char *const ids[] = {"id", "story_id", "uid", "guid", "docno", "url", NULL};
static const char *const texts[] = {"text",        "maintext", "body_text", "body", "content",
                                    "articleBody", "article",  "full_text", NULL};
static const char *const titles[] = {"title", "headline", NULL};
static const char *const dates[] = {
    "published", "date",    "date_publish",     "published_at",  "publishedAt",    "publish_date", "published_date",
    "pub_date",  "pubDate", "publication_date", "datePublished", "versioncreated", "firstcreated", NULL};
static const char *const sources[] = {"source",        "publisher", "publication", "sitename",
                                      "source_domain", "hostname",  "domain",      NULL};
static const char *const urls[] = {"url", "link", "uri", NULL};
static const char *const bylines[] = {"byline", "author", "authors", NULL};
static const char *const languages[] = {"language", "lang", NULL};

static str whole(arena *a, const value *v) {
    int64_t n = value_int(v, INT64_MIN);
    if (n == INT64_MIN) return (str){0};
    return arena_format(a, "%lld", (long long)n);
}

/* A string, a number, the name of an object, or the strings of an array, joined. */
static str plain(arena *a, const value *v) {
    if (value_is_string(v)) return arena_copy(a, value_str(v));
    if (value_is_object(v)) return arena_copy(a, value_str(value_get(v, "name")));
    if (!value_is_array(v)) return whole(a, v);
    str all = {0};
    for (size_t i = 0; i < value_len(v); i++) {
        const value *item = value_at(v, i);
        str one = value_is_object(item) ? value_str(value_get(item, "name")) : value_str(item);
        if (one.len)
            all = all.len ? arena_format(a, "%.*s, %.*s", (int)all.len, all.at, (int)one.len, one.at)
                          : arena_copy(a, one);
    }
    return all;
}

static bool nothing(str s) {
    s = str_trim(s);
    return s.len == 0 || str_equal(s, STR("None")) || str_equal(s, STR("null"));
}

static str field(arena *a, const value *object, const char *const *names) {
    for (; *names; names++) {
        str s = plain(a, value_get(object, *names));
        if (!nothing(s)) return s;
    }
    return (str){0};
}

/* The text is lent, not copied: it goes into the buffer at once. */
static bool text_of(const value *object, str *text) {
    bool found = false;
    *text = (str){0};
    for (const char *const *name = texts; *name && nothing(*text); name++) {
        const value *v = value_get(object, *name);
        if (!value_is_string(v)) continue;
        found = true;
        if (!str_equal(v->text, STR("None"))) *text = v->text;
    }
    return found;
}

/* Seconds or milliseconds since 1970. */
static str epoch_day(arena *a, int64_t n) {
    time_t seconds = (time_t)(n > 100000000000 ? n / 1000 : n);
    struct tm day;
    if (n < 100000000 || !gmtime_r(&seconds, &day) || day.tm_year > 8000) return (str){0};
    return arena_format(a, "%04d-%02d-%02d", day.tm_year + 1900, day.tm_mon + 1, day.tm_mday);
}

/* /2022/02/08/ or /2022-02-08 in an address. */
static str url_day(arena *a, str url) {
    for (size_t i = 0; i + 11 <= url.len; i++) {
        str day = i + 11 <= url.len ? str_slice(url, i + 1, i + 11) : (str){0};
        if (url.at[i] == '/' && (day.at[4] == '/' || day.at[4] == '-') && day.at[7] == day.at[4]) {
            str found = head_date(a, day);
            if (found.len == 10) return found;
        }
    }
    return (str){0};
}

static str published(arena *a, const value *object, str url) {
    for (const char *const *name = dates; *name; name++) {
        const value *v = value_get(object, *name);
        str written = plain(a, v), found = written.len ? head_date(a, written) : (str){0};
        if (!found.len && written.len && !value_is_string(v)) found = epoch_day(a, strtoll(written.at, NULL, 10));
        if (found.len) return found;
    }
    return url_day(a, url);
}

bool read_fields(arena *a, const value *object, document *d, str *text) {
    d->id = str_trim(field(a, object, ids));
    d->title = field(a, object, titles);
    d->source = str_trim(field(a, object, sources));
    d->url = str_trim(field(a, object, urls));
    d->byline = str_trim(field(a, object, bylines));
    d->language = str_trim(field(a, object, languages));
    d->published = published(a, object, d->url);
    return text_of(object, text);
}
