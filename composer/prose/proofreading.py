"""What is wrong with author text: every mistake with its line, for one text or for all texts of a file."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from composer.errors import Finding, Level
from composer.prose.links import Refusal, resolved
from composer.prose.markdown import DEEPEST, prepared, tokens, too_deep

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from markdown_it.token import Token

    from composer.edition import Edition
    from composer.errors import Place
    from composer.issue import Issue, Item, ItemEdit
    from composer.source import Loaded
    from composer.standing import Contact, Standing

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


def findings(issue: Loaded[Issue], contacts: Mapping[str, Contact]) -> tuple[Finding, ...]:
    """Every mistake in the author text of one issue, each in its place."""
    if issue.value is None:
        return ()
    return tuple(_found(issue.places.at, _texts_of_issue(issue.value), contacts))


def standing_findings(standing: Standing) -> tuple[Finding, ...]:
    """Every mistake in the author text of the standing files, each in its place."""
    contacts = {contact.id: contact for contact in standing.contacts}
    blocks = (_Text((number, "body"), block.body) for number, block in enumerate(standing.blocks))
    notes = (
        _Text((number, "networks", position, "note"), network.note)
        for number, group in enumerate(standing.networks)
        for position, network in enumerate(group.networks)
    )
    return (*_found(standing.blocks_at.at, blocks, contacts), *_found(standing.networks_at.at, notes, contacts))


def reminder_findings(edition: Edition) -> tuple[Finding, ...]:
    """Every mistake in the reminders of an edition, such as a link to a contact who has left since they were news."""
    contacts = {contact.id: contact for contact in edition.contacts}
    return tuple(
        finding
        for entry in edition.reminders
        for finding in _found(entry.place_of, _texts_of_item(entry.item), contacts)
    )


@dataclass(frozen=True, slots=True)
class _Text:
    """A text of a file: where it stands, what it says, and how it is read."""

    loc: tuple[str | int, ...]
    words: str | None
    read_as: str = "blocks"

    def mistakes(self, contacts: Mapping[str, Contact]) -> Iterator[Mistake]:
        if self.words and self.read_as == "words":
            yield from field_mistakes(self.words)
        elif self.words:
            yield from mistakes(self.words, contacts, sentence=self.read_as == "sentence")


def _found(at: Callable[..., Place], texts: Iterator[_Text], contacts: Mapping[str, Contact]) -> Iterator[Finding]:
    for text in texts:
        for mistake in text.mistakes(contacts):
            place = at(*text.loc, line=mistake.line)
            yield Finding(place, Level.ERROR, mistake.code, mistake.message, mistake.hint)


def _texts_of_issue(issue: Issue) -> Iterator[_Text]:
    yield _Text(("subject",), issue.subject, "words")
    yield _Text(("preheader",), issue.preheader, "words")
    yield _Text(("intro",), issue.intro)
    for number, item in enumerate(issue.updates):
        yield from _texts_of_item(item, "updates", number)
    for key, edit in issue.reminders.edit.items():
        yield from _texts_of_item(edit, "reminders", "edit", key)
    for number, line in enumerate(issue.tools):
        yield _Text(("tools", number, "line"), line.line, "sentence")


def _texts_of_item(item: Item | ItemEdit, *loc: str | int) -> Iterator[_Text]:
    yield _Text((*loc, "title"), item.title, "words")
    yield _Text((*loc, "body"), item.body)
    if item.publication:
        yield _Text((*loc, "publication", "line"), item.publication.line, "sentence")


def _block_mistakes(stream: list[Token]) -> Iterator[Mistake]:
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


def _inline_after(opening: Token, stream: list[Token]) -> str:
    return stream[stream.index(opening) + 1].content


def _line(token: Token) -> int:
    return token.map[0] if token.map else 0


def _lines(content: str) -> int:
    return content.count("\n") + (not content.endswith("\n") and content != "")
