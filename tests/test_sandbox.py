from __future__ import annotations

import asyncio
import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from composer.courier import Courier, Kind
from composer.errors import ComposerError
from composer.message import Message
from composer.sandbox import Sandbox
from composer.sandbox.inbox import write_inbox
from composer.sandbox.letter import Letter
from tests.tools import on_the_wire

if TYPE_CHECKING:
    from pathlib import Path


PICTURE = b"\x89PNG" + bytes(100_000)
HOSTILE = '</pre><script>alert(1)</script><img src="https://tracker.example.com/x.png">'


async def begin() -> None:
    """No ledger here."""


def mail(subject: str = "News", html: str = "<p>Hello</p>", text: str = "Hello", *pictures: bytes) -> bytes:
    from email.message import EmailMessage

    message = EmailMessage()
    message["Subject"] = subject
    message["To"] = "Morgan Ellis <morgan@example.org>"
    message.set_content(text)
    message.add_alternative(html, subtype="html")
    for number, picture in enumerate(pictures):
        message.get_payload()[1].add_related(picture, "image", "png", cid=f"<{number}@example.org>")  # type: ignore[index, union-attr]
    return message.as_bytes(policy=message.policy.clone(linesep="\r\n"))


def received(folder: Path, *letters: tuple[str, bytes]) -> Sandbox:
    """A sandbox to which these have been delivered over SMTP, its pages written."""
    sandbox = Sandbox(folder)

    async def deliver() -> None:
        async with sandbox, Courier(sandbox.smtp) as courier:
            for recipient, data in letters:
                message = Message("bounces+t@example.org", recipient, "<1@example.org>", on_the_wire(data))
                outcome = await courier.deliver(message, begin)
                assert outcome.kind is Kind.ACCEPTED
            sandbox.write_inbox()

    asyncio.run(asyncio.wait_for(deliver(), 20))
    return sandbox


def page(folder: Path, letter: Letter, ending: str = "html") -> str:
    return (folder / "mail" / f"{letter.name}.{ending}").read_text(encoding="utf-8")


def test_a_message_lies_on_disk_byte_for_byte_when_the_answer_comes(tmp_path: Path) -> None:
    data = mail(text=".\r\n..\r\nFrom me")

    async def deliver() -> None:
        async with Sandbox(tmp_path) as sandbox, Courier(sandbox.smtp) as courier:
            await courier.deliver(Message("a@example.org", "morgan@example.org", "", on_the_wire(data)), begin)
            (letter,) = sandbox.letters
            assert (tmp_path / f"{letter.name}.eml").read_bytes() == data

    asyncio.run(deliver())


def test_the_inbox_lists_everybody_with_what_their_inbox_would_show(tmp_path: Path) -> None:
    html = "<head><title>No</title><style>p{}</style></head><div hidden>Three dates&nbsp;for your&#8203; diary</div>"
    received(tmp_path, ("morgan@example.org", mail("Grüße · 653", html)), ("robin@example.org", mail()))
    inbox = (tmp_path / "index.html").read_text(encoding="utf-8")
    assert "2 messages" in inbox
    assert "Grüße · 653</a><span>Three dates for your diary</span>" in inbox
    assert '<td class="who">Morgan Ellis<span>morgan@example.org</span>' in inbox


def test_a_message_shows_its_html_its_text_and_its_headers(tmp_path: Path) -> None:
    (letter,) = received(tmp_path, ("morgan@example.org", mail(text="Plain words"))).letters
    shown = page(tmp_path, letter)
    assert "Plain words" in shown
    assert "<dt>Subject</dt><dd>News</dd>" in shown
    assert "<dt>MAIL FROM</dt><dd>bounces+t@example.org</dd>" in shown
    assert f'src="{letter.name}.body.html"' in shown
    assert "<p>Hello</p>" in page(tmp_path, letter, "body.html")


def test_hostile_content_is_shown_and_does_nothing(tmp_path: Path) -> None:
    (letter,) = received(tmp_path, ("morgan@example.org", mail(f"News {HOSTILE}", HOSTILE, HOSTILE))).letters
    inbox = (tmp_path / "index.html").read_text(encoding="utf-8")
    for ours in (inbox, page(tmp_path, letter)):
        assert "<script" not in ours
        assert "&lt;script&gt;" in ours
        assert not re.search(r'(?:src|href)="(?:https?:|//)', ours)
    frame = re.search(r"<iframe[^>]*>", page(tmp_path, letter))
    assert frame
    assert re.search(r'sandbox="[^"]*"', frame[0])
    assert "allow-scripts" not in frame[0]


@pytest.mark.parametrize(
    "opening",
    [
        "",
        "<!DOCTYPE html>\n<html lang='en'>\n<head>",
        '<html data-x=">"><head title="<">',
        "<head>",
        "<img src=x><head>",
    ],
)
def test_a_messages_html_may_fetch_nothing_from_outside(tmp_path: Path, opening: str) -> None:
    (letter,) = received(tmp_path, ("morgan@example.org", mail(html=f"{opening}<p>{HOSTILE}</p>"))).letters
    framed = page(tmp_path, letter, "body.html")
    policy = framed.index('<meta http-equiv="Content-Security-Policy" content="default-src \'none\'')
    assert policy < framed.index("src=")
    assert re.fullmatch(r"\s*(<!doctype[^>]*>\s*)?(<html[^\n]*>\s*)?(<head[^\n]*>)?", framed[:policy], re.IGNORECASE)


def test_equal_pictures_lie_once_however_many_messages_hold_them(tmp_path: Path) -> None:
    html = '<img src="cid:0@example.org" alt=""><img src="cid:1@example.org" alt="">'
    people = [(f"person{number}@example.org", mail("News", html, "x", PICTURE, PICTURE)) for number in range(5)]
    letters = received(tmp_path, *people).letters
    (picture,) = (tmp_path / "pictures").iterdir()
    assert picture.read_bytes() == PICTURE
    assert (tmp_path / "index.html").stat().st_size < 10_000
    assert page(tmp_path, letters[0], "body.html").count(f'src="../pictures/{picture.name}"') == 2


def test_a_second_copy_is_not_hidden_behind_the_first(tmp_path: Path) -> None:
    sandbox = received(tmp_path, ("morgan@example.org", mail("One")), ("morgan@example.org", mail("Two")))
    assert [letter.subject for letter in sandbox.letters] == ["One", "Two"]
    assert len(list(tmp_path.glob("*.eml"))) == 2


def test_a_new_sandbox_replaces_its_own_files_and_no_others(tmp_path: Path) -> None:
    received(tmp_path, ("morgan@example.org", mail("News", '<img src="cid:0@example.org">', "x", PICTURE)))
    for kept in ("notes.txt", "kept.eml", "pictures/kept.png", "everyone/email.html"):
        (tmp_path / kept).parent.mkdir(exist_ok=True)
        (tmp_path / kept).write_text("mine", encoding="utf-8")
    received(tmp_path)
    left = {path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*") if path.is_file()}
    assert left == {"index.html", "notes.txt", "kept.eml", "pictures/kept.png", "everyone/email.html"}
    assert "No message has arrived." in (tmp_path / "index.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "recipient",
    ["con@example.org", "x" * 64 + "@" + "y" * 60 + ".example.org", "a/../b@example.org", "o'b|c?*@example.org"],
)
def test_file_names_are_allowed_on_every_system_and_the_same_in_every_run(tmp_path: Path, recipient: str) -> None:
    names = {letter.name for run in ("a", "b") for letter in received(tmp_path / run, (recipient, mail())).letters}
    (name,) = names
    assert re.fullmatch(r"[a-z0-9-]{1,92}", name)


def test_people_whose_names_read_alike_have_files_of_their_own(tmp_path: Path) -> None:
    letters = received(
        tmp_path, ("a.b@example.org", mail()), ("a-b@example.org", mail()), ("A.B@example.org", mail())
    ).letters
    assert len({letter.name.casefold() for letter in letters}) == 3


def test_a_sandbox_closes_though_somebody_is_still_connected(tmp_path: Path) -> None:
    async def leave() -> None:
        async with Sandbox(tmp_path) as sandbox:
            courier = Courier(sandbox.smtp)
            await courier.open()
        assert (
            await courier.deliver(Message("a@example.org", "b@example.org", "", on_the_wire(b"x\r\n")), begin)
        ).connection_lost

    asyncio.run(asyncio.wait_for(leave(), 5))


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("a file", encoding="utf-8")
    with pytest.raises(ComposerError, match=r"the sandbox cannot write to .*/out"):
        received(tmp_path / "out")


SCRAPS = st.sampled_from(
    [
        b"Subject: ",
        b"To: ",
        b"Content-ID: <a>\r\n",
        b"Content-Transfer-Encoding: base64\r\n",
        b"Content-Type: text/html; charset=",
        b"Content-Type: image/",
        b"Content-Type: message/rfc822\r\n",
        b"Content-Type: multipart/related; boundary=x\r\n",
        b"\r\n--x\r\n",
        b"\r\n\r\n",
        b"\r\n",
        b"=?utf-8?b?",
        b"?=",
        b"<![",
        b"<!--",
        b"<a b='",
        b"&#",
    ]
)


@given(data=st.lists(SCRAPS | st.binary(max_size=6), max_size=14).map(b"".join))
def test_anything_at_all_can_be_shown(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    folder = tmp_path_factory.mktemp("sandbox")
    (folder / "mail").mkdir()
    write_inbox(folder, [Letter("x-00000000", "a@example.org", "b@example.org", data)])


@pytest.mark.parametrize(
    "data",
    [
        b"Subject: =?utf-8?b?!!!?=\r\nTo: =?no-such?q?x?=\r\n\r\nx",
        b"Content-Type: text/html; charset=no-such\r\n\r\n<p>x",
        b"Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n!",
        (
            b"Content-Type: multipart/related; boundary=x\r\n\r\n--x\r\nContent-ID: <a>\r\n"
            b"Content-Type: image/../../x\r\n\r\n"
        ),
        b"Content-Type: text/html\r\n\r\n<![if]><!x><a b=<c",
    ],
)
def test_a_broken_message_can_be_shown(tmp_path: Path, data: bytes) -> None:
    (letter,) = received(tmp_path, ("morgan@example.org", data)).letters
    assert page(tmp_path, letter)
