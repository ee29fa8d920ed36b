/* Reading the command line; what it says wrong is told with the word that is wrong. */
#include "cli/options.h"

#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/outputs.h"
#include "whomet.h"

static const char help[] =
    "whomet reads news articles and writes who met whom about what, as a JSON graph.\n"
    "\n"
    "  whomet articles/ -o graph.json              a folder of text files or JSONL, one graph\n"
    "  cat news.jsonl | whomet --records           one JSON record an article, line by line\n"
    "  whomet merge a.json b.json -o all.json      graphs of parts, as one\n"
    "  whomet explain --at \"held talks\" a.txt      which rule marked what, and which came near\n"
    "  whomet check --rules my-rules               lint rules and run the examples in them\n"
    "  whomet read DIR | whomet tokenize | whomet tag | whomet link | whomet relate | whomet graph\n"
    "                                              the same as `whomet DIR`, a stage at a time\n"
    "\n"
    "usage: whomet [read|tokenize|tag|link|relate|graph|merge] [OPTION]... [FILE|DIR|-]...\n"
    "       whomet explain [--at TEXT | --node ID] [OPTION]... [FILE|-]\n"
    "       whomet check [OPTION]... [RULES]\n"
    "\n"
    "No file, or -, is standard input. Text files, folders, JSONL and graphs are told apart by their content.\n"
    "\n"
    "  --records        document records (NDJSON) instead of the graph\n"
    "  --format NAME    of the graph: json (default), graphml, dot; ndjson, csv: a folder of tables; sqlite\n"
    "  --csv-safe       csv: no cell that a spreadsheet takes for a formula\n"
    "  -o, --output F   write to F, by way of a temporary file\n"
    "  --rules DIR      add rule files, or replace those of the same name; may be repeated\n"
    "  --errors F       rejected inputs as NDJSON to F instead of standard error\n"
    "  --memory MB      of facts in memory (default: 1024), the rest of a larger graph goes to unnamed files beside\n"
    "                   the output, or in /var/tmp; changes no byte of the output\n"
    "  --jobs N         threads (default: one a core); changes no byte of the output\n"
    "  --at TEXT        explain: only sentences that contain TEXT\n"
    "  --node ID        explain: why a node of the graph of these articles (or graphs) is one\n"
    "  --               what follows are files\n"
    "  --version, --help\n"
    "\n"
    "Exit codes: 0 complete; 2 usage or bad rules; 3 some input was rejected, the rest is complete;\n"
    "4 the output could not be written.\n";

enum { JOBS_MOST = 1024, JOBS_BY_DEFAULT = 64, MEMORY_MOST = 1 << 30, MEMORY_BY_DEFAULT = 1024 };

static int mistake(const char *message, const char *about) {
    fprintf(stderr, "whomet: %s%s%s\nTry `whomet --help`.\n", message, about ? " " : "", about ? about : "");
    return EXIT_USAGE;
}

static const char *const stages[] = {"read", "tokenize", "tag", "link", "relate", "graph"};
static const char *const valued[] = {"-o",     "--output", "--rules",  "--errors", "--at",
                                     "--jobs", "--memory", "--format", "--node"};
static const char *const plain[] = {"--records", "--csv-safe", "--version", "--help"};

/* ---- what was meant */

static size_t least(size_t a, size_t b) { return a < b ? a : b; }

/* Edits between two words; 99 for words too long to be options. */
static size_t distance(const char *a, const char *b) {
    size_t row[32], n = strlen(b);
    if (n >= 32 || strlen(a) >= 32) return 99;
    for (size_t k = 0; k <= n; k++) row[k] = k;
    for (size_t i = 1; a[i - 1]; i++) {
        size_t diagonal = row[0];
        row[0] = i;
        for (size_t k = 1; k <= n; k++) {
            size_t above = row[k];
            row[k] = least(least(row[k], row[k - 1]) + 1, diagonal + (a[i - 1] != b[k - 1]));
            diagonal = above;
        }
    }
    return row[n];
}

static void nearest(const char *word, const char *const *names, size_t count, size_t *best, const char **found) {
    for (size_t i = 0; i < count; i++) {
        size_t edits = distance(word, names[i]);
        if (edits < *best) *best = edits, *found = names[i];
    }
}

static int unknown_option(const char *word) {
    size_t best = 3;
    const char *found = NULL;
    nearest(word, valued + 1, sizeof valued / sizeof *valued - 1, &best, &found);
    nearest(word, plain, sizeof plain / sizeof *plain, &best, &found);
    fprintf(stderr, "whomet: unknown option %s%s%s%s\nTry `whomet --help`.\n", word, found ? " (did you mean " : "",
            found ? found : "", found ? "?)" : "");
    return EXIT_USAGE;
}

/* ---- words */

static bool take_command(const char *word, options *o) {
    for (size_t i = 0; i < sizeof stages / sizeof *stages; i++) {
        if (strcmp(word, stages[i]) == 0) return o->upto = (layer)i, o->stage = true;
    }
    if (strcmp(word, "merge") == 0) return o->upto = UPTO_GRAPH, o->stage = true; /* graphs are read as their records */
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

static int take_number(const char *text, long most, long *out, const char *message) {
    char *end;
    *out = strtol(text, &end, 10);
    return *end || end == text || *out < 1 || *out > most ? mistake(message, text) : -1;
}

static int take_valued(char **argv, int argc, int *i, options *o) {
    const char *text = NULL, *name = NULL;
    for (size_t n = 0; n < sizeof valued / sizeof *valued && !name; n++) {
        if (is(argv[*i], valued[n])) name = valued[n];
    }
    if (!name) return unknown_option(argv[*i]);
    if (!(text = value_of(argv, argc, i, name)) || !*text) return mistake("a value is missing after", name);
    if (strcmp(name, "--jobs") == 0)
        return take_number(text, JOBS_MOST, &o->jobs, "--jobs takes a number from 1 to 1024, not");
    if (strcmp(name, "--memory") == 0)
        return take_number(text, MEMORY_MOST, &o->memory, "--memory takes a number of megabytes, not");
    if (strcmp(name, "--format") == 0) {
        o->format = format_find(text);
        if (!o->format) return mistake("--format takes json, ndjson, csv, graphml, dot or sqlite, not", text);
        return -1;
    }
    if (strcmp(name, "--node") == 0)
        o->node = text;
    else if (strcmp(name, "--errors") == 0)
        o->errors = text;
    else if (strcmp(name, "--at") == 0)
        o->at = text;
    else if (strcmp(name, "--rules") != 0)
        o->output = text;
    else if (o->rule_count == RULE_DIRS)
        return mistake("too many --rules", NULL);
    else
        o->rules[o->rule_count++] = text;
    return -1;
}

/* ---- the whole */

static int finish(options *o, bool records) {
    if (o->node && (o->command != COMMAND_EXPLAIN || o->at || o->format))
        return mistake("--node belongs to `explain`, alone", NULL);
    if (o->node) o->command = COMMAND_RUN, o->format = &format_explain_node;
    if (o->at && o->command != COMMAND_EXPLAIN) return mistake("--at belongs to `explain`", NULL);
    if (records && (o->command != COMMAND_RUN || (o->stage && o->upto < UPTO_RELATE)))
        return mistake("--records does not go with this command", NULL);
    if (o->format && (records || o->command != COMMAND_RUN || o->upto != UPTO_GRAPH))
        return mistake("--format is of a graph", NULL);
    if (!o->format) o->format = format_find("json");
    if (o->format->to != TO_STREAM && !o->output) return mistake("-o is missing: where to write", o->format->name);
    if (records) o->upto = UPTO_RELATE;
    if (o->command == COMMAND_CHECK) {
        for (size_t i = 0; i < o->input_count; i++) {
            if (o->rule_count == RULE_DIRS) return mistake("too many rule folders", NULL);
            o->rules[o->rule_count++] = o->inputs[i];
        }
        return -1;
    }
    if (o->input_count == 0 && isatty(STDIN_FILENO))
        return mistake("no input: name a file or a folder, or pipe articles in", NULL);
    return outputs_are_safe(o) ? -1 : EXIT_USAGE;
}

static long cores(void) {
    cpu_set_t set;
    long count = sched_getaffinity(0, sizeof set, &set) == 0 ? CPU_COUNT(&set) : sysconf(_SC_NPROCESSORS_ONLN);
    return count < 1 ? 1 : count > JOBS_BY_DEFAULT ? JOBS_BY_DEFAULT : count;
}

static int show(const char *text) {
    if (fputs(text, stdout) != EOF && fflush(stdout) == 0) return EXIT_COMPLETE;
    perror("whomet: standard output");
    return EXIT_OUTPUT;
}

int options_read(int argc, char **argv, options *o) {
    *o = (options){.upto = UPTO_GRAPH, .inputs = (const char **)argv, .jobs = cores(), .memory = MEMORY_BY_DEFAULT};
    bool ended = false, named = false, records = false;
    for (int i = 1; i < argc; i++) {
        const char *word = argv[i];
        int code = -1;
        if (ended || word[0] != '-' || word[1] == 0) {
            if (!named && !ended && o->input_count == 0 && take_command(word, o))
                named = true;
            else
                o->inputs[o->input_count++] = word; /* never overtakes i */
        } else if (strcmp(word, "--") == 0)
            ended = true;
        else if (strcmp(word, "--help") == 0 || strcmp(word, "-h") == 0)
            return show(help);
        else if (strcmp(word, "--version") == 0)
            return show("whomet " WHOMET_VERSION "\n");
        else if (strcmp(word, "--records") == 0)
            records = true;
        else if (strcmp(word, "--csv-safe") == 0)
            o->csv_safe = true;
        else if ((code = take_valued(argv, argc, &i, o)) >= 0)
            return code;
    }
    return finish(o, records);
}
