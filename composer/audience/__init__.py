"""CSV lists and segments → the `Audience`: everybody who gets the newsletter, once.

    bytes ─► table ─► lists ─► roll ─► segments ─► Audience
                        ▲        ▲
                     address   person

Nothing here asks the network: an address is judged by its form alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from composer.audience import segments
from composer.audience.recipient import Audience, Recipient
from composer.audience.recipients import Recipients
from composer.audience.roll import Roll
from composer.errors import Finding, Level, Place
from composer.source import Loaded, Places, files, load

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from composer.audience.segments import Segments

__all__ = ["Audience", "Recipient", "Recipients", "read"]


def read(folder: Path, path_prefix: str = "recipients") -> tuple[Audience, tuple[Finding, ...]]:
    """The audience of a newsletter's recipients folder, and what is wrong with its lists and segments as such.

    Refused and repeated rows are in the audience itself, as warnings. An error among the findings means that somebody
    would be left out or wrongly addressed, so nothing may be sent. The CSV files are read in the order of their names.
    """
    roll = _roll(folder, path_prefix)
    roll.name_people()
    loaded = _segments(folder / "segments.yaml", f"{path_prefix}/segments.yaml")
    audience = _audience(roll, loaded.value or {})
    found = (*roll.findings, *loaded.findings, *segments.findings(loaded, roll), *_idle(audience, loaded, roll))
    unused = _unused(loaded, roll, path_prefix)
    return audience, tuple(sorted((*found, *unused)))


def _roll(folder: Path, prefix: str) -> Roll:
    roll = Roll()
    for file in sorted(folder.glob("*"), key=lambda file: file.name):
        if file.suffix.casefold() == ".csv" and not file.name.startswith((".", "~")):
            path = f"{prefix}/{file.name}"
            try:
                raw = files.read(folder, file.name)
            except files.UnreadError as error:
                roll.lists[file.stem] = frozenset()
                hint = "close the spreadsheet that has it open, or move it away"
                roll.findings.append(Finding(Place(path), Level.ERROR, "list", f"the list {error.why}", hint))
            else:
                roll.add(file.stem, raw, path)
    return roll


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


def _audience(roll: Roll, named: Segments) -> Audience:
    sorter = segments.Sorter(named)
    recipients = Recipients(
        Recipient(person.address, key, person.fields, found, person.place)
        for key, person in roll.people.items()
        if (found := sorter.segments_of(person))
    )
    unreached = len(roll.people) - len(recipients)
    refused, duplicates = tuple(roll.refused), tuple(roll.duplicates)
    return Audience(
        recipients, refused, len(refused), duplicates, len(duplicates), unreached, frozenset(named), roll.columns
    )


def _idle(audience: Audience, loaded: Loaded[Segments], roll: Roll) -> Iterator[Finding]:
    """A warning for each segment that all its lists, complete, do not bring anybody."""
    reached = frozenset().union(*audience.memberships)
    for name, segment in (loaded.value or {}).items():
        if name not in reached and all(map(roll.lists.get, segment.lists)):
            yield Finding(loaded.places.key(name), Level.WARNING, "segment", f"nobody is in {name}")


def _unused(loaded: Loaded[Segments], roll: Roll, prefix: str) -> Iterator[Finding]:
    """A warning for each list that no segment names."""
    if loaded.value is not None:
        named = {listed for segment in loaded.value.values() for listed in segment.lists}
        for name in sorted(roll.lists.keys() - named):
            hint = f"name {name} in the lists of a segment, or delete the file"
            yield Finding(Place(f"{prefix}/{name}.csv"), Level.WARNING, "segment", "no segment names this list", hint)
