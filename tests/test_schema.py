"""The schemas in docs/schema/ are those of the models, and do not underline what is right."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from composer.schema import KINDS, schema, text, write

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "schema"


def test_the_files_are_up_to_date(*, refresh: bool) -> None:
    if refresh:
        write(FOLDER)
    assert {path.stem for path in FOLDER.glob("*.json")} == set(KINDS)
    for name in KINDS:
        assert (FOLDER / f"{name}.json").read_text(encoding="utf-8") == text(name), "run pytest --refresh"


def objects(node: object) -> list[dict[str, Any]]:
    """Every part of a schema that describes named values."""
    inner = node.values() if isinstance(node, dict) else node if isinstance(node, list) else ()
    found = [part for value in inner for part in objects(value)]
    return [node, *found] if isinstance(node, dict) and "properties" in node else found


@pytest.mark.parametrize("name", KINDS)
def test_unknown_keys_are_underlined_and_every_group_explains_itself(name: str) -> None:
    parts = objects(schema(name))
    assert parts
    for part in parts:
        assert part["additionalProperties"] is False
        assert part["description"]
        assert set(part.get("required", ())) <= set(part["properties"])


@pytest.mark.parametrize("name", KINDS)
def test_every_reference_leads_somewhere(name: str) -> None:
    made = schema(name)
    for target in re.findall(r'"#/definitions/(\w+)"', json.dumps(made)):
        assert target in made["definitions"]


def fits(value: object, field: dict[str, Any]) -> bool:
    """Whether a plain value fits a field: enough of JSON Schema for the fields that are typed without quotes."""
    if "anyOf" in field:
        return any(fits(value, branch) for branch in field["anyOf"])
    if "const" in field:
        return bool(value == field["const"])
    types = field["type"] if isinstance(field["type"], list) else [field["type"]]
    json_type = {str: "string", bool: "boolean", int: "integer", float: "number", type(None): "null"}[type(value)]
    known = json_type in types or (json_type == "integer" and "number" in types)
    return known and (not isinstance(value, str) or re.search(field.get("pattern", ""), value) is not None)


@pytest.mark.parametrize(
    ("name", "path", "value"),
    [
        ("issue", "Issue.number", 653),
        ("issue", "Issue.date", "2025-03-14"),
        ("issue", "Issue.updates", None),
        ("issue", "Item.title", 2024),
        ("issue", "Item.title", True),
        ("issue", "Item.title", 1.5),
        ("issue", "Item.remind", 2),
        ("issue", "Item.remind", "2"),
        ("issue", "Item.remind", "until"),
        ("issue", "Item.remind", None),
        ("issue", "Item.id", 2024),
        ("issue", "Link.pages", 28),
        ("issue", "Link.pages", "28"),
        ("issue", "Link.minutes", 2),
        ("issue", "Link.minutes", "2:44"),
        ("issue", "Event.start", "2025-03-20 09:00"),
        ("issue", "Event.start", "2025-03-20"),
        ("issue", "Event.end", "16:30"),
        ("contacts", "Contact.phone", 7700900111),
        ("contacts", "Contact.phone", "07700 900111"),
        ("contacts", "Contact.email", "morgan.ellis@example.org"),
        ("newsletter", "Smtp.port", 587),
    ],
)
def test_what_is_right_is_not_underlined(name: str, path: str, value: object) -> None:
    group, field = path.split(".")
    made = schema(name)
    part = made if made.get("title") == group else made["definitions"][group]
    assert fits(value, part["properties"][field])


@pytest.mark.parametrize(
    ("path", "value"),
    [("Event.start", "20 March 2025"), ("Item.remind", "never"), ("Link.url", "www.example.org"), ("Item.id", "No Id")],
)
def test_what_is_wrong_is_underlined(path: str, value: object) -> None:
    group, field = path.split(".")
    assert not fits(value, schema("issue")["definitions"][group]["properties"][field])
