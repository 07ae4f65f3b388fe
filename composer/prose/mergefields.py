"""Merge fields: `[[first_name|colleague]]`, and the tokens that stand for them until a message is filled.

A token is of letters and digits only, so that Markdown, MJML and premailer all carry it unharmed, in text and in link
targets. It describes itself: `mf`, the hexadecimal UTF-8 of `name|fallback`, `z`. As `m` and `z` are no hexadecimal
digits, a token can neither run into its neighbours nor arise between them.
"""

from __future__ import annotations

import re
from typing import NamedTuple

_FIELD = r"\[\[ *(?P<name>\w+) *(?:\|(?P<fallback>[^\[\]\n]*))?\]\]"
_TOKEN = r"mf(?:[0-9a-f]{2})+z"  # noqa: S105 - the other kind of token
_FIELD_OR_TOKEN = re.compile(f"{_FIELD}|{_TOKEN}")
_TOKENS = re.compile(_TOKEN)
_CONTENT = re.compile(r"(\w*)\|(.*)", re.DOTALL)


class MergeToken(NamedTuple):
    """A token, the casefolded name of its field, and the words for recipients who have no such field."""

    token: str
    name: str
    fallback: str


def tokenise(text: str) -> str:
    """The text with each merge field replaced by its token.

    Words of the text that look like a token become one without a name, whose fallback they are: so they print as they
    are, whatever the recipient's fields.
    """
    return _FIELD_OR_TOKEN.sub(_tokenised, text)


def merge_fields(*texts: str) -> tuple[MergeToken, ...]:
    """The distinct tokens in the texts, in the order of their first appearance."""
    found = dict.fromkeys(match[0] for text in texts for match in _TOKENS.finditer(text))
    return tuple(field for field in map(_described, found) if field)


def shown(text: str) -> str:
    """The text as a recipient without any fields reads it: for measuring and for counting."""
    return _TOKENS.sub(lambda match: _fallback(match[0]), text)


def sealed(printed: str, source: str) -> str:
    """What was printed from the tokenised `source`, with every look-alike that arose on the way made harmless.

    An author can spell a token with character references (`m&#102;…`); after parsing it would be mistaken for one.
    """
    genuine = {match[0] for match in _TOKENS.finditer(source)}
    return _TOKENS.sub(lambda match: match[0] if match[0] in genuine else _literal(match[0]), printed)


def _tokenised(match: re.Match[str]) -> str:
    if match["name"] is None:
        return _literal(match[0])
    return _token(match["name"].casefold(), (match["fallback"] or "").strip())


def _token(name: str, fallback: str) -> str:
    return f"mf{f'{name}|{fallback}'.encode('utf-8', 'replace').hex()}z"


def _literal(lookalike: str) -> str:
    return _token("", lookalike) if _described(lookalike) else lookalike


def _described(token: str) -> MergeToken | None:
    """What a token says of itself, or None where something only looks like a token."""
    try:
        content = _CONTENT.fullmatch(bytes.fromhex(token[2:-1]).decode("utf-8"))
    except UnicodeDecodeError:
        return None
    return MergeToken(token, content[1], content[2]) if content else None


def _fallback(token: str) -> str:
    field = _described(token)
    return field.fallback if field else token
