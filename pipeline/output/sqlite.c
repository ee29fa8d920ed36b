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

static const char *const views[] = {"entities",       "events",  "agreements",   "topics",
                                    "participations", "parties", "who_met_whom", "offices"};

static const char after[] =
    "CREATE INDEX edges_source ON edges(source); CREATE INDEX edges_target ON edges(target);"
    "CREATE INDEX edges_event ON edges(event); CREATE INDEX nodes_type ON nodes(type, name);"
    "CREATE INDEX evidence_item ON evidence(item); CREATE INDEX aliases_node ON aliases(node);"
    "CREATE INDEX roles_node ON roles(node);"
    "CREATE VIEW entities AS SELECT id, type, name, country FROM nodes"
    "  WHERE type IN ('person', 'country', 'place', 'organization', 'group');"
    "CREATE VIEW topics AS SELECT id, name FROM nodes WHERE type = 'topic';"
    "CREATE VIEW agreements AS SELECT id, kind, name, status, date, country, cameo, plover,"
    "  (SELECT min(target) FROM edges WHERE type = 'signed_at' AND source = nodes.id) AS signed_at"
    "  FROM nodes WHERE type = 'agreement';"
    "CREATE VIEW events AS SELECT n.id, n.type, n.name, n.status, n.date, n.\"end\", e.target AS place, n.country,"
    "  n.cameo, n.plover, n.mode,"
    "  (SELECT min(target) FROM edges WHERE type = 'during' AND source = n.id) AS during"
    "  FROM nodes n LEFT JOIN edges e ON e.type = 'at' AND e.source = n.id"
    "  WHERE n.type NOT IN ('person', 'country', 'place', 'organization', 'group', 'topic', 'agreement', 'office')"
    "  GROUP BY n.id;"
    "CREATE VIEW participations AS SELECT target AS event, source AS entity, role, status, documents FROM edges"
    "  WHERE type = 'participant';"
    "CREATE VIEW parties AS SELECT target AS agreement, source AS entity, status, documents FROM edges"
    "  WHERE type = 'party';"
    "CREATE VIEW who_met_whom AS SELECT a.name AS who, e.type AS what, b.name AS whom, e.date, p.name AS place,"
    "  e.status, e.about, e.documents, e.sources, e.event, e.id AS edge, e.cameo, e.plover, e.mode FROM edges e JOIN "
    "nodes a ON a.id = e.source"
    "  JOIN nodes b ON b.id = e.target LEFT JOIN nodes p ON p.id = e.place"
    "  WHERE e.type IN ('met', 'called', 'visited', 'hosted');"
    "CREATE VIEW offices AS SELECT n.name, r.title, r.\"of\", r.country, r.former, r.first_seen, r.last_seen,"
    "  r.documents, r.node AS person, r.office FROM roles r JOIN nodes n ON n.id = r.node;"
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

static void drop_old(database *x) {
    char sql[100];
    for (size_t i = 0; i < sizeof views / sizeof *views; i++) {
        snprintf(sql, sizeof sql, "DROP VIEW IF EXISTS %s", views[i]);
        run(x, sql);
    }
    run(x, "DROP TABLE IF EXISTS quotes");
    for (int i = TABLES; i-- > 0;) { /* those that refer before those that are referred to */
        snprintf(sql, sizeof sql, "DROP TABLE IF EXISTS %s", tables[i].name);
        run(x, sql);
    }
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
        drop_old(&x);
        for (table_id t = 0; t < TABLES; t++) tables_write(o->graph, t, &x.rows);
        run(&x, after);
        run(&x, "COMMIT");
    }
    sqlite3_close(x.db);
}
