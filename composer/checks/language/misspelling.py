"""A word that is misspelt as many people misspell it.

The words of codespell's list of common misspellings ("publsihed", "goverment"), with what was meant. Titles of other
people's publications are looked at too: a slip in one is usually the editor's. Left alone is what a dictionary of
British English knows, names of the newsletter's contacts and organisations, `checks.words` of newsletter.yaml, words
with a capital that are somebody's name or may be, abbreviations, addresses, and words beside others that no dictionary
knows: another language.

Passes:

    updates:
      - {title: An item, body: The guide was published by the Government in the centre of Downhaven.}

Fails:

    updates:
      - {title: An item, body: The guide was publsihed.}
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from composer.checks.reading.words.vocabulary import Vocabulary
from composer.checks.rule import Remark
from composer.errors import Level
from composer.lexicon import corrections, is_foreign, word_list, words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from composer.checks.sheet import Sheet
    from composer.lexicon import Word

LEVEL = Level.WARNING

_SHORT = 4
_SHORTEST_CAPITALISED = 5
_MOST_MEANINGS = 2


def check(sheet: Sheet) -> Iterator[Remark]:
    """Look every word up."""
    vocabulary = Vocabulary(sheet)
    for passage in sheet.written:
        for word, meant in misspelt(passage.text):
            if word.stem.lower() not in vocabulary.names:
                hint = f"write {' or '.join(f'“{each}”' for each in meant[:3])}"
                yield Remark(passage.place(word.start), f"“{word.stem}” is misspelt", hint)


def misspelt(text: str) -> Iterator[tuple[Word, tuple[str, ...]]]:
    """The misspelt words of a text, each with what may have been meant."""
    row = words(text)
    for at, word in enumerate(row):
        meant = _meant(word)
        if meant and not is_foreign(row, at):
            yield word, meant


def _meant(word: Word) -> tuple[str, ...]:
    if not word.is_plain:
        return ()
    meant = corrections(word.text.lower()) or corrections(word.stem.lower())
    if word.is_capitalised and not _may_be_a_word(word):
        return ()
    if len(word.text) <= _SHORT and (len(meant) > _MOST_MEANINGS or not word.is_whole):
        return ()
    return tuple(each.capitalize() for each in meant) if word.is_capitalised else meant


def _may_be_a_word(word: Word) -> bool:
    """Whether a word with a capital is more likely a word than a name."""
    return len(word.stem) >= _SHORTEST_CAPITALISED and word.stem.lower() not in word_list("people")
