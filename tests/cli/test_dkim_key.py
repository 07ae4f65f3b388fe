"""`composer dkim-key`, and the signer that a mailing gets."""

from __future__ import annotations

import argparse
import stat
import sys
from datetime import date
from typing import TYPE_CHECKING

import pytest

from composer.cli.desk import Desk
from composer.cli.dkim_key import dkim_key, signer
from composer.dkim import Signer, dns_record, make_key
from composer.errors import ComposerError, Exit, UsageError
from composer.scaffold import start

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "letter"
    start(folder, today=date(2025, 3, 14), name="Harbour Notes")
    monkeypatch.delenv("COMPOSER_DKIM_KEY", raising=False)
    return folder


def run(home: Path, selector: str | None = None) -> Exit:
    return dkim_key(Desk.at(home), argparse.Namespace(selector=selector))


def keys(home: Path) -> list[Path]:
    return list(home.rglob("*dkim*"))


def configure(home: Path, lines: str) -> None:
    with (home / "newsletter.yaml").open("a", encoding="utf-8") as file:
        file.write(f"\n{lines}\n")


def test_the_key_is_made_once_and_its_record_printed_every_time(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    domain = Desk.at(home).settings.sender.email.rpartition("@")[2]
    assert run(home) is Exit.DONE
    first = capsys.readouterr().out
    pem = (home / "state" / "dkim-composer.pem").read_bytes()
    record = dns_record(pem, domain=domain, selector="composer")
    assert first.startswith("state/dkim-composer.pem is made")
    assert run(home) is Exit.DONE
    second = capsys.readouterr().out
    assert second.startswith("state/dkim-composer.pem was there already")
    assert (home / "state" / "dkim-composer.pem").read_bytes() == pem
    for out in (first, second):
        assert f"   name   {record.name}\n   value  {record.value}\n" in out
        assert record.zone_line in out
        assert "PRIVATE" not in out


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such permissions")
def test_nobody_else_can_read_the_key_and_nothing_is_left_beside_it(home: Path) -> None:
    run(home)
    (key,) = keys(home)
    assert stat.S_IMODE(key.stat().st_mode) == 0o600


def test_the_lines_for_the_settings_can_be_pasted(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(home, "spring-2025")
    _, _, lines = capsys.readouterr().out.partition("   dkim:\n")
    pasted = "dkim:\n" + "".join(line.removeprefix("   ") for line in lines.splitlines(keepends=True)[:2])
    assert signer(Desk.at(home)) is None
    configure(home, pasted)
    desk = Desk.at(home)
    assert desk.settings.dkim is not None
    assert desk.settings.dkim.selector == "spring-2025"
    found = signer(desk)
    assert found is not None
    domain = desk.settings.sender.email.rpartition("@")[2]
    pem = (home / "state" / "dkim-spring-2025.pem").read_bytes()
    assert found == Signer.from_pem(pem, domain=domain, selector="spring-2025")


def test_the_selector_and_the_domain_are_those_of_the_settings(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    configure(home, "dkim:\n  selector: weekly\n  domain: mail.example.org")
    run(home)
    assert "name   weekly._domainkey.mail.example.org\n" in capsys.readouterr().out
    run(home, "Next")
    assert "name   next._domainkey.mail.example.org\n" in capsys.readouterr().out
    assert {path.name for path in keys(home)} == {"dkim-weekly.pem", "dkim-next.pem"}


def test_the_key_may_come_from_the_environment_and_no_file_is_made(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    pem = make_key()
    monkeypatch.setenv("COMPOSER_DKIM_KEY", pem.decode("ascii"))
    configure(home, "dkim:\n  selector: weekly\n  domain: example.org")
    run(home)
    out = capsys.readouterr().out
    assert out.startswith("the key is the one in COMPOSER_DKIM_KEY\n")
    assert dns_record(pem, domain="example.org", selector="weekly").value in out
    assert not keys(home)
    assert signer(Desk.at(home)) == Signer.from_pem(pem, domain="example.org", selector="weekly")


@pytest.mark.parametrize("selector", ["../key", "a/b", "a b", "", "é"])
def test_a_selector_that_dns_cannot_hold_names_no_file(home: Path, selector: str) -> None:
    with pytest.raises(UsageError, match=r"--selector: .* cannot stand in the DNS"):
        run(home, selector)
    assert not keys(home)


def test_settings_that_want_a_signature_without_a_key_stop_the_run(home: Path) -> None:
    configure(home, "dkim:\n  selector: weekly")
    with pytest.raises(
        ComposerError, match=r"state/dkim-weekly\.pem is missing: .*`composer dkim-key --selector weekly`"
    ):
        signer(Desk.at(home))


def test_a_damaged_key_is_neither_used_nor_replaced(home: Path) -> None:
    configure(home, "dkim:\n  selector: weekly")
    (home / "state").mkdir(exist_ok=True)
    (home / "state" / "dkim-weekly.pem").write_bytes(b"half a key")
    for use in (lambda: run(home), lambda: signer(Desk.at(home))):
        with pytest.raises(ComposerError, match="is damaged, or no private key in PEM; restore it from a backup"):
            use()
    assert (home / "state" / "dkim-weekly.pem").read_bytes() == b"half a key"


def test_a_state_folder_that_is_none_has_its_sentence(home: Path) -> None:
    (home / "state").write_bytes(b"")
    with pytest.raises(ComposerError, match=r"state/dkim-composer\.pem: the DKIM key cannot be made: "):
        run(home)
