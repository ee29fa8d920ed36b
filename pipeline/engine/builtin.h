/* The image of the rule pack that is built into the program. */
#ifndef WHOMET_BUILTIN_H
#define WHOMET_BUILTIN_H

const char *builtin_image(void); /* see engine/image.h */

#endif
