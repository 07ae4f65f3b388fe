"""A link to another part of the same email.

`href="#news"` does nothing in the Gmail and Outlook apps and leads nowhere once an inbox has cut the email; a table
of contents made of such links disappoints most readers.

Passes:

    updates:
      - {title: A survey, body: It is open to everybody who works with children.}

Fails:

    # templates/sections/intro.mjml
    <mj-section><mj-column><mj-text>
    <p id="top">Good morning. <a href="#top">Back to the top</a></p>
    </mj-text></mj-column></mj-section>
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from composer.checks.reading.html.blame import LAYOUT
from composer.checks.rule import Remark
from composer.errors import Level

if TYPE_CHECKING:
    from collections.abc import Iterator

    from composer.checks.sheet import Sheet

LEVEL = Level.WARNING


def check(sheet: Sheet) -> Iterator[Remark]:
    """Look at where each link leads; the first is named."""
    shown = sheet.page
    for link in shown.of("a") if shown else ():
        if (link.get("href") or "").startswith("#") and shown:
            message = f"the link {shown.words_of(link)[:40]!r} leads to another part of the email"
            yield Remark(LAYOUT, message, "most telephones do nothing there; take it out")
            return
