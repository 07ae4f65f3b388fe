"""Which date of a sentence is the last day for something, and which is only named."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from composer.checks.tenses import reports
from composer.prose import BlockKind

if TYPE_CHECKING:
    from composer.checks.dated import Dated

GLUE = (
    r"(?:[\s:,(\u2010-\u2015-]|\b(?:is|are|on|at|by|of|the|end|close|play|business|cop|cob|noon|midday|midnight|now|date"
    r"|day|this|next|strictly)\b|\d{1,2}(?:[.:]\d\d)?(?:\s?[ap]\.?m\b\.?)?)*+"
)
"""What may stand between a word that announces a date and the date: "deadline: noon on …".

It gives nothing back, so that a long row of numbers costs no more than its length.
"""

_CLOSES = re.compile(
    r"\b(?:close|closes|closing(?: date)?|deadlines?|expires?|due(?: in)?(?! to)|ends|finishes|(?:final|end) date"
    r"|last (?:day|date|chance)|cut-?off(?: date)?)\b"
    rf"(?:\s+(?:for|to)\s+[\w\u2019'/&-]+(?: [\w\u2019'/&-]+){{0,5}}?)?{GLUE}$",
    re.IGNORECASE,
)
_ACT = re.compile(
    r"\b(?:apply|applications?|register|registrations?|respond|responses?|reply|replies|submit|submissions?|book"
    r"|bookings?|return|complete|nominate|nominations?|sign up|rsvp|have your say|contribute|contributions?|enter"
    r"|entries|bids|tenders|expressions? of interest|express an interest|comments?|feedback|views|tell us|get in touch"
    r"|contact|please|let (?:us|\w+) know|email|send)\b[^.!?;]{0,120}\b(?:by|before|until|(?:no|not) later than)\b"
    rf"{GLUE}$",
    re.IGNORECASE,
)
_MUST = re.compile(
    r"\b(?:must|should|needs? to) (?:be|reach|arrive|get)\b[^.!?;]{0,80}\b(?:by|(?:no|not) later than|(?:in|received"
    rf"|submitted|returned|made) before)\b{GLUE}$",
    re.IGNORECASE,
)
_OPEN = re.compile(
    r"(?:\b(?:open|available|on sale|runs?|running|live|extended|accepted|valid)\b[^.!?;]{0,60}?\b(?:until|till|to)\b"
    rf"|\b(?:have|has) (?:until|till)\b){GLUE}$",
    re.IGNORECASE,
)
_OPEN_FROM = re.compile(r"\b(?:open|available|runs?|running|live|accepted)\b[^.!?;]{0,40}$", re.IGNORECASE)
_GONE = re.compile(
    r"\b(?:was|were|had|has (?:now )?(?:passed|closed)|have (?:now )?(?:passed|closed)|passed|missed|moved|postponed"
    r"|changed|put back|pushed back|brought forward|originally|previous(?:ly)?|no longer|now closed|ran|ago"
    r"|extended from|despite|(?:have|has) yet to)\b",
    re.IGNORECASE,
)
_YEARLY = re.compile(r"\b(?:year|term|quarter|period|half)\b[^.!?;]{0,20}\b(?:ends|closes|finishes)\b", re.IGNORECASE)
_EXTENDED = re.compile(r"\bextended\b(?![^.!?;]*\b(?:until|till|to)\b\s*$)", re.IGNORECASE)


def is_deadline(date: Dated) -> bool:
    """Whether the sentence says, in the present, that something ends on this date."""
    before, sentence = date.before, f"{date.before} {date.after}"
    if date.passage.kind is BlockKind.QUOTE or _GONE.search(sentence) or _EXTENDED.search(sentence):
        return _is_extended_to(before)
    if _YEARLY.search(before):
        return False
    if _CLOSES.search(before) or (date.mention.is_range and _OPEN_FROM.search(before)):
        return not _is_reported(before)
    return any(cue.search(before) for cue in (_ACT, _MUST, _OPEN)) and not reports(sentence)


def _is_extended_to(before: str) -> bool:
    return bool(re.search(rf"\b(?:has|have) been extended (?:until|till|to){GLUE}$", before, re.IGNORECASE))


def _is_reported(before: str) -> bool:
    """Whether "due" depends on something past: "asked for answers due on 3 March"."""
    return bool(re.search(r"\bdue\b", before, re.IGNORECASE)) and reports(before)
