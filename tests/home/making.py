"""Newsletter folders for tests."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from datetime import date, timedelta
from typing import TYPE_CHECKING

from composer.home import Home
from composer.settings import Newsletter

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SETTINGS = """\
name: Update
organisation: Example
address: 1 High Street
sender: {name: The editor, email: editor@example.org}
"""


def write(root: Path, path: str, text: str) -> Path:
    """Write a file under `root`, its folders too."""
    file = root / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8", newline="\n")
    return file


def home_with(root: Path, *numbers: int) -> Home:
    """A newsletter with these issues, one a week, each with one item."""
    write(root, "newsletter.yaml", SETTINGS)
    for number in numbers:
        write(root, f"issues/{number}.yaml", issue_text(number))
    return Home(root)


def issue_text(number: int, text: str = "") -> str:
    day = date(2000, 1, 7) + timedelta(weeks=number)
    return f"number: {number}\ndate: {day}\n{text or f'updates: [{{title: Story {number}}}]'}\n"


def newsletter(**values: object) -> Newsletter:
    sender = {"name": "The editor", "email": "editor@example.org"}
    base = {"name": "Update", "organisation": "Example", "address": "1 High Street", "sender": sender}
    return Newsletter.model_validate(base | values)


_recorders: list[tuple[str, list[str]]] = []


def _note(event: str, arguments: tuple[object, ...]) -> None:
    if event == "open" and _recorders:
        for folder, opened in _recorders:
            if str(arguments[0]).startswith(folder):
                opened.append(str(arguments[0])[len(folder) + 1 :].replace("\\", "/"))


sys.addaudithook(_note)


@contextmanager
def opens(folder: Path) -> Iterator[list[str]]:
    """The names of the files under `folder` that are opened meanwhile, by whatever means."""
    recorder = (str(folder), list[str]())
    _recorders.append(recorder)
    try:
        yield recorder[1]
    finally:
        _recorders.remove(recorder)
