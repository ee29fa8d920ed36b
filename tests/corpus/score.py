"""Scores document records against a gold file: precision, recall and F1 for people, offices, contacts, agreements and events,
and where contacts were held and agreements signed.

  python3 score.py GOLD.jsonl RECORDS.jsonl [-v] [--floor FILE]

A contact counts by its pairs of parties with its type and status; a visit by visitor and destination. FILE has lines like
`people 0.95`: a figure below its floor is told, and the exit code is 1.
"""
import argparse
import itertools
import json
import re
import sys
import unicodedata


def fold(text):
    plain = unicodedata.normalize("NFKD", text or "").casefold()
    return re.sub(r"[^0-9a-z]+", " ", "".join(c for c in plain if not unicodedata.combining(c))).strip()


def words(text):
    return set(fold(text).split()) - {"the", "a", "an", "of", "and", "in", "on", "for"}


def alike(a, b):
    """Most words in common: a name, a title, a topic."""
    A, B = words(a), words(b)
    return bool(A and B) and 2 * len(A & B) / (len(A) + len(B)) >= 0.6


def same_name(a, b):
    A, B = fold(a).split(), fold(b).split()
    return bool(A and B) and (set(A) <= set(B) or set(B) <= set(A)) and (A[-1] == B[-1] or A[0] == B[0])


def gold_facts(gold):
    facts = {"people": [p["name"] for p in gold["people"]],
             "roles": [(p["name"], r["title"], r.get("of")) for p in gold["people"] for r in p["roles"]],
             "agreements": [(a["name"], a["status"]) for a in gold["agreements"]],
             "events": [e["name"] for e in gold["events"]], "contacts": [], "dates": [],
             "occasions": [(c["type"], c["during"]) for c in gold["contacts"] if c.get("during")]
             + [(a["name"], a["signed_at"]) for a in gold["agreements"] if a.get("signed_at")]}
    for c in gold["contacts"]:
        names = [p["name"] for p in c["parties"]]
        add_contact(facts, c["type"], c["status"], names, c.get("place"), c.get("date"))
    return facts


def add_contact(facts, kind, status, names, place, date):
    pairs = [(n, place) for n in names if place] if kind == "visit" else list(itertools.combinations(names, 2))
    for a, b in pairs:
        facts["contacts"].append((kind, status, a, b))
        if date:
            facts["dates"].append((kind, a, b, date))


def record_facts(record):
    name = {e["id"]: e["name"] for e in record["entities"]}
    people = [e for e in record["entities"] if e["type"] == "person"]
    event = {v["id"]: v["name"] or v["type"] for v in record["events"]}
    facts = {"people": [p["name"] for p in people], "roles": [(p["name"], r["title"], r["of"] or r["country"]) for p in people for r in p["roles"]],
             "agreements": [(a["name"], a["status"]) for a in record["agreements"]],
             "events": [v["name"] for v in record["events"] if v["name"]], "contacts": [], "dates": [],
             "occasions": [(v["type"], event[v["during"]]) for v in record["events"] if v["during"]]
             + [(a["name"], event[a["signed_at"]]) for a in record["agreements"] if a["signed_at"]]}
    for v in record["events"]:
        if v["type"] in ("meeting", "call", "visit"):
            visitors = [name[p["entity"]] for p in v["participants"] if v["type"] != "visit" or p["role"] == "visitor"]
            add_contact(facts, v["type"], v["status"], visitors, name.get(v["place"]), v["date"])
    return facts


def pair_alike(g, s):
    return (same_name(g[-2], s[-2]) and same_name(g[-1], s[-1])) or (same_name(g[-2], s[-1]) and same_name(g[-1], s[-2]))


SAME = {
    "people": same_name,
    "roles": lambda g, s: same_name(g[0], s[0]) and alike(g[1], s[1]) and (not g[2] or alike(g[2], s[2])),
    "contacts": lambda g, s: g[:2] == s[:2] and pair_alike(g, s),
    "dates": lambda g, s: g[0] == s[0] and g[3] == s[3] and pair_alike(g[:3], s[:3]),
    "agreements": lambda g, s: alike(g[0], s[0]) and g[1] == s[1],
    "events": alike,
    "occasions": lambda g, s: alike(g[0], s[0]) and alike(g[1], s[1]),
}


def count(gold, got, same, tally, told):
    left = list(got)
    for g in gold:
        match = next((s for s in left if same(g, s)), None)
        if match is None:
            tally["missed"] += 1
            told.append(("missed", g))
        else:
            left.remove(match)
            tally["right"] += 1
    tally["wrong"] += len(left)
    told.extend(("wrong", s) for s in left)


def floors_hold(path, figures):
    low = []
    for line in open(path, encoding="utf-8"):
        if line.strip() and not line.startswith("#"):
            row, floor = line.split()
            if figures[row] < float(floor):
                low.append(f"{row} is {figures[row]:.3f}, below its floor {floor}")
    print("\n".join(low) or "all floors hold")
    return not low


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("gold")
    options.add_argument("records")
    options.add_argument("-v", action="store_true", help="print what was missed and what was wrong")
    options.add_argument("--floor")
    args = options.parse_args()
    records = {r["id"]: r for r in map(json.loads, open(args.records, encoding="utf-8"))}
    tallies = {row: dict(right=0, wrong=0, missed=0) for row in SAME}
    for gold in map(json.loads, open(args.gold, encoding="utf-8")):
        g, s = gold_facts(gold), record_facts(records[gold["id"]])
        for row, same in SAME.items():
            told = []
            count(g[row], s[row], same, tallies[row], told)
            for what, fact in told if args.v else ():
                print(gold["id"], row, what, fact)
    figures = {}
    for row, t in tallies.items():
        p, r = (t["right"] / max(1, t["right"] + t[other]) for other in ("wrong", "missed"))
        figures[row] = 2 * p * r / (p + r) if p + r else 0.0
        print(f"{row:11} P {p:.3f}  R {r:.3f}  F1 {figures[row]:.3f}  ({t['right']} right, {t['wrong']} wrong, {t['missed']} missed)")
    if args.floor and not floors_hold(args.floor, figures):
        sys.exit(1)


main()
