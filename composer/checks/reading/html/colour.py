"""Colours as an email writes them, and how well one stands out from another (WCAG 2.2, 1.4.3)."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple


class Colour(NamedTuple):
    """Red, green and blue from 0 to 1 (sRGB)."""

    red: float
    green: float
    blue: float

    @property
    def luminance(self) -> float:
        """The relative luminance (WCAG 2.2)."""
        red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in self)  # noqa: PLR2004 - WCAG's numbers
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    def contrast(self, other: Colour) -> float:
        """The contrast ratio of two colours, from 1 to 21 (WCAG 2.2)."""
        darker, lighter = sorted((self.luminance, other.luminance))
        return (lighter + 0.05) / (darker + 0.05)

    def __str__(self) -> str:
        return "#" + "".join(f"{round(part * 255):02x}" for part in self)


@lru_cache(maxsize=512)
def colour(written: str) -> Colour | None:
    """A colour as CSS writes it; None where it is none, or lets through what is behind it."""
    from tinycss2.color4 import Color, parse_color  # noqa: PLC0415 - as wherever CSS is read

    found = parse_color(written)
    if not isinstance(found, Color) or found.alpha != 1:
        return None
    try:
        return Colour(*(min(max(part, 0.0), 1.0) for part in found.to("srgb").coordinates))
    except NotImplementedError:  # a colour space that nobody writes in an email
        return None
