"""Which declarations hold for an element: rules of `<style>` blocks by specificity, then its `style` attribute."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from enum import Enum, auto
from functools import lru_cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from lxml.html import HtmlElement


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
_SPLIT = re.compile(r"\s*,\s*")
_STATES = (":hover", ":active", ":visited", ":focus", "::", ":root", "@")


def rulings(styles: Iterable[tuple[str, str]]) -> tuple[Ruling, ...]:
    """The rules of style blocks (text and `media` attribute) in their order; those for other widths are left out."""
    return tuple(ruling for text, media in styles for ruling in _parsed(text, media))


def cascaded(root: HtmlElement, elements: Sequence[HtmlElement], scheme: Scheme) -> dict[HtmlElement, dict[str, str]]:
    """For each element its declared values: what wins of rules and attributes."""
    plain: defaultdict[HtmlElement, list[tuple[tuple[int, ...], str, str]]] = defaultdict(list)
    weighty: defaultdict[HtmlElement, list[tuple[tuple[int, ...], str, str]]] = defaultdict(list)
    styles = tuple((style.text or "", style.get("media", "")) for style in root.iter("style"))
    for order, ruling in enumerate(_rulings(styles)):
        if ruling.scheme not in {None, scheme}:
            continue
        for element, specificity in _selected(root, ruling.selector):
            for name, value, is_important in ruling.declarations:
                (weighty if is_important else plain)[element].append(((*specificity, order), name, value))
    return {element: _winning(element, plain.get(element, []), weighty.get(element, [])) for element in elements}


@lru_cache(maxsize=8)
def _rulings(styles: tuple[tuple[str, str], ...]) -> tuple[Ruling, ...]:
    return rulings(styles)


def _winning(
    element: HtmlElement, plain: list[tuple[tuple[int, ...], str, str]], weighty: list[tuple[tuple[int, ...], str, str]]
) -> dict[str, str]:
    own = inline(element.get("style") or "")
    declared: dict[str, str] = {}
    layers = (
        [(name, value) for _, name, value in sorted(plain)],
        [(name, value) for name, value, is_important in own if not is_important],
        [(name, value) for _, name, value in sorted(weighty)],
        [(name, value) for name, value, is_important in own if is_important],
    )
    for layer in layers:
        for name, value in layer:
            if name == "background":
                declared.pop("background-color", None)
            elif name == "background-color":
                declared.pop("background", None)
            declared[name] = value
    return declared


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
            yield node.lower_name, tinycss2.serialize(node.value).strip().lower(), bool(node.important)


def _selected(root: HtmlElement, selector: str) -> Iterator[tuple[HtmlElement, tuple[int, ...]]]:
    """The elements that a selector means, with its specificity; none for one that is not understood."""
    path = _path(selector)
    if path:
        for element in root.xpath(path[0]):
            yield element, path[1]


@lru_cache(maxsize=512)
def _path(selector: str) -> tuple[str, tuple[int, ...]] | None:
    from cssselect import HTMLTranslator, SelectorError, parse  # noqa: PLC0415 - as above

    if not selector or any(state in selector for state in _STATES):
        return None
    try:
        [parsed] = parse(selector)
        return HTMLTranslator().selector_to_xpath(parsed, "descendant-or-self::"), parsed.specificity()
    except (SelectorError, ValueError):
        return None
