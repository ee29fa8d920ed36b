/* The JSON writer: commas, escapes, numbers; what it writes is read back as the same. */
#include "unit.h"

#include "base/json.h"
#include "output/json.h"

static void structure(void) {
    buf out = {0};
    json_out j = {.out = &out};
    json_open(&j, '{');
    json_key(&j, "a");
    json_open(&j, '[');
    json_close(&j, ']');
    json_key(&j, "b");
    json_open(&j, '[');
    json_number(&j, -9223372036854775807 - 1);
    json_number(&j, 0);
    json_bool(&j, true);
    json_null(&j);
    json_open(&j, '{');
    json_close(&j, '}');
    json_string(&j, STR("x"));
    json_close(&j, ']');
    json_key(&j, "c");
    json_text(&j, (str){0});
    json_close(&j, '}');
    CHECK("commas stand between values and nowhere else",
          str_equal(buf_view(&out), STR("{\"a\":[],\"b\":[-9223372036854775808,0,true,null,{},\"x\"],\"c\":null}")));
    buf_free(&out);
}

static bool comes_back(str s) {
    buf out = {0};
    json_out j = {.out = &out};
    json_string(&j, s);
    arena a = {0};
    const value *v = value_take(&a, buf_view(&out), NULL);
    bool same = v && str_equal(value_str(v), s);
    arena_free(&a);
    buf_free(&out);
    return same;
}

static void escapes(void) {
    bool all = true;
    for (int c = 0; c < 128; c++) {
        char text[] = {'a', (char)c, 'b'};
        all = all && comes_back((str){text, 3});
    }
    CHECK("every ASCII character comes back", all);
    for (size_t len = 1; len < 70; len++) {
        for (size_t at = 0; at < len; at++) {
            char text[70];
            memset(text, 'a', sizeof text);
            text[at] = "\"\\\n\x7f\x01"[(len + at) % 5];
            all = all && comes_back((str){text, len});
        }
    }
    CHECK("what needs an escape is found wherever it stands", all);
    CHECK("other scripts stay as they are", comes_back(STR("\xc9\x99\xe2\x80\x99\xf0\x9f\x98\x80")));
    CHECK("the empty string", comes_back(STR("")));
}

static bool number_is(int64_t n) {
    buf out = {0};
    char text[24];
    json_out j = {.out = &out};
    json_number(&j, n);
    snprintf(text, sizeof text, "%lld", (long long)n);
    bool same = str_equal(buf_view(&out), str_of(text));
    buf_free(&out);
    return same;
}

static void numbers(void) {
    bool all = number_is(INT64_MAX) && number_is(INT64_MIN);
    for (int64_t power = 1; power <= INT64_MAX / 100; power *= 10)
        for (int64_t n = power - 1; n <= power + 1; n++) all = all && number_is(n) && number_is(-n) && number_is(n * 9);
    CHECK("numbers of every length", all);
}

int main(void) {
    structure();
    numbers();
    escapes();
    return unit_done();
}
