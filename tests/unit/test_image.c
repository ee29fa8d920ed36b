/* The image of a pack: the same bytes each time, and what comes out of it is the pack that was loaded from its text. */
#include "unit.h"

#include <stdlib.h>
#include <string.h>

#include "engine/check.h"
#include "engine/image.h"
#include "engine/lexicon.h"

#define RULE "rule r\n  match   <person:who> met <(city|town)&!lower:where>\n  emit    x at=where who=who +seen\n"
#define TEXT                                                                                                           \
    "list city : Lisbon | Baku | old\nlist person : Anna Kaleva\n" RULE                                                \
    "  yes     [person Anna Kaleva] met Baku.\n    ->    at=Baku; who=Anna Kaleva\n  no      Anna met old.\n"

static void add_file(buf *archive, const char *name, const char *text) {
    buf_format(archive, "\f %s %zu\n%s\n", name, strlen(text), text);
}

static buf archive_of(const char *rules) {
    buf archive = {0};
    add_file(&archive, "order", "relate find p r.rules\n");
    add_file(&archive, "r.rules", rules);
    add_file(&archive, "lexicon/l.list", "list town\nBreda | Breda-stad ; iso=NL pop=3\n");
    return archive;
}

static bool holds(const pack *k) {
    problems p = {0};
    check_options how = {.skip_growth = true};
    check_result result = {0};
    bool good = check_pack(k, &how, &p, &result) && result.examples == 2;
    if (!good) printf("# %.*s", (int)p.text.len, p.text.at);
    buf_free(&p.text);
    return good;
}

static bool same_str(str a, str b) { return str_equal(a, b) && (a.len == 0 || a.at != b.at); }

static bool same(const pack *a, const pack *b) {
    bool all = a->entries.len == b->entries.len && a->rules.len == b->rules.len && a->classes.len == b->classes.len;
    for (uint32_t i = 0; all && i < a->entries.len; i++) {
        const entry *x = &a->entries.at[i], *y = &b->entries.at[i];
        all = same_str(x->canonical, y->canonical) && x->list == y->list && x->fact_count == y->fact_count &&
              same_str(entry_fact(x, KEY_ISO), entry_fact(y, KEY_ISO));
    }
    for (uint32_t i = 0; all && i < a->classes.len; i++) all = pack_class(b, a->classes.at[i]) == i;
    lexicon_ids ids = lexicon_find(a->lexicon, STR("BAKU"), STR("baku")),
                others = lexicon_find(b->lexicon, STR("BAKU"), STR("baku"));
    return all && ids.capitals != NONE && ids.capitals == others.capitals && strcmp(a->sha256, b->sha256) == 0;
}

static void hashes(const pack *k, const char *name, bool same_hash) {
    buf archive = archive_of(same_hash ? TEXT : TEXT "# more\n");
    problems p = {0};
    pack *other = pack_of_archive(buf_view(&archive), (arena){0}, (arena){0}, &p);
    CHECK(name, other && (strcmp(k->sha256, other->sha256) == 0) == same_hash);
    pack_free(other);
    buf_free(&archive);
    buf_free(&p.text);
}

static void loads(const buf *archive, const buf *image) {
    problems p = {0};
    pack *text = pack_of_archive(buf_view(archive), (arena){0}, (arena){0}, &p);
    pack *one = image_load(image->at, &p), *other = image_load(image->at, &p);
    CHECK("the archive is in the image", str_equal(image_archive(image->at), buf_view(archive)));
    CHECK("the pack of the image is that of the text", text && same(text, one));
    CHECK("it does what its rules say", holds(text) && holds(one));
    hashes(one, "the same text, the same hash", true);
    hashes(one, "another text, another hash", false);
    pack_free(one);
    CHECK("an image can be loaded again and again", holds(other) && same(text, other));
    pack_free(other);
    pack_free(text);
    buf_free(&p.text);
}

static void warns(void) {
    buf archive = archive_of(TEXT "list idle : nobody\n"), image = {0};
    problems made = {0}, told = {0};
    bool good = image_write(buf_view(&archive), &image, &made) && made.warnings;
    pack *k = good ? image_load(image.at, &told) : NULL;
    CHECK("warnings are in the image",
          k && told.warnings == made.warnings && str_equal(buf_view(&told.text), buf_view(&made.text)));
    pack_free(k);
    buf_free(&archive);
    buf_free(&image);
    buf_free(&made.text);
    buf_free(&told.text);
}

static void refuses(void) {
    buf archive = archive_of("rule r\n  match   <nobody>\n  emit    x\n"), image = {0};
    problems p = {0};
    CHECK("rules with errors have no image", !image_write(buf_view(&archive), &image, &p) && p.errors == 1);
    buf_free(&archive);
    buf_free(&image);
    buf_free(&p.text);
}

int main(void) {
    buf archive = archive_of(TEXT), image = {0}, again = {0};
    problems p = {0};
    bool good = image_write(buf_view(&archive), &image, &p) && image_write(buf_view(&archive), &again, &p);
    CHECK("an image is the same each time", good && str_equal(buf_view(&image), buf_view(&again)));
    if (good) loads(&archive, &image);
    if (!good) printf("# %.*s", (int)p.text.len, p.text.at);
    warns();
    refuses();
    buf_free(&archive);
    buf_free(&image);
    buf_free(&again);
    buf_free(&p.text);
    return unit_done();
}
