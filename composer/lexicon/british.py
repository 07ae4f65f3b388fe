"""American spellings and the British ones: "organization" → "organisation"."""

from __future__ import annotations

import re
from functools import cache

from composer.lexicon.dictionary import is_known
from composer.lexicon.misspellings import read_list

_IZE = re.compile(r"(?<=[a-z]{2})(i|y)z(?=(?:e[ds]?|ers?|ing|ations?|ational)$)")
_MORE = {
    "airplane": "aeroplane",
    "counseled": "counselled",
    "counseling": "counselling",
    "counselor": "counsellor",
    "counselors": "counsellors",
    "enroll": "enrol",
    "enrollment": "enrolment",
    "fulfill": "fulfil",
    "fulfillment": "fulfilment",
    "labeled": "labelled",
    "maneuver": "manoeuvre",
    "modeled": "modelled",
    "modeling": "modelling",
    "pediatric": "paediatric",
    "pediatrician": "paediatrician",
    "pediatricians": "paediatricians",
    "skeptical": "sceptical",
    "skillful": "skilful",
    "traveled": "travelled",
    "traveler": "traveller",
    "travelers": "travellers",
    "traveling": "travelling",
}
_BOTH = frozenset({"artifact", "artifacts", "acknowledgment", "acknowledgments", "judgment", "percent"})
"""Right on both sides of the ocean, or near enough."""


def british(word: str) -> str:
    """The British spelling of an American word, in small letters; empty where it is right as it is.

    What is a word here too, if another one ("license", "story"), is right.
    """
    if word in _BOTH or is_known(word):
        return ""
    if word in _table():
        return _table()[word]
    respelt = _IZE.sub(r"\1s", word)
    return respelt if respelt != word and is_known(respelt) else ""


@cache
def _table() -> dict[str, str]:
    lines = read_list("dictionary_en-GB_to_en-US.txt").splitlines()
    pairs = (line.partition("->")[::2] for line in lines)
    return _MORE | {american.strip(" ,"): ours for ours, american in pairs}
