"""Domains of email addresses that are certainly mistyped, and what was meant.

Three kinds: an ending that no domain has (`.con`, `.govuk`), a British ending written wrong (`.gov.co.uk`), and a slip
in the name of a large provider (`gmial.com`). Real names one letter apart (`mail.com`, `ymail.com`, `nhs.uk`) are none.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from composer.checks.reading.addresses.slips import is_slip

if TYPE_CHECKING:
    from collections.abc import Iterator

_ENDINGS = {
    "com": ("con", "cmo", "ocm", "vom", "xom", "cpm", "comm", "coom", "ccom", "cim", "clm", "cmm", "comn", "comc"),
    "uk": ("ukk", "uuk", "uku", "k", "u", "ul", "uj", "ik", "yk", "ku", "jk", "uik", "ukl"),
    "org": ("ogr", "orgg", "orh", "prg", "orf", "rog", "orrg"),
    "net": ("nte", "ent", "ner", "nett", "neet", "ney"),
    "gov.uk": ("govuk",),
    "co.uk": ("couk", "cok", "co-uk"),
    "org.uk": ("orguk",),
    "ac.uk": ("acuk",),
    "sch.uk": ("schuk",),
    "nhs.uk": ("nhsuk",),
    "police.uk": ("policeuk",),
}
"""Last labels that the root of the DNS has not, by what was meant."""
_TOP = {wrong: right for right, wrongs in _ENDINGS.items() for wrong in wrongs}

_KINDS = {
    "gov": "gove gv gob gpv giv ogv gvo goc gof hov fov goiv goov ggov govv govt",
    "sch": "shc scg sxh scj",
    "nhs": "nsh nhd hns nhss",
    "police": "polcie plice polce",
    "org": "ogr orh prg rog",
}
"""Labels in front of `uk` that are none of its kinds, by the kind that was meant."""
_BEFORE_UK = {wrong: right for right, wrongs in _KINDS.items() for wrong in wrongs.split()}

_TOO_MUCH = re.compile(
    r"(?P<right>.+\.(?:gov|nhs|sch|ac|police|org|co)\.uk)(?:\.com|\.co|\.uk|\.org|\.(?:gov|nhs|sch|ac|org|co)\.uk)"
    r"|(?P<name>.+)\.(?P<kind>gov|sch|ac|police|org)\.co\.uk"
    r"|(?P<twice>.+\.(?P<once>gov|nhs|sch|ac|police|org|co)\.uk)(?P=once)\.uk"
)
_NHS_NET = frozenset(
    {
        "nhs.co.uk",
        "nhs.ne",
        "nhs.et",
        "nhs.met",
        "nhs.bet",
        "nhs.nrt",
        "nhs.bnet",
        "nsh.net",
        "nhs.net.uk",
        "nhs.uk.net",
    }
)

_SLIPS_OF_GMAIL = """
    gmial gmai gmal gamil gmil gmali gmaill gmmail ggmail gimail gnail gmaul gmaik gamail gmaail gmaiil gmaol gmqil
    gmsil gmaila gmaio gmailc gmeil gmailcom
"""
_GMAIL = frozenset(_SLIPS_OF_GMAIL.split())
"""Slips of one name that has too many real neighbours (`email`, `mail`, `ymail`) to be compared by letters."""
_PROVIDERS = (
    *("googlemail", "hotmail", "outlook", "yahoo", "icloud", "btinternet", "ntlworld", "virginmedia"),
    *("blueyonder", "talktalk", "tiscali", "protonmail"),
)
_OF_PROVIDERS = frozenset({"com", "co.uk", "net", "fr", "de", "ie", "it", "es", "me"})
_ONLY_COM = frozenset({"gmail", "googlemail", "icloud", "btinternet", "ntlworld"})
_NEVER_THERE = frozenset({"co.uk", "co", "cm", "om", "uk", "com.uk", "couk", "uk.com", "co.uk.com"})
_NOT_OF_COM = frozenset({"co", "cm", "om"})
"""Real endings, of other countries, that are one letter short of com."""


def meant(domain: str) -> str:
    """The domain (casefolded) that a mistyped one was meant to be; "" where it may be right."""
    return next(filter(None, _corrections(domain)), "")


def _corrections(domain: str) -> Iterator[str]:
    if domain.startswith("www."):
        yield domain.removeprefix("www.")
    yield _nhs(domain)
    yield _too_much(domain)
    yield _provider(domain)
    yield _ending(domain)


def _nhs(domain: str) -> str:
    return "nhs.net" if domain in _NHS_NET else ""


def _too_much(domain: str) -> str:
    """A British ending twice, or with a commercial one."""
    found = _TOO_MUCH.fullmatch(domain)
    if not found:
        return ""
    return found["right"] or found["twice"] or f"{found['name']}.{found['kind']}.uk"


def _ending(domain: str) -> str:
    name, _, last = domain.rpartition(".")
    if last in _TOP:
        right = f"{name}.{_TOP[last]}"
        return meant(right) or right
    front, _, kind = name.rpartition(".")
    return f"{front}.{_BEFORE_UK[kind]}.uk" if last == "uk" and front and kind in _BEFORE_UK else ""


def _provider(domain: str) -> str:
    name, _, ending = domain.partition(".")
    if name in _ONLY_COM and ending in _NEVER_THERE:
        return f"{name}.com"
    if name in _PROVIDERS and ending in _NOT_OF_COM:
        return f"{name}.com"
    right = "gmail" if name in _GMAIL else next((known for known in _PROVIDERS if _is_meant(name, known)), "")
    if not right or not (ending in _OF_PROVIDERS or ending in _NOT_OF_COM):
        return ""
    return f"{right}.com" if ending in _NOT_OF_COM or right in _ONLY_COM else f"{right}.{ending}"


def _is_meant(name: str, known: str) -> bool:
    return name[:1] == known[0] and is_slip(name, known)
