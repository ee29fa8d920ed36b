/* Reading the command line; what it says wrong is told with the word that is wrong. */
#include "cli/options.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char help[] =
    "whomet reads news articles and writes who met whom about what, as a JSON graph.\n"
    "\n"
    "  whomet articles/ -o graph.json              a folder of text files or JSONL, one graph\n"
    "  cat news.jsonl | whomet --records           one JSON record an article, line by line\n"
    "  whomet explain --at \"held talks\" a.txt      which rule marked what, and which came near\n"
    "  whomet check --rules my-rules               lint rules and run the examples in them\n"
    "  whomet read DIR | whomet tokenize | whomet tag | whomet link | whomet relate | whomet graph\n"
    "                                              the same as `whomet DIR`, a stage at a time\n"
    "\n"
    "usage: whomet [read|tokenize|tag|link|relate|graph] [OPTION]... [FILE|DIR|-]...\n"
    "       whomet explain [--at TEXT] [OPTION]... [FILE|-]\n"
    "       whomet check [OPTION]... [RULES]\n"
    "\n"
    "No file, or -, is standard input. Text files, folders and JSONL are told apart by their content.\n"
    "\n"
    "  --records        document records (NDJSON) instead of the graph\n"
    "  -o, --output F   write to F, by way of a temporary file\n"
    "  --rules DIR      add rule files, or replace those of the same name; may be repeated\n"
    "  --errors F       rejected inputs as NDJSON to F instead of standard error\n"
    "  --jobs N         threads (default: one a core); changes no byte of the output\n"
    "  --at TEXT        explain: only sentences that contain TEXT\n"
    "  --version, --help\n"
    "\n"
    "Exit codes: 0 complete; 2 usage or bad rules; 3 some input was rejected, the rest is complete;\n"
    "4 the output could not be written.\n";

static int mistake(const char *message, const char *about) {
    fprintf(stderr, "whomet: %s%s%s\nTry `whomet --help`.\n", message, about ? " " : "", about ? about : "");
    return EXIT_USAGE;
}

static const char *const stages[] = {"read", "tokenize", "tag", "link", "relate", "graph"};

static bool take_command(const char *word, options *o) {
    for (size_t i = 0; i < sizeof stages / sizeof *stages; i++) {
        if (strcmp(word, stages[i]) == 0) return o->upto = (layer)i, true;
    }
    if (strcmp(word, "check") == 0) return o->command = COMMAND_CHECK, true;
    if (strcmp(word, "explain") == 0) return o->command = COMMAND_EXPLAIN, true;
    return false;
}

/* The value of an option: after "=", or the next word. */
static const char *value_of(char **argv, int argc, int *i, const char *name) {
    size_t len = strlen(name);
    if (strncmp(argv[*i], name, len) == 0 && argv[*i][len] == '=') return argv[*i] + len + 1;
    return *i + 1 < argc ? argv[++*i] : NULL;
}

static bool is(const char *word, const char *name) {
    size_t len = strlen(name);
    return strncmp(word, name, len) == 0 && (word[len] == 0 || (word[len] == '=' && len > 2));
}

static int take_jobs(const char *text, options *o) {
    char *end;
    o->jobs = strtol(text, &end, 10);
    if (*end || end == text || o->jobs < 1 || o->jobs > 1024) return mistake("--jobs takes a number from 1 to 1024, not", text);
    return -1;
}

static int take_valued(char **argv, int argc, int *i, options *o) {
    static const char *const names[] = {"-o", "--output", "--rules", "--errors", "--at", "--jobs"};
    const char *word = argv[*i], *text = NULL, *name = NULL;
    for (size_t n = 0; n < sizeof names / sizeof *names && !name; n++) {
        if (is(word, names[n])) name = names[n];
    }
    if (!name) return mistake("unknown option", word);
    if (!(text = value_of(argv, argc, i, name))) return mistake("a value is missing after", name);
    if (strcmp(name, "--jobs") == 0) return take_jobs(text, o);
    if (strcmp(name, "--errors") == 0) o->errors = text;
    else if (strcmp(name, "--at") == 0) o->at = text;
    else if (strcmp(name, "--rules") != 0) o->output = text;
    else if (o->rule_count == RULE_DIRS) return mistake("too many --rules", NULL);
    else o->rules[o->rule_count++] = text;
    return -1;
}

static int finish(options *o) {
    if (o->at && o->command != COMMAND_EXPLAIN) return mistake("--at belongs to explain", NULL);
    if (o->command == COMMAND_CHECK) {
        for (size_t i = 0; i < o->input_count; i++) {
            if (o->rule_count == RULE_DIRS) return mistake("too many rule folders", NULL);
            o->rules[o->rule_count++] = o->inputs[i];
        }
        return -1;
    }
    if (o->command == COMMAND_EXPLAIN && o->input_count > 1) return mistake("explain takes one file", NULL);
    if (o->input_count == 0 && isatty(STDIN_FILENO)) return mistake("no input: name a file or a folder, or pipe articles in", NULL);
    return -1;
}

int options_read(int argc, char **argv, options *o) {
    *o = (options){.upto = UPTO_GRAPH, .inputs = (const char **)argv, .jobs = sysconf(_SC_NPROCESSORS_ONLN)};
    if (o->jobs < 1) o->jobs = 1;
    bool ended = false, named = false;
    for (int i = 1; i < argc; i++) {
        const char *word = argv[i];
        int code = -1;
        if (ended || word[0] != '-' || word[1] == 0) {
            if (!named && !ended && o->input_count == 0 && take_command(word, o)) named = true;
            else o->inputs[o->input_count++] = word; /* never overtakes i */
        } else if (strcmp(word, "--") == 0) ended = true;
        else if (strcmp(word, "--help") == 0 || strcmp(word, "-h") == 0) return fputs(help, stdout), EXIT_COMPLETE;
        else if (strcmp(word, "--version") == 0) return printf("whomet %s\n", WHOMET_VERSION), EXIT_COMPLETE;
        else if (strcmp(word, "--records") == 0) o->upto = UPTO_RELATE;
        else if ((code = take_valued(argv, argc, &i, o)) >= 0) return code;
    }
    return finish(o);
}
