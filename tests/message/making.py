"""Emails, messages and values for the tests of the message compiler."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from email import policy
from email.parser import BytesParser
from typing import TYPE_CHECKING

from hypothesis import strategies as st

from composer.message import Compiled, Message, compile_message
from composer.render import Email, MergeField, Picture
from composer.settings import Newsletter
from composer.unsubscribe import Tokens

if TYPE_CHECKING:
    from email.message import EmailMessage

    from composer.dkim import Signer

MOMENT = datetime(2025, 3, 14, 9, 30, tzinfo=timezone(timedelta(hours=1)))
TOKENS = Tokens("key")
STRICT = policy.default.clone(raise_on_defect=True)
PICTURE = Picture("two workers.png", bytes(range(256)) * 3, "image/png", 10, 10)
NAME = MergeField("mergefield1x", "first_name", "colleague")
LINK = MergeField("mergefield2x", "unsubscribe_link", "")
ADDRESS = MergeField("mergefield3x", "email", "")

HOSTILE = (
    "x\r\nBcc: everyone@example.org",
    "x\n\nA body of my own",
    "=?utf-8?q?x=0D=0ABcc:_y?=",
    "a\u2028b\u2029c\x85d",
    "\0",
    '"><script>',
    "Ellis, Morgan (Dr) <m@x>",
    'O"Brien \\ Co',
    ".",
    "..\r\n.\r\nMAIL FROM:<x>",
    "From me",
    ">From me",
    "\ud800",
    "=",
    "=\r\n",
    " ",
    "  two  spaces\tand a tab  ",
    "\u202etxt",
    "\u00a0",
    "Ж" * 300,
    "Zoë " * 60,
    "x" * 3000,
    "--=_alternative_",
    "😀" * 80,
)
VALUES = st.text(st.characters(), max_size=200) | st.sampled_from(HOSTILE)
"""Anything that a cell of a list may hold."""

LINES = st.text(st.characters(exclude_categories=["Cs", "Cc"]) | st.just("\n"), max_size=400)
"""Anything that an author may write."""


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


def with_everything(**changes: object) -> Email:
    """Fields at the beginning, in the middle and at the end of lines, of the texts, and of the subject."""
    everything: dict[str, object] = {
        "subject": f"{NAME.token} über {NAME.token} news",
        "html": f"<p>Dear {NAME.token},</p>\n<a href='{LINK.token}'>x</a>{NAME.token}\n{NAME.token} \n\n",
        "text": f"{NAME.token}\nDear {NAME.token},\n\n.\nFrom {NAME.token}\n\n{LINK.token} \n{NAME.token}\n",
    }
    return email(**(everything | changes))


def with_a_picture() -> Email:
    html = f'<p>Dear {NAME.token}</p><img src="images/{PICTURE.name}" alt="x">\n'
    return with_everything(html=html, pictures=(PICTURE,))


def compiled(signer: Signer | None = None, **changes: object) -> Compiled:
    return compile_message(email(**changes), newsletter(), number=653, signer=signer)


def filled(address: str = "morgan@example.org", /, *, of: Compiled | None = None, **fields: str) -> Message:
    return (of or compiled()).press(TOKENS, moment=MOMENT).fill(address, fields)


def parsed(message: Message | bytes) -> EmailMessage:
    """The message as a mail program reads it; the smallest defect is an error."""
    return BytesParser(policy=STRICT).parsebytes(message if isinstance(message, bytes) else message.data)


def text_of(message: EmailMessage, subtype: str) -> str:
    body = message.get_body((subtype,))
    assert body is not None
    return body.get_content().replace("\r\n", "\n")  # type: ignore[no-any-return]


def spaceless(words: str) -> str:
    """Python reads a space between two encoded words of a name, where RFC 2047 §6.2 has none."""
    return "".join(words.split())
