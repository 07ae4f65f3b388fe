from __future__ import annotations

import os
import sys
import unicodedata
from typing import TYPE_CHECKING

import pytest

from composer.home import Home, PictureError

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def home(tmp_path: Path) -> Home:
    for name in ("desk.png", "2025/spring.jpg", "Été.png"):
        picture = tmp_path / "issues/standing/images" / name
        picture.parent.mkdir(parents=True, exist_ok=True)
        picture.write_bytes(name.encode())
    (tmp_path / "issues/standing/secret.png").write_bytes(b"secret")
    return Home(tmp_path)


def refusal(home: Home, file: str) -> str:
    with pytest.raises(PictureError) as error:
        home.picture(file)
    return str(error.value)


def test_a_picture_is_read_from_the_folder_and_its_subfolders(home: Home) -> None:
    assert home.picture("desk.png") == b"desk.png"
    assert home.picture("2025/spring.jpg") == b"2025/spring.jpg"


@pytest.mark.parametrize(
    "file",
    [
        "../secret.png",
        "2025/../../secret.png",
        "/etc/hostname",
        "./desk.png",
        "2025//spring.jpg",
        "2025\\spring.jpg",
        "",
    ],
)
def test_a_name_that_is_not_inside_the_folder_is_refused(home: Home, file: str) -> None:
    assert refusal(home, file) == (
        f"{file!r} is not a name inside issues/standing/images/; write it as photo.jpg or 2025/photo.jpg"
    )


@pytest.mark.parametrize(("file", "stored"), [("Desk.PNG", "desk.png"), ("été.png", "Été.png")])
def test_a_name_that_differs_only_in_case_is_refused_on_every_machine(home: Home, file: str, stored: str) -> None:
    assert refusal(home, file).startswith(f"{file!r} is stored as {stored!r} in issues/standing/images/; write it so:")


def test_a_folder_that_differs_only_in_case_is_refused_too(home: Home, tmp_path: Path) -> None:
    (tmp_path / "issues/standing/images/2025").rename(tmp_path / "issues/standing/images/Spring")
    assert "'spring/spring.jpg' is stored as 'Spring'" in refusal(home, "spring/spring.jpg")


@pytest.mark.skipif(sys.platform == "darwin", reason="the file system decides how accents are encoded")
def test_a_name_that_differs_only_in_the_encoding_of_accents_is_refused(home: Home) -> None:
    assert "is stored as" in refusal(home, unicodedata.normalize("NFD", "Été.png"))


def test_a_missing_picture_names_the_nearest_one(home: Home) -> None:
    assert refusal(home, "dsk.png") == "issues/standing/images/dsk.png does not exist; did you mean 'desk.png'?"
    assert refusal(home, "2024/spring.jpg").startswith("issues/standing/images/2024/spring.jpg does not exist")


def test_names_that_no_file_has_are_missing(home: Home) -> None:
    assert "does not exist" in refusal(home, "C:desk.png")
    assert "does not exist" in refusal(home, "desk\x00.png")
    assert "does not exist" in refusal(home, "x" * 5000)


def test_without_the_folder_every_picture_is_missing(tmp_path: Path) -> None:
    assert refusal(Home(tmp_path), "desk.png") == "issues/standing/images/desk.png does not exist"


def test_a_folder_is_no_picture(home: Home) -> None:
    assert refusal(home, "2025") == "issues/standing/images/2025 is a folder, not a file"


def test_a_picture_below_a_file_is_missing(home: Home) -> None:
    assert "does not exist" in refusal(home, "desk.png/more.png")


def test_a_link_that_leads_out_of_the_folder_is_refused(home: Home, tmp_path: Path) -> None:
    try:
        (tmp_path / "issues/standing/images/link.png").symlink_to(tmp_path / "issues/standing/secret.png")
    except OSError:
        pytest.skip("this machine makes no symbolic links")
    assert refusal(home, "link.png") == "'link.png' leads out of issues/standing/images/; copy the picture there"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_a_pipe_is_named_and_not_waited_for(home: Home) -> None:
    os.mkfifo(home.root / "issues/standing/images/film.png")
    assert refusal(home, "film.png") == "issues/standing/images/film.png is a device, not a file"
