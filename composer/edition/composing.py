"""A number → everything an edition is made from, read from the newsletter's folder and merged."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from composer.edition.merging import merge
from composer.edition.shapes import Origin

if TYPE_CHECKING:
    from composer.edition.shapes import Edition
    from composer.errors import Finding
    from composer.home import Home
    from composer.issue import Issue
    from composer.settings import Newsletter
    from composer.source import Loaded
    from composer.standing import Standing


@dataclass(frozen=True, slots=True)
class Composition:
    """One issue, what it was merged with, the edition, and everything found wrong on the way."""

    issue: Loaded[Issue]
    earlier: tuple[Loaded[Issue], ...]
    """The issues of the window, newest first."""
    standing: Standing
    edition: Edition | None
    """None when the issue itself cannot be read."""
    findings: tuple[Finding, ...]
    """Of all files read."""
    knows_contacts: bool
    """Whether contacts.yaml could be read; otherwise nothing can be said about who is missing from it."""


def compose(home: Home, number: int, newsletter: Newsletter, *, segments: frozenset[str] | None = None) -> Composition:
    """Read issue `number` with all that belongs to it, and merge it.

    Raises `composer.errors.UsageError` when there is no such issue, and `ComposerError` when a file cannot be opened.
    """
    issue = home.issue(number)
    standing = home.standing()
    findings = {*home.misnamed(), *issue.findings, *standing.findings}
    if issue.value is None:
        return Composition(issue, (), standing.value, None, tuple(sorted(findings)), standing.knows_contacts)
    earlier = home.window(issue.value, newsletter)
    findings.update(found for loaded in earlier for found in loaded.findings)
    edition, mistakes = merge(issue, earlier, standing.value, newsletter, segments=segments)
    if edition.masthead.image and not edition.masthead_at:
        edition = replace(edition, masthead_at=Origin(home.newsletter().places, ("masthead",)))
    findings.update(found for found in mistakes if found.code != "contact" or standing.knows_contacts)
    return Composition(issue, earlier, standing.value, edition, tuple(sorted(findings)), standing.knows_contacts)
