"""The names of weekdays and months, in full and as they are shortened."""

from __future__ import annotations

from typing import Final

from composer import dates

_WEEKDAYS: Final = tuple(name.lower() for name in dates.WEEKDAYS)
_MONTHS: Final = tuple(name.lower() for name in dates.MONTHS)
_ALSO: Final = {"tues": 1, "weds": 2, "thur": 3, "thurs": 3}

SHORT_WEEKDAYS: Final = {name[:3]: number for number, name in enumerate(_WEEKDAYS)} | _ALSO
WEEKDAYS: Final = {name: number for number, name in enumerate(_WEEKDAYS)} | SHORT_WEEKDAYS
"""Monday is 0, as `datetime.date.weekday` counts."""

PLURALS: Final = {f"{name}s": number for number, name in enumerate(_WEEKDAYS)}

SHORT_MONTHS: Final = {name[:3]: number for number, name in enumerate(_MONTHS, 1) if name != "may"} | {"sept": 9}
MONTHS: Final = {name: number for number, name in enumerate(_MONTHS, 1)} | SHORT_MONTHS

WORDS_TOO: Final = frozenset({"may", "march", "mar", "sat", "sun", "wed"})
"""Names that in lower case are more often words: "may", "march", "sat"."""
