from __future__ import annotations

import re
import time
from datetime import UTC, datetime, timedelta, timezone
from email import policy
from email.headerregistry import Address
from email.message import EmailMessage
from email.parser import BytesParser
from html import escape
from urllib.parse import unquote

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from composer.errors import ComposerError
from composer.message import Compiled, Message, compile_message, folding, quoting, sample, with_fallbacks
from composer.message.script import Manner, cut, read
from composer.render import Email, MergeField, Picture
from composer.settings import Newsletter
from composer.unsubscribe import Tokens

MOMENT = datetime(2025, 3, 14, 9, 30, tzinfo=timezone(timedelta(hours=1)))
TOKENS = Tokens("key")
STRICT = policy.default.clone(raise_on_defect=True)
PICTURE = Picture("two workers.png", bytes(range(256)) * 3, "image/png", 10, 10)
NAME = MergeField("mergefield1x", "first_name", "colleague")
LINK = MergeField("mergefield2x", "unsubscribe_link", "")
ADDRESS = MergeField("mergefield3x", "email", "")

ANYTHING = st.text(st.characters(), max_size=200)
LINES = st.text(st.characters(exclude_categories=["Cs", "Cc"]) | st.just("\n"), max_size=400)
HOSTILE = st.sampled_from(
    [
        "x\r\nBcc: everyone@example.org",
        "=?utf-8?q?x=0D=0ABcc:_y?=",
        "a\u2028b",
        "\0",
        '"><script>',
        "Ellis, Morgan (Dr) <m@x>",
        ".",
        "From me",
        "\ud800",
        "=",
        " ",
        "\u202etxt",
        "\u00a0",
    ]
)
VALUES = ANYTHING | HOSTILE


def newsletter(**changes: object) -> Newsletter:
    return Newsletter.model_validate(
        {
            "name": "Regional Update",
            "organisation": "South East Programme",
            "address": "1 High Street",
            "sender": {"name": "Regional Update", "email": "update@example.org", "reply_to": "robin@example.org"},
            "unsubscribe": {"url": "https://news.example.org"},
            **changes,
        }
    )


def email(**changes: object) -> Email:
    parts: dict[str, object] = {
        "subject": "Update no 653 · foster care",
        "preheader": "Dates for your diary",
        "html": f"<p>Dear {NAME.token},</p>\n<p><a href='{LINK.token}'>Leave</a></p>\n",
        "text": f"Dear {NAME.token},\n\nLeave: {LINK.token}\n",
        "language": "en-GB",
        "fields": (NAME, LINK, ADDRESS),
    }
    return Email(**(parts | changes))  # type: ignore[arg-type]


def compiled(**changes: object) -> Compiled:
    return compile_message(email(**changes), newsletter(), number=653)


def filled(address: str = "morgan@example.org", /, *, of: Compiled | None = None, **fields: str) -> Message:
    return (of or compiled()).press(TOKENS, moment=MOMENT).fill(address, fields)


def parsed(message: Message | bytes) -> EmailMessage:
    return BytesParser(policy=STRICT).parsebytes(message if isinstance(message, bytes) else message.data)


def text_of(message: EmailMessage, subtype: str) -> str:
    body = message.get_body((subtype,))
    assert body is not None
    return body.get_content().replace("\r\n", "\n")  # type: ignore[no-any-return]


def spaceless(words: str) -> str:
    """Python reads a space between two encoded words of a name, where RFC 2047 §6.2 has none."""
    return "".join(words.split())


def wire_is_clean(data: bytes) -> bool:
    lines = data.split(b"\r\n")
    assert lines[-1] == b""
    assert max(map(len, lines)) <= 998
    assert not re.search(rb"[\r\n\0]", b"".join(lines))
    _, _, body = data.partition(b"\r\n\r\n")
    assert max(len(line) for line in body.split(b"\r\n")) <= 76
    return data.isascii()


def test_the_parts_stand_in_the_order_that_mail_programs_choose_from() -> None:
    of = compiled(html=f'<img src="images/{PICTURE.name}" alt="x">', pictures=(PICTURE,))
    message = parsed(filled(of=of))
    assert [part.get_content_type() for part in message.walk()] == [
        "multipart/alternative",
        "text/plain",
        "multipart/related",
        "text/html",
        "image/png",
    ]


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


def test_bounces_come_back_to_an_address_that_tells_us_whose_they_are() -> None:
    of = compile_message(
        email(),
        newsletter(sender={"name": "Update", "email": "update@example.org", "bounces": "bounces@mail.example.org"}),
        number=653,
    )
    token = TOKENS.bounce("653", "morgan@example.org")
    assert filled("Morgan@example.org", of=of).envelope_sender == f"bounces+{token}@mail.example.org"


def test_an_address_for_bounces_that_leaves_no_room_for_a_token_is_refused() -> None:
    sender = {"name": "Update", "email": "update@example.org", "bounces": f"{'b' * 38}@example.org"}
    with pytest.raises(ComposerError, match=r"sender\.bounces: .* at most 37 characters before the @"):
        compile_message(email(), newsletter(sender=sender), number=653)


def test_the_message_id_holds_no_address_and_differs_between_people_and_issues() -> None:
    other_issue = compile_message(email(), newsletter(), number=654)
    ids = {filled("morgan@example.org").message_id, filled("robin@example.org").message_id}
    ids.add(filled("morgan@example.org", of=other_issue).message_id)
    assert len(ids) == 3
    assert not any("morgan" in one or "robin" in one for one in ids)


def test_a_proof_says_so_and_no_inbox_takes_it_for_the_real_one() -> None:
    first, second = (
        compile_message(email(), newsletter(), number=653, proof=MOMENT + wait)
        for wait in (timedelta(), timedelta(minutes=5))
    )
    assert parsed(filled(of=first))["Subject"] == "[PROOF] Update no 653 · foster care"
    assert len({filled().message_id, filled(of=first).message_id, filled(of=second).message_id}) == 3


def test_a_missing_or_empty_field_is_its_fallback() -> None:
    assert "Dear colleague," in text_of(parsed(filled(first_name="")), "plain")
    assert "Dear colleague," in text_of(parsed(filled()), "html")


def test_a_column_called_email_does_not_stand_in_for_the_address() -> None:
    of = compiled(text=ADDRESS.token)
    assert text_of(parsed(filled(of=of, email="somebody-else@example.org")), "plain") == "morgan@example.org"


def test_a_value_inside_a_web_address_is_percent_encoded() -> None:
    of = compiled(
        html=f'<a href="https://www.example.org/?name={NAME.token}">x</a> {NAME.token}',
        text=f"https://www.example.org/?name={NAME.token} {NAME.token}",
    )
    message = parsed(filled(of=of, first_name="Zoë & Co"))
    in_html, in_text = text_of(message, "html"), text_of(message, "plain")
    assert in_html == '<a href="https://www.example.org/?name=Zo%C3%AB%20%26%20Co">x</a> Zoë &amp; Co'
    assert in_text == "https://www.example.org/?name=Zo%C3%AB%20%26%20Co Zoë & Co"


@pytest.mark.parametrize(
    ("value", "leads_to"),
    [
        ("https://www.example.org/a?b=c&d", "https://www.example.org/a?b=c&amp;d"),
        ("mailto:zoe@example.org", "mailto:zoe@example.org"),
        ("javascript:alert(1)", "https://www.example.org"),
        ("Zoë", "https://www.example.org"),
        ("", "https://www.example.org"),
    ],
)
def test_a_whole_address_from_a_list_is_one_or_gives_way(value: str, leads_to: str) -> None:
    page = MergeField("mfpagez", "page", "https://www.example.org")
    script = cut(f'<a href="{page.token}">x</a>', (page,), Manner.HTML)
    assert read(script, {"page": value}) == f'<a href="{leads_to}">x</a>'


@pytest.mark.parametrize(
    "name", ["x\r\nBcc: y@example.org", "=?utf-8?q?x=0A?=", "a\u2028b", "a\0b", "a\x7fb", "\ud800"]
)
def test_a_name_that_a_header_must_not_hold_is_left_out(name: str) -> None:
    assert b"To: morgan@example.org\r\n" in filled(name=name).data


def test_a_value_that_a_header_must_not_hold_gives_way_to_the_fallback() -> None:
    of = compiled(subject=f"For {NAME.token}")
    assert parsed(filled(of=of, first_name="=?x?="))["Subject"] == "For colleague"


@pytest.mark.parametrize("name", ["a\nb", "=?x?q?y?="])
def test_a_sender_that_a_header_must_not_hold_stops_the_run(name: str) -> None:
    unchecked = newsletter()
    unchecked = unchecked.model_copy(update={"sender": unchecked.sender.model_copy(update={"name": name})})
    with pytest.raises(ComposerError, match=r"newsletter\.yaml: sender\.name: .* cannot stand in a header"):
        compile_message(email(), unchecked, number=653)


@pytest.mark.parametrize("subject", ["a\r\nBcc: b@example.org", "=?utf-8?q?x?=", "a\u2028b", f"a {NAME.token}\n"])
def test_a_subject_that_a_header_must_not_hold_stops_the_run(subject: str) -> None:
    with pytest.raises(ComposerError, match=r"subject's .* cannot stand in a header"):
        compiled(subject=subject)


@pytest.mark.parametrize(
    "address", ["a b@example.org", "a@example.org\r\nRCPT", "<a@example.org>", "a", "é@example.org"]
)
def test_what_is_no_address_is_refused(address: str) -> None:
    with pytest.raises(ComposerError, match="cannot stand in a message as an address"):
        filled(address)


@given(name=VALUES, first_name=VALUES)
@example(name="Morgan " * 30, first_name="x" * 3000)
@example(name="Ж" * 300, first_name="Ж" * 300)
@example(name='O"Brien \\ Co', first_name="=\r\n.\r\nMAIL FROM")
def test_whatever_the_list_holds_the_message_is_sound_and_says_what_the_email_says(name: str, first_name: str) -> None:
    of = _WITH_EVERYTHING
    message = filled(of=of, name=name, first_name=first_name)
    assert wire_is_clean(message.data)
    assert filled(of=of, name=name, first_name=first_name) == message
    read = parsed(message)

    shown = quoting.one_line(first_name) or "" if first_name else "colleague"
    link = f"https://news.example.org/unsubscribe/{TOKENS.unsubscribe('morgan@example.org')}"
    assert text_of(read, "plain") == f"Dear {shown},\n\n.\nFrom {shown}\n\n{link}\n{shown} \n{shown}"
    assert text_of(read, "html") == f"<p>Dear {escape(shown)},</p><a href='{escape(link)}'>x</a>{escape(shown)}"
    in_header = first_name if first_name and folding.is_header_safe(first_name) else "colleague"
    assert read["Subject"].split() == f"Über {in_header} news".split()
    assert [to.addr_spec for to in read["To"].addresses] == ["morgan@example.org"]
    assert spaceless(read["To"].addresses[0].display_name) == (spaceless(name) if folding.is_header_safe(name) else "")


_WITH_EVERYTHING = compile_message(
    Email(
        subject=f"Über {NAME.token} news",
        preheader="",
        html=f"<p>Dear {NAME.token},</p><a href='{LINK.token}'>x</a>{NAME.token}",
        text=f"Dear {NAME.token},\n\n.\nFrom {NAME.token}\n\n{LINK.token}\n{NAME.token} \n{NAME.token}",
        language="en-GB",
        pictures=(PICTURE,),
        fields=(NAME, LINK),
    ),
    newsletter(),
    number=653,
)


@given(html=LINES, text=LINES, subject=st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=120))
def test_whatever_the_author_writes_arrives_as_it_was_written(html: str, text: str, subject: str) -> None:
    message = filled(of=compiled(html=html, text=text, subject=subject.replace("=?", "")))
    assert wire_is_clean(message.data)
    read = parsed(message)
    assert text_of(read, "html") == html
    assert text_of(read, "plain") == text
    assert read["Subject"] == subject.replace("=?", "")


@given(
    name=st.text(st.characters(exclude_categories=["C", "Z"]) | st.just(" "), max_size=80),
    subject=st.text(st.characters(exclude_categories=["C", "Z"]) | st.just(" "), max_size=150),
)
def test_names_and_subjects_read_as_if_the_email_package_had_written_them(name: str, subject: str) -> None:
    name, subject = (" ".join(words.replace("=?", "").split()) for words in (name, subject))
    theirs = EmailMessage()
    theirs["To"] = Address(name, addr_spec="morgan@example.org")
    theirs["Subject"] = subject
    ours = parsed(folding.mailbox("To", name, "morgan@example.org") + folding.header("Subject", subject) + b"\r\n")
    assert ours["Subject"] == theirs["Subject"]
    (our_mailbox,), (their_mailbox,) = ours["To"].addresses, theirs["To"].addresses
    assert our_mailbox.addr_spec == their_mailbox.addr_spec
    assert spaceless(our_mailbox.display_name) == spaceless(their_mailbox.display_name)


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=300))
def test_header_lines_are_folded_at_78_columns_where_there_is_a_place_to_fold(words: str) -> None:
    words = quoting.one_line(words)
    lines = (folding.header("Subject", words) + folding.mailbox("To", words, "m@example.org")).split(b"\r\n")
    assert all(len(line) <= 78 for line in lines)


@given(name=VALUES)
def test_the_ledger_can_freeze_a_message_and_go_on_with_it_later(name: str) -> None:
    frozen = _WITH_EVERYTHING.dump()
    assert Compiled.load(frozen) == _WITH_EVERYTHING
    assert Compiled.load(frozen).dump() == frozen
    assert filled(of=Compiled.load(frozen), name=name) == filled(of=_WITH_EVERYTHING, name=name)


def test_a_message_frozen_by_another_version_is_not_guessed_at() -> None:
    with pytest.raises(ComposerError, match="another version"):
        Compiled.load(compiled().dump().replace(b'"format": 2', b'"format": 9'))


def test_compiling_twice_gives_the_same_bytes() -> None:
    assert compiled(pictures=(PICTURE,)).dump() == compiled(pictures=(PICTURE,)).dump()


def test_the_sample_and_the_files_beside_it_show_the_fallbacks() -> None:
    shown = with_fallbacks(email(), newsletter())
    message = parsed(sample(compiled()))
    assert shown.text == text_of(message, "plain")
    assert shown.html == text_of(message, "html")
    assert "Dear colleague," in shown.text
    assert "mergefield" not in shown.text + shown.html
    assert "https://news.example.org/unsubscribe/" in unquote(shown.html)


def test_filling_a_message_of_60_kilobytes_takes_a_fraction_of_a_millisecond() -> None:
    of = compiled(html=f"<p>Dear {NAME.token}</p>" + "<p>Words of the author, à la carte.</p>\n" * 1500)
    start = time.perf_counter()
    for _ in range(200):
        filled(of=of, name="Morgan Ellis", first_name="Morgan")
    assert (time.perf_counter() - start) / 200 < 0.002  # ten times what it takes, for a busy machine


def test_the_date_needs_a_zone() -> None:
    with pytest.raises(ValueError, match="zone"):
        compiled().press(TOKENS, moment=datetime(2025, 3, 14))  # noqa: DTZ001
    message = compiled().press(TOKENS, moment=datetime(2025, 1, 1, tzinfo=UTC)).fill("morgan@example.org", {})
    assert b"+0000" in message.data
