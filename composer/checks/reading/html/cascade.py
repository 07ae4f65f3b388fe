"""Which declarations hold for an element: rules of `<style>` blocks by specificity, then its `style` attribute."""

from __future__ import annotations

from collections import defaultdict
from functools import lru_cache
from typing import TYPE_CHECKING

from composer.checks.reading.html.stylesheet import inline, rulings

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lxml.html import HtmlElement

    from composer.checks.reading.html.stylesheet import Scheme

_STATES = (":hover", ":active", ":visited", ":focus", "::", ":root", "@")
PROPERTIES = frozenset(
    ("background", "background-color", "background-image", "color", "display", "font-size", "font-weight",
     "line-height", "opacity", "text-align", "text-decoration", "text-decoration-line", "visibility")
)  # fmt: skip
"""What a style is made of; rules about anything else are passed over."""


def cascaded(root: HtmlElement, elements: Sequence[HtmlElement], scheme: Scheme) -> dict[HtmlElement, dict[str, str]]:
    """For each element for which there are any its declared values: what wins of rules and attributes."""
    plain: defaultdict[HtmlElement, list[tuple[tuple[int, ...], str, str]]] = defaultdict(list)
    weighty: defaultdict[HtmlElement, list[tuple[tuple[int, ...], str, str]]] = defaultdict(list)
    styles = tuple((style.text or "", style.get("media", "")) for style in root.iter("style"))
    for order, ruling in enumerate(rulings(styles)):
        if ruling.scheme not in {None, scheme}:
            continue
        telling = [declaration for declaration in ruling.declarations if declaration[0] in PROPERTIES]
        for element, specificity in _selected(root, ruling.selector) if telling else ():
            for name, value, is_important in telling:
                (weighty if is_important else plain)[element].append(((*specificity, order), name, value))
    touched = [element for element in elements if element in plain or element in weighty or element.get("style")]
    return {element: _winning(element, plain.get(element, []), weighty.get(element, [])) for element in touched}


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


def _selected(root: HtmlElement, selector: str) -> Iterator[tuple[HtmlElement, tuple[int, ...]]]:
    """The elements that a selector means, with its specificity; none for one that is not understood."""
    path = _path(selector)
    if path:
        for element in root.xpath(path[0]):
            yield element, path[1]


@lru_cache(maxsize=512)
def _path(selector: str) -> tuple[str, tuple[int, ...]] | None:
    from cssselect import HTMLTranslator, SelectorError, parse  # noqa: PLC0415 - only a finished email is read so

    if not selector or any(state in selector for state in _STATES):
        return None
    try:
        [parsed] = parse(selector)
        return HTMLTranslator().selector_to_xpath(parsed, "descendant-or-self::"), parsed.specificity()
    except (SelectorError, ValueError):
        return None
