from __future__ import annotations

import re
from datetime import timedelta
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from composer.dkim import Signer, make_key
from composer.errors import ComposerError
from composer.message import Message, compile_message, sample, with_fallbacks
from composer.message.proofreading import proofread
from tests.message.making import (
    LINES,
    LINK,
    MOMENT,
    NAME,
    PICTURE,
    TOKENS,
    compiled,
    email,
    filled,
    newsletter,
    parsed,
    text_of,
)


def test_the_parts_stand_in_the_order_that_mail_programs_choose_from() -> None:
    of = compiled(html=f'<img src="images/{PICTURE.name}" alt="x">', pictures=(PICTURE,))
    assert [part.get_content_type() for part in parsed(filled(of=of)).walk()] == [
        "multipart/alternative",
        "text/plain",
        "multipart/related",
        "text/html",
        "image/png",
    ]
    related = list(parsed(filled(of=of)).walk())[2]
    assert related.get_param("type") == "text/html"  # RFC 2387 §3.1


def test_an_embedded_picture_is_named_by_its_content_id() -> None:
    of = compiled(html=f'<img src="images/{PICTURE.name}" alt="x">', pictures=(PICTURE,))
    message = parsed(filled(of=of))
    picture = list(message.walk())[-1]
    assert text_of(message, "html") == f'<img src="cid:{picture["Content-ID"].strip("<>")}" alt="x">'
    assert picture.get_content() == PICTURE.data
    assert picture.get_content_disposition() == "inline"
    assert picture.get_filename() == "two-workers.png"


def test_a_hosted_picture_stays_where_it_is() -> None:
    html = '<img src="https://www.example.org/two%20workers.png" alt="x">'
    message = parsed(filled(of=compiled(html=html, pictures=(PICTURE,))))
    assert text_of(message, "html") == html
    assert message.get_body(("related",)) is None


def test_the_header_is_this_and_nothing_else() -> None:
    head, _, _ = filled(name="Morgan Ellis").data.decode("ascii").partition("\r\n\r\n")
    token = TOKENS.unsubscribe("morgan@example.org")
    assert re.sub('boundary=".*"', "boundary=…", head).split("\r\n") == [
        "From: Regional Update <update@example.org>",
        "To: Morgan Ellis <morgan@example.org>",
        "Reply-To: robin@example.org",
        "Subject: =?utf-8?q?Update_no_653_=C2=B7_foster_care?=",
        "Date: Fri, 14 Mar 2025 09:30:00 +0100",
        f"Message-ID: <653.{TOKENS.message('653', 'morgan@example.org')}@example.org>",
        "MIME-Version: 1.0",
        'List-Id: "Regional Update" <regional-update.example.org>',
        f"List-Unsubscribe: <https://news.example.org/unsubscribe/{token}>,",
        f" <mailto:update@example.org?subject=unsubscribe%20{token}>",
        "List-Unsubscribe-Post: List-Unsubscribe=One-Click",
        "Precedence: bulk",
        "X-Auto-Response-Suppress: OOF, AutoReply",
        "Feedback-ID: 653:regional-update:newsletter:example-org",
        "Content-Language: en-GB",
        "Content-Type: multipart/alternative;",
        " boundary=…",
    ]


def test_a_signature_stands_before_all_of_it() -> None:
    signer = Signer.from_pem(make_key(), domain="example.org", selector="composer")
    signed = compiled(signer).press(TOKENS, moment=MOMENT, signer=signer).fill("morgan@example.org", {}).data
    assert parsed(signed).keys() == ["DKIM-Signature", *parsed(filled()).keys()]
    assert signed.endswith(filled().data)


def test_an_address_for_bounces_that_leaves_no_room_for_a_token_is_refused() -> None:
    sender = {"name": "Update", "email": "update@example.org", "bounces": f"{'b' * 38}@example.org"}
    with pytest.raises(ComposerError, match=r"sender\.bounces: .* at most 37 characters before the @"):
        compile_message(email(), newsletter(sender=sender), number=653)


def test_a_proof_says_so_and_no_inbox_takes_it_for_the_real_one() -> None:
    first, second = (
        compile_message(email(), newsletter(), number=653, proof=MOMENT + wait)
        for wait in (timedelta(), timedelta(minutes=5))
    )
    assert parsed(filled(of=first))["Subject"] == "[PROOF] Update no 653 · foster care"
    assert len({filled().message_id, filled(of=first).message_id, filled(of=second).message_id}) == 3


@pytest.mark.parametrize("value", ["a\nb", "a\rb", "=?x?q?y?=", "a\0", "a\u2028b", "\ud800"])
@pytest.mark.parametrize("setting", ["name", "email", "reply_to", "bounces"])
def test_a_sender_that_a_header_must_not_hold_stops_the_run(setting: str, value: str) -> None:
    unchecked = newsletter()
    unchecked = unchecked.model_copy(update={"sender": unchecked.sender.model_copy(update={setting: value})})
    with pytest.raises(ComposerError, match=rf"newsletter\.yaml: sender\.{setting}: .* cannot stand in a header"):
        compile_message(email(), unchecked, number=653)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"archive_url": "https://www.example.org/?a==?utf-8?q?x?="}, r"newsletter\.yaml: archive_url: .*cannot stand"),
        ({"unsubscribe": {"url": "https://www.example.org/a=?b"}}, r"newsletter\.yaml: unsubscribe: .* cannot stand"),
        ({"archive_url": f"https://www.example.org/{'x' * 1000}"}, "shorten the web addresses in newsletter.yaml"),
    ],
)
def test_a_web_address_that_a_header_must_not_hold_stops_the_run(changes: dict[str, object], said: str) -> None:
    with pytest.raises(ComposerError, match=said):
        compile_message(email(), newsletter(**changes), number=653)


def test_a_language_that_a_header_must_not_hold_stops_the_run() -> None:
    with pytest.raises(ComposerError, match=r"newsletter\.yaml: language: .* cannot stand in a header"):
        compiled(language="en\r\nBcc: everyone@example.org")


@pytest.mark.parametrize("subject", ["a\r\nBcc: b@example.org", "=?utf-8?q?x?=", "a\u2028b", f"a {NAME.token}\n"])
def test_a_subject_that_a_header_must_not_hold_stops_the_run(subject: str) -> None:
    with pytest.raises(ComposerError, match=r"subject's .* cannot stand in a header"):
        compiled(subject=subject)


@pytest.mark.parametrize(
    "data",
    [
        b"From: a@example.org\r\nBcc: b@example.org\r\n\r\nx\r\n",
        b"From: a@example.org\r\n\r\nx\nx\r\n",
        b"From: a@example.org\r\n\r\nx\rx\r\n",
        b"From: a@example.org\r\n\r\nx\0x\r\n",
        b"From: a@example.org\r\n\r\n\xc3\xbc\r\n",
        b"From: a@example.org\r\n\r\n..\r\n",
        b"From a\r\nFrom: a@example.org\r\n\r\n..\r\n",
    ],
)
def test_a_message_that_reads_otherwise_than_it_was_meant_is_not_let_out(data: bytes) -> None:
    good = b"From: a@example.org\r\n\r\nx\r\n"
    proofread(Message("", "", "", good + b".\r\n"), ["From"])
    with pytest.raises(ComposerError, match="does not read as it was meant"):
        proofread(Message("", "", "", data + b".\r\n"), ["From"])


@given(html=LINES, text=LINES, subject=st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=120))
def test_whatever_the_author_writes_arrives_as_it_was_written(html: str, text: str, subject: str) -> None:
    read = parsed(filled(of=compiled(html=html, text=text, subject=subject.replace("=?", ""))))
    assert text_of(read, "html") == html
    assert text_of(read, "plain") == text
    assert read["Subject"] == subject.replace("=?", "")


def test_compiling_at_another_time_gives_the_same_bytes() -> None:
    assert compiled(pictures=(PICTURE,)).dump() == compiled(pictures=(PICTURE,)).dump()


def test_the_sample_and_the_files_beside_it_show_the_fallbacks() -> None:
    shown = with_fallbacks(email(), newsletter())
    message = parsed(sample(compiled()))
    assert shown.text == text_of(message, "plain")
    assert shown.html == text_of(message, "html")
    assert "Dear colleague," in shown.text
    assert "mergefield" not in shown.text + shown.html
    assert "https://news.example.org/unsubscribe/" in unquote(shown.html)


def test_a_sample_has_the_moment_that_is_asked_for_and_needs_no_key() -> None:
    signer = Signer.from_pem(make_key(), domain="example.org", selector="composer")
    of = compiled(signer)
    assert parsed(sample(of, moment=MOMENT))["Date"].datetime == MOMENT
    assert "DKIM-Signature" not in parsed(sample(of))
    assert "DKIM-Signature" in parsed(sample(of, signer=signer))


def test_a_link_to_leave_may_stand_anywhere() -> None:
    of = compiled(subject=f"Leave: {LINK.token}", text=f"{LINK.token}{LINK.token}", html=f"{LINK.token} {LINK.token}")
    message = parsed(filled(of=of))
    link = f"https://news.example.org/unsubscribe/{TOKENS.unsubscribe('morgan@example.org')}"
    assert message["Subject"] == f"Leave: {link}"
    assert text_of(message, "plain") == link * 2
    assert text_of(message, "html") == f"{link} {link}"
