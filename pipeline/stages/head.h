/* The head of an article's text: title, byline, date and source lines, and the dateline before the first sentence.
   Goes by form alone and never looks further than a few lines. The lines stay part of the text. */
#ifndef WHOMET_HEAD_H
#define WHOMET_HEAD_H

#include "base/arena.h"

typedef struct head {
    str title, byline, source; /* views into the text; empty: none */
    str place;                 /* of the dateline, as printed: BAKU */
    char published[11];        /* ISO day, or "" when there is none or it has no year */
    size_t end;                /* byte where the head lines end: before it every line stands alone */
} head;

head head_of(str text);

/* A date as papers and crawlers write it ("Feb. 8, 2022", "2022-02-08T10:00:00Z", "Tue, 08 Feb 2022") as ISO day or
   date-time; empty when it is none or has no year. */
str head_date(arena *a, str text);

#endif
