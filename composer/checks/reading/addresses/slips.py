"""Slips of the finger in a label of a domain: a letter left out, doubled, struck beside its key, or two exchanged."""

from __future__ import annotations

_ROWS = ("1234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm")
_SLANT = 0.5
"""Each row of a keyboard stands half a key to the right of the one above it."""
_REACH = 1.2
"""How far the middles of two keys are apart that touch, in keys."""
_AT = {key: (at + row * _SLANT, row) for row, keys in enumerate(_ROWS) for at, key in enumerate(keys)}


def is_slip(typed: str, meant: str) -> bool:
    """Whether one slip of the finger made `typed` out of `meant` (lower case).

    A letter more or less at the end that makes a plural, a hyphen and a number are no slips: they tell names apart.
    """
    if typed == meant or abs(len(typed) - len(meant)) > 1:
        return False
    start = _common(typed, meant)
    end = min(_common(typed[::-1], meant[::-1]), min(len(typed), len(meant)) - start)
    wrong, right = typed[start : len(typed) - end], meant[start : len(meant) - end]
    if not _are_letters(wrong + right) or (not end and "s" in (wrong, right)):
        return False
    match len(wrong), len(right):
        case 2, 2:
            return wrong == right[::-1]
        case 1, 1:
            return _touch(wrong, right)
        case 1, 0:
            return _is_stray(wrong, meant[max(start - 1, 0) : start + 1])
        case sizes:
            return sizes == (0, 1)


def shortened(label: str) -> frozenset[str]:
    """The label and all that is left of it without one letter: two labels that share none of these are no slip."""
    return frozenset({label, *(label[:at] + label[at + 1 :] for at in range(len(label)))})


def _common(one: str, other: str) -> int:
    """How many letters at the beginning are the same."""
    return next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def _are_letters(text: str) -> bool:
    return text.isascii() and text.isalpha()


def _touch(one: str, other: str) -> bool:
    (x, row), (other_x, other_row) = _AT[one], _AT[other]
    return abs(x - other_x) <= _REACH and abs(row - other_row) <= 1


def _is_stray(letter: str, neighbours: str) -> bool:
    """Whether a letter too many is one of its neighbours again, or a key that touches one."""
    return any(letter == near or (near in _AT and _touch(letter, near)) for near in neighbours)
