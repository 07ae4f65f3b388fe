"""The galley: one issue set in type for every audience, with everything found wrong on the way.

The one path from an issue's number to finished emails. `check`, `build` and `send` all take it, so what was looked at
is what goes out, byte for byte.
"""

from __future__ import annotations

import re
from binascii import b2a_qp
from dataclasses import dataclass
from typing import TYPE_CHECKING

from composer import audience as lists
from composer.edition import EVERYONE, compose, variant_namer, variants
from composer.errors import Finding, FindingsError, Level, Place, did_you_mean, has_errors
from composer.prose import findings as prose_findings
from composer.prose import reminder_findings, standing_findings
from composer.render import BUILT_IN, draft, finish

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from composer.audience import Audience
    from composer.edition import Composition, Edition
    from composer.home import Home
    from composer.render import Draft, Email, MergeField
    from composer.settings import Newsletter

_GROWTH = 1.3
"""No more than this does finishing add to an email; over the samples it is 1.2."""


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


def check(home: Home, number: int, newsletter: Newsletter) -> tuple[Finding, ...]:
    """Every mistake of an issue: in its files, its merging, its words, its pictures, its templates and its audience."""
    return _Typesetter(home, newsletter, number).check()


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

    def check(self) -> tuple[Finding, ...]:
        """All findings. The email of somebody who may see everything holds all that any variant holds.

        Nothing is finished unless its size is in question: that is a fifth of the time of a check.
        """
        edition = self._composition.edition
        whole = self._draft(edition) if edition else None
        if edition and whole and self._size_kb(whole.email) * _GROWTH > self._newsletter.limits.html_warn_kb:
            if edition.restricted_to:
                self._emails(edition)
            else:
                self._weigh({EVERYONE: self._finish(whole)})
        return tuple(sorted(self._findings))

    def typeset(self) -> Galley:
        """The galley."""
        edition = self._composition.edition
        emails = self._emails(edition) if edition else {}
        if edition is None or has_errors(self._findings):
            raise FindingsError(self._findings)
        return Galley(self._number, edition, self._audience, emails, tuple(sorted(self._findings)))

    def _emails(self, edition: Edition) -> dict[str, Email]:
        """The email of every variant: what somebody on the lists sees, or a member of a segment named in the issue."""
        members = set(self._audience.memberships)
        members |= {frozenset({segment}) for segment in edition.restricted_to}
        drafts = {variant.name: self._draft(variant.edition) for variant in variants(edition, members)}
        emails = {name: self._finish(drafted) for name, drafted in drafts.items() if drafted}
        self._weigh(emails)
        return emails

    def _draft(self, edition: Edition) -> Draft | None:
        """The draft of an edition; what is wrong with it becomes findings."""
        try:
            drafted = draft(edition, self._newsletter, self._home.templates, self._home.picture)
        except FindingsError as error:
            self._findings.update(error.findings)
            return None
        self._findings.update(drafted.findings)
        self._findings.update(self._unfilled(drafted.email.fields))
        return None if has_errors(drafted.findings) else drafted

    def _finish(self, drafted: Draft) -> Email:
        """The finished email, or as it was drafted where that is not possible, which is a finding."""
        try:
            return finish(drafted)
        except FindingsError as error:
            self._findings.update(error.findings)
            return drafted.email

    def _weigh(self, emails: Mapping[str, Email]) -> None:
        """Whether the largest is too large."""
        limits = self._newsletter.limits
        size_kb, name = max(((self._size_kb(email), name) for name, email in emails.items()), default=(0, ""))
        if size_kb > limits.html_warn_kb:
            too_large = size_kb > limits.html_kb
            level, limit = (Level.ERROR, limits.html_kb) if too_large else (Level.WARNING, limits.html_warn_kb)
            message = f"the email for {name} has {size_kb:.0f} KB, more than {limit} KB"
            hint = "Gmail cuts an email at 102 KB; shorten items, or drop some reminders"
            self._findings.add(Finding(self._composition.issue.places.at("updates"), level, "size", message, hint))

    @staticmethod
    def _size_kb(email: Email) -> float:
        """The HTML as it travels (quoted-printable, RFC 2045 §6.7), which is never smaller than as it is read.

        Gmail hides what is past 102 KB, the link to leave included, and nobody knows which of the two it counts.
        """
        return len(b2a_qp(email.html.encode())) / 1024

    def _unfilled(self, fields: Iterable[MergeField]) -> Iterator[Finding]:
        """Merge fields that no list has a column for, and those without a fallback that somebody has nothing for."""
        columns, people = self._audience.columns, len(self._audience.recipients)
        for field in fields:
            name = field.name.casefold()
            if not name or name in BUILT_IN or not columns:
                continue
            if name not in columns:
                level = Level.WARNING if field.fallback else Level.ERROR
                message = f"no list has a column {field.name!r}"
                message += ", so everybody reads the fallback" if field.fallback else ", and there is no fallback"
                yield Finding(self._place_of(field), level, "merge-field", message, did_you_mean(field.name, columns))
            elif not field.fallback and (lacking := people - self._audience.recipients.filled[name]):
                message = f"nothing would stand here for {lacking} of {people} people"
                hint = f"their {field.name} is empty; write a fallback: [[{field.name}|…]]"
                yield Finding(self._place_of(field), Level.WARNING, "merge-field", message, hint)

    def _place_of(self, field: MergeField) -> Place:
        """Where the field is written first: in the issue, a standing text, or an issue that is carried forward."""
        composition = self._composition
        ending = r"\|" if field.fallback else r"(\| *)?\]\]"
        written = re.compile(rf"\[\[ *{re.escape(field.name)} *{ending}", re.IGNORECASE)
        files = [composition.issue.places, composition.standing.blocks_at, composition.standing.networks_at]
        for places in (*files, *(loaded.places for loaded in composition.earlier)):
            text = places.raw.decode("utf-8-sig", "replace")
            found = written.search(text)
            if found:
                before = text[: found.start()]
                return Place(places.path, before.count("\n") + 1, len(before) - before.rfind("\n"))
        return composition.issue.places.at()


def _words(composition: Composition) -> Iterator[Finding]:
    """What is wrong with author text, in this issue, the standing files and what is carried forward."""
    contacts = {contact.id: contact for contact in composition.standing.contacts}
    yield from prose_findings(composition.issue, contacts)
    yield from standing_findings(composition.standing)
    if composition.edition:
        yield from reminder_findings(composition.edition)
