"""What is wrong with one text: every mistake with its line."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from composer.prose.links import Refusal, resolved
from composer.prose.markdown import DEEPEST, prepared, tokens, too_deep

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from markdown_it.token import Token

    from composer.standing import Contact

_TABLE_RULE = re.compile(r"(?=.*\|) *\|? *:?-+:? *(\| *:?-+:? *)*\|? *")


@dataclass(frozen=True, order=True, slots=True)
class Mistake:
    """Something wrong inside a text; `line` counts from 0."""

    line: int
    code: str
    message: str
    hint: str = ""


def mistakes(markdown: str, contacts: Mapping[str, Contact], *, sentence: bool = False) -> tuple[Mistake, ...]:
    """Everything wrong with a Markdown text, in the order of its lines."""
    text = prepared(markdown)
    stream = tokens(text, sentence=sentence)
    found = list(field_mistakes(markdown))
    deep = too_deep(stream)
    if deep:
        message = f"more than {DEEPEST} lists, quotes or emphases stand inside one another"
        found.append(Mistake(_line(deep), "nesting", message, "a reader follows three"))
    else:
        found += _block_mistakes(stream)
        found += [mistake for token in stream for mistake in _inline_mistakes(token, contacts)]
    return tuple(sorted(set(found)))


def field_mistakes(text: str) -> Iterator[Mistake]:
    """Every `[[` that does not open a merge field."""
    for line, words in enumerate(prepared(text).split("\n")):
        if "[[" in words:
            hint = "write [[first_name|colleague]]; for the brackets themselves \\[\\["
            yield Mistake(line, "merge-field", "a merge field is not complete", hint)


def brace_mistakes(text: str) -> Iterator[Mistake]:
    """Every `{{`, by which other programs know a merge field."""
    for line, words in enumerate(text.split("\n")):
        if "{{" in words:
            hint = "a merge field is [[first_name|colleague]]; for the braces themselves \\{\\{ in Markdown"
            yield Mistake(line, "merge-field", "{{ would reach the reader", hint)


def _block_mistakes(stream: Sequence[Token]) -> Iterator[Mistake]:
    for token in stream:
        first, end = token.map or (0, 1)
        match token.type:
            case "html_block":
                yield _html(first, token.content)
            case "fence" if end - first - _lines(token.content) < 2:  # noqa: PLR2004 - the fences themselves
                yield Mistake(
                    first,
                    "code-fence",
                    f"{token.markup} opens a block of code that never ends",
                    f"close it with {token.markup}",
                )
            case "heading_open" if _inline_after(token, stream) == "":
                yield Mistake(first, "empty-heading", "this heading has no words")


def _inline_mistakes(block: Token, contacts: Mapping[str, Contact]) -> Iterator[Mistake]:
    line = _line(block)
    yield from _table_mistakes(block, line)
    children = block.children or []
    for position, token in enumerate(children):
        match token.type:
            case "softbreak" | "hardbreak":
                line += 1
            case "html_inline":
                yield _html(line, token.content)
                line += token.content.count("\n")
            case "image":
                yield Mistake(line, "picture", "a picture cannot stand inside a text", "use the item's `image:`")
            case "link_open":
                yield from _link_mistakes(line, children[position:], contacts)


def _table_mistakes(block: Token, first: int) -> Iterator[Mistake]:
    lines = block.content.split("\n") if block.type == "inline" else []
    for number, (head, rule) in enumerate(pairwise(lines)):
        if "|" in head and _TABLE_RULE.fullmatch(rule):
            yield Mistake(first + number, "table", "a table prints as its characters", "use a list, or link to it")


def _link_mistakes(line: int, opened: list[Token], contacts: Mapping[str, Contact]) -> Iterator[Mistake]:
    address = resolved(str(opened[0].attrs.get("href", "")), contacts)
    if isinstance(address, Refusal):
        yield Mistake(line, address.code, address.message, address.hint)
    closed = next(number for number, token in enumerate(opened) if token.type == "link_close")
    if not "".join(token.content for token in opened[1:closed]).strip():
        yield Mistake(line, "link-text", "this link has no words", "say between the square brackets where it leads")
    if "title" in opened[0].attrs:
        yield Mistake(line, "link-title", "few readers ever see the title of a link", "put its words into the text")


def _html(line: int, content: str) -> Mistake:
    tag = content.strip().split("\n", 1)[0]
    return Mistake(
        line, "html", f"{tag} would print as these characters", "write Markdown: **bold**, [text](https://…)"
    )


def _inline_after(opening: Token, stream: Sequence[Token]) -> str:
    return stream[stream.index(opening) + 1].content


def _line(token: Token) -> int:
    return token.map[0] if token.map else 0


def _lines(content: str) -> int:
    return content.count("\n") + (not content.endswith("\n") and content != "")
