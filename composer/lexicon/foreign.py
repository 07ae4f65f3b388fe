"""Words of another language among English ones: several beside each other that no dictionary knows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from composer.lexicon.british import british
from composer.lexicon.dictionary import is_known
from composer.lexicon.misspellings import corrections

if TYPE_CHECKING:
    from collections.abc import Sequence

    from composer.lexicon.words import Word

_REACH = 3
_SEVERAL = 2


def is_foreign(row: Sequence[Word], at: int) -> bool:
    """Whether the word at `at` of a text stands among words of another language.

    One beside it that is unknown, American or a common misspelling not counted, will do, or several near it.
    """
    near = [other for other in range(max(at - _REACH, 0), min(at + _REACH + 1, len(row))) if other != at]
    unknown = [other for other in near if _is_unknown(row[other])]
    return len(unknown) >= _SEVERAL or any(abs(other - at) == 1 for other in unknown)


def _is_unknown(word: Word) -> bool:
    if not word.is_plain or word.is_capitalised or len(word.text) == 1 or is_known(word.text):
        return False
    return not corrections(word.text) and not british(word.stem)
