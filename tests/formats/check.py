"""Every format of the graph, read by other programs than ours, against graph JSON: the same nodes, edges and evidence.

  python3 tests/formats/check.py WHOMET SCRATCH INPUT...

Readers: json, csv, xml.etree and sqlite3 of Python; networkx and Graphviz when they are there, else a notice.
Prints a line for each thing that is wrong and exits 1 when there is one.
"""
import collections
import csv
import glob
import json
import os
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import xml.etree.ElementTree as xml

PROGRAM, SCRATCH, INPUTS = sys.argv[1], sys.argv[2], sys.argv[3:]
TABLES = ["documents", "nodes", "edges", "aliases", "roles", "evidence"]
wrong = []


def check(what, good):
    if not good:
        wrong.append(what)


def at(name):
    return os.path.join(SCRATCH, name)


def run(*arguments, **more):
    return subprocess.run([PROGRAM, *arguments], stdin=subprocess.DEVNULL, capture_output=True, **more)


def write(name, *arguments):
    done = run(*INPUTS, "-o", at(name), *arguments)
    check(f"{name}: exit {done.returncode} {done.stderr.decode()[:300]}", done.returncode == 0)
    return at(name)


def wanted(graph):
    """The tables, made of graph JSON alone: sets of rows as tuples of text."""
    rows = {name: collections.Counter() for name in TABLES}
    for node in graph["nodes"]:
        codes = node.get("codes") or {}
        rows["nodes"][node["id"], node["type"], node.get("name"), codes.get("cameo"), codes.get("plover"), codes.get("mode")] += 1
        for alias in node.get("aliases", []):
            rows["aliases"][node["id"], alias] += 1
        for role in node.get("roles", []):
            rows["roles"][node["id"], role["office"], role["title"], role["of"], role["first_seen"], role["last_seen"]] += 1
    for edge in graph["edges"]:
        codes = edge.get("codes") or {}
        rows["edges"][edge["id"], edge["type"], edge["source"], edge["target"], edge.get("event"), edge["date"], edge["status"],
                      codes.get("cameo"), codes.get("plover"), codes.get("mode")] += 1
    for document in graph["documents"]:
        rows["documents"][document["id"], document["title"], document["published"], document["sha256"]] += 1
    for item in graph["nodes"] + graph["edges"]:
        for e in item.get("evidence", []):
            rows["evidence"][item["id"], e["begin"], e["end"], e["quote"], e["rule"]] += 1
    return rows


COLUMNS = dict(nodes=["id", "type", "name", "cameo", "plover", "mode"], aliases=["node", "alias"],
               roles=["node", "office", "title", "of", "first_seen", "last_seen"],
               edges=["id", "type", "source", "target", "event", "date", "status", "cameo", "plover", "mode"],
               documents=["document", "title", "published", "sha256"],
               evidence=["item", "begin", "end", "quote", "rule"])


def compare(name, table, records, want, text=False):
    """text: a reader that knows no numbers and no null."""
    plain = (lambda v: "" if v is None else str(v)) if text else (lambda v: v)
    expect, got = collections.Counter(), collections.Counter()
    for row, count in want[table].items():
        expect[tuple(map(plain, row))] += count
    for record in records:
        got[tuple(record[c] for c in COLUMNS[table])] += 1
    check(f"{name}: {table}: {sum(got.values())} rows, not {sum(expect.values())}; {list((got - expect) + (expect - got))[:2]}", got == expect)


def graph_json(graph):
    ids = {n["id"] for n in graph["nodes"]}
    check("json: ids of nodes differ", len(ids) == len(graph["nodes"]))
    check("json: ids of edges differ", len({e["id"] for e in graph["edges"]}) == len(graph["edges"]))
    ends = [e[k] for e in graph["edges"] for k in ("source", "target", "event", "place") if e.get(k)]
    check("json: edges end at nodes", ids.issuperset(ends))
    check("json: every edge has evidence", all(e["evidence"] for e in graph["edges"]))
    try:
        import networkx
    except ImportError:
        print("skipped: networkx is not there; the ends of edges were checked instead")
        return
    loaded = networkx.node_link_graph(dict(graph, directed=True, multigraph=True), edges="edges")
    check("networkx: counts", len(loaded) == len(ids) and loaded.number_of_edges() == len(graph["edges"]))


def tables_of_csv(want):
    folder = write("csv", "--format", "csv")
    check("csv: files", sorted(os.listdir(folder)) == sorted(t + ".csv" for t in TABLES))
    for table in TABLES:
        path = os.path.join(folder, table + ".csv")
        with open(path, encoding="utf-8", newline="") as f:
            compare("csv", table, csv.DictReader(f, strict=True), want, text=True)
        check(f"csv: {table}: lines end in CRLF", open(path, "rb").read().endswith(b"\r\n"))


def tables_of_ndjson(want):
    folder = write("ndjson", "--format", "ndjson")
    for table in TABLES:
        records = [json.loads(line) for line in open(os.path.join(folder, table + ".ndjson"), encoding="utf-8")]
        compare("ndjson", table, records, want)
        check(f"ndjson: {table}: the same keys on every line", len({tuple(r) for r in records}) <= 1)
        for key in records[0] if records else []:
            types = {type(r[key]) for r in records} - {type(None)}
            check(f"ndjson: {table}.{key}: one type, not {types}", len(types) <= 1)


def graphml(want):
    root = xml.parse(write("g.graphml", "--format", "graphml")).getroot()
    space = "{http://graphml.graphdrawing.org/xmlns}"
    keys = {k.get("id"): k.get("attr.name") for k in root.iter(space + "key")}
    for table, tag in (("nodes", "node"), ("edges", "edge")):
        records = []
        for element in root.iter(space + tag):
            record = collections.defaultdict(str, element.attrib)
            record.update({keys[d.get("key")]: d.text or "" for d in element.iter(space + "data")})
            records.append(record)
        compare("graphml", table, records, want, text=True)


def dot(graph):
    path = write("g.dot", "--format", "dot")
    text = open(path, encoding="utf-8").read()
    string = r'"(?:[^"\\]|\\.)*"'
    nodes = re.findall(rf"^{string} \[label={string}, class={string}\];$", text, re.M)
    edges = re.findall(rf"^{string} -> {string} \[label={string}, id={string}\];$", text, re.M)
    check(f"dot: {len(nodes)} nodes and {len(edges)} edges", (len(nodes), len(edges)) == (len(graph["nodes"]), len(graph["edges"])))
    check("dot: nothing else", len(text.splitlines()) == len(nodes) + len(edges) + 2)
    if shutil.which("dot"):
        check("dot: Graphviz reads it", subprocess.run(["dot", "-Tcanon", path, "-o", os.devnull]).returncode == 0)
    else:
        print("skipped: Graphviz is not there; the lines of DOT were counted instead")


PARENTS = dict(edges=["nodes", "nodes", "nodes", "entities"], aliases=["entities"], roles=["entities", "nodes"],
               evidence=["nodes", "edges", "documents"], entities=["nodes"], topics=["nodes"],
               events=["nodes", "entities", "events"], agreements=["nodes", "events"],
               participations=["edges", "events", "entities"], parties=["edges", "agreements", "entities"],
               about=["edges", "events", "agreements", "topics"])


def dump(path):
    with sqlite3.connect(path) as db:
        return [row for table in dict.fromkeys([*TABLES, *PARENTS]) for row in db.execute(f"SELECT * FROM {table} ORDER BY rowid")]


def sqlite(graph, want):
    path = write("g.db", "--format", "sqlite")
    first = dump(path)
    with sqlite3.connect(path) as db:
        db.row_factory = sqlite3.Row
        for table in TABLES:
            compare("sqlite", table, db.execute(f"SELECT * FROM {table}"), want)
        check("sqlite: foreign keys hold", not db.execute("PRAGMA foreign_key_check").fetchall())
        for table, parents in PARENTS.items():
            declared = collections.Counter(row["table"] for row in db.execute(f"PRAGMA foreign_key_list({table})"))
            check(f"sqlite: {table} refers to {dict(declared)}", declared == collections.Counter(parents))
        kinds = dict(db.execute("SELECT name, type FROM sqlite_master WHERE type IN ('table', 'view')").fetchall())
        check("sqlite: tables", all(kinds.get(t) == "table" for t in [*TABLES, *PARENTS, "quotes"]))
        check("sqlite: views", {n for n, k in kinds.items() if k == "view"} == {"who_met_whom", "offices"})
        check("sqlite: whole", db.execute("PRAGMA integrity_check").fetchone()[0] == "ok")
        count = lambda view: db.execute(f"SELECT count(*) FROM {view}").fetchone()[0]
        edges = collections.Counter(e["type"] for e in graph["edges"])
        nodes = collections.Counter(n["type"] for n in graph["nodes"])
        check("sqlite: who_met_whom", count("who_met_whom") == sum(edges[t] for t in ("met", "called", "visited", "hosted")))
        check("sqlite: offices", count("offices") == edges["holds_office"])
        check("sqlite: participations and parties", (count("participations"), count("parties")) == (edges["participant"], edges["party"]))
        check("sqlite: about", count("about") == edges["about"])
        check("sqlite: evidence is of a node or an edge", not db.execute("SELECT 1 FROM evidence WHERE item IS NOT coalesce(node, edge) OR (node IS NULL) = (edge IS NULL)").fetchall())
        check("sqlite: topics and agreements", (count("topics"), count("agreements")) == (nodes["topic"], nodes["agreement"]))
        check("sqlite: every node is in one table", count("entities") + count("events") + count("topics") + count("agreements") + nodes["office"] == len(graph["nodes"]))
        quoted = sum(1 for (q,) in db.execute("SELECT quote FROM evidence") if re.search(r"\btalks\b", q, re.I))
        check("sqlite: full text", db.execute("SELECT count(*) FROM quotes WHERE quotes MATCH 'talks'").fetchone()[0] == quoted)
        db.execute("CREATE TABLE IF NOT EXISTS own_notes (note)")
        db.executescript("DROP TABLE about; CREATE VIEW about AS SELECT 1")  # as an older version may have had it
    write("g.db", "--format", "sqlite")
    check("sqlite: writing again changes nothing", dump(path) == first)
    # A run that is killed while it writes.
    with sqlite3.connect(path) as db:
        check("sqlite: other tables stay", db.execute("SELECT count(*) FROM own_notes").fetchone()[0] == 0)
    pages = os.path.getsize(path) // 1024 // 2 or 1
    done = subprocess.run(["bash", "-c", f'ulimit -f {pages}; exec "$@"', "-", PROGRAM, *INPUTS, "--format", "sqlite", "-o", path], stdin=subprocess.DEVNULL, capture_output=True)
    check(f"sqlite: a run that cannot write says so: exit {done.returncode}", done.returncode in (4, -signal.SIGXFSZ, 128 + signal.SIGXFSZ))
    check("sqlite: a killed run leaves the old database whole", dump(path) == first)


def formulas():
    """A name that a spreadsheet would run."""
    with open(at("evil.jsonl"), "w", encoding="utf-8") as f:
        f.write(json.dumps(dict(id="=1+1", title='+cmd, "x"', source="@a\nb", published="2021-05-04", text="President Leila Bouazizi of Tunisia met Foreign Minister Anna Kaleva of Finland on Tuesday.")) + "\n")
    for option, prefix in (([], ""), (["--csv-safe"], "'")):
        done = run(at("evil.jsonl"), "--format", "csv", *option, "-o", at("evil"))
        check(f"csv-safe: {done.stderr.decode()}", done.returncode == 0)
        with open(os.path.join(at("evil"), "documents.csv"), encoding="utf-8", newline="") as f:
            row = next(csv.DictReader(f, strict=True))
        check(f"csv {option}: {row}", (row["id"], row["title"], row["source"]) == (prefix + "=1+1", prefix + '+cmd, "x"', prefix + "@a\nb"))


def main():
    graph = json.load(open(write("g.json"), encoding="utf-8"))
    check("there is something to compare", len(graph["edges"]) > 20)
    want = wanted(graph)
    graph_json(graph)
    tables_of_csv(want)
    tables_of_ndjson(want)
    graphml(want)
    dot(graph)
    sqlite(graph, want)
    formulas()
    check("no temporary files are left", not glob.glob(at("*/.*")) and not glob.glob(at(".*")))
    for line in wrong:
        print("wrong: " + line)
    sys.exit(1 if wrong else 0)


main()
