"""`# allow CODE: why`: a comment by which an editor says that one finding is right as it stands.

It speaks for the line it stands on, or, alone on a line, for the next one; where a text begins on that line, for all of
the text. It takes away one finding; words in quotes say which: `# allow weekday "Wednesday 13 March": from the poster`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from composer.errors import Finding, Level, Place, did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from composer.source import Places

CODE = "allow"

_ALLOW = re.compile(r"(?:^|(?<=\s))#\s*allow\b(?P<rest>.*)$", re.IGNORECASE)
_REST = re.compile(r'\s+(?P<code>[\w-]+)(?:\s+["“](?P<words>[^"”]+)["”])?\s*(?::\s*(?P<reason>.*))?$')


@dataclass(frozen=True, slots=True)
class Allowance:
    """One such comment."""

    place: Place
    code: str
    words: str
    first: int
    last: int
    """It speaks for these lines, from 1."""

    def speaks_for(self, finding: Finding, line: str) -> bool:
        """Whether this is the finding that it means; `line` is the text on which that stands."""
        return (
            finding.code == self.code
            and finding.place.path == self.place.path
            and self.first <= finding.place.line <= self.last
            and (not self.words or self.words in finding.message or self.words in line)
        )


def without_allowed(
    findings: Iterable[Finding],
    files: Iterable[Places],
    codes: Iterable[str],
    forced: frozenset[Finding],
    silent: frozenset[str] = frozenset(),
) -> Iterator[Finding]:
    """The findings that no comment allows, and what is wrong with the comments.

    `codes` are those that can be allowed; the `forced` findings cannot: with them there is no email. Of the `silent`
    codes nobody knows this time whether there is anything to allow.
    """
    left, known = sorted(set(findings)), frozenset(codes)
    for places in {each.path: each for each in files if b"allow" in each.raw.lower()}.values():
        lines = places.tree.lines
        for comment in _comments(places):
            if isinstance(comment, Finding):
                left.append(comment)
                continue
            meant = [one for one in left if comment.speaks_for(one, _line(lines, one.place.line))]
            free = [one for one in meant if one not in forced]
            if free:
                left.remove(free[0])
            elif meant or comment.code not in silent:
                left.append(_idle(comment, known, is_forced=bool(meant)))
    yield from left


def _comments(places: Places) -> Iterator[Allowance | Finding]:
    lines = places.tree.lines
    for number in places.tree.outside_blocks():
        found = _ALLOW.search(lines[number])
        if not found or places.tree.is_text(number + 1, found.start() + 1):
            continue
        place = Place(places.path, number + 1, found.start() + 1)
        rest = _REST.fullmatch(found["rest"])
        if rest is None or not (rest["reason"] or "").strip():
            hint = "write  # allow weekday: why it is right as it stands"
            yield Finding(place, Level.ERROR, CODE, "this comment does not say which finding is allowed, and why", hint)
            continue
        first = number + 1 if lines[number][: found.start()].strip() else _next(lines, number + 1)
        yield Allowance(place, rest["code"].lower(), rest["words"] or "", first, places.tree.last_line(first))


def _next(lines: tuple[str, ...], number: int) -> int:
    """The next line, from 1, that is not empty and no comment; `number` counts from 0."""
    while number < len(lines) - 1 and (not lines[number].strip() or lines[number].lstrip().startswith("#")):
        number += 1
    return number + 1


def _line(lines: tuple[str, ...], number: int) -> str:
    return lines[number - 1] if 0 < number <= len(lines) else ""


def _idle(comment: Allowance, known: frozenset[str], *, is_forced: bool) -> Finding:
    if is_forced:
        message = f"{comment.code} cannot be allowed here: with this mistake there is no email"
        return Finding(comment.place, Level.ERROR, CODE, message, "correct it, and delete this comment")
    if comment.code not in known:
        message, hint = f"there is no rule {comment.code!r}", did_you_mean(comment.code, known)
        return Finding(comment.place, Level.ERROR, CODE, message, hint)
    message = f"there is no {comment.code} to allow here"
    return Finding(comment.place, Level.WARNING, CODE, message, "delete this comment")
