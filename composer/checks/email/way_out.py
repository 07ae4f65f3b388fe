"""An email that does not say how to leave, or who sends it.

The law wants both: a link by which one leaves (UK PECR, regulation 22), and who is writing, with a postal address.
Whoever does not find the link presses "spam", which harms every later issue. Both stand in the HTML and in the text.

Passes:

    updates:
      - {title: A survey, body: It is open to everybody who works with children.}

Fails:

    # templates/footer.mjml
    <mj-section><mj-column><mj-text>Until next week.</mj-text></mj-column></mj-section>
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from composer.checks.blame import LAYOUT
from composer.checks.page import page
from composer.checks.rule import Remark
from composer.errors import Level
from composer.render import LINK

if TYPE_CHECKING:
    from collections.abc import Iterator

    from composer.checks.sheet import Sheet

LEVEL = Level.WARNING


def check(sheet: Sheet) -> Iterator[Remark]:
    """Look for the link and the address in both parts."""
    if sheet.shown is None or sheet.email is None:
        return
    shown = page(sheet.shown.html)
    html = " ".join(shown.root.text_content().split())
    text = " ".join(sheet.shown.text.split())
    links = {link.get("href") or "" for link in shown.of("a") if not shown.is_hidden(link)}
    ways = [field.token for field in sheet.email.fields if field.name.casefold() == LINK]
    has_link = any(token in sheet.email.html for token in ways), any(token in sheet.email.text for token in ways)
    leaves = any("unsubscribe" in link.lower() or "leave" in link.lower() for link in links)
    if not (has_link[0] or leaves):
        yield Remark(LAYOUT, "the HTML has no link by which to leave", "include templates/footer.mjml")
    if not (has_link[1] or "unsubscribe" in text.lower()):
        yield Remark(
            LAYOUT, "the text part has no link by which to leave", "print it at the end of templates/layout.txt"
        )
    first = sheet.newsletter.address.strip().splitlines()[0].strip()
    for part, words, file in (("HTML", html, "footer.mjml"), ("text part", text, "layout.txt")):
        if first not in words:
            yield Remark(LAYOUT, f"the {part} has no postal address", f"print newsletter.address in templates/{file}")
