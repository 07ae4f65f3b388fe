"""`Edition` → HTML, its styles not yet inlined: `layout.mjml` filled by Jinja, then turned into HTML by mrml.

The templates are given the edition, the newsletter, the `album` of pictures, the fixed `phrases`, and author text
through `prose`, `inline` and `tokenise`: the same names as in the templates of the plain text.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from markupsafe import Markup

from composer import phrases, prose
from composer.errors import Finding, FindingsError, Level, Place
from composer.render.mjml import MjmlError, to_html
from composer.render.templating import fill, origins

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from composer.edition import Edition
    from composer.render.pictures import Album
    from composer.settings import Newsletter
    from composer.standing import Contact

LAYOUT = "layout.mjml"


def render_html(edition: Edition, newsletter: Newsletter, templates: Path, album: Album) -> str:
    """The HTML of an edition; merge fields are tokens.

    Raises `FindingsError` with the line of the template in which anything goes wrong.
    """
    composing = _Composing({contact.id: contact for contact in edition.contacts})
    context = {
        "edition": edition,
        "newsletter": newsletter,
        "album": album,
        "phrases": phrases,
        "prose": composing.prose,
        "inline": composing.inline,
        "tokenise": prose.tokenise,
    }
    try:
        return to_html(fill(LAYOUT, templates, **context))
    except MjmlError as error:
        origin = origins(LAYOUT, templates, **context)
        raise FindingsError(_finding(origin.at(f.offset), f.message, f.hint) for f in error.faults) from error


def content_css(templates: Path) -> str:
    """The rules that are written into the `style` attributes of author text."""
    return fill("content.css", templates)


@dataclass(frozen=True)
class _Composing:
    """Author text for the templates, which know that it is safe."""

    contacts: Mapping[str, Contact]

    def prose(self, markdown: str, *, top_heading: int = 4) -> Markup:
        """Markdown as HTML blocks."""
        return Markup(prose.html(markdown, self.contacts, top_heading=top_heading))  # noqa: S704 - made safe there

    def inline(self, markdown: str) -> Markup:
        """A sentence of Markdown as HTML."""
        return Markup(prose.inline_html(markdown, self.contacts))  # noqa: S704 - as above


def _finding(place: Place, message: str, hint: str = "") -> Finding:
    return Finding(place, Level.ERROR, "template", message, hint)
