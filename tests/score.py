"""Runs the scorers of the development data, which is not part of the project, and prints their tables.

  python3 tests/score.py --build DIR --shared DIR [gold|titles|sentences|timebank|aquaint|corpus...]
"""
import argparse
import glob
import os
import subprocess
import sys
import tempfile


def output(command, path):
    with open(path, "wb") as f:
        subprocess.run(command, stdout=f, check=True)
    return path


class Scores:
    def __init__(self, args, scratch):
        self.args, self.scratch = args, scratch

    def shared(self, *parts):
        return os.path.join(self.args.shared, *parts)

    def records(self, articles):
        return output([os.path.join(self.args.build, "whomet"), "--records", articles], os.path.join(self.scratch, "records"))

    def script(self, name, *rest):
        return [sys.executable, self.shared("score", name), *rest]

    def gold(self):
        records = self.records(self.shared("gold", "articles.jsonl"))
        subprocess.run(self.script("score_graph.py", self.shared("gold", "gold.jsonl"), records, *self.verbose()), check=True)

    def verbose(self):
        return ["-v"] if self.args.v else []

    def contacts(self, kind, *news):
        gold = self.shared("contacts", kind + ".jsonl")
        articles = output(self.script("score_contacts.py", "articles", kind, gold, *news), os.path.join(self.scratch, "articles"))
        subprocess.run(self.script("score_contacts.py", "score", kind, gold, self.records(articles), *self.verbose()), check=True)

    def titles(self):
        self.contacts("titles", *sorted(glob.glob(self.shared("news", "*.jsonl"))))

    def sentences(self):
        self.contacts("sentences")

    def dates(self, name, wanted=lambda index: True):
        folder = os.path.join(self.scratch, name)
        os.makedirs(folder, exist_ok=True)
        for index, path in enumerate(sorted(glob.glob(self.shared("dates", name.split("-")[0], "*.tml")))):
            if wanted(index):
                os.symlink(os.path.abspath(path), os.path.join(folder, os.path.basename(path)))
        articles = output(self.script("score_dates.py", "articles", folder), os.path.join(self.scratch, "articles"))
        print(f"{name}: ", end="", flush=True)
        subprocess.run(self.script("score_dates.py", "score", folder, self.records(articles), *self.verbose()), check=True)

    def timebank(self):
        self.dates("timebank-first-123", lambda index: index < 123)
        self.dates("timebank-last-60", lambda index: index >= 123)

    def aquaint(self):
        self.dates("aquaint")

    def corpus(self):
        subprocess.run([sys.executable, "tests/corpus/score.py", "corpus/gold.jsonl", self.records("corpus/articles"), *self.verbose()], check=True)


def main():
    parts = ["corpus", "gold", "titles", "sentences", "timebank", "aquaint"]
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--build", default="build")
    options.add_argument("--shared", default="../shared")
    options.add_argument("-v", action="store_true", help="print what was missed and what was wrong")
    options.add_argument("part", nargs="*", choices=[[], *parts])
    args = options.parse_args()
    for part in args.part or parts:
        if part != "corpus" and not os.path.isdir(args.shared):
            print(f"skipped: {part} ({args.shared} is not there)")
            continue
        print(f"-- {part}", flush=True)
        with tempfile.TemporaryDirectory() as scratch:
            getattr(Scores(args, scratch), part)()


main()
