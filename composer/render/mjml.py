"""MJML → HTML with mrml, between a check of what goes in and one of what comes out.

mrml ignores what it does not know, prints what is nested wrongly as it stands, and ends the process when elements are
nested twenty thousand deep. `grammar` looks the text through before it gets there.
"""

from __future__ import annotations

import re

from composer.render.grammar import Fault, faults_of

_REOPENED = "<![endif]--><!--[if mso | IE]>"
"""Two comments for classic Outlook in a row, which say the same as one; a kilobyte of them in a usual email."""
_RUN_TOGETHER = re.compile(r">\n\s*(?=<(?:a|abbr|b|code|em|i|span|strong|sub|sup)\b)")


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
