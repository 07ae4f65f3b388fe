"""A number → everything an edition is made from, read from the newsletter's folder and merged."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from composer.edition.merging import merge
from composer.edition.shapes import Origin

if TYPE_CHECKING:
    from composer.edition.shapes import Edition
    from composer.errors import Finding
    from composer.home import Home, StandingFiles
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
    files: StandingFiles
    """The standing files, and whether they can say who is missing from them."""
    edition: Edition | None
    """None when the issue itself cannot be read."""
    findings: tuple[Finding, ...]
    """Of all files read."""

    @property
    def standing(self) -> Standing:
        """What the standing files say."""
        return self.files.value


def compose(home: Home, number: int, newsletter: Newsletter, *, segments: frozenset[str] | None = None) -> Composition:
    """Read issue `number` with all that belongs to it, and merge it.

    Raises `composer.errors.UsageError` when there is no such issue, and `ComposerError` when a file cannot be opened.
    """
    issue = home.issue(number)
    files = home.standing()
    findings = {*home.misnamed(), *issue.findings, *files.findings}
    if issue.value is None:
        return Composition(issue, (), files, None, tuple(sorted(findings)))
    earlier = home.window(issue.value, newsletter)
    findings.update(found for loaded in earlier for found in loaded.findings)
    edition, mistakes = merge(issue, earlier, files.value, newsletter, segments=segments)
    if edition.masthead.image and not edition.masthead_at:
        edition = replace(edition, masthead_at=Origin(home.newsletter_at(), ("masthead",)))
    findings.update(filter(files.can_tell, mistakes))
    return Composition(issue, earlier, files, edition, tuple(sorted(findings)))
