"""The installed package brings everything: a newsletter of one's own starts from a wheel alone."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("installed")
    built = folder / "dist"
    _python("-m", "hatchling", "build", "-t", "wheel", "-d", str(built), at=ROOT)
    [wheel] = built.glob("*.whl")
    _python("-m", "pip", "install", "--quiet", "--no-deps", "--target", str(folder / "site"), str(wheel), at=folder)
    return folder / "site"


def test_a_wheel_carries_the_templates_and_starts_a_newsletter(installed: Path, tmp_path: Path) -> None:
    composer = ("-m", "composer")
    _python(*composer, "init", "mine", at=tmp_path, site=installed)
    _python(*composer, "check", at=tmp_path / "mine", site=installed)
    said = _python(*composer, "send", "1", "--sandbox", "--yes", at=tmp_path / "mine", site=installed)

    assert str(installed) in _python("-c", "import composer; print(composer.__file__)", at=tmp_path, site=installed)
    assert "index.html" in said
    assert (tmp_path / "mine" / "out" / "1" / "index.html").is_file()


def _python(*arguments: str, at: Path, site: Path | None = None) -> str:
    environment = os.environ | ({"PYTHONPATH": str(site)} if site else {}) | {"PYTHONUTF8": "1"}
    done = subprocess.run(
        [sys.executable, *arguments], cwd=at, env=environment, capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout
