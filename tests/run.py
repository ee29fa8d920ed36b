"""Runs every test and closes with `N passed, M failed`; exits 1 when one failed.

  python3 tests/run.py --build DIR [--shared DIR] [PART...]     parts: unit rules cases readme corpus formats memory news

unit    programs in BUILD/unit, one fact a line
rules   `whomet check`: the linter and every example written in the rules
cases   tests/cases/NAME/{cmd,out,err,rc}: cmd runs by sh in a copy of the folder, with whomet on the PATH and the project in WHOMET_ROOT;
        out must be equal; err (a line of it, when given) must occur; rc is 0 unless given
readme  the console blocks of README.md: commands and what they print
corpus  corpus/ against its gold, with floors, and the promises of the format
formats corpus/ in every format, read by other programs, against graph JSON
memory  graphs that do not fit into the memory that they are merged in
news    many real articles, when the folder is there: no error, same bytes for any number of threads
"""
import argparse
import filecmp
import glob
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))


class Tally:
    def __init__(self):
        self.passed = self.failed = 0

    def note(self, name, why=None):
        if why is None:
            self.passed += 1
        else:
            self.failed += 1
            print(f"FAIL {name}: {why}", flush=True)


def run(command, **more):
    return subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, timeout=600, **more)


def environment(build):
    path = os.path.abspath(build) + os.pathsep + os.environ.get("PATH", "")
    return dict(os.environ, PATH=path, WHOMET_ROOT=ROOT)


def unit(tally, args):
    for program in sorted(glob.glob(os.path.join(args.build, "unit", "*"))):
        if program.endswith(".d") or not os.access(program, os.X_OK):
            continue
        done = run([program], cwd=ROOT)
        lines = done.stdout.decode("utf-8", "replace").splitlines()
        facts = [l for l in lines if l.startswith(("ok ", "FAIL "))]
        for line in facts:
            name, _, why = line.partition(" ")[2].partition(": ")
            tally.note(f"unit/{os.path.basename(program)}: {name}", None if line.startswith("ok ") else why)
        broken = done.returncode != 0 and not any(l.startswith("FAIL ") for l in facts)
        if broken or not facts:
            tally.note(f"unit/{os.path.basename(program)}", f"exit {done.returncode}: {done.stderr.decode()[-2000:]}")


def rules(tally, args):
    done = run([os.path.join(args.build, "whomet"), "check"], cwd=ROOT)
    said = done.stdout.decode() + done.stderr.decode()
    tally.note("rules", None if done.returncode == 0 else said[-4000:])


def read(path, otherwise=""):
    return open(path, encoding="utf-8").read() if os.path.exists(path) else otherwise


def cases(tally, args):
    for folder in sorted(glob.glob(os.path.join(ROOT, "tests", "cases", "*", ""))):
        name = os.path.basename(os.path.dirname(folder))
        with tempfile.TemporaryDirectory() as scratch:
            copy = os.path.join(scratch, "case")
            shutil.copytree(folder, copy)
            done = run(["sh", "cmd"], cwd=copy, env=environment(args.build))
        tally.note(f"cases/{name}", difference(folder, done))


def difference(folder, done):
    want = int(read(folder + "rc", "0"))
    err = done.stderr.decode("utf-8", "replace")
    if done.returncode != want:
        return f"exit {done.returncode}, not {want}; stderr: {err[-600:]}"
    out = done.stdout.decode("utf-8", "replace")
    if os.path.exists(folder + "out") and out != read(folder + "out"):
        return f"printed {out[:1500]!r}, not {read(folder + 'out')[:1500]!r}"
    for line in read(folder + "err").splitlines():
        if line not in err:
            return f"stderr lacks {line!r}: {err[:800]!r}"
    return None


def readme(tally, args):
    """In a folder of its own, where everything of the project lies under its name."""
    text = read(os.path.join(ROOT, "README.md"))
    with tempfile.TemporaryDirectory() as scratch:
        for name in os.listdir(ROOT):
            if not name.startswith("."):
                os.symlink(os.path.join(ROOT, name), os.path.join(scratch, name))
        for number, block in enumerate(re.findall(r"^```console\n(.*?)^```", text, re.M | re.S), 1):
            for command, want in re.findall(r"^\$ (.*)\n((?:(?!\$ ).*\n)*)", block, re.M):
                done = run(["bash", "-o", "pipefail", "-c", command + " 2>&1"], cwd=scratch, env=environment(args.build))
                got = done.stdout.decode("utf-8", "replace")
                tally.note(f"README block {number}: {command}", None if fits(got, want) else f"printed {got!r}, not {want!r}")


def fits(got, want):
    """A line `...` in the README stands for any lines."""
    parts = [re.escape(p) for p in re.split(r"^\.\.\.\n", want, flags=re.M)]
    return re.fullmatch("(?s:.*)".join(parts), got) is not None


def corpus(tally, args):
    with tempfile.TemporaryDirectory() as scratch:
        records = os.path.join(scratch, "records.jsonl")
        done = run([os.path.join(args.build, "whomet"), "--records", "corpus/articles", "-o", records], cwd=ROOT)
        tally.note("corpus: runs", None if done.returncode == 0 else done.stderr.decode())
        if done.returncode == 0:
            for script, extra in (("verify.py", [records, "corpus/articles"]),
                                  ("score.py", ["corpus/gold.jsonl", records, "--floor", "tests/corpus/floor.txt"])):
                done = run([sys.executable, "tests/corpus/" + script, *extra], cwd=ROOT)
                tally.note(f"corpus: {script}", None if done.returncode == 0 else (done.stdout + done.stderr).decode()[-3000:])


def formats(tally, args):
    """By other programs than ours; see tests/formats/check.py."""
    with tempfile.TemporaryDirectory() as scratch:
        done = run([sys.executable, "tests/formats/check.py", os.path.join(args.build, "whomet"), scratch, "corpus/articles"], cwd=ROOT)
        said = (done.stdout + done.stderr).decode()
        print("".join(line + "\n" for line in said.splitlines() if line.startswith("skipped")), end="")
        tally.note("formats", None if done.returncode == 0 else said[-3000:])


SHARDS, ARTICLES, MEMORY = 8, 500, 4  # of some 2 MB of records each


def shard(number):
    """Records of facts that no other shard has: who met whom, when, what about."""
    for i in range(ARTICLES):
        at = number * ARTICLES + i
        names = [f"{given} {family}{''.join('abcdefghij'[int(d)] for d in str(at * 7 + n))}" for n, (given, family) in enumerate((("Anna", "Kale"), ("Joon", "Bok")))]
        quote = f"{names[0]} met {names[1]} " + "and spoke at length about the harbour, the bridge and the price of grain " * 5
        place = dict(begin=0, end=len(quote), bytes=[0, len(quote)], quote=quote)
        yield dict(schema="whomet.document/1", id=f"{i:05d}-{number}", sha256=f"{at:064x}", source=f"paper {number}", title=None, published=f"{2000 + number}-05-04", url=None, dates=[], agreements=[],
                   entities=[dict(id=f"e{n + 1}", type="person", name=name, aliases=[], country="FI", mentions=[],
                                  roles=[dict(title="Minister", of="Finland", country="FI", former=False, evidence=[dict(place, rule="p/t")])]) for n, name in enumerate(names)],
                   events=[dict(id=f"v{k + 1}", type="meeting", name=None, status="occurred", participants=[dict(entity="e1", role="participant"), dict(entity="e2", role="participant")], place=None, country=None,
                                date=f"{2000 + number}-{1 + i % 12:02d}-{1 + k:02d}", end=None, date_basis="explicit", during=None, codes=None, about=[dict(text=f"topic {at}", begin=0, end=5)], evidence=[dict(place, rule="c/met")]) for k in range(3)])


def memory(tally, args):
    """Shards of a graph many times the memory that is given to merge them, under a limit that holds the program and little else."""
    program = os.path.join(args.build, "whomet")
    with tempfile.TemporaryDirectory() as scratch:
        graphs = []
        for number in range(SHARDS):
            records, graph = (os.path.join(scratch, f"{number}.{end}") for end in ("jsonl", "json"))
            with open(records, "w", encoding="utf-8") as f:
                f.writelines(json.dumps(r) + "\n" for r in shard(number))
            tally.note(f"memory: shard {number}", failure(run([program, "graph", records, "-o", graph])))
            graphs.append(graph)
        whole, small = os.path.join(scratch, "whole"), os.path.join(scratch, "small")
        tally.note("memory: merged with enough of it", failure(run([program, "merge", *graphs, "-o", whole])))
        peak = peak_of([program, "merge", "--jobs", "1", "--memory", str(MEMORY), *reversed(graphs), graphs[0], "-o", small])
        tally.note("memory: merged in little of it", None if peak else "it failed")
        tally.note("memory: the same bytes", None if filecmp.cmp(whole, small, shallow=False) else "they differ")
        nothing = os.path.join(scratch, "nothing.jsonl")
        open(nothing, "w").close()
        grown, size = peak - peak_of([program, "merge", "--jobs", "1", nothing, "-o", small]), sum(os.path.getsize(g) for g in graphs)
        if not sanitized(program):
            tally.note("memory: little", None if 0 < grown * 2.5 < size else f"{size} bytes of graphs took {grown} above the program's own")
        broken = run(["bash", "-c", 'ulimit -f 1000; trap "" XFSZ; exec "$@"', "-", program, "merge", "--memory", "1", *graphs])
        tally.note("memory: no room on disk is told", None if broken.returncode == 4 and b"do not fit into memory" in broken.stderr else f"exit {broken.returncode}: {broken.stderr.decode()[:300]}")


def failure(done):
    return None if done.returncode == 0 else f"exit {done.returncode}: {done.stderr.decode()[-500:]}"


def peak_of(command):
    """Bytes of memory, seen by a parent that is small itself; 0: it failed."""
    ask = "import os, sys; _, status, used = os.wait4(os.posix_spawn(sys.argv[1], sys.argv[1:], os.environ), 0); print(used.ru_maxrss * 1024 if status == 0 else 0)"
    return int(run([sys.executable, "-c", ask, *command]).stdout or 0)


def sanitized(program):
    return b"__asan_init" in open(program, "rb").read()


def news(tally, args):
    folder = os.path.join(args.shared, "news")
    if not os.path.isdir(folder):
        print(f"skipped: news ({folder} is not there)")
        return
    program = os.path.join(args.build, "whomet")
    one, two = (run([program, "--records", "--jobs", n, folder]) for n in "12")
    tally.note("news: runs", None if one.returncode == 0 and not one.stderr else one.stderr.decode()[-2000:])
    tally.note("news: one record an article", None if one.stdout.count(b"\n") == count_lines(folder) else "articles are missing")
    tally.note("news: same bytes with two threads", None if one.stdout == two.stdout else "they differ")
    graphs = [run([program, "--jobs", n, folder]) for n in "12"]
    tally.note("news: graph", None if graphs[0].returncode == 0 else graphs[0].stderr.decode()[-2000:])
    tally.note("news: same graph with two threads", None if graphs[0].stdout == graphs[1].stdout else "they differ")
    with tempfile.TemporaryDirectory() as scratch:
        records = os.path.join(scratch, "records.jsonl")
        with open(records, "wb") as f:
            f.write(one.stdout)
        done = run([sys.executable, "tests/corpus/verify.py", records, folder], cwd=ROOT)
        tally.note("news: the format's promises hold", None if done.returncode == 0 else (done.stdout + done.stderr).decode()[-3000:])


def count_lines(folder):
    return sum(1 for p in glob.glob(os.path.join(folder, "*")) for line in open(p, "rb") if line.strip())


def main():
    parts = dict(unit=unit, rules=rules, cases=cases, readme=readme, corpus=corpus, formats=formats, memory=memory, news=news)
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--build", default="build")
    options.add_argument("--shared", default="../shared")
    options.add_argument("part", nargs="*", choices=[[], *parts])
    args = options.parse_args()
    args.build, args.shared = os.path.abspath(args.build), os.path.abspath(args.shared)
    tally = Tally()
    for name, part in parts.items():
        if not args.part or name in args.part:
            part(tally, args)
    print(f"{tally.passed} passed, {tally.failed} failed")
    sys.exit(1 if tally.failed or not tally.passed else 0)


main()
