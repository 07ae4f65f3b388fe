"""The rules about the finished email: what they leave alone, and what they tell apart."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from composer.checks import rule
from tests.checks.making import sheet

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

ITEM = "updates:\n  - {title: A survey, body: It is open to everybody.}\n"
INTRO = "templates/sections/intro.mjml"
LONG = (
    "It is open to everybody who works with children in the region, takes ten minutes, and asks what you would change."
)


def said(root: Path, code: str, changed: Mapping[str, str]) -> list[str]:
    found = rule(code)
    assert found is not None
    return [remark.message for remark in found.check(sheet(root, changed))]


def section(inner: str) -> dict[str, str]:
    return {INTRO: f"<mj-section><mj-column>{inner}</mj-column></mj-section>"}


def text(inner: str) -> dict[str, str]:
    return section(f"<mj-text>{inner}</mj-text>")


@pytest.mark.parametrize(
    ("code", "inner"),
    [
        ("table-role", '<table role="presentation"><tr><td>x</td></tr></table>'),
        ("table-role", '<table><tr><th scope="col">x</th></tr><tr><td>y</td></tr></table>'),
        ("heading-order", "<h2>One</h2><h3>Two</h3><h2>Three</h2><h3>Four</h3>"),
        ("empty-link", '<a href="https://x.example.org"><img src="a.png" alt="A map" width="6" height="6" /></a>'),
        ("empty-link", '<a href="https://x.example.org" aria-label="A map"></a><a id="here"></a>'),
        ("alt-text", '<img src="line.png" alt="" width="6" height="6" />'),
        ("picture-size", '<img src="https://x.example.org/a.png" alt="x" width="600" height="200" />'),
        ("contrast", '<span style="font-size:24px;color:#767676">Large</span>'),
        ("contrast", '<div style="background:url(x.png);color:#ffffff">On a picture</div>'),
        ("font-size", '<span style="font-size:0">gap</span><div style="display:none;font-size:1px">hidden</div>'),
        ("alignment", '<p style="text-align:center">Short and centred</p>'),
        ("line-height", f'<h3 style="line-height:1">{LONG}</h3>'),
        ("link-underline", '<p><a href="https://x.example.org" style="text-decoration:none">Alone</a></p>'),
        ("link-underline", 'x <a href="https://x.example.org" style="text-decoration:none"><u>the link</u></a> y'),
    ],
)
def test_what_is_right_is_left_alone(code: str, inner: str, tmp_path: Path) -> None:
    assert said(tmp_path / "letter", code, text(inner)) == []


@pytest.mark.parametrize(
    ("code", "inner", "message"),
    [
        (
            "table-role",
            "<table><tr><th>Name</th></tr><tr><td>y</td></tr></table>",
            "the header cell 'Name' does not say what it heads",
        ),
        ("heading-order", "<h1>Another</h1>", "the email has 2 first headings (h1)"),
        ("heading-order", "<h2></h2>", "a heading (h2) has no words"),
        ("alt-text", '<img src="https://x.example.org/a.png" />', "a.png has no alt"),
        (
            "alt-text",
            '<a href="https://x.example.org"><img src="a.png" alt="" /></a>',
            "a.png is a link, and its alt is empty",
        ),
        (
            "picture-size",
            '<img src="a.png" alt="x" width="640" height="10" />',
            "a.png is 640 pixels wide, and the email 600",
        ),
        (
            "contrast",
            '<span style="color:#777777">Grey</span>',
            "'Grey' is #777777 on #ffffff: a contrast of 4.48 to 1",
        ),
        (
            "font-size",
            '<span style="font-size:9pt">Small print here</span>',
            "'Small print here' has 12 pixels; less than 14 cannot be read",
        ),
    ],
)
def test_what_is_wrong_is_named(code: str, inner: str, message: str, tmp_path: Path) -> None:
    assert message in said(tmp_path / "letter", code, text(inner))


def test_the_dark_is_looked_at_too(tmp_path: Path) -> None:
    dark = "@media (prefers-color-scheme:dark) { .sheet > table { background: #222222 !important } }"
    messages = said(tmp_path / "letter", "contrast", {"templates/dark.css": dark})
    assert messages
    assert all("in the dark" in message for message in messages)


def test_dark_rules_have_a_block_of_their_own(tmp_path: Path) -> None:
    dark = (
        "@media (prefers-color-scheme:dark) { p { color: #ffffff } } [data-ogsc] p { color: #ffffff } "
        "@media (max-width:479px) { p { margin: 0 } }"
    )
    assert said(tmp_path / "letter", "dark-mode", {"templates/dark.css": dark}) == [
        "the dark rules share a style block with others"
    ]


@pytest.mark.parametrize(
    ("subject", "messages"),
    [
        ("A survey, and three dates for your diary", []),
        ("Re-organising the letter: what changes", []),
        ("Fwd: a survey", ["'Fwd:' says that this is an answer, and it is none"]),
        ("A survey for you!!", ["'!!' looks like spam"]),
        ("[[first_name|colleague]], " + "a long word " * 6, ["the subject has 82 characters; inboxes show 78 at most"]),
    ],
)
def test_subjects(subject: str, messages: list[str], tmp_path: Path) -> None:
    assert said(tmp_path / "letter", "subject", {"issue.yaml": f'subject: "{subject}"\n{ITEM}'}) == messages


@pytest.mark.parametrize(
    ("preheader", "messages"),
    [
        ("What the survey asks, who answers it and until when", []),
        ("Too short", ["the preheader has 9 characters; inboxes show 40 to 110"]),
        ("A subject that is as long as forty characters", ["the preheader says the same as the subject"]),
        (
            "Padded with what is invisible: \\u200b\\u200b and more",
            ["the preheader is padded with invisible characters"],
        ),
    ],
)
def test_preheaders(preheader: str, messages: list[str], tmp_path: Path) -> None:
    issue = f'subject: "A subject that is as long as forty characters"\npreheader: "{preheader}"\n{ITEM}'
    assert said(tmp_path / "letter", "preheader", {"issue.yaml": issue}) == messages


def test_a_made_subject_and_preheader_are_right(tmp_path: Path) -> None:
    changed = {"issue.yaml": 'updates:\n  - {title: "A survey!!", body: It is open.}\n'}
    for code in ("subject", "preheader"):
        assert said(tmp_path / "letter", code, changed) == []


@pytest.mark.parametrize("left", ["{{ name }}", "[[name]]", "undefined", "&nbsp;", "\\u{a0}"])
def test_leftovers_of_a_template(left: str, tmp_path: Path) -> None:
    template = f"{{{{ {left!r} }}}}\n"
    [message] = said(tmp_path / "letter", "leftover", {"templates/sections/intro.txt": template})
    assert message.startswith(repr(left)[:5])


def test_words_of_an_editor_are_no_leftovers(tmp_path: Path) -> None:
    issue = "updates:\n  - {title: A survey, body: 'None of them is undefined, and null is a number.'}\n"
    assert said(tmp_path / "letter", "leftover", {"issue.yaml": issue}) == []


def test_a_section_that_the_text_lacks_is_noticed(tmp_path: Path) -> None:
    for name in ("updates", "reminders", "intro"):
        messages = said(tmp_path / name, "text-part", {f"templates/sections/{name}.txt": "\n"})
        assert messages, name


def test_a_section_that_the_html_lacks_is_noticed(tmp_path: Path) -> None:
    messages = said(tmp_path / "letter", "text-part", {"templates/sections/contacts.mjml": "\n"})
    assert any(message.startswith("the text part says what the HTML does not") for message in messages)


def test_a_setting_that_no_head_can_hold_is_found_at_its_line(tmp_path: Path) -> None:
    wrong = sheet(tmp_path / "letter", {"newsletter.yaml": "title: 'Update =?x? {number}'\n", "issue.yaml": ITEM})
    found = rule("message-head")
    assert found is not None
    [remark] = found.check(wrong)
    assert remark.message.startswith("the subject's 'Update =?x? 653")
