from __future__ import annotations

import struct
import zlib
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from composer.errors import ComposerError
from composer.issue import Masthead
from composer.render.pictures import Album, collect
from composer.settings import Newsletter
from tests.render.pictures import picture
from tests.render.test_text import EDITION, NEWSLETTER, entry

if TYPE_CHECKING:
    from collections.abc import Mapping

    from composer.edition import Edition


def showing(*files: str) -> Edition:
    items = [{"title": file, "image": {"file": file, "alt": "A picture"}} for file in files]
    return replace(EDITION, updates=tuple(map(entry, items)), reminders=())


def album(files: Mapping[str, bytes], edition: Edition, newsletter: Newsletter = NEWSLETTER) -> Album:
    def read(file: str) -> bytes:
        if file not in files:
            raise ComposerError(f"{file} does not exist")
        return files[file]

    return collect(edition, newsletter, read)


def complaint(data: bytes) -> str:
    (finding,) = album({"a.png": data}, showing("a.png")).findings
    return str(finding)


@pytest.mark.parametrize(
    ("kind", "name", "media_type"),
    [("PNG", "a.png", "image/png"), ("JPEG", "a.jpg", "image/jpeg"), ("GIF", "a.gif", "image/gif")],
)
def test_a_picture_is_named_after_its_real_type_and_measured(kind: str, name: str, media_type: str) -> None:
    (enclosed,) = album({"a.dat": picture(kind, (40, 30))}, showing("a.dat")).enclosed
    assert (enclosed.name, enclosed.media_type, enclosed.width, enclosed.height) == (name, media_type, 40, 30)


def test_a_file_shown_twice_is_one_picture() -> None:
    assert len(album({"a.png": picture()}, showing("a.png", "a.png")).enclosed) == 1


def test_names_are_safe_and_different() -> None:
    files = ["2025/Été 1.png", "2024/ete-1.png", "ETE-1.png", "…"]
    names = [shot.name for shot in album(dict.fromkeys(files, picture()), showing(*files)).enclosed]
    assert names == ["Ete-1.png", "ete-1-1.png", "ETE-1-2.png", "picture.png"]


@pytest.mark.parametrize(
    ("size", "shown"),
    [((1104, 521), (552, 260)), ((100, 50), (100, 50)), ((552, 1), (552, 1)), ((6000, 1), (552, 1))],
)
def test_a_picture_is_shown_no_wider_than_its_column(size: tuple[int, int], shown: tuple[int, int]) -> None:
    found = album({"a.png": picture(size=size)}, showing("a.png")).shown("a.png", 552)
    assert found
    assert (found.src, found.width, found.height) == ("images/a.png", *shown)


def test_hosted_pictures_keep_their_names_and_are_not_enclosed() -> None:
    hosted = Newsletter.model_validate(
        NEWSLETTER.model_dump() | {"pictures": {"base_url": "https://pictures.example.org/n/"}}
    )
    found = album({"2025/Été.png": picture()}, showing("2025/Été.png"), hosted)
    assert found.enclosed == ()
    shown = found.shown("2025/Été.png", 552)
    assert shown
    assert shown.src == "https://pictures.example.org/n/2025/%C3%89t%C3%A9.png"


def test_the_masthead_has_a_picture_too() -> None:
    masthead = Masthead.model_validate({"image": {"file": "m.png", "alt": "The sea"}})
    edition = replace(showing(), masthead=masthead)
    assert [shot.name for shot in album({"m.png": picture()}, edition).enclosed] == ["m.png"]
    assert str(album({}, edition).findings[0]) == "newsletter.yaml:1:1: error: picture: m.png does not exist"


def test_what_is_missing_is_said_in_the_words_of_the_reader() -> None:
    broken = album({}, showing("a.png"))
    assert [str(finding) for finding in broken.findings] == [
        "issues/653.yaml:1:1: error: picture: a.png does not exist"
    ]
    assert broken.shown("a.png", 552) is None


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF"])
def test_a_file_that_stops_early_is_damaged(kind: str) -> None:
    assert "a.png is damaged: " in complaint(picture(kind, (400, 300))[:-60])


@pytest.mark.parametrize("data", [b"", b"<svg/>", picture("WEBP"), picture("BMP")])
def test_other_kinds_are_refused(data: bytes) -> None:
    assert "a.png is no PNG, JPEG or GIF" in complaint(data)


def test_a_large_file_is_refused() -> None:
    newsletter = Newsletter.model_validate(NEWSLETTER.model_dump() | {"limits": {"picture_kb": 1}})
    (finding,) = album({"a.png": picture() + b"x" * 1024}, showing("a.png"), newsletter).findings
    assert finding.message == "a.png has 2 KB; the limit is 1 KB (limits.picture_kb)"


@pytest.mark.parametrize("size", [(8000, 8000), (12_000, 12_000), (60_000, 60_000)])
def test_a_picture_that_unpacks_to_too_much_is_refused_unopened(size: tuple[int, int]) -> None:
    head = b"IHDR" + struct.pack(">IIBBBBB", *size, 8, 2, 0, 0, 0)
    data = b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + head + struct.pack(">I", zlib.crc32(head))
    said = f"a.png has {size[0]:,} \u00d7 {size[1]:,} pixels, far more than an email shows (save it 1,200 wide)"
    assert said in complaint(data + b"\0\0\0\0IDAT")
