"""Guards against the wrong mailing: what has to be so before one may leave, and what was said to overrule it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from composer.cli.clock import utc_now
from composer.dates import long_date
from composer.errors import ComposerError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from composer.cli.mailing import Mailing
    from composer.ledger import Annals

_GOES_STALE = "what it says of dates and deadlines may be wrong by now"


class RefusedError(ComposerError):
    """A guard objects; nothing was sent."""


def objections(mailing: Mailing, at: datetime | None) -> list[str]:
    """Everything that stands against the mailing, in the order in which it is best dealt with."""
    if mailing.options.as_planned:
        return list(_stale(mailing, at))
    with mailing.open_annals() as annals:
        return [
            *_stale(mailing, at),
            *_difference(mailing, annals),
            *_proof(mailing, annals),
            *_approval(mailing, annals),
        ]


def enforce(found: Sequence[str]) -> None:
    """Raise `RefusedError` with all objections, if there are any."""
    if found:
        raise RefusedError("nothing was sent: " + "; ".join(found))


def overruled(mailing: Mailing, at: datetime | None) -> list[str]:
    """What was said on the command line against a guard, for the audit log."""
    options, said = mailing.options, []
    if options.stale_ok and _days_late(mailing, at) > mailing.desk.settings.guards.stale_days:
        said.append("--stale-ok")
    if options.expect is not None:
        said.append(f"--expect {options.expect}")
    if options.no_canary:
        said.append("--no-canary")
    said += [
        flag for flag, is_set in (("--as-listed", options.as_listed), ("--as-planned", options.as_planned)) if is_set
    ]
    return said


def _stale(mailing: Mailing, at: datetime | None) -> Iterator[str]:
    late = _days_late(mailing, at)
    if late > mailing.desk.settings.guards.stale_days and not mailing.options.stale_ok:
        day = long_date(mailing.date)
        why = f"issue {mailing.number} is dated {day}, {late} days before it would go out, and {_GOES_STALE}"
        yield f"{why}. Give it a new date, or say --stale-ok"


def _days_late(mailing: Mailing, at: datetime | None) -> int:
    now = utc_now()
    goes_out = max(at or now, now).astimezone(mailing.zone).date()
    return (goes_out - mailing.date).days


def _difference(mailing: Mailing, annals: Annals | None) -> Iterator[str]:
    """The number of people is as expected: as was said, or near enough to that of the last mailing."""
    now, expected = mailing.hashed_audience.people, mailing.options.expect
    if expected is not None:
        if expected != now:
            yield f"it would go to {now} people and not to {expected}. Look at the lists"
        return
    if annals is None or _was_let_go(mailing, annals):
        return
    last = annals.last_sending(mailing.segment or "", other_than=mailing.number)
    if last is None or not last.people:
        return
    percent = abs(now - last.people) * 100 / last.people
    if percent > mailing.desk.settings.guards.difference_percent:
        whom = f" of {mailing.segment}" if mailing.segment else ""
        how = "more" if now > last.people else "fewer"
        yield (
            f"it would go to {now} people{whom}, {percent:.0f} % {how} than issue {last.number} ({last.people}). "
            f"Look at the lists; if that is right, say --expect {now}"
        )


def _was_let_go(mailing: Mailing, annals: Annals) -> bool:
    """Whether an earlier run has planned exactly this for exactly these people: then it passed this guard."""
    planned = annals.sending(mailing.number, mailing.segment or "")
    return planned is not None and planned.audience_hash == mailing.hashed_audience.hexdigest()


def _proof(mailing: Mailing, annals: Annals | None) -> Iterator[str]:
    if not mailing.desk.settings.guards.proof:
        return
    if annals is None or not annals.was_proved(mailing.number, mailing.printing.content_hash):
        yield (
            "no proof of exactly this content has been sent. Send one and look at it: "
            f"composer send {mailing.number} --proof ADDRESS"
        )


def _approval(mailing: Mailing, annals: Annals | None) -> Iterator[str]:
    """Whether what was approved is what would go out, to whom it would go."""
    if not mailing.desk.settings.guards.approval:
        return
    said = f"composer approve {mailing.number}" + (f" --segment {mailing.segment}" if mailing.segment else "")
    given = annals.approval(mailing.number, mailing.segment or "") if annals else None
    if given is None:
        yield f"nobody has approved it. Somebody who may has to look and say: {said}"
        return
    changed = [
        what
        for what, then, now in (
            ("content", given.content_hash, mailing.printing.content_hash),
            ("audience", given.audience_hash, mailing.hashed_audience.hexdigest()),
        )
        if then != now
    ]
    if changed:
        when = f"{given.at.astimezone(mailing.zone):%d %b %H:%M}"
        yield (
            f"its {' and '.join(changed)} changed after {given.person} approved it ({when}), which ended the approval. "
            f"Look again and say: {said}"
        )
