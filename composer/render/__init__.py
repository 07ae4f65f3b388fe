"""`Edition` → `Email`: Jinja → MJML → premailer, and the plain-text twin from the same edition.

Interface fixed; being written.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from composer.edition import Edition
    from composer.errors import Finding
    from composer.settings import Newsletter


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture of the email; `html` refers to it as `images/NAME`."""

    name: str
    data: bytes
    media_type: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class MergeField:
    """`[[name|fallback]]`: `token` (letters and digits only) stands in subject, preheader, HTML and text for it."""

    token: str
    name: str
    fallback: str


@dataclass(frozen=True, slots=True)
class Email:
    """One variant, rendered: complete but for the merge fields, which `composer.message` fills per recipient."""

    subject: str
    preheader: str
    html: str
    text: str
    language: str
    pictures: tuple[Picture, ...] = ()
    fields: tuple[MergeField, ...] = ()
