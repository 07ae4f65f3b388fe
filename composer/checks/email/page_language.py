"""A page that does not say its language.

Screen readers choose their voice by `lang`, and inboxes that put an email into a page of their own keep only what
stands on the elements inside `<body>`. So `<html>` and every element directly in `<body>` has `lang` and `dir`.

Passes:

    updates:
      - {title: A survey, body: It is open to everybody who works with children.}

Fails:

    # templates/layout.mjml
    <mjml><mj-head><mj-title>Coast Letter 653</mj-title></mj-head><mj-body width="600px">
    <mj-section><mj-column><mj-text>Good morning.</mj-text></mj-column></mj-section>
    </mj-body></mjml>
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
    """Look at `<html>` and at what stands directly in `<body>`."""
    if sheet.page is None:
        return
    root = sheet.page.root
    body = root.find("body")
    inner = [each for each in (body if body is not None else ()) if isinstance(each.tag, str)]
    for element in (root, *inner):
        lacking = [name for name in ("lang", "dir") if (element.get(name) or "und").lower() == "und"]
        if lacking:
            message = f"<{element.tag}> has no {' and no '.join(lacking)}"
            yield Remark(LAYOUT, message, 'write <mjml lang="{{ newsletter.language }}" dir="ltr">')
