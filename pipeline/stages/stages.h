/* The stages, in the order in which an article goes through them. Each adds its layer to the document. */
#ifndef WHOMET_STAGES_H
#define WHOMET_STAGES_H

#include "document.h"
#include "engine/worker.h"

void stage_tokenize(
    worker *w, document *d); /* tokens, sentences, paragraphs; text-file heads and datelines are recognised in read */
void token_words(worker *w, document *d);  /* of tokens whose places were read back: the words that they are */
void stage_tag(worker *w, document *d);    /* symbols, all tag phases, timexes resolved */
void stage_link(worker *w, document *d);   /* entities; mention.entity and mention.link */
void stage_relate(worker *w, document *d); /* relate phases; events and agreements */

/* calendar: gives m->timex for every date mention of the document, in text order. */
void calendar_resolve(worker *w, document *d);

#endif
