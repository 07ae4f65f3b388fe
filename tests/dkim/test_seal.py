from __future__ import annotations

import re
from base64 import b64decode
from functools import cache
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.dkim.making import record, signed, verifies
from tests.dkim.opendkim import verdicts
from tests.message.making import HOSTILE, MOMENT, VALUES, parsed, with_a_picture, with_everything

if TYPE_CHECKING:
    from pathlib import Path

    from composer.render import Email

EMAILS = pytest.mark.parametrize("email", [with_everything(), with_a_picture()], ids=["text", "picture"])


@cache
def tampered() -> dict[str, bytes]:
    """A message in which one thing is not as it was signed."""
    data = signed(with_everything(), first_name="Morgan")
    head, _, body = data.partition(b"\r\n\r\n")
    fields = re.split(rb"\r\n(?![ \t])", head)
    forged = b"From: somebody-else@example.org"
    changed = {
        "body": data.replace(b"Dear", b"Deer", 1),
        "longer": data + b"more\r\n",
        "second-from-above": forged + b"\r\n" + data,
        "second-from-below": b"\r\n".join([head, forged, b"", body]),
        "later": data.replace(b"t=1741941000", b"t=1741941001"),
    }
    for field in fields[1:]:
        name = field.partition(b":")[0].decode("ascii")
        changed[f"changed-{name}"] = data.replace(field, field + b"x", 1)
        changed[f"without-{name}"] = data.replace(field + b"\r\n", b"", 1)
    return changed


def tags(data: bytes) -> dict[str, str]:
    """The tag list of a signature (RFC 6376 §3.2), white space removed."""
    field = "".join(parsed(data)["DKIM-Signature"].split())
    return dict(tag.split("=", 1) for tag in field.split(";"))


@EMAILS
@given(name=VALUES, first_name=VALUES)
@example(name="Morgan " * 30, first_name="x" * 3000)
@example(name="", first_name="  a \t b  ")
def test_dkimpy_verifies_whatever_the_list_holds(email: Email, name: str, first_name: str) -> None:
    assert verifies(signed(email, name=name, first_name=first_name))


@settings(max_examples=5)
@given(values=st.lists(VALUES, min_size=10, max_size=10))
@example(values=list(HOSTILE))
def test_opendkim_verifies_whatever_the_list_holds(values: list[str], tmp_path_factory: pytest.TempPathFactory) -> None:
    messages = {
        f"{kind}-{index}": signed(email, name=value, first_name=value)
        for kind, email in (("text", with_everything()), ("picture", with_a_picture()))
        for index, value in enumerate(values)
    }
    assert verdicts(tmp_path_factory.mktemp("letters"), messages, record()) == dict.fromkeys(messages, "")


@pytest.mark.parametrize("name", tampered())
def test_dkimpy_finds_what_was_changed(name: str) -> None:
    assert not verifies(tampered()[name])


def test_opendkim_finds_what_was_changed(tmp_path: Path) -> None:
    said = verdicts(tmp_path, tampered(), record())
    assert said.keys() == tampered().keys()
    assert {name for name, words in said.items() if not re.search("Bad signature|Syntax error", words)} == set()


def test_neither_minds_other_white_space(tmp_path: Path) -> None:
    data = signed(with_everything(), first_name="Morgan").replace(b"\r\n ", b"\r\n\t ").replace(b": ", b":  ", 3)
    data = data.replace(b"=\r\n", b"= \t\r\n") + b"\r\n\r\n"
    assert verifies(data)
    assert verdicts(tmp_path, {"spaced": data}, record()) == {"spaced": ""}


def test_the_signature_is_as_strict_as_it_can_be() -> None:
    data = signed(with_everything())
    said = tags(data)
    assert said | {"b": "", "bh": "", "h": ""} == {
        "v": "1",
        "a": "rsa-sha256",
        "c": "relaxed/relaxed",
        "d": "example.org",
        "s": "composer",
        "t": str(int(MOMENT.timestamp())),
        "b": "",
        "bh": "",
        "h": "",
    }
    assert len(b64decode(said["b"], validate=True)) == 256
    assert len(b64decode(said["bh"], validate=True)) == 32


def test_every_field_is_signed_and_from_once_more_than_it_is_there() -> None:
    data = signed(with_everything())
    assert tags(data)["h"].split(":") == ["From", *parsed(data).keys()[1:]]
    assert {"List-Unsubscribe", "List-Unsubscribe-Post"} <= set(tags(data)["h"].split(":"))  # RFC 8058 §4
