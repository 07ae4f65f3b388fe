"""JSON Schemas of the files that an editor writes, made from the models: completion and hovering help while typing.

An editor's YAML tools check what they *think* a value is: `title: 2024` is a number to them and text to us. So the
schemas describe what may be typed, a little wider than the models; the last word is always `composer check`.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from pydantic import TypeAdapter

from composer.audience.segments import Segments
from composer.issue import Issue
from composer.settings import Newsletter
from composer.standing import Block, Contact, NetworkGroup

if TYPE_CHECKING:
    from pathlib import Path

KINDS: dict[str, Any] = {
    "issue": Issue,
    "contacts": tuple[Contact, ...],
    "networks": tuple[NetworkGroup, ...],
    "blocks": tuple[Block, ...],
    "segments": Segments,
    "newsletter": Newsletter,
}
"""What each file holds, by the name of its schema."""

_DIALECT = "http://json-schema.org/draft-07/schema#"
"""The newest that the usual YAML language server knows in full."""


def schema(name: str) -> dict[str, Any]:
    """The schema of one kind of file."""
    made = TypeAdapter(KINDS[name]).json_schema(ref_template="#/definitions/{model}")
    if "$defs" in made:
        made["definitions"] = made.pop("$defs")
    return {"$schema": _DIALECT, **_as_typed(made)}


def write(folder: Path) -> None:
    """Write `issue.json`, `contacts.json` and so on into a folder."""
    for name in KINDS:
        (folder / f"{name}.json").write_text(text(name), encoding="utf-8", newline="\n")


def text(name: str) -> str:
    """The schema of one kind of file, as its file holds it."""
    return json.dumps(schema(name), indent=2, ensure_ascii=False) + "\n"


def _as_typed(node: Any) -> Any:  # noqa: ANN401 - JSON
    """The same schema, widened to what may be typed and without the titles that pydantic makes up."""
    if isinstance(node, list):
        return [_as_typed(entry) for entry in node]
    if not isinstance(node, dict):
        return node
    node = {key: _as_typed(value) for key, value in node.items()}
    if node.get("type") == "integer":
        node |= {"type": ["integer", "string"], "pattern": "^[0-9]+$"}
    if "patternProperties" in node:
        node["additionalProperties"] = False
    if "properties" in node:
        needed = node.get("required", ())
        node["properties"] = {
            name: _property(field, may_be_empty=name not in needed) for name, field in node["properties"].items()
        }
    return node


def _property(field: dict[str, Any], *, may_be_empty: bool) -> dict[str, Any]:
    """One field; what has a default may also be left empty, which means the same."""
    field = {key: value for key, value in field.items() if key not in {"title", "default"}}
    branches = [branch for branch in field.pop("anyOf", ()) if branch != _NULL]
    if len(branches) == 1:
        field = branches[0] | field
    if not may_be_empty:
        return field
    if "enum" in field:
        field["enum"] = [*field["enum"], None]
    if "type" in field:
        return field | {"type": [*_listed(field["type"]), "null"]}
    if "$ref" in field:
        branches = [{"$ref": field.pop("$ref")}]
    return {**field, "anyOf": [*branches, _NULL]}


_NULL = {"type": "null"}


def _listed(types: str | list[str]) -> list[str]:
    return [types] if isinstance(types, str) else types
