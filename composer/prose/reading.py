"""Author text as its reader reads it: block by block, every character with its place in what was typed.

Rules look at these words and not at the Markdown, so that a web address is no prose and `**bold**` no doubled star;
and what they find is shown in the column where the editor typed it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import StrEnum
from html import unescape
from typing import TYPE_CHECKING

from composer.prose.markdown import tokens

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from markdown_it.token import Token

_FIELD = re.compile(r"\[\[ *\w+ *(?:\|(?P<fallback>[^\[\]\n]*))?\]\]")
UNKNOWN = "\u2026"
"""Stands for a merge field without a fallback: somebody's own words."""

_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_KINDS = {"heading_open": "heading", "list_item_open": "item", "blockquote_open": "quote"}


class BlockKind(StrEnum):
    """What a block of text is."""

    PARAGRAPH = "paragraph"
    HEADING = "heading"
    ITEM = "item"
    """An entry of a list."""
    QUOTE = "quote"
    LINE = "line"
    """Words that are no Markdown: a title, a subject."""
    CODE = "code"


@dataclass(frozen=True, slots=True)
class Anchor:
    """A link: the part of the block's text that is clickable, and where it leads as it was typed."""

    start: int
    end: int
    href: str
    is_bare: bool = False
    """Whether its text is its address: `<https://…>`."""


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph, heading, entry of a list or quotation."""

    text: str
    """As read: no markup, a line break inside a paragraph is a space, a merge field is its fallback, or "…"."""
    offsets: tuple[int, ...]
    """For each character of `text` its index in what was typed, and one more: where the block ends."""
    kind: BlockKind = BlockKind.PARAGRAPH
    anchors: tuple[Anchor, ...] = ()


@dataclass(slots=True)
class _Line:
    """Characters as they gather, each with where it came from."""

    letters: list[str] = field(default_factory=list)
    offsets: list[int] = field(default_factory=list)

    def add(self, letter: str, offset: int) -> None:
        self.letters.append(letter)
        self.offsets.append(offset)

    def block(self, kind: BlockKind, anchors: Sequence[Anchor] = ()) -> Block:
        end = self.offsets[-1] + 1 if self.offsets else 0
        return Block("".join(self.letters), (*self.offsets, end), kind, tuple(anchors))


def read_words(text: str) -> Block:
    """Words that are no Markdown; line breaks are spaces, merge fields their fallbacks."""
    line = _without_fields(text)
    line.letters = [" " if letter.isspace() and letter != "\u00a0" else letter for letter in line.letters]
    return line.block(BlockKind.LINE)


def read_markdown(markdown: str, *, sentence: bool = False) -> tuple[Block, ...]:
    """The blocks of a Markdown text in their order; of a `sentence` the one there is."""
    typed = _without_fields(markdown)
    source = "".join(typed.letters)
    stream = tokens(source, sentence=sentence)
    return tuple(_blocks(stream, source, (*typed.offsets, len(markdown))))


def _without_fields(text: str) -> _Line:
    """The text with each merge field replaced by its fallback."""
    line, at = _Line(), 0
    for match in _FIELD.finditer(text):
        _copy(line, text, at, match.start())
        if match["fallback"] is not None:
            start, fallback = match.start("fallback"), match["fallback"]
            stripped = fallback.strip()
            start += fallback.find(stripped)
            _copy(line, text, start, start + len(stripped))
        else:
            line.add(UNKNOWN, match.start())
        at = match.end()
    _copy(line, text, at, len(text))
    return line


def _copy(line: _Line, text: str, start: int, end: int) -> None:
    line.letters += text[start:end]
    line.offsets += range(start, end)


def _blocks(stream: Sequence[Token], source: str, typed: Sequence[int]) -> Iterator[Block]:
    """Every inline token of the stream, read; code stands as it is."""
    starts = _line_starts(source)
    containers: list[str] = []
    for token in stream:
        if token.nesting > 0:
            containers.append(_KINDS.get(token.type, ""))
        elif token.nesting < 0:
            containers.pop()
        elif token.type == "inline":
            kind = BlockKind(next((name for name in reversed(containers) if name), "paragraph"))
            first = token.map[0] if token.map else 0
            yield _Reader(token.content, _found(token.content, source, starts[first:]), typed).read(token, kind)
        elif token.type in {"fence", "code_block", "html_block"}:
            first = token.map[0] if token.map else 0
            line = _Line()
            for letter, at in zip(token.content, _found(token.content, source, starts[first:]), strict=False):
                line.add(letter, typed[at])
            yield line.block(BlockKind.CODE)


def _line_starts(source: str) -> list[int]:
    return [0, *(match.end() for match in re.finditer("\n", source))]


def _found(content: str, source: str, starts: Sequence[int]) -> list[int]:
    """Where each character of a block's content stands in the source: line by line, behind `> ` and `- `."""
    found: list[int] = []
    end = starts[0] if starts else 0
    for number, line in enumerate(content.split("\n")):
        start = starts[min(number, len(starts) - 1)] if starts else 0
        at = source.find(line, max(start, end))
        at = at if at >= 0 else max(start, end)
        end = at + len(line)
        found += [*range(at, end), min(end, len(source))]
    return found


@dataclass(slots=True)
class _Reader:
    """Goes through the source of one block beside the tokens that were made of it."""

    content: str
    found: Sequence[int]
    """The index in the text without fields of each character of `content`."""
    typed: Sequence[int]
    at: int = 0
    line: _Line = field(default_factory=_Line)
    anchors: list[Anchor] = field(default_factory=list)

    def read(self, token: Token, kind: BlockKind) -> Block:
        opened: list[tuple[int, str, bool]] = []
        for child in token.children or []:
            match child.type:
                case "text" | "code_inline" | "html_inline":
                    self._words(child.content)
                case "softbreak" | "hardbreak":
                    self._break()
                case "link_open":
                    opened.append((len(self.line.letters), str(child.attrs.get("href", "")), child.info == "auto"))
                case "link_close":
                    start, href, is_bare = opened.pop()
                    self.anchors.append(Anchor(start, len(self.line.letters), href, is_bare))
                    self._leave_link()
                case _:
                    self._skip(child.markup)
        return self.line.block(kind, self.anchors)

    def _words(self, words: str) -> None:
        for letter in words:
            at, length = self._next(letter)
            self.line.add(letter, self._source(at))
            self.at = at + length

    def _next(self, letter: str) -> tuple[int, int]:
        """Where the letter is written next, and with how many characters: markup before it is passed over."""
        at = self.at
        while at < len(self.content):
            written = self.content[at]
            entity = _ENTITY.match(self.content, at) if written == "&" else None
            if entity and unescape(entity[0]) == letter:
                return at, len(entity[0])
            if written == letter or (written == "\n" and letter == " "):
                return at, 1
            at += 1
        return self.at, 0

    def _break(self) -> None:
        at = self.content.find("\n", self.at)
        at = at if at >= 0 else self.at
        self.line.add(" ", self._source(at))
        self.at = at + 1

    def _skip(self, markup: str) -> None:
        if markup and self.content.startswith(markup, self.at):
            self.at += len(markup)

    def _leave_link(self) -> None:
        """Pass over what stands behind the words of a link: `](…)`, `][…]`, `]` or `>`."""
        closing = re.compile(r"[*_`]*(?:\]\((?:<[^>]*>|[^()\s]|\([^()]*\)|\s|\"[^\"]*\"|'[^']*')*\)|\]\[[^\]]*\]|\]|>)")
        passed = closing.match(self.content, self.at)
        if passed:
            self.at = passed.end()

    def _source(self, at: int) -> int:
        return self.typed[min(self.found[min(at, len(self.found) - 1)], len(self.typed) - 1)]
