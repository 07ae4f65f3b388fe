"""`Model`: what every model of a file has in common; and which model is responsible at a place of the data."""

from __future__ import annotations

from types import UnionType
from typing import TYPE_CHECKING, Annotated, Any, TypeGuard, Union, get_args, get_origin

from pydantic import BaseModel, ConfigDict, model_validator

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pydantic.fields import FieldInfo


class Model(BaseModel):
    """A group of named values in a file: unknown names are refused, nothing changes after reading.

    An empty value means the default, so that an editor may empty a list without removing its key.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)

    @model_validator(mode="before")
    @classmethod
    def _empty_means_default(cls, data: object) -> object:
        if not isinstance(data, dict) or None not in data.values():
            return data
        return {key: cls._default_of(key) if value is None else value for key, value in data.items()}

    @classmethod
    def _default_of(cls, key: str) -> object:
        field = next((field for name, field in cls.model_fields.items() if key in {name, field.alias}), None)
        if field is None or field.is_required():
            return None
        return field.get_default(call_default_factory=True, validated_data={})


def fields_at(kind: object, loc: tuple[str | int, ...]) -> dict[str, FieldInfo]:
    """The fields that the value at `loc` of a `kind` may have, by the name they have in a file."""
    kinds = [kind]
    for part in loc:
        kinds = [inner for outer in kinds for inner in _step(outer, part)]
    models = [one for kind in kinds for one in _alternatives(kind) if _is_model(one)]
    return {field.alias or name: field for model in models for name, field in model.model_fields.items()}


def _alternatives(kind: object) -> Iterator[Any]:
    """The members of a union, without what `Annotated` adds."""
    origin = get_origin(kind)
    if origin is Annotated:
        yield from _alternatives(get_args(kind)[0])
    elif origin in {Union, UnionType}:
        for member in get_args(kind):
            yield from _alternatives(member)
    else:
        yield kind


def _step(kind: object, part: str | int) -> Iterator[Any]:
    for one in _alternatives(kind):
        origin = get_origin(one)
        if _is_model(one):
            yield from (field.annotation for name, field in one.model_fields.items() if part in {name, field.alias})
        elif origin is dict:
            yield get_args(one)[1]
        elif origin in {tuple, list}:
            yield get_args(one)[0]


def _is_model(kind: object) -> TypeGuard[type[BaseModel]]:
    return isinstance(kind, type) and issubclass(kind, BaseModel)
