/* whomet: sub-commands, nothing else. */
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>

#include "cli/explain.h"
#include "cli/options.h"
#include "cli/run.h"
#include "engine/check.h"

static void tell(problems *p) {
    if (p->text.len) fwrite(p->text.at, 1, p->text.len, stderr);
    buf_clear(&p->text);
}

static int check(const pack *k, problems *p) {
    check_result result = {0};
    check_options how = {.skip_growth = false};
    bool good = check_pack(k, &how, p, &result);
    tell(p);
    if (good)
        printf("%u rules, %u examples: all hold\n", result.rules, result.examples);
    else
        fprintf(stderr, "whomet: %u errors, %u warnings\n", p->errors, p->warnings);
    if (fflush(stdout) != 0) {
        perror("whomet: standard output");
        return EXIT_OUTPUT;
    }
    return good ? EXIT_COMPLETE : EXIT_USAGE;
}

/* A standard stream that the caller has closed must not become the number of the next file that is opened. */
static void hold_standard_streams(void) {
    for (int fd = 0; fd <= 2; fd++) {
        if (fcntl(fd, F_GETFD) < 0) (void)!open("/dev/null", fd == 0 ? O_WRONLY : O_RDONLY);
    }
}

int main(int argc, char **argv) {
    options o;
    signal(SIGPIPE, SIG_DFL); /* `| head` ends the program, whatever the parent ignored */
    hold_standard_streams();
    int code = options_read(argc, argv, &o);
    if (code >= 0) return code;
    problems p = {0};
    pack *k = pack_load(o.rules, o.rule_count, &p);
    if (!k) {
        tell(&p);
        buf_free(&p.text);
        return EXIT_USAGE;
    }
    if (o.command != COMMAND_CHECK) buf_clear(&p.text); /* warnings are for `check` */
    code = o.command == COMMAND_CHECK     ? check(k, &p)
           : o.command == COMMAND_EXPLAIN ? explain_article(&o, k)
                                          : run_articles(&o, k);
    buf_free(&p.text);
    pack_free(k);
    return code;
}
