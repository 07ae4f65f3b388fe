"""An email that leaves dark mode to chance.

Inboxes that show a dark screen invert colours by rules of their own unless the email says that it knows the dark: by
a `color-scheme` meta, and by rules under `prefers-color-scheme` in a `<style>` of their own, because Gmail drops a
whole block for one thing that it does not know. Outlook on the web needs the same rules under `[data-ogsc]`.

Passes:

    updates:
      - {title: A survey, body: It is open to everybody who works with children.}

Fails:

    # templates/dark.css
    .sheet { background: #ffffff }
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from composer.checks.reading.html.blame import LAYOUT
from composer.checks.rule import Remark
from composer.errors import Level

if TYPE_CHECKING:
    from collections.abc import Iterator

    from composer.checks.sheet import Sheet

LEVEL = Level.WARNING

_NARROW = re.compile(r"@media[^{]*width", re.IGNORECASE)


def check(sheet: Sheet) -> Iterator[Remark]:
    """Look for the three of them."""
    shown = sheet.page
    if shown is None:
        return
    blocks = [style.text or "" for style in shown.of("style")]
    dark = [block for block in blocks if "prefers-color-scheme" in block]
    schemes = [meta.get("content") or "" for meta in shown.of("meta") if meta.get("name") == "color-scheme"]
    if not any("dark" in scheme for scheme in schemes):
        hint = 'write <meta name="color-scheme" content="light dark" /> in an mj-raw of mj-head'
        yield Remark(LAYOUT, "nothing says that the email knows a dark screen", hint)
    if not dark:
        yield Remark(
            LAYOUT, "no rules say how the email looks in the dark", "include templates/dark.css in an mj-style"
        )
    elif not any("data-ogsc" in block for block in blocks):
        yield Remark(LAYOUT, "the dark rules are not there for Outlook on the web", "say them again under [data-ogsc]")
    if any(_NARROW.search(block) for block in dark):
        yield Remark(LAYOUT, "the dark rules share a style block with others", "give them an mj-style of their own")
