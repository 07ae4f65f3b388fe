"""YAML text → models that know line and column; every mistake of a file at once, in sentences for an editor.

bytes ─ text ─► characters ─ tree ─► data and places ─ pydantic ─► value
          │                    │                          │
          └──────► findings ◄──┴─ syntax      sentences ──┘
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any, Generic, TypeVar, cast, get_origin

from pydantic import TypeAdapter, ValidationError

from composer.errors import Finding, Level, Place, has_errors
from composer.source.model import Model
from composer.source.places import Places
from composer.source.sentences import findings_of

__all__ = ["Loaded", "Model", "Places", "adapter", "load"]

T = TypeVar("T")


@dataclass(frozen=True)
class Loaded(Generic[T]):
    """One file read: its value unless an error forbids it, its places, and everything found wrong with it."""

    value: T | None
    places: Places
    findings: tuple[Finding, ...] = ()


def load(kind: object, raw: bytes, path: str) -> Loaded[Any]:
    """Read YAML bytes as `kind` (anything `pydantic.TypeAdapter` takes); all findings at once, never an exception."""
    places = Places(path, raw)
    tree = places.tree
    if not tree.whole:
        return Loaded(None, places, _sorted(tree.findings))
    if tree.data is None:
        nothing: dict[object, str] = {tuple: "write [] for none", dict: "write {} for none"}
        hint = nothing.get(get_origin(kind), "")
        return Loaded(
            None, places, (*tree.findings, Finding(Place(path), Level.ERROR, "empty", "the file is empty", hint))
        )
    try:
        value = adapter(kind).validate_python(tree.data)
    except ValidationError as error:
        return Loaded(None, places, _sorted((*tree.findings, *findings_of(error, kind, places))))
    findings = _sorted(tree.findings)
    return Loaded(None if has_errors(findings) else value, places, findings)


def _sorted(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    return tuple(sorted(set(findings)))


@cache
def adapter(kind: object) -> TypeAdapter[Any]:
    """What turns plain data into a `kind`, built once."""
    return TypeAdapter(cast("type[Any]", kind))
