"""A small newsletter in which no rule finds anything, and how a test changes some of its files."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from composer import galley
from composer.checks import LastMailing
from composer.checks.manual import ISSUE, files
from composer.home import Home
from composer.source import load

if TYPE_CHECKING:
    from collections.abc import Mapping

    from composer.checks import Rule, Sheet
    from composer.errors import Finding
    from composer.settings import Newsletter

NUMBER = 653
FOLDER = Path(__file__).resolve().parent / "newsletter"
ABSENT = "# there is no such file"
"""Stands for the text of a file that the newsletter shall lack."""
MAILED = "ledger.yaml"
"""Stands for the ledger: how many people got the last issue, by segment or all of them."""
EVERYBODY = "everybody"
_IN_STANDING = ("contacts.yaml", "networks.yaml", "blocks.yaml")


def newsletter_of(home: Home) -> Newsletter:
    value = home.newsletter().value
    assert value is not None, home.newsletter().findings
    return value


def home_with(root: Path, changed: Mapping[str, str]) -> Home:
    """The newsletter at `root` with these files instead of its own; newsletter.yaml is added to.

    An issue without `number` or `date` gets those of 653. A file is named by its path, or by its name alone where it
    is a standing file, a list or `issue.yaml`.
    """
    if not root.exists():
        shutil.copytree(FOLDER, root)
    for name, text in changed.items():
        file = root / _path(name)
        if text.strip() == ABSENT:
            file.unlink()
            continue
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(_completed(file, text), encoding="utf-8", newline="\n")
    return Home(root)


def sheet(root: Path, changed: Mapping[str, str], number: int = NUMBER) -> Sheet:
    """The sheet of issue 653 of that newsletter."""
    home = home_with(root, changed)
    return replace(galley.sheet(home, number, newsletter_of(home)), last_mailings=_mailed(home))


def findings(root: Path, changed: Mapping[str, str], number: int = NUMBER) -> tuple[Finding, ...]:
    """Everything that `composer check` says of it."""
    home = home_with(root, changed)
    return galley.check(home, number, newsletter_of(home), last_mailings=_mailed(home))


def said(root: Path, rule: Rule, example: str) -> list[str]:
    """What one rule says of an example of a manual page."""
    remarks = rule.check(sheet(root, files(example)))
    return [str(remark.finding(rule.code, remark.level or rule.level)) for remark in sorted(set(remarks))]


def _mailed(home: Home) -> dict[str, LastMailing]:
    file = home.root / MAILED
    if not file.exists():
        return {}
    loaded = load(dict[str, LastMailing], file.read_bytes(), MAILED)
    assert loaded.value is not None, loaded.findings
    return {"" if segment == EVERYBODY else segment: last for segment, last in loaded.value.items()}


def _path(name: str) -> str:
    if name == ISSUE:
        return f"issues/{NUMBER}.yaml"
    if name in _IN_STANDING:
        return f"issues/standing/{name}"
    is_list = "/" not in name and name.endswith(".csv")
    return f"recipients/{name}" if is_list or name == "segments.yaml" else name


def _completed(file: Path, text: str) -> str:
    if file.name == "newsletter.yaml":
        return (FOLDER / file.name).read_text(encoding="utf-8") + text
    if file.parent.name != "issues":
        return text
    head = {"number": file.stem, "date": "2025-03-14"}
    missing = [f"{key}: {value}\n" for key, value in head.items() if f"\n{key}:" not in f"\n{text}"]
    return "".join(missing) + text
