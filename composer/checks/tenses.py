"""Whether a sentence reports something or announces it: what words can tell, with no grammar behind them."""

from __future__ import annotations

import re

_ENDS = re.compile(r"(?<!\.m)[.!?][\"\u201d\u2019)]*\s+(?=[\"\u201c\u2018(]?[A-Z])")
_NOT_PAST = (
    "advanced|affected|attached|based|blended|bed|completed|dedicated|detailed|enclosed|embed|experienced|exceed|feed"
    "|funded|hundred|indeed|interested|limited|linked|mixed|named|need|needed|proceed|proposed|qualified|recommended"
    "|registered|related|requested|required|revised|sacred|seed|shed|signed|speed|succeed|updated"
)
_PAST = re.compile(
    r"(?<!\bbe )(?<!\bis )(?<!\bare )(?<!\bbeing )(?<!\bto )(?<!\bget )\b(?:was|were|had|did|went|met|took|held|ran"
    r"|gave|saw|heard|spoke|came|began|made|sent|wrote|told|said|found|led|won|brought|became|sat|stood|taught|showed|drew"
    rf"|fell|grew|rose|(?!(?:{_NOT_PAST})\b)[a-z]{{2,}}ed)\b",
    re.IGNORECASE,
)
_TOOK_PLACE = re.compile(
    r"\b(?:took place|(?:was|were) (?:held|joined|attended)|(?:has|have) (?:now )?taken place|slides|recordings?"
    r"|recorded|presentations?|watch (?:again|back)|catch up|thanks?(?: you)?|attended|heard|spoke|met|write-?up"
    r"|(?:notes?|minutes) (?:from|of)|summary of|photos|highlights|report from|(?:conference|event) report|missed"
    r"|reflections|looking back"
    r"|(?:event|conference|workshop|webinar|day|session|seminar|meeting) was)\b",
    re.IGNORECASE,
)


def sentence_at(text: str, start: int, end: int) -> tuple[int, int]:
    """Where the sentence begins and ends in which the characters from `start` to `end` stand."""
    first, last = 0, len(text)
    for stop in _ENDS.finditer(text):
        if stop.end() <= start:
            first = stop.end()
        elif stop.start() >= end:
            last = stop.start() + 1
            break
    return first, last


def reports(words: str) -> bool:
    """Whether there is a verb of the past: "was", "held", "launched"; not "will be held", "are invited"."""
    return bool(_PAST.search(words))


def looks_back(words: str) -> bool:
    """Whether they tell of something that has been: that it was held, or its slides, recording, minutes or thanks."""
    return bool(_TOOK_PLACE.search(words))
