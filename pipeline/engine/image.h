/* The image of a loaded pack: what loading it from its text gives, as bytes that a program takes in when it is built
   and uses without reading a rule. */
#ifndef WHOMET_IMAGE_H
#define WHOMET_IMAGE_H

#include "engine/pack.h"

/* The archive's pack, as an image; false: errors, told in `p`. Warnings are told in `p` and in the image. */
bool image_write(str archive, buf *out, problems *p);

str image_archive(const char *image);             /* lent */
pack *image_load(const char *image, problems *p); /* its warnings are told in `p`; the image is lent */

#endif
