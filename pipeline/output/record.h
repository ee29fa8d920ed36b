/* The document record: what an article says, in the user's units, with nothing of the machine left in it.
   Made of a document, or of a line that a filter reads; written as NDJSON; what the graph is built of. */
#ifndef WHOMET_RECORD_H
#define WHOMET_RECORD_H

#include "base/json.h"
#include "document.h"
#include "engine/names.h"
#include "engine/worker.h"

typedef struct record_span {
    bool in_title, about; /* about: evidence of what a contact was about, not that it took place */
    uint32_t begin, end;  /* code points */
    uint32_t byte_begin, byte_end;
    str text; /* exactly those characters */
    str rule; /* "file/rule"; empty for topics */
    str link; /* why a mention joined its entity, or empty */
} record_span;

typedef struct record_role {
    str title, of, country, basis; /* basis: where the country came from when not from its own words, or empty */
    bool former;
    VEC(record_span) evidence;
} record_role;

typedef struct record_entity {
    str id, type, name, country;
    VEC(str) aliases;
    VEC(record_role) roles;
    VEC(record_span) mentions;
} record_entity;

typedef struct record_date {
    record_span span;
    str type, value, mod;
} record_date;

typedef struct record_party {
    uint32_t entity; /* index */
    str role;
} record_party;

/* Event codes; all empty: none. Source and target (entities): whose act it is; none: all the parties act on each other.
 */
typedef VEC(uint32_t) entity_list;
typedef struct record_codes {
    str cameo, linked, plover, mode; /* linked: the CAMEO code as told from the target's side */
    entity_list source, target;
} record_codes;

/* An event, or an agreement: then type is its kind and the participants are its parties. */
typedef struct record_event {
    str id, type, name, status, country, date, end, date_basis;
    uint32_t place;  /* entity index, or NONE */
    uint32_t during; /* of an agreement: signed at. Index in the events, or NONE */
    VEC(record_party) participants;
    VEC(record_span) about, evidence;
    record_codes codes;
} record_event;

/* Texts that are added here are copied in record_copy.c, too. */
typedef struct record {
    str id, source, title, published, sha256, url;
    VEC(record_entity) entities;
    VEC(record_date) dates;
    VEC(record_event) events, agreements;
} record;

static inline bool record_has_codes(const record_event *e) { return e->codes.cameo.len || e->codes.plover.len; }

const char *entity_type_name(entity_type type);
/* In the document's arena; views into its buffer. facts_only: without ids, dates and mentions, which no graph needs. */
record *record_of_document(worker *w, document *d, bool facts_only);
void record_write(const record *r, buf *out);     /* one line, with its line end */
record *record_read(arena *a, const value *line); /* NULL: not a finished record. Views into `line` */

/* What a graph needs of it: no mentions, no dates, no entity that no fact names; ids counted anew. `texts` keeps what
 * comes often. Nothing in it looks into `r`. */
record *record_copy(arena *a, names *texts, arena *scratch, const record *r);
uint32_t record_office_body(const record *r, const record_role *held); /* entity; NONE: the article names none */

struct json_out;
void record_write_object(struct json_out *j, const record *r);

/* One piece of evidence; `document` names its article in the graph and is empty in a record. */
void record_write_evidence(struct json_out *j, const record_span *s, str document);

#endif
