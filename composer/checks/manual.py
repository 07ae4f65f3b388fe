"""The manual page of a rule, read from its docstring: what it says, why, an example that passes, one that fails."""

from __future__ import annotations

import inspect
import re
import textwrap
from dataclasses import dataclass

_HEADING = re.compile(r"^(Passes|Fails):$", re.MULTILINE)
_FILE = re.compile(r"^# ([\w./-]+\.(?:yaml|csv|html|txt|css|mjml))$", re.MULTILINE)

ISSUE = "issue.yaml"
"""The name under which the text of an example stands that names no file: the issue itself."""


@dataclass(frozen=True, slots=True)
class Page:
    """A rule's manual page."""

    summary: str
    """One sentence, without its full stop."""
    why: str
    """Why it is a rule, and what it leaves alone; paragraphs."""
    passes: str
    fails: str

    def __str__(self) -> str:
        examples = f"Passes:\n\n{_indented(self.passes)}\n\nFails:\n\n{_indented(self.fails)}"
        return f"{self.summary}.\n\n{self.why}\n\n{examples}\n"


def read_page(docstring: str) -> Page:
    """The page of a docstring; `ValueError` where a part of it is missing."""
    text = inspect.cleandoc(docstring)
    parts = _HEADING.split(text)
    if len(parts) != 5 or parts[1] != "Passes":  # noqa: PLR2004 - text, heading, example, heading, example
        raise ValueError(f"a rule's docstring says why, then `Passes:` and `Fails:` with an example each: {text!r}")
    summary, _, why = parts[0].strip().partition("\n\n")
    return Page(" ".join(summary.split()).rstrip("."), why.strip(), _dedented(parts[2]), _dedented(parts[4]))


def files(example: str) -> dict[str, str]:
    """The files of an example: what stands under `# issues/standing/contacts.yaml` and its like, else the issue."""
    parts = _FILE.split(example)
    found = {ISSUE: parts[0]} if parts[0].strip() else {}
    return found | dict(zip(parts[1::2], (part.lstrip("\n") for part in parts[2::2]), strict=True))


def _dedented(text: str) -> str:
    return textwrap.dedent(text).strip("\n") + "\n"


def _indented(text: str) -> str:
    return "\n".join(f"    {line}".rstrip() for line in text.rstrip().split("\n"))
