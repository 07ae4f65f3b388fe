"""One file of `recipients/*.csv` → its good rows, one by one, and what is wrong with the others.

The columns: `email` (required), `name`, `organisation`, `groups` (separated by `;`), and any other as a merge field.
A column is known by its heading in lower case with `_` for everything between words: "First name" is `first_name`.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from composer.audience.address import INVISIBLE, Mailbox, mailbox
from composer.audience.encoding import Unreadable
from composer.audience.table import Misquoted, Row, rows
from composer.errors import Finding, Level, Place

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

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
    """One good row of a list: an address and its fields, cleaned: no cell holds a tab or a line break."""

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
                yield refused(Place(self.path, row.line), "row", why, "inside a quoted cell every mark is doubled")
            else:
                yield row.finding(self.path)

    def _entry(self, row: Row) -> Entry | Finding:
        forbidden = _FORBIDDEN.search(row.text)
        if forbidden:
            what = "'=?'" if forbidden[0] == "=?" else f"the control character U+{ord(forbidden[0]):04X}"
            place = Place(self.path, *row.position_of(forbidden.start()))
            return refused(place, "row", f"{what} may not stand in a list", "delete it; it is often pasted unseen")
        if len(row.cells) > len(self.columns) and any(map(str.strip, row.cells[len(self.columns) :])):
            place = Place(self.path, *row.position(len(self.columns)))
            why = f"there are {len(row.cells)} cells under {len(self.columns)} headings"
            return refused(place, "row", why, "put a cell that holds the separator in double quotes")
        return self._addressed(row)

    def _addressed(self, row: Row) -> Entry | Finding:
        index = self.columns.index("email")
        place = Place(self.path, *row.position(index))
        found = mailbox(row.cells[index] if index < len(row.cells) else "")
        if not isinstance(found, Mailbox):
            return refused(place, "address", found.why, found.hint)
        cells = zip(self.columns, map(_cleaned, row.cells), strict=False)
        fields = {column: value for column, value in cells if column and value}
        fields["email"] = found.address
        if found.name:
            fields.setdefault("name", _cleaned(found.name))
        return Entry(found.address, fields, place)


def opened(raw: bytes | BinaryIO, path: str) -> MailingList | Finding:
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
        named = ", ".join(filter(None, map(str.strip, heading.cells)))
        hint = f"the headings are {named}; call the column of the addresses email"
        if "@" in named:
            hint = "the first row has to hold the headings: email,name and so on"
        return Finding(Place(path, heading.line), Level.ERROR, "list", "there is no email column", hint)
    return None


def _cleaned(cell: str) -> str:
    text = " ".join(cell.split())
    return text if text.isascii() else unicodedata.normalize("NFC", text.strip(INVISIBLE + " "))


def refused(place: Place, code: str, why: str, hint: str) -> Finding:
    """The warning that a row is not used, or not as it stands; the others go on."""
    return Finding(place, Level.WARNING, code, why, hint)
