"""A picture that is heavier or larger than it is shown.

A picture over 200 KB, or 1 MB of them together, is waited for on a telephone, and inside a message it counts for
everybody's mailbox. Two pixels for each that is shown are sharp everywhere; more than two and a half only weigh.
Classic Outlook obeys the `width` and `height` of a picture and nothing else, so both are there, in whole pixels, and
the width is no more than the email's. PNG, JPEG and GIF are what every inbox shows. The picture of a reminder was
looked at when it was new.

Passes:

    updates:
      - {title: A survey, body: It is open to everybody who works with children.}

Fails:

    # templates/sections/intro.mjml
    <mj-section><mj-column><mj-text>
    <img src="https://www.example.org/a.png" alt="A map" width="50%" />
    </mj-text></mj-column></mj-section>
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from composer.checks.reading.html.blame import LAYOUT
from composer.checks.rule import Remark
from composer.errors import Level

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.html import HtmlElement

    from composer.checks.sheet import Sheet
    from composer.render import Picture

LEVEL = Level.WARNING

MOST_KB, MOST_TOTAL_KB = 200, 1024
WIDTH_PX = 600
"""Of an email that does not say its own: MJML writes it as `max-width` around each section."""
_WIDTH = re.compile(r"max-width:(\d+)px")
SHARP = 2.5
"""So many pixels of the file for one of the page are enough for any screen."""
_UNSHOWN = re.compile(r"^data:|\.(?:svg|webp|avif|heic|tiff?|bmp)(?:[?#]|$)", re.IGNORECASE)
_HINT = 'write width="600" height="200" as whole numbers'


def check(sheet: Sheet) -> Iterator[Remark]:
    """Weigh the enclosed pictures, and measure every one that is shown."""
    if sheet.shown is None or sheet.page is None:
        return
    pictures = sheet.shown.pictures
    total_kb = sum(len(picture.data) for picture in pictures) / 1024
    if total_kb > MOST_TOTAL_KB:
        message = f"the pictures have {total_kb:,.0f} KB together"
        yield Remark(LAYOUT, message, "make them smaller, or set pictures.base_url and host them")
    shown = {f"images/{picture.name}": picture for picture in pictures}
    email = sheet.page
    widths = [_WIDTH.search(section.get("style") or "") for section in email.of("div")]
    widest_px = max((int(width[1]) for width in widths if width), default=WIDTH_PX)
    for element in email.of("img"):
        yield from _measured(element, widest_px)
        picture = shown.pop(element.get("src") or "", None)
        if picture:
            yield from _weighed(picture, element, sheet)


def _measured(element: HtmlElement, widest_px: int) -> Iterator[Remark]:
    source = element.get("src") or ""
    name = "a picture" if source.startswith("data:") else source.rpartition("/")[2] or "a picture"
    if _UNSHOWN.search(source):
        yield Remark(LAYOUT, f"{name} is of a kind that many inboxes do not show", "save it as PNG, JPEG or GIF")
    wrong = [side for side in ("width", "height") if not (element.get(side) or "").isdecimal()]
    if wrong:
        yield Remark(LAYOUT, f"{name} has no {' and no '.join(wrong)} in whole pixels", _HINT)
    elif int(element.get("width") or 0) > widest_px:
        yield Remark(LAYOUT, f"{name} is {element.get('width')} pixels wide, and the email {widest_px}", _HINT)


def _weighed(picture: Picture, element: HtmlElement, sheet: Sheet) -> Iterator[Remark]:
    size_kb, width = len(picture.data) / 1024, element.get("width") or ""
    about = [each for each in sheet.passages if each.key == "alt" and each.text == element.get("alt")]
    if about and all(each.is_carried for each in about):
        return
    message = hint = ""
    if size_kb > MOST_KB:
        message = f"{picture.name} has {size_kb:,.0f} KB"
        hint = f"save it with less quality; {MOST_KB} KB are plenty"
    elif width.isdecimal() and picture.width > int(width) * SHARP:
        message = f"{picture.name} is {picture.width} pixels wide and shown {width} wide"
        hint = f"save it {int(width) * 2} wide"
    if message:
        yield Remark(about[0].place() if about else LAYOUT, message, hint)
