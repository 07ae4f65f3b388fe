"""The small types that the files are made of: text, dates, addresses, each with the sentence an editor reads.

`{name}` in a sentence is filled by `composer.source` with the key of the value. Every field has the JSON Schema of what
an editor *types*, which YAML tools may take for a number, a date or a boolean: `phone: 07700900111`, `title: 2024`.
"""

from __future__ import annotations

import re
from datetime import date, datetime, time
from typing import Annotated, TypeAlias
from urllib.parse import urlsplit

from pydantic import AfterValidator, BeforeValidator, StringConstraints, WithJsonSchema
from pydantic_core import PydanticCustomError, PydanticKnownError

from composer.address import NoAddressError, normalised
from composer.source.text import quoted

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}[ T]\d{2}:\d{2}(:00)?", re.ASCII)
_CLOCK = re.compile(r"\d{2}:\d{2}(:00)?", re.ASCII)
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*", re.ASCII)
_LENGTH = re.compile(r"\d{1,3}|\d{1,3}:[0-5]\d|\d{1,2}:[0-5]\d:[0-5]\d", re.ASCII)

_YEARS = range(1900, 2200)
"""The years that a date can be meant to have; others are a slip of the finger, 0205 or 20255."""

_WRITE_DAY = "write it as 2025-03-14"
_WRITE_MOMENT = "write it as 2025-03-20 09:00, or 2025-03-20 alone"
_WRITE_END = "write it as 2025-03-20 16:30, or 16:30 on the same day"


def mistake(code: str, message: str, hint: str = "", **words: str) -> PydanticCustomError:
    """The error of a value: a code, a sentence with `{name}` for its key and the `{words}` quoted, and what to do."""
    shown = {word: quoted(text) for word, text in words.items()}
    return PydanticCustomError(code, message, {**shown, "hint": hint})


def _typed(value: object) -> str:
    """What the editor typed, if it is text at all."""
    if isinstance(value, str):
        return value.strip()
    raise PydanticKnownError("string_type")


def _one_line(text: str) -> str:
    if len(text.splitlines()) > 1:
        raise mistake("one-line", "{name} must stand on one line", "join the lines")
    return text


def _slug(text: str) -> str:
    if _SLUG.fullmatch(text):
        return text
    better = "-".join(re.findall(r"[a-z0-9]+", text.lower()))
    hint = f"write {better}" if better else "write something like morgan-ellis"
    raise mistake("id", "{id} is not an id, which has small letters, digits and single hyphens", hint, id=text)


def _length(text: str) -> str:
    if _LENGTH.fullmatch(text):
        return text
    raise mistake("length", "{length} is no running time", "write 2:44, 1:02:30 or whole minutes, 45", length=text)


def _day(value: object) -> date:
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    text = _typed(value)
    if not _DAY.fullmatch(text):
        raise mistake("date", "{date} is not a date", _WRITE_DAY, date=text)
    return _calendar(text)


def _moment(value: object, hint: str = _WRITE_MOMENT) -> date | datetime:
    if isinstance(value, date):  # a datetime is one too
        return value
    text = _typed(value)
    if _DAY.fullmatch(text):
        return _calendar(text)
    if not _MOMENT.fullmatch(text):
        raise mistake("date", "{moment} is not a date with a time", hint, moment=text)
    return datetime.combine(_calendar(text[:10]), _clock(text[11:]))


def _moment_or_clock(value: object) -> date | datetime | time:
    if isinstance(value, time):
        return value
    if isinstance(value, str) and _CLOCK.fullmatch(value.strip()):
        return _clock(value.strip())
    return _moment(value, _WRITE_END)


def _calendar(text: str) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise mistake("date", "there is no day {day}", "look it up in a calendar", day=text) from None
    if day.year not in _YEARS:
        raise mistake("date", "{day} is not in a year of this newsletter's life", "correct the year", day=text)
    return day


def _clock(text: str) -> time:
    try:
        return time.fromisoformat(text)
    except ValueError:
        raise mistake("date", "there is no time of day {time}", "hours go from 00 to 23", time=text) from None


def _web_address(text: str) -> str:
    wrong = re.search(r'[\s<>"\\]', text)
    try:
        parts = urlsplit(text)
        known = parts.scheme in {"http", "https"} and _is_host(parts.hostname or "") and parts.port != 0
    except ValueError:  # UnicodeError is one too
        known = False
    if wrong:
        hint = "copy it again from the browser; a space in it is written %20"
        raise mistake("url", "a web address cannot hold {character}", hint, character=wrong[0])
    if not known:
        raise mistake("url", "{url} is not a web address", "it starts with https://", url=text)
    return text


def _is_host(name: str) -> bool:
    """Whether there is a name, and a way to write it in ASCII (RFC 3490), as headers need it; else `UnicodeError`."""
    return bool(name if name.isascii() else name.encode("idna"))


def _mail_address(text: str) -> str:
    try:
        return normalised(text)
    except NoAddressError as error:
        raise mistake("email", "{email} is not an email address", str(error), email=text) from None


def _schema(*types: str, **rules: object) -> WithJsonSchema:
    return WithJsonSchema({"type": list(types) if types[1:] else types[0], **rules})


_ANY_TEXT = _schema("string", "number", "boolean", minLength=1)
_DAY_PATTERN = r"\d{4}-\d{2}-\d{2}"
_MOMENT_PATTERN = rf"{_DAY_PATTERN}([ T]\d{{2}}:\d{{2}})?"

Text: TypeAlias = Annotated[str, StringConstraints(min_length=1), _ANY_TEXT]
"""Words; a line break in a title makes a second line."""

Line: TypeAlias = Annotated[str, StringConstraints(min_length=1), AfterValidator(_one_line), _ANY_TEXT]
"""Words on one line."""

Markdown: TypeAlias = Annotated[str, StringConstraints(min_length=1, strip_whitespace=False), _ANY_TEXT]
"""Author text in CommonMark."""

Slug: TypeAlias = Annotated[str, AfterValidator(_slug), _schema("string", "number", pattern=f"^{_SLUG.pattern}$")]
"""An id: lower-case letters, digits and single hyphens."""

Length: TypeAlias = Annotated[
    str, AfterValidator(_length), _schema("string", "number", pattern=f"^({_LENGTH.pattern})$")
]
"""A running time as people write it: "2:44", "1:02:30" or whole minutes."""

Day: TypeAlias = Annotated[date, BeforeValidator(_day), _schema("string", pattern=f"^{_DAY_PATTERN}$")]
"""A calendar day, written 2025-03-14."""

Moment: TypeAlias = Annotated[
    date | datetime, BeforeValidator(_moment), _schema("string", pattern=f"^{_MOMENT_PATTERN}$")
]
"""A day, or a day and a time in the newsletter's own zone, written 2025-03-20 09:00."""

MomentOrClock: TypeAlias = Annotated[
    date | datetime | time,
    BeforeValidator(_moment_or_clock),
    _schema("string", pattern=rf"^({_MOMENT_PATTERN}|\d{{2}}:\d{{2}})$"),
]
"""As `Moment`, or only a time of day, which means the same day as the start."""

WebAddress: TypeAlias = Annotated[
    str, StringConstraints(min_length=1), AfterValidator(_web_address), _schema("string", pattern="^https?://")
]
"""An http or https URL (RFC 3986) as typed."""

MailAddress: TypeAlias = Annotated[
    str, StringConstraints(min_length=1), AfterValidator(_mail_address), _schema("string", pattern="@")
]
"""One mailbox address (RFC 5321 §4.1.2), ASCII, its domain lower-cased."""
