"""Checks the promises that document records make about their articles.

  python3 verify.py RECORDS.jsonl INPUT...      inputs: text files, JSONL files, folders of them

Every begin and end slices the article to the text or quote that stands beside it, bytes likewise; every event, agreement and
office has evidence that names a rule; types and statuses are the known ones; ids that are referred to exist. Exit code 1 and the first ten failures otherwise.
"""
import glob
import hashlib
import json
import os
import sys

STATUS = {"occurred", "planned", "proposed", "not_held"}
AGREEMENT_STATUS = {"signed", "agreed", "planned", "proposed", "not_held"}
ENTITY = {"person", "country", "place", "organization", "group"}
TEXT_KEYS, TITLE_KEYS = ("text", "maintext", "body"), ("title", "headline")


def digest(raw):
    return hashlib.sha256(raw).hexdigest()


def articles(path):
    if os.path.isdir(path):
        for inner in sorted(glob.glob(os.path.join(path, "*"))):
            yield from articles(inner)
    elif path.endswith(".jsonl"):
        for line in open(path, encoding="utf-8"):
            a = json.loads(line)
            text = next(a[k] for k in TEXT_KEYS if k in a)
            yield (a["id"], digest(text.encode())), text, next((a[k] for k in TITLE_KEYS if k in a), "")
    else:
        raw = open(path, "rb").read()
        yield (os.path.basename(path).removesuffix(".txt"), digest(raw)), raw.decode("utf-8", "replace"), ""


class Checker:
    def __init__(self):
        self.failures = []

    def need(self, truth, record, what):
        if not truth:
            self.failures.append(f"{record['id']}: {what}")

    def span(self, record, span, text, title):
        source = title if span.get("in") == "title" else text
        said = span.get("quote", span.get("text"))
        self.need(source[span["begin"]:span["end"]] == said, record, f"{span['begin']}-{span['end']} is not {said!r}")
        if "bytes" in span and "\ufffd" not in source:
            begin, end = span["bytes"]
            self.need(source.encode()[begin:end].decode("utf-8", "replace") == said, record, f"bytes {begin}-{end} are not {said!r}")

    def evidence(self, record, fact, text, title, what):
        self.need(fact.get("evidence"), record, f"{what} without evidence")
        for e in fact.get("evidence") or []:
            self.need("/" in (e.get("rule") or ""), record, f"evidence of {what} names no rule")
            self.span(record, e, text, title)

    def record(self, r, text, title):
        ids = {e["id"] for e in r["entities"]}
        self.need(r["schema"] == "whomet.document/1", r, "schema")
        for e in r["entities"]:
            self.need(e["type"] in ENTITY, r, f"entity type {e['type']}")
            for m in e["mentions"]:
                self.span(r, m, text, title)
            for role in e["roles"]:
                self.evidence(r, role, text, title, "an office")
        for d in r["dates"]:
            self.span(r, d, text, title)
            self.need(d["type"] in {"DATE", "TIME", "DURATION", "SET"}, r, f"date type {d['type']}")
        for v in r["events"]:
            self.event(r, v, ids, text, title, "participants", STATUS)
        for a in r["agreements"]:
            self.event(r, a, ids, text, title, "parties", AGREEMENT_STATUS)

    def event(self, r, v, ids, text, title, who, statuses):
        self.evidence(r, v, text, title, v["id"])
        self.need(v["status"] in statuses, r, f"status {v['status']}")
        self.need(v["place"] is None or v["place"] in ids, r, "a place that is no entity")
        at = v["during" if who == "participants" else "signed_at"]
        self.need(at is None or any(at == other["id"] != v["id"] for other in r["events"]), r, "an occasion that is no event")
        for p in v[who]:
            self.need(p["entity"] in ids, r, "a party that is no entity")
        for a in v["about"]:
            self.span(r, a, text, title)


def main():
    records = [json.loads(line) for line in open(sys.argv[1], encoding="utf-8")]
    source = {i: (text, title) for path in sys.argv[2:] for i, text, title in articles(path)}
    checker = Checker()
    for r in records:
        text, title = source[r["id"], r["sha256"]]
        checker.record(r, text, title or "")
    print("\n".join(checker.failures[:10]) or f"{len(records)} records keep their promises")
    sys.exit(1 if checker.failures or not records else 0)


main()
