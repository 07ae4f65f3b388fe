"""One issue as its editor wrote it: `Issue`, `Item`, `Publication`, `Event` and their parts."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime, time, timedelta
from typing import Annotated, Literal, Self

from pydantic import BeforeValidator, Field, model_validator

from composer.fields import Day, Length, Line, Markdown, Moment, MomentOrClock, Slug, Text, WebAddress, mistake
from composer.source import Model

_PLAIN = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "ħ": "h", "\u0131": "i", "þ": "th", "æ": "ae", "œ": "oe"}
)
"""The letters that Unicode does not take apart into a plain letter and a mark."""


def _remind(value: object) -> object:
    if value == "until" or (isinstance(value, int) and value >= 0):
        return value
    if isinstance(value, str) and re.fullmatch("[0-9]{1,3}", value.strip()):
        return int(value)
    raise mistake(
        "remind", "remind cannot be {value}", "write a number of issues, 0 for never, or until", value=str(value)
    )


Remind = Annotated[Annotated[int, Field(ge=0)] | Literal["until"], BeforeValidator(_remind)]
"""In how many following issues an item is repeated; `until`: as long as it has not expired."""


class Publication(Model):
    """What was published, by whom and when: "On 27 February DfE published [title](url)"; also in the reading list."""

    by: Line | None = Field(None, description="Who published it")
    date: Day = Field(description="The day it was published, as 2025-02-27")
    title: Text | None = Field(None, description="Its title; a second line becomes a subtitle")
    url: WebAddress | None = Field(None, description="Where to read it")
    verb: Line = Field("published", description='"launched", "released the podcast", …')
    line: Markdown | None = Field(None, description="A whole sentence in Markdown, where by-verb-title does not fit")
    until: Day | None = Field(None, description="The last day on which the reading list names it: a consultation's end")

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if not self.line and not (self.by and self.title):
            raise mistake(
                "publication",
                "{name} does not say what was published",
                "write 'by' and 'title', or a whole sentence as 'line'",
            )
        return self


class ToolLine(Publication):
    """An extra line of the reading list."""

    audience: tuple[Slug, ...] | None = Field(None, min_length=1, description="Only these segments see it")


class Image(Model):
    """A picture of `issues/standing/images/` and the words that stand for it."""

    file: Line = Field(description="File name in issues/standing/images/")
    alt: Text = Field(description="What the picture shows, for those who do not see it")


class Link(Model):
    """A link of its own line under an item: "Full report (pdf, 28 pages)"."""

    text: Line = Field(description='Says where the link leads; never "here"')
    url: WebAddress = Field(description="Where it leads")
    pages: int | None = Field(None, ge=1, description="Number of pages of a document")
    minutes: Length | None = Field(None, description='Running time of a film or podcast, as "2:44"')
    kind: Line | None = Field(None, description='"podcast", "pdf", "slides"; found from the rest when left out')


class Event(Model):
    """Something that takes place: when, where, how to register. Times are local to the newsletter's zone."""

    start: Moment = Field(description="2025-03-20 09:00, or the day alone")
    end: MomentOrClock | None = Field(None, description="2025-03-20 16:30, or 16:30 of the same day")
    place: Line | None = Field(None, description="Where it is; a town, a building, Teams")
    url: WebAddress | None = Field(None, description="Where to register")

    @model_validator(mode="after")
    def _ends_after_it_starts(self) -> Self:
        finish = self.finish
        if finish is not None:
            both_timed = isinstance(self.start, datetime) and isinstance(finish, datetime)
            backwards = finish <= self.start if both_timed else day_of(finish) < day_of(self.start)
            if backwards:
                raise mistake("event-order", "{name} ends before it starts", "correct start or end")
        return self

    @property
    def finish(self) -> date | datetime | None:
        """The end as a day or moment; a bare time of day falls on the day of the start."""
        if isinstance(self.end, time):
            return datetime.combine(day_of(self.start), self.end)
        return self.end

    @property
    def last_day(self) -> date:
        """The day after which it is over; what ends at midnight does not reach into the day that then begins."""
        finish = self.finish or self.start
        first, last = day_of(self.start), day_of(finish)
        ends_at_midnight = isinstance(finish, datetime) and finish.time() == time(0)
        return last - timedelta(1) if ends_at_midnight and last > first else last


class Content(Model):
    """What an item says, in the issue that holds it and, as far as it is new, in a later one."""

    title: Text | None = Field(None, description="A second line becomes a subtitle")
    publication: Publication | None = Field(None, description="What was published; also in the reading list")
    image: Image | None = Field(None, description="A picture under the title")
    body: Markdown | None = Field(None, description="Markdown: paragraphs, ### headings, lists, quotes, links")
    links: tuple[Link, ...] = Field((), description="Links of their own, under the text")
    event: Event | None = Field(None, description="When and where it takes place")
    closes: Day | None = Field(None, description="The last day on which it is of use")
    contact: Slug | None = Field(None, description="An id in contacts.yaml")
    audience: tuple[Slug, ...] | None = Field(None, min_length=1, description="Only these segments see it")


class Item(Content):
    """One piece of news."""

    title: Text = Field(description="A second line becomes a subtitle")
    id: Slug | None = Field(None, description="Made from the title when left out")
    remind: Remind | None = Field(None, description="In how many following issues it is repeated; or until it expires")

    @property
    def key(self) -> str:
        """The id by which other issues name this item."""
        return self.id or slug(self.title)

    @property
    def expires(self) -> date | None:
        """The last day on which the item may be carried: its event's end or its closing date, whichever is earlier."""
        days = [day for day in (self.event and self.event.last_day, self.closes) if day]
        return min(days) if days else None

    def has_expired(self, on: date) -> bool:
        """The one definition of expiry: `on` is later than the event's end (or start), or later than `closes`."""
        return self.expires is not None and on > self.expires


class ItemEdit(Content):
    """New text for a reminder: what is written replaces, what is written empty is removed, the rest stays."""

    def applied_to(self, item: Item) -> Item:
        """The item as it prints from now on."""
        changes = {name: getattr(self, name) for name in self.model_fields_set}
        if changes.get("title", item.title) is None:
            del changes["title"]
        return item.model_copy(update=changes | {"id": item.key})


class Reminders(Model):
    """The editor's last word on what is carried forward."""

    drop: tuple[Slug, ...] = Field((), description="Not again, in this issue and all later ones")
    keep: tuple[Slug, ...] = Field((), description="One more time, beyond its own limit")
    edit: dict[Slug, ItemEdit] = Field(default_factory=dict, description="New text for a reminder, from now on")


class Masthead(Model):
    """The picture and the line at the top of the email."""

    image: Image | None = Field(None, description="The picture at the top")
    strapline: Line | None = Field(None, description="One line under the name")


class Issue(Model):
    """One update: `issues/653.yaml`."""

    number: int = Field(ge=1, le=999_999, description="The number, the same as in the file name")
    date: Day = Field(description="The day it goes out")
    subject: Line | None = Field(None, description="Made from the first titles when left out")
    preheader: Line | None = Field(None, description="What inboxes show after the subject; 40 to 110 characters")
    masthead: Masthead | None = Field(None, description="Instead of the newsletter's own, this time")
    intro: Markdown | None = Field(None, description="This week's own opening words")
    updates: tuple[Item, ...] = Field((), description="The news, in the order in which it is printed")
    reminders: Reminders = Field(Reminders(), description="The last word on what is carried forward")
    tools: tuple[ToolLine, ...] = Field((), description="Extra lines for the reading list")


def slug(title: str) -> str:
    """The id made from a title: its first line, unaccented, lower-case, words joined by hyphens."""
    first_line = title.strip().splitlines()[0] if title.strip() else ""
    ascii_only = unaccented(first_line).encode("ascii", "ignore").decode("ascii")
    words = re.findall(r"[a-z0-9]+", ascii_only.replace("'", ""))
    return "-".join(words) or "item"


def unaccented(text: str) -> str:
    """The text in lower case with plain letters, for ids and sorting: "Łukasz Ó Dálaigh" is "lukasz o dalaigh"."""
    folded = unicodedata.normalize(
        "NFKD", text
    ).casefold()  # in this order: only "SM" taken out of "℠" has a lower case
    decomposed = unicodedata.normalize("NFKD", folded.translate(_PLAIN))
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def day_of(moment: date | datetime) -> date:
    """The calendar day of a day or moment."""
    return moment.date() if isinstance(moment, datetime) else moment
