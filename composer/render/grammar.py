"""What may stand where in MJML, and the faults of a text measured by that: the places where mrml keeps silent."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from composer.errors import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterator

DEEPEST = 200
"""Levels of nesting that are let through; premailer's parser loses everything below 256, and mrml adds some."""

_IN_A_BODY = {"mj-section", "mj-wrapper", "mj-raw", "mj-hero"}
_IN_A_COLUMN = {"mj-text", "mj-image", "mj-button", "mj-divider", "mj-spacer", "mj-table", "mj-raw"}
CHILDREN: dict[str, set[str]] = {
    "mjml": {"mj-head", "mj-body"},
    "mj-head": {"mj-title", "mj-preview", "mj-attributes", "mj-style", "mj-raw", "mj-breakpoint"},
    "mj-body": _IN_A_BODY,
    "mj-wrapper": {"mj-section", "mj-raw", "mj-hero"},
    "mj-section": {"mj-column", "mj-group", "mj-raw"},
    "mj-group": {"mj-column", "mj-raw"},
    "mj-column": _IN_A_COLUMN,
    "mj-hero": _IN_A_COLUMN,
}
"""Which MJML elements may stand directly inside which (MJML 4); no other holds any."""

_PADDING = "padding padding-top padding-right padding-bottom padding-left"
_BORDER = "border border-top border-right border-bottom border-left border-radius"
_FONT = "color font-family font-size font-style font-weight letter-spacing line-height text-decoration text-transform"
_LINK = "href name rel target title"
_GROUND = (
    "background-color background-position background-position-x background-position-y"
    " background-repeat background-size background-url"
)
_BOX = f"{_PADDING} align container-background-color"
_ATTRIBUTES_OF = {
    "mj-body": "background-color width",
    "mj-wrapper": f"{_GROUND} {_BORDER} {_PADDING} full-width text-align",
    "mj-section": f"{_GROUND} {_BORDER} {_PADDING} direction full-width text-align",
    "mj-group": "background-color direction vertical-align width",
    "mj-column": f"{_BORDER} {_PADDING} background-color direction inner-background-color vertical-align width",
    "mj-text": f"{_BOX} {_FONT} height vertical-align",
    "mj-image": f"{_BOX} {_BORDER} {_LINK} alt fluid-on-mobile font-size height max-height src srcset usemap width",
    "mj-button": f"{_BOX} {_BORDER} {_FONT} {_LINK} background-color height inner-padding text-align"
    " vertical-align width",
    "mj-divider": f"{_BOX} border-color border-style border-width width",
    "mj-spacer": f"{_BOX} height",
    "mj-table": f"{_BOX} {_FONT} border cellpadding cellspacing role table-layout vertical-align width",
}
ATTRIBUTES = {name: frozenset(f"{own} css-class mj-class".split()) for name, own in _ATTRIBUTES_OF.items()}
"""Which attributes an element has (MJML 4), where that is checked; mrml ignores any other in silence."""

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
_ATTRIBUTE = re.compile(r"""([\w:-]+) *= *(?:"[^"]*"|'[^']*')""")
_MARKUP = re.compile(
    rf"<!--.*?-->|<(?P<end>/?)(?P<name>[a-zA-Z][\w:-]*){_ATTRIBUTES}(?P<empty>/?)>|(?P<stray><)", re.DOTALL
)


@dataclass(frozen=True)
class Fault:
    """What is wrong in MJML, at an offset into its text."""

    offset: int
    message: str
    hint: str = ""


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
    else:
        yield from _unknown_attributes(tag)


def _unknown_attributes(tag: re.Match[str]) -> Iterator[Fault]:
    name, offset = tag["name"], tag.start()
    known = ATTRIBUTES.get(name)
    if known is None:
        return
    for attribute in _ATTRIBUTE.findall(tag[0]):
        if attribute not in known:
            yield Fault(offset, f"<{name}> knows no {attribute}", did_you_mean(attribute, known))


def _wrongly_closed(name: str, offset: int, path: list[tuple[str, int]]) -> Fault:
    if not path:
        return Fault(offset, f"</{name}> closes what was never opened")
    return Fault(offset, f"</{name}> where <{path[-1][0]}> is still open")
