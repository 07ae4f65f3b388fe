"""Every setting in force and where it comes from, for `composer config`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from pydantic import BaseModel

from composer.settings.newsletter import Section

if TYPE_CHECKING:
    from collections.abc import Iterator

    from composer.settings.environment import Settings

Origin = Literal["default", "newsletter.yaml", "environment"]


@dataclass(frozen=True, slots=True)
class Effective:
    """One setting in force and where it comes from."""

    name: str
    value: str
    origin: Origin

    def __str__(self) -> str:
        return f"{self.name}: {self.value}  ({self.origin})"


def describe(settings: Settings) -> tuple[Effective, ...]:
    """Every setting in force, in the order of the models; of a secret only whether it is set."""
    return tuple(_described(settings, "", settings.overridden))


def _described(group: BaseModel, prefix: str, overridden: frozenset[str]) -> Iterator[Effective]:
    for field in type(group).model_fields:
        name, value = f"{prefix}{field}", getattr(group, field)
        if isinstance(value, BaseModel):
            yield from _described(value, f"{name}.", overridden)
        elif value is not overridden:
            in_file: Origin = "newsletter.yaml" if field in group.model_fields_set else "default"
            yield Effective(name, _shown(value, field), "environment" if name in overridden else in_file)


def _shown(value: object, field: str) -> str:
    if field in {"password", "key", "dkim_key"}:
        return "set" if value else "not set"
    if isinstance(value, tuple):
        return ", ".join(entry.id if isinstance(entry, Section) else str(entry) for entry in value)
    return "none" if value is None else ", ".join(str(value).splitlines())
