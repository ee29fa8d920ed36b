"""Runs every test and closes with `N passed, M failed`; exits 1 when one failed.

  python3 tests/run.py --build DIR [--shared DIR] [PART...]     parts: unit rules cases readme corpus formats news

unit    programs in BUILD/unit, one fact a line
rules   `whomet check`: the linter and every example written in the rules
cases   tests/cases/NAME/{cmd,out,err,rc}: cmd runs by sh in a copy of the folder, with whomet on the PATH and the project in WHOMET_ROOT;
        out must be equal; err (a line of it, when given) must occur; rc is 0 unless given
readme  the console blocks of README.md: commands and what they print
corpus  corpus/ against its gold, with floors, and the promises of the format
formats corpus/ in every format, read by other programs, against graph JSON
news    many real articles, when the folder is there: no error, same bytes for any number of threads
"""
import argparse
import glob
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
    parts = dict(unit=unit, rules=rules, cases=cases, readme=readme, corpus=corpus, formats=formats, news=news)
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
