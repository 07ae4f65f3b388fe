"""An issue, the earlier ones and the standing files, merged for a date → `Edition`; filtered for an audience.

`compose` reads a number from a home and merges it; `merge` is the pure part. `variants` says which different
emails the people of a mailing list will see.
"""

from composer.edition.composing import Composition, compose
from composer.edition.merging import merge
from composer.edition.shapes import Edition, Entry, NetworkEntry, NetworkGroupEntry, Origin
from composer.edition.variants import EVERYONE, Variant, variant_namer, variants

__all__ = [
    "EVERYONE",
    "Composition",
    "Edition",
    "Entry",
    "NetworkEntry",
    "NetworkGroupEntry",
    "Origin",
    "Variant",
    "compose",
    "merge",
    "variant_namer",
    "variants",
]
