"""The words of links: those that say nothing of where they lead, and better ones from the sentence around them."""

from __future__ import annotations

import re

from composer.checks.reading.words.wording import sentence_at

_NAMING_NOTHING = frozenset(
    """
    a about above accessed address an and at attached attachment available be below by can clicking click
    continue detail details discover document download downloaded file find follow following for found from full
    further get go here in info information is it just know learn link links look more now of on online open out over
    page pdf please read reading see site tap that the them there this to url use using version via
    view viewed visit watch web webpage website
    """.split()  # noqa: SIM905 - words read best as words
)
"""A text of nothing but these says nothing: "here", "click on this link", "read more", "for further information"."""
_SIZE = re.compile(r"\d+(?:\.\d+)?|pages?|pp?|[kmg]b", re.IGNORECASE)
_WORD = re.compile(r"[^\W_]+(?:['\u2019.-][^\W_]+)*")
_AROUND = " \t\u00a0.,;:!?…()[]<>\"'“”\u2018\u2019«»→←\u203a\u2039*_-\u2013—"
_IS_ADDRESS = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
_BARE = re.compile(r"^(?:https?://)?(?:www\.)?", re.IGNORECASE)
_EASY = re.compile(r"[a-z.-]+(?:/[a-z-]*)?", re.IGNORECASE)
_EASILY_READ = 30

_IS = r"(?:is|are|can\ (?:now\ )?be|was|were|have\ been|has\ been)"
_STATED = re.compile(
    rf"""\s+ {_IS} (?:\s+ (?:now|also|all|online|published|available|found|read|viewed|accessed|downloaded|seen|watched
    |at|on|via|from|and))* \s* $""",
    re.VERBOSE | re.IGNORECASE,
)
_BIDDING = re.compile(
    r"\b(?:read|see|view|watch|download|register|book|apply|sign up|find|complete|access|listen)\b.*", re.IGNORECASE
)
_PURPOSE = re.compile(r"\s*(?:to|for) ([^.,;:!?()]+)", re.IGNORECASE)
_JOINED = re.compile(r"^(?:and|but|or|while|so|also|then)\s+", re.IGNORECASE)
_FEW_WORDS = 9


def is_vague(words: str) -> bool:
    """Whether a link's text, read by itself, says nothing of where it leads; "Full report" and "Robin" do."""
    said = _WORD.findall(words.lower())
    if "pdf" in said:
        said = [word for word in said if not _SIZE.fullmatch(word)]
    return _NAMING_NOTHING.issuperset(said) if words.strip() else False


def is_long_address(words: str) -> bool:
    """Whether a link's text is an address that nobody can read out or remember, as `example.org/join` can be."""
    bare = words.strip(_AROUND)
    if not _IS_ADDRESS.fullmatch(bare):
        return False
    told = _BARE.sub("", bare).rstrip("/")
    return len(told) > _EASILY_READ or not _EASY.fullmatch(told)


def better(text: str, start: int, end: int) -> str:
    """Words of the same sentence that could be the link instead of those from `start` to `end`; "" where none offer."""
    first, last = sentence_at(text, start)
    before, after = text[first:start].strip(" \t\u00a0(:\u2013—-"), text[end:last]
    purpose = _PURPOSE.match(after)
    stated = _STATED.search(before)
    bidding = _BIDDING.search(before)
    if stated:
        found = before[: stated.start()]
    elif purpose:
        found = purpose[1]
        found = found[:1].upper() + found[1:] if not before else found
    else:
        found = bidding[0] if bidding else ""
    found = _JOINED.sub("", found.rpartition(", ")[2].strip(_AROUND))
    return found if 1 < len(found.split()) <= _FEW_WORDS else ""
