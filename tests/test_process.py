"""The command line as a process among others: its output may be closed, and it may be told to stop."""

import os
import signal
import socket
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

import pytest

from composer.cli import main
from composer.scaffold import start

posix = pytest.mark.skipif(sys.platform == "win32", reason="pipes and signals of POSIX")


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "letter"
    start(folder, today=date(2025, 3, 14), name="Harbour Notes")
    for name in ("COMPOSER_KEY", "COMPOSER_SMTP_HOST", "COMPOSER_SMTP_PORT", "COMPOSER_SMTP_SECURITY"):
        monkeypatch.delenv(name, raising=False)
    return folder


def composer(home: Path, *arguments: str) -> list[str]:
    return [sys.executable, "-m", "composer", *arguments, "--home", str(home)]


def read_by_nobody(command: list[str]) -> subprocess.CompletedProcess[bytes]:
    reading, writing = os.pipe()
    os.close(reading)
    try:
        return subprocess.run(command, stdout=writing, stderr=subprocess.PIPE, check=False)
    finally:
        os.close(writing)


@posix
@pytest.mark.parametrize("arguments", [("check",), ("status", "1", "--sandbox"), ("send", "1", "--dry-run")])
def test_a_reader_who_leaves_is_no_failure(home: Path, arguments: tuple[str, ...]) -> None:
    main(["send", "1", "--sandbox", "--yes", "--home", str(home)])
    ended = read_by_nobody(composer(home, *arguments))
    assert (ended.returncode, ended.stderr) == (0, b"")


@posix
def test_what_is_sent_must_have_been_shown(home: Path) -> None:
    ended = read_by_nobody(composer(home, "send", "1", "--sandbox", "--yes"))
    assert (ended.returncode, ended.stderr) == (1, b"composer: nothing was sent: nobody reads the plan to its end\n")


@posix
def test_being_terminated_is_being_interrupted(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:  # accepts and never greets
        monkeypatch.setenv("COMPOSER_SMTP_HOST", "127.0.0.1")
        monkeypatch.setenv("COMPOSER_SMTP_PORT", str(server.getsockname()[1]))
        monkeypatch.setenv("COMPOSER_SMTP_SECURITY", "none")
        command = composer(home, "send", "1", "--yes", "--stale-ok")
        server.settimeout(20)
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process, server.accept()[0]:
            time.sleep(0.1)
            process.send_signal(signal.SIGTERM)
            out, err = process.communicate(timeout=20)
    assert process.returncode == 130
    assert b"composer: interrupted; the same command goes on where it stopped" in err
    assert b"still to be sent" in out


@posix
@pytest.mark.parametrize("arguments", [("check",), ("build", "1"), ("send", "1", "--sandbox", "--yes")])
def test_a_home_whose_name_the_locale_cannot_read(home: Path, arguments: tuple[str, ...]) -> None:
    other = home.rename(home.parent / "b\u00e4se")
    (other / "recipients" / "m\u00e4nner.csv").write_text("email\n", encoding="utf-8")
    plain = os.environ | {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    ended = subprocess.run(composer(other, *arguments), capture_output=True, env=plain, check=False)
    assert (ended.returncode, ended.stderr.strip()) == (0, b"")


@posix
def test_the_folder_one_is_in_has_gone(tmp_path: Path) -> None:
    script = "import os, sys; os.rmdir(os.getcwd()); from composer.cli import main; sys.exit(main(['check']))"
    (tmp_path / "gone").mkdir()
    ended = subprocess.run([sys.executable, "-c", script], cwd=tmp_path / "gone", capture_output=True, check=False)
    assert ended.returncode == 2
    assert ended.stderr.startswith(b"composer: the folder you are in no longer exists")


def test_certificates_that_are_not_there_are_missed_before_anything_is_planned(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    settings = home / "newsletter.yaml"
    text = settings.read_text(encoding="utf-8")
    assert "\nsmtp:\n" in text
    settings.write_text(text.replace("\nsmtp:\n", "\nsmtp:\n  certificates: nope.pem\n"), encoding="utf-8")
    assert main(["send", "1", "--yes", "--home", str(home)]) == 1
    assert "error: file: nope.pem does not exist" in capsys.readouterr().out
    assert not (home / "state" / "ledger.db").exists()
