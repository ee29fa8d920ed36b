/* What there can be only one of, chosen from all that is told of an item, by a fixed order; and where it was seen. */
#ifndef WHOMET_CHOOSE_H
#define WHOMET_CHOOSE_H

#include "stages/graph.h"

str choose_last(const graph_item *i, fact_field field); /* the greatest by bytes: small letters before capitals */
str choose_only(const graph_item *i, fact_field field); /* empty when several are told */
str choose_status(const graph_item *i);                 /* what has happened outweighs what was said before */

/* Of that status; of several the most special one: 046 rather than 040. All empty: none. */
typedef struct event_codes {
    str cameo, plover, mode;
} event_codes;
event_codes choose_codes(const graph_item *i);

typedef struct sightings {
    str first, last;    /* days of publication, or empty */
    uint32_t documents; /* articles that show it */
    uint32_t texts;     /* of those, with different text: copies of one report count once */
    uint32_t sources;   /* names of sources among them */
} sightings;
sightings choose_sightings(arena *scratch, const graph_item *i);

#endif
