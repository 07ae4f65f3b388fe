"""The galley: one issue set in type for every audience, with everything found wrong on the way.

The one path from an issue's number to finished emails. `check`, `build` and `send` all take it, so what was looked at
is what goes out, byte for byte.
"""

from __future__ import annotations

from binascii import b2a_qp
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from composer import audience as lists
from composer.checks import Sheet, judge
from composer.edition import EVERYONE, compose, variant_namer, variants
from composer.errors import FindingsError, has_errors
from composer.prose import findings as prose_findings
from composer.prose import reminder_findings, standing_findings
from composer.render import draft, finish

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from composer.audience import Audience
    from composer.checks import LastMailing, Web
    from composer.edition import Composition, Edition
    from composer.errors import Finding
    from composer.home import Home
    from composer.render import Draft, Email
    from composer.settings import Newsletter


@dataclass(frozen=True, slots=True)
class Galley:
    """An issue ready to be looked at or sent: its audience, and one finished email for each variant."""

    number: int
    edition: Edition
    audience: Audience
    emails: Mapping[str, Email]
    """By the name of the variant."""
    findings: tuple[Finding, ...]
    """Warnings only."""

    @property
    def variant_of(self) -> Callable[[frozenset[str]], str]:
        """The function from a recipient's segments to the name of their variant."""
        return variant_namer(self.edition)


def check(
    home: Home,
    number: int,
    newsletter: Newsletter,
    *,
    last_mailings: Mapping[str, LastMailing] | None = None,
    web: Web | None = None,
) -> tuple[Finding, ...]:
    """Every mistake of an issue: in its files, its merging, its words, its email and its audience.

    `last_mailings` says how many people got the issue before, by segment; `web` asks about the links. Without them the
    rules that need them are silent.
    """
    return _Typesetter(home, newsletter, number).check(last_mailings, web)


def sheet(home: Home, number: int, newsletter: Newsletter) -> Sheet:
    """What the rules look at, of an issue that can be read."""
    return _Typesetter(home, newsletter, number).sheet()


def typeset(home: Home, number: int, newsletter: Newsletter) -> Galley:
    """The finished emails of an issue; `FindingsError`, with all findings, if any of them is an error."""
    return _Typesetter(home, newsletter, number).typeset()


class _Typesetter:
    """Reads everything once, and collects what is wrong."""

    def __init__(self, home: Home, newsletter: Newsletter, number: int) -> None:
        self._home = home
        self._newsletter = newsletter
        self._number = number
        self._audience, found = lists.read(home.recipients)
        known = None if has_errors(found) else self._audience.segments
        self._composition = compose(home, number, newsletter, segments=known)
        self._findings = {*found, *self._audience.refused, *self._composition.findings}
        self._findings.update(filter(self._composition.files.can_tell, _words(self._composition)))

    def sheet(self, last_mailings: Mapping[str, LastMailing] | None = None, web: Web | None = None) -> Sheet:
        """What the rules look at; nothing of it is made before one does."""
        return Sheet(
            newsletter=self._newsletter,
            settings_at=self._home.newsletter_at(),
            composition=self._composition,
            audience=self._audience,
            numbers=self._home.numbers(),
            typeset=lambda: self._whole,
            weigh=lambda: self._weights,
            last_mailings=last_mailings or {},
            web=web,
        )

    def check(
        self, last_mailings: Mapping[str, LastMailing] | None = None, web: Web | None = None
    ) -> tuple[Finding, ...]:
        """All findings. The email of somebody who may see everything holds all that any variant holds."""
        if self._composition.edition is None:
            return tuple(sorted(self._findings))
        _ = self._weights  # so that what is wrong with templates and pictures is among the findings
        return judge(self.sheet(last_mailings, web), frozenset(self._findings))

    def typeset(self) -> Galley:
        """The galley."""
        edition = self._composition.edition
        emails = self._emails if edition else {}
        findings = self.check()
        if edition is None or has_errors(findings):
            raise FindingsError(findings)
        return Galley(self._number, edition, self._audience, emails, findings)

    @cached_property
    def _whole(self) -> Email | None:
        """What somebody reads who may see everything."""
        edition = self._composition.edition
        drafted = self._draft(edition) if edition else None
        return self._finish(drafted) if drafted else None

    @cached_property
    def _emails(self) -> Mapping[str, Email]:
        """The email of every variant: what somebody on the lists sees, or a member of a segment named in the issue."""
        edition = self._composition.edition
        if edition is None:
            return {}
        if not edition.restricted_to:
            return {EVERYONE: self._whole} if self._whole else {}
        members = set(self._audience.memberships)
        members |= {frozenset({segment}) for segment in edition.restricted_to}
        drafts = {variant.name: self._draft(variant.edition) for variant in variants(edition, members)}
        finished = {name: self._finish(drafted) for name, drafted in drafts.items() if drafted}
        return {name: email for name, email in finished.items() if email}

    def _draft(self, edition: Edition) -> Draft | None:
        """The draft of an edition; what is wrong with it becomes findings."""
        try:
            drafted = draft(edition, self._newsletter, self._home.templates, self._home.picture)
        except FindingsError as error:
            self._findings.update(error.findings)
            return None
        self._findings.update(drafted.findings)
        return None if has_errors(drafted.findings) else drafted

    def _finish(self, drafted: Draft) -> Email | None:
        """The finished email; why there is none becomes findings."""
        try:
            return finish(drafted)
        except FindingsError as error:
            self._findings.update(error.findings)
            return None

    @cached_property
    def _weights(self) -> Mapping[str, float]:
        """How large the variants are; the email of all items is never smaller, and often small enough for all."""
        if self._whole is None:
            return {}
        size_kb = _size_kb(self._whole)
        if size_kb <= self._newsletter.limits.html_warn_kb:
            return {EVERYONE: size_kb}
        return {name: _size_kb(email) for name, email in self._emails.items()}


def _size_kb(email: Email) -> float:
    """The HTML as it travels (quoted-printable, RFC 2045 §6.7), which is never smaller than as it is read.

    Gmail hides what is past 102 KB, the link to leave included, and nobody knows which of the two it counts.
    """
    return len(b2a_qp(email.html.encode())) / 1024


def _words(composition: Composition) -> Iterator[Finding]:
    """What is wrong with author text, in this issue, the standing files and what is carried forward."""
    contacts = {contact.id: contact for contact in composition.standing.contacts}
    yield from prose_findings(composition.issue, contacts)
    yield from standing_findings(composition.standing)
    if composition.edition:
        yield from reminder_findings(composition.edition)
