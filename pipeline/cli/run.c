/* One thread reads and writes, the others work. Articles travel in batches through a ring; a slot of the ring is free,
   filled, or done, and is emptied in the order in which it was filled: so the output has the order of the input for any
   number of threads. The ring bounds the memory. */
#include "cli/run.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "article.h"
#include "cli/export.h"
#include "cli/sink.h"

enum { BATCH_ARTICLES = 64, BATCH_BYTES = 256 * 1024, SLOTS_PER_THREAD = 4, ARTICLE_KEPT = 1 << 20 };

typedef enum { SLOT_FREE, SLOT_FILLED, SLOT_TAKEN, SLOT_DONE } slot_state;

typedef struct batch {
    slot_state state;
    raw_article articles[BATCH_ARTICLES];
    uint32_t count;
    buf out, errors;
    uint64_t rejected;
} batch;

typedef struct ring {
    pthread_mutex_t lock;
    pthread_cond_t changed;
    batch *slots;
    uint32_t room;
    uint64_t filled, taken, emptied; /* how many ever; slot = number % room */
    bool ended;
} ring;

typedef struct runner {
    const options *o;
    const pack *k;
    ring ring;
    workbench *benches;
    graph graph;  /* of all threads: an article that comes twice is kept once */
    char *folder; /* of what does not fit into memory */
    pthread_mutex_t graph_lock;
    long threads; /* that really run */
    sink out, errors;
    uint64_t rejected;
} runner;

static void work(workbench *b, batch *lot) {
    for (uint32_t i = 0; i < lot->count; i++) {
        rejection no = {0};
        if (!article_process(b, &lot->articles[i], &lot->out, &no)) {
            rejection_write(&no, &lot->errors);
            lot->rejected++;
        }
        article_clear(b);
    }
}

static bool fill(reader *r, batch *lot, uint32_t most) {
    size_t bytes = 0;
    lot->count = 0;
    while (lot->count < most && bytes < BATCH_BYTES && reader_next(r, &lot->articles[lot->count])) {
        bytes += lot->articles[lot->count++].bytes.len;
    }
    return lot->count > 0;
}

static void empty(runner *x, batch *lot) {
    for (uint32_t i = 0; i < lot->count; i++) {
        if (lot->articles[i].bytes.cap > ARTICLE_KEPT)
            buf_free(&lot->articles[i].bytes); /* one long line is not to stay in every slot */
    }
    sink_write(&x->out, buf_view(&lot->out));
    sink_write(&x->errors, buf_view(&lot->errors));
    x->rejected += lot->rejected;
    buf_clear(&lot->out);
    buf_clear(&lot->errors);
    lot->rejected = 0;
}

typedef struct seat {
    runner *x;
    workbench *b;
} seat;

static void *thread_main(void *argument) {
    seat *s = argument;
    ring *g = &s->x->ring;
    pthread_mutex_lock(&g->lock);
    for (;;) {
        while (g->taken == g->filled && !g->ended) pthread_cond_wait(&g->changed, &g->lock);
        if (g->taken == g->filled) break;
        batch *lot = &g->slots[g->taken++ % g->room];
        lot->state = SLOT_TAKEN;
        pthread_mutex_unlock(&g->lock);
        work(s->b, lot);
        pthread_mutex_lock(&g->lock);
        lot->state = SLOT_DONE;
        pthread_cond_broadcast(&g->changed);
    }
    pthread_mutex_unlock(&g->lock);
    return NULL;
}

/* Waits until the lot that is next in order is done, and empties it. */
static void empty_next(runner *x) {
    ring *g = &x->ring;
    batch *lot = &g->slots[g->emptied % g->room];
    pthread_mutex_lock(&g->lock);
    while (lot->state != SLOT_DONE) pthread_cond_wait(&g->changed, &g->lock);
    pthread_mutex_unlock(&g->lock);
    empty(x, lot);
    lot->state = SLOT_FREE;
    g->emptied++;
}

static void feed(runner *x, reader *r) {
    ring *g = &x->ring;
    while (!x->out.error) {
        if (g->filled - g->emptied == g->room) empty_next(x);
        batch *lot = &g->slots[g->filled % g->room];
        if (!fill(r, lot, BATCH_ARTICLES)) break;
        pthread_mutex_lock(&g->lock);
        lot->state = SLOT_FILLED;
        g->filled++;
        pthread_cond_broadcast(&g->changed);
        pthread_mutex_unlock(&g->lock);
    }
    while (g->emptied < g->filled) empty_next(x);
    pthread_mutex_lock(&g->lock);
    g->ended = true;
    pthread_cond_broadcast(&g->changed);
    pthread_mutex_unlock(&g->lock);
}

static void *need(void *p) {
    if (!p) {
        fputs("whomet: out of memory\n", stderr);
        abort();
    }
    return p;
}

static void run_threads(runner *x, reader *r) {
    pthread_t *threads = need(calloc((size_t)x->o->jobs, sizeof *threads));
    seat *seats = need(calloc((size_t)x->o->jobs, sizeof *seats));
    pthread_mutex_init(&x->ring.lock, NULL);
    pthread_mutex_init(&x->graph_lock, NULL);
    pthread_cond_init(&x->ring.changed, NULL);
    for (long i = 0; i < x->o->jobs; i++) {
        seats[i] = (seat){x, &x->benches[i]};
        if (pthread_create(&threads[i], NULL, thread_main, &seats[i]) != 0) break; /* fewer threads do it too */
        x->threads++;
    }
    if (x->threads) feed(x, r);
    for (long i = 0; i < x->threads; i++) pthread_join(threads[i], NULL);
    free(threads);
    free(seats);
}

/* One article at a time: it is still in the cache when it is worked on. */
static void run_alone(runner *x, reader *r) {
    batch *lot = &x->ring.slots[0];
    while (!x->out.error && fill(r, lot, 1)) {
        work(&x->benches[0], lot);
        empty(x, lot);
    }
}

/* ---- rules that ran into a limit: never "no match", always told */

static int by_trouble(const void *x, const void *y) {
    const worker_trouble *a = x, *b = y;
    if (a->rule != b->rule) return a->rule < b->rule ? -1 : 1;
    if (a->code != b->code) return a->code < b->code ? -1 : 1;
    return str_compare(a->document, b->document);
}

/* Of all workers, one for each rule and error. */
static size_t gather_troubles(runner *x, arena *a, worker_trouble **out) {
    VEC(worker_trouble) all = {0};
    for (long i = 0; i < x->o->jobs; i++) {
        size_t count;
        const worker_trouble *t = worker_troubles(x->benches[i].worker, &count);
        for (size_t n = 0; n < count; n++) *VEC_PUSH(a, &all) = t[n];
    }
    if (all.len > 1) qsort(all.at, all.len, sizeof *all.at, by_trouble);
    uint32_t kept = 0;
    for (uint32_t i = 0; i < all.len; i++) {
        worker_trouble *last = kept ? &all.at[kept - 1] : NULL;
        if (last && last->rule == all.at[i].rule && last->code == all.at[i].code)
            last->count += all.at[i].count;
        else
            all.at[kept++] = all.at[i];
    }
    *out = all.at;
    return kept;
}

static size_t tell_troubles(runner *x) {
    arena a = {0};
    buf lines = {0};
    worker_trouble *t;
    size_t count = gather_troubles(x, &a, &t);
    for (size_t i = 0; i < count; i++) {
        rejection no = {.kind = "rule-aborted", .path = t[i].document};
        str name = x->k->rules.at[t[i].rule].name;
        snprintf(no.message, sizeof no.message,
                 "%.*s: PCRE2 error %d in %llu sentences; the path is the article of the first", (int)name.len, name.at,
                 t[i].code, (unsigned long long)t[i].count);
        rejection_write(&no, &lines);
    }
    sink_write(&x->errors, buf_view(&lines));
    buf_free(&lines);
    arena_free(&a);
    return count;
}

/* Where the output goes there is room for as much again; /tmp often is memory. */
static char *folder_of(const options *o) {
    struct stat st;
    const char *slash = o->output ? strrchr(o->output, '/') : NULL;
    bool plain = o->output && strcmp(o->output, "-") != 0 && (stat(o->output, &st) != 0 || !S_ISCHR(st.st_mode));
    if (!plain) return need(strdup("/var/tmp"));
    return need(slash ? strndup(o->output, slash == o->output ? 1 : (size_t)(slash - o->output)) : strdup("."));
}

static int write_graph(runner *x) {
    x->graph.tellings = x->o->node != NULL;
    graph_build(&x->graph, x->k->identity);
    int code = graph_error(&x->graph) ? EXIT_OUTPUT : export_graph(x->o, &x->graph, str_of(x->k->sha256), &x->out);
    if (!graph_error(&x->graph)) return code;
    fprintf(stderr, "whomet: %s: facts that do not fit into memory: %s\n", x->folder, strerror(graph_error(&x->graph)));
    return EXIT_OUTPUT;
}

static void prepare(runner *x) {
    x->benches = need(calloc((size_t)x->o->jobs, sizeof *x->benches));
    for (long i = 0; i < x->o->jobs; i++) {
        x->benches[i] = (workbench){.worker = worker_new(x->k),
                                    .upto = x->o->upto,
                                    .graph = &x->graph,
                                    .graph_lock = x->o->jobs > 1 ? &x->graph_lock : NULL};
    }
    x->folder = folder_of(x->o);
    x->graph.folder = x->folder;
    x->graph.room = ((size_t)x->o->memory << 20) / 2; /* for records, and for what is made of them */
    x->ring.room = (uint32_t)(x->o->jobs == 1 ? 1 : x->o->jobs * SLOTS_PER_THREAD);
    x->ring.slots = need(calloc(x->ring.room, sizeof *x->ring.slots));
}

static void clean(runner *x) {
    for (long i = 0; i < x->o->jobs; i++) {
        worker_free(x->benches[i].worker);
        arena_free(&x->benches[i].arena);
    }
    graph_free(&x->graph);
    free(x->folder);
    for (uint32_t i = 0; i < x->ring.room; i++) {
        for (uint32_t a = 0; a < BATCH_ARTICLES; a++) raw_article_free(&x->ring.slots[i].articles[a]);
        buf_free(&x->ring.slots[i].out);
        buf_free(&x->ring.slots[i].errors);
    }
    free(x->ring.slots);
    free(x->benches);
}

int run_articles(const options *o, const pack *k) {
    runner x = {.o = o, .k = k};
    if (!sink_open(&x.out, o->format->to == TO_STREAM ? o->output : NULL)) return EXIT_OUTPUT;
    if (!sink_open_errors(&x.errors, o->errors)) {
        sink_close(&x.out, false);
        return EXIT_OUTPUT;
    }
    prepare(&x);
    reader *r = reader_new(o->inputs, o->input_count);
    if (o->jobs > 1) run_threads(&x, r);
    if (x.threads == 0) run_alone(&x, r);
    reader_free(r);
    size_t troubles = tell_troubles(&x);
    int code = o->upto == UPTO_GRAPH && !x.out.error ? write_graph(&x) : EXIT_COMPLETE;
    if (!sink_close(&x.out, code == EXIT_COMPLETE)) code = EXIT_OUTPUT;
    if (!sink_close(&x.errors, true)) code = EXIT_OUTPUT;
    if (x.rejected && o->errors)
        fprintf(stderr, "whomet: %llu inputs rejected, see %s\n", (unsigned long long)x.rejected, o->errors);
    clean(&x);
    return code != EXIT_COMPLETE ? code : x.rejected || troubles ? EXIT_REJECTED : EXIT_COMPLETE;
}
