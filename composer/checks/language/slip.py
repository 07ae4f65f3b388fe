"""A word that is one slip of the finger away from one that everybody knows.

A word that no dictionary knows, nor the newsletter, with one letter missing, one too many, a wrong one or two swapped:
"familiy", "publishng", "Winchetser". A word is never remarked on for being unknown. The newsletter knows what its
contacts, networks and settings are called, `checks.words` of newsletter.yaml, and every word that was written twice, in
this issue or an earlier one, unless a place or a month was meant. Real names are often one letter away from others: of
words with a capital only those count whose letters are swapped, and long places. Words of other languages,
abbreviations and what is made of two words are left alone.

Passes:

    updates:
      - {title: An item, body: Neurodivergent pupils met Siobhan Browne of Coram in Winchester.}

Fails:

    updates:
      - {title: An item, body: The slides of the conference in Winchetser are ready.}
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from composer.checks.reading.words.vocabulary import Vocabulary
from composer.checks.rule import Remark
from composer.errors import Level
from composer.lexicon import SHORTEST, corrections, is_foreign, is_known, slip, slip_of_name, word_list, words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from composer.checks.sheet import Sheet
    from composer.lexicon import Word

LEVEL = Level.WARNING


def check(sheet: Sheet) -> Iterator[Remark]:
    """Look at every word that no dictionary knows."""
    vocabulary = Vocabulary(sheet)
    for passage in sheet.written:
        for word, meant in slips(passage.text, vocabulary.names):
            if not _is_own(word, meant, vocabulary):
                message = f"“{word.stem}” looks like a slip for {' or '.join(f'“{each}”' for each in meant[:3])}"
                hint = "correct it; if it is right, add it to checks: words: in newsletter.yaml"
                yield Remark(passage.place(word.start), message, hint)


def _is_own(word: Word, meant: tuple[str, ...], vocabulary: Vocabulary) -> bool:
    """Whether the newsletter writes it on purpose; nobody does so with a place or a month."""
    if word.stem.lower() in vocabulary.names:
        return True
    return meant[0].lower() not in word_list("places") and vocabulary.repeats(word.stem)


def slips(text: str, names: frozenset[str] = frozenset()) -> Iterator[tuple[Word, tuple[str, ...]]]:
    """The words of a text that look like slips, each with what was meant; `names` are known, in small letters."""
    row = words(text)
    for at, word in enumerate(row):
        if len(word.stem) < SHORTEST or not word.is_whole or not word.is_plain or is_known(word.stem):
            continue
        meant = _meant(row, at, names)
        if meant and not corrections(word.stem.lower()):
            yield word, meant


def _meant(row: tuple[Word, ...], at: int, names: frozenset[str]) -> tuple[str, ...]:
    word = row[at]
    if word.is_capitalised:
        name = slip_of_name(word.stem, names, is_alone=not any(_is_name_beside(row, at)))
        return (name,) if name else ()
    return () if word.stem in names or is_foreign(row, at) else slip(word.stem)


def _is_name_beside(row: tuple[Word, ...], at: int) -> Iterator[bool]:
    """Whether the words before and behind have a capital that they do not have from a sentence."""
    for other in (at - 1, at + 1):
        if 0 <= other < len(row):
            yield row[other].is_capitalised and not row[other].opens
