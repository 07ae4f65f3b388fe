"""Whether a sentence reports something or announces it: what words can tell, with no grammar behind them."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from functools import lru_cache

_ENDS = re.compile(r"(?<!\.m)[.!?][\"\u201d\u2019)]*\s+(?=[\"\u201c\u2018(]?[A-Z])")
_NOT_PAST = (
    "advanced|affected|attached|based|blended|bed|completed|dedicated|detailed|enclosed|embed|experienced|exceed|feed"
    "|funded|hundred|indeed|interested|limited|linked|mixed|named|need|needed|proceed|proposed|qualified|recommended"
    "|pleased|delighted|excited|thrilled|registered|related|requested|required|revised|sacred|seed|shed|signed|speed"
    "|succeed|updated"
)
_PAST = re.compile(
    r"(?<!\bbe )(?<!\bis )(?<!\bare )(?<!\bbeing )(?<!\bto )(?<!\bget )\b(?:was|were|had|did|went|met|took|held|ran"
    r"|gave|saw|heard|spoke|came|began|made|sent|wrote|told|said|found|led|won|brought|became|sat|stood|taught|showed|drew"
    r"|lost|kept|built|bought|caught|chose|fought|forgot|knew|rang|sold|spent|struck|thought|threw|broke"
    r"|(?:council|minister|court|judge|board|government|party|panel|trust|charity|department|union|mayor|ofsted|he|she|it"
    r"|who|having|has|have) (?:set|put|cut|let|hit|quit|shut|left)"
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
_BEFORE_NOW = re.compile(
    r"(?:^|[,(]\s*)following\b|\b(?:last(?! (?:day|date|chance|few|place|ticket|call|minute|remaining))"
    r"|previous(?:ly)?|earlier|ago|past"
    r"|since|so far)\b",
    re.IGNORECASE,
)
_OVER = re.compile(
    r"\b(?:(?:has|have) (?:now )?(?:passed|closed|gone|ended)|no longer|is over|originally|instead of|rather than)\b",
    re.IGNORECASE,
)
_OF = re.compile(
    r"\b(?:(?<!deadline )(?<!date )(?<!week )(?<!morning )(?<!evening )(?<!end )(?<!start )(?<!beginning )of"
    r"|dated|as at"
    r"|after (?:the|an?|his|her|its|their) [\w ]{0,30}\bon"
    r"|(?<!be )(?:taken|given|written|seen|done|drawn|shown|sworn|chosen|born) (?:[\w ]{0,20} )?on)\W*\Z",
    re.IGNORECASE,
)
_PLANNED = re.compile(
    r"\b(?:(?:mov|postpon|reschedul|chang|delay|extend|arrang|plann|schedul|book|confirm|reserv|announc|add|fix)e?d"
    r"|brought forward|put back|pushed back|due|(?:is|are|been) set)\b[^.;!?]{0,40}"
    r"\b(?:to|until|till|for|on|by)\b[^.;!?]{0,12}\Z",
    re.IGNORECASE,
)
_WAS = re.compile(r"\b(?:was|were|had)\b", re.IGNORECASE)
_INVITES = re.compile(
    r"\b(?:will|shall|\w+[\u2019']ll|join|please|book|register|apply|rsvp|sign up|save the date"
    r"|come (?:along|and|to)|(?:don[\u2019']t|do not) miss|invited|upcoming|next|coming up"
    r"|takes? place|taking place|closes|deadline|tickets)\b",
    re.IGNORECASE,
)
_ON = r"(?:[\s,(:]|\b(?:on|at|in|from|until|to|by|the|of|and|between|as|early|late)\b)*\Z"
_REPORTED = re.compile(
    r"\b(?:took place|held|met|ran|began|came|spoke|heard|sat|gave|saw|made|went|wrote|(?:was|were) [\w ]{0,30}"
    rf"|[a-z]{{2,}}ed)(?: [\w\u2019'-]+){{0,4}}?{_ON}",
    re.IGNORECASE,
)
_COUPLED = re.compile(r"\b(?:be|is|are|being) \w+,? (?:and|or) [a-z]+ed\b", re.IGNORECASE)


def sentence_at(text: str, start: int, end: int) -> tuple[int, int]:
    """Where the sentence begins and ends in which the characters from `start` to `end` stand."""
    begins, stops = _borders(text)
    before, behind = bisect_right(begins, start), bisect_left(stops, end)
    return begins[before - 1] if before else 0, stops[behind] + 1 if behind < len(stops) else len(text)


@lru_cache(maxsize=256)
def _borders(text: str) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Where sentences begin behind a stop, and where those stops stand; once a text, however many dates it has."""
    found = [(stop.end(), stop.start()) for stop in _ENDS.finditer(text)]
    return tuple(begin for begin, _ in found), tuple(stop for _, stop in found)


def reports(words: str) -> bool:
    """Whether there is a verb of the past: "was", "held", "launched"; not "will be held", "are invited"."""
    return bool(_PAST.search(_COUPLED.sub("", words)))


def looks_back(words: str) -> bool:
    """Whether they tell of something that has been: that it was held, or its slides, recording, minutes or thanks."""
    return bool(_TOOK_PLACE.search(words))


def recalls(before: str, after: str) -> bool:
    """Whether the sentence around a date plainly tells that it has been: "held on", "took place", "our last meeting".

    A verb of the past elsewhere says little where the sentence also invites ("join us for the day that you loved").
    """
    if _PLANNED.search(before) and not _WAS.search(before):
        return False
    sentence = f"{before} {after}"
    if _OVER.search(sentence):
        return True
    if not (reports(sentence) or looks_back(sentence) or _BEFORE_NOW.search(sentence) or _OF.search(before)):
        return False
    is_invitation = _INVITES.search(before) or _INVITES.search(after)
    return not is_invitation or bool(_REPORTED.search(before) and not _INVITES.search(before))
