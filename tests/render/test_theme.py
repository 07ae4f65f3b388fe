"""The colours, measured: words need a contrast of 4.5:1 with their ground (WCAG 2.2, 1.4.3), light and dark."""

from __future__ import annotations

import re

import pytest

from composer.render.templating import environment, packaged

WORDS = {
    "page": ["soft", "link"],
    "sheet": ["ink", "soft", "link", "accent", "alert"],
    "quiet": ["ink", "soft", "link", "accent", "alert"],
    "panel": ["ink"],
    "fill": ["on_fill"],
    "band": ["on_band", "soft_on_band"],
}
"""On which ground which words stand."""


def colours(scheme: str) -> dict[str, str]:
    theme = environment(packaged()).get_template("theme.jinja").make_module()
    return dict(getattr(theme, scheme))


def luminance(colour: str) -> float:
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted(map(luminance, (one, other)))
    return (lighter + 0.05) / (darker + 0.05)


def test_contrast_is_measured_as_wcag_does() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.005)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("ground", "words"), [(ground, word) for ground, words in WORDS.items() for word in words])
def test_words_stand_out_from_their_ground(scheme: str, ground: str, words: str) -> None:
    palette = colours(scheme)
    assert contrast(palette[words], palette[ground]) >= 4.5


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_words_that_stand_for_a_picture_stand_out(scheme: str) -> None:
    light = colours("light")
    assert contrast(light["soft"], light["panel"]) >= 4.5, f"a picture keeps its light ground in the {scheme}"


def test_light_and_dark_name_the_same_colours_with_six_digits() -> None:
    light, dark = colours("light"), colours("dark")
    assert list(light) == list(dark)
    assert all(re.fullmatch("#[0-9a-f]{6}", colour) for colour in (*light.values(), *dark.values()))


@pytest.mark.parametrize("name", ["content.css", "spacing.css", "narrow.css", "dark.css"])
def test_no_words_are_smaller_than_14_pixels(name: str) -> None:
    sizes = re.findall(r"font-size: *(\d+)", environment(packaged()).get_template(name).render())
    assert all(int(size) >= 14 or size == "0" for size in sizes)
