"""CPU time of `whomet` as a ratio to `LC_ALL=C.UTF-8 wc -lwm` on the same text, interleaved, median of the pairs.

  python3 tests/bench/bench.py --build DIR --shared DIR [--pairs 7] [--megabytes 64]

The file is built of real articles when the folder of news is there, else of corpus/, each article once in a
round with other numbers in it, so that no round is the same text; its SHA-256 is printed. Both programs read
the same bytes: JSONL, one article a line.
"""
import argparse
import glob
import hashlib
import json
import os
import random
import re
import resource
import statistics
import subprocess
import sys
import time


def articles(shared):
    paths = sorted(glob.glob(os.path.join(shared, "news", "*.jsonl")))
    if paths:
        return [json.loads(line) for path in paths for line in open(path, encoding="utf-8")]
    made = [json.loads(line) for path in sorted(glob.glob("corpus/articles/*.jsonl")) for line in open(path, encoding="utf-8")]
    for path in sorted(glob.glob("corpus/articles/*.txt")):
        made.append(dict(id=os.path.basename(path)[:-4], title="", text=open(path, encoding="utf-8").read()))
    return made


def build(path, shared, megabytes):
    """Seeded: the same articles give the same file."""
    source, chance, size, turn = articles(shared), random.Random(1), 0, 0
    with open(path, "w", encoding="utf-8") as out:
        while size < megabytes * 1_000_000:
            turn += 1
            chance.shuffle(source)
            for article in source:
                text = re.sub(r"\b\d\d\b", lambda m: f"{chance.randrange(10, 29)}", article["text"])
                line = json.dumps(dict(article, id=f"{article['id']}-{turn}", text=text), ensure_ascii=False) + "\n"
                out.write(line)
                size += len(line.encode())
                if size >= megabytes * 1_000_000:
                    return


def cpu(command, environment=None):
    before, wall = resource.getrusage(resource.RUSAGE_CHILDREN), time.time()
    done = subprocess.run(command, stdout=subprocess.DEVNULL, env=environment)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode != 0:
        sys.exit(f"{command[0]} ended with {done.returncode}")
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, time.time() - wall


def pairs(path, program, count):
    yard = dict(os.environ, LC_ALL="C.UTF-8")
    rows = []
    for _ in range(count):
        wc, _ = cpu(["wc", "-lwm", path], yard)
        one, wall_one = cpu([program, "--jobs", "1", path])
        two, wall_two = cpu([program, "--jobs", "2", path])
        records, _ = cpu([program, "--records", "--jobs", "1", path])
        rows.append(dict(wc=wc, graph=one, records=records, two=two, wall=wall_one / wall_two))
    return rows


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--build", default="build")
    options.add_argument("--shared", default="../shared")
    options.add_argument("--pairs", type=int, default=7)
    options.add_argument("--megabytes", type=int, default=64)
    args = options.parse_args()
    path = os.path.join(args.build, f"bench-{args.megabytes}.jsonl")
    if not os.path.exists(path):
        build(path, args.shared, args.megabytes)
    size = os.path.getsize(path)
    print(f"{path}: {size / 1e6:.1f} MB, sha256 {hashlib.sha256(open(path, 'rb').read()).hexdigest()[:16]}")
    rows = pairs(path, os.path.join(args.build, "whomet"), args.pairs)
    middle = lambda key: statistics.median(row[key] for row in rows)
    ratio = lambda key: statistics.median(row[key] / row["wc"] for row in rows)
    print(f"wc -lwm                 {middle('wc'):.3f} s CPU")
    print(f"graph, one thread       {middle('graph'):.3f} s CPU, {ratio('graph'):.2f} times wc, {size / 1e6 / middle('graph'):.0f} MB/s")
    print(f"records, one thread     {middle('records'):.3f} s CPU, {ratio('records'):.2f} times wc")
    print(f"graph, two threads      {middle('two') / middle('graph'):.2f} times the CPU of one, wall {middle('wall'):.2f} times faster")


main()
