"""What pydantic found wrong → findings with a place, in sentences for an editor."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from composer.errors import Finding, Level, did_you_mean
from composer.source.losses import QUOTE
from composer.source.model import fields_at
from composer.source.text import named, quoted

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pydantic_core import ErrorDetails, ValidationError

    from composer.source.places import Places
    from composer.source.tree import Loc

_EMPTY = ("empty", "{name} is empty", "write its value, or remove the line")
_NUMBER = ("number", "{name} must be a whole number, not {value}", "write digits only, such as 12")
_LIST = ("list", "{name} must be a list", "{how_to_list}")
_PARTS = ("parts", "{name} must be made of named values", "{how_to_name}")

_SENTENCES = {
    "string_type": ("text", "{name} must be text, but is read as {shape}", QUOTE),
    "string_unicode": ("text", "{name} holds bytes that are not UTF-8", "type it again"),
    "string_too_short": _EMPTY,
    "int_type": _NUMBER,
    "int_parsing": _NUMBER,
    "int_parsing_size": _NUMBER,
    "int_from_float": _NUMBER,
    "greater_than_equal": ("number", "{name} must be at least {ge}, not {value}", ""),
    "less_than_equal": ("number", "{name} must be at most {le}, not {value}", ""),
    "literal_error": ("choice", "{name} cannot be {value}", "{choices}"),
    "too_short": ("empty", "{name} needs at least one entry", "write one, or remove the line"),
    "too_long": ("too-many", "{name} has more than {max_length} entries", "remove some"),
    "list_type": _LIST,
    "tuple_type": _LIST,
    "model_type": _PARTS,
    "model_attributes_type": _PARTS,
    "dict_type": _PARTS,
    "missing": ("missing", "{key} is missing", "add {key}: …"),
    "extra_forbidden": ("unknown", "{key} is not known here", "{known}"),
}
"""Code, message and hint for each kind of error that our models can meet; our own errors bring their sentence along."""


def findings_of(error: ValidationError, kind: object, places: Places) -> tuple[Finding, ...]:
    """Every mistake of a validation, one finding for each place: the branches of a union speak with one voice.

    What only follows from another mistake is left out: a missing key whose misspelling stands beside it, a list that
    is "too short" because pydantic counts only its valid entries, and whatever concerns a value refused before.
    """
    chosen: dict[Loc, ErrorDetails] = {}
    for details in error.errors(include_url=False):
        site = _site(details, places)
        if site not in chosen or len(_real(details, places)) > len(_real(chosen[site], places)):
            chosen[site] = details
    meant = {_meant(details, kind, places) for details in chosen.values()}
    return tuple(
        _finding(details, kind, places)
        for details in chosen.values()
        if not _is_refused(details, places)
        and not (details["type"] == "missing" and details["loc"] in meant)
        and not (details["type"] == "too_short" and details["input"])
    )


def in_words(details: ErrorDetails, loc: Loc, kind: object) -> tuple[str, str, str]:
    """Code, message and hint for what is wrong with the value at `loc` of a `kind`."""
    words = _words(details, loc, kind)
    code, message, hint = _sentence(details)
    message, hint = (re.sub(r"\{(\w+)\}", lambda at: words.get(at[1], at[0]), text) for text in (message, hint))
    return code, message, hint


def _finding(details: ErrorDetails, kind: object, places: Places) -> Finding:
    real = _real(details, places)
    at_key = details["type"] == "extra_forbidden" or details["loc"][-1:] == ("[key]",)
    place = places.key(*real) if at_key else places.at(*real)
    return Finding(place, Level.ERROR, *in_words(details, real, kind))


def _sentence(details: ErrorDetails) -> tuple[str, str, str]:
    if details["input"] is None and details["type"] not in {"missing", "extra_forbidden"}:
        return _EMPTY
    own = details["type"].replace("_", "-"), details["msg"], str(details.get("ctx", {}).get("hint", ""))
    return _SENTENCES.get(details["type"], own)


def _words(details: ErrorDetails, real: Loc, kind: object) -> dict[str, str]:
    """What the sentences may speak of."""
    given, bounds = details["input"], details.get("ctx", {})
    key = str(details["loc"][-1]) if details["loc"] else ""
    own_fields = list(fields_at(kind, real))[:3]
    return {
        "name": _name(real),
        "value": quoted(str(given)),
        "shape": "a list, because of its [ or -" if isinstance(given, list) else "named values, because of its { or :",
        "key": named(key),
        "known": did_you_mean(key, fields_at(kind, real[:-1])),
        "choices": did_you_mean(str(given), re.findall(r"'([^']*)'", str(bounds.get("expected", "")))),
        "how_to_list": _how_to_list(given, list(fields_at(kind, (*real, 0)))),
        "how_to_name": f"write {', '.join(f'{field}: …' for field in own_fields)}"
        if own_fields
        else "write key: value",
        **{bound: str(bounds[bound]) for bound in ("ge", "le", "max_length") if bound in bounds},
    }


def _how_to_list(given: object, entry_fields: list[str]) -> str:
    if isinstance(given, str) and not entry_fields:
        return f"write [{named(given)}]"
    return f"start each of its entries with '- ', as in - {entry_fields[0]}: …" if entry_fields else "write [one, two]"


def _name(real: Loc) -> str:
    """How an editor would call the value: its key, or its number in a list."""
    key = named(next((part for part in reversed(real) if isinstance(part, str)), "the file"))
    return f"entry {real[-1] + 1} of {key}" if real and isinstance(real[-1], int) else key


def _meant(details: ErrorDetails, kind: object, places: Places) -> Loc | None:
    """Which key an unknown one was meant to be."""
    if details["type"] != "extra_forbidden":
        return None
    parent, key = details["loc"][:-1], str(details["loc"][-1])
    guess = re.match(r"did you mean '(.*)'", did_you_mean(key, fields_at(kind, places.found(parent))))
    return (*parent, guess[1]) if guess else None


def _concerned(details: ErrorDetails) -> Loc:
    """The loc of the value at fault: a missing key's parent, not `[key]` but the key."""
    loc = details["loc"]
    return loc[:-1] if details["type"] == "missing" or loc[-1:] == ("[key]",) else loc


def _real(details: ErrorDetails, places: Places) -> Loc:
    return places.found(_concerned(details))


def _site(details: ErrorDetails, places: Places) -> Loc:
    """What the mistakes of several branches of one union have in common; otherwise unique."""
    real: Loc = ()
    for part in _concerned(details):
        if (*real, part) not in places.tree.spots:
            return real
        real = (*real, part)
    return (*details["loc"], "", details["type"])


def _is_refused(details: ErrorDetails, places: Places) -> bool:
    real: Iterable[str | int] = _real(details, places)
    loc: Loc = ()
    return () in places.tree.refused or any((loc := (*loc, part)) in places.tree.refused for part in real)
