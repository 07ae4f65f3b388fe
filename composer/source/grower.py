"""`Grower`: builds a `Tree` from the parser's events, one at a time."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    CollectionEndEvent,
    CollectionStartEvent,
    DocumentStartEvent,
    Event,
    MappingStartEvent,
    ScalarEvent,
)

from composer.errors import Finding, Level, Place
from composer.source import losses
from composer.source.syntax import explained
from composer.source.tree import Spot

if TYPE_CHECKING:
    from composer.source.losses import Loss
    from composer.source.tree import Loc

DEEPEST = 50

_NULLS = frozenset({"", "~", "null", "Null", "NULL"})

At = tuple[int, int]
"""Line and column, from 1."""


@dataclass(slots=True)
class _Branch:
    """A mapping or list that is still open, and in a mapping the key that waits for its value."""

    inside: dict[str, Any] | list[Any]
    loc: Loc
    in_braces: bool = False
    stands_for_key: bool = False
    key: str | None = None
    key_at: At = (1, 1)
    key_end: At = (1, 1)


@dataclass
class Grower:
    """Data, spots and findings as they grow."""

    path: str
    lines: tuple[str, ...]
    root: Any = None
    spots: dict[Loc, Spot] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    refused: set[Loc] = field(default_factory=set)
    stumbled: Finding | None = None
    """The syntax error that ended the reading."""
    _open: list[_Branch] = field(default_factory=list)
    _documents: int = 0
    _long_quote: At | None = None
    """Where the last value began, from 0, if it has quotes and several lines: its end may not be meant to be one."""

    def feed(self) -> bool:
        """Take every event of the text; whether its end was reached."""
        events = YAML(typ="safe", pure=True, plug_ins=[]).parse("\n".join(self.lines))
        try:
            return all(self._take(event) for event in events)
        except (YAMLError, ValueError) as error:  # ValueError: an escape beyond the last code point
            self.stumbled = explained(error, self.path, self.lines, self._long_quote)
            return False

    def _take(self, event: Event) -> bool:
        """Take one event; False where reading on makes no sense."""
        if isinstance(event, ScalarEvent):
            self._key(event) if self._wants_key else self._scalar(event)
        elif isinstance(event, CollectionStartEvent):
            return self._start(event)
        elif isinstance(event, CollectionEndEvent):
            self._end()
        elif isinstance(event, AliasEvent):
            self._alias(event)
        elif isinstance(event, DocumentStartEvent):
            return self._document(event)
        return True

    def _document(self, event: DocumentStartEvent) -> bool:
        self._documents += 1
        self._report(losses.of_document(event, self._documents), _start_of(event))
        return self._documents == 1

    def _start(self, event: CollectionStartEvent) -> bool:
        at = _start_of(event)
        if len(self._open) >= DEEPEST:
            self._report(losses.of_depth(DEEPEST), at)
            return False
        inside: dict[str, Any] | list[Any] = {} if isinstance(event, MappingStartEvent) else []
        if self._wants_key:
            parent = self._open[-1].loc
            self._report(losses.of_brackets(self.lines[at[0] - 1][: at[1] - 1]), at, parent)
            self._open.append(_Branch(inside, (*parent, "?"), bool(event.flow_style), stands_for_key=True))
        else:
            loc = self._hang(inside, at)
            self._report(losses.of_node(event), at, loc)
            self._open.append(_Branch(inside, loc, bool(event.flow_style)))
        return True

    def _end(self) -> None:
        if self._open.pop().stands_for_key:
            self._open[-1].key = "?"

    def _scalar(self, event: ScalarEvent) -> None:
        if not event.style and not event.value:
            self._empty(event)
            return
        at, end = _start_of(event), _end_of(event)
        self._long_quote = (at[0] - 1, at[1] - 1) if event.style in {"'", '"'} and at[0] < end[0] else None
        loc = self._hang(event.value if event.style or event.value not in _NULLS else None, at, event.style or "")
        self._report(losses.of_node(event) or losses.of_escape(event), at, loc)
        if not event.style:
            self._report(losses.of_comment(self._rest(end)), end, loc)
            self._report(losses.of_list(self.lines[at[0] : end[0]]), at, loc)

    def _empty(self, event: ScalarEvent) -> None:
        """Take a value that is not there: its place is its key or dash, as the parser only knows the next token."""
        branch = self._open[-1] if self._open else None
        at = _start_of(event)
        if branch is None:
            self._hang(None, at)
        elif isinstance(branch.inside, dict):
            self._empty_value(event, branch)
        else:
            at = self._dash_before(at)
            loc = self._hang(None, at)
            self._report(losses.of_node(event) or losses.of_comment(self._rest((at[0], at[1] + 1))), at, loc)

    def _empty_value(self, event: ScalarEvent, branch: _Branch) -> None:
        key, at, rest = branch.key or "", branch.key_at, self._rest(branch.key_end).lstrip()
        loc = self._hang(None, at)
        self._report(losses.of_node(event) or losses.of_comment(rest.removeprefix(":")), at, loc)
        if branch.in_braces and key and not rest.startswith(":"):
            loss = losses.of_comma(key)
            self._report(loss, at, loc if loss.code == "comma" else branch.loc)

    def _dash_before(self, at: At) -> At:
        """Where the nearest line that starts with a dash has it, looking upwards from `at`."""
        line, before = at[0], self.lines[at[0] - 1][: at[1] - 1] if at[0] <= len(self.lines) else ""
        while line > 1 and not before.lstrip().startswith("-"):
            line -= 1
            before = self.lines[line - 1]
        return line, len(before) - len(before.lstrip()) + 1

    def _key(self, event: ScalarEvent) -> None:
        branch, at, key = self._open[-1], _start_of(event), str(event.value)
        loc = (*branch.loc, key)
        if loc in self.spots:
            self._report(losses.of_twin(key, self.spots[loc].key_line), at)
        self._report(losses.of_key(key, plain=not event.style), at, branch.loc)
        self._report(losses.of_escape(event), at, branch.loc)
        self._report(losses.of_node(event), at, loc)
        branch.key, branch.key_at, branch.key_end = key, at, _end_of(event)

    def _alias(self, event: AliasEvent) -> None:
        at, loss = _start_of(event), losses.of_alias(str(event.anchor))
        if self._wants_key:
            self._open[-1].key = "?"
            self._report(loss, at, self._open[-1].loc)
        else:
            self._report(loss, at, self._hang("", at))

    def _hang(self, value: object, at: At, style: str = "") -> Loc:
        """Hang a value on the branch that is open; its loc."""
        if not self._open:
            self.root = value
            self.spots[()] = Spot(*at, *at, style)
            return ()
        branch = self._open[-1]
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

    @property
    def _wants_key(self) -> bool:
        return bool(self._open) and self._open[-1].key is None and isinstance(self._open[-1].inside, dict)

    def _rest(self, at: At) -> str:
        return self.lines[at[0] - 1][at[1] - 1 :] if at[0] <= len(self.lines) else ""

    def _report(self, loss: Loss | None, at: At, loc: Loc | None = None) -> None:
        """Note a loss; what it spoils is refused, and further losses there are not worth a word."""
        if loss is None or (loc is not None and self._is_refused(loc)):
            return
        self.findings.append(Finding(Place(self.path, *at), Level.ERROR, *loss))
        if loc is not None:
            self.refused.add(loc)

    def _is_refused(self, loc: Loc) -> bool:
        return any(loc[:depth] in self.refused for depth in range(len(loc) + 1))


def _start_of(event: Event) -> At:
    return event.start_mark.line + 1, event.start_mark.column + 1


def _end_of(event: Event) -> At:
    return event.end_mark.line + 1, event.end_mark.column + 1
