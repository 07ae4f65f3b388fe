"""The clients do what their figures are said to be for: to everybody, the same message, every time."""

import shutil
from pathlib import Path

import pytest

from bench import clients, disk
from bench.homes import Homes, letter
from bench.process import run
from bench.sink import Sink, weigh
from composer.dkim import make_key
from tests.tools import needs

SIZE = 61_250


def is_of_the_size(octets: float) -> bool:
    return abs(octets - SIZE) <= 0.01 * SIZE


@pytest.mark.parametrize("is_signed", [False, True])
def test_composer_sends_to_everybody_as_often_as_it_is_asked(tmp_path: Path, *, is_signed: bool) -> None:
    key = tmp_path / "key.pem"
    key.write_bytes(make_key())
    client = clients.composer(Homes(tmp_path / "homes", key if is_signed else None))
    first, second = (weigh(client.send, messages=30) for _ in range(2))
    assert first == second
    assert is_of_the_size(first - (700 if is_signed else 0))


def test_the_whole_command_sends_the_same(tmp_path: Path) -> None:
    client = clients.whole_command(Homes(tmp_path))
    first, second = (weigh(client.send, messages=30) for _ in range(2))
    assert first == second
    assert is_of_the_size(first)


def test_a_mailing_can_be_cut_short_and_says_how_much_memory_it_took(tmp_path: Path) -> None:
    homes = Homes(tmp_path)
    homes.make(30)
    assert homes.plan(30).said["planned"] == 30
    sent = []
    weigh(lambda port, _: sent.append(run(*homes.sending(30, port), "--seconds", "30")))
    assert sent[0].said["taken"] == 30
    assert sent[0].said["peak_kib"] > 10_000


def test_finished_bytes_weigh_the_same(tmp_path: Path) -> None:
    assert is_of_the_size(weigh(clients.sendmail(letter(tmp_path / "home") / "letter.eml").send, messages=20))


def test_the_wire_is_measured_with_messages_of_the_same_size() -> None:
    needs("smtp-source")
    assert is_of_the_size(weigh(clients.wire(SIZE).send, messages=20))


def test_the_sink_takes_everything_on_a_port_of_its_own() -> None:
    needs("smtp-sink")
    needs("smtp-source")
    with Sink() as one, Sink() as other:
        assert one.port != other.port
        clients.wire(SIZE).send(one.port, 2000)
        assert one.cpu_s > other.cpu_s


def test_a_slow_disk_is_waited_for_once_for_several_messages(tmp_path: Path) -> None:
    for program in ("strace", "smtp-sink"):
        needs(program)
    with Sink() as sink:
        slowed = disk.measure(Homes(tmp_path), sink, 1)
    assert 1 < slowed.messages_per_sync <= 10
    assert disk.table([slowed]).rows[0][0] == "1 ms"


def test_without_node_there_is_no_nodemailer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(shutil, "which", lambda _program: None)
    assert list(clients.nodemailer(tmp_path / "letter.json", tmp_path / "key.pem")) == []
    assert "node and npm are not on this machine" in capsys.readouterr().err
