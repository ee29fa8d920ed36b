/* The graph: the same bytes for every order and split of the records; what is the same in two articles and what is not.
 */
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "engine/identity.h"
#include "engine/pack.h"
#include "stages/graph.h"
#include "stages/read_graph.h"

enum { ARTICLES = 24 };

static void take(void *context, str part) { buf_add(context, part); }

static buf written(graph *g) {
    buf out = {0};
    graph_build(g, NULL);
    graph_write(g, STR("1"), STR("00"), take, &out);
    graph_free(g);
    return out;
}

static void add_line(graph *g, str line) {
    arena a = {0};
    value *v = value_take(&a, line, NULL);
    record *r = v ? record_read(&a, v) : NULL;
    if (r)
        graph_add(g, r);
    else
        CHECK("a line is a record", r != NULL);
    arena_free(&a);
}

static const char *const people[] = {"Anna Kaleva", "ANNA KALEVA", "Joon Bok", "Zoë Ærlig", "Kaleva"};
static const char *const statuses[] = {"planned", "occurred", "not_held"};
static const char *const dates[] = {"\"2022-02-08\"", "\"2022-02\"", "null"};

static const char *const codes[] = {"{\"cameo\":\"036\",\"plover\":\"AGREE\"}",
                                    "{\"cameo\":\"042\",\"linked\":\"043\",\"plover\":\"CONSULT\",\"mode\":\"visit\","
                                    "\"source\":[\"e1\"],\"target\":[\"e3\"]}",
                                    "{\"cameo\":\"046\",\"plover\":\"CONSULT\"}", "null"};

static const char *const countries[] = {"null", "\"FX\"", "\"RU\""};
static const char *const homes[] = {"FX", "FX", "RU"};

static void make_line(buf *b, unsigned seed) {
    unsigned one = seed % 5, two = (seed / 5 + 1 + one) % 5;
    buf_format(
        b,
        "{\"schema\":\"whomet.document/"
        "1\",\"id\":\"d%u\",\"sha256\":\"%04x\",\"source\":null,\"title\":null,\"published\":null,\"entities\":[",
        seed % 50, seed);
    for (unsigned i = 0; i < 2; i++) {
        buf_format(b,
                   "{\"id\":\"e%u\",\"type\":\"person\",\"name\":\"%s\",\"aliases\":[\"alias "
                   "%u\"],\"country\":%s,\"roles\":[{\"basis\":%s,\"title\":\"Minister\",\"of\":\"Freedonia\","
                   "\"country\":\"%s\",\"former\":false,\"evidence\":[{\"begin\":0,\"end\":4,\"bytes\":[0,4],\"quote\":"
                   "\"Anna\",\"rule\":\"p/t\"}]}],\"mentions\":[]},",
                   i + 1, people[i ? two : one], seed % 40, countries[seed % 3],
                   seed % 2 ? "\"link/only-country\"" : "null", homes[seed % 3]);
    }
    buf_format(
        b,
        "{\"id\":\"e3\",\"type\":\"place\",\"name\":\"Lisbon\",\"aliases\":[],\"country\":\"PT\",\"roles\":[],"
        "\"mentions\":[]}],\"dates\":[],\"agreements\":[{\"id\":\"a1\",\"kind\":\"treaty\",\"name\":\"Porvoo "
        "Treaty\",\"status\":\"signed\",\"parties\":[],\"signed_at\":\"%s\",\"evidence\":[{\"begin\":5,\"end\":9,"
        "\"bytes\":[5,9],\"quote\":\"pact\",\"rule\":\"f/s\"}]}],\"events\":["
        "{\"id\":\"v1\",\"type\":\"meeting\",\"name\":null,\"status\":\"%s\",\"participants\":[{\"entity\":"
        "\"e1\",\"role\":\"participant\"},{\"entity\":\"e2\",\"role\":"
        "\"participant\"}],\"place\":%s,\"country\":\"PT\",\"date\":%s,\"end\":null,\"date_basis\":null,"
        "\"codes\":%s,\"during\":%s,\"about\":[{\"text\":\"topic %u\",\"begin\":2,\"end\":9}],"
        "\"evidence\":[{\"begin\":0,\"end\":30,\"bytes\":[0,30],\"quote\":\"quote %u\",\"rule\":\"c/met\"}]},"
        "{\"id\":\"v2\",\"type\":\"visit\",\"evidence\":[]},"
        "{\"id\":\"v3\",\"type\":\"summit\",\"name\":\"Porvoo Summit\",\"status\":\"occurred\",\"evidence\":[{"
        "\"begin\":20,\"end\":30,\"bytes\":[20,30],\"quote\":\"at the top\",\"rule\":\"f/at\"}]}]}",
        seed % 4 ? "v1" : "v3", statuses[seed % 3], seed % 2 ? "\"e3\"" : "null", dates[seed % 3], codes[seed % 4],
        seed % 2 ? "\"v3\"" : "null", seed % 7, seed);
}

static buf lines[ARTICLES];

/* A graph written and read again. False: it does not end where it ends. */
static bool reread(graph *g, unsigned cut) {
    buf out = written(g), one = {0};
    graph_scan scan = {0};
    str text = buf_view(&out), part = str_slice(text, 0, cut < text.len ? cut : text.len); /* in two parts */
    for (size_t at = 0;;) {
        if (graph_scan_next(&scan, part, &at, &one)) {
            add_line(g, buf_view(&one));
            buf_clear(&one);
        } else if (part.at + part.len == text.at + text.len) {
            break;
        } else {
            at = 0;
            part = (str){part.at + part.len, text.len - part.len};
        }
    }
    bool ended = scan.depth == 0 && one.len == 0;
    buf_free(&one);
    buf_free(&out);
    return ended;
}

/* room: of memory, for each graph; 0: without end. */
static buf in_order(const unsigned *order, unsigned count, unsigned parts, bool by_file, size_t room) {
    graph whole = {.room = room, .folder = "/var/tmp"};
    graph *part = calloc(parts, sizeof *part);
    for (unsigned i = 0; i < parts; i++) part[i].room = order[i] % 2 ? room : 0, part[i].folder = "/var/tmp";
    for (unsigned i = 0; i < count; i++) add_line(&part[i % parts], buf_view(&lines[order[i]]));
    for (unsigned i = 0; i < parts; i++) {
        graph *one = &part[parts - 1 - i];
        if (by_file && !reread(one, order[0] * 1000)) add_line(&whole, STR("")); /* fails */
        graph_merge(&whole, one);
    }
    for (unsigned i = 0; i < parts; i++) graph_free(&part[i]);
    free(part);
    return written(&whole);
}

enum { SPLITS = 1000, BY_FILE_EVERY = 20 };

/* Of 24 articles that take some 70 KB: none that goes to disk, some, each. */
static const size_t rooms[] = {0, 60000, 20000, 5000, 1};

/* All articles in some order, some of them again, in some number of parts, in some memory. */
static void any_order(void) {
    unsigned order[ARTICLES * 2];
    for (unsigned i = 0; i < ARTICLES; i++) order[i] = i, make_line(&lines[i], i);
    buf first = in_order(order, ARTICLES, 1, false, 0);
    bool same = true;
    srand(1);
    for (unsigned turn = 0; turn < SPLITS && same; turn++) {
        unsigned count = ARTICLES + (unsigned)rand() % ARTICLES;
        for (unsigned i = ARTICLES; i < count; i++) order[i] = (unsigned)rand() % ARTICLES;
        for (unsigned i = count - 1; i > 0; i--) {
            unsigned other = (unsigned)rand() % (i + 1), kept = order[i];
            order[i] = order[other];
            order[other] = kept;
        }
        buf again = in_order(order, count, 1 + (unsigned)rand() % 9, turn % BY_FILE_EVERY == 0,
                             rooms[turn % 2 ? (unsigned)rand() % 5 : 0]);
        same = str_equal(buf_view(&first), buf_view(&again));
        buf_free(&again);
        for (unsigned i = 0, to = 0; i < count; i++) { /* each article once again */
            bool met = false;
            for (unsigned k = 0; k < to; k++) met = met || order[k] == order[i];
            if (!met) order[to++] = order[i];
        }
    }
    CHECK("same bytes for every order, split, repetition and memory, through files or not", same);
    buf_free(&first);
    for (unsigned i = 0; i < ARTICLES; i++) buf_free(&lines[i]);
}

static uint32_t count(const graph *g, const char *type) {
    uint32_t n = 0;
    for (uint32_t i = 0; i < g->nodes.len; i++) n += str_equal(g->nodes.at[i].type, str_of(type));
    for (uint32_t i = 0; i < g->edges.len; i++) n += str_equal(g->edges.at[i].type, str_of(type));
    return n;
}

static void add_meeting_by(graph *g, const char *sha, const char *who, const char *status, const char *date,
                           const char *by) {
    buf b = {0};
    buf_format(&b,
               "{\"schema\":\"whomet.document/"
               "1\",\"id\":\"x\",\"sha256\":\"%s\",\"entities\":[{\"id\":\"e1\",\"type\":\"person\",\"name\":\"%s\"},{"
               "\"id\":\"e2\",\"type\":\"person\","
               "\"name\":\"Joon "
               "Bok\"}],\"events\":[{\"id\":\"v1\",\"type\":\"meeting\",\"status\":\"%s\",\"date\":\"%s\","
               "\"participants\":[{\"entity\":\"e1\"},{\"entity\":\"e2\"}],"
               "\"evidence\":[{\"begin\":1,\"end\":2,\"bytes\":[1,2],\"quote\":\"q\",\"rule\":\"%s\"}]}]}",
               sha, who, status, date, by);
    add_line(g, buf_view(&b));
    buf_free(&b);
}

static void add_meeting(graph *g, const char *sha, const char *who, const char *status, const char *date) {
    add_meeting_by(g, sha, who, status, date, "r/r");
}

static void identity(void) {
    graph g = {0};
    add_meeting(&g, "1", "Anna Kaleva", "planned", "2022-02-08");
    add_meeting(&g, "2", "ANNA  KALEVA", "occurred", "2022-02-08");
    graph_build(&g, NULL);
    CHECK("one person for two spellings", count(&g, "person") == 2);
    CHECK("one meeting for two articles that tell its day", count(&g, "meeting") == 1);
    CHECK("an edge for each status", count(&g, "met") == 2);
    buf out = written(&g);
    CHECK("what happened outweighs what was planned",
          memmem(out.at, out.len, "\"name\":null,\"status\":\"occurred\"", 31) != NULL);
    CHECK("the name in small letters wins", memmem(out.at, out.len, "\"aliases\":[\"ANNA  KALEVA\"]", 26) != NULL);
    buf_free(&out);
    add_meeting(&g, "1", "Kaleva", "occurred", "");
    add_meeting(&g, "2", "Kaleva", "occurred", "");
    graph_build(&g, NULL);
    CHECK("a bare surname belongs to its article", count(&g, "person") == 3);
    CHECK("a meeting without a day belongs to its article", count(&g, "meeting") == 2);
    CHECK("articles of one id that differ are several documents", g.documents.len == 2);
    graph_free(&g);
}

typedef struct report { /* of a meeting of the same two */
    const char *published, *date, *basis, *quote;
} report;

static uint32_t meetings_of(const report *list, unsigned len) {
    graph g = {0};
    for (unsigned i = 0; i < len; i++) {
        buf b = {0};
        buf_format(
            &b,
            "{\"schema\":\"whomet.document/1\",\"id\":\"x%u\",\"sha256\":\"%u\",\"published\":\"%s\",\"entities\":["
            "{\"id\":\"e1\",\"type\":\"person\",\"name\":\"Anna "
            "Kaleva\"},{\"id\":\"e2\",\"type\":\"person\",\"name\":\"Joon "
            "Bok\"}],\"events\":[{\"id\":\"v1\",\"type\":\"meeting\",\"status\":\"occurred\",\"date\":\"%s\","
            "\"date_basis\":\"%s\",\"participants\":[{\"entity\":\"e1\"},{\"entity\":\"e2\"}],\"evidence\":[{\"begin\":"
            "1,"
            "\"end\":2,\"bytes\":[1,2],\"quote\":\"%s\",\"rule\":\"r/r\"}]}]}",
            i, i, list[i].published, list[i].date, list[i].basis, list[i].quote);
        add_line(&g, buf_view(&b));
        buf_free(&b);
    }
    graph_build(&g, NULL);
    uint32_t meetings = count(&g, "meeting");
    graph_free(&g);
    return meetings;
}

#define MEETINGS(...) meetings_of((report[]){__VA_ARGS__}, sizeof((report[]){__VA_ARGS__}) / sizeof(report))

static void meetings_of_many_articles(void) {
    const char *copied = "Anna Kaleva and Joon Bok met behind closed doors for three hours";
    CHECK("told, and reported the day after", MEETINGS({"2021-05-04", "2021-05-03", "weekday", "q"},
                                                       {"2021-05-04", "2021-05-04", "publication", "r"}) == 1);
    CHECK("two guessed days stay two", MEETINGS({"2021-05-03", "2021-05-03", "publication", "q"},
                                                {"2021-05-04", "2021-05-04", "publication", "r"}) == 2);
    CHECK("two told days stay two",
          MEETINGS({"2021-05-04", "2021-05-03", "weekday", "q"}, {"2021-05-04", "2021-05-04", "weekday", "r"}) == 2);
    CHECK("the month that holds the day",
          MEETINGS({"2021-05-04", "2021-05-03", "weekday", "q"}, {"2021-07-04", "2021-05", "explicit", "r"}) == 1);
    CHECK("the month that holds two days",
          MEETINGS({"2021-05-04", "2021-05-03", "weekday", "q"}, {"2021-05-09", "2021-05-09", "weekday", "s"},
                   {"2021-07-04", "2021-05", "explicit", "r"}) == 3);
    CHECK("no date, out on the day after",
          MEETINGS({"2021-05-04", "2021-05-03", "weekday", "q"}, {"2021-05-04", "", "", "r"}) == 1);
    CHECK("no date, out a week after",
          MEETINGS({"2021-05-04", "2021-05-03", "weekday", "q"}, {"2021-05-11", "", "", "r"}) == 2);
    CHECK("copies without a date", MEETINGS({"2021-05-04", "", "", copied}, {"2021-05-04", "", "", copied}) == 1);
    CHECK("the same words on another day",
          MEETINGS({"2021-05-04", "", "", copied}, {"2021-06-04", "", "", copied}) == 2);
}

typedef struct told { /* one person in one article; "?" before the title: its country was guessed */
    const char *name, *country, *title;
} told;

/* Each article tells of one office holder; how many persons come of them. */
static uint32_t persons_of(const told *list, unsigned len, const identity_rules *rules) {
    graph g = {0};
    for (unsigned i = 0; i < len; i++) {
        buf b = {0};
        bool guessed = list[i].title[0] == '?';
        buf_format(
            &b,
            "{\"schema\":\"whomet.document/1\",\"id\":\"x%u\",\"sha256\":\"%u\",\"events\":[],\"entities\":[{\"id\":"
            "\"e1\",\"type\":\"person\",\"name\":\"%s\",\"country\":\"%s\",\"roles\":[{\"basis\":\"%s\",\"title\":\"%"
            "s\",\"country\":"
            "\"%s\",\"evidence\":[{\"begin\":1,\"end\":2,\"bytes\":[1,2],\"quote\":\"q\",\"rule\":\"r/r\"}]}]}]}",
            i, i, list[i].name, list[i].country, guessed ? "link/only-country" : "", list[i].title + guessed,
            list[i].country);
        add_line(&g, buf_view(&b));
        buf_free(&b);
    }
    graph_build(&g, rules);
    uint32_t persons = count(&g, "person");
    graph_free(&g);
    return persons;
}

#define PERSONS(rules, ...) persons_of((told[]){__VA_ARGS__}, sizeof((told[]){__VA_ARGS__}) / sizeof(told), rules)

static void people_of_many_articles(void) {
    problems p = {0};
    pack *k = pack_load(NULL, 0, &p);
    const identity_rules *r = k->identity;
    CHECK("one name, two countries and offices: two people",
          PERSONS(r, {"Ali Maren", "AZ", "Defence Minister"}, {"Ali Maren", "TR", "Ambassador"}) == 2);
    CHECK("another office in the same country: one",
          PERSONS(r, {"Ali Maren", "AZ", "Defence Minister"}, {"Ali Maren", "AZ", "Speaker"}) == 1);
    CHECK("transliterations",
          PERSONS(r, {"Sergei Korolyov", "RU", "Speaker"}, {"Sergey Koroliov", "RU", "Speaker"}) == 1);
    CHECK("short names are not respelt",
          PERSONS(r, {"Zhou Wei", "CN", "Minister"}, {"Zhu Wei", "CN", "Minister"}) == 2);
    CHECK("a shorter name",
          PERSONS(r, {"Rafiq Tamar Oskan", "TR", "President"}, {"Tamar Oskan", "TR", "President"}) == 1);
    CHECK("a shorter name that two can mean",
          PERSONS(r, {"Ann Tamar Oskan", "TR", "Judge"}, {"Bea Tamar Oskan", "TR", "Judge"},
                  {"Tamar Oskan", "TR", "Judge"}) == 3);
    CHECK("initials that differ",
          PERSONS(r, {"Karl A. Bosch", "US", "President"}, {"Karl B. C. Bosch", "US", "President"}) == 2);
    CHECK("initials left out",
          PERSONS(r, {"Joe Lindqvist", "US", "President"}, {"Joseph R. Lindqvist, Jr.", "US", "President"}) == 1);
    CHECK("a surname with the office",
          PERSONS(r, {"Rafiq Oskan", "TR", "President"}, {"Oskan", "TR", "President"}) == 1);
    CHECK("a surname with another office",
          PERSONS(r, {"Rafiq Oskan", "TR", "President"}, {"Oskan", "TR", "Judge"}) == 2);
    CHECK("a guessed country keeps nobody apart",
          PERSONS(r, {"Ali Maren", "AZ", "Defence Minister"}, {"Ali Maren", "TR", "?Ambassador"}) == 1);
    CHECK("nor do two of them",
          PERSONS(r, {"Ali Maren", "AZ", "?Defence Minister"}, {"Ali Maren", "TR", "?Ambassador"}) == 1);
    CHECK("where two people are told apart a guess joins the one of its country",
          PERSONS(r, {"Ali Maren", "AZ", "Defence Minister"}, {"Ali Maren", "TR", "Ambassador"},
                  {"ALI MAREN", "TR", "?Judge"}) == 2);
    CHECK("or neither", PERSONS(r, {"Ali Maren", "AZ", "Defence Minister"}, {"Ali Maren", "TR", "Ambassador"},
                                {"Ali Maren", "GE", "?Judge"}) == 3);
    CHECK("given names in the middle",
          PERSONS(r, {"Kasan-Jomart Oskan", "KZ", "Speaker"}, {"Kasan-Zhomart Oskan", "KZ", "Speaker"}) == 1);
    const told bearers[] = {{"Rafiq Oskan", "TR", "President"}, {"Oskan", "TR", "?Chairman"}, {"Oskan", "FR", "Judge"}};
    told many[12];
    for (unsigned i = 0; i < 12; i++) many[i] = bearers[i < 10 ? 0 : i - 9];
    CHECK("the surname that one alone has, with another office", persons_of(many, 11, r) == 1);
    CHECK("but of another country", persons_of(many, 12, r) == 2);
    many[0].name = "Tamar Oskan", many[0].country = "FR";
    CHECK("or where two have it", persons_of(many, 11, r) == 3);
    pack_free(k);
    k = pack_of_files((source_file[]){{STR("order"), STR("order"), STR("")},
                                      {STR("identity"), STR("identity"),
                                       STR("same Ali Maren | Oli Marin\napart Rafiq Oskan | Oskan\n")}},
                      2, &p);
    r = k->identity;
    CHECK("`same` joins what nothing else does",
          PERSONS(r, {"Ali Maren", "AZ", "Speaker"}, {"Oli Marin", "TR", "Judge"}) == 1);
    CHECK("`apart` forbids", PERSONS(r, {"Rafiq Oskan", "TR", "President"}, {"Oskan", "TR", "President"}) == 2);
    pack_free(k);
    buf_free(&p.text);
}

/* Four thousand spellings of one name, of three countries, none and two kinds of initials. */
static void many_spellings(void) {
    enum { SPELLINGS = 4096 };
    problems p = {0};
    pack *k = pack_load(NULL, 0, &p);
    static char spelt[SPELLINGS][40];
    static told list[SPELLINGS];
    const char *const lands[] = {"FI", "FI", "SE", ""}, *const letters[] = {"", "A. ", "A. B. ", "C. "};
    for (unsigned i = 0; i < SPELLINGS; i++) {
        char *to = spelt[i] + sprintf(spelt[i], "Anna %s", letters[i / 3 % 4]);
        for (unsigned n = 0; n < 12; n++) { /* a letter written twice sounds as once */
            *to++ = "Karalemovitu"[n];
            if (n && i >> n & 1) *to++ = "Karalemovitu"[n];
        }
        *to = '\0';
        list[i] = (told){spelt[i], lands[i % 4], i % 5 ? "Minister" : "?Judge"};
    }
    clock_t before = clock();
    uint32_t persons = persons_of(list, SPELLINGS, k->identity);
    CHECK("thousands of spellings of one name take no time", clock() - before < 5 * CLOCKS_PER_SEC);
    CHECK("initials and countries tell them apart", persons > 1 && persons < SPELLINGS);
    pack_free(k);
    buf_free(&p.text);
}

static void many_parties(void) {
    buf b = {0};
    graph g = {0};
    buf_format(&b, "{\"schema\":\"whomet.document/1\",\"id\":\"x\",\"sha256\":\"1\",\"entities\":[");
    for (int i = 0; i < 2000; i++)
        buf_format(&b, "%s{\"id\":\"e%d\",\"type\":\"person\",\"name\":\"Anna Number%d\"}", i ? "," : "", i, i);
    buf_format(&b, "],\"events\":[{\"id\":\"v1\",\"type\":\"meeting\",\"status\":\"occurred\",\"evidence\":[{\"begin\":"
                   "1,\"end\":2,\"bytes\":[1,2],\"quote\":\"q\",\"rule\":\"r/r\"}],\"participants\":[");
    for (int i = 0; i < 2000; i++) buf_format(&b, "%s{\"entity\":\"e%d\"}", i ? "," : "", i);
    buf_format(&b, "]}]}");
    add_line(&g, buf_view(&b));
    graph_build(&g, NULL);
    CHECK("a meeting of thousands has its participants", count(&g, "participant") == 2000);
    CHECK("and not a million pairs", count(&g, "met") == 0);
    graph_free(&g);
    buf_free(&b);
}

/* One visit by day and parties, told by an article each with a status and codes. */
static buf visit_told(const char *const articles[][2], unsigned len) {
    graph g = {0};
    for (unsigned i = 0; i < len; i++) {
        buf b = {0};
        buf_format(
            &b,
            "{\"schema\":\"whomet.document/1\",\"id\":\"x%u\",\"sha256\":\"%u\",\"entities\":[{\"id\":\"e1\",\"type\":"
            "\"person\",\"name\":\"Anna Kaleva\"},{\"id\":\"e2\",\"type\":\"person\",\"name\":\"Joon Bok\"}],"
            "\"events\":[{\"id\":\"v1\",\"type\":\"visit\",\"status\":\"%s\",\"date\":\"2022-02-08\",\"codes\":%s,"
            "\"participants\":[{\"entity\":\"e1\",\"role\":\"visitor\"},{\"entity\":\"e2\",\"role\":\"host\"}],"
            "\"evidence\":[{\"begin\":1,\"end\":2,\"bytes\":[1,2],\"quote\":\"q\",\"rule\":\"r/r\"}]}]}",
            i, i, articles[i][0], articles[i][1]);
        add_line(&g, buf_view(&b));
        buf_free(&b);
    }
    return written(&g);
}

static unsigned times(const buf *text, const char *part) {
    unsigned n = 0;
    for (const char *at = text->at; (at = memmem(at, text->len - (size_t)(at - text->at), part, strlen(part))); at++)
        n++;
    return n;
}

static void event_codes_of_a_visit(void) {
    const char *plan = "{\"cameo\":\"036\",\"linked\":null,\"mode\":null,\"plover\":\"AGREE\",\"source\":[\"e1\"],"
                       "\"target\":[\"e2\"]}";
    const char *made = "{\"cameo\":\"042\",\"linked\":\"043\",\"mode\":\"visit\",\"plover\":\"CONSULT\",\"source\":["
                       "\"e1\"],\"target\":[\"e2\"]}";
    const char *at_last = "\"codes\":{\"cameo\":\"042\",\"mode\":\"visit\",\"plover\":\"CONSULT\"}";
    const char *hosted = "\"codes\":{\"cameo\":\"043\",\"mode\":\"visit\",\"plover\":\"CONSULT\"}";
    const char *announced = "\"codes\":{\"cameo\":\"036\",\"mode\":null,\"plover\":\"AGREE\"}";
    const char *talks = "{\"cameo\":\"046\",\"plover\":\"CONSULT\"}",
               *meeting = "{\"cameo\":\"040\",\"plover\":\"CONSULT\"}";
    buf out = visit_told((const char *const[][2]){{"planned", plan}, {"occurred", made}}, 2);
    CHECK("documents keep their codes", times(&out, plan) == 1 && times(&out, made) == 1);
    CHECK("the visit and `visited` have the codes of what happened", times(&out, at_last) == 2);
    CHECK("`hosted` has the linked code", times(&out, hosted) == 1);
    CHECK("what was announced has its own, either way", times(&out, announced) == 2);
    buf_free(&out);
    out = visit_told((const char *const[][2]){{"occurred", talks}, {"occurred", meeting}}, 2);
    CHECK("the most special code of a status", times(&out, "\"codes\":{\"cameo\":\"046\",\"mode\":null") == 3);
    buf_free(&out);
    out = visit_told((const char *const[][2]){{"occurred", "null"}}, 1);
    CHECK("no codes", times(&out, "\"codes\":null") == 4);
    buf_free(&out);
}

static void doubles(void) {
    graph g = {0};
    for (int i = 0; i < 2; i++) add_meeting(&g, "1", "Anna Kaleva", "occurred", "2022-02-08");
    const char *next = g.kept.next; /* now its digest is known */
    for (int i = 0; i < 100; i++) add_meeting(&g, "1", "Anna Kaleva", "occurred", "2022-02-08");
    CHECK("an article given again costs no memory", g.kept.next == next && g.documents.len == 1);
    graph_free(&g);
}

/* Wherever a table stands when an article is read again: what it holds outlives the double. */
static void doubles_while_tables_grow(void) {
    graph g = {0};
    bool kept = true;
    for (unsigned i = 0; i < 300 && kept; i++) {
        char sha[12], by[14]; /* the rule is the last text of a record: a table may be full just after it */
        snprintf(sha, sizeof sha, "%u", i);
        snprintf(by, sizeof by, "r/%u", i);
        for (int turn = 0; turn < 3; turn++) add_meeting_by(&g, sha, "Anna Kaleva", "occurred", "2022-02-08", by);
        kept = g.documents.len == i + 1;
        for (unsigned k = 0; k < g.texts.list.len && kept; k++) kept = names_find(&g.texts, g.texts.list.at[k]) == k;
        for (unsigned k = 0; k < g.known.list.len && kept; k++) kept = names_find(&g.known, g.known.list.at[k]) == k;
    }
    CHECK("a double that comes when a table is full takes nothing with it", kept);
    graph_free(&g);
}

static void one_id_two_texts(void) {
    graph g = {0};
    for (int turn = 0; turn < 2; turn++) {
        add_meeting(&g, "1", "Anna Kaleva", "occurred", "2022-02-08");
        add_meeting(&g, "1", "Anna Kaleva", "planned", "2022-02-08");
        add_meeting(&g, "2", "Anna Kaleva", "planned", "2022-02-08");
        graph_build(&g, NULL);
        CHECK("one article read with other rules, and another article of its id, are documents of their own",
              g.documents.len == 3);
    }
    graph_free(&g);
}

/* Each fact is read back from disk as it was written, whatever it is. */
static void from_disk(void) {
    graph g[2] = {{0}, {.room = 1, .folder = "/var/tmp"}};
    for (unsigned i = 0; i < 2; i++) {
        buf b = {0};
        for (unsigned seed = 0; seed < 90; seed++) {
            buf_clear(&b);
            make_line(&b, seed);
            add_line(&g[i], buf_view(&b));
        }
        buf_free(&b);
    }
    graph_build(&g[0], NULL);
    graph_build(&g[1], NULL);
    CHECK("it went to disk", runs_any(&g[1].written_documents) && runs_any(&g[1].written[GRAPH_HELD]));
    for (graph_list l = 0; l < GRAPH_LISTS; l++) {
        graph_walk a = {0}, b = {0};
        graph_walk_begin(&a, &g[0], l);
        graph_walk_begin(&b, &g[1], l);
        bool same = true;
        for (const graph_entry *e, *f; (e = graph_walk_next(&a)) && same;) {
            buf one = {0}, two = {0};
            graph_pack(e, l == GRAPH_HELD, &one);
            same = (f = graph_walk_next(&b)) != NULL;
            if (f) graph_pack(f, l == GRAPH_HELD, &two);
            same = same && str_equal(buf_view(&one), buf_view(&two));
            buf_free(&one);
            buf_free(&two);
        }
        CHECK("the same items in the same order", same && !graph_walk_next(&b));
        graph_walk_end(&a);
        graph_walk_end(&b);
    }
    CHECK("without trouble", graph_error(&g[1]) == 0);
    graph_free(&g[0]);
    graph_free(&g[1]);
}

static void no_disk(void) {
    graph g = {.room = 1, .folder = "/nowhere"};
    add_meeting(&g, "1", "Anna Kaleva", "occurred", "2022-02-08");
    graph_build(&g, NULL);
    CHECK("what cannot be written is told", graph_error(&g) != 0);
    graph_walk w = {0};
    graph_walk_begin(&w, &g, GRAPH_NODES);
    CHECK("and nothing is read", graph_walk_next(&w) == NULL);
    graph_walk_end(&w);
    graph_free(&g);
}

static void occasions(void) {
    graph g = {0};
    buf b = {0};
    make_line(&b, 5);
    add_line(&g, buf_view(&b));
    const record *kept = g.documents.at[0].facts;
    CHECK("the graph keeps no event without evidence", kept->events.len == 2);
    CHECK("and what points to the others", kept->events.at[0].during == 1 && kept->agreements.at[0].during == 0);
    graph_build(&g, NULL);
    CHECK("a contact at an event", count(&g, "during") == 1);
    CHECK("an agreement at a contact", count(&g, "signed_at") == 1);
    for (uint32_t i = 0; i < g.edges.len; i++) {
        const graph_item *e = &g.edges.at[i];
        if (str_equal(e->type, STR("during")))
            CHECK("on the words that both have", e->evidence.len == 1 &&
                                                     str_equal(g.nodes.at[e->source].type, STR("meeting")) &&
                                                     str_equal(g.nodes.at[e->target].type, STR("summit")));
    }
    graph_free(&g);
    buf_free(&b);
}

static void empty(void) {
    graph g = {0};
    buf out = written(&g);
    CHECK("an empty graph",
          str_equal(buf_view(&out), STR("{\"documents\":[],\"edges\":[],\"nodes\":[],\"schema\":\"whomet.graph/"
                                        "1\",\"tool\":{\"rules_sha256\":\"00\",\"version\":\"1\"}}\n")));
    buf_free(&out);
}

/* Their texts are kept once, as stretches of one text that begin at one place. */
static void topics_that_begin_together(void) {
    graph g = {0};
    add_line(&g,
             STR("{\"schema\":\"whomet.document/1\",\"id\":\"d\",\"sha256\":\"00\",\"entities\":["
                 "{\"id\":\"e1\",\"type\":\"person\",\"name\":\"Anna Kaleva\"},"
                 "{\"id\":\"e2\",\"type\":\"person\",\"name\":\"Joon Bok\"}],\"agreements\":[],\"events\":[{\"id\":"
                 "\"v1\",\"type\":\"meeting\",\"status\":\"occurred\",\"participants\":[{\"entity\":\"e1\",\"role\":"
                 "\"participant\"},{\"entity\":\"e2\",\"role\":\"participant\"}],\"about\":["
                 "{\"text\":\"trade in grain\",\"begin\":10,\"end\":24},{\"text\":\"trade\",\"begin\":10,\"end\":15}],"
                 "\"evidence\":[{\"begin\":0,\"end\":24,\"bytes\":[0,24],\"quote\":\"they told trade in grain\","
                 "\"rule\":\"c/met\"}]}]}"));
    buf out = written(&g);
    buf_byte(&out, '\0');
    CHECK("topics that begin together are two", strstr(out.at, "\"about\":[\"trade\",\"trade in grain\"]") != NULL);
    buf_free(&out);
}

int main(void) {
    any_order();
    topics_that_begin_together();
    identity();
    people_of_many_articles();
    meetings_of_many_articles();
    many_spellings();
    many_parties();
    event_codes_of_a_visit();
    doubles();
    doubles_while_tables_grow();
    one_id_two_texts();
    from_disk();
    no_disk();
    occasions();
    empty();
    return unit_done();
}
