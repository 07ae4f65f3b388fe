"""The newsletter's own settings: `newsletter.yaml` and the environment → one frozen `Settings`, handed down.

Secrets come from the environment alone (`COMPOSER_SMTP_PASSWORD`, `COMPOSER_KEY`); they have no place in a file.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal, Self
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, Field, SecretStr, model_validator
from pydantic_core import PydanticCustomError

from composer.fields import Line, MailAddress, Slug, Text, WebAddress
from composer.issue import Masthead
from composer.source import Model

if TYPE_CHECKING:
    from collections.abc import Mapping

Weekday = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
Security = Literal["starttls", "tls", "none"]

LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


def _zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        raise PydanticCustomError(
            "timezone", "{name} is not a time zone; write it as Europe/London", {"name": name}
        ) from None
    return name


class Sender(Model):
    """Whom the email is from, where replies go and where bounces go."""

    name: Line
    email: MailAddress
    reply_to: MailAddress | None = Field(None, description="Where answers go: the editor's address")
    bounces: MailAddress | None = Field(None, description="Receives bounces, with a token after + (RFC 5233); default email")


class Unsubscribe(Model):
    """The way out: a web address, an email address, or both."""

    url: WebAddress | None = Field(None, description="The public address of `composer serve`")
    email: MailAddress | None = Field(None, description="Receives requests to leave; default the sender's address")


class Smtp(Model):
    """The mail server that takes our messages (a submission server, RFC 6409)."""

    host: Line = "localhost"
    port: int = Field(587, ge=1, le=65535)
    security: Security = Field("starttls", description="none is allowed to this machine only")
    username: Line | None = None
    connections: int = Field(4, ge=1, le=50, description="How many connections at the same time")
    certificates: Line | None = Field(None, description="A PEM file of certificate authorities, for a private one")

    @model_validator(mode="after")
    def _protected(self) -> Self:
        if self.security == "none" and self.host not in LOOPBACK:
            raise PydanticCustomError("smtp_security", "security: none is allowed to localhost only; use starttls or tls")
        return self


class Section(Model):
    """A part of the email; its look is `templates/sections/ID.mjml` and `ID.txt`."""

    id: Slug
    heading: Line | None = None


class ReminderSettings(Model):
    """How long news is carried forward."""

    default: int = Field(2, ge=0, description="In how many following issues an item is repeated")
    horizon: int = Field(26, ge=1, description="The most issues that `remind: until` looks back")

    @model_validator(mode="after")
    def _default_within_horizon(self) -> Self:
        if self.default > self.horizon:
            raise PydanticCustomError("horizon", "default is more than horizon")
        return self


class ToolSettings(Model):
    """How long the reading list remembers."""

    weeks: int = Field(12, ge=1)


class Limits(Model):
    """Sizes at which composing warns or refuses, in kilobytes of 1,024 bytes. Gmail hides what is past 102 KB."""

    html_warn_kb: int = Field(80, ge=1)
    html_kb: int = Field(100, ge=1)
    picture_kb: int = Field(1024, ge=1, description="The largest picture file")


class Pictures(Model):
    """Where the pictures are: inside the message, or on a web server."""

    base_url: WebAddress | None = Field(None, description="Hosted there under their file names; left out: embedded")


_SECTIONS = (
    Section(id="intro"),
    Section(id="updates", heading="Updates"),
    Section(id="reminders", heading="Reminders from previous weeks"),
    Section(id="tools", heading="Tools & templates"),
    Section(id="contacts", heading="Contact details"),
)


class Newsletter(Model):
    """`newsletter.yaml`: the newsletter's own settings."""

    name: Line
    organisation: Line = Field(description="Who sends it; printed at the foot")
    address: Text = Field(description="A postal address of the organisation; printed at the foot")
    language: Annotated[str, Field(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$")] = "en-GB"
    timezone: Annotated[str, AfterValidator(_zone)] = "Europe/London"
    publication_day: Weekday = "friday"
    title: Line = Field("Update no {number}", description="What one issue is called")
    masthead: Masthead = Masthead()
    sender: Sender
    list_id: Annotated[str, Field(pattern=r"^[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+$")] | None = Field(
        None, description="List-Id (RFC 2919); made from the name and the sender's domain when left out"
    )
    archive_url: WebAddress | None = Field(None, description="Where old issues can be read")
    unsubscribe: Unsubscribe = Unsubscribe()
    smtp: Smtp = Smtp()
    sections: tuple[Section, ...] = Field(_SECTIONS, min_length=1)
    reminders: ReminderSettings = ReminderSettings()
    tools: ToolSettings = ToolSettings()
    limits: Limits = Limits()
    pictures: Pictures = Pictures()

    def issue_title(self, number: int) -> str:
        """What issue `number` is called: "Update no 653"."""
        return self.title.replace("{number}", str(number))


class Settings(Newsletter):
    """The file and the environment together; `password` and `key` are never printed."""

    password: SecretStr | None = None
    key: SecretStr | None = None


def with_environment(newsletter: Newsletter, environment: Mapping[str, str]) -> Settings:
    """Settings from a newsletter's file and `COMPOSER_*` variables, the latter winning.

    `COMPOSER_SMTP_HOST`, `_PORT`, `_SECURITY`, `_USERNAME` replace their setting; `COMPOSER_SMTP_PASSWORD` and
    `COMPOSER_KEY` exist only here. Raises `pydantic.ValidationError` for a value that the setting would not take.
    """
    prefix = "COMPOSER_SMTP_"
    smtp = {
        name: environment[prefix + name.upper()]
        for name in ("host", "port", "security", "username")
        if environment.get(prefix + name.upper())
    }
    return Settings.model_validate(
        newsletter.model_dump(by_alias=True)
        | {
            "smtp": newsletter.smtp.model_dump() | smtp,
            "password": environment.get("COMPOSER_SMTP_PASSWORD") or None,
            "key": environment.get("COMPOSER_KEY") or None,
        }
    )
