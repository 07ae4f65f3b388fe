"""The newsletter's own settings: `newsletter.yaml` and the environment → one frozen `Settings`, handed down.

Secrets come from the environment alone (`COMPOSER_SMTP_PASSWORD`, `COMPOSER_KEY`); they have no place in a file.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Literal, Self
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BaseModel, Field, SecretStr, ValidationError, model_validator

from composer.errors import UsageError
from composer.fields import Line, MailAddress, Slug, Text, WebAddress, mistake
from composer.issue import Masthead
from composer.source import Model
from composer.source.sentences import in_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

Origin = Literal["default", "newsletter.yaml", "environment"]
Security = Literal["starttls", "tls", "none"]
Weekday = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]

LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})

VARIABLES = {
    "COMPOSER_SMTP_HOST": "smtp.host",
    "COMPOSER_SMTP_PORT": "smtp.port",
    "COMPOSER_SMTP_SECURITY": "smtp.security",
    "COMPOSER_SMTP_USERNAME": "smtp.username",
    "COMPOSER_SMTP_PASSWORD": "password",
    "COMPOSER_KEY": "key",
}
"""The environment variables that are read, and the setting that each one gives."""


def _zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        raise mistake("timezone", "{zone} is not a time zone", "write it as Europe/London", zone=name) from None
    return name


def _language(tag: str) -> str:
    if re.fullmatch(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*", tag, re.ASCII):
        return tag
    raise mistake("language", "{tag} is not the code of a language", "write en-GB, or cy for Welsh", tag=tag)


def _list_id(name: str) -> str:
    if re.fullmatch(r"[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+", name, re.ASCII):
        return name
    raise mistake("list-id", "{list} cannot name a list", "write it as common-ground.example.org", list=name)


class Sender(Model):
    """Whom the email is from, where replies go and where bounces go."""

    name: Line = Field(description="The name that inboxes show")
    email: MailAddress = Field(description="The address that inboxes show")
    reply_to: MailAddress | None = Field(None, description="Where answers go: the editor's address")
    bounces: MailAddress | None = Field(
        None, description="Receives bounces, with a token after + (RFC 5233); default email"
    )


class Unsubscribe(Model):
    """The way out: a web address, an email address, or both."""

    url: WebAddress | None = Field(None, description="The public address of `composer serve`")
    email: MailAddress | None = Field(None, description="Receives requests to leave; default the sender's address")


class Smtp(Model):
    """The mail server that takes our messages (a submission server, RFC 6409)."""

    host: Line = Field("localhost", description="The server's name")
    port: int = Field(587, ge=1, le=65535, description="587 for starttls, 465 for tls")
    security: Security = Field("starttls", description="none is allowed to this machine only")
    username: Line | None = Field(None, description="The password is in COMPOSER_SMTP_PASSWORD, never in a file")
    connections: int = Field(4, ge=1, le=50, description="How many connections at the same time")
    certificates: Line | None = Field(None, description="A PEM file of certificate authorities, for a private one")

    @model_validator(mode="after")
    def _protected(self) -> Self:
        if self.security == "none" and self.host not in LOOPBACK:
            message = "without encryption, everybody on the way to {host} could read passwords and addresses"
            raise mistake("security", message, "write security: starttls or tls", host=self.host)
        return self


class Section(Model):
    """A part of the email; its look is `templates/sections/ID.mjml` and `ID.txt`."""

    id: Slug = Field(description="Names its templates")
    heading: Line | None = Field(None, description="Printed above it; left out: none")


class ReminderSettings(Model):
    """How long news is carried forward."""

    default: int = Field(2, ge=0, description="In how many following issues an item is repeated")
    horizon: int = Field(26, ge=1, description="The most issues that `remind: until` looks back")

    @model_validator(mode="after")
    def _default_within_horizon(self) -> Self:
        if self.default > self.horizon:
            raise mistake("horizon", "default is more than horizon", "lower default or raise horizon")
        return self


class ToolSettings(Model):
    """How long the reading list remembers."""

    weeks: int = Field(12, ge=1, description="For how many weeks a line stays")


class Limits(Model):
    """Sizes at which composing warns or refuses, in kilobytes of 1,024 bytes. Gmail hides what is past 102 KB."""

    html_warn_kb: int = Field(80, ge=1, description="An HTML part larger than this is a warning")
    html_kb: int = Field(100, ge=1, description="An HTML part larger than this is an error")
    picture_kb: int = Field(1024, ge=1, description="The largest picture file")

    @model_validator(mode="after")
    def _warns_before_it_refuses(self) -> Self:
        if self.html_warn_kb > self.html_kb:
            raise mistake("limits", "html_warn_kb is more than html_kb", "lower html_warn_kb or raise html_kb")
        return self


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

    name: Line = Field(description="What the newsletter is called")
    organisation: Line = Field(description="Who sends it; printed at the foot")
    address: Text = Field(description="A postal address of the organisation; printed at the foot")
    language: Annotated[str, AfterValidator(_language)] = Field(
        "en-GB", description="As screen readers need it (BCP 47)"
    )
    timezone: Annotated[str, AfterValidator(_zone)] = Field("Europe/London", description="In which times are meant")
    publication_day: Weekday = Field("friday", description="The day on which it usually goes out")
    title: Line = Field("Update no {number}", description="What one issue is called")
    masthead: Masthead = Masthead()
    sender: Sender
    list_id: Annotated[str, AfterValidator(_list_id)] | None = Field(
        None, description="List-Id (RFC 2919); made from the name and the sender's domain when left out"
    )
    archive_url: WebAddress | None = Field(None, description="Where old issues can be read")
    unsubscribe: Unsubscribe = Unsubscribe()
    smtp: Smtp = Smtp()
    sections: tuple[Section, ...] = Field(_SECTIONS, min_length=1, description="The parts of the email, in order")
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
    overridden: frozenset[str] = frozenset()
    """Settings that the environment gave, by dotted name: `smtp.host`."""


@dataclass(frozen=True, slots=True)
class Effective:
    """One setting in force and where it comes from, for `composer config`."""

    name: str
    value: str
    origin: Origin

    def __str__(self) -> str:
        return f"{self.name}: {self.value}  ({self.origin})"


def with_environment(newsletter: Newsletter, environment: Mapping[str, str]) -> Settings:
    """Settings from a newsletter's file and `COMPOSER_*` variables (see `VARIABLES`), the latter winning.

    An empty variable counts as none. Raises `UsageError`, which names the variable, for a value that no setting takes.
    """
    given = {setting: environment[variable] for variable, setting in VARIABLES.items() if environment.get(variable)}
    data = newsletter.model_dump(by_alias=True, exclude_unset=True)
    smtp = {name.removeprefix("smtp."): text for name, text in given.items() if name.startswith("smtp.")}
    secrets = {name: text for name, text in given.items() if "." not in name}
    if smtp:
        data["smtp"] = data.get("smtp", {}) | smtp
    try:
        return Settings.model_validate(data | secrets | {"overridden": frozenset(given)})
    except ValidationError as error:
        raise UsageError(_complaint(error, given)) from None


def _complaint(error: ValidationError, given: Mapping[str, str]) -> str:
    """The file alone was valid, so the environment is to blame: one variable, or several that do not fit together."""
    details = error.errors(include_url=False)[0]
    name = ".".join(map(str, details["loc"]))
    blamed = [variable for variable, setting in VARIABLES.items() if setting in given and setting.startswith(name)]
    _, message, hint = in_words(details, details["loc"], Settings)
    return f"{', '.join(blamed)}: {message}" + (f" ({hint})" if hint else "")


def describe(settings: Settings) -> tuple[Effective, ...]:
    """Every setting in force, in the order of the models; of a secret only whether it is set."""
    return tuple(_described(settings, "", settings.overridden))


def _described(group: BaseModel, prefix: str, overridden: frozenset[str]) -> Iterator[Effective]:
    for field in type(group).model_fields:
        name, value = f"{prefix}{field}", getattr(group, field)
        if isinstance(value, BaseModel):
            yield from _described(value, f"{name}.", overridden)
        elif value is not overridden:
            in_file: Origin = "newsletter.yaml" if field in group.model_fields_set else "default"
            yield Effective(name, _shown(value, field), "environment" if name in overridden else in_file)


def _shown(value: object, field: str) -> str:
    if field in {"password", "key"}:
        return "set" if value else "not set"
    if isinstance(value, tuple):
        return ", ".join(entry.id if isinstance(entry, Section) else str(entry) for entry in value)
    return "none" if value is None else ", ".join(str(value).splitlines())
