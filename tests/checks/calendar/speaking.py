"""What one rule says of a newsletter, or of which sentences it speaks."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from composer.checks import rule
from tests.checks.making import sheet

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from composer.checks import Remark


def said(root: Path, changed: Mapping[str, str], code: str) -> list[str]:
    """Every remark with its place."""
    return [f"{remark.place}: {remark.message}" for remark in _remarks(root, changed, code)]


def spoken_of(root: Path, sentences: Sequence[str], code: str) -> list[str]:
    """The sentences of which it speaks in the issue of 14 March 2025, one item for each."""
    items = "".join(f"  - {{title: Item {at}, body: {json.dumps(each)}}}\n" for at, each in enumerate(sentences))
    lines = {remark.place.line for remark in _remarks(root, {"issue.yaml": f"updates:\n{items}"}, code)}
    return [each for line, each in enumerate(sentences, start=4) if line in lines]


def _remarks(root: Path, changed: Mapping[str, str], code: str) -> Iterable[Remark]:
    found = rule(code)
    assert found, code
    return sorted(set(found.check(sheet(root, changed))))
