"""The page as a browser, a screen reader and a stranger's text meet it."""

from __future__ import annotations

import re
import subprocess
from dataclasses import replace
from datetime import timedelta
from html.parser import HTMLParser
from typing import TYPE_CHECKING

import lxml.html
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from composer.ledger import Deed, State
from composer.report.sentences import one_line
from tests.render.test_layout import FLAGS
from tests.report.ledgers import DEEDS, FEW, MOMENT, Case, write, write_report
from tests.tools import needs

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from lxml.html import HtmlElement

VOID = {"meta", "link", "br", "img", "hr", "input"}
PALETTES = {"light": ":root {", "dark": "(prefers-color-scheme: dark) {\n  :root {"}
INKS = ("ink", "quiet", "link", "good", "warn", "bad")
FILLS = ("sent", "failed", "deferred", "in-doubt", "suppressed", "excluded", "sending")


def page(folder: Path, cases: Iterable[Case] = FEW, log: Iterable[Deed] = DEEDS, planned: int | None = None) -> str:
    """The page of a ledger with these cases."""
    path = folder / "state" / "ledger.db"
    path.unlink(missing_ok=True)
    write(path, cases, log=log, planned=planned)
    return write_report(path, folder).read_text(encoding="utf-8")


def tree(text: str) -> HtmlElement:
    return lxml.html.document_fromstring(text)


class Balance(HTMLParser):
    """Complains of a tag that is closed and was not opened, or the other way round."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.ids: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        self.ids += [value or "" for name, value in attrs if name == "id"]
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def balanced(text: str) -> Balance:
    parser = Balance()
    parser.feed(text)
    parser.close()
    assert parser.open == []
    assert len(parser.ids) == len(set(parser.ids))
    return parser


def test_it_stands_on_its_own_and_runs_nothing(tmp_path: Path) -> None:
    text = page(tmp_path)
    found = balanced(text)
    assert not found.tags & {"script", "img", "iframe", "object", "embed", "form"}
    assert not any(name.startswith("on") for name in found.attributes)
    assert "default-src 'none'" in text
    assert re.findall(r"https?://|url\(|@import", text) == []


def test_it_is_a_page_with_a_language_a_title_and_one_heading(tmp_path: Path) -> None:
    found = tree(page(tmp_path))
    assert found.get("lang") == "en-GB"
    assert found.findtext(".//title") == (
        "Issue 653: 8 planned = 2 sent + 1 failed + 1 deferred + 1 in doubt + 1 opted out + 1 off the lists + "
        "1 still to send"
    )
    assert [heading.text for heading in found.iter("h1")] == ["What became of issue 653"]
    assert [heading.text for heading in found.iter("h2")] == [
        *("Outcome", "Over time", "By domain", "By segment"),
        *("1 failed", "1 in doubt", "1 deferred", "The mailing", "Who did what"),
    ]


def test_every_chart_has_its_words_and_a_table_behind_it(tmp_path: Path) -> None:
    found = tree(page(tmp_path))
    charts = found.xpath("//*[@role='img']")
    assert len(charts) == 5
    for chart in charts:
        assert len(chart.get("aria-label")) > 20
        [section] = chart.xpath("ancestor::section")
        assert section.xpath(".//details//table//td")
    assert not found.xpath("//svg[not(@aria-hidden='true') and not(ancestor::svg)]")
    assert "1 failed + 1 deferred" in found.xpath("//section[@id='domains']//*[@role='img']/@aria-label")[0]


def test_a_link_leads_to_everybody_who_failed_and_to_the_spreadsheet(tmp_path: Path) -> None:
    found = tree(page(tmp_path))
    targets = found.xpath("//a/@href")
    assert {"#failed", "#in-doubt", "#deferred", "failed.csv", "in-doubt.csv", "deferred.csv"} == set(targets)
    assert all((tmp_path / target).exists() for target in targets if not target.startswith("#"))
    assert all(found.xpath(f"//*[@id='{target[1:]}']") for target in targets if target.startswith("#"))


def test_who_sent_it_when_and_how_fast_is_told(tmp_path: Path) -> None:
    cases = [replace(one, after_s=place * 30) for place, one in enumerate(FEW)]
    found = tree(page(tmp_path, cases))
    names = [one.text_content() for one in found.xpath("//dt")]
    facts = dict(zip(names, (one.text_content() for one in found.xpath("//dd")), strict=True))
    assert facts == {
        "Planned": "13 June 2025 16:02 by robin on desk",
        "Sent by": "robin on desk",
        "First answer": "13 June 2025 16:02:00",
        "Last answer": "13 June 2025 16:04:00",
        "Took": "2 min",
        "Rate": "2 a minute on average, from the first answer to the last",
        "Date of the messages": "13 June 2025 16:02",
        "Content": "c0ffee" * 10,
        "Audience": "decade" * 10,
    }


def test_a_sum_that_is_wrong_is_what_the_page_begins_with(tmp_path: Path) -> None:
    found = tree(page(tmp_path, planned=9))
    [verdict] = found.xpath("//div[@class='verdict bad']")
    assert verdict.text_content().strip().startswith("THE SUM IS WRONG: 9 planned, but 8 found")
    assert "Done" not in found.text_content()


@pytest.mark.parametrize(
    ("cases", "verdict"), [(FEW[:2], "good"), (FEW[:3], "good"), (FEW[:4], "warn"), (FEW[:5], "bad"), (FEW[7:], "warn")]
)
def test_the_first_sentence_has_the_colour_of_what_it_says(
    tmp_path: Path, cases: tuple[Case, ...], verdict: str
) -> None:
    assert f'<div class="verdict {verdict}">' in page(tmp_path, cases)


def test_before_the_first_answer_there_is_no_course(tmp_path: Path) -> None:
    found = tree(page(tmp_path, FEW[7:], ()))
    assert [heading.get("id") for heading in found.iter("h2")] == [
        f"{name}-title" for name in ("outcome", "domains", "segments", "facts")
    ]


def test_a_thousand_of_a_state_are_shown_and_the_spreadsheet_has_the_others(tmp_path: Path) -> None:
    text = page(tmp_path, (Case(f"p{number}@example.org", State.FAILED) for number in range(1234)))
    assert text.count('scope="row"><bdi>p') == 1000
    assert "The first 1,000 are here, all 1,234 in" in text


def test_many_domains_are_drawn_as_others_and_counted_behind(tmp_path: Path) -> None:
    found = tree(page(tmp_path, (Case(f"a@council-{number}.example.org", State.SENT) for number in range(250))))
    [rows] = found.xpath("//section[@id='domains']//*[@role='img']")
    assert len(rows) == 13
    assert [one.text_content() for one in rows[-1].xpath("./span | ./b")] == ["238 others", "238"]
    assert "and 50 more" in found.xpath("//section[@id='domains']")[0].text_content()


HOSTILE = st.text(st.sampled_from("<>\"'&=/{}%[]#-! \n\t\0\u202e\x1b") | st.characters(codec="utf-8"), max_size=40)
ATTACKS = (
    "<script>alert(1)</script>",
    '"><svg onload=alert(1)>',
    "{{ 7 * 7 }}",
    "</style><b>",
    "<!--",
    "]]>",
    "&lt;b&gt;",
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30)
@given(st.sampled_from(ATTACKS) | HOSTILE, HOSTILE)
def test_a_strangers_words_are_words_wherever_they_stand(tmp_path: Path, words: str, more: str) -> None:
    address = f"{words}@{more}"
    cases = [
        Case(address, state, f"{words} {more}", 550, frozenset({words or "segment"}))
        for state in (State.FAILED, State.IN_DOUBT, State.DEFERRED)
    ]
    text = page(tmp_path, cases, [Deed(653, MOMENT, words, more, words, more)])
    assert balanced(text).tags == balanced(page(tmp_path, FEW)).tags
    found = tree(text)
    shown = [one.text for one in found.xpath("//table[contains(@class, 'people')]//th[@scope='row']/bdi")]
    assert [one or "" for one in shown] == [one_line(address)] * 3
    said = found.xpath("//table[contains(@class, 'people')]//td[1]/bdi")
    assert [one.text for one in said] == [one_line(f"550 {words} {more}")] * 3


def palette(style: str, beginning: str) -> dict[str, str]:
    block = style.split(beginning, 1)[1].split("}", 1)[0]
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", block))


def luminance(colour: str) -> float:
    """WCAG 2.2, relative luminance."""
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("name", PALETTES)
def test_words_and_charts_stand_out_in_light_and_dark(tmp_path: Path, name: str) -> None:
    colours = palette(page(tmp_path), PALETTES[name])
    for ground in ("ground", "sheet"):
        assert {ink: contrast(colours[ink], colours[ground]) >= 4.5 for ink in INKS} == dict.fromkeys(INKS, True)
    assert {fill: contrast(colours[fill], colours["sheet"]) >= 3 for fill in FILLS} == dict.fromkeys(FILLS, True)


FRAMES = """<!doctype html><body>{frames}<script>
addEventListener("load", () => {{
  document.body.dataset.widths = [...document.querySelectorAll("iframe")].map(frame => {{
    for (const one of frame.contentDocument.querySelectorAll("details")) one.open = true;
    return frame.contentDocument.documentElement.scrollWidth;
  }}).join(" ");
}});
</script>"""
WIDTHS = (320, 375, 600, 1200)


def crowd() -> Iterator[Case]:
    for number in range(300):
        state = [*State][number % len(State)]
        name, domain = "verylongname" * (number % 5 + 1), f"{'department' * (number % 6 + 1)}.example.org"
        words = f"5.1.1 {'unbreakable' * 12} https://example.org/{'x' * 200}"
        segments = frozenset({f"segment-with-a-long-name-{number % 7}"})
        yield Case(f"{name}{number}@{domain}", state, words, 550, segments, number * 3)


def test_nothing_is_wider_than_the_window(tmp_path: Path) -> None:
    needs("chromium")
    log = [Deed(653, MOMENT + timedelta(seconds=1), "robin" * 20, "desk" * 30, "overruled", "because" * 50), *DEEDS]
    page(tmp_path, crowd(), log)
    source = (tmp_path / "report.html").as_uri()
    frames = "".join(f"<iframe src='{source}' style='width:{width}px;border:0'></iframe>" for width in WIDTHS)
    (tmp_path / "frames.html").write_text(FRAMES.format(frames=frames), encoding="utf-8")
    profile = f"--user-data-dir={tmp_path / 'profile'}"
    command = ["chromium", *FLAGS, profile, "--dump-dom", (tmp_path / "frames.html").as_uri()]
    seen = subprocess.run(command, capture_output=True, encoding="utf-8", check=True).stdout
    found = re.search(r'data-widths="([^"]*)"', seen)
    assert found is not None, seen[:500]
    assert [int(width) for width in found[1].split()] == list(WIDTHS)
