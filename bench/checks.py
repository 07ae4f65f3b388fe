"""How long the rules take and how often they are right: `make bench`, or `python bench/checks.py [RUNS]`.

Figures are medians. The issue has 40 items of ten sentences each, with a dozen earlier issues behind it. Warm is a
process that checked it before, cold one that was just started. `codespell`, which knows one of all these mistakes, is
the peer: both as whole processes, taking turns.
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from pathlib import Path

from bench import newsletters
from bench.process import run
from bench.tables import Table
from composer import galley
from composer.checks import rules
from composer.home import Home
from tests.checks.calendar import collection

ITEMS, SENTENCES = 40, 10
SLOWEST = 10
BUILD, RULES, ALL = "the build: files, edition, email", "finding the rules", "all rules together"
PEER = "codespell, on the newest issue"
VIEWS = "what rules look at: texts, links, a message"

_ITEM = "  - {{id: item-{number}, title: Report {number} of the week, body: {body}}}\n"


def main(runs: int) -> None:
    """Print the tables."""
    with tempfile.TemporaryDirectory() as name:
        home = issue(Path(name) / "letter")
        warm = medians([measure(home) for _ in range(runs + 1)][1:])
        cold = medians([run(sys.executable, __file__, "--once", str(home.root)).said for _ in range(runs)])
        print(whole(warm, cold), slowest(warm, cold), sep="\n\n", end="\n\n")
        print(peer(home, runs), quality(Path(name) / "sentences"), sep="\n\n")


def issue(folder: Path) -> Home:
    """A newsletter whose newest issue has as much to read as an issue ever has."""
    newest = newsletters.make(folder, issues=13, items=12, newest_items=ITEMS, remind=1)
    known = collection.read()
    right = [each.text for each in known.weekdays + known.ends if not each.wrong and not each.codes]
    prose = [text for text in right if text[0].isalnum() and "\n" not in text]
    items = [
        _ITEM.format(number=number, body=json.dumps(" ".join((prose * 3)[number * 7 :][:SENTENCES])))
        for number in range(ITEMS)
    ]
    head = (folder / f"issues/{newest}.yaml").read_text(encoding="utf-8").partition("updates:\n")[0]
    (folder / f"issues/{newest}.yaml").write_text(head + "updates:\n" + "".join(items), encoding="utf-8")
    return Home(folder)


def measure(home: Home) -> dict[str, int]:
    """Microseconds of everything that a check does, in this process."""
    newsletter = home.newsletter().value
    if newsletter is None:
        raise SystemExit("the sample's newsletter.yaml has mistakes")
    clock = Clock()
    sheet = galley.sheet(home, max(home.numbers()), newsletter)
    _ = sheet.email
    clock.lap(BUILD)
    everything = rules()
    clock.lap(RULES)
    _ = (sheet.passages, sheet.written, sheet.links, sheet.shown, sheet.message)
    clock.lap(VIEWS)
    for rule in everything:
        _ = tuple(rule.check(sheet))
        clock.lap(rule.code)
    return clock.laps | {ALL: sum(clock.laps[rule.code] for rule in everything)}


class Clock:
    """Microseconds between one lap and the next."""

    def __init__(self) -> None:
        self.laps: dict[str, int] = {}
        self._begun = time.perf_counter_ns()

    def lap(self, name: str) -> None:
        """What went on since the last lap has a name."""
        now = time.perf_counter_ns()
        self.laps[name] = (now - self._begun) // 1000
        self._begun = time.perf_counter_ns()


def medians(runs: list[dict[str, int]]) -> dict[str, float]:
    """Milliseconds."""
    laps = defaultdict(list)
    for each in runs:
        for name, taken_us in each.items():
            laps[name].append(taken_us / 1000)
    return {name: statistics.median(taken) for name, taken in laps.items()}


def whole(warm: dict[str, float], cold: dict[str, float]) -> Table:
    """The steps of a check, and what checking costs beside building."""
    rows = [(name, ms(warm[name]), ms(cold[name])) for name in (BUILD, RULES, VIEWS, ALL)]
    ratios = [f"{(each[RULES] + each[VIEWS] + each[ALL]) / each[BUILD]:.2f}" for each in (warm, cold)]
    last = ("checking, as a multiple of the build", ratios[0], ratios[1])
    return Table(f"An issue of {ITEMS} items under {len(rules())} rules", ("ms", "warm", "cold"), (*rows, last))


def slowest(warm: dict[str, float], cold: dict[str, float]) -> Table:
    """The rules that take longest in a process that was just started: in the editor's."""
    codes = sorted((rule.code for rule in rules()), key=lambda code: -cold[code])
    rows = tuple((code, ms(warm[code]), ms(cold[code])) for code in codes[:SLOWEST])
    return Table("The slowest rules", ("ms", "warm", "cold"), rows)


def peer(home: Home, runs: int) -> Table:
    """Our whole command beside `codespell` on the same file."""
    file = home.root / f"issues/{max(home.numbers())}.yaml"
    commands = {
        "composer check, every rule": (sys.executable, "-m", "composer", "check", "--home", str(home.root)),
        PEER: (sys.executable, "-m", "codespell_lib", str(file)),
    }
    taken = defaultdict(list)
    for _ in range(runs):
        for name, command in commands.items():
            begun = time.perf_counter()
            subprocess.run(command, check=False, capture_output=True)
            taken[name].append((time.perf_counter() - begun) * 1000)
    middle = {name: statistics.median(each) for name, each in taken.items()}
    rows = tuple((name, ms(each), f"{each / middle[PEER]:.2f}") for name, each in middle.items())
    return Table("Whole processes", ("", "ms", "times codespell"), rows)


def quality(folder: Path) -> Table:
    """How often the rules of the calendar are right on sentences whose answers are known."""
    rows = [
        (score.code, f"{score.precision:.1%}", f"{score.recall:.1%}", str(score.hits + len(score.misses)))
        for score in collection.scores(folder, collection.read())
    ]
    return Table("On the collection of sentences", ("", "precision", "recall", "mistakes"), tuple(rows))


def ms(value: float) -> str:
    """A cell."""
    return f"{value:.1f}"


if __name__ == "__main__":
    if sys.argv[1:2] == ["--once"]:
        print(json.dumps(measure(Home(Path(sys.argv[2])))))
    else:
        main(int(sys.argv[1]) if len(sys.argv) > 1 else 7)
