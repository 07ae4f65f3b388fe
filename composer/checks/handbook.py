"""docs/checks.md: the manual pages of all rules by group, then the codes that are found before them."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from composer.checks.foundations import FOUNDATIONS
from composer.checks.rule import rules

if TYPE_CHECKING:
    from collections.abc import Iterator

    from composer.checks.rule import Group, Rule

_HEAD = """\
# The checks

Every rule that `composer check` knows, why there is one, and an example that passes and one that fails. This page is
made from the rules themselves; `composer check --explain CODE` prints the same on the screen. An error stops
`composer build` and `composer send`, a warning only speaks. How a rule is switched off, and how one finding is allowed,
says [the editor's guide](format.md#the-checks).

An example is an issue, or several files, each below a line with its name. They change a small newsletter in which
nothing is wrong.
"""

_BEFORE = """\
## Found before the rules

These are found while files are read, put together and printed. They cannot be switched off: an error among them means
that there is no email. A warning can be allowed by a comment where the file may hold one.

| code | what it says |
|---|---|
"""


def handbook() -> str:
    """The whole page, in Markdown."""
    groups = [(group, tuple(some)) for group, some in groupby(rules(), key=lambda rule: rule.group)]
    chapters = "".join(f"\n{_chapter(group, some)}" for group, some in groups)
    codes = "".join(f"| `{code}` | {_in_a_cell(sentence)} |\n" for code, sentence in FOUNDATIONS.items())
    return f"{_HEAD}\n{''.join(_contents(groups))}{chapters}\n{_BEFORE}{codes}"


def _contents(groups: list[tuple[Group, tuple[Rule, ...]]]) -> Iterator[str]:
    yield "| group | rules |\n|---|---|\n"
    for group, some in groups:
        links = ", ".join(f"[{rule.code}](#{rule.code})" for rule in some)
        yield f"| [{group.name}](#{group.name}) | {links} |\n"


def _chapter(group: Group, some: tuple[Rule, ...]) -> str:
    name, _, about = group.about.partition("\n\n")[0].partition(": ")
    sentence = " ".join(about.split())
    return f"## {name}\n\n{sentence[:1].upper()}{sentence[1:]}\n" + "".join(f"\n{_page(rule)}" for rule in some)


def _page(rule: Rule) -> str:
    page, level = rule.page, f"*{rule.level.capitalize()}*" + (", with `--online` only" if rule.needs_web else "")
    examples = f"Passes:\n\n{_fenced(page.passes)}\nFails:\n\n{_fenced(page.fails)}"
    return f"### {rule.code}\n\n{level}. {page.summary}.\n\n{page.why}\n\n{examples}"


def _fenced(example: str) -> str:
    return f"```yaml\n{example.rstrip()}\n```\n"


def _in_a_cell(text: str) -> str:
    return text.replace("|", "\\|")
