"""The small types that the files are made of: text, dates, addresses, each with the sentence an editor reads."""

from __future__ import annotations

import re
from datetime import date, datetime, time
from typing import Annotated, Any
from urllib.parse import urlsplit

from pydantic import AfterValidator, BeforeValidator, StringConstraints, WithJsonSchema
from pydantic_core import PydanticCustomError

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}[ T]\d{2}:\d{2}", re.ASCII)
_CLOCK = re.compile(r"\d{2}:\d{2}", re.ASCII)
_SLUG = r"^[a-z0-9]+(-[a-z0-9]+)*$"
_LENGTH = r"^(\d{1,3}|\d{1,3}:[0-5]\d|\d{1,2}:[0-5]\d:[0-5]\d)$"


def _one_line(text: str) -> str:
    if len(text.splitlines()) > 1:
        raise PydanticCustomError("one_line", "must stand on one line")
    return text


def _day(value: Any) -> date:
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    if isinstance(value, str) and _DAY.fullmatch(value.strip()):
        try:
            return date.fromisoformat(value.strip())
        except ValueError:
            raise PydanticCustomError("no_such_day", "{day} is not a day of the calendar", {"day": value}) from None
    raise PydanticCustomError("day", "{value} is not a date; write it as 2025-03-14", {"value": repr(value)})


def _moment(value: Any) -> date | datetime:
    if isinstance(value, date):  # a datetime is one too
        return value
    if isinstance(value, str) and _MOMENT.fullmatch(value.strip()):
        try:
            return datetime.fromisoformat(value.strip())
        except ValueError:
            raise PydanticCustomError(
                "no_such_moment", "{moment} is not a moment of the calendar", {"moment": value}
            ) from None
    if isinstance(value, str) and _DAY.fullmatch(value.strip()):
        return _day(value)
    raise PydanticCustomError(
        "moment", "{value} is not a date or time; write 2025-03-20 or 2025-03-20 09:00", {"value": repr(value)}
    )


def _moment_or_clock(value: Any) -> date | datetime | time:
    if isinstance(value, time):
        return value
    if isinstance(value, str) and _CLOCK.fullmatch(value.strip()):
        try:
            return time.fromisoformat(value.strip())
        except ValueError:
            raise PydanticCustomError("no_such_time", "{time} is not a time of day", {"time": value}) from None
    return _moment(value)


def _web_address(text: str) -> str:
    if any(character.isspace() for character in text):
        raise PydanticCustomError("url", "a web address holds no spaces")
    try:
        parts = urlsplit(text)
        host = parts.hostname
        _ = parts.port
    except ValueError:
        raise PydanticCustomError("url", "{url} is not a web address", {"url": text}) from None
    if parts.scheme not in {"http", "https"} or not host:
        raise PydanticCustomError("url", "{url} is not a web address; it starts with https://", {"url": text})
    return text


def _mail_address(text: str) -> str:
    # Imported here: it costs 30 ms, and most commands that read settings never meet an address.
    from email_validator import EmailNotValidError, validate_email  # noqa: PLC0415

    try:
        return validate_email(text, check_deliverability=False, allow_smtputf8=False, test_environment=True).normalized
    except EmailNotValidError as error:
        raise PydanticCustomError("email", "{text} is not an email address: {why}", {"text": text, "why": str(error)})  # noqa: B904


Text = Annotated[str, StringConstraints(min_length=1)]
"""Words; a line break in a title makes a second line."""

Line = Annotated[str, StringConstraints(min_length=1), AfterValidator(_one_line)]
"""Words on one line."""

Markdown = Annotated[str, StringConstraints(min_length=1, strip_whitespace=False)]
"""Author text in CommonMark."""

Slug = Annotated[str, StringConstraints(pattern=_SLUG)]
"""An id: lower-case letters, digits and single hyphens."""

Length = Annotated[str, StringConstraints(pattern=_LENGTH)]
"""A running time as people write it: "2:44", "1:02:30" or whole minutes."""

Day = Annotated[date, BeforeValidator(_day), WithJsonSchema({"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}$"})]
"""A calendar day, written 2025-03-14."""

_MOMENT_SCHEMA = {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}([ T]\d{2}:\d{2})?$"}
Moment = Annotated[date | datetime, BeforeValidator(_moment), WithJsonSchema(_MOMENT_SCHEMA)]
"""A day, or a day and a time in the newsletter's own zone, written 2025-03-20 09:00."""

_END_SCHEMA = {"type": "string", "pattern": r"^(\d{4}-\d{2}-\d{2}([ T]\d{2}:\d{2})?|\d{2}:\d{2})$"}
MomentOrClock = Annotated[date | datetime | time, BeforeValidator(_moment_or_clock), WithJsonSchema(_END_SCHEMA)]
"""As `Moment`, or only a time of day, which means the same day as the start."""

WebAddress = Annotated[str, AfterValidator(_web_address)]
"""An http or https URL (RFC 3986) as typed."""

MailAddress = Annotated[str, AfterValidator(_mail_address)]
"""One mailbox address (RFC 5321 §4.1.2), ASCII, its domain lower-cased."""
