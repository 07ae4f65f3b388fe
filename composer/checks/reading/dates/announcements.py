"""Which date of a sentence is announced as one on which something will take place."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from composer.checks.reading.dates.promises import ANOTHER_DAY, EVENT, is_on, will_be
from composer.checks.reading.dates.requests import GLUE
from composer.checks.reading.dates.tenses import looks_back, reports
from composer.prose import BlockKind

if TYPE_CHECKING:
    from composer.checks.reading.dates.dated import Dated
    from composer.issue import Item

_JOIN = re.compile(
    r"(?:\b(?:join (?:us|the)|(?:save|hold) the dates?|book (?:now|your|a)|register (?:now|for|to|your)|sign up"
    r"|come along|(?:don[\u2019']?t|do not) (?:miss|forget)|in your diary|see(?:ing)? you|upcoming|coming soon"
    r"|next up|why not|drop in (?:to|for|at|on)|pop in|look out for|find out (?:more )?at"
    r"|(?:is|are) (?:warmly |all )?invited to|places are (?:still )?(?:available|free|left)"
    r"|there (?:is|are) (?:still )?[\w ]{0,20}\b(?:places|seats|tickets|spaces|room)"
    r"|(?:is|are) (?:planned|scheduled|arranged|confirmed))\b"
    r"|^\W*(?:do )?(?:join|meet|come|attend|hear from)\b)[^.;!?]{0,90}$",
    re.IGNORECASE,
)
_JOIN_AFTER = re.compile(r"^[^.;!?]{0,60}\b(?:join us|(?:save|hold) the dates?|book (?:now|your place))", re.IGNORECASE)
_WE_WILL = re.compile(
    r"^,?\s+(?:(?!\b(?:that|what|which|who|how|when|whether|set|put|cut|let)\b)[^.;!?,]){1,50}?\b(?:will|shall)\b",
    re.IGNORECASE,
)
_FREE = re.compile(r"^\s+(?:free|clear)\b", re.IGNORECASE)
_TAKES_PLACE = re.compile(
    r"\b(?:takes? place(?: (?:at|in) [^.;!?]{1,60} on)?|taking place|is (?:being )?held|to be held|happening|coming up"
    rf"|starts?|begins?|falls|opens|launches|kicks off|next (?:[^.;!?]{{1,40}} (?:is|are)|meets|(?:\w+ )?{EVENT},? on)"
    r"|(?:is|are)(?: (?:all|both|now|again|back|here))? on"
    rf"|{EVENT}\b[^.;!?]{{0,40}} is|{EVENT}s? runs?|there is an? {EVENT})\b{GLUE}$",
    re.IGNORECASE,
)
_NO_EVENT = re.compile(r"\b(?:whose|birthdays?|anniversary|emphasis|focus|onus|year for)\b", re.IGNORECASE)
_TOLD_OF = re.compile(
    r"\b(?:who (?:\w+ed|was|were|had)|(?:news|winners|recordings?|accounts?|reports?|results?|minutes|notes|photos)"
    r" of)\b",
    re.IGNORECASE,
)
_BOUND = re.compile(rf"\b(?:from|since|after|as of|until|till|by|before|between|of|dated){GLUE}$", re.IGNORECASE)
_TO_REGISTER = re.compile(
    r"\b(?:please (?:register|book)|register (?:here|now|for|using|via|at|your)|to (?:register|book)|book (?:here|now"
    r"|your|a place|via)|join us|sign up)\b",
    re.IGNORECASE,
)
_STAMPED = re.compile(
    r"\b(?:updated|published|posted|received|created|added|amended|modified|sent|printed|issued|reviewed)\b"
    r"[^.;!?]{0,25}$",
    re.IGNORECASE,
)
_BESIDE = 14
"""So many characters may stand beside a date in a line that is a date."""


def is_announced(date: Dated) -> bool:
    """Whether the words around this date invite to it, or promise something for it."""
    before, after = date.before, date.after
    if date.passage.kind is BlockKind.QUOTE or looks_back(f"{before} {after}"):
        return False
    if will_be(before):
        return True
    joins = _JOIN.search(before) and not _BOUND.search(before) and not _TOLD_OF.search(before)
    promises = before.strip().lower() in {"", "on"} and _WE_WILL.search(after)
    invites = _JOIN_AFTER.search(after) and not ANOTHER_DAY.search(before)
    takes_place = _TAKES_PLACE.search(before) and not _NO_EVENT.search(before)
    if takes_place or joins or promises or invites or is_on(before) or _is_kept_free(before, after):
        return not reports(f"{before} {after}")
    return _is_line_of_a_diary(date)


def _is_kept_free(before: str, after: str) -> bool:
    return bool(re.search(r"\bkeep\W*$", before, re.IGNORECASE) and _FREE.search(after))


def _is_line_of_a_diary(date: Dated) -> bool:
    """A day with its time, "Finance: 4pm 6 February", or alone above a text that tells how to register."""
    before, after = date.before, date.after
    if _STAMPED.search(before):
        return False
    if date.mention.is_timed:
        return not reports(f"{before} {after}") and not _BOUND.search(before)
    item = date.passage.entry.item if date.passage.entry else None
    is_alone = len(before.strip()) + len(after.strip()) < _BESIDE
    return bool(item and is_alone and _TO_REGISTER.search(item.body or "") and not took_place(item))


def took_place(item: Item) -> bool:
    """Whether the item tells of something that has been: it names slides, thanks, or says that it was held."""
    words = [item.title, item.body or "", *(link.text for link in item.links)]
    words += [item.publication.line or "", item.publication.title or ""] if item.publication else []
    return looks_back("\n".join(words))
