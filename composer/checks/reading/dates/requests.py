"""What readers are asked to do by a date: "apply by", "please reply before", "we'd love your ideas by"."""

from __future__ import annotations

import re

GLUE = (
    r"(?:[\s:,(\u2010-\u2015-]|\b(?:is|are|on|at|by|of|the|end|close|play|business|cop|cob|noon|midday|midnight|now|date"
    r"|day|this|next|strictly)\b|\d{1,2}(?:[.:]\d\d)?(?:\s?[ap]\.?m\b\.?)?)*+"
)
"""What may stand between a word that announces a date and the date: "deadline: noon on …".

It gives nothing back, so that a long row of numbers costs no more than its length.
"""

_DO = (
    r"(?:apply|register|respond|reply|submit|book|complete|nominate|sign up|rsvp|have your say|contribute|enter|express"
    r"|tell \w+|get in touch|contact|let (?:us|\w+) know|e-?mail|send|vote|pay|choose|confirm|upload|fill (?:in|out)"
    r"|renew|secure|subscribe|hand in|drop off|enrol|opt|donate|propose|notify|declare|collect)"
)
_CALL = (
    r"(?:add|answer|ask|bid|bring|buy|call|cast|check|claim|comment|download|get|give|join|make|message|order|phone|pick"
    r"|post|provide|put|read|request|reserve|return|review|ring|share|sign|speak|suggest|support|take|talk|text|update"
    r"|volunteer|write)"
)
"""Verbs that are nouns too, or say little by themselves: they ask for something at the beginning, or with its name."""
_NOUN = (
    r"(?:applications?|registrations?|responses?|replies|submissions?|bookings?|nominations?|contributions?|entries|bids"
    r"|tenders|expressions? of interest|comments?|feedback|views|answers|suggestions|proposals|orders|votes|returns"
    r"|abstracts?|papers|quotes)"
)
_BY = rf"\b(?:by|before|until|(?:no|not) later than)\b{GLUE}$"
_ASKS = re.compile(
    rf"(?:(?:^|[,;:.!?(\u2013\u2014]|\b(?:and|or|so|to)\b)\W*(?:(?:then|now|simply|just|also|either|do|kindly) )?"
    rf"(?:{_DO}|{_CALL}(?= (?:your|the|us|it|them|an?|any|all|this|these|online|back)\b))|^\W*(?:do )?{_CALL}\b"
    r"|\b(?:please|you (?:can|may|must|should|need to)|(?:want|like|wish|invite|ask|encourage|remind)\w* you to)"
    rf")\b(?:[^.!?;]|\.(?=\w)){{0,120}}{_BY}",
    re.IGNORECASE,
)
_ANSWERS = re.compile(
    rf"(?:(?:^|[;:.!?(\u2013\u2014])\W*(?:(?:your|all|any|further|final|written|online) )*{_NOUN}|\byour {_NOUN})"
    rf"\b(?:[^.!?;]|\.(?=\w)){{0,120}}\b(?:by|until|(?:no|not) later than)\b{GLUE}$",
    re.IGNORECASE,
)
_MUST = re.compile(
    r"\b(?:(?:must|should|needs? to|ha(?:s|ve) to) (?!have\b)|(?:is|are) (?:asked|invited|encouraged|reminded|required)"
    r" to )[a-z]+\b[^.!?;]{0,80}\b(?:by|(?:no|not) later than|(?:in|received|submitted|returned|made) before)\b"
    rf"{GLUE}$",
    re.IGNORECASE,
)
_WHO_APPLY = re.compile(
    r"\b(?:who|to|can|may|must|should) (?:apply|register|enrol|respond|reply|book|nominate|sign up)(?: online)?"
    rf"(?: (?:for|to) [^.,;!?]{{1,40}})? (?:by|before|up (?:to|until)|until){GLUE}$",
    re.IGNORECASE,
)
_WANTED = re.compile(
    r"\b(?:your|(?:is|are) (?:now |still |being )?(?:invited|wanted|welcome|needed|required|sought|requested|expected)"
    rf"|(?:would|[\u2019']d) (?:love|like|welcome|be grateful|appreciate))\b[^.!?;]{{0,80}}\bby\b{GLUE}$",
    re.IGNORECASE,
)
_NOT_WANTED = re.compile(
    r"\b(?:if|when|once|unless|whether|while|until)\b[^,]*$|\b(?:we|it|they|he|she|who)(?: will|[\u2019']ll| expect"
    r"| hope| plan| aim| intend)\b|\b(?:turn|turns|aged?|old|under|born|three|four|five|not|no|never)\b",
    re.IGNORECASE,
)
_OWN_PLAN = re.compile(r"\b(?:expects?|hopes?|plans?|aims?|intends?|promises?) to \w+[^.!?;]*$", re.IGNORECASE)
_EARLIER = re.compile(
    r"\b(?:journeys|trips|purchases|births|incidents|visits|absences|costs|payments|work|events|sales|years|service|born"
    rf"|deaths|treatment|bought|made|those|anything|anyone|people) (?:from )?before{GLUE}$",
    re.IGNORECASE,
)


def asks(before: str) -> bool:
    """Whether the words in front of a date ask for something by it, and do not set a bound to what counts."""
    if _EARLIER.search(before) or _OWN_PLAN.search(before):
        return False
    if any(cue.search(before) for cue in (_ASKS, _ANSWERS, _MUST, _WHO_APPLY)):
        return True
    return bool(_WANTED.search(before)) and not _NOT_WANTED.search(before)
