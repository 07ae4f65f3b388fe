"""The finished HTML as a browser sees it: every element with its style, in light and in dark.

Read by lxml and computed here: rules of `<style>` blocks and `style` attributes in the order of CSS (Cascade 4 §6),
what is inherited (CSS 2.2 §6.2), and the few things that browsers bring along. What cannot be known, such as words on a
picture, is None, and nobody is told off for it. Conditional comments, which only classic Outlook reads, are left out.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import lxml.html
from lxml import etree

from composer.checks.reading.html.cascade import cascaded
from composer.checks.reading.html.style import ROOT, Style
from composer.checks.reading.html.stylesheet import Scheme

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from lxml.html import HtmlElement

_LINES = 120
"""More letters than fit one line."""
_HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
_NOT_READ = {"head", "title", "style", "script", "meta", "link", "xml", "noscript"}
_BLOCK_TAGS = "address blockquote body caption div dd dl dt h1 h2 h3 h4 h5 h6 hr li ol p pre table td th tr ul"
_BLOCKS = frozenset(_BLOCK_TAGS.split())


@dataclass(frozen=True, slots=True)
class Run:
    """Words with one look: what stands directly in one element."""

    text: str
    element: HtmlElement


class Page:
    """One parsed HTML document."""

    def __init__(self, html: str) -> None:
        self.root: HtmlElement = lxml.html.document_fromstring(html)

    @cached_property
    def elements(self) -> tuple[HtmlElement, ...]:
        """All elements in the order of the document; no comments."""
        return tuple(each for each in self.root.iter() if isinstance(each.tag, str))

    @cached_property
    def light(self) -> Mapping[HtmlElement, Style]:
        """The style of each element on a light screen."""
        return self._styled(Scheme.LIGHT)

    @cached_property
    def dark(self) -> Mapping[HtmlElement, Style]:
        """The style of each element where the reader prefers a dark screen."""
        return self._styled(Scheme.DARK)

    @cached_property
    def outlook_dark(self) -> Mapping[HtmlElement, Style]:
        """The style of each element in the dark Outlook of the web, which marks the page with `data-ogsc`."""
        return self._styled(Scheme.OUTLOOK_DARK)

    @cached_property
    def runs(self) -> tuple[Run, ...]:
        """All words that are shown, in their order."""
        return tuple(self._runs())

    @cached_property
    def blocks(self) -> tuple[tuple[str, HtmlElement], ...]:
        """The text of each innermost block that shows any, on one line, in order."""
        gathered: dict[HtmlElement, list[str]] = {}
        for run in self.runs:
            gathered.setdefault(_block_of(run.element), []).append(run.text)
        return tuple((" ".join("".join(texts).split()), block) for block, texts in gathered.items())

    @property
    def running(self) -> Iterator[tuple[str, HtmlElement]]:
        """Those of the blocks that have several lines on a screen of 600 pixels, and are no headings."""
        return ((words, block) for words, block in self.blocks if len(words) >= _LINES and block.tag not in _HEADINGS)

    def of(self, *tags: str) -> tuple[HtmlElement, ...]:
        """All elements with one of these tags."""
        return tuple(each for each in self.elements if each.tag in tags)

    def is_hidden(self, element: HtmlElement) -> bool:
        """Whether an element is not shown, itself or with one around it."""
        return self.light[element].is_hidden

    def words_of(self, element: HtmlElement) -> str:
        """The words inside an element, on one line."""
        return " ".join(element.text_content().split())

    def _styled(self, scheme: Scheme) -> dict[HtmlElement, Style]:
        declared = cascaded(self.root, self.elements, scheme)
        styles: dict[HtmlElement, Style] = {}
        for element in self.elements:
            parent = element.getparent()
            before = styles[parent] if parent is not None else ROOT[scheme]
            styles[element] = before.inherited(element, declared.get(element, {}), scheme)
        return styles

    def _runs(self) -> Iterator[Run]:
        """What an element begins with when it starts, what follows it when it has ended."""
        for event, element in etree.iterwalk(self.root, events=("start", "end", "comment")):
            parent = element.getparent()
            if event == "start":
                if element.text and self._is_read(element):
                    yield Run(element.text, element)
                if element.tag == "br" and parent is not None and self._is_read(parent):
                    yield Run(" ", parent)
            elif element.tail and parent is not None and self._is_read(parent):
                yield Run(element.tail, parent)

    def _is_read(self, element: HtmlElement) -> bool:
        return element.tag not in _NOT_READ and not self.is_hidden(element)


def _block_of(element: HtmlElement) -> HtmlElement:
    while element.tag not in _BLOCKS:
        parent = element.getparent()
        if parent is None:
            return element
        element = parent
    return element
