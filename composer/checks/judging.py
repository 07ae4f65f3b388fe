"""All rules over one sheet → findings, at the levels that the newsletter gives them, without what is allowed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from composer.checks.allowances import CODE as ALLOW
from composer.checks.allowances import without_allowed
from composer.checks.rule import rules
from composer.errors import Finding, Level, did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from composer.checks.rule import Remark, Rule
    from composer.checks.sheet import Sheet
    from composer.source import Places

SETTING = "check-level"


def judge(sheet: Sheet, found: Iterable[Finding]) -> tuple[Finding, ...]:
    """What is wrong with an issue: what was `found` on the way to its sheet, and what the rules say.

    An error that was found on the way cannot be allowed: with it there is no email.
    """
    forced = frozenset(finding for finding in found if finding.level is Level.ERROR)
    ruled = {finding for rule in rules() for finding in _findings(rule, sheet)}
    everything = {*found, *ruled, *_unknown_levels(sheet)}
    codes = {rule.code for rule in rules()} | {finding.code for finding in everything if finding.code != ALLOW}
    silent = frozenset(rule.code for rule in rules() if _is_silent(rule, sheet))
    return tuple(sorted(set(without_allowed(everything, _files(sheet), codes, forced, silent))))


def _findings(rule: Rule, sheet: Sheet) -> Iterator[Finding]:
    wanted = sheet.newsletter.checks.levels.get(rule.code)
    for remark in () if _is_silent(rule, sheet) else rule.check(sheet):
        yield remark.finding(rule.code, _level(rule, remark, wanted))


def _is_silent(rule: Rule, sheet: Sheet) -> bool:
    """Whether it is switched off, or not told what it would have to know."""
    lacks_web = rule.needs_web and sheet.web is None
    lacks_ledger = rule.needs_ledger and not sheet.last_mailings
    return lacks_web or lacks_ledger or sheet.newsletter.checks.levels.get(rule.code) == "off"


def _level(rule: Rule, remark: Remark, wanted: str | None) -> Level:
    return Level(wanted) if wanted else remark.level or rule.level


def _unknown_levels(sheet: Sheet) -> Iterator[Finding]:
    known = {rule.code for rule in rules()}
    for code in sheet.newsletter.checks.levels.keys() - known:
        place = sheet.settings_at.key("checks", "levels", code)
        yield Finding(place, Level.ERROR, SETTING, f"there is no rule {code!r}", did_you_mean(code, known))


def _files(sheet: Sheet) -> Iterator[Places]:
    """The files in which a comment can allow something."""
    composition = sheet.composition
    yield composition.issue.places
    yield from (loaded.places for loaded in composition.earlier)
    standing = composition.standing
    yield from (standing.contacts_at, standing.networks_at, standing.blocks_at)
    yield from (sheet.settings_at, sheet.audience.segments_at)
