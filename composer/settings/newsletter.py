"""The models of `newsletter.yaml`."""

from __future__ import annotations

import re
from typing import Annotated, Literal, Self
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, Field, model_validator

from composer.fields import Line, MailAddress, Slug, Text, WebAddress, mistake
from composer.issue import Masthead, Remind
from composer.settings.sending import Dkim, Guards, Smtp
from composer.source import Model

Weekday = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]


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

    url: WebAddress | None = Field(None, description="The public address under which /unsubscribe/TOKEN answers")
    email: MailAddress | None = Field(None, description="Receives requests to leave; default the sender's address")


class Section(Model):
    """A part of the email; its look is `templates/sections/ID.mjml` and `ID.txt`."""

    id: Slug = Field(description="Names its templates")
    heading: Line | None = Field(None, description="Printed above it; left out: none")


def _each_once(sections: tuple[Section, ...]) -> tuple[Section, ...]:
    ids = [section.id for section in sections]
    for at, section in enumerate(ids):
        if section in ids[:at]:
            raise mistake(
                "same-id", "the section {section} stands here twice", "remove one of the two", section=section
            )
    return sections


class ReminderSettings(Model):
    """How long news is carried forward."""

    default: int = Field(2, ge=0, description="In how many following issues an item is repeated")
    horizon: int = Field(26, ge=1, le=520, description="The most issues that `remind: until` looks back")

    @model_validator(mode="after")
    def _default_within_horizon(self) -> Self:
        if self.default > self.horizon:
            raise mistake("horizon", "default is more than horizon", "lower default or raise horizon")
        return self

    def times(self, remind: Remind | None) -> int:
        """In how many following issues an item that says `remind` is repeated, unless it expires before."""
        wanted = self.default if remind is None else self.horizon if remind == "until" else remind
        return min(wanted, self.horizon)


class ToolSettings(Model):
    """How long the reading list remembers."""

    weeks: int = Field(12, ge=1, le=520, description="For how many weeks a line stays")


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


class Checks(Model):
    """What `composer check` makes of its rules, and the words that it takes as spelled right."""

    levels: dict[Slug, Literal["error", "warning", "off"]] = Field(
        default_factory=dict, description="By rule: error stops a mailing, warning only speaks, off is silent"
    )
    words: tuple[Line, ...] = Field((), description="Names and terms of the newsletter's own that are spelled right")
    spelling: Literal["british", "any"] = Field("british", description="Whether organization and color are remarked on")
    bank_holidays: Literal["england", "wales", "scotland", "northern-ireland", "none"] = Field(
        "england", description="Whose bank holidays are remarked on"
    )


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
    dkim: Dkim | None = Field(None, description="Signs every message (RFC 6376); `composer dkim-key` makes the key")
    guards: Guards = Guards()
    sections: Annotated[tuple[Section, ...], AfterValidator(_each_once)] = Field(
        _SECTIONS, min_length=1, max_length=50, description="The parts of the email, in order"
    )
    reminders: ReminderSettings = ReminderSettings()
    tools: ToolSettings = ToolSettings()
    limits: Limits = Limits()
    pictures: Pictures = Pictures()
    checks: Checks = Checks()

    def issue_title(self, number: int) -> str:
        """What issue `number` is called: "Update no 653"."""
        return self.title.replace("{number}", str(number))
