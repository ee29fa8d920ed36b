/* Repair must agree with every other program that follows the maximal-subpart practice, or positions would differ. */
#include "base/utf8.h"

#include "unit.h"

static const struct {
    const char *name, *in, *out;
} repairs[] = {
    {"ascii", "abc", "abc"},
    {"valid two to four bytes", "\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80", "\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80"},
    {"lone continuation", "a\x80z", "a?z"},
    {"two continuations", "\x80\xbf", "??"},
    {"overlong slash, two bytes", "\xc0\xaf", "??"},
    {"overlong slash, three bytes", "\xe0\x80\xaf", "???"},
    {"overlong slash, four bytes", "\xf0\x80\x80\xaf", "????"},
    {"surrogate", "\xed\xa0\x80", "???"},
    {"above 10FFFF", "\xf4\x90\x80\x80", "????"},
    {"five-byte lead", "\xf8\x88\x80\x80\x80", "?????"},
    {"fe ff", "\xfe\xff", "??"},
    {"two of three bytes", "a\xe2\x82z", "a?z"},
    {"one of three bytes", "\xe2z", "?z"},
    {"three of four bytes", "\xf0\x9f\x98z", "?z"},
    {"truncated at the end", "ab\xf0\x9f\x98", "ab?"},
    {"truncated twice", "\xe2\x82\xe2\x82\xac", "?\xe2\x82\xac"},
    {"latin-1 in long ascii", "Caf\xe9 talks \xff were held", "Caf? talks ? were held"},
    {"table 3-8 of the Unicode standard", "\xf1\x80\x80\xe1\x80\xc2\x62\x80\x63\x80\xbf\x64", "???b?c??d"},
    {"table 3-11 of the Unicode standard", "\xe1\x80\xe2\xf0\x91\x92\xf1\xbf\x41", "????A"},
    {"non-characters stay", "\xef\xbf\xbe\xef\xbf\xbf", "\xef\xbf\xbe\xef\xbf\xbf"},
};

/* `out` with U+FFFD written as a question mark. */
static bool same(str repaired, str out) {
    size_t i = 0;
    for (size_t j = 0; j < out.len; j++) {
        str rest = str_slice(repaired, i, repaired.len);
        if (out.at[j] == '?' && str_starts(rest, STR("\xef\xbf\xbd")))
            i += 3;
        else if (rest.len && rest.at[0] == out.at[j])
            i++;
        else
            return false;
    }
    return i == repaired.len;
}

static void shifts_lead_back(arena *a) {
    str in = STR("a\xff"
                 "b\xe2\x82"
                 "c\xff"
                 "d");
    utf8_text t = utf8_repair(a, in);
    bool good = t.shift_count == 3;
    for (size_t i = 0; i < t.text.len; i++) {
        char c = t.text.at[i];
        int64_t shift = 0;
        for (uint32_t n = 0; n < t.shift_count && t.shifts[n].at <= i; n++) shift = t.shifts[n].shift;
        if (c >= 'a' && c <= 'd') good = good && in.at[(int64_t)i + shift] == c;
    }
    CHECK("shifts lead back to the user's bytes", good);
}

int main(void) {
    arena a = {0};
    for (size_t i = 0; i < sizeof repairs / sizeof *repairs; i++) {
        str in = str_of(repairs[i].in);
        utf8_text t = utf8_repair(&a, in);
        CHECK(repairs[i].name, same(t.text, str_of(repairs[i].out)) && utf8_valid_prefix(t.text) == t.text.len);
    }
    shifts_lead_back(&a);
    CHECK("count", utf8_count(STR("Baku \xc6\x8f\xe2\x80\x94\xf0\x9f\x98\x80, 8 February")) == 20);
    CHECK("lower", str_equal(utf8_lower(&a, STR("\xc6\x8fLIYEV")), STR("\xc9\x99liyev")));
    CHECK("fold marks", str_equal(utf8_fold(&a, STR("Erdo\xc4\x9f"
                                                    "an")),
                                  STR("erdogan")));
    CHECK("fold dotless i", str_equal(utf8_fold(&a, STR("Y\xc4\xb1lmaz")), STR("yilmaz")));
    CHECK("fold capital I with dot", str_equal(utf8_fold(&a, STR("\xc4\xb0lham")), STR("ilham")));
    arena_free(&a);
    return unit_done();
}
