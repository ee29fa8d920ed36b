/* A SQLite database: the tables, with foreign keys; views of what people ask first; a full-text index of the quotes.
   The one door to libsqlite3. Everything is one transaction that replaces what an earlier run wrote and leaves other
   tables alone: so writing again changes nothing, and a run that is killed leaves the old database whole. */
#include "output/format.h"
#include "output/tables.h"

#include <sqlite3.h>
#include <stdio.h>

typedef struct database {
    rows rows;
    graph_output *o;
    sqlite3 *db;
    sqlite3_stmt *insert;
} database;

/* Those that refer before those that are referred to. */
static const char *const ours[] = {"quotes",   "who_met_whom", "offices", "about",    "parties",    "participations",
                                   "evidence", "roles",        "aliases", "edges",    "agreements", "events",
                                   "topics",   "entities",     "nodes",   "documents"};

/* Tables of their own for what nodes and edges are; they are there before the rows that refer to them. */
static const char before[] =
    "CREATE TABLE entities (id TEXT PRIMARY KEY NOT NULL REFERENCES nodes(id), type TEXT NOT NULL, name TEXT,"
    "  country TEXT);"
    "CREATE TABLE topics (id TEXT PRIMARY KEY NOT NULL REFERENCES nodes(id), name TEXT);"
    "CREATE TABLE events (id TEXT PRIMARY KEY NOT NULL REFERENCES nodes(id), type TEXT NOT NULL, name TEXT,"
    "  status TEXT, date TEXT, \"end\" TEXT, place TEXT REFERENCES entities(id), country TEXT, cameo TEXT,"
    "  plover TEXT, mode TEXT, during TEXT REFERENCES events(id));"
    "CREATE TABLE agreements (id TEXT PRIMARY KEY NOT NULL REFERENCES nodes(id), kind TEXT, name TEXT, status TEXT,"
    "  date TEXT, country TEXT, cameo TEXT, plover TEXT, signed_at TEXT REFERENCES events(id));"
    "CREATE TABLE participations (edge TEXT PRIMARY KEY NOT NULL REFERENCES edges(id),"
    "  event TEXT NOT NULL REFERENCES events(id), entity TEXT NOT NULL REFERENCES entities(id), role TEXT,"
    "  status TEXT, documents INTEGER);"
    "CREATE TABLE parties (edge TEXT PRIMARY KEY NOT NULL REFERENCES edges(id),"
    "  agreement TEXT NOT NULL REFERENCES agreements(id), entity TEXT NOT NULL REFERENCES entities(id), status TEXT,"
    "  documents INTEGER);"
    "CREATE TABLE about (edge TEXT PRIMARY KEY NOT NULL REFERENCES edges(id), event TEXT REFERENCES events(id),"
    "  agreement TEXT REFERENCES agreements(id), topic TEXT NOT NULL REFERENCES topics(id), documents INTEGER,"
    "  CHECK ((event IS NULL) <> (agreement IS NULL)));";

static const char after[] =
    "CREATE INDEX edges_source ON edges(source, type); CREATE INDEX edges_target ON edges(target);"
    "CREATE INDEX edges_event ON edges(event); CREATE INDEX edges_type ON edges(type);"
    "CREATE INDEX nodes_type ON nodes(type, name);"
    "CREATE INDEX evidence_item ON evidence(item); CREATE INDEX aliases_node ON aliases(node);"
    "CREATE INDEX roles_node ON roles(node);"
    "INSERT INTO entities SELECT id, type, name, country FROM nodes"
    "  WHERE type IN ('person', 'country', 'place', 'organization', 'group');"
    "INSERT INTO topics SELECT id, name FROM nodes WHERE type = 'topic';"
    "INSERT INTO events SELECT id, type, name, status, date, \"end\", (SELECT target FROM edges"
    "    WHERE type = 'at' AND source = n.id ORDER BY documents DESC, target LIMIT 1), country, cameo, plover, mode,"
    "  (SELECT min(target) FROM edges WHERE type = 'during' AND source = n.id) FROM nodes n WHERE type NOT IN"
    "  ('person', 'country', 'place', 'organization', 'group', 'topic', 'agreement', 'office');"
    "INSERT INTO agreements SELECT id, kind, name, status, date, country, cameo, plover,"
    "  (SELECT min(target) FROM edges WHERE type = 'signed_at' AND source = n.id) FROM nodes n"
    "  WHERE type = 'agreement';"
    "INSERT INTO participations SELECT id, target, source, role, status, documents FROM edges"
    "  WHERE type = 'participant';"
    "INSERT INTO parties SELECT id, target, source, status, documents FROM edges WHERE type = 'party';"
    "INSERT INTO about SELECT d.id, e.id, a.id, d.target, d.documents FROM edges d LEFT JOIN events e ON e.id = "
    "d.source"
    "  LEFT JOIN agreements a ON a.id = d.source WHERE d.type = 'about';"
    "CREATE INDEX participations_event ON participations(event);"
    "CREATE INDEX participations_entity ON participations(entity);"
    "CREATE VIEW who_met_whom AS SELECT a.name AS who, e.type AS what, b.name AS whom, e.date, p.name AS place,"
    "  e.status, e.about, e.documents, e.sources, e.event, e.id AS edge, e.cameo, e.plover, e.mode FROM edges e"
    "  JOIN entities a ON a.id = e.source JOIN entities b ON b.id = e.target LEFT JOIN entities p ON p.id = e.place"
    "  WHERE e.type IN ('met', 'called', 'visited', 'hosted');"
    "CREATE VIEW offices AS SELECT n.name, r.title, r.\"of\", r.country, r.former, r.first_seen, r.last_seen,"
    "  r.documents, r.node AS person, r.office FROM roles r JOIN entities n ON n.id = r.node;"
    "CREATE VIRTUAL TABLE quotes USING fts5(quote, content='evidence', content_rowid='rowid');"
    "INSERT INTO quotes(quotes) VALUES ('rebuild');";

/* The first error is kept, and stops all that follows. */
static bool good(database *x, int code) {
    if (!x->o->error[0] && code != SQLITE_OK && code != SQLITE_DONE && code != SQLITE_ROW)
        snprintf(x->o->error, sizeof x->o->error, "%s", x->db ? sqlite3_errmsg(x->db) : sqlite3_errstr(code));
    return !x->o->error[0];
}

static bool run(database *x, const char *sql) {
    return !x->o->error[0] && good(x, sqlite3_exec(x->db, sql, NULL, NULL, NULL));
}

/* What is a table may have been a view in an older version. */
static void drop(database *x, const char *name) {
    static const char find[] = "SELECT type FROM sqlite_master WHERE name = ? AND type IN ('table', 'view')";
    sqlite3_stmt *q = NULL;
    char sql[100] = "";
    if (x->o->error[0] || !good(x, sqlite3_prepare_v2(x->db, find, -1, &q, NULL))) return;
    sqlite3_bind_text(q, 1, name, -1, SQLITE_STATIC);
    int code = sqlite3_step(q);
    if (good(x, code) && code == SQLITE_ROW)
        snprintf(sql, sizeof sql, "DROP %s %s", (const char *)sqlite3_column_text(q, 0), name);
    sqlite3_finalize(q);
    if (sql[0]) run(x, sql);
}

static void create(database *x, const table *t) {
    buf sql = {0};
    buf_format(&sql, "CREATE TABLE %s (", t->name);
    for (uint32_t i = 0; i < t->width; i++) {
        const column *c = &t->columns[i];
        buf_format(&sql, "%s\"%s\" %s%s", i ? ", " : "", c->name, c->type == CELL_TEXT ? "TEXT" : "INTEGER",
                   i == 0 && t->keyed ? " PRIMARY KEY NOT NULL" : "");
        if (c->refers) buf_format(&sql, " REFERENCES %s(id)", c->refers);
    }
    buf_format(&sql, ")%c", '\0');
    run(x, sql.at);
    buf_free(&sql);
}

static void begin(rows *r, const table *t) {
    database *x = (database *)r;
    buf sql = {0};
    create(x, t);
    buf_format(&sql, "INSERT INTO %s VALUES (?", t->name);
    for (uint32_t i = 1; i < t->width; i++) buf_add(&sql, STR(", ?"));
    buf_format(&sql, ")%c", '\0');
    if (!x->o->error[0]) good(x, sqlite3_prepare_v2(x->db, sql.at, -1, &x->insert, NULL));
    buf_free(&sql);
}

static void row(rows *r, const table *t, const cell *cells) {
    database *x = (database *)r;
    if (x->o->error[0]) return;
    for (uint32_t i = 0; i < t->width; i++) {
        int at = (int)i + 1;
        if (t->columns[i].type != CELL_TEXT)
            sqlite3_bind_int64(x->insert, at, cells[i].number);
        else if (cells[i].text.len)
            sqlite3_bind_text64(x->insert, at, cells[i].text.at, cells[i].text.len, SQLITE_STATIC, SQLITE_UTF8);
        else
            sqlite3_bind_null(x->insert, at);
    }
    good(x, sqlite3_step(x->insert));
    sqlite3_reset(x->insert);
}

static void end(rows *r, const table *t) {
    database *x = (database *)r;
    (void)t;
    sqlite3_finalize(x->insert);
    x->insert = NULL;
}

void write_sqlite(graph_output *o) {
    database x = {.rows = {begin, row, end}, .o = o};
    int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
    if (good(&x, sqlite3_open_v2(o->path, &x.db, flags, NULL))) {
        sqlite3_busy_timeout(x.db, 10000);
        run(&x,
            "PRAGMA foreign_keys = ON; PRAGMA cell_size_check = ON; BEGIN IMMEDIATE; PRAGMA defer_foreign_keys = ON");
        for (size_t i = 0; i < sizeof ours / sizeof *ours; i++) drop(&x, ours[i]);
        run(&x, before);
        for (table_id t = 0; t < TABLES; t++) tables_write(o->graph, t, &x.rows);
        run(&x, after);
        run(&x, "COMMIT");
    }
    sqlite3_close(x.db);
}
