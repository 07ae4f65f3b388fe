"""Style sheets as rules: the `<style>` blocks and `style` attributes of an email, read by tinycss2."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum, auto
from functools import lru_cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


class Scheme(Enum):
    """For whose eyes."""

    LIGHT = auto()
    DARK = auto()
    """`@media (prefers-color-scheme: dark)`."""
    OUTLOOK_DARK = auto()
    """Outlook on the web marks the page with `data-ogsc` (colours) and `data-ogsb` (grounds) instead."""


@dataclass(frozen=True, slots=True)
class Ruling:
    """One selector with its declarations."""

    selector: str
    declarations: tuple[tuple[str, str, bool], ...]
    """Property, value, whether it is `!important`; in lower case."""
    scheme: Scheme | None
    """None: for every scheme."""


_DARK = re.compile(r"prefers-color-scheme\s*:\s*dark")
_MARKED = re.compile(r"^\[data-ogs[cb]\]\s*")
_FONT = re.compile(
    r"(?:(?:normal|italic|oblique|small-caps|(?P<weight>bold|bolder|lighter|[1-9]00))\s+)*"
    r"(?P<size>\d*\.?\d+(?:px|pt|r?em|%))\s*(?:/\s*(?P<height>\d*\.?\d+(?:px|pt|r?em|%)?|normal))?\s"
)
_SPLIT = re.compile(r"\s*,\s*")


@lru_cache(maxsize=8)
def rulings(styles: tuple[tuple[str, str], ...]) -> tuple[Ruling, ...]:
    """The rules of style blocks (text and `media` attribute) in their order; those for other widths are left out."""
    return tuple(ruling for text, media in styles for ruling in _parsed(text, media))


@lru_cache(maxsize=1024)
def inline(style: str) -> tuple[tuple[str, str, bool], ...]:
    """The declarations of a `style` attribute."""
    import tinycss2  # noqa: PLC0415 - only a finished email is read so

    parsed = tinycss2.parse_blocks_contents(style, skip_comments=True, skip_whitespace=True)
    return tuple(_declarations(parsed))


def _parsed(text: str, media: str) -> Iterator[Ruling]:
    import tinycss2  # noqa: PLC0415 - as above

    if "width" not in media and "print" not in media:
        yield from _of(tinycss2.parse_stylesheet(text, skip_comments=True, skip_whitespace=True), None)


def _of(nodes: Iterable[Any], scheme: Scheme | None) -> Iterator[Ruling]:
    import tinycss2  # noqa: PLC0415 - as above

    for node in nodes:
        if node.type == "at-rule" and node.lower_at_keyword == "media" and node.content is not None:
            condition = tinycss2.serialize(node.prelude).lower()
            if "width" not in condition and "print" not in condition:
                inner = tinycss2.parse_rule_list(node.content, skip_comments=True, skip_whitespace=True)
                yield from _of(inner, Scheme.DARK if _DARK.search(condition) else scheme)
        elif node.type == "qualified-rule":
            content = tinycss2.parse_blocks_contents(node.content, skip_comments=True, skip_whitespace=True)
            declarations = tuple(_declarations(content))
            for selector in _SPLIT.split(tinycss2.serialize(node.prelude).strip()):
                marked = _MARKED.sub("", selector)
                yield Ruling(marked, declarations, Scheme.OUTLOOK_DARK if marked != selector else scheme)


def _declarations(nodes: Iterable[Any]) -> Iterator[tuple[str, str, bool]]:
    import tinycss2  # noqa: PLC0415 - as above

    for node in nodes:
        if node.type == "declaration":
            name, value = node.lower_name, tinycss2.serialize(node.value).strip().lower()
            font = _FONT.match(value) if name == "font" else None
            for longhand in _longhands(font) if font else ((name, value),):
                yield *longhand, bool(node.important)


def _longhands(font: re.Match[str]) -> Iterator[tuple[str, str]]:
    """What `font: bold 16px/1.5 Arial` says of size, height and weight (CSS Fonts 4 §2.7)."""
    yield "font-size", font["size"]
    yield "line-height", font["height"] or "normal"
    yield "font-weight", font["weight"] or "normal"
