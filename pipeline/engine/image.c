/* A pack lies in two arenas: its tables, which have no address in them, and its structures. An image has the bytes of
   both, the addresses among the structures written as distances, and marks that say where those stand. So the tables
   are used where they lie, and only the structures are copied, and made to point where things are now.

   Nobody has to say which words are addresses: the same pack loaded twice, at different places, differs in them and in
   nothing else. What an image cannot carry (an address of a constant of the program, of memory outside the arenas, a
   byte that is not the same each time) is an error when it is written.

   head | tables, the archive first | structures, the pack first | marks, a bit for each word of the structures */
#include "engine/image.h"

#include <link.h>
#include <stdlib.h>

#include "engine/loader.h"

enum { ALIGNED = 64, WORD = sizeof(uintptr_t), MARKS = 64 };
static const size_t ROOM_MOST = (size_t)64 << 20; /* of an arena; it takes up what is used of it */

typedef struct image_head { /* sizes, multiples of ALIGNED but for the archive's */
    uint64_t archive, tables, structures;
} image_head;

static size_t aligned(size_t size) { return (size + ALIGNED - 1) / ALIGNED * ALIGNED; }

/* ---- reading */

typedef struct image_parts {
    image_head head;
    const char *tables, *structures, *marks;
} image_parts;

static image_parts parts_of(const char *image) {
    image_parts x;
    memcpy(&x.head, image, sizeof x.head);
    x.tables = image + aligned(sizeof x.head);
    x.structures = x.tables + x.head.tables;
    x.marks = x.structures + x.head.structures;
    return x;
}

str image_archive(const char *image) {
    image_parts x = parts_of(image);
    return (str){x.tables, x.head.archive};
}

/* A distance counts from the begin of the tables; the structures are behind them. */
static void point(const image_parts *x, char *structures, size_t word) {
    uintptr_t distance, address;
    memcpy(&distance, structures + word * WORD, WORD);
    bool table = distance < x->head.tables;
    address = table ? (uintptr_t)x->tables + distance : (uintptr_t)structures + (distance - x->head.tables);
    memcpy(structures + word * WORD, &address, WORD);
}

pack *image_load(const char *image, problems *p) {
    image_parts x = parts_of(image);
    arena a = {0};
    char *structures = memcpy(arena_raw(&a, x.head.structures, ALIGNED), x.structures, x.head.structures);
    for (size_t word = 0; word < x.head.structures / WORD; word += MARKS) {
        uint64_t marks;
        memcpy(&marks, x.marks + word / 8, sizeof marks);
        for (; marks; marks &= marks - 1) point(&x, structures, word + (size_t)__builtin_ctzll(marks));
    }
    pack *k = (pack *)structures;
    k->arena = a;
    buf_add(&p->text, k->report);
    p->warnings += k->warnings;
    return k;
}

/* ---- writing */

typedef struct loaded { /* the pack, where it was loaded */
    char *tables, *structures;
    image_head head;
} loaded;

static bool refuse(problems *p, const char *why) {
    problem_at(p, NULL, (location){NONE, 0, 0}, true, "no image can be made of the rules: %s", why);
    return false;
}

/* What is left after the last thing is never an empty view's address, so that it is told from what comes next. */
static size_t used(const arena *a, const char *from) { return aligned((size_t)(a->next - from) + 1); }

/* What the gaps between fields have from the stack shall not be the same twice by chance. */
static __attribute__((noinline)) void soil_stack(unsigned char with) {
    volatile unsigned char soil[64 * 1024];
    for (size_t i = 0; i < sizeof soil; i++) soil[i] = with;
}

static bool load(loaded *x, str archive, unsigned char soil, problems *p) {
    x->tables = calloc(1, ROOM_MOST);
    x->structures = calloc(1, ROOM_MOST);
    if (!x->tables || !x->structures) return refuse(p, "out of memory");
    arena tables = {.next = x->tables, .limit = x->tables + ROOM_MOST - ALIGNED};
    arena structures = {.next = x->structures, .limit = x->structures + ROOM_MOST - ALIGNED};
    size_t told = p->text.len;
    uint32_t warnings = p->warnings;
    soil_stack(soil);
    pack *k = pack_of_archive(arena_copy(&tables, archive), structures, tables, p);
    if (!k) return false;
    k->report = arena_copy(&k->arena, str_slice(buf_view(&p->text), told, p->text.len));
    k->warnings = p->warnings - warnings;
    if (k->arena.blocks || k->tables.blocks) return refuse(p, "they take too much room");
    x->head = (image_head){archive.len, used(&k->tables, x->tables), used(&k->arena, x->structures)};
    k->arena = k->tables = (arena){0};
    return true;
}

/* As a distance; false: it is not within the pack. */
static bool measure(const loaded *x, uintptr_t address, uintptr_t *distance) {
    uintptr_t tables = (uintptr_t)x->tables, structures = (uintptr_t)x->structures;
    bool table = address >= tables && address < tables + x->head.tables;
    *distance = table ? address - tables : address - structures + x->head.tables;
    return table || (address >= structures && address < structures + x->head.structures);
}

static int holds(struct dl_phdr_info *object, size_t size, void *address) {
    (void)size;
    for (int i = 0; i < object->dlpi_phnum; i++) {
        const ElfW(Phdr) *part = &object->dlpi_phdr[i];
        bool within = *(uintptr_t *)address - object->dlpi_addr - part->p_vaddr < part->p_memsz;
        if (part->p_type == PT_LOAD && within) return 1;
    }
    return 0;
}

/* The word of the image, and whether it is an address. */
static bool word_of(const loaded *one, const loaded *other, size_t at, uintptr_t *out, bool *is_address) {
    uintptr_t a, b, there;
    memcpy(&a, one->structures + at * WORD, WORD);
    memcpy(&b, other->structures + at * WORD, WORD);
    *is_address = a != b;
    *out = a;
    if (a == b) return a <= UINT32_MAX || !dl_iterate_phdr(holds, &a);
    return measure(one, a, out) && measure(other, b, &there) && *out == there;
}

static bool add_structures(const loaded *one, const loaded *other, buf *out, problems *p) {
    size_t words = one->head.structures / WORD;
    uint64_t *marks = calloc(words / MARKS + 1, sizeof *marks);
    bool good = marks != NULL;
    for (size_t i = 0; good && i < words; i++) {
        uintptr_t word;
        bool is_address;
        good = word_of(one, other, i, &word, &is_address);
        buf_add(out, (str){(const char *)&word, WORD});
        if (is_address) marks[i / MARKS] |= (uint64_t)1 << (i % MARKS);
    }
    if (good) buf_add(out, (str){(const char *)marks, (words + MARKS - 1) / MARKS * sizeof *marks});
    free(marks);
    return good || refuse(p, "a word of a structure is neither the same each time nor an address within the pack");
}

static bool add_all(const loaded *one, const loaded *other, buf *out, problems *p) {
    static const char nothing[ALIGNED];
    buf_add(out, (str){(const char *)&one->head, sizeof one->head});
    buf_add(out, (str){nothing, aligned(out->len) - out->len});
    if (memcmp(&one->head, &other->head, sizeof one->head) != 0) return refuse(p, "their size differs");
    if (memcmp(one->tables, other->tables, one->head.tables) != 0) return refuse(p, "their tables differ");
    buf_add(out, (str){one->tables, one->head.tables});
    return add_structures(one, other, out, p);
}

bool image_write(str archive, buf *out, problems *p) {
    loaded one = {0}, other = {0};
    problems again = {0};
    bool good = load(&one, archive, 0x55, p) && load(&other, archive, 0xaa, &again) && add_all(&one, &other, out, p);
    buf_free(&again.text);
    free(one.tables);
    free(one.structures);
    free(other.tables);
    free(other.structures);
    return good;
}
