"""What the peer kept, read as a reader does, with everything personal taken out: who gets the same has the same."""

from __future__ import annotations

import email.policy
import re
from email import message_from_bytes
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from email.message import EmailMessage
    from pathlib import Path

_PERSONAL = re.compile(r"Reader \d+|reader\d+@example\.org|(?<=unsubscribe%20)[\w.=-]+|<1\.\w+@example\.org>")


def wordings(folder: Path) -> list[str]:
    """Every message in the order in which it was taken: headers and both bodies without what is one reader's own."""
    return [_wording(message_from_bytes(file.read_bytes(), policy=email.policy.default)) for file in _files(folder)]


def _files(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.eml"))


def _wording(message: EmailMessage) -> str:
    headers = [f"{name}: {value}" for name, value in message.items()]
    bodies = [part.get_content() for part in message.walk() if not part.is_multipart()]
    return _PERSONAL.sub("…", "\n".join((*headers, *bodies)))
