"""The British dictionary (Hunspell's, of SCOWL), and the common words among its words.

It lacks newer words and those of a trade ("neurodivergent", "Ofsted"): that it does not know a word says nothing by
itself. Everything is read when it is first asked for (30 ms), and once.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from composer.errors import ComposerError

if TYPE_CHECKING:
    from hunspell import Hunspell  # type: ignore[import-untyped]

_FOLDER = Path(__file__).resolve().parent
_NAME = "en_GB"


@cache
def is_known(word: str) -> bool:
    """Whether a word is in the dictionary as it is written: "Brighton" is, "brighton" is not; "Families" is."""
    return bool(_hunspell().spell(word))


def is_name(word: str) -> bool:
    """Whether a word is known with a capital alone: "Winchester", and not "Family"."""
    return word[:1].isupper() and is_known(word) and not is_known(word.lower())


@cache
def common_words() -> frozenset[str]:
    """Words of five letters and more that everybody uses, in small letters."""
    return frozenset((_FOLDER / f"{_NAME}.common.txt").read_text(encoding="utf-8").split())


@cache
def _hunspell() -> Hunspell:
    """Hunspell with the dictionary; `ComposerError` where it cannot be opened, as Hunspell itself would not say so.

    With UTF-8 it opens a path of any letters on Windows, and with the system's encoding one on another computer.
    """
    from hunspell import Hunspell  # noqa: PLC0415 - loaded when a word is looked up

    for encoding in ("UTF-8", None):
        try:
            opened = Hunspell(_NAME, hunspell_data_dir=str(_FOLDER), system_encoding=encoding)
        except OSError:
            continue
        if opened.spell("the"):
            return opened
    raise ComposerError(
        f"the dictionary in {_FOLDER} cannot be opened; install Composer anew, in a folder on this computer"
    )
