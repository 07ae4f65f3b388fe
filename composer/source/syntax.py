"""What a YAML syntax error means to somebody who has never heard of YAML.

The parser says where it stumbled and what it expected; the cause is usually a colon, a quote or a space that an editor
typed in good faith. Each cause that can be told apart has its own sentence and its own cure.
"""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from composer.errors import Finding, Level, Place

_QUOTE = 'put the whole value in "quotes"'
_ALIGN = "give lines that belong together the same number of spaces"
_COLON_VALUE = re.compile(r"[ \t]*(?:- +)*(?:\{.*)?[^:]+:[ \t]+\S")
_NO_SPACE = re.compile(r"[ \t]*(?:- +)*([A-Za-z_]+:)[^ \t/]")
_STARTERS = {"&": "an anchor", "*": "an alias", "!": "a tag"}


class _Cause(NamedTuple):
    code: str
    message: str
    hint: str
    at_context: bool = False


def explained(error: Exception, path: str, lines: tuple[str, ...]) -> Finding:
    """The one finding that stands for a syntax error."""
    mark = getattr(error, "problem_mark", None)
    opened = getattr(error, "context_mark", None) or mark
    if mark is None:
        return Finding(
            Place(path), Level.ERROR, "yaml", "the file cannot be read as YAML", "begin with key: value lines"
        )
    before = lines[mark.line][: mark.column] if mark.line < len(lines) else ""
    cause = _cause(str(getattr(error, "problem", "")), str(getattr(error, "context", "")), before, mark, opened, lines)
    at = opened if cause.at_context else mark
    line = min(at.line, len(lines) - 1)
    column = at.column if at.line == line else len(lines[line])
    return Finding(Place(path, line + 1, column + 1), Level.ERROR, cause.code, cause.message, cause.hint)


def _cause(problem: str, context: str, before: str, mark: Any, opened: Any, lines: tuple[str, ...]) -> _Cause:  # noqa: PLR0913, PLR0911, C901
    here = lines[mark.line][mark.column : mark.column + 1] if mark.line < len(lines) else ""
    if "mapping values are not allowed" in problem:
        if _COLON_VALUE.match(before):
            return _Cause("quote", "a value that holds ': ' needs quotes", _QUOTE)
        return _Cause("indentation", "this line is indented as if it belonged to the value above it", _ALIGN)
    if "cannot start any token" in problem:
        if here == "\t":
            return _Cause("tab", "a tab where spaces are needed", "use spaces")
        return _Cause("quote", f"a value cannot start with {here}", _QUOTE)
    if context == "while scanning a quoted scalar":
        return _Cause(
            "quote", "the quote that opens here is never closed", "close it at the end of the value", at_context=True
        )
    if problem.startswith(("expected ',' or ']'", "expected ',' or '}'")):
        return _bracket(mark, opened, lines)
    if "expected <block end>" in problem:
        return _block_end(problem, before)
    if "could not find expected ':'" in problem:
        return _no_colon(lines[opened.line])
    if context in {"while scanning an anchor", "while scanning an alias"}:
        return _Cause("quote", "a value cannot start with & or *", _QUOTE, at_context=True)
    if context == "while scanning a block scalar":
        return _Cause(
            "block", "text after | or > belongs on the lines below it", "start a new, indented line after it", True
        )  # noqa: FBT003
    if context == "while scanning a double-quoted scalar":
        return _Cause("quote", "\\ has a special meaning between double quotes", "write \\\\ or use single quotes")
    if "entries are not allowed here" in problem:
        return _Cause("indentation", "a list cannot start on the line of its key", "put each '- ' on a line of its own")
    return _Cause(
        "yaml", "this cannot be read as YAML", "look for a missing quote, bracket or space here or just above"
    )


def _bracket(mark: Any, opened: Any, lines: tuple[str, ...]) -> _Cause:
    bracket = lines[opened.line][opened.column : opened.column + 1]
    if mark.line == opened.line:
        return _Cause(
            "bracket", f"a comma is missing here, or text inside {bracket} needs quotes", 'write {key: "value"}'
        )
    return _Cause(
        "bracket", f"the {bracket} that opens here is never closed", "close it on the same line", at_context=True
    )


def _block_end(problem: str, before: str) -> _Cause:
    last = before.rstrip()[-1:]
    if "<scalar>" in problem and last in {"'", '"'}:
        return _Cause(
            "quote", "there is more text after the closing quote", "use the other kind of quotes around the whole value"
        )
    if "<scalar>" in problem and last in {"]", "}"}:
        return _Cause("quote", "a value that starts with [ or { needs quotes", _QUOTE)
    return _Cause("indentation", "this line does not line up with the lines it belongs to", _ALIGN)


def _no_colon(line: str) -> _Cause:
    if match := _NO_SPACE.match(line):
        return _Cause("space", f"a space is missing after {match[1]}", "write a space after the colon", at_context=True)
    hint = "write key: value, or indent the line if it continues the text above"
    return _Cause(
        "indentation", "this line is neither a key with its value nor part of the text above", hint, at_context=True
    )
