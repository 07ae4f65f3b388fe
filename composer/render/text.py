"""`Edition` → the plain-text twin of the email, written from the edition itself, for people who prefer to read text.

The templates are `layout.txt`, which includes `sections/ID.txt` for each section of `newsletter.yaml`, and what these
include. They are given the edition, the newsletter, the fixed `phrases`, and the few words of `_Composing`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from composer import phrases, prose
from composer.render.templating import fill

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from composer.edition import Edition
    from composer.issue import Publication
    from composer.settings import Newsletter
    from composer.standing import Contact

_TRAILING = re.compile(r"[ \t]+$", re.MULTILINE)
_EMPTY_LINES = re.compile(r"\n{4,}")


def render_text(edition: Edition, newsletter: Newsletter, templates: Path) -> str:
    """The text of an edition, in lines of at most 72 columns that end in LF; merge fields are tokens.

    Raises `FindingsError` with the line of the template in which anything goes wrong.
    """
    composing = _Composing(edition, {contact.id: contact for contact in edition.contacts})
    text = fill(
        "layout.txt",
        templates,
        edition=edition,
        newsletter=newsletter,
        phrases=phrases,
        prose=composing.prose,
        inline=composing.inline,
        sentence=composing.sentence,
        tokenise=prose.tokenise,
        wrap=prose.wrap,
        bullet=partial(prose.wrap, indent="  - ", hanging="    "),
        underlined=prose.underlined,
    )
    return _EMPTY_LINES.sub("\n\n\n", _TRAILING.sub("", text)).strip("\n") + "\n"


@dataclass(frozen=True)
class _Composing:
    """What the templates ask for that depends on the edition."""

    edition: Edition
    contacts: Mapping[str, Contact]

    def prose(self, markdown: str) -> str:
        """Markdown as wrapped text."""
        return prose.text(markdown, self.contacts)

    def inline(self, markdown: str) -> str:
        """A sentence of Markdown, not yet wrapped."""
        return prose.inline_text(markdown, self.contacts)

    def sentence(self, publication: Publication) -> str:
        """On 27 February DfE published “Children's social work workforce data” <https://…>; not yet wrapped."""
        parts = phrases.publication_sentence(publication, self.edition.date)
        if parts.line:
            return self.inline(parts.line)
        return f"{parts.lead}“{parts.whole_title}”" + (f" <{parts.url}>" if parts.url else "")
