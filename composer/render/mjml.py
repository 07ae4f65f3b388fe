"""MJML → HTML with mrml, and the checks of everything about which mrml is silent.

mrml ignores an unknown tag or attribute, prints what is nested wrongly as it stands, and ends the process when
elements are nested twenty thousand deep. So the source is looked through before, and the HTML after.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from composer.errors import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterator

DEEPEST = 200
"""Levels of nesting that are let through; premailer's parser loses everything below 256, and mrml adds some."""

_BODY = {"mj-section", "mj-wrapper", "mj-raw", "mj-hero"}
_COLUMN = {"mj-text", "mj-image", "mj-button", "mj-divider", "mj-spacer", "mj-table", "mj-raw"}
CHILDREN: dict[str, set[str]] = {
    "mjml": {"mj-head", "mj-body"},
    "mj-head": {"mj-title", "mj-preview", "mj-attributes", "mj-style", "mj-raw", "mj-breakpoint"},
    "mj-body": _BODY,
    "mj-wrapper": {"mj-section", "mj-raw", "mj-hero"},
    "mj-section": {"mj-column", "mj-group", "mj-raw"},
    "mj-group": {"mj-column", "mj-raw"},
    "mj-column": _COLUMN,
    "mj-hero": _COLUMN,
}
"""Which MJML elements may stand directly inside which (MJML 4); no other holds any."""

KNOWN = frozenset(CHILDREN) | frozenset().union(*CHILDREN.values()) | {"mj-all", "mj-class"}
REFUSED = {
    "mj-include": "use Jinja's {% include %}, because sections included this way lose their width",
    "mj-html-attributes": "write the attribute where it belongs",
    "mj-font": "fonts are not fetched from elsewhere; name those that readers have",
    **dict.fromkeys(
        ("mj-social", "mj-accordion", "mj-carousel", "mj-navbar"), "use mj-text, because many inboxes do not show this"
    ),
}
_VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())  # noqa: SIM905 - as it is read
_ATTRIBUTES = r"""(?:[^<>"']|"[^"]*"|'[^']*')*?"""
_MARKUP = re.compile(
    rf"<!--.*?-->|<(?P<end>/?)(?P<name>[a-zA-Z][\w:-]*){_ATTRIBUTES}(?P<empty>/?)>|(?P<stray><)", re.DOTALL
)
_REOPENED = "<![endif]--><!--[if mso | IE]>"
"""Two comments for classic Outlook in a row, which say the same as one; a kilobyte of them in a usual email."""
_RUN_TOGETHER = re.compile(r">\n\s*(?=<(?:a|abbr|b|code|em|i|span|strong|sub|sup)\b)")


@dataclass(frozen=True)
class Fault:
    """What is wrong in MJML, at an offset into its text."""

    offset: int
    message: str
    hint: str = ""


class MjmlError(Exception):
    """MJML that must not be used; `faults` says why."""

    def __init__(self, *faults: Fault) -> None:
        self.faults = faults
        super().__init__("; ".join(fault.message for fault in faults))


def to_html(source: str) -> str:
    """The HTML of an MJML document; raises `MjmlError`."""
    from mjml import mjml2html  # noqa: PLC0415 - a shared library that most commands never need

    faults = tuple(faults_of(source))
    if faults:
        raise MjmlError(*faults)
    try:
        html = mjml2html(_RUN_TOGETHER.sub("> \n", source), fonts={})
    except ValueError as error:
        raise MjmlError(Fault(0, f"MJML cannot be read: {error}")) from error
    left = re.search(r"</?mj-[\w-]+", html)
    if left:
        raise MjmlError(Fault(max(source.find(left[0]), 0), f"{left[0]}> would reach the reader; it is misplaced"))
    return html.replace(_REOPENED, "")


def faults_of(source: str) -> Iterator[Fault]:
    """Unknown, misplaced, unclosed and too deeply nested elements, in the order of the text."""
    path: list[tuple[str, int]] = []
    for tag in _MARKUP.finditer(source):
        name, offset = tag["name"], tag.start()
        if tag["stray"]:
            yield Fault(offset, "a < that opens no tag", "write &lt;")
        elif not name or name in _VOID:
            continue
        elif tag["end"]:
            if not path or path[-1][0] != name:
                yield _wrongly_closed(name, offset, path)
                return
            path.pop()
        else:
            yield from _misplaced(tag, path[-1][0] if path else None)
            if not tag["empty"]:
                path.append((name, offset))
        if len(path) > DEEPEST:
            yield Fault(offset, f"more than {DEEPEST} elements inside one another", "nest lists and quotes less")
            return
    if path:
        yield Fault(path[-1][1], f"<{path[-1][0]}> is never closed")


def _misplaced(tag: re.Match[str], parent: str | None) -> Iterator[Fault]:
    name, offset = tag["name"], tag.start()
    if name in REFUSED:
        yield Fault(offset, f"<{name}> is not used here", REFUSED[name])
    elif name.startswith("mj-") and name not in KNOWN:
        yield Fault(offset, f"<{name}> is no element of MJML", did_you_mean(name, KNOWN))
    elif parent is None and name != "mjml":
        yield Fault(offset, f"<{name}> stands outside <mjml>")
    elif parent in CHILDREN and name not in CHILDREN[parent]:
        allowed = ", ".join(sorted(CHILDREN[parent]))
        yield Fault(offset, f"<{name}> stands directly inside <{parent}>", f"there may be {allowed}")
    elif name.startswith("mj-") and parent is not None and parent not in CHILDREN and parent != "mj-attributes":
        yield Fault(offset, f"<{name}> stands inside <{parent}>, where MJML is not read")


def _wrongly_closed(name: str, offset: int, path: list[tuple[str, int]]) -> Fault:
    if not path:
        return Fault(offset, f"</{name}> closes what was never opened")
    return Fault(offset, f"</{name}> where <{path[-1][0]}> is still open")
