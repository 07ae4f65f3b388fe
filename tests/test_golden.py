"""One whole issue from its YAML to its message: what must not change unseen. `--refresh` rewrites it; read the diff."""

import dataclasses
import json
from datetime import date
from pathlib import Path

import pytest
from pydantic import BaseModel

from composer.cli.building import write
from composer.errors import Level
from composer.galley import check, typeset
from composer.home import Home
from composer.settings import with_environment

GOLDEN = Path(__file__).parent / "golden" / "update"


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The golden newsletter, built."""
    folder = tmp_path_factory.mktemp("golden")
    home = Home(GOLDEN / "home")
    newsletter = home.newsletter().value
    assert newsletter is not None
    settings = with_environment(newsletter, {})
    galley = typeset(home, 42, settings)
    assert [*write(galley, folder, settings)]
    (folder / "edition.json").write_text(
        json.dumps(plain(galley.edition), indent=1, ensure_ascii=False) + "\n", "utf-8"
    )
    return folder


@pytest.mark.parametrize(
    "name",
    [
        "edition.json",
        "everyone/email.html",
        "everyone/email.txt",
        "everyone/message.eml",
        "skippers/email.html",
        "skippers/email.txt",
    ],
)
def test_the_golden_issue_prints_as_it_did(name: str, printed: Path, *, refresh: bool) -> None:
    now, expected = (printed / name).read_bytes(), GOLDEN / "expected" / name
    if refresh:
        expected.parent.mkdir(parents=True, exist_ok=True)
        expected.write_bytes(now)
    assert now == expected.read_bytes()


def test_the_golden_issue_has_no_mistake() -> None:
    home = Home(GOLDEN / "home")
    newsletter = home.newsletter().value
    assert newsletter is not None
    assert [finding for finding in check(home, 42, newsletter) if finding.level is Level.ERROR] == []


def plain(value: object) -> object:
    """An edition as JSON, without the places in files that only findings need."""
    if isinstance(value, BaseModel):
        return value.model_dump(mode="json", exclude_defaults=True)
    if dataclasses.is_dataclass(value):
        fields = [field.name for field in dataclasses.fields(value) if field.name not in {"origin", "masthead_at"}]
        return {name: plain(getattr(value, name)) for name in fields}
    if isinstance(value, tuple):
        return [plain(part) for part in value]
    return value.isoformat() if isinstance(value, date) else value
