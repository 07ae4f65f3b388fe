"""`Style`: how the words of one element look, as far as it can be known without a browser."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from composer.checks.reading.html.colour import Colour, colour
from composer.checks.reading.html.stylesheet import Scheme

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lxml.html import HtmlElement

_LENGTH = re.compile(r"(?P<number>\d*\.?\d+)(?P<unit>px|pt|em|rem|%|)")
_SIZES = {"h1": 2.0, "h2": 1.5, "h3": 1.17, "h5": 0.83, "h6": 0.67, "small": 0.83, "sub": 0.83, "sup": 0.83}
"""What browsers do to the size of these, as a factor."""
_BOLD = {"b", "strong", "h1", "h2", "h3", "h4", "h5", "h6", "th"}
_CENTRED = {"th", "center", "caption"}
_WITH_A_LOOK = {*_SIZES, *_BOLD, *_CENTRED, "a", "u"}
_TELLING = {"align", "background", "bgcolor", "hidden"}
_PLACED = {"table", "img", "hr"}
"""Their `align` says where they stand, and not where their words do."""
_POINT = 4 / 3
_DEFAULT_PX = 16
_NORMAL_LINE = 1.2
_BOLD_FROM = 700


@dataclass(frozen=True, slots=True)
class Style:
    """What an element inherits or says of itself; None where it cannot be known."""

    colour: Colour | None
    ground: Colour | None
    size_px: float = _DEFAULT_PX
    is_bold: bool = False
    line_height: float = _NORMAL_LINE
    """As a factor of the size."""
    align: str = "left"
    is_underlined: bool = False
    is_block: bool = False
    """Whether an inline element was made a block: a link that looks like a button."""
    is_hidden: bool = False

    def inherited(self, element: HtmlElement, declared: Mapping[str, str], scheme: Scheme) -> Style:
        """The style of an element inside one of this style."""
        tag = str(element.tag)
        is_plain = tag not in _WITH_A_LOOK and not (declared or self.is_underlined or self.is_block)
        if is_plain and _TELLING.isdisjoint(element.keys()):
            return self
        align = None if tag in _PLACED else element.get("align")
        size = _size(declared.get("font-size"), self.size_px, self.size_px * _SIZES.get(tag, 1))
        decoration = declared.get("text-decoration", declared.get("text-decoration-line"))
        colour = self.colour
        if tag == "a" and element.get("href"):
            colour = _LINK if scheme is Scheme.LIGHT else None
        return replace(
            self,
            colour=_coloured(declared.get("color"), colour, self.colour),
            ground=None if _lets_through(declared) else _grounded(element, declared, self.ground),
            size_px=size,
            is_bold=_is_bold(declared.get("font-weight"), is_bold=self.is_bold or tag in _BOLD),
            line_height=_line_height(declared.get("line-height"), size, self.line_height),
            align=declared.get("text-align") or align or ("center" if tag in _CENTRED else self.align),
            is_underlined=tag in {"a", "u"} if decoration is None else "underline" in decoration,
            is_block=declared.get("display", "") in {"block", "inline-block"},
            is_hidden=self.is_hidden or _hides(element, declared),
        )


_LINK = Colour(0, 0, 238 / 255)
_WHITE, _BLACK = Colour(1, 1, 1), Colour(0, 0, 0)
ROOT = {
    Scheme.LIGHT: Style(_BLACK, _WHITE),
    Scheme.DARK: Style(None, None),
    Scheme.OUTLOOK_DARK: Style(None, None),
}
"""What a page begins with; nobody knows the ground of a dark window."""


def _coloured(written: str | None, own: Colour | None, inherited: Colour | None) -> Colour | None:
    if written is None:
        return own
    return inherited if written in {"inherit", "currentcolor", "unset"} else colour(written)


def _grounded(element: HtmlElement, declared: Mapping[str, str], inherited: Colour | None) -> Colour | None:
    picture = declared.get("background-image", "none")
    shorthand = declared.get("background", "")
    if element.get("background") or "url(" in shorthand or "gradient" in shorthand + picture or "url(" in picture:
        return None
    written = declared.get("background-color") or shorthand or element.get("bgcolor")
    if written in {None, "", "transparent", "none", "inherit", "initial"}:
        return inherited
    return colour(str(written))


def _hides(element: HtmlElement, declared: Mapping[str, str]) -> bool:
    is_none = declared.get("display", "none" if "hidden" in element.attrib else "") == "none"
    return is_none or declared.get("visibility") == "hidden"


def _lets_through(declared: Mapping[str, str]) -> bool:
    return declared.get("opacity", "1") not in {"1", "1.0", "100%"}


@lru_cache(maxsize=512)
def _size(written: str | None, inherited: float, otherwise: float) -> float:
    found = _LENGTH.fullmatch(written or "")
    if not found:
        return otherwise
    factors = {"px": 1.0, "pt": _POINT, "em": inherited, "rem": float(_DEFAULT_PX), "%": inherited / 100, "": 1.0}
    return float(found["number"]) * factors[found["unit"]]


def _line_height(written: str | None, size_px: float, inherited: float) -> float:
    found = _LENGTH.fullmatch(written or "")
    if not found or not size_px:
        return _NORMAL_LINE if written == "normal" else inherited
    number = float(found["number"])
    factors = {"": 1.0, "em": 1.0, "%": 0.01, "px": 1 / size_px, "pt": _POINT / size_px, "rem": _DEFAULT_PX / size_px}
    return number * factors[found["unit"]]


def _is_bold(written: str | None, *, is_bold: bool) -> bool:
    if written is None or written in {"inherit", "bolder"}:
        return is_bold or written == "bolder"
    return written == "bold" or (written.isdecimal() and int(written) >= _BOLD_FROM)
