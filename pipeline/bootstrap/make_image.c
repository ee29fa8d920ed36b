/* make_image ARCHIVE IMAGE: the first program of the build, with all of the library but the built-in rules: it loads
   them from their text and writes the image that the real program has in it. */
#include <stdio.h>
#include <stdlib.h>

#include "base/file.h"
#include "engine/builtin.h"
#include "engine/image.h"

const char *builtin_image(void) { abort(); /* this is the program that makes it */ }

static bool write_whole(const char *path, str bytes) {
    FILE *f = fopen(path, "wb");
    bool good = f && fwrite(bytes.at, 1, bytes.len, f) == bytes.len;
    return (f && fclose(f) == 0) && good;
}

int main(int argc, char **argv) {
    problems p = {0};
    buf archive = {0}, image = {0};
    file f;
    if (argc != 3) return fputs("usage: make_image ARCHIVE IMAGE\n", stderr), 2;
    bool good = file_open(&f, argv[1]) == FILE_OPEN && file_rest(&f, &archive, SIZE_MAX) && !f.error;
    if (!good) return fprintf(stderr, "make_image: cannot read %s\n", argv[1]), 2;
    file_close(&f);
    good = image_write(buf_view(&archive), &image, &p);
    if (p.text.len) fwrite(p.text.at, 1, p.text.len, stderr);
    if (good && !write_whole(argv[2], buf_view(&image)))
        good = false, fprintf(stderr, "make_image: cannot write %s\n", argv[2]);
    buf_free(&p.text);
    buf_free(&archive);
    buf_free(&image);
    return good ? 0 : 1;
}
