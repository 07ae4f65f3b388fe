"""Words: how British English spells them, how they are often misspelt, and which one a slip of the finger meant.

Pure: no word of a newsletter is known here; who asks knows the newsletter's own.
"""

from composer.lexicon.british import british
from composer.lexicon.dictionary import is_known, is_name
from composer.lexicon.foreign import is_foreign
from composer.lexicon.lists import word_list
from composer.lexicon.misspellings import corrections
from composer.lexicon.slips import SHORTEST, slip, slip_of_name
from composer.lexicon.words import BLANK, Word, without_addresses, words

__all__ = [
    "BLANK",
    "SHORTEST",
    "Word",
    "british",
    "corrections",
    "is_foreign",
    "is_known",
    "is_name",
    "slip",
    "slip_of_name",
    "without_addresses",
    "word_list",
    "words",
]
