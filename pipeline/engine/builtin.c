/* The archive that the Makefile makes of rules/, taken in as it is: compiling it as C would take longer than all the
 * rest. */
#include "engine/builtin.h"

__asm__(".section .rodata\n"
        ".globl builtin_pack_begin\n.hidden builtin_pack_begin\n"
        ".globl builtin_pack_end\n.hidden builtin_pack_end\n"
        "builtin_pack_begin:\n.incbin \"" PACK_FILE "\"\nbuiltin_pack_end:\n.byte 0\n.previous\n");

extern const char builtin_pack_begin[], builtin_pack_end[];

/* cppcheck-suppress comparePointers ; the assembler lays them out in this order */
str builtin_pack(void) { return (str){builtin_pack_begin, (size_t)(builtin_pack_end - builtin_pack_begin)}; }
