"""The lines of a letter that are no sentences: "Dear colleague,", "Best wishes,", and the signature below."""

from __future__ import annotations

import re

from composer.checks.people import NAME, is_person
from composer.checks.wording import sentences

_SALUTATION = re.compile(
    r"(?:dear|hello|hi|hey|hiya|welcome|good (?:morning|afternoon|evening|day)|to (?:all|whom))\b[^.!?:;]{0,50},",
    re.IGNORECASE,
)
_CLOSING = re.compile(
    r"""(?:with\ )?
    (?: (?:all\ |my\ |our\ |very\ |the\ )*
        (?:best|kind(?:est)?|warm(?:est)?|good|fond(?:est)?)\ (?:and\ \w+\ )?(?:wishes|regards|luck)
      | (?:best|regards|cheers|cordially|sincerely|respectfully|blessings)
      | yours(?:\ (?:sincerely|faithfully|truly|ever|in\ [\w ]{3,20}))?
      | (?:many\ |with\ |our\ )*(?:thanks|thank\ you|gratitude)(?:\ (?:again|and|in|for|so|very|to|as)\b[^.!?:;]{0,50})?
      | (?:in|with)\ (?:love|friendship|peace|solidarity|hope|faith|prayer)
      | (?:enjoy|have|happy|merry|see\ you|until|till|take\ care|stay|keep|wishing|looking\ forward)\b[^.!?:;]{0,50}
    ),""",
    re.IGNORECASE | re.VERBOSE,
)
_BEHIND_CLOSING = re.compile(r"[^.!?:;]{0,120}")
_LONGEST = 8
"""A greeting has so many words at most."""


def is_greeting(text: str) -> bool:
    """Whether a paragraph is nothing but a salutation or a closing, which ends in a comma."""
    text = text.strip()
    return len(text.split()) <= _LONGEST and bool(_SALUTATION.fullmatch(text) or _CLOSING.fullmatch(text))


def is_closing(text: str) -> bool:
    """Whether a paragraph, or its last sentence, is what stands above a signature."""
    last = _last(text)
    return len(last.split()) <= _LONGEST and bool(_CLOSING.fullmatch(last))


def is_signed(text: str) -> bool:
    """Whether a text ends in a signature: a closing and a name, or a person's name behind the last sentence."""
    last = _last(text)
    closed = _CLOSING.match(last)
    if closed and _BEHIND_CLOSING.fullmatch(last, closed.end()):
        return True
    name, comma, _ = last.partition(",")
    is_name = bool(NAME.fullmatch(name)) and is_person(name)
    return is_name and (bool(comma) or last != text.strip())


def _last(text: str) -> str:
    """The last sentence."""
    text = text.strip()
    *_, (start, end) = [(0, len(text)), *sentences(text)]
    return text[start:end]
