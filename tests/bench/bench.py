"""CPU time of `whomet` as a ratio to `LC_ALL=C.UTF-8 wc -lwm` on the same text, interleaved, median of the pairs.

  python3 tests/bench/bench.py --build DIR --shared DIR [--pairs 7] [--megabytes 64] [--short]

The file is built of real articles when the folder of news is there, else of corpus/, each article once in a
round with other numbers in it, so that no round is the same text; its SHA-256 is printed. Both programs read
the same bytes: JSONL, one article a line. --short leaves out all but the pairs. The stages and the rules are measured
by the build in DIR/measured, which `make bench` makes.
"""
import argparse
import glob
import hashlib
import json
import os
import random
import re
import resource
import shutil
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


def peak(command):
    """Megabytes that a command holds at most."""
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    return os.wait4(child.pid, 0)[2].ru_maxrss / 1000


def part(path, size):
    """The first whole lines of the file, `size` bytes or a little less."""
    name = f"{path}.{size}"
    with open(path, "rb") as source, open(name, "wb") as out:
        out.write(source.read(size).rpartition(b"\n")[0] + b"\n")
    return name


def print_memory(program, path):
    for what, more in (("graph", []), ("records", ["--records"])):
        print(f"peak memory, {what:11} {peak([program, '--jobs', '1', *more, path]):.0f} MB")


def print_start(program, folder):
    name = os.path.join(folder, "bench-short.txt")
    with open(name, "w", encoding="utf-8") as out:
        out.write("The minister arrived on Monday.\n")
    walls = [cpu([program, "--jobs", "1", name])[1] for _ in range(9)]
    print(f"one short article       {statistics.median(walls) * 1000:.0f} ms, start to end")


def print_filters(program, path):
    small = part(path, 8_000_000)
    fused, _ = cpu([program, "--jobs", "1", small])
    stages = "read tokenize tag link relate graph".split()
    pipe = " | ".join(f"'{program}' {stage} --jobs 1" + (f" '{small}'" if stage == "read" else "") for stage in stages)
    apart, _ = cpu(["sh", "-c", pipe])
    print(f"six filters, 8 MB       {apart / fused:.1f} times the CPU of the fused run")


def print_growth(program, path):
    costs = []
    for size in (4_000_000, 16_000_000, 64_000_000):
        small = part(path, size)
        costs.append(f"{cpu([program, '--jobs', '1', small])[0] / os.path.getsize(small) * 1e9:.0f}")
        os.remove(small)
    print(f"ns a byte at 4, 16, 64 MB  {' '.join(costs)}")


def print_yards(program, path, mean):
    """What else reads names out of text: one expression, and a tokenizer."""
    person = r"\b(?:[A-Z][a-z]+ ){1,3}[A-Z][a-z]+\b"
    if subprocess.run(["grep", "-qP", "x"], input=b"x", stderr=subprocess.DEVNULL).returncode == 0:
        pipe = f"grep -oP '{person}' '{path}' | cat" # into the null device grep would stop at the first match
        raw, _ = cpu(["sh", "-c", pipe], dict(os.environ, LC_ALL="C"))
        print(f"one raw person pattern  {raw:.2f} s CPU (grep -P, PCRE2-JIT); whomet takes {mean * os.path.getsize(path) / raw:.1f} times that")
    if shutil.which("ucto"):
        small = part(path, 500_000)
        slow, _ = cpu(["ucto", "-L", "eng", small])
        print(f"ucto -L eng, 0.5 MB     {slow / os.path.getsize(small) / mean:.0f} times as slow")
    else:
        print("ucto                    not installed, not measured")


def print_measured(program, path):
    """From the build that counts: what each stage takes, and the rules that cost most, their compilation included."""
    small = part(path, 16_000_000)
    done = subprocess.run([program, "--jobs", "1", "-o", os.devnull, small], stderr=subprocess.PIPE, text=True, check=True)
    rows = [line.split("\t")[1:] for line in done.stderr.splitlines() if line.startswith("measure\t")]
    stages = {name: int(spent) for kind, name, _, spent in rows if kind == "stage"}
    whole = stages.pop("all of an article")
    print("stages, 16 MB           " + ", ".join(f"{name} {spent / whole:.0%}" for name, spent in sorted(stages.items(), key=lambda x: -x[1])))
    rules = sorted(((int(spent), int(times), name) for kind, name, times, spent in rows if kind == "rule"), reverse=True)
    print(f"the rules' expressions  {sum(r[0] for r in rules) / whole:.0%}, {sum(r[1] for r in rules) / os.path.getsize(small) * 1e6:.0f} asked a MB; the dearest:")
    for spent, times, name in rules[:10]:
        print(f"  {name:34} {spent / times:7.0f} ns a candidate, {times / os.path.getsize(small) * 1e6:6.0f} candidates a MB, {spent / whole:.1%}")


def adversarial():
    """Texts that no paper prints: name, text of about 1 MB."""
    names = " ".join(f"Anna{chr(97 + i // 676 % 26)}{chr(97 + i // 26 % 26)}{chr(97 + i % 26)} Kaleva met Joon Bok." for i in range(10_000))
    triggers = "The minister met and signed, said, visited, called, held talks on Monday in May with "
    yield "one sentence", "the minister of trade spoke with the others and " * 20_000
    yield "commas", "," * 100_000 + " and, so on" * 80_000
    yield "all capitals", "THE MINISTER MET ANNA KALEVA IN LISBON ON MONDAY. " * 20_000
    yield "all triggers", triggers * 12_000
    yield "nested quotes", '"He said "she said ' * 50_000
    yield "10,000 names", names


def print_adversarial(program, folder, mean, start):
    for what, text in adversarial():
        name = os.path.join(folder, "bench-adversarial.txt")
        with open(name, "w", encoding="utf-8") as out:
            out.write(text)
        cost = max(cpu([program, "--jobs", "1", name])[0] - start, 0) / len(text)
        print(f"worst case: {what:14} {cost / mean:.1f} times the mean cost of a byte")


def print_instructions(program, path):
    if not shutil.which("valgrind"):
        print("instructions            valgrind is not installed, not measured")
        return
    small = part(path, 2_000_000)
    done = subprocess.run(["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", program, "--jobs", "1", small],
                          stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    found = re.search(r"Collected : (\d+)", done.stderr)
    print(f"instructions, 2 MB      {int(found.group(1)) / 1e9:.2f} billion, start included" if found else done.stderr)


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--build", default="build")
    options.add_argument("--shared", default="../shared")
    options.add_argument("--pairs", type=int, default=7)
    options.add_argument("--megabytes", type=int, default=64)
    options.add_argument("--short", action="store_true")
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
    if args.short:
        return
    program, mean = os.path.join(args.build, "whomet"), middle("graph") / size
    print_memory(program, path)
    print_start(program, args.build)
    print_filters(program, path)
    print_growth(program, path)
    print_measured(os.path.join(args.build, "measured", "whomet"), path)
    print_yards(program, path, mean)
    start, _ = cpu([program, "--jobs", "1", os.path.join(args.build, "bench-short.txt")])
    print_adversarial(program, args.build, mean, start)
    print_instructions(program, path)


main()
