"""Words that are hard to tell from their ground.

Words need a contrast of 4.5 to 1 with what is behind them, large ones (24 pixels, or 18.66 bold) of 3 to 1 (WCAG 2.2,
1.4.3), on a light screen, on a dark one and in the dark of Outlook on the web. Where the ground is a picture, or the
inbox chooses the colours, nobody can know and nothing is said.

Passes:

    updates:
      - {title: A survey, body: It is open to everybody who works with children.}

Fails:

    # templates/content.css
    p { color: #aaaaaa }
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from composer.checks.reading.html.blame import place_of
from composer.checks.rule import Remark
from composer.errors import Level

if TYPE_CHECKING:
    from collections.abc import Iterator

    from composer.checks.reading.html.style import Style
    from composer.checks.sheet import Sheet

LEVEL = Level.WARNING

ENOUGH, LARGE = 4.5, 3.0
_OUTLOOK = " in Outlook's dark"
_LARGE_PX, _LARGE_BOLD_PX = 24, 18.66
_HINT = "4.5 to 1 can be read by nearly everybody; change the colour in templates/theme.jinja or content.css"


def check(sheet: Sheet) -> Iterator[Remark]:
    """Look at all words in all schemes; each pair of colours is named once."""
    shown = sheet.page
    if shown is None:
        return
    told: set[tuple[str, str]] = set()
    for styles, where in ((shown.light, ""), (shown.dark, " in the dark"), (shown.outlook_dark, _OUTLOOK)):
        for run in shown.runs:
            style = styles[run.element]
            if where == _OUTLOOK and _is_outlooks_own(style, shown.light[run.element]):
                continue
            pair = (str(style.colour), str(style.ground))
            if run.text.strip() and pair not in told and _is_faint(style):
                told.add(pair)
                yield Remark(place_of(run.text, sheet), _said(run.text, style, where), _HINT)


def _is_outlooks_own(style: Style, light: Style) -> bool:
    """Whether Outlook changes one of the colours as it likes, because no rule of the email does."""
    return style.colour == light.colour or style.ground == light.ground


def _is_faint(style: Style) -> bool:
    if style.colour is None or style.ground is None or not style.size_px:
        return False
    is_large = style.size_px >= _LARGE_PX or (style.is_bold and style.size_px >= _LARGE_BOLD_PX)
    return style.colour.contrast(style.ground) < (LARGE if is_large else ENOUGH)


def _said(text: str, style: Style, where: str) -> str:
    ratio = style.colour.contrast(style.ground) if style.colour and style.ground else 0
    words = " ".join(text.split())[:40]
    return f"{words!r} is {style.colour} on {style.ground}{where}: a contrast of {ratio:.2f} to 1"
