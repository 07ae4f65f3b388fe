"""A newsletter of one's own in a temporary folder, as the commands meet it."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

import pytest

from composer.scaffold import start
from composer.settings import VARIABLES

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A newsletter of one's own, begun on a Friday, in the current folder."""
    folder = tmp_path / "letter"
    start(folder, today=date(2025, 3, 14), name="Harbour Notes")
    set_guards(folder, "stale_days: 36500")
    monkeypatch.chdir(folder)
    for name in VARIABLES:
        monkeypatch.delenv(name, raising=False)
    return folder


def set_guards(home: Path, guards: str) -> None:
    """Only these guards are other than usual."""
    file = home / "newsletter.yaml"
    text = re.sub(r"\nguards: .*\n", "", file.read_text(encoding="utf-8"))
    file.write_text(f"{text}\nguards: {{{guards}}}\n", encoding="utf-8")


@pytest.fixture
def no_server(monkeypatch: pytest.MonkeyPatch) -> None:
    """The settings lead to a port on which nobody listens."""
    monkeypatch.setenv("COMPOSER_SMTP_HOST", "127.0.0.1")
    monkeypatch.setenv("COMPOSER_SMTP_PORT", "1")
    monkeypatch.setenv("COMPOSER_SMTP_SECURITY", "none")


def change(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
