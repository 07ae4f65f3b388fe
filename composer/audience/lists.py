"""`recipients/*.csv` → people, one per address, with every row that had to be refused and every one that repeats.

The columns: `email` (required), `name`, `organisation`, `groups` (separated by `;`), and any other as a merge field.
A column is known by its heading in lower case with `_` for everything between words: "First name" is `first_name`.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from composer.audience.address import INVISIBLE, Mailbox, mailbox
from composer.audience.person import Person, first_name
from composer.audience.table import Misquoted, Row, Unreadable, rows
from composer.errors import Finding, Level, Place

if TYPE_CHECKING:
    from collections.abc import Iterator

_MEANS = {
    "e_mail": "email",
    "email_address": "email",
    "e_mail_address": "email",
    "mail": "email",
    "full_name": "name",
    "firstname": "first_name",
    "forename": "first_name",
    "given_name": "first_name",
    "organization": "organisation",
    "group": "groups",
}

# Whatever could end a header line or begin an encoded word in it (RFC 2047 §2). Tabs and line breaks inside a cell
# are not among them: they become spaces.
_FORBIDDEN = re.compile("[\\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029]|=\\?")


@dataclass(frozen=True, slots=True)
class Entry:
    """One good row of a list: an address and its fields, ready for memory or a database."""

    address: str
    fields: dict[str, str]
    place: Place


@dataclass(frozen=True, slots=True)
class MailingList:
    """One list, its heading row read: the columns are known, the rows still to come."""

    path: str
    columns: tuple[str, ...]
    """In the order of the file; a column without a heading is empty."""
    body: Iterator[Row | Misquoted | Unreadable]

    def entries(self) -> Iterator[Entry | Finding]:
        """The rows, once, one by one; a warning in place of each that is refused, an error where the list breaks."""
        for row in self.body:
            if isinstance(row, Row):
                yield self._entry(row)
            elif isinstance(row, Misquoted):
                why = "text follows a quotation mark that ends a cell"
                yield _refused(Place(self.path, row.line), "row", why, "inside a quoted cell every mark is doubled")
            else:
                yield row.finding(self.path)

    def _entry(self, row: Row) -> Entry | Finding:
        forbidden = _FORBIDDEN.search(row.text)
        if forbidden:
            what = "'=?'" if forbidden[0] == "=?" else f"the control character U+{ord(forbidden[0]):04X}"
            place = Place(self.path, *row.position_of(forbidden.start()))
            return _refused(place, "row", f"{what} may not stand in a list", "delete it; it is often pasted unseen")
        if len(row.cells) > len(self.columns) and any(map(str.strip, row.cells[len(self.columns) :])):
            place = Place(self.path, *row.position(len(self.columns)))
            why = f"there are {len(row.cells)} cells under {len(self.columns)} headings"
            return _refused(place, "row", why, "put a cell that holds the separator in double quotes")
        return self._addressed(row)

    def _addressed(self, row: Row) -> Entry | Finding:
        index = self.columns.index("email")
        place = Place(self.path, *row.position(index))
        found = mailbox(row.cells[index] if index < len(row.cells) else "")
        if not isinstance(found, Mailbox):
            return _refused(place, "address", found.why, found.hint)
        cells = zip(self.columns, map(_cleaned, row.cells), strict=False)
        fields = {column: value for column, value in cells if column and value}
        fields["email"] = found.address
        if found.name:
            fields.setdefault("name", _cleaned(found.name))
        return Entry(found.address, fields, place)


def opened(raw: bytes, path: str) -> MailingList | Finding:
    """A list with its heading row read, or the one thing that makes the whole file useless."""
    body = rows(raw)
    heading = next(
        body, Unreadable("the list is empty", "write a heading row with an email column, or delete the file")
    )
    if isinstance(heading, Misquoted):
        heading = Unreadable("the quotation marks in the heading row do not match", "write it without any")
    if isinstance(heading, Unreadable):
        return heading.finding(path)
    columns = [column_name(cell) for cell in heading.cells]
    while columns and not columns[-1]:
        columns.pop()
    return _useless(columns, heading, path) or MailingList(path, tuple(columns), body)


def column_name(heading: str) -> str:
    """The name of a column, however its heading is spelt: "E-mail address" is `email`."""
    name = re.sub(r"\W+", "_", heading.strip(INVISIBLE).casefold()).strip("_")
    return sys.intern(_MEANS.get(name, name))


def _useless(columns: list[str], heading: Row, path: str) -> Finding | None:
    for name, count in Counter(filter(None, columns)).items():
        if count > 1:
            second = columns.index(name, columns.index(name) + 1)
            place = Place(path, *heading.position(second))
            return Finding(place, Level.ERROR, "list", f"there are {count} columns {name}", "rename or delete one")
    if "email" not in columns:
        named = ", ".join(filter(None, columns))
        hint = f"its headings are {named}; call the column of the addresses email"
        return Finding(Place(path, heading.line), Level.ERROR, "list", "there is no email column", hint)
    return None


def _cleaned(cell: str) -> str:
    text = " ".join(cell.split())
    return sys.intern(text if text.isascii() else unicodedata.normalize("NFC", text.strip(INVISIBLE + " ")))


def _refused(place: Place, code: str, why: str, hint: str) -> Finding:
    return Finding(place, Level.WARNING, code, why, hint)


@dataclass(slots=True)
class Roll:
    """All lists read together: the people by the identity of their address, and what was wrong."""

    people: dict[str, Person] = field(default_factory=dict)
    lists: dict[str, frozenset[str]] = field(default_factory=dict)
    """The columns of each list, none for a list that cannot be read."""
    refused: list[Finding] = field(default_factory=list)
    duplicates: list[Finding] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    """Errors: a list, or the rest of one, is lost."""
    _memberships: dict[frozenset[str], frozenset[str]] = field(default_factory=dict)

    def add(self, name: str, raw: bytes, path: str) -> None:
        """Read one list, after those that were added before it."""
        found = opened(raw, path)
        if isinstance(found, Finding):
            self.lists[name] = frozenset()
            self.findings.append(found)
            return
        self.lists[name] = frozenset(filter(None, found.columns))
        for entry in found.entries():
            if isinstance(entry, Entry):
                self._enter(entry, name)
            else:
                (self.findings if entry.level is Level.ERROR else self.refused).append(entry)

    def _enter(self, entry: Entry, name: str) -> None:
        key = entry.address.casefold()
        person = self.people.setdefault(
            key, Person(entry.address, entry.fields, self._membership(frozenset((name,))), entry.place)
        )
        if person.fields is not entry.fields:
            why = f"{entry.address} stands at {person.place} already"
            hint = "that row counts; this one fills its empty cells and adds its groups"
            self.duplicates.append(_refused(entry.place, "duplicate", why, hint))
            person.learn(entry.fields)
            person.lists = self._membership(person.lists | {name})

    def _membership(self, lists: frozenset[str]) -> frozenset[str]:
        return self._memberships.setdefault(lists, lists)

    def name_people(self) -> None:
        """Give everybody a `first_name` from their `name`, unless one of their lists has a column for it."""
        for person in self.people.values():
            if not any("first_name" in self.lists[name] for name in person.lists):
                derived = first_name(person.fields.get("name", ""))
                if derived:
                    person.fields["first_name"] = sys.intern(derived)

    @property
    def columns(self) -> frozenset[str]:
        """Every column of every list, with the `first_name` that a `name` brings along."""
        columns = frozenset().union(*self.lists.values())
        return columns | {"first_name"} if "name" in columns else columns
