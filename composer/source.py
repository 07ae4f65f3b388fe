"""YAML text → models that know line and column (interface; being filled)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any, Generic, TypeVar

from pydantic import BaseModel, ConfigDict

from composer.errors import Finding, Place

T = TypeVar("T")


class Model(BaseModel):
    """What every model of a file has in common: unknown keys are refused, nothing changes after reading."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


@dataclass(frozen=True)
class Places:
    """Finds the place of any key or value of a file; parses the text only when first asked."""

    path: str
    raw: bytes

    def at(self, *loc: str | int, line: int = 0) -> Place:
        """The place of the value at `loc`, or of its nearest ancestor that exists; `line` counts from 0 inside a
        block scalar (`|`), whose first content line is line 0."""
        raise NotImplementedError

    def key(self, *loc: str | int) -> Place:
        """The place of the key that holds the value at `loc`."""
        raise NotImplementedError

    @cached_property
    def _table(self) -> Any:
        raise NotImplementedError


@dataclass(frozen=True)
class Loaded(Generic[T]):
    """One file read: its value unless an error forbids it, its places, and everything found wrong with it."""

    value: T | None
    places: Places
    findings: tuple[Finding, ...] = ()


def load(kind: Any, raw: bytes, path: str) -> Loaded[Any]:
    """Read YAML bytes as `kind` (anything `pydantic.TypeAdapter` takes); all findings at once, never an exception."""
    raise NotImplementedError
