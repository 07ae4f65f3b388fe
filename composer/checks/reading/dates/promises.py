"""What is promised for a date: "will take place on", "is performing in Winford on", "opens its doors on"."""

from __future__ import annotations

import re

from composer.checks.reading.dates.requests import GLUE
from composer.checks.reading.dates.tenses import reports

EVENT = (
    r"(?:event|conference|workshop|webinar|seminar|launch|training|session|meeting|briefing|drop-?in|forum|agm|course"
    r"|lecture|masterclass|round ?table|summit|festival|fair|open (?:day|evening|morning))"
)
_WILL = re.compile(
    r"\bwill (?:also |now |then |again |next |all |both )?"
    r"(?!(?:the|an?|our|your|you|we|it|they|there|this|that|not|never|need|have|get|apply|change|affect|replace|follow"
    r"|remain|continue|examine|investigate|look|mark|remember|appeal|challenge|study|assess|inquire|analyse|reflect|build"
    r"|include|depend|rely|focus|receive|refund|forget|explain|regret|thank|honour)\b)"
    rf"[a-z]+\b(?P<what>[^.;!?]{{0,90}}?)\b(?:on|at|this|next|starting){GLUE}$",
    re.IGNORECASE,
)
_IS_DOING = re.compile(
    r"\b(?:is|are)(?: also| now| all| both)? (?!(?:consider|investigat|consult|look|review|examin|work|rely|build|ask"
    r"|call|read|appeal|mourn|search|seek|be|go|do|hav|study|bas|includ|follow|reflect|find|challeng|wait|mark)\w*ing)[a-z]+ing\b"
    rf"(?P<what>[^.;!?,]{{0,60}}?)\bon{GLUE}$",
    re.IGNORECASE,
)
_OPENS = re.compile(
    r"\b(?:opens|starts|begins|launches|returns|meets|hosts|presents|performs|plays|visits|comes|leaves"
    r"|sets off(?: from [^.;!?]{1,30}?)?|goes live|celebrates|(?:is|are) (?:in|at)|there (?:is|are)"
    rf"|(?:can|hear|meet|see|find) [^.;!?]{{0,40}}\bat (?:the|our|a) [\w ]{{0,20}}{EVENT})\b"
    rf"(?P<what>[^.;!?]{{0,60}}?)\bon{GLUE}$",
    re.IGNORECASE,
)
ANOTHER_DAY = re.compile(
    r"\b(?:after|following|since|about|from|because|before|no|not|never|who|which|that|over|regarding"
    r"|charged|tried|sentenced|prosecuted|(?:repeat|rerun|findings|outcomes?|results?|themes|feedback|impact) of"
    rf"|(?:of|on) (?:the|our|this|last) (?:\w+ )?{EVENT})\b",
    re.IGNORECASE,
)


def will_be(before: str) -> bool:
    """Whether something "will be" on the date: what is told in between ("the plan agreed on") is of another day."""
    found = _WILL.search(before)
    return found is not None and not reports(f"be{found['what']}") and not ANOTHER_DAY.search(found["what"])


def is_on(before: str) -> bool:
    """Whether something is on its way: "is performing in Winford on", "opens its doors on"."""
    return any(
        found and not ANOTHER_DAY.search(found["what"]) for found in (_IS_DOING.search(before), _OPENS.search(before))
    )
