"""What a YAML syntax error means to somebody who has never heard of YAML.

The parser says where it stumbled and what it expected; the cause is usually a colon, a quote or a space that an editor
typed in good faith. Each cause that can be told apart has its own sentence and its own cure.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from composer.errors import Finding, Level, Place
from composer.source.losses import QUOTE
from composer.source.text import TAB

if TYPE_CHECKING:
    from collections.abc import Callable

_ALIGN = "give lines that belong together the same number of spaces in front"
_VALUE_WITH_COLON = re.compile(r"[ \t]*(?:- +)*[^\s:][^:]*:[ \t]+\S")
_NO_SPACE = re.compile(r"[ \t]*(?:- +)*([A-Za-z_]+:)[^\s/]")

_Spot = tuple[int, int]
"""Line and column, from 0, as the parser counts."""


class _Stumble(NamedTuple):
    """Where the parser stumbled, where the thing began that it was reading, and the text."""

    at: _Spot
    opened: _Spot
    problem: str
    context: str
    lines: tuple[str, ...]
    quote: _Spot | None = None

    @property
    def before(self) -> str:
        """The text in front of the stumbling place, on its line."""
        return self.lines[self.at[0]][: self.at[1]]

    def character(self, spot: _Spot) -> str:
        """The character at a spot."""
        line, column = spot
        return self.lines[line][column : column + 1]


_Verdict = tuple[_Spot, str, str, str]
"""Spot, code, message, hint."""


def explained(error: Exception, path: str, lines: tuple[str, ...], quote: _Spot | None = None) -> Finding:
    """The one finding that stands for a syntax error; `quote` is where the last quoted value of several lines began."""
    stumble = _stumble(error, lines)._replace(quote=quote)
    (line, column), code, message, hint = _verdict(stumble)
    return Finding(Place(path, line + 1, column + 1), Level.ERROR, code, message, hint)


def _stumble(error: Exception, lines: tuple[str, ...]) -> _Stumble:
    at = _spot(getattr(error, "problem_mark", None), lines) or (0, 0)
    opened = _spot(getattr(error, "context_mark", None), lines) or at
    return _Stumble(at, opened, str(getattr(error, "problem", "")), str(getattr(error, "context", "")), lines)


def _spot(mark: object, lines: tuple[str, ...]) -> _Spot | None:
    """A parser's mark, kept inside the text: at its end the parser counts one line more than there are."""
    if mark is None:
        return None
    line = min(int(getattr(mark, "line", 0)), len(lines) - 1)
    return line, min(int(getattr(mark, "column", 0)), len(lines[line]))


def _verdict(stumble: _Stumble) -> _Verdict:
    for sign, explain in _BY_CONTEXT.items():
        if sign in stumble.context:
            return explain(stumble)
    for sign, explain in _BY_PROBLEM.items():
        if sign in stumble.problem:
            return explain(stumble)
    hint = "look for a missing quote, bracket or space here or on the line above"
    return stumble.at, "yaml", "from here on this cannot be read", hint


def _colon(stumble: _Stumble) -> _Verdict:
    if _VALUE_WITH_COLON.match(stumble.before):
        return stumble.at, "quote", "a value with a colon and a space in it needs quotes", QUOTE
    return stumble.at, "indentation", "this line is indented as if it continued the value above it", _ALIGN


def _character(stumble: _Stumble) -> _Verdict:
    character = stumble.character(stumble.at)
    if character == "\t":
        return stumble.at, *TAB
    return stumble.at, "quote", f"a value cannot start with {character}", QUOTE


def _open_quote(stumble: _Stumble) -> _Verdict:
    if "escape" in stumble.problem or "hexadecimal" in stumble.problem:
        message, hint = r"\ has a meaning of its own between double quotes", r"write \\ or use 'single quotes'"
        return stumble.at, "escape", message, hint
    quote = stumble.character(stumble.opened)
    message, hint = f"the {quote} that opens here is never closed", f"put {quote} at the end of the value"
    return stumble.opened, "quote", message, hint


def _open_bracket(stumble: _Stumble) -> _Verdict:
    bracket = stumble.character(stumble.opened)
    closing = {"[": "]", "{": "}"}.get(bracket, "bracket")
    if stumble.at[0] == stumble.opened[0] and stumble.character(stumble.at):
        message = f"a comma is missing between {bracket} and {closing}, or a value there needs quotes"
        return stumble.at, "bracket", message, 'values with , : [ ] { } in them are put in "quotes"'
    message, hint = f"the {bracket} that opens here is never closed", f"put {closing} behind the last value"
    return stumble.opened, "bracket", message, hint


def _left_over(stumble: _Stumble) -> _Verdict:
    last = stumble.before.rstrip()[-1:]
    if last and last in "'\"" and stumble.quote:
        message = f"the {last} that opens here is closed by the next one, in line {stumble.at[0] + 1}"
        return stumble.quote, "quote", message, f"put {last} at the end of the value"
    if last and last in "'\"":
        return stumble.at, "quote", "there is more text behind the closing quote", _OTHER_QUOTES
    if last and last in "]}":
        return stumble.at, "quote", "a value that starts with [ or { needs quotes", QUOTE
    return stumble.at, "indentation", "this line does not stand under the lines it belongs to", _ALIGN


_OTHER_QUOTES = 'put the other kind of quotes around the whole value: "It\'s", \'the "best"\''


def _no_colon(stumble: _Stumble) -> _Verdict:
    line = stumble.lines[stumble.opened[0]]
    if match := _NO_SPACE.match(line):
        message, hint = f"a space is missing behind {match[1]}", f"write {match[1]} value"
        return (stumble.opened[0], match.end(1)), "space", message, hint
    hint = "write it as key: value, or indent it if it continues the text above"
    return stumble.opened, "indentation", "this line is neither key: value nor part of the text above", hint


def _reference(stumble: _Stumble) -> _Verdict:
    return stumble.opened, "quote", f"a value cannot start with {stumble.character(stumble.opened)}", QUOTE


def _block_header(stumble: _Stumble) -> _Verdict:
    sign = stumble.character(stumble.opened)
    message, hint = f"text behind {sign} belongs on the lines below it", "start a new line, indented further"
    return stumble.opened, "block", message, hint


def _inline_list(stumble: _Stumble) -> _Verdict:
    hint = "start each '- ' on a line of its own, or put the whole value in quotes"
    return stumble.at, "indentation", "a list cannot start on the line of its key", hint


def _stray(stumble: _Stumble) -> _Verdict:
    character = stumble.character(stumble.at)
    if character in {"]", "}", ","}:
        message, hint = f"a {character} that nothing opened", "remove it, or put the whole value in quotes"
        return stumble.at, "bracket", message, hint
    return stumble.at, "indentation", "a value is missing in front of this", _ALIGN


def _directive(stumble: _Stumble) -> _Verdict:
    return stumble.opened, "quote", "a line cannot start with %", QUOTE


_BY_CONTEXT: dict[str, Callable[[_Stumble], _Verdict]] = {
    "quoted scalar": _open_quote,
    "flow sequence": _open_bracket,
    "flow mapping": _open_bracket,
    "simple key": _no_colon,
    "anchor": _reference,
    "alias": _reference,
    "tag": _reference,
    "block scalar": _block_header,
    "directive": _directive,
}
"""What the parser was reading."""

_BY_PROBLEM: dict[str, Callable[[_Stumble], _Verdict]] = {
    "mapping values are not allowed": _colon,
    "cannot start any token": _character,
    "mapping keys are not allowed": _character,
    "expected <block end>": _left_over,
    "could not find expected ':'": _no_colon,
    "entries are not allowed": _inline_list,
    "expected the node content": _stray,
    "expected '<document start>'": _stray,
}
"""What it says was wrong."""
