/* The reader against files of every kind, made in a folder of its own. */
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "stages/read.h"

#include "unit.h"

static void make(const char *name, str content) {
    int fd = open(name, O_WRONLY | O_CREAT | O_TRUNC, 0644);
    if (fd < 0 || write(fd, content.at, content.len) != (ssize_t)content.len) abort();
    close(fd);
}

/* Everything that the reader makes of the paths, in short: id|title|published|text; or !kind:line@byte; */
static str told(arena *a, const char *const *paths, size_t count) {
    str all = {0};
    raw_article raw = {0};
    reader *r = reader_new(paths, count);
    while (reader_next(r, &raw)) {
        document d;
        rejection no;
        if (read_article(a, &raw, &d, &no)) {
            str text = str_slice(d.buffer, d.text_at, d.buffer.len);
            all = arena_format(a, "%.*s%.*s|%.*s|%.*s|%.*s;", (int)all.len, all.len ? all.at : "", (int)d.id.len,
                               d.id.at, (int)d.title.len, d.title.len ? d.title.at : "", (int)d.published.len,
                               d.published.len ? d.published.at : "", (int)text.len, text.at);
        } else {
            all = arena_format(a, "%.*s!%s:%u@%u;", (int)all.len, all.len ? all.at : "", no.kind, (unsigned)no.line,
                               (unsigned)no.byte);
        }
    }
    reader_free(r);
    raw_article_free(&raw);
    return all;
}

static void check(arena *a, const char *name, const char *path, const char *expected) {
    str got = told(a, &path, 1);
    CHECK(name, str_equal(got, str_of(expected)));
    if (!str_equal(got, str_of(expected))) printf("  got %.*s\n", (int)got.len, got.at);
}

static void check_content(arena *a, const char *name, const char *content, const char *expected) {
    make("x", str_of(content));
    check(a, name, "x", expected);
}

static void contents(arena *a) {
    check_content(a, "text", "The ministers met.\n", "x|||The ministers met.\n;");
    check_content(a, "empty file", "", "");
    check_content(a, "blank file", " \r\n\n", "");
    check_content(a, "one record", "{\"id\":\"a\",\"text\":\"One.\"}", "a|||One.;");
    check_content(a, "records, blank line, CRLF, byte order mark",
                  "\xef\xbb\xbf{\"id\":\"a\",\"text\":\"One.\"}\r\n\r\n{\"id\":\"b\",\"text\":\"Two.\"}\r\n",
                  "a|||One.;b|||Two.;");
    check_content(a, "a bad line among good ones",
                  "{\"id\":\"a\",\"text\":\"One.\"}\n{\"id\":\"b\",\"text\":\n{\"id\":\"c\",\"text\":\"Two.\"}\n",
                  "a|||One.;!malformed-json:2@42;c|||Two.;");
    check_content(a, "a bad first line", "{\"id\":\"a\",\"text\":\n{\"id\":\"b\",\"text\":\"Two.\"}\n",
                  "!malformed-json:1@17;b|||Two.;");
    check_content(a, "aliases",
                  "{\"story_id\":7,\"maintext\":\"One.\",\"headline\":\"H\",\"date_publish\":\"2022-02-08 10:00:00\"}",
                  "7|H|2022-02-08T10:00:00|One.;");
    check_content(
        a, "None is no value",
        "{\"id\":\"a\",\"text\":\"One.\",\"title\":\"None\",\"date\":\"None\",\"url\":\"https://e.org/2022/02/08/x\"}",
        "a||2022-02-08|One.;");
    check_content(a, "no id", "{\"text\":\"One.\"}\n\n{\"text\":\"Two.\"}\n", "x:1|||One.;x:3|||Two.;");
    check_content(a, "no text", "{\"id\":\"a\"}\n{\"id\":\"b\",\"text\":null}\n{\"id\":\"c\",\"text\":\" \"}\n",
                  "!no-text:1@0;!no-text:2@11;!no-text:3@34;");
    check_content(a, "no object", "{\"id\":\"a\",\"text\":\"One.\"}\n[1]\n7\n",
                  "a|||One.;!malformed-json:2@25;!malformed-json:3@29;");
    check_content(a, "a printed object", "{\n  \"id\": \"a\",\n  \"text\": \"One {.\"\n}\n", "a|||One {.;");
    check_content(a, "an array", "[{\"id\":\"a\",\"text\":\"One.\"},\n {\"text\":\"T]}\\\"wo.\"}]\n",
                  "a|||One.;x:2|||T]}\"wo.;");
    check_content(a, "a broken array",
                  "[{\"id\":\"a\",\"text\":\"One.\"},\n {\"text\":", "a|||One.;!malformed-json:2@36;");
    check_content(a, "text that begins with a brace", "{Correction} The ministers met.\n",
                  "x|||{Correction} The ministers met.\n;");
    check_content(a, "text that begins with a bracket", "[Baku] The ministers met.\n",
                  "x|||[Baku] The ministers met.\n;");
    check_content(a, "lone surrogate", "{\"id\":\"a\",\"text\":\"A\\ud83d \\ud83d\\ude00.\"}",
                  "a|||A\xef\xbf\xbd \xf0\x9f\x98\x80.;");
    check_content(a, "invalid UTF-8 in a string", "{\"id\":\"a\",\"text\":\"Caf\xe9.\"}", "a|||Caf\xef\xbf\xbd.;");
    check_content(a, "UTF-16", "\xff\xfeT", "!not-text:0@0;");
    check_content(a, "HTML", "<!DOCTYPE html><html><body>x</body></html>", "!not-text:0@0;");
}

static void folders(arena *a) {
    mkdir("d", 0755), mkdir("d/b", 0755), mkdir("d/.hidden", 0755);
    make("d/c.txt", STR("C."));
    make("d/a.txt", STR("A."));
    make("d/b/z.txt", STR("Z."));
    make("d/.hidden/h.txt", STR("H."));
    make("d/e.txt", STR(""));
    bool made = mkfifo("d/fifo", 0644) == 0 && symlink("../d", "d/loop") == 0 && symlink("nowhere", "d/gone") == 0;
    CHECK("special files made", made);
    check(a, "a folder: sorted, without hidden and special files", "d", "a|||A.;z|||Z.;c|||C.;!missing-file:0@0;");
    check(a, "a FIFO by name", "d/fifo", "!not-regular:0@0;");
    check(a, "a device by name", "/dev/zero", "!not-regular:0@0;");
    check(a, "no such file", "nowhere", "!missing-file:0@0;");
    const char *const two[] = {"nowhere", "d/a.txt"};
    CHECK("goes on after a missing file", str_equal(told(a, two, 2), STR("!missing-file:0@0;a|||A.;")));
}

static void long_lines(arena *a) {
    buf all = {0};
    buf_add(&all, STR("{\"id\":\"a\",\"text\":\"One.\"}\n{\"id\":\"b\",\"text\":\""));
    for (size_t i = 0; i < (size_t)READ_LINE_MOST / 16 + 1; i++) buf_add(&all, STR("0123456789abcde "));
    buf_add(&all, STR("\"}\n{\"id\":\"c\",\"text\":\"Two.\"}\n"));
    make("x", buf_view(&all));
    check(a, "a line that is too long is passed over", "x", "a|||One.;!too-large:2@25;c|||Two.;");
    make("x", str_slice(buf_view(&all), 60, 60 + (size_t)READ_TEXT_MOST + 1));
    check(a, "a text that is too large", "x", "!too-large:0@0;");
    buf_free(&all);
}

static void pieces(void) {
    file f;
    buf line = {0};
    make("x", STR("one\ntwo\r\n\nlast"));
    CHECK("open", file_open(&f, "x") == FILE_OPEN);
    CHECK("peek takes nothing", file_peek(&f, 1).len == 14);
    CHECK("line", file_line(&f, &line, 10) == LINE_TAKEN && str_equal(buf_view(&line), STR("one")));
    CHECK("too long", file_line(&f, &line, 3) == LINE_TOO_LONG);
    CHECK("empty line", file_line(&f, &line, 10) == LINE_TAKEN && line.len == 0);
    CHECK("last line without end", file_line(&f, &line, 10) == LINE_TAKEN && str_equal(buf_view(&line), STR("last")));
    CHECK("none", file_line(&f, &line, 10) == LINE_NONE && f.offset == 14);
    file_close(&f);
    buf_free(&line);
}

int main(void) {
    char folder[] = "/tmp/whomet-read-XXXXXX";
    if (!mkdtemp(folder) || chdir(folder) != 0) return 1;
    arena a = {0};
    contents(&a);
    folders(&a);
    long_lines(&a);
    pieces();
    arena_free(&a);
    char command[64];
    snprintf(command, sizeof command, "rm -rf %s", folder);
    if (system(command) != 0) return 1;
    return unit_done();
}
