"""The rules about the finished email: what they leave alone, and what they tell apart."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from composer.checks import Remark, Sheet, rule
from composer.errors import Level
from composer.render.templating import packaged
from composer.settings.newsletter import Unsubscribe
from tests.checks.making import sheet

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

ITEM = "updates:\n  - {title: A survey, body: It is open to everybody.}\n"
INTRO = "templates/sections/intro.mjml"
BUTTON = '<table role="presentation"><tr><td bgcolor="#004455" height="44"'
BLOCK = 'style="display:inline-block;color:#ffffff'
LONG = (
    "It is open to everybody who works with children in the region, takes ten minutes, and asks what you would change."
)
RICH = """updates:
  - title: A survey
    event: {start: 2025-03-20 09:00, end: "16:30", place: Teams, url: "https://www.example.org/join"}
    closes: 2025-03-19
    body: |
      See <https://www.example.org/x_y?a=b> or <ann@example.org>; 3 < 4 and *c* > d, it's “good” at AT&T, 5 * 3 = 15.

      #### Details

      1. One
      2. Two [three](https://www.example.org/three) four

      > Quote **bold**text and `code <b>` here\\
      new line

      - [A link that stands alone](https://www.example.org/)
      - ring [Robin](tel:07700900113) or https://www.example.org/bare.

      ---

      שלום עולם, العربية, e\u0301te\u0301, 日本語, soft\u00adhyphen, a\u00a0b
"""
RIGHT = [
    ("table-role", '<table role="presentation"><tr><td>x</td></tr></table>'),
    ("table-role", '<table><tr><th scope="col">x</th></tr><tr><td>y</td></tr></table>'),
    ("heading-order", "<h2>One</h2><h3>Two</h3><h2>Three</h2><h3>Four</h3>"),
    ("empty-link", '<a href="https://x.example.org"><img src="a.png" alt="A map" width="6" height="6" /></a>'),
    ("empty-link", '<a href="https://x.example.org" aria-label="A map"></a><a id="here"></a>'),
    ("alt-text", '<img src="line.png" alt="" width="6" height="6" />'),
    (
        "button-size",
        f'{BUTTON} style="padding:0 20px"><a href="https://x.example.org" {BLOCK}">Go</a></td></tr></table>',
    ),
    (
        "button-size",
        f'{BUTTON} style="mso-padding-alt:9px"><a href="https://x.test" {BLOCK};padding:9px">A</a></td></tr></table>',
    ),
    ("button-size", f'{BUTTON}><a href="https://x.example.org">No block</a></td></tr></table>'),
    ("contrast", '<div style="opacity:0.4"><p style="color:#aaaaaa">Faded, and nobody knows how far</p></div>'),
    ("picture-size", '<img src="https://x.example.org/a.png" alt="x" width="600" height="200" />'),
    ("contrast", '<span style="font-size:24px;color:#767676">Large</span>'),
    ("contrast", '<div style="background:url(x.png);color:#ffffff">On a picture</div>'),
    ("font-size", '<span style="font-size:0">gap</span><div style="display:none;font-size:1px">hidden</div>'),
    ("alignment", '<p style="text-align:center">Short and centred</p>'),
    ("line-height", f'<h3 style="line-height:1">{LONG}</h3>'),
    ("link-underline", '<p><a href="https://x.example.org" style="text-decoration:none">Alone</a></p>'),
    ("link-underline", 'x <a href="https://x.example.org" style="text-decoration:none"><u>the link</u></a> y'),
]
WRONG = [
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
        "picture-size",
        '<img src="https://x.example.org/logo.svg?2" alt="x" width="6" height="6" />',
        "logo.svg?2 is of a kind that many inboxes do not show",
    ),
    (
        "picture-size",
        '<img src="data:image/png;base64,AAAA" alt="x" width="6" height="6" />',
        "a picture is of a kind that many inboxes do not show",
    ),
    (
        "button-size",
        f'{BUTTON}><a href="https://x.example.org" {BLOCK};padding:0 20px">Go</a></td></tr></table>',
        "the button 'Go' has its padding on the link, where Outlook ignores it",
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
]


def remarks(root: Path, code: str, changed: Mapping[str, str]) -> list[Remark]:
    return told(code, sheet(root, changed))


def told(code: str, page: Sheet) -> list[Remark]:
    found = rule(code)
    assert found is not None
    return sorted(found.check(page))


def said(root: Path, code: str, changed: Mapping[str, str]) -> list[str]:
    return [remark.message for remark in remarks(root, code, changed)]


def section(inner: str) -> dict[str, str]:
    return {INTRO: f"<mj-section><mj-column>{inner}</mj-column></mj-section>"}


def text(inner: str) -> dict[str, str]:
    return section(f"<mj-text>{inner}</mj-text>")


def test_what_is_right_is_left_alone(tmp_path: Path) -> None:
    for code in dict.fromkeys(code for code, _ in RIGHT):
        page = text("".join(inner for meant, inner in RIGHT if meant == code))
        assert said(tmp_path / code, code, page) == [], code


def test_what_is_wrong_is_named(tmp_path: Path) -> None:
    page = sheet(tmp_path / "letter", text("".join(inner for _, inner, _ in WRONG)))
    for code, _, message in WRONG:
        assert message in [remark.message for remark in told(code, page)], code


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
        ("A survey for you!", []),
        ("Win! A survey for you!", ["'! A survey for you!' looks like spam"]),
        ("Drafting a plan: three examples", []),
        ("[TEST] A survey", ["'[TEST]' says that this is not the final issue"]),
        (
            "[[first_name|colleague]], " + "a long word " * 6,
            ["the subject has 82 characters; inboxes show 40 to 70 of them"],
        ),
    ],
)
def test_subjects(subject: str, messages: list[str], tmp_path: Path) -> None:
    assert said(tmp_path / "letter", "subject", {"issue.yaml": f'subject: "{subject}"\n{ITEM}'}) == messages


@pytest.mark.parametrize(
    ("preheader", "messages"),
    [
        ("What the survey asks, who answers it and until when", []),
        ("What the survey asks of families \U0001f469\u200d\U0001f467, and until when", []),
        ("What the survey asks,\u00a0who answers it, and un\u00adtil when", []),
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
    issue = "updates:\n  - title: A survey\n    body: |\n      None of them is undefined. Apologies:\n\n      - None\n"
    assert said(tmp_path / "letter", "leftover", {"issue.yaml": issue}) == []


def test_a_word_that_stands_alone_on_the_last_line_of_a_text_is_no_leftover(tmp_path: Path) -> None:
    line = "Of the teams that answered, and of all those that did not answer us, "
    issue = f"updates:\n  - {{title: A survey, body: '{line}None'}}\n"
    page = sheet(tmp_path / "letter", {"issue.yaml": issue})
    assert page.shown
    assert "us,\nNone\n" in page.shown.text
    assert told("leftover", page) == []


@pytest.mark.parametrize(
    ("inner", "left"),
    [
        ('<img src="https://x.example.org/a.png" alt="A\\u{a0}map" width="6" height="6" />', "\\u{a0}"),
        ('<a href="https://x.example.org/?id=%7B%7Bid%7D%7D">A map</a>', "%7B%7B"),
    ],
)
def test_leftovers_inside_a_tag(inner: str, left: str, tmp_path: Path) -> None:
    assert said(tmp_path / "letter", "leftover", text(inner)) == [f"{left!r} would reach the reader in the email"]


def test_braces_of_an_editor_are_leftovers_of_another_program(tmp_path: Path) -> None:
    issue = "updates:\n  - {title: A survey, body: 'Dear {{ first_name }}, it is open.'}\n"
    [message] = said(tmp_path / "letter", "leftover", {"issue.yaml": issue})
    assert message.startswith("'{{ first_name }}")


def test_a_section_that_the_text_lacks_is_noticed(tmp_path: Path) -> None:
    for name in ("updates", "reminders", "tools", "contacts"):
        [remark] = remarks(tmp_path / name, "text-part", {f"templates/sections/{name}.txt": "\n"})
        assert remark.place.path == f"templates/sections/{name}.txt"
    [remark] = remarks(tmp_path / "intro", "text-part", {"templates/sections/intro.txt": "\n"})
    assert remark.place.path == "templates/layout.txt"


def test_rich_text_says_the_same_in_both_parts(tmp_path: Path) -> None:
    assert said(tmp_path / "letter", "text-part", {"issue.yaml": RICH}) == []


def test_a_section_that_the_html_lacks_is_noticed(tmp_path: Path) -> None:
    messages = said(tmp_path / "letter", "text-part", {"templates/sections/contacts.mjml": "\n"})
    assert any(message.startswith("the text part says what the HTML does not") for message in messages)


@pytest.mark.parametrize(
    ("footer", "messages"),
    [
        ('<a href="https://x.example.org/unsubscribe/1">Leave</a><p>1 Harbour Lane, Downhaven SE0 9ZZ</p>', []),
        ('<a href="https://x.example.org/z">Unsubscribe</a><p>1 Harbour Lane,<br />Downhaven SE0 9ZZ</p>', []),
        (
            '<a href="https://x.example.org/care-leavers">Care leavers</a><p>1 Harbour Lane, Downhaven SE0 9ZZ</p>',
            ["the HTML has no link by which to leave"],
        ),
        (
            '<div style="display:none"><a href="https://x.example.org/unsubscribe">Go</a> 1 Harbour Lane</div>',
            ["the HTML has no link by which to leave", "the HTML has no postal address"],
        ),
    ],
)
def test_the_way_out(footer: str, messages: list[str], tmp_path: Path) -> None:
    template = f"<mj-section><mj-column><mj-text>{footer}</mj-text></mj-column></mj-section>"
    assert said(tmp_path / "letter", "way-out", {"templates/footer.mjml": template}) == messages


def test_the_way_out_of_the_text(tmp_path: Path) -> None:
    layout = "News for everybody who would like to unsubscribe from the past.\n1 Harbour Lane\n"
    assert said(tmp_path / "letter", "way-out", {"templates/layout.txt": layout}) == [
        "the text part has no link by which to leave",
        "the text part has no postal address",
    ]


def test_nobody_knows_what_outlook_makes_of_the_other_colour(tmp_path: Path) -> None:
    dark = "@media (prefers-color-scheme:dark) { .none { color: #ffffff } } [data-ogsb] .sheet { background: #222222 }"
    assert said(tmp_path / "letter", "contrast", {"templates/dark.css": dark}) == []


def test_an_email_may_be_wider(tmp_path: Path) -> None:
    theme = (packaged() / "theme.jinja").read_text(encoding="utf-8").replace("width = 600", "width = 640")
    picture = text('<img src="https://x.example.org/a.png" alt="x" width="640" height="10" />')
    assert said(tmp_path / "letter", "picture-size", {"templates/theme.jinja": theme, **picture}) == []


@pytest.mark.parametrize(
    ("alt", "messages"),
    [
        ("Three children fly a kite", []),
        ("A picture postcard of the harbour", []),
        ("The logo of the Harbour Trust", []),
        ("IMG_2041.jpg", ["'IMG_2041.jpg' does not say what the picture shows"]),
        ("Photo", ["'Photo' does not say what the picture shows"]),
        ("An image of a kite", ["'An image of' is what a screen reader says of every picture"]),
    ],
)
def test_what_stands_for_a_picture(alt: str, messages: list[str], tmp_path: Path) -> None:
    issue = f"masthead: {{image: {{file: kite.png, alt: {alt}}}}}\n{ITEM}"
    assert said(tmp_path / "letter", "alt-text", {"issue.yaml": issue}) == messages


def test_one_click_is_wanted_of_who_writes_to_many(tmp_path: Path) -> None:
    many = "email,groups\n" + "".join(f"reader{number}@example.com,Leads\n" for number in range(5000))
    few, made = sheet(tmp_path / "few", {}), sheet(tmp_path / "many", {"members.csv": many})
    by_mail = made.newsletter.model_copy(update={"unsubscribe": Unsubscribe(email="leave@example.org")})
    assert told("message-head", made) == told("message-head", replace(few, newsletter=by_mail)) == []
    [remark] = told("message-head", replace(made, newsletter=by_mail))
    assert (remark.level, remark.place.path) == (Level.WARNING, "newsletter.yaml")


def test_a_setting_that_no_head_can_hold_is_found_at_its_line(tmp_path: Path) -> None:
    wrong = sheet(tmp_path / "letter", {"newsletter.yaml": "title: 'Update =?x? {number}'\n", "issue.yaml": ITEM})
    [remark] = told("message-head", wrong)
    assert remark.message.startswith("the subject's 'Update =?x? 653")
