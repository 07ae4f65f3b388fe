"""What pydantic found wrong → findings with a place, in sentences for an editor."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from composer.errors import Finding, Level, did_you_mean
from composer.source.model import fields_at

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails, ValidationError

    from composer.source.places import Places
    from composer.source.tree import Loc

_LONGEST = 40

_TEXT = ("text", "{name} must be text, but this means {shape}", "{text_hint}")
_NUMBER = ("number", "{name} must be a whole number, not {value}", "write digits only, such as 12")
_LIST = ("list", "{name} must be a list", "{list_hint}")
_PARTS = ("parts", "{name} must be made of named values", "{parts_hint}")
_EMPTY = ("empty", "{name} is empty", "write its value, or remove the line")

_SENTENCES = {
    "string_type": _TEXT,
    "string_too_short": _EMPTY,
    "int_type": _NUMBER,
    "int_parsing": _NUMBER,
    "int_parsing_size": _NUMBER,
    "int_from_float": _NUMBER,
    "greater_than_equal": ("number", "{name} must be at least {ge}, not {value}", ""),
    "less_than_equal": ("number", "{name} must be at most {le}, not {value}", ""),
    "literal_error": ("choice", "{name} cannot be {value}", "{choice_hint}"),
    "too_short": ("empty", "{name} needs at least one entry", "write one, or remove the line"),
    "list_type": _LIST,
    "tuple_type": _LIST,
    "model_type": _PARTS,
    "model_attributes_type": _PARTS,
    "dict_type": _PARTS,
    "missing": ("missing", "{missing} is missing", "{missing_hint}"),
    "extra_forbidden": ("unknown", "{missing} is not known here", "{unknown_hint}"),
}


def findings_of(error: ValidationError, kind: Any, places: Places) -> tuple[Finding, ...]:
    """Every mistake of a validation, one finding for each place: the branches of a union speak with one voice."""
    mistakes = [details for details in error.errors(include_url=False) if not _is_refused(details, places)]
    chosen: dict[Loc, ErrorDetails] = {}
    for details in mistakes:
        site = _site(details, places)
        if site not in chosen or len(_real(details, places)) > len(_real(chosen[site], places)):
            chosen[site] = details
    return tuple(_finding(details, kind, places) for details in chosen.values())


def _finding(details: ErrorDetails, kind: Any, places: Places) -> Finding:
    real = _real(details, places)
    own_words = ("-".join(details["type"].split("_")), details["msg"], str(details.get("ctx", {}).get("hint", "")))
    code, message, hint = _SENTENCES.get(details["type"], own_words)
    if details["input"] is None and details["type"] != "missing":
        code, message, hint = _EMPTY
    for word, text in _words(details, real, kind).items():
        message, hint = message.replace(f"{{{word}}}", text), hint.replace(f"{{{word}}}", text)
    at_key = details["type"] == "extra_forbidden" or details["loc"][-1:] == ("[key]",)
    place = places.key(*real) if at_key else places.at(*real)
    return Finding(place, Level.ERROR, code, message, hint)


def _words(details: ErrorDetails, real: Loc, kind: Any) -> dict[str, str]:
    """What the sentences may speak of."""
    given = details["input"]
    last = str(details["loc"][-1]) if details["loc"] else ""
    choices = re.findall(r"'([^']*)'", str(details.get("ctx", {}).get("expected", "")))
    return {
        "name": _name(real),
        "value": _shown(given),
        "shape": "a list" if isinstance(given, list) else "named values",
        "missing": last,
        "text_hint": 'put the whole value in "quotes"',
        "list_hint": f"write [{given}]" if isinstance(given, str) else "start each of its entries with '- '",
        "parts_hint": _among("write ", fields_at(kind, real)),
        "choice_hint": did_you_mean(str(given), choices),
        "unknown_hint": did_you_mean(last, fields_at(kind, real[:-1])),
        "missing_hint": f"add a line {last}: …",
    } | {name: str(bound) for name, bound in details.get("ctx", {}).items() if name in {"ge", "le"}}


def _name(real: Loc) -> str:
    """How an editor would call the value: its key, or its number in a list."""
    if not real:
        return "the file"
    key = next((str(part) for part in reversed(real) if isinstance(part, str)), "the file")
    return f"entry {real[-1] + 1} of {key}" if isinstance(real[-1], int) else key


def _shown(value: Any) -> str:
    text = str(value)
    return repr(text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…")


def _among(before: str, names: Any) -> str:
    return f"{before}{', '.join(f'{name}: …' for name in list(names)[:3])}" if names else ""


def _loc(details: ErrorDetails) -> Loc:
    loc = details["loc"]
    return loc[:-1] if details["type"] == "missing" or loc[-1:] == ("[key]",) else loc


def _real(details: ErrorDetails, places: Places) -> Loc:
    return places.found(_loc(details))


def _site(details: ErrorDetails, places: Places) -> Loc:
    """What the mistakes of several branches of one union have in common; otherwise unique."""
    real: Loc = ()
    for part in _loc(details):
        if (*real, part) not in places.tree.spots:
            return real
        real = (*real, part)
    return (*details["loc"], "", details["type"])


def _is_refused(details: ErrorDetails, places: Places) -> bool:
    real = _real(details, places)
    return any(real[:depth] in places.tree.refused for depth in range(len(real) + 1))
