"""The peer that remembers: what it says it has taken is written down, whatever it does next."""

from __future__ import annotations

import hashlib
import smtplib
from typing import TYPE_CHECKING

import pytest

from tests.survival.fates import Fate
from tests.survival.records import Peer

if TYPE_CHECKING:
    from pathlib import Path

MESSAGE = b"Message-ID: <1@example.org>\r\n\r\n.A line that begins with a dot\r\n"
WIRE = MESSAGE.replace(b"\r\n.A", b"\r\n..A")
SENDER = "notes@example.org"


def post(peer: Peer, recipient: str = "reader@example.org") -> None:
    with smtplib.SMTP("127.0.0.1", peer.port) as client:
        client.sendmail(SENDER, [recipient], MESSAGE)


def test_what_is_acknowledged_is_recorded(tmp_path: Path) -> None:
    keep = tmp_path / "kept"
    keep.mkdir()
    with Peer(tmp_path / "record", keep=keep) as peer:
        post(peer)
        peer.settle()
        (taken,) = peer.taken
    assert (taken.recipient, taken.message_id) == ("reader@example.org", "<1@example.org>")
    assert taken.sha256 == hashlib.sha256(WIRE).hexdigest()
    assert [file.read_bytes() for file in keep.iterdir()] == [MESSAGE]


def test_a_mailbox_that_does_not_exist(tmp_path: Path) -> None:
    with Peer(tmp_path / "record") as peer:
        with pytest.raises(smtplib.SMTPRecipientsRefused):
            post(peer, "gone@example.org")
        peer.settle()
        assert not peer.taken


@pytest.mark.parametrize(
    ("fate", "error", "is_taken"),
    [
        (Fate.SLOW, None, True),
        (Fate.CLOSES_DOWN, smtplib.SMTPSenderRefused, False),
        (Fate.MAILBOX_BUSY, smtplib.SMTPRecipientsRefused, False),
        (Fate.NOT_NOW, smtplib.SMTPDataError, False),
        (Fate.LOST_BEFORE_BODY, smtplib.SMTPServerDisconnected, False),
        (Fate.LOST_IN_BODY, OSError, False),
        (Fate.LOST_UNTAKEN, smtplib.SMTPServerDisconnected, False),
        (Fate.LOST_TAKEN, smtplib.SMTPServerDisconnected, True),
    ],
)
def test_every_fate(tmp_path: Path, fate: Fate, error: type[Exception] | None, *, is_taken: bool) -> None:
    with Peer(tmp_path / "record", trouble=1, only=fate, after=1) as peer:
        post(peer)
        if error is None:
            post(peer)
        else:
            with pytest.raises(error):
                post(peer)
        peer.calm_down()
        post(peer)
        peer.settle()
        assert len(peer.taken) == 2 + is_taken
        assert len(peer.unanswered) == fate.value.startswith("lost") - (fate is Fate.LOST_BEFORE_BODY)
