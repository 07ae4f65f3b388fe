"""The inbox of a sandbox: one page that lists the messages, and one for each, all readable from the disk.

Nothing on these pages reaches outside: no script, no font, no style sheet of others, and pictures that lie on the web
are not fetched. A message's own HTML is shown in a frame that can do nothing but be looked at.
"""

from __future__ import annotations

import hashlib
import re
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from jinja2 import Environment

    from composer.sandbox.letter import Letter

_POLICY = (
    '<meta http-equiv="Content-Security-Policy" '
    "content=\"default-src 'none'; img-src 'self' file: data:; style-src 'unsafe-inline'\">"
    '<base target="_blank">'
)
_INSIDE_TAG = """(?:[^>"']|"[^"]*"|'[^']*')*"""
_OPENING = re.compile(rf"\s*(<!doctype[^>]*>\s*)?(<html\b{_INSIDE_TAG}>\s*)?(<head\b{_INSIDE_TAG}>)?", re.IGNORECASE)


def write_inbox(folder: Path, letters: Sequence[Letter]) -> Path:
    """Write all pages and pictures; the path of the first page."""
    for letter in letters:
        _write_letter(folder, letter)
    size_mb = sum(len(letter.data) for letter in letters) / 1024 / 1024
    return _write(folder / "index.html", _page("inbox.html", letters=letters, size_mb=size_mb, title=folder.name))


def _write_letter(folder: Path, letter: Letter) -> None:
    mail = folder / "mail"
    if letter.html is not None:
        _write(mail / f"{letter.name}.body.html", _framed(_with_pictures(folder, letter)))
    _write(mail / f"{letter.name}.html", _page("letter.html", letter=letter))


def _with_pictures(folder: Path, letter: Letter) -> str:
    """The HTML with its pictures taken from the folder, where equal pictures lie once."""
    html = letter.html or ""
    for enclosure in letter.enclosures:
        name = f"{hashlib.sha256(enclosure.data).hexdigest()[:24]}.{enclosure.extension}"
        path = folder / "pictures" / name
        if not path.exists():
            path.write_bytes(enclosure.data)
        html = html.replace(f"cid:{enclosure.content_id}", f"../pictures/{name}")
    return html


def _framed(html: str) -> str:
    """The HTML with the rule, ahead of everything that could fetch, that nothing is fetched from outside."""
    opening = _OPENING.match(html)
    at = opening.end() if opening else 0
    return html[:at] + _POLICY + html[at:]


def _page(template: str, **values: object) -> str:
    return _templates().get_template(template).render(values)


@cache
def _templates() -> Environment:
    from jinja2 import Environment, PackageLoader, StrictUndefined  # noqa: PLC0415 - 50 ms

    loader = PackageLoader("composer.sandbox", "pages")
    return Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)


def _write(path: Path, page: str) -> Path:
    path.write_text(page, encoding="utf-8", errors="replace", newline="\n")
    return path
