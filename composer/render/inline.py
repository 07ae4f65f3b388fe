"""Author-text rules written into `style` attributes by premailer, with everything it would damage protected.

premailer is unmaintained, so it is called once per variant, behind this one function, and its answer is compared with
what it was given: text below 256 levels of nesting, and all that follows, would otherwise vanish in silence.
"""

from __future__ import annotations

import html
import logging
import re
import sys
from contextlib import contextmanager
from functools import cache
from types import ModuleType
from typing import TYPE_CHECKING
from urllib.parse import unquote

if TYPE_CHECKING:
    from collections.abc import Iterator

    from premailer import Premailer

_DOCTYPE = re.compile(r"<!doctype html>", re.IGNORECASE)
_STYLE = re.compile(r"<style\b(?![^>]*data-premailer)")
_REFERENCE = re.compile(r"&#(?!(?:38|12[89]|1[345][0-9]);)([0-9]+);")
_INLINE = re.compile(r' style="[^"]*"')
_UNSEEN = re.compile(r"""<!--.*?-->|<style\b.*?</style>|<(?:[^<>"']|"[^"]*"|'[^']*')*>""", re.DOTALL)
_ADDRESS = re.compile(r"""\b(?:href|src)=(?:"([^"]*)"|'([^']*)')""")
_ATTRIBUTES = ["width", "height", "align", "valign", "bgcolor"]
"""Attributes that MJML has already set and premailer would set again, wrongly: `width="100%"` on a picture."""


class TextLostError(Exception):
    """Inlining changed what the reader would see: elements are nested too deeply, or a tag is malformed."""


def inlined(page: str, css: str) -> str:
    """The page with the rules of `css` in its `style` attributes; every `<style>` of its own stays as it is.

    Raises `TextLostError` where words, links or pictures differ from before.
    """
    marked = _STYLE.sub('<style data-premailer="ignore"', _DOCTYPE.sub("<!DOCTYPE html>", page, count=1))
    result: str = _premailer()(
        marked,
        css_text=css,
        strip_important=False,
        disable_validation=True,
        disable_leftover_css=True,
        allow_network=False,
        allow_loading_external_files=False,
        align_floating_images=False,
        disable_basic_attributes=_ATTRIBUTES,
        remove_unset_properties=False,
    ).transform(pretty_print=False)
    result = _INLINE.sub(_compact, result.replace(' data-premailer="ignore"', ""))
    if words(result) != words(page) or addresses(result) != addresses(page):
        raise TextLostError(
            "inlining the styles would lose words or links: some tag is malformed, or nested too deeply"
        )
    return result


def words(page: str) -> list[str]:
    """The words that a reader sees, in order."""
    return _decoded(_UNSEEN.sub(" ", page)).split()


def addresses(page: str) -> list[str]:
    """Where every link leads and every picture comes from, in order; what is percent-encoded (RFC 3986) is decoded."""
    return [unquote(_decoded(double or single)) for double, single in _ADDRESS.findall(page)]


def _decoded(text: str) -> str:
    """The text without references, read as browsers read them; `html.unescape` drops those that HTML forbids."""
    return html.unescape(_REFERENCE.sub(lambda match: chr(int(match[1])), text))


def _compact(style: re.Match[str]) -> str:
    return style[0].replace("; ", ";").replace(';"', '"')


@cache
def _premailer() -> type[Premailer]:
    """Premailer, its CSS parser kept from fetching `@import`, `file://` included, and from logging."""
    import cssutils  # noqa: PLC0415 - these two cost 100 ms, and reading an issue needs neither

    with _without_a_network():
        from premailer import Premailer  # noqa: PLC0415

    cssutils.log.setLevel(logging.CRITICAL + 1)
    cssutils.ser.prefs.minimizeColorHash = False  # some inboxes ignore colours of three digits

    class Offline(Premailer):  # type: ignore[misc]  # it has no types
        def _parse_css_string(self, css_body: str, validate: bool = True) -> object:  # noqa: FBT001, FBT002 - premailer's
            return _sheet(css_body, validate=validate)

    @cache
    def _sheet(css_body: str, *, validate: bool) -> object:
        return cssutils.CSSParser(fetcher=lambda _url: None, validate=validate).parseString(css_body)

    return Offline


@contextmanager
def _without_a_network() -> Iterator[None]:
    """An empty module in the place of `requests`, so that premailer has no way out; it costs 50 ms less, too."""
    name = "requests"
    known = sys.modules.get(name)
    sys.modules[name] = ModuleType(name)
    try:
        yield
    finally:
        del sys.modules[name]
        if known is not None:
            sys.modules[name] = known
