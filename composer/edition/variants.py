"""Which different emails a mailing list will see: one variant for each set of visible items."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from composer.edition.shapes import Edition

EVERYONE = "everyone"
"""The variant of people in no segment that matters."""

_LONGEST = 80
_TAKEN = re.compile(rf"{EVERYONE}|con|prn|aux|nul|com\d|lpt\d")
"""Names that a lone segment cannot lend to a folder: the first variant's, and Windows' devices."""


@dataclass(frozen=True, slots=True)
class Variant:
    """One set of visible items, rendered once for everybody whose segments lead to it."""

    name: str
    """Names its folder: "everyone", or the segments that make the difference joined by "+"."""
    segments: frozenset[str]
    edition: Edition


def variants(edition: Edition, memberships: Iterable[frozenset[str]]) -> tuple[Variant, ...]:
    """The distinct variants for people with these sets of segments, "everyone" (no segment) always first."""
    name_of = variant_namer(edition)
    nobody: frozenset[str] = frozenset()
    members = {name_of(segments): segments for segments in {*memberships, nobody}}
    names = sorted(members, key=lambda name: (name != EVERYONE, name))
    return tuple(_variant(edition, name, members[name]) for name in names)


def _variant(edition: Edition, name: str, segments: frozenset[str]) -> Variant:
    decisive = _decisive(edition.audiences, segments)
    return Variant(name, decisive, edition.seen_by(decisive))


def variant_namer(edition: Edition) -> Callable[[frozenset[str]], str]:
    """The function from a recipient's segments to the name of their variant; thousands of equal sets cost one."""
    audiences = edition.audiences

    @cache
    def name_of(segments: frozenset[str]) -> str:
        return _folder_name(_decisive(audiences, segments))

    return name_of


def _decisive(audiences: frozenset[frozenset[str]], segments: frozenset[str]) -> frozenset[str]:
    """The segments that make the difference: the same set for everybody who sees the same.

    A segment belongs to it when it opens nothing that these people may not see, unless another opens all that it
    opens and more. Two that open the same both belong: the variant is for either.
    """
    seen = frozenset(audience for audience in audiences if not audience.isdisjoint(segments))
    opened = {
        segment: frozenset(audience for audience in audiences if segment in audience)
        for segment in frozenset().union(*seen)
    }
    within = {segment: opens for segment, opens in opened.items() if opens <= seen}
    return frozenset(
        segment for segment, opens in within.items() if not any(opens < others for others in within.values())
    )


def _folder_name(segments: frozenset[str]) -> str:
    """A name that any file system takes and that no other set of segments has."""
    if not segments:
        return EVERYONE
    name = "+".join(sorted(segments))
    if _TAKEN.fullmatch(name):
        return f"+{name}"
    if len(name) > _LONGEST:
        return f"{name[:_LONGEST]}~{hashlib.sha256(name.encode()).hexdigest()[:12]}"
    return name
