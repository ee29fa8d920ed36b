/* The sound of a person's name: its words as rules/identity reads them, without initials. */
#include "stages/graph_faces.h"

enum { SPELT_LEAST = 5 /* letters of a word; a shorter one is another name with one letter changed */ };

static bool is(str s, const char *what) { return str_equal(s, str_of(what)); }

static str replace(arena *a, str s, str from, str to) {
    char *out = arena_take(a, s.len * (to.len > from.len ? to.len : 1) + 1, 1);
    size_t len = 0;
    for (size_t i = 0; i < s.len;) {
        if (str_starts(str_slice(s, i, s.len), from)) {
            memcpy(out + len, to.at, to.len);
            len += to.len;
            i += from.len;
        } else {
            out[len++] = s.at[i++];
        }
    }
    return (str){out, len};
}

static str single_letters(arena *a, str s) {
    char *out = arena_take(a, s.len + 1, 1);
    size_t len = 0;
    for (size_t i = 0; i < s.len; i++) {
        bool again = i && s.at[i] == s.at[i - 1] && s.at[i] >= 'a' && s.at[i] <= 'z';
        if (!again) out[len++] = s.at[i];
    }
    return (str){out, len};
}

static str given_name(const resolver *x, str word) {
    for (uint32_t i = 0; x->rules && i < x->rules->given.len; i++) {
        const alike *line = &x->rules->given.at[i];
        for (uint32_t n = 0; n < line->names.len; n++) {
            str name = line->names.at[n].name;
            bool first = name.len == word.len && name.at[0] == word.at[0]; /* tells most apart */
            if (first && str_equal(name, word)) return line->names.at[0].name;
        }
    }
    return word;
}

static str sound_of_word(const resolver *x, str word) {
    arena *a = x->a;
    if (word.len < SPELT_LEAST) return word;
    for (uint32_t i = 0; x->rules && i < x->rules->spell.len; i++) {
        const spelling *s = &x->rules->spell.at[i];
        if (memmem(word.at, word.len, s->from.at, s->from.len)) word = replace(a, word, s->from, s->to);
    }
    return single_letters(a, word);
}

/* Without initials and "Jr.", which are kept aside. */
void faces_hear(resolver *x, graph_face *f) {
    buf sound = {0}, initials = {0};
    uint32_t number = 0;
    for (str rest = f->plain, word; rest.len; number++) {
        str_cut(rest, ' ', &word, &rest);
        if (is(word, "jr") || is(word, "sr")) continue;
        if (word.len == 1 && number && rest.len) {
            buf_add(&initials, word);
            continue;
        }
        if (sound.len) buf_byte(&sound, ' ');
        buf_add(&sound, sound_of_word(x, rest.len ? given_name(x, word) : word));
    }
    f->sound = arena_copy(x->a, buf_view(&sound));
    f->initials = arena_copy(x->a, buf_view(&initials));
    f->words = word_count(f->sound);
    buf_free(&sound);
    buf_free(&initials);
}
