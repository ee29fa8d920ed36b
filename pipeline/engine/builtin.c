/* The image that pipeline/bootstrap makes of rules/, taken in as it is: compiling it as C would take longer than all
   the rest. */
#include "engine/builtin.h"

__asm__(".section .rodata\n"
        ".balign 64\n"
        ".globl builtin_bytes\n.hidden builtin_bytes\n"
        "builtin_bytes:\n.incbin \"" IMAGE_FILE "\"\n.previous\n");

extern const char builtin_bytes[];

const char *builtin_image(void) { return builtin_bytes; }
