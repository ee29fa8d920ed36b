/* Positions: bytes of the buffer to the characters and bytes that the user counts. */
#include "document.h"

enum { STEP = 64 };

/* Code points before every STEP-th byte, of the title and of the text apart; NULL where all is ASCII. */
struct place_index {
    uint32_t *title, *text;
};

static uint32_t *checkpoints(document *d, str s) {
    uint32_t *out = ARENA_ARRAY(d->arena, uint32_t, s.len / STEP + 2);
    for (size_t i = 0; i < s.len; i += STEP) {
        str part = str_slice(s, i, i + STEP < s.len ? i + STEP : s.len);
        out[i / STEP + 1] = out[i / STEP] +
                            (uint32_t)utf8_count(part); /* counts lead bytes, so a cut character counts once */
    }
    if (out[(s.len + STEP - 1) / STEP] < s.len) return out;
    arena_give_back(d->arena, out);
    return NULL;
}

static str title_text(const document *d) { return str_slice(d->buffer, 0, d->text_at); }

str document_text(const document *d) { return str_slice(d->buffer, d->text_at, d->buffer.len); }

static uint32_t code_points(const uint32_t *index, str s, uint32_t at) {
    if (!index) return at;
    uint32_t base = at / STEP * STEP;
    return index[at / STEP] + (uint32_t)utf8_count(str_slice(s, base, at));
}

static uint32_t user_byte(const document *d, uint32_t at) {
    uint32_t low = 0, high = d->shift_count;
    while (low < high) {
        uint32_t middle = (low + high) / 2;
        if (d->shifts[middle].at <= at)
            low = middle + 1;
        else
            high = middle;
    }
    return low == 0 ? at : (uint32_t)((int64_t)at + d->shifts[low - 1].shift);
}

place document_place(document *d, uint32_t begin, uint32_t end) {
    if (!d->index) {
        d->index = ARENA_NEW(d->arena, struct place_index);
        d->index->title = checkpoints(d, title_text(d));
        d->index->text = checkpoints(d, document_text(d));
    }
    place p = {.in_title = begin < d->text_at, .quote = str_slice(d->buffer, begin, end)};
    str s = p.in_title ? title_text(d) : document_text(d);
    const uint32_t *index = p.in_title ? d->index->title : d->index->text;
    uint32_t shift = p.in_title ? 0 : d->text_at;
    p.begin = code_points(index, s, begin - shift);
    p.end = code_points(index, s, end - shift);
    p.byte_begin = p.in_title ? begin : user_byte(d, begin - shift);
    p.byte_end = p.in_title ? end : user_byte(d, end - shift);
    return p;
}

str document_tokens(const document *d, uint32_t first, uint32_t end) {
    return str_slice(d->buffer, d->tokens.at[first].begin, d->tokens.at[end - 1].end);
}
