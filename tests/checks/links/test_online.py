"""The rules that ask the web, against a small web of our own."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from composer.checks import Visit
from composer.checks.links import page_count, redirected_link, unreachable_link
from composer.checks.links.redirected_link import has_moved
from composer.crawler import Crawler
from tests.checks.making import sheet
from tests.crawler.web import served

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from composer.checks import Remark, Web
    from tests.crawler.web import Web as SmallWeb

RULES = (unreachable_link, redirected_link, page_count)
NOW = datetime(2025, 3, 14, 9, 0, tzinfo=UTC)
EARLIER = "updates: [{title: A film, body: A text about a film that all may see.}]\n"


@pytest.fixture
def web() -> Iterator[SmallWeb]:
    with served() as web:
        yield web


def said(root: Path, web: Web, issue: str, earlier: str = EARLIER) -> list[str]:
    """What the rules say of an issue, as line, message and hint."""
    offline = sheet(root, {"issues/652.yaml": earlier, "issue.yaml": issue})
    online = replace(offline, web=web)
    remarks: set[Remark] = {remark for rule in RULES for remark in rule.check(online)}
    assert not any(remark for rule in RULES for remark in rule.check(offline))
    return [f"{each.place.path}:{each.place.line} {each.message} ({each.hint})" for each in sorted(remarks)]


def test_what_the_editor_reads(web: SmallWeb, tmp_path: Path) -> None:
    issue = f"""\
updates:
  - title: A short item
    publication: {{by: DfE, date: 2025-03-11, title: Numbers, url: "{web.url("/gone")}"}}
    body: |
      - a [page that is there]({web.url("/page")}), and [one that is not]({web.url("/nothing")})
      - one that [has moved]({web.url("/moved-twice")}), and [one only for now]({web.url("/for-now")})
      - one that [moved to nothing]({web.url("/moved-to-nothing")})
      - [forbidden]({web.url("/forbidden")}), [broken]({web.url("/broken")}), [busy]({web.url("/busy")})
      - one that goes [in circles]({web.url("/circle")})
    links:
      - {{text: Full report, url: "{web.url("/three.pdf")}", pages: 28}}
      - {{text: The right number, url: "{web.url("/three.pdf?again")}", pages: 3}}
      - {{text: No number, url: "{web.url("/three.pdf?without")}"}}
      - {{text: Locked, url: "{web.url("/torn.pdf")}", pages: 9}}
"""
    look = "open it yourself; then correct the address, or take the link out"
    crawler = Crawler(web.asker(), tmp_path, NOW)
    found = said(tmp_path / "letter", crawler, issue)
    short = [line.replace("issues/653.yaml:", "").replace(web.url(""), "").replace(look, "look") for line in found]
    assert short == [
        "5 /gone was taken away for good (410) (look)",
        "7 /nothing does not exist (404) (look)",
        "8 the page at /moved-twice has moved for good (write /page)",
        "9 /moved-to-nothing is redirected to /nothing, which does not exist (404) (look)",
        "11 /circle is redirected in a circle or without end (look)",
        "13 the document has 3 pages, not 28 (write pages: 3)",
    ]


def test_a_reminder_whose_page_has_gone(web: SmallWeb, tmp_path: Path) -> None:
    body = f"See [the film]({web.url('/gone')}) and [the book]({web.url('/moved')})."
    earlier = f"updates: [{{title: A film, remind: 3, body: '{body}'}}]\n"
    found = said(tmp_path / "letter", Crawler(web.asker(), tmp_path, NOW), "updates: [{title: A, body: B.}]\n", earlier)
    assert [line.partition(" ")[0] for line in found] == ["issues/652.yaml:3"]


def test_a_machine_that_is_cut_off_is_told_once(tmp_path: Path) -> None:
    with served() as closed:
        pass
    links = "\n".join(f"      - [page {number}]({closed.url(f'/{number}')})" for number in range(3))
    issue = f"updates:\n  - title: A short item\n    body: |\n{links}\n"
    assert said(tmp_path / "letter", Crawler(closed.asker(), tmp_path, NOW), issue) == [
        "issues/653.yaml:1 none of the 3 links could be reached (is this machine connected to the web?)"
    ]


def test_redirections_that_are_trifles() -> None:
    def moved(url: str, final: str) -> bool:
        return has_moved(Visit(url, 200, final, is_permanent=True))

    trifles = {
        "http://example.org/a": "https://www.example.org/a/",
        "https://www.example.org/a": "https://www.example.org/A",
        "https://www.example.org/b#c": "https://www.example.org/b",
        "https://www.example.org/": "https://www.example.org/en/home",
        "https://www.example.org/c": "https://www.example.org/login?next=/c",
        "https://www.example.org/d": "https://id.example.org/sso/start",
    }
    assert [url for url, final in trifles.items() if moved(url, final)] == []
    assert moved("https://www.example.org/a", "https://www.example.org/b")
    assert moved("https://www.example.org/a", "https://www.example.org/")
    assert not has_moved(Visit("https://www.example.org/a", 200, "https://www.example.org/b"))
    assert not has_moved(Visit("https://www.example.org/a", 404, "https://www.example.org/b", is_permanent=True))


def test_a_page_that_leads_only_to_the_front(tmp_path: Path) -> None:
    url = "https://www.example.org/guide"
    visit = Visit(url, 200, "https://www.example.org/?utm_source=old", is_permanent=True)
    issue = f"updates: [{{title: A, body: 'Read [the guide]({url}).'}}]\n"
    [found] = said(tmp_path / "letter", lambda _: {url: visit}, issue)
    assert f"{url} leads only to a front page now: https://www.example.org/ (look for the page there" in found
