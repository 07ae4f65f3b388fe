"""`tests/mistakes/SLUG/` holds something wrong and, in `expected.txt`, every line that its editor must see.

What is wrong is one file, read by itself; or, for the rules of `composer.checks`, the files by which a newsletter
differs from the one of `tests/checks/newsletter/`, checked as a whole.
"""

from pathlib import Path

import pytest

from composer.schema import KINDS
from composer.source import load
from tests.checks.making import findings

FOLDER = Path(__file__).resolve().parent / "mistakes"
MISTAKES = sorted(path.name for path in FOLDER.iterdir())
IN_NEWSLETTERS = [slug for slug in MISTAKES if list((FOLDER / slug).glob("*/*"))]
IN_FILES = sorted({*MISTAKES} - {*IN_NEWSLETTERS})


def compare(slug: str, seen: str, *, refresh: bool) -> None:
    expected = FOLDER / slug / "expected.txt"
    if refresh:
        expected.write_text(seen, encoding="utf-8", newline="\n")
    assert seen == expected.read_text(encoding="utf-8")


@pytest.mark.parametrize("slug", IN_FILES)
def test_the_editor_of_a_file_reads(slug: str, *, refresh: bool) -> None:
    [wrong] = (FOLDER / slug).glob("*.yaml")
    loaded = load(KINDS[wrong.stem], wrong.read_bytes(), wrong.name)
    seen = "".join(f"{finding}\n" for finding in loaded.findings)
    compare(slug, seen, refresh=refresh)
    assert (loaded.value is None) == bool(seen)


@pytest.mark.parametrize("slug", IN_NEWSLETTERS)
def test_the_editor_of_a_newsletter_reads(slug: str, tmp_path: Path, *, refresh: bool) -> None:
    folder = FOLDER / slug
    files = [file for file in folder.rglob("*") if file.is_file() and file.name != "expected.txt"]
    changed = {file.relative_to(folder).as_posix(): file.read_text(encoding="utf-8") for file in files}
    compare(slug, "".join(f"{finding}\n" for finding in findings(tmp_path / "letter", changed)), refresh=refresh)


def test_there_are_enough_of_them() -> None:
    assert len(MISTAKES) >= 25
