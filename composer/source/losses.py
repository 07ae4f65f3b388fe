"""What YAML would lose or change without a word, event by event.

`place: Room #4` is "Room", `&` names an anchor, `{{ x }}` is a mapping inside a mapping: all valid YAML, none of it
what an editor meant. Every one is refused, so that what is printed is what was typed.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from composer.source.text import NO_CHARACTER, named, quoted

if TYPE_CHECKING:
    from ruamel.yaml.events import CollectionStartEvent, DocumentStartEvent, ScalarEvent

QUOTE = 'put the whole value in "quotes"'

_FAR_ENOUGH = 200  # characters of a line: beyond them the expression would take its time
_COMMENT = re.compile(r"[ \t]+(#[^\s#].*?)(?:[ \t]+#[ #].*)?$| (# ?\d.*)")


class Loss(NamedTuple):
    """A mistake whose place the caller knows."""

    code: str
    message: str
    hint: str


def of_node(event: ScalarEvent | CollectionStartEvent) -> Loss | None:
    """Anchors and tags: `&name`, `!type`."""
    if event.anchor is not None:
        return Loss(
            "anchor", f"&{named(event.anchor)} at the start of a value is an instruction to YAML, not text", QUOTE
        )
    if event.tag is not None:
        return Loss("tag", "! at the start of a value is an instruction to YAML, not text", QUOTE)
    return None


def of_alias(name: str) -> Loss:
    """A reference to another value: `*name`."""
    return Loss("alias", f"*{named(name)} stands for another value of the file, not for text", QUOTE)


def of_comment(rest: str) -> Loss | None:
    """A value cut short by ` #`, given the `rest` of its line.

    `subject: text    # optional` is a comment as people write it: a space follows the `#`. `Room #4` or `see #MeToo`
    is not, and neither is `Room # 4`, where a single space stands in front and a number behind. Two marks (`##`) or a
    bare `#` are a comment.
    """
    match = _COMMENT.match(rest[:_FAR_ENOUGH])
    if match is None:
        return None
    hint = f"{QUOTE}, or set a comment off: two spaces, #, a space"
    return Loss("comment", f"from the # on, {quoted(match[1] or match[2])} is lost", hint)


def of_escape(event: ScalarEvent) -> Loss | None:
    r"""An escape such as `"\ud83c"` or `"\0"` that makes no character which may be printed."""
    if event.style != '"' or not (match := NO_CHARACTER.search(event.value)):
        return None
    if "\ud800" <= match[0] <= "\udfff":  # half of a character, as programs write an emoji
        message = f"\\ makes U+{ord(match[0]):04X} here, which is not a character"
        return Loss("escape", message, "type the character itself")
    return Loss("escape", f"\\ makes an invisible character here (U+{ord(match[0]):04X})", "delete it")


def of_list(lines: tuple[str, ...]) -> Loss | None:
    """A list that was read as part of the text above it, given the further `lines` of a plain value."""
    if not any(line.lstrip().startswith("- ") for line in lines):
        return None
    return Loss(
        "list",
        "the lines below that start with '- ' are read as part of this text",
        "write | behind the colon and all the text below it",
    )


def of_document(event: DocumentStartEvent, count: int) -> Loss | None:
    """A second document in the file, or an instruction in front of the first."""
    if count > 1:
        return Loss(
            "document", "a second document starts here, which would never be read", "remove the --- or ... above"
        )
    if event.version or event.tags:
        return Loss("directive", "a line that starts with % is an instruction to YAML", "remove it")
    return None


def of_key(key: str, plain: bool) -> Loss | None:  # noqa: FBT001 - a fact about the key, named where it is passed
    """A key that is none: the merge key `<<`, or nothing at all."""
    if key == "<<" and plain:
        return Loss("merge", "<< would merge other values into these", "write the values out")
    return None if key else Loss("key", "nothing stands in front of the colon", "write key: value")


def of_comma(key: str) -> Loss:
    """Text between brackets that a comma has cut, `{alt: Carers, children and a kite}`, or a key run into its value."""
    if match := re.match(r"([A-Za-z_]+:)[^\s/]", key):
        return Loss("space", f"a space is missing behind {match[1]}", f"write {match[1]} value")
    return Loss("comma", f"the comma in front of {quoted(key)} ends the value before it", QUOTE)


def of_twin(key: str, first_line: int) -> Loss:
    """A key that its mapping has already, of which YAML would keep the later."""
    message = f"{named(key)} stands here a second time; the first is in line {first_line}"
    return Loss("duplicate", message, "keep one of them")


def of_depth(deepest: int) -> Loss:
    """More nesting than anything we read has, where no recursion should follow."""
    return Loss("depth", f"more than {deepest} values inside one another", "close some brackets before this one")


def of_brackets(before: str) -> Loss:
    """A mapping or list in place of a key, given the text `before` it."""
    if before.endswith("{"):
        return Loss(
            "quote",
            "{{ is read as brackets, not as text",
            'a merge field is written "[[first_name|friend]]", in quotes',
        )
    return Loss("quote", "this is read as brackets, not as text", QUOTE)
