"""`Edition` → `Email`: Jinja → MJML → premailer, and the plain-text twin from the same edition.

In two stages, because a check needs no more than the first and the second starts slowly: `draft` fills the templates,
turns MJML into HTML and looks at the pictures; `finish` writes the rules for author text into `style` attributes.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from composer.errors import Finding, FindingsError, Level, Place, has_errors

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from composer.edition import Edition
    from composer.settings import Newsletter


LINK = "unsubscribe_link"
"""The merge field for the way out."""

BUILT_IN = frozenset({"email", LINK})
"""Merge fields that every reader has, whatever the lists say; `composer.message` fills them."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture of the email; `html` refers to it as `images/NAME`. The size is the file's own, in pixels."""

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


@dataclass(frozen=True, slots=True)
class Draft:
    """An email whose words and pictures are settled, and whose HTML still wants the rules of `css` written into it."""

    email: Email
    css: str
    findings: tuple[Finding, ...] = ()
    """What is wrong with its pictures."""


def render(edition: Edition, newsletter: Newsletter, templates: Path, picture: Callable[[str], bytes]) -> Email:
    """The finished email of one variant. `picture` gives the bytes of a file, or raises a `ComposerError`.

    Raises `FindingsError` for anything wrong in a template or with a picture.
    """
    return finish(draft(edition, newsletter, templates, picture))


def draft(edition: Edition, newsletter: Newsletter, templates: Path, picture: Callable[[str], bytes]) -> Draft:
    """The email before its styles are inlined; raises `FindingsError` for anything wrong in a template."""
    from composer.prose import merge_fields, tokenise  # noqa: PLC0415 - with these come Jinja and Markdown: 100 ms
    from composer.render.html import content_css, render_html  # noqa: PLC0415
    from composer.render.pictures import collect  # noqa: PLC0415
    from composer.render.text import render_text  # noqa: PLC0415

    album = collect(edition, newsletter, picture)
    email = Email(
        subject=tokenise(edition.subject),
        preheader=tokenise(edition.preheader),
        html=render_html(edition, newsletter, templates, album),
        text=render_text(edition, newsletter, templates),
        language=newsletter.language,
        pictures=album.enclosed,
    )
    fields = merge_fields(email.subject, email.preheader, email.html, email.text)
    return Draft(
        replace(email, fields=tuple(MergeField(*field) for field in fields)), content_css(templates), album.findings
    )


def finish(draft: Draft) -> Email:
    """The email with its styles inlined; raises `FindingsError` for a broken picture or a broken page."""
    from composer.render.inline import TextLostError, inlined  # noqa: PLC0415 - premailer costs 90 ms

    if has_errors(draft.findings):
        raise FindingsError(draft.findings)
    try:
        html = inlined(draft.email.html, draft.css)
    except TextLostError as error:
        raise FindingsError([Finding(Place("templates/layout.mjml"), Level.ERROR, "template", str(error))]) from error
    return replace(draft.email, html=html)
