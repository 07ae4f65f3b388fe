"""Text → plain data and the place of every key and value, in one pass over the parser's events.

Every scalar stays the text that was typed; only a plain empty value, `~` and `null` become None. Events rather than
ruamel's composed nodes: they come from a loop and not from recursion, so deep nesting is a finding; what was read
before a syntax error is kept; and they take two thirds of the time.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from composer.errors import Finding, Level, Place
from composer.source.syntax import explained
from composer.source.text import Text, decode

if TYPE_CHECKING:
    pass
Loc: TypeAlias = tuple[str | int, ...]

DEEPEST = 50

_NULLS = frozenset({"", "~", "null", "Null", "NULL"})
_ESCAPED = re.compile("[^\t\n\r\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_SWALLOWED = re.compile(r"[ \t]+(#[^\s#].*)|[ ](# \d.*)")


class Spot(NamedTuple):
    """Where a value and its key stand, line and column from 1, and how the value is written (`|`, `>`, `'`, `"`)."""

    line: int
    column: int
    key_line: int
    key_column: int
    style: str


@dataclass(frozen=True, slots=True)
class Tree:
    """What one file says: its data, the spot of everything in it, and every mistake that needs no model."""

    data: Any
    spots: dict[Loc, Spot]
    lines: tuple[str, ...]
    findings: tuple[Finding, ...]
    refused: frozenset[Loc]
    """Values that are reported already; what a model says about them is noise."""
    whole: bool
    """Whether the text could be read to its end."""


def grow(raw: bytes, path: str) -> Tree:
    """Read bytes as YAML; never raises."""
    text = decode(raw, path)
    grower = _Grower(path, text.lines)
    whole = bool(text.lines)
    if whole:
        whole = grower.feed(text)
    findings = tuple(text.findings) + tuple(grower.findings)
    return Tree(grower.root, grower.spots, text.lines, findings, frozenset(grower.refused), whole)


@dataclass(slots=True)
class _Branch:
    """A mapping or list that is still open, its own loc, and the key that waits for its value."""

    inside: dict[str, Any] | list[Any]
    loc: Loc
    key: str | None = None
    key_at: tuple[int, int] = (1, 1)
    key_end: tuple[int, int] = (0, 0)
    is_key: bool = False


@dataclass
class _Grower:
    path: str
    lines: tuple[str, ...]
    root: Any = None
    spots: dict[Loc, Spot] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    refused: set[Loc] = field(default_factory=set)
    open: list[_Branch] = field(default_factory=list)
    documents: int = 0

    def feed(self, text: Text) -> bool:
        """Take every event; whether the end was reached."""
        # Imported here: 50 ms that a run over cached issues need not pay.
        from ruamel.yaml import YAML  # noqa: PLC0415
        from ruamel.yaml.error import YAMLError  # noqa: PLC0415

        try:
            return all(self._take(event) for event in YAML(typ="safe", pure=True, plug_ins=[]).parse(text.text))
        except (YAMLError, ValueError) as error:
            self.findings.append(explained(error, self.path, self.lines))
            return False

    def _take(self, event: Any) -> bool:
        """Take one event; False where reading cannot go on."""
        kind = type(event).__name__
        if kind == "ScalarEvent":
            self._scalar(event)
        elif kind in {"MappingStartEvent", "SequenceStartEvent"}:
            return self._start(event, {} if kind == "MappingStartEvent" else [])
        elif kind in {"MappingEndEvent", "SequenceEndEvent"}:
            self._end()
        elif kind == "AliasEvent":
            self._alias(event)
        elif kind == "DocumentStartEvent":
            return self._document(event)
        return True

    def _document(self, event: Any) -> bool:
        self.documents += 1
        if self.documents > 1:
            self._find(_at(event), "document", "a second document starts here", "remove the line with --- or ...")
        elif event.version or event.tags:
            self._find(_at(event), "directive", "a line that starts with % is an instruction to YAML", "remove it")
        return self.documents == 1

    def _start(self, event: Any, inside: dict[str, Any] | list[Any]) -> bool:
        at = _at(event)
        if len(self.open) >= DEEPEST:
            self._find(
                at, "depth", f"more than {DEEPEST} levels inside one another", "close the brackets before this one"
            )
            return False
        if self._is_key():
            self._refuse(self.open[-1].loc, at, *self._braces(at))
            self.open.append(_Branch(inside, (*self.open[-1].loc, "?"), is_key=True))
            return True
        loc = self._add(inside, at, "")
        self._decorated(event, loc, at)
        self.open.append(_Branch(inside, loc))
        return True

    def _end(self) -> None:
        if self.open.pop().is_key:
            self.open[-1].key = "?"

    def _scalar(self, event: Any) -> None:
        at = _at(event)
        if self._is_key():
            self._key(event, at)
            return
        plain = not event.style
        value = None if plain and event.value in _NULLS else event.value
        if plain and not event.value:
            at, rest = self._nothing(event)
        else:
            rest = self.lines[event.end_mark.line][event.end_mark.column :] if plain else ""
        loc = self._add(value, at, event.style or "")
        self._decorated(event, loc, at)
        if match := _SWALLOWED.match(rest):
            self._swallowed(event, at, match[1] or match[2])
        if event.style == '"' and (bad := _ESCAPED.search(event.value)):
            self._refuse(
                loc,
                at,
                "escape",
                f"an escape here makes U+{ord(bad[0]):04X}, which is no character of its own",
                "type the character itself",
            )

    def _key(self, event: Any, at: tuple[int, int]) -> None:
        branch = self.open[-1]
        key = event.value
        if key in branch.inside:
            first = self.spots[(*branch.loc, key)]
            self._find(
                at, "duplicate", f"{key} is here twice; the first is in line {first.key_line}", "keep one of them"
            )
        if key == "<<" and not event.style:
            self._refuse(branch.loc, at, "merge", "<< merges other values into this place", "write the values out")
        if not key:
            self._find(at, "key", "there is no key in front of the colon", "write key: value")
        branch.key, branch.key_at = key, at
        branch.key_end = event.end_mark.line, event.end_mark.column
        self._decorated(event, (*branch.loc, key), at)

    def _alias(self, event: Any) -> None:
        at = _at(event)
        if self._is_key():
            self.open[-1].key, self.open[-1].key_at = f"*{event.anchor}", at
            return
        loc = self._add(None, at, "")
        self._refuse(
            loc,
            at,
            "alias",
            f"a value that starts with * refers to another value ({event.anchor})",
            'put it in "quotes" if it is text',
        )

    def _add(self, value: Any, at: tuple[int, int], style: str) -> Loc:
        """Hang a value on the open branch; its loc."""
        if not self.open:
            self.root = value
            self.spots[()] = Spot(*at, *at, style)
            return ()
        branch = self.open[-1]
        if isinstance(branch.inside, list):
            loc: Loc = (*branch.loc, len(branch.inside))
            branch.inside.append(value)
            self.spots[loc] = Spot(*at, *at, style)
        else:
            key = branch.key or ""
            loc = (*branch.loc, key)
            branch.inside[key] = value
            self.spots[loc] = Spot(*at, *branch.key_at, style)
            branch.key = None
        return loc

    def _is_key(self) -> bool:
        return bool(self.open) and isinstance(self.open[-1].inside, dict) and self.open[-1].key is None

    def _nothing(self, event: Any) -> tuple[tuple[int, int], str]:
        """Where an empty value stands, for which the parser gives the next token: at its key or dash; and what follows."""
        if not self.open:
            return (1, 1), ""
        branch = self.open[-1]
        if isinstance(branch.inside, dict):
            line, column = branch.key_end
            rest = self.lines[line][column:]
            return branch.key_at, rest.lstrip(" \t").removeprefix(":") if event.start_mark.line >= line else ""
        line = min(event.start_mark.line, len(self.lines) - 1)
        while line and not self.lines[line].lstrip().startswith("-"):
            line -= 1
        text = self.lines[line]
        column = len(text) - len(text.lstrip())
        return (line + 1, column + 1), text[column + 1 :]

    def _decorated(self, event: Any, loc: Loc, at: tuple[int, int]) -> None:
        quoted = 'put it in "quotes" if it is text'
        if event.anchor is not None:
            self._refuse(
                loc, at, "anchor", f"a value that starts with & names a place to refer to ({event.anchor})", quoted
            )
        elif event.tag is not None:
            self._refuse(loc, at, "tag", f"a value that starts with ! changes its type ({event.tag})", quoted)

    def _braces(self, at: tuple[int, int]) -> tuple[str, str, str]:
        line, column = at
        if self.lines[line - 1][column - 2 : column] == "{{":
            return (
                "quote",
                "{{ starts no placeholder here",
                'a merge field is written "[[first_name|friend]]", in quotes',
            )
        return "key", "brackets cannot stand in front of a colon", 'put the whole value in "quotes"'

    def _swallowed(self, event: Any, at: tuple[int, int], comment: str) -> None:
        lost = comment if len(comment) <= 30 else f"{comment[:29]}…"
        hint = 'put the value in "quotes", or write "# " with a space for a comment'
        self._find(at, "comment", f"{lost!r} is lost: a # after a space starts a comment", hint)

    def _refuse(self, loc: Loc, at: tuple[int, int], code: str, message: str, hint: str) -> None:
        self.refused.add(loc)
        self._find(at, code, message, hint)

    def _find(self, at: tuple[int, int], code: str, message: str, hint: str) -> None:
        self.findings.append(Finding(Place(self.path, *at), Level.ERROR, code, message, hint))


def _at(event: Any) -> tuple[int, int]:
    return event.start_mark.line + 1, event.start_mark.column + 1
