"""Findings as people, programs and GitHub read them."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from typing import TYPE_CHECKING, Literal

from composer.errors import Level

if TYPE_CHECKING:
    from collections.abc import Iterable

    from composer.errors import Finding

Format = Literal["text", "json", "github"]


def show(findings: Iterable[Finding], style: Format = "text") -> None:
    """Print all findings, in the order of their places, to standard output."""
    ordered = sorted(set(findings))
    sys.stdout.write("".join(f"{line}\n" for line in _lines(ordered, style)))


def count(findings: Iterable[Finding]) -> str:
    """How many there are: "2 errors, 1 warning", or "no findings"."""
    levels = [finding.level for finding in set(findings)]
    parts = [_plural(levels.count(level), level.value) for level in Level if level in levels]
    return ", ".join(parts) or "no findings"


def _lines(findings: list[Finding], style: Format) -> list[str]:
    if style == "json":
        return [json.dumps([_flat(finding) for finding in findings], ensure_ascii=False, indent=2)]
    if style == "github":
        return [_annotation(finding) for finding in findings]
    return [str(finding) for finding in findings]


def _flat(finding: Finding) -> dict[str, str | int]:
    return {**asdict(finding.place), **{key: value for key, value in asdict(finding).items() if key != "place"}}


def _annotation(finding: Finding) -> str:
    """A GitHub workflow command, with the characters escaped that it gives a meaning."""
    place = finding.place
    path = _escaped(place.path).replace(":", "%3A").replace(",", "%2C")
    message = _escaped(finding.message + (f" ({finding.hint})" if finding.hint else ""))
    return f"::{finding.level} file={path},line={place.line},col={place.column},title={finding.code}::{message}"


def _escaped(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _plural(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
