"""One issue of many small items, so that a rule looks at many texts at once."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from tests.checks.making import sheet

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from pathlib import Path

    from composer.checks import Remark, Sheet

    _Check = Callable[[Sheet], Iterator[Remark]]


def of_items(*items: Mapping[str, object]) -> str:
    """The text of an issue with these items, a title added where one has none. JSON is YAML."""
    titled = [{"title": f"Story {number}", **item} for number, item in enumerate(items)]
    return "updates:\n" + "".join(f"  - {json.dumps(item, ensure_ascii=False)}\n" for item in titled)


def of_bodies(bodies: Iterable[str]) -> str:
    """An issue with an item for each of these bodies."""
    return of_items(*({"body": body} for body in bodies))


def said(root: Path, check: _Check, changed: Mapping[str, str]) -> list[str]:
    """The messages of one rule over the small newsletter so changed, in the order of their places."""
    remarks = sorted(set(check(sheet(root / "letter", changed))), key=lambda remark: remark.place)
    return [remark.message for remark in remarks]
