"""The email in a real browser, as wide as phones and inboxes are."""

from __future__ import annotations

import re
import subprocess
from typing import TYPE_CHECKING

import pytest

from composer.cli import main
from tests.test_docs import ROOT
from tests.tools import needs

if TYPE_CHECKING:
    from pathlib import Path

WIDTHS = (320, 375, 600)
FLAGS = (
    "--hide-scrollbars",
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--allow-file-access-from-files",
)

PAGE = """<!doctype html><body>{frames}<script>
addEventListener("load", () => {{
  document.body.dataset.widths = [...document.querySelectorAll("iframe")].map(frame =>
    frame.contentDocument.documentElement.scrollWidth).join(" ");
}});
</script>"""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("layout")
    assert main(["build", "653", "--home", str(ROOT), "--out", str(folder)]) == 0
    return folder / "everyone"


@pytest.mark.parametrize("has_styles", [True, False], ids=["with styles", "without style blocks"])
def test_nothing_is_wider_than_the_screen(built: Path, has_styles: bool) -> None:  # noqa: FBT001 - a parameter
    needs("chromium")
    page = built / "email.html"
    if not has_styles:
        words = re.sub(r"<style.*?</style>", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)
        page = built / "plain.html"
        page.write_text(words, encoding="utf-8")
    frames = "".join(f"<iframe src='{page.as_uri()}' style='width:{width}px;border:0'></iframe>" for width in WIDTHS)
    (built / "frames.html").write_text(PAGE.format(frames=frames), encoding="utf-8")
    profile = f"--user-data-dir={built / 'profile'}"
    command = ["chromium", *FLAGS, profile, "--dump-dom", (built / "frames.html").as_uri()]
    seen = subprocess.run(command, capture_output=True, encoding="utf-8", check=True).stdout
    found = re.search(r'data-widths="([^"]*)"', seen)
    assert found is not None, seen[:500]
    assert [int(width) for width in found[1].split()] == list(WIDTHS)
