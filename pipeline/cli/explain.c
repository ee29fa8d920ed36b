/* Sentence by sentence: the text, its symbols at the end of tagging, what each rule marked, what joined which entity
   and why, the facts, and the rules that had their trigger words but did not match. Plain text for a person. */
#include "cli/explain.h"

#include <stdio.h>
#include <string.h>

#include "article.h"
#include "cli/sink.h"
#include "stages/stages.h"

/* A rule that ran over a sentence and whether it matched somewhere. */
typedef struct attempt {
    uint32_t sentence, rule;
    bool matched;
} attempt;

typedef struct explainer {
    worker *w;
    const pack *k;
    document *d;
    buf out;
    arena arena;
    VEC(attempt) attempts;
} explainer;

static void note(void *context, document *d, uint32_t at, uint32_t id, bool triggered, uint32_t matches) {
    explainer *x = context;
    (void)d;
    if (triggered) *VEC_PUSH(&x->arena, &x->attempts) = (attempt){at, id, matches > 0};
}

static void say(explainer *x, str s) { buf_add(&x->out, s); }

/* Text on one line, control characters shown as blanks. */
static void say_line(explainer *x, str s) {
    for (size_t i = 0; i < s.len; i++)
        buf_byte(&x->out, (unsigned char)s.at[i] < 0x20 || s.at[i] == 0x7f ? ' ' : s.at[i]);
}

static bool told(const explainer *x, uint32_t class) {
    str name = x->k->classes.at[class];
    return name.at[0] != '=' && class >= SHAPE_COUNT;
}

static void say_symbols(explainer *x, const sentence *s) {
    say(x, STR("  symbols\n"));
    for (uint32_t i = 0; i < s->symbol_count; i++) {
        const symbol *y = &s->symbols[i];
        uint32_t count;
        const uint32_t *classes = worker_set_classes(x->w, y->classes, &count);
        say(x, STR("    "));
        say_line(x, document_tokens(x->d, y->first, y->end));
        for (uint32_t c = 0; c < count; c++) {
            if (told(x, classes[c]))
                buf_format(&x->out, " <%.*s>", (int)x->k->classes.at[classes[c]].len, x->k->classes.at[classes[c]].at);
        }
        buf_byte(&x->out, '\n');
    }
}

static void say_slots(explainer *x, const mention *m) {
    for (uint32_t i = 0; i < m->slot_count; i++) {
        buf_format(&x->out, "; %.*s=", (int)x->k->keys.at[m->slots[i].key].len, x->k->keys.at[m->slots[i].key].at);
        say_line(x, document_tokens(x->d, m->slots[i].first, m->slots[i].end));
    }
    for (uint32_t i = 0; i < m->attribute_count; i++) {
        str key = x->k->keys.at[m->attributes[i].key], text = m->attributes[i].value;
        buf_format(&x->out, "; %.*s='%.*s'", (int)key.len, key.at, (int)text.len, text.at);
    }
}

static void say_rule(explainer *x, uint32_t id) {
    const rule *r = &x->k->rules.at[id];
    str file = x->k->files.at[r->where.file].name;
    buf_format(&x->out, "%.*s (%.*s:%u)", (int)r->name.len, r->name.at, (int)file.len, file.at, r->where.line);
}

static void say_mention(explainer *x, const mention *m) {
    str type = x->k->classes.at[m->type];
    buf_format(&x->out, "    %.*s \"", (int)type.len, type.at);
    say_line(x, document_tokens(x->d, m->first, m->end));
    say(x, STR("\" by "));
    say_rule(x, m->rule);
    say_slots(x, m);
    if (m->timex)
        buf_format(&x->out, "; value %.*s (%s)", (int)m->timex->value.len, m->timex->value.at,
                   m->timex->basis ? m->timex->basis : "-");
    if (m->entity != NONE) {
        const entity *e = &x->d->entities.at[m->entity];
        buf_format(&x->out, "\n      joins e%u %.*s: %s", m->entity + 1, (int)e->name.len, e->name.at,
                   m->link ? m->link : "-");
    }
    for (uint32_t i = 0; i < m->member_count; i++) {
        const entity *e = &x->d->entities.at[m->members[i]];
        buf_format(&x->out, "\n      means e%u %.*s: %s", m->members[i] + 1, (int)e->name.len, e->name.at,
                   m->link ? m->link : "-");
    }
    buf_byte(&x->out, '\n');
}

static bool marked_by(const explainer *x, uint32_t at, uint32_t id) {
    for (uint32_t i = 0; i < x->d->mentions.len; i++) {
        if (x->d->mentions.at[i].sentence == at && x->d->mentions.at[i].rule == id) return true;
    }
    return x->k->rules.at[id].type == NONE; /* a rule that emits nothing leaves no mark */
}

/* Rules that ran in vain: those that did not match, or those whose matches another rule won. */
static void say_attempts(explainer *x, uint32_t at, bool matched, const char *heading) {
    bool first = true;
    for (uint32_t i = 0; i < x->attempts.len; i++) {
        const attempt *a = &x->attempts.at[i];
        if (a->sentence != at || a->matched != matched || (matched && marked_by(x, at, a->rule))) continue;
        if (first) say(x, str_of(heading));
        first = false;
        say(x, STR("    "));
        say_rule(x, a->rule);
        buf_byte(&x->out, '\n');
    }
}

static void say_sentence(explainer *x, uint32_t at) {
    const sentence *s = &x->d->sentences.at[at];
    buf_format(&x->out, "%s %u: ", s->title ? "title" : "sentence", at + 1);
    say_line(x, document_tokens(x->d, s->first, s->end));
    buf_byte(&x->out, '\n');
    say_symbols(x, s);
    say(x, STR("  marked\n"));
    for (uint32_t i = 0; i < x->d->mentions.len; i++) {
        if (x->d->mentions.at[i].sentence == at) say_mention(x, &x->d->mentions.at[i]);
    }
    say_attempts(x, at, true, "  matched, but a match that began before it or was longer came first\n");
    say_attempts(x, at, false, "  had their trigger words, did not match\n");
    buf_byte(&x->out, '\n');
}

static void say_events(explainer *x, const event *list, uint32_t count, const char *what) {
    for (uint32_t i = 0; i < count; i++) {
        const event *e = &list[i];
        buf_format(&x->out, "%s: %.*s", what, (int)e->type.len, e->type.at);
        if (e->name.len) say(x, STR(" \"")), say_line(x, e->name), say(x, STR("\""));
        buf_format(&x->out, ", %s, %.*s:", e->status, (int)(e->date.len ? e->date.len : 7),
                   e->date.len ? e->date.at : "no date");
        for (uint32_t p = 0; p < e->participants.len; p++) {
            const entity *who = &x->d->entities.at[e->participants.at[p].entity];
            buf_format(&x->out, "%s %.*s", p ? ";" : "", (int)who->name.len, who->name.at);
        }
        const event *at = e->during ? &x->d->events.at[e->during - 1] : NULL;
        if (at) say(x, STR(", at ")), say_line(x, at->name.len ? at->name : at->type);
        buf_byte(&x->out, '\n');
        for (uint32_t v = 0; v < e->evidence.len; v++) {
            say(x, STR("    by "));
            if (e->evidence.at[v].rule == NONE)
                say(x, str_of(e->evidence.at[v].rule_name));
            else
                say_rule(x, e->evidence.at[v].rule);
            say(x, STR(": \""));
            say_line(x, str_slice(x->d->buffer, e->evidence.at[v].begin, e->evidence.at[v].end));
            say(x, STR("\"\n"));
        }
    }
}

static void run(explainer *x) {
    worker_trace trace = {note, x};
    worker_set_trace(x->w, &trace);
    stage_tokenize(x->w, x->d);
    stage_tag(x->w, x->d);
    stage_link(x->w, x->d);
    stage_relate(x->w, x->d);
    worker_set_trace(x->w, NULL);
}

static void say_all(explainer *x, const char *at) {
    uint32_t shown = 0;
    for (uint32_t s = 0; s < x->d->sentences.len; s++) {
        str text = document_tokens(x->d, x->d->sentences.at[s].first, x->d->sentences.at[s].end);
        if (at && !memmem(text.at, text.len, at, strlen(at))) continue;
        say_sentence(x, s);
        shown++;
    }
    if (at && !shown) buf_format(&x->out, "no sentence contains \"%s\"\n", at);
    if (at) return;
    say_events(x, x->d->events.at, x->d->events.len, "event");
    say_events(x, x->d->agreements.at, x->d->agreements.len, "agreement");
}

static bool explain_one(explainer *x, const raw_article *raw, const char *at) {
    rejection no = {0};
    document *d = x->d = ARENA_NEW(&x->arena, document);
    x->attempts.at = NULL;
    x->attempts.len = x->attempts.cap = 0;
    bool good = read_article(&x->arena, raw, d, &no);
    if (good) {
        buf_format(&x->out, "article %.*s\n", (int)d->id.len, d->id.at);
        if (d->published.len) buf_format(&x->out, "published %.*s\n", (int)d->published.len, d->published.at);
        buf_byte(&x->out, '\n');
        run(x);
        say_all(x, at);
    } else {
        buf line = {0};
        rejection_write(&no, &line);
        fwrite(line.at, 1, line.len, stderr);
        buf_free(&line);
    }
    arena_reset(&x->arena);
    worker_trim(x->w);
    return good;
}

int explain_article(const options *o, const pack *k) {
    explainer x = {.w = worker_new(k), .k = k};
    raw_article raw = {0};
    sink out;
    int code = EXIT_COMPLETE;
    if (!sink_open(&out, o->output)) code = EXIT_OUTPUT;
    reader *r = code == EXIT_COMPLETE ? reader_new(o->inputs, o->input_count) : NULL;
    while (r && !out.error && reader_next(r, &raw)) {
        if (!explain_one(&x, &raw, o->at)) code = EXIT_REJECTED;
        sink_write(&out, buf_view(&x.out));
        buf_clear(&x.out);
    }
    if (r && !sink_close(&out, true)) code = EXIT_OUTPUT;
    raw_article_free(&raw);
    reader_free(r);
    buf_free(&x.out);
    worker_free(x.w);
    arena_free(&x.arena);
    return code;
}
