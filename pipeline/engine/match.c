/* Everything that knows PCRE2. Subjects are capped by the tokenizer, so that a match limit bounds the time of a rule;
   the limit counts anew at each start, which is why the cap matters more than the limit (pcre2api). */
#define PCRE2_CODE_UNIT_WIDTH 0
#include <pcre2.h>

#include "engine/match.h"

#include <stdio.h>
#include <stdlib.h>

enum {
    MATCH_LIMIT = 20000,
    INTERPRETED_LIMIT = MATCH_LIMIT / 10,
    INTERPRETED_MOST = 64, /* calls; to make machine code takes as long as some hundred of them */
    HEAP_LIMIT_KIB = 4096,
    PATTERN_UNITS = 64 * 1024,
    STACK_LEAST = 32 * 1024,
    STACK_MOST = 1024 * 1024
};

struct matcher {
    pcre2_match_context_8 *context8;
    pcre2_match_data_8 *data8;
    pcre2_match_context_16 *context16, *interpreted16;
    pcre2_match_data_16 *data16;
    pcre2_jit_stack_16 *stack16;
    pcre2_jit_stack_8 *stack8;
};

typedef enum { UNKNOWN, YES, NO } known;
struct token_regex {
    pcre2_code_8 *code, *head; /* head: the same, but not anchored at its end, which partial matching refuses */
    known jit;
    unsigned char mark; /* a character that a text must have to match; 0: none is known */
};
struct symbol_regex {
    pcre2_code_16 *code;
    uint32_t asked; /* how often; no more once it is decided whether there is machine code */
    known jit;      /* then the checks of every call can be passed by: the subject is whole and the options are none */
};

static void *need(void *p) {
    if (!p) {
        fputs("whomet: out of memory\n", stderr);
        abort();
    }
    return p;
}

matcher *matcher_new(void) {
    matcher *m = need(calloc(1, sizeof *m));
    m->context8 = need(pcre2_match_context_create_8(NULL));
    m->context16 = need(pcre2_match_context_create_16(NULL));
    m->interpreted16 = need(pcre2_match_context_create_16(NULL));
    m->data8 = need(pcre2_match_data_create_8(1, NULL));
    m->data16 = need(pcre2_match_data_create_16(MATCH_GROUPS, NULL));
    m->stack8 = need(pcre2_jit_stack_create_8(STACK_LEAST, STACK_MOST, NULL));
    m->stack16 = need(pcre2_jit_stack_create_16(STACK_LEAST, STACK_MOST, NULL));
    pcre2_jit_stack_assign_8(m->context8, NULL, m->stack8);
    pcre2_jit_stack_assign_16(m->context16, NULL, m->stack16);
    pcre2_set_match_limit_8(m->context8, MATCH_LIMIT);
    pcre2_set_match_limit_16(m->context16, MATCH_LIMIT);
    pcre2_set_match_limit_16(m->interpreted16, INTERPRETED_LIMIT);
    pcre2_set_heap_limit_8(m->context8, HEAP_LIMIT_KIB);
    pcre2_set_heap_limit_16(m->context16, HEAP_LIMIT_KIB);
    pcre2_set_heap_limit_16(m->interpreted16, HEAP_LIMIT_KIB);
    return m;
}

void matcher_free(matcher *m) {
    if (!m) return;
    pcre2_match_data_free_8(m->data8);
    pcre2_match_data_free_16(m->data16);
    pcre2_match_context_free_8(m->context8);
    pcre2_match_context_free_16(m->context16);
    pcre2_match_context_free_16(m->interpreted16);
    pcre2_jit_stack_free_8(m->stack8);
    pcre2_jit_stack_free_16(m->stack16);
    free(m);
}

/* The last literal of a pattern, unless it is a letter that may be written in the other case. */
static unsigned char mark_of(const pcre2_code_8 *code, str pattern) {
    uint32_t there = 0, unit = 0;
    (void)pcre2_pattern_info_8(code, PCRE2_INFO_LASTCODETYPE, &there);
    (void)pcre2_pattern_info_8(code, PCRE2_INFO_LASTCODEUNIT, &unit);
    bool letter = (unit | 0x20) >= 'a' && (unit | 0x20) <= 'z';
    bool any_case = false; /* an option's letters: "(?i", "(?-i:", "(?^" */
    for (size_t i = 0; i + 3 <= pattern.len; i++) {
        char c = pattern.at[i + 2];
        any_case = any_case || (pattern.at[i] == '(' && pattern.at[i + 1] == '?' && !strchr(":=!<>", c));
    }
    return there && unit < 0x80 && !(letter && any_case) ? (unsigned char)unit : 0;
}

token_regex *token_regex_new(str pattern, char error[MATCH_ERROR], size_t *error_at) {
    int code;
    PCRE2_SIZE at = 0;
    uint32_t options = PCRE2_UTF | PCRE2_UCP | PCRE2_ANCHORED | PCRE2_NEVER_BACKSLASH_C | PCRE2_NO_AUTO_CAPTURE;
    pcre2_code_8 *head = pcre2_compile_8((PCRE2_SPTR8)pattern.at, pattern.len, options, &code, &at, NULL);
    if (!head) {
        pcre2_get_error_message_8(code, (PCRE2_UCHAR8 *)error, MATCH_ERROR);
        *error_at = at;
        return NULL;
    }
    token_regex *r = need(calloc(1, sizeof *r));
    r->head = head;
    options |= PCRE2_ENDANCHORED;
    r->code = need(pcre2_compile_8((PCRE2_SPTR8)pattern.at, pattern.len, options, &code, &at, NULL));
    r->mark = mark_of(r->code, pattern);
    return r;
}

void token_regex_free(token_regex *r) {
    if (!r) return;
    pcre2_code_free_8(r->head);
    pcre2_code_free_8(r->code);
    free(r);
}

/* A partial match: with more behind it the character would do. */
bool token_regex_may_begin(matcher *m, token_regex *r, unsigned char first) {
    uint32_t options = PCRE2_NO_UTF_CHECK | PCRE2_PARTIAL_HARD;
    return pcre2_match_8(r->head, &first, 1, 0, options, m->data8, m->context8) != PCRE2_ERROR_NOMATCH;
}

token_text token_text_of(str text) {
    token_text t = {.text = text};
    for (size_t i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char)text.at[i];
        if (c < 0x80) t.has[c / 64] |= (uint64_t)1 << (c % 64);
    }
    return t;
}

/* Machine code is made for the first text that needs it; where memory may not be executable the interpreter does it. */
bool token_regex_matches(matcher *m, token_regex *r, const token_text *t) {
    PCRE2_SPTR8 subject = (PCRE2_SPTR8)t->text.at;
    if (r->mark && !(t->has[r->mark / 64] >> (r->mark % 64) & 1)) return false;
    if (r->jit == UNKNOWN) r->jit = pcre2_jit_compile_8(r->code, PCRE2_JIT_COMPLETE) == 0 ? YES : NO;
    if (r->jit == YES) return pcre2_jit_match_8(r->code, subject, t->text.len, 0, 0, m->data8, m->context8) >= 0;
    return pcre2_match_8(r->code, subject, t->text.len, 0, PCRE2_NO_UTF_CHECK, m->data8, m->context8) >= 0;
}

symbol_regex *symbol_regex_new(str pattern, char error[MATCH_ERROR]) {
    uint16_t *units = need(malloc((pattern.len + 1) * sizeof *units));
    for (size_t i = 0; i < pattern.len; i++) units[i] = (unsigned char)pattern.at[i];
    int code;
    PCRE2_SIZE at;
    pcre2_compile_context_16 *context = need(pcre2_compile_context_create_16(NULL));
    pcre2_set_max_pattern_length_16(context, PATTERN_UNITS * 16);
    uint32_t options = PCRE2_ANCHORED | PCRE2_NO_START_OPTIMIZE | PCRE2_DOTALL | PCRE2_NEVER_UTF | PCRE2_NEVER_UCP |
                       PCRE2_NEVER_BACKSLASH_C;
    pcre2_code_16 *compiled = pcre2_compile_16(units, pattern.len, options, &code, &at, context);
    pcre2_compile_context_free_16(context);
    free(units);
    if (!compiled) {
        PCRE2_UCHAR16 wide[MATCH_ERROR];
        pcre2_get_error_message_16(code, wide, MATCH_ERROR);
        for (size_t i = 0; i < MATCH_ERROR; i++) error[i] = (char)wide[i];
        error[MATCH_ERROR - 1] = 0;
        return NULL;
    }
    symbol_regex *r = need(calloc(1, sizeof *r));
    r->code = compiled;
    return r;
}

void symbol_regex_free(symbol_regex *r) {
    if (!r) return;
    pcre2_code_free_16(r->code);
    free(r);
}

static int run_code(matcher *m, symbol_regex *r, const uint16_t *subject, uint32_t len, uint32_t from) {
    if (r->jit == UNKNOWN) r->jit = pcre2_jit_compile_16(r->code, PCRE2_JIT_COMPLETE) == 0 ? YES : NO;
    return r->jit == YES ? pcre2_jit_match_16(r->code, subject, len, from, 0, m->data16, m->context16)
                         : pcre2_match_16(r->code, subject, len, from, 0, m->data16, m->context16);
}

/* Most expressions are asked a few times before their alphabet grows or the text ends: the interpreter is good enough
   for these. Where it would take long the machine code decides, so that what is found does not hang on who was asked.
 */
static int match_code(matcher *m, symbol_regex *r, const uint16_t *subject, uint32_t len, uint32_t from) {
    if (r->jit != UNKNOWN || ++r->asked > INTERPRETED_MOST) return run_code(m, r, subject, len, from);
    int groups = pcre2_match_16(r->code, subject, len, from, 0, m->data16, m->interpreted16);
    return groups >= 0 || groups == PCRE2_ERROR_NOMATCH ? groups : run_code(m, r, subject, len, from);
}

int symbol_regex_match(matcher *m, symbol_regex *r, const uint16_t *subject, uint32_t len, uint32_t from,
                       span_match *out) {
    int groups = match_code(m, r, subject, len, from);
    if (groups == PCRE2_ERROR_NOMATCH) return 0;
    if (groups < 0) return groups;
    const PCRE2_SIZE *at = pcre2_get_ovector_pointer_16(m->data16);
    out->group_count = groups == 0 ? MATCH_GROUPS : (uint32_t)groups;
    for (uint32_t i = 0; i < out->group_count; i++) {
        bool unset = at[2 * i] == PCRE2_UNSET;
        out->groups[i] = unset ? (match_span){UINT32_MAX, UINT32_MAX}
                               : (match_span){(uint32_t)at[2 * i], (uint32_t)at[2 * i + 1]};
    }
    return 1;
}
