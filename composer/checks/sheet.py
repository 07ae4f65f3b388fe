"""`Sheet`: one issue from every side that a rule may look at."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING

from composer.checks.hyperlinks import Hyperlink, hyperlinks
from composer.checks.passages import Passage, Source, passages
from composer.checks.reading.html.page import Page
from composer.message import compile_message, sample, with_fallbacks

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

    from composer.audience import Audience
    from composer.checks.visits import Visit, Web
    from composer.edition import Composition, Edition
    from composer.errors import Place
    from composer.issue import Issue
    from composer.render import Email
    from composer.settings import Newsletter
    from composer.source import Places
    from composer.standing import Standing


@dataclass(frozen=True, slots=True)
class LastMailing:
    """How many people got the last issue that was sent before this one."""

    number: int
    people: int


@dataclass(frozen=True)
class Sheet:
    """An issue that could be read, its email and its audience. Everything is made when a rule asks, and once.

    There is no clock here: what is past and what is to come goes by the issue's date.
    """

    newsletter: Newsletter
    settings_at: Places
    """Where newsletter.yaml says what."""
    composition: Composition
    audience: Audience
    numbers: tuple[int, ...]
    """Of all issues there are, smallest first."""
    typeset: Callable[[], Email | None] = field(repr=False)
    """Makes the email of somebody who may see everything; None where templates or pictures forbid it."""
    weigh: Callable[[], Mapping[str, float]] = field(repr=False)
    """The HTML of each variant that may be too large, as it travels, in kilobytes of 1,024 bytes."""
    last_mailings: Mapping[str, LastMailing] = field(default_factory=dict)
    """By segment; "" is everybody. Empty where nothing was sent yet or nobody asked the ledger."""
    web: Web | None = None
    """Asks the web about links; None: it was not to be asked."""

    @property
    def edition(self) -> Edition:
        """The issue merged with everything, all items in it."""
        if self.composition.edition is None:
            raise ValueError("an issue that cannot be read has no sheet")
        return self.composition.edition

    @property
    def issue(self) -> Issue:
        """The issue as it was written."""
        if self.composition.issue.value is None:
            raise ValueError("an issue that cannot be read has no sheet")
        return self.composition.issue.value

    @property
    def places(self) -> Places:
        """Where the issue says what."""
        return self.composition.issue.places

    @property
    def standing(self) -> Standing:
        """Contacts, networks, standing texts, and where they are written."""
        return self.composition.standing

    @property
    def today(self) -> date:
        """The date of the issue, which rules everything."""
        return self.issue.date

    @cached_property
    def passages(self) -> tuple[Passage, ...]:
        """Every text that is printed, in the order of the files."""
        return tuple(passages(self.composition))

    @cached_property
    def written(self) -> tuple[Passage, ...]:
        """The texts that were written for this issue or stand in every one: without those of reminders."""
        return tuple(passage for passage in self.passages if passage.source is not Source.REMINDER)

    @cached_property
    def links(self) -> tuple[Hyperlink, ...]:
        """Every link, of reminders too."""
        return tuple(hyperlinks(self.composition, self.passages))

    @cached_property
    def email(self) -> Email | None:
        """The finished email of somebody who may see everything, merge fields still tokens."""
        return self.typeset()

    @cached_property
    def shown(self) -> Email | None:
        """The same with every fallback in its place: what a reader of whom nothing is known sees."""
        return with_fallbacks(self.email, self.newsletter) if self.email else None

    @cached_property
    def page(self) -> Page | None:
        """Its HTML as a browser sees it."""
        return Page(self.shown.html) if self.shown else None

    @cached_property
    def message(self) -> bytes | None:
        """A message to an invented reader (RFC 5322), but for its pictures, which take the longest.

        Raises `ComposerError` where none can be made.
        """
        if self.email is None:
            return None
        light = replace(self.email, pictures=())
        return sample(compile_message(light, self.newsletter, number=self.issue.number))

    @cached_property
    def visits(self) -> Mapping[str, Visit]:
        """What the web says of the http and https links, by address; nothing where it was not to be asked."""
        if self.web is None:
            return {}
        return self.web(dict.fromkeys(link.url for link in self.links if link.url.startswith(("http://", "https://"))))

    def place_in_email(self) -> Place:
        """Where a finding about the finished email stands that no line of the issue is to blame for."""
        return self.places.at("number")
