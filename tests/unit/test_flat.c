/* The quick JSON reader against the thorough one: what it takes, jansson takes too, with the same values. */
#include "unit.h"

#include <string.h>

#include "base/flat.h"
#include "base/json.h"
#include "base/utf8.h"

static const struct {
    const char *json;
    bool taken;
} cases[] = {
    {"{\"id\":\"a\",\"text\":\"One.\"}", true},
    {" { \"id\" : 7 , \"t\" : null,\"b\":true,\"c\":false , \"authors\":[] }\r\n", true},
    {"{\"a\":\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u0041\\u00e9\\u20ac\\ud83d\\ude00\"}", true},
    {"{\"a\":\"one\",\"a\":\"two\"}", true},
    {"{\"a\":\"\\u0000 and more\"}", true},
    {"{\"a\":-0}", true},
    {"{\"a\":1.5}", false},
    {"{\"a\":1e3}", false},
    {"{\"a\":[\"b\"]}", false},
    {"{\"a\":{}}", false},
    {"{}", false},
    {"{\"a\":01}", false},
    {"{\"a\":-}", false},
    {"{\"a\":\"\\ud83d\"}", false},
    {"{\"a\":\"\\ude00\"}", false},
    {"{\"a\":\"\\x41\"}", false},
    {"{\"a\":\"\\u00g1\"}", false},
    {"{\"a\":\"one\ntwo\"}", false},
    {"{\"a\":\"one", false},
    {"{\"a\":\"one\\", false},
    {"{\"a\":\"one\"", false},
    {"{\"a\":\"one\"}x", false},
    {"{\"a\":\"one\",}", false},
    {"{\"a\" \"one\"}", false},
    {"{a:\"one\"}", false},
    {"{\"a\":nul}", false},
    {"[\"a\"]", false},
    {"", false},
};

static bool agrees(arena *a, str json) {
    flat_object flat;
    if (!flat_read(a, json, &flat)) return true;
    value *object = value_take(json, NULL);
    bool same = value_is_object(object);
    for (uint32_t i = 0; same && i < flat.count; i++) {
        const flat_member *m = flat_get(&flat, flat.members[i].key);
        if (memchr(m->key.at, '\0', m->key.len)) continue;
        value *v = value_get(object, arena_copy(a, m->key).at);
        if (m->kind == FLAT_STRING)
            same = value_is_string(v) && str_equal(value_str(v), m->value);
        else if (m->kind == FLAT_NUMBER)
            same = value_int(v, INT64_MIN) != INT64_MIN;
        else
            same = !value_is_string(v);
    }
    if (object) value_drop(object);
    return same;
}

/* Each case with bytes changed, dropped and doubled. */
static bool agrees_when_broken(arena *a) {
    static const char bytes[] = "\"\\{}[],:u0d8nrt \n\x1f"
                                "A";
    uint32_t state = 1;
    for (int round = 0; round < 200000; round++) {
        char text[128];
        state = state * 1664525 + 1013904223;
        str json = str_of(cases[(state >> 8) % (sizeof cases / sizeof *cases)].json);
        if (json.len == 0) continue;
        memcpy(text, json.at, json.len);
        for (int n = 0; n < 2; n++) {
            state = state * 1664525 + 1013904223;
            text[(state >> 10) % json.len] = bytes[(state >> 24) % (sizeof bytes - 1)];
        }
        if (utf8_valid_prefix((str){text, json.len}) == json.len && !agrees(a, (str){text, json.len})) {
            printf("# %.*s\n", (int)json.len, text);
            return false;
        }
        if (round % 1000 == 0) arena_reset(a);
    }
    return true;
}

int main(void) {
    arena a = {0};
    flat_object flat;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        str json = str_of(cases[i].json);
        char name[32];
        snprintf(name, sizeof name, "case %u", (unsigned)i);
        CHECK(name, flat_read(&a, json, &flat) == cases[i].taken && agrees(&a, json));
    }
    CHECK("broken in every way", agrees_when_broken(&a));
    arena_free(&a);
    return unit_done();
}
