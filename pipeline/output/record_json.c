/* A record as one line of JSON, keys sorted. */
#include "output/json.h"
#include "output/record.h"

static void bytes_key(json_out *j, const record_span *s) {
    json_key(j, "bytes");
    json_open(j, '[');
    json_number(j, s->byte_begin);
    json_number(j, s->byte_end);
    json_close(j, ']');
}

static void in_key(json_out *j, const record_span *s) {
    if (s->in_title) json_text_key(j, "in", STR("title"));
}

/* A mention, a topic: the same but for the rule. */
static void span_keys(json_out *j, const record_span *s) {
    json_number_key(j, "begin", s->begin);
    json_number_key(j, "end", s->end);
    in_key(j, s);
    if (s->link.len) json_text_key(j, "link", s->link);
    if (s->rule.len) json_text_key(j, "rule", s->rule);
    json_text_key(j, "text", s->text);
}

void record_write_evidence(json_out *j, const record_span *s, str source) {
    json_open(j, '{');
    json_number_key(j, "begin", s->begin);
    bytes_key(j, s);
    if (source.len) json_text_key(j, "document", source);
    json_number_key(j, "end", s->end);
    in_key(j, s);
    json_text_key(j, "quote", s->text);
    json_text_key(j, "rule", s->rule);
    if (s->about) json_text_key(j, "shows", STR("about"));
    json_close(j, '}');
}

static void write_entity(json_out *j, const record_entity *e) {
    json_open(j, '{');
    json_key(j, "aliases");
    json_open(j, '[');
    for (uint32_t i = 0; i < e->aliases.len; i++) json_string(j, e->aliases.at[i]);
    json_close(j, ']');
    json_text_key(j, "country", e->country);
    json_text_key(j, "id", e->id);
    json_key(j, "mentions");
    json_open(j, '[');
    for (uint32_t i = 0; i < e->mentions.len; i++) {
        json_open(j, '{');
        span_keys(j, &e->mentions.at[i]);
        json_close(j, '}');
    }
    json_close(j, ']');
    json_text_key(j, "name", e->name);
    json_key(j, "roles");
    json_open(j, '[');
    for (uint32_t i = 0; i < e->roles.len; i++) {
        const record_role *r = &e->roles.at[i];
        json_open(j, '{');
        if (r->basis.len) json_text_key(j, "basis", r->basis);
        json_text_key(j, "country", r->country);
        json_key(j, "evidence");
        json_open(j, '[');
        for (uint32_t v = 0; v < r->evidence.len; v++) record_write_evidence(j, &r->evidence.at[v], (str){0});
        json_close(j, ']');
        json_key(j, "former");
        json_bool(j, r->former);
        json_text_key(j, "of", r->of);
        json_text_key(j, "title", r->title);
        json_close(j, '}');
    }
    json_close(j, ']');
    json_text_key(j, "type", e->type);
    json_close(j, '}');
}

static void entities_key(json_out *j, const char *key, const record *r, const entity_list *list) {
    json_key(j, key);
    json_open(j, '[');
    for (uint32_t i = 0; i < list->len; i++) json_string(j, r->entities.at[list->at[i]].id);
    json_close(j, ']');
}

static void codes_key(json_out *j, const record *r, const record_event *e) {
    json_key(j, "codes");
    if (!record_has_codes(e)) {
        json_null(j);
        return;
    }
    json_open(j, '{');
    json_text_key(j, "cameo", e->codes.cameo);
    json_text_key(j, "linked", e->codes.linked);
    json_text_key(j, "mode", e->codes.mode);
    json_text_key(j, "plover", e->codes.plover);
    entities_key(j, "source", r, &e->codes.source);
    entities_key(j, "target", r, &e->codes.target);
    json_close(j, '}');
}

static void event_key(json_out *j, const char *key, const record *r, uint32_t at) {
    json_text_key(j, key, at != NONE ? r->events.at[at].id : (str){0});
}

static void write_event(json_out *j, const record *r, const record_event *e, bool agreement) {
    json_open(j, '{');
    json_key(j, "about");
    json_open(j, '[');
    for (uint32_t i = 0; i < e->about.len; i++) {
        json_open(j, '{');
        span_keys(j, &e->about.at[i]);
        json_close(j, '}');
    }
    json_close(j, ']');
    codes_key(j, r, e);
    json_text_key(j, "country", e->country);
    json_text_key(j, "date", e->date);
    json_text_key(j, "date_basis", e->date_basis);
    if (!agreement) event_key(j, "during", r, e->during);
    json_text_key(j, "end", e->end);
    json_key(j, "evidence");
    json_open(j, '[');
    for (uint32_t i = 0; i < e->evidence.len; i++) record_write_evidence(j, &e->evidence.at[i], (str){0});
    json_close(j, ']');
    json_text_key(j, "id", e->id);
    if (agreement) json_text_key(j, "kind", e->type);
    json_text_key(j, "name", e->name);
    json_key(j, agreement ? "parties" : "participants");
    json_open(j, '[');
    for (uint32_t i = 0; i < e->participants.len; i++) {
        json_open(j, '{');
        json_text_key(j, "entity", r->entities.at[e->participants.at[i].entity].id);
        if (!agreement) json_text_key(j, "role", e->participants.at[i].role);
        json_close(j, '}');
    }
    json_close(j, ']');
    json_key(j, "place");
    if (e->place == NONE)
        json_null(j);
    else
        json_string(j, r->entities.at[e->place].id);
    if (agreement) event_key(j, "signed_at", r, e->during);
    json_text_key(j, "status", e->status);
    if (!agreement) json_text_key(j, "type", e->type);
    json_close(j, '}');
}

void record_write_object(json_out *j, const record *r) {
    json_open(j, '{');
    json_key(j, "agreements");
    json_open(j, '[');
    for (uint32_t i = 0; i < r->agreements.len; i++) write_event(j, r, &r->agreements.at[i], true);
    json_close(j, ']');
    json_key(j, "dates");
    json_open(j, '[');
    for (uint32_t i = 0; i < r->dates.len; i++) {
        const record_date *d = &r->dates.at[i];
        json_open(j, '{');
        json_number_key(j, "begin", d->span.begin);
        json_number_key(j, "end", d->span.end);
        in_key(j, &d->span);
        if (d->mod.len) json_text_key(j, "mod", d->mod);
        json_text_key(j, "rule", d->span.rule);
        json_text_key(j, "text", d->span.text);
        json_text_key(j, "type", d->type);
        json_text_key(j, "value", d->value);
        json_close(j, '}');
    }
    json_close(j, ']');
    json_key(j, "entities");
    json_open(j, '[');
    for (uint32_t i = 0; i < r->entities.len; i++) write_entity(j, &r->entities.at[i]);
    json_close(j, ']');
    json_key(j, "events");
    json_open(j, '[');
    for (uint32_t i = 0; i < r->events.len; i++) write_event(j, r, &r->events.at[i], false);
    json_close(j, ']');
    json_text_key(j, "id", r->id);
    json_text_key(j, "published", r->published);
    json_text_key(j, "schema", STR("whomet.document/1"));
    json_text_key(j, "sha256", r->sha256);
    json_text_key(j, "source", r->source);
    json_text_key(j, "title", r->title);
    json_text_key(j, "url", r->url);
    json_close(j, '}');
}

void record_write(const record *r, buf *out) {
    json_out j = {.out = out};
    record_write_object(&j, r);
    buf_byte(out, '\n');
}
