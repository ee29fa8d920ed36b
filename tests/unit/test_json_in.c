/* The quick way into JSON against the thorough one: what it takes, jansson takes too, with the same values. */
#include "unit.h"

#include <string.h>

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
    {"{\"a\":[\"b\"]}", true},
    {"{\"a\":{}}", true},
    {"{}", true},
    {"[ ]", true},
    {"[[0,9],[10,-12] , [ ]]", true},
    {"[{\"a\":[{\"b\":{\"c\":[null,true,\"x\"]}}]},\"y\"]", true},
    {"7", true},
    {"\"x\"", true},
    {"[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]", false},
    {"[1,]", false},
    {"[,1]", false},
    {"[1 2]", false},
    {"[1}", false},
    {"{\"a\":1]", false},
    {"[", false},
    {"1000000000000000000000", false},
    {"{\"a\":\"caf\xe9\"}", false},
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
    {"[\"a\"]", true},
    {"", false},
};

/* Of several members of one name the last one counts, so it is asked for. */
static bool same(const value *a, const value *b) {
    if (!a || !b) return a == b;
    if (a->kind != b->kind) return false;
    if (a->kind == VALUE_STRING) return str_equal(a->text, b->text);
    if (a->kind == VALUE_NUMBER || a->kind == VALUE_BOOL) return a->number == b->number;
    if (a->kind == VALUE_ARRAY && a->count != b->count) return false;
    for (uint32_t i = 0; value_is_array(a) && i < a->count; i++) {
        if (!same(value_at(a, i), value_at(b, i))) return false;
    }
    for (uint32_t i = 0; value_is_object(a) && i < a->count; i++) {
        const char *key = a->items[i].key.at;
        if (!same(value_get(a, key), value_get(b, key))) return false;
    }
    return true;
}

/* Keys end where C strings end before they can be asked for; a name with a NUL in it jansson refuses. */
static void end_keys(arena *a, value *v, bool *nul) {
    for (uint32_t i = 0; (value_is_array(v) || value_is_object(v)) && i < v->count; i++) {
        *nul = *nul || (v->items[i].key.len && memchr(v->items[i].key.at, '\0', v->items[i].key.len));
        v->items[i].key = arena_copy(a, v->items[i].key);
        end_keys(a, &v->items[i], nul);
    }
}

static bool agrees(arena *a, str json) {
    value *quick = value_quick(a, json);
    bool nul = false;
    if (!quick) return true;
    end_keys(a, quick, &nul);
    const value *thorough = value_thorough(a, json, NULL);
    return nul || (thorough && same(quick, thorough));
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
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        str json = str_of(cases[i].json);
        char name[32];
        snprintf(name, sizeof name, "case %u", (unsigned)i);
        CHECK(name, (value_quick(&a, json) != NULL) == cases[i].taken && agrees(&a, json));
    }
    CHECK("broken in every way", agrees_when_broken(&a));
    arena_free(&a);
    return unit_done();
}
