"""`tests/mistakes/SLUG/` holds a wrong file and, in `expected.txt`, every line that its editor must see."""

from pathlib import Path

import pytest

from composer.schema import KINDS
from composer.source import load

FOLDER = Path(__file__).resolve().parent / "mistakes"
MISTAKES = sorted(path.name for path in FOLDER.iterdir())


@pytest.mark.parametrize("slug", MISTAKES)
def test_the_editor_reads(slug: str, *, refresh: bool) -> None:
    [wrong] = (FOLDER / slug).glob("*.yaml")
    loaded = load(KINDS[wrong.stem], wrong.read_bytes(), wrong.name)
    seen = "".join(f"{finding}\n" for finding in loaded.findings)
    expected = FOLDER / slug / "expected.txt"
    if refresh:
        expected.write_text(seen, encoding="utf-8", newline="\n")
    assert seen == expected.read_text(encoding="utf-8")
    assert (loaded.value is None) == bool(seen)


def test_there_are_enough_of_them() -> None:
    assert len(MISTAKES) >= 25
