"""How long composing takes: `make bench`, or `python bench/compose.py [RUNS]`.

Figures are medians. Only ratios of one run mean anything on another machine: our own MJML through the npm `mjml`
command and through its library (when `node` and `npm` are there) is the peer.
"""

from __future__ import annotations

import json
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING
from unittest import mock

from bench import newsletters
from composer.galley import typeset
from composer.home import Home
from composer.render import render
from composer.render.mjml import to_html

if TYPE_CHECKING:
    from collections.abc import Callable

NODE_SCRIPT = """
const mjml2html = require('mjml'), fs = require('fs');
const source = fs.readFileSync(process.argv[1], 'utf8'), times = [];
(async () => {
  for (let run = 0; run < 12; run++) {
    const begun = process.hrtime.bigint();
    await mjml2html(source);
    times.push(Number(process.hrtime.bigint() - begun) / 1e9);
  }
  console.log(JSON.stringify(times.slice(2)));
})();
"""


def main(runs: int) -> None:
    """Print the table."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        check_40 = check(folder / "check", runs)
        report("composer check, 40 items, a dozen earlier issues, whole process", check_40)
        build_20, mjml = build(folder / "build", runs)
        report("build of 20 items, one variant, in process and warm", build_20)
        old(folder, runs)
        peer(folder, mjml, build_20, runs)


def check(folder: Path, runs: int) -> float:
    """Seconds of a whole `composer check` with a filled cache."""
    newsletters.make(folder, issues=13, items=12, newest_items=40)
    return timed_process([sys.executable, "-m", "composer", "check"], folder, runs)


def build(folder: Path, runs: int) -> tuple[float, str]:
    """Seconds to render an edition of 20 items, templates compiled before; and its MJML, caught on its way."""
    newsletters.make(folder, issues=13, items=4, newest_items=20)
    home = Home(folder)
    newsletter = home.newsletter().value
    if newsletter is None:
        raise SystemExit("the sample's newsletter.yaml has mistakes")
    with mock.patch("composer.render.html.to_html", wraps=to_html) as caught:
        edition = typeset(home, 13, newsletter).edition
    [[mjml], _] = caught.call_args_list[0]
    return timed(lambda: render(edition, newsletter, home.templates, home.picture), runs * 3), mjml


def old(folder: Path, runs: int) -> None:
    """A thousand old issues against twenty, as whole processes taking turns."""
    times: dict[int, list[float]] = {20: [], 1000: []}
    for issues in times:
        newsletters.make(folder / str(issues), issues=issues, items=8, newest_items=20)
    for _ in range(runs):
        for issues, taken in times.items():
            command = [sys.executable, "-m", "composer", "build", str(issues)]
            taken.append(timed_process(command, folder / str(issues), 1))
    few, many = (statistics.median(taken) for taken in times.values())
    report("composer build of 20 items with 20 issues in the folder, whole process", few)
    report("composer build of 20 items with 1000 issues in the folder, whole process", many)
    print(f"  {'1,000 old issues cost':70} {many / few:8.2f} times what 20 cost")


def peer(folder: Path, mjml: str, ours: float, runs: int) -> None:
    """The npm `mjml` package on the same MJML, as a process and warm in its own."""
    if not (shutil.which("node") and shutil.which("npm")):
        print("  npm mjml: node and npm are not here; no ratio")
        return
    source = folder / "update.mjml"
    source.write_text(mjml, encoding="utf-8")
    subprocess.run(["npm", "install", "--silent", "--no-audit", "mjml@4"], cwd=folder, check=True)
    warm = subprocess.run(["node", "-e", NODE_SCRIPT, str(source)], cwd=folder, check=True, capture_output=True)
    library = statistics.median(json.loads(warm.stdout))
    step = timed(lambda: to_html(mjml), runs * 3)
    report("MJML to HTML, in process and warm", step)
    report("the same by npm mjml", library)
    print(f"  {'npm mjml takes':70} {library / step:8.2f} times as long")
    print(
        f"  {'our whole build (Jinja, Markdown, MJML, premailer, text) takes':70} {ours / library:8.2f} times as long"
    )
    command = timed_process(["node_modules/.bin/mjml", str(source), "-o", "update.html"], folder, runs)
    report("npm mjml command of the same MJML, whole process", command)


def timed(work: Callable[[], object], runs: int) -> float:
    """The median of `runs` runs in seconds, after one that warms up."""
    work()
    times = []
    for _ in range(runs):
        begun = time.perf_counter()
        work()
        times.append(time.perf_counter() - begun)
    return statistics.median(times)


def timed_process(command: list[str], folder: Path, runs: int) -> float:
    """The same for a whole process."""
    return timed(lambda: subprocess.run(command, cwd=folder, check=True, capture_output=True), runs)


def report(what: str, seconds: float) -> None:
    """One line of the table."""
    print(f"  {what:70} {seconds * 1000:8.0f} ms")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 5)
