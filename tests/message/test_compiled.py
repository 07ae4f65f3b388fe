from __future__ import annotations

import json

import pytest

from composer.dkim import Signer, make_key
from composer.errors import ComposerError
from composer.message import Compiled, compile_message
from tests.message.making import MOMENT, compiled, email, filled, newsletter, with_a_picture

_SIGNER = Signer.from_pem(make_key(), domain="example.org", selector="composer")


@pytest.mark.parametrize(
    "of",
    [
        compiled(),
        compiled(_SIGNER),
        compile_message(with_a_picture(), newsletter(), number=653),
        compile_message(email(), newsletter(), number=653, proof=MOMENT),
    ],
)
def test_the_ledger_can_freeze_a_message_and_go_on_with_it_later(of: Compiled) -> None:
    frozen = of.dump()
    assert Compiled.load(frozen) == of
    assert Compiled.load(frozen).dump() == frozen


def test_a_message_frozen_by_another_version_is_not_guessed_at() -> None:
    frozen = json.loads(compiled().dump())
    for version in (1, 9):
        with pytest.raises(ComposerError, match="another version"):
            Compiled.load(json.dumps(frozen | {"format": version}).encode())


def test_what_is_frozen_says_who_signs_and_holds_no_secret() -> None:
    frozen = json.loads(compiled(_SIGNER).dump())
    assert frozen["dkim"] == {"domain": "example.org", "selector": "composer", "fingerprint": _SIGNER.fingerprint}
    assert b"PRIVATE" not in compiled(_SIGNER).dump()
    assert json.loads(compiled().dump())["dkim"] is None


def test_a_thawed_message_fills_as_before() -> None:
    assert filled(of=Compiled.load(compiled().dump()), name="Zoë") == filled(name="Zoë")
