"""CSV lists and segments → the `Audience`: everybody who gets the newsletter, once.

    bytes ─ encoding ─► table ─► lists ─► roll ─► people ─► census ─► Audience
                                   ▲        ▲       │          ▲
                                address   person  scratch    sorter ◄─ segments

However many they are, they are never all in memory. Nothing here asks the network: an address is judged by its form
alone.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from composer.audience import segments
from composer.audience.census import counted
from composer.audience.recipient import Audience, Recipient
from composer.audience.recipients import Recipients
from composer.audience.roll import Roll
from composer.audience.sorter import Sorter
from composer.errors import Finding, Level, Place
from composer.source import Loaded, Places, files, load

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import BinaryIO

    from composer.audience.segments import Segments

__all__ = ["Audience", "Recipient", "Recipients", "read"]


def read(folder: Path, path_prefix: str = "recipients") -> tuple[Audience, tuple[Finding, ...]]:
    """The audience of a newsletter's recipients folder, and what is wrong with its lists and segments as such.

    Refused and repeated rows are in the audience itself, as warnings. An error among the findings means that somebody
    would be left out or wrongly addressed, so nothing may be sent. The CSV files are read in the order of their names.
    """
    roll = _roll(folder, path_prefix)
    loaded = _segments(folder / "segments.yaml", f"{path_prefix}/segments.yaml")
    sorter = Sorter(loaded.value or {})
    census = counted(roll.people, sorter)
    audience = _audience(roll, Recipients(roll.people, sorter, census), loaded)
    found = (*roll.findings, *loaded.findings, *segments.findings(loaded, roll, census.said))
    left_out = (*_unused(loaded, roll, path_prefix), *_unnamed(roll, path_prefix))
    return audience, tuple(sorted((*found, *left_out)))


def _roll(folder: Path, prefix: str) -> Roll:
    roll = Roll()
    for file in sorted(folder.glob("*"), key=lambda file: file.name):
        if file.suffix.casefold() == ".csv" and not file.name.startswith((".", "~")):
            path = f"{prefix}/{file.name}"
            try:
                with _opened(folder, file.name) as raw:
                    roll.add(file.stem, raw, path)
            except files.UnreadError as error:
                roll.lists[file.stem] = frozenset()
                hint = "close the spreadsheet that has it open, or move it away"
                roll.findings.append(Finding(Place(path), Level.ERROR, "list", f"the list {error.why}", hint))
    return roll


@contextmanager
def _opened(folder: Path, name: str) -> Iterator[BinaryIO]:
    """The list, to be read piece by piece; `UnreadError` when that fails at its beginning or later."""
    file = folder / name
    if not file.is_file():
        files.read(folder, name)  # says what it is instead
    try:
        with file.open("rb") as raw:
            yield raw
    except OSError as error:
        raise files.UnreadError(name, f"cannot be read: {error.strerror}") from None


def _segments(file: Path, path: str) -> Loaded[Segments]:
    try:
        raw = files.read(file.parent, file.name)
    except files.UnreadError as error:
        why = "there is no such file, so nobody gets anything" if error.is_missing else f"the file {error.why}"
        hint = "write one with a line such as  everyone: {lists: [members]}"
        finding = Finding(Place(path), Level.ERROR, "segment", why, hint)
        return Loaded(None, Places(path, b""), (finding,))
    loaded: Loaded[Segments] = load(segments.Segments, raw, path)
    return loaded


def _audience(roll: Roll, recipients: Recipients, loaded: Loaded[Segments]) -> Audience:
    return Audience(
        recipients,
        refused=tuple(roll.refused),
        refused_total=roll.refused_total,
        duplicates=tuple(roll.duplicates),
        duplicates_total=roll.duplicates_total,
        unreached=len(roll.people) - len(recipients),
        segments=frozenset(loaded.value or {}),
        empty=frozenset(_empty(recipients, loaded, roll)),
        columns=roll.columns,
        segments_at=loaded.places,
    )


def _empty(recipients: Recipients, loaded: Loaded[Segments], roll: Roll) -> Iterator[str]:
    """The segments that all their lists, complete, do not bring anybody."""
    reached = frozenset().union(*recipients.memberships)
    for name, segment in (loaded.value or {}).items():
        if name not in reached and all(map(roll.lists.get, segment.lists)):
            yield name


def _unused(loaded: Loaded[Segments], roll: Roll, prefix: str) -> Iterator[Finding]:
    """A warning for each list that no segment names."""
    if loaded.value is not None:
        named = {listed for segment in loaded.value.values() for listed in segment.lists}
        for name in sorted(roll.lists.keys() - named):
            hint = f"name {name} in the lists of a segment, or delete the file"
            yield Finding(Place(f"{prefix}/{name}.csv"), Level.WARNING, "segment", "no segment names this list", hint)


def _unnamed(roll: Roll, prefix: str) -> Iterator[Finding]:
    """A warning where more rows are refused than are named."""
    more = roll.refused_total - len(roll.refused)
    if more:
        why, hint = f"refused rows that are not named here: {more}", "correct those that are, then look again"
        yield Finding(Place(prefix), Level.WARNING, "row", why, hint)
