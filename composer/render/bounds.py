"""Jinja's sandbox with bounds of time and room: a template may be wrong, but it may not hang a command.

Jinja itself keeps a template from reaching outside. What it lets through is a width of a thousand million characters;
here every number that makes a text long has a limit.
"""

from __future__ import annotations

import re
from functools import wraps
from typing import TYPE_CHECKING, Any

from jinja2 import StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import missing, object_type_repr

from composer.errors import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from jinja2.runtime import Context

LARGEST = 1_000_000
"""The largest whole number that a template may hand to a function, a filter, `*` or `**`; no issue has a higher one."""

LONGEST_RANGE = 10_000
MOST_CHARACTERS = 4_000_000
"""What a template may print: forty times what Gmail shows."""

_BOUNDED_FILTERS = ("batch", "center", "format", "indent", "round", "slice")
_WIDE = re.compile(r"%(?:\([^)]*\))?[^a-zA-Z%]*?(?:[0-9]{4}|\*)|\{[^{}]*:[^{}]*(?:[0-9]{4}|\{)")
"""A width of more than three digits, or one that comes from a value: `%9999d`, `%*d`, `{:{width}}`."""


class BoundedEnvironment(ImmutableSandboxedEnvironment):
    """Refuses, with an exception that becomes a finding, what would take all time or memory."""

    intercepted_binops = frozenset({"*", "**", "%"})

    def __init__(self, **options: Any) -> None:  # noqa: ANN401 - jinja's own, of every type
        super().__init__(**options)
        del self.globals["lipsum"]
        self.globals["range"] = _short_range
        for name in _BOUNDED_FILTERS:
            self.filters[name] = _bounded(self.filters[name])

    def call(self, context: Context, thing: Any, /, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 - jinja's
        """Call what a template calls, unless a number is too large for any use of it."""
        _check((*args, *kwargs.values()))
        return super().call(context, thing, *args, **kwargs)

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:  # noqa: ANN401 - jinja's
        """Multiply, raise to a power, or fill a text with `%`."""
        if operator == "*":
            _check([_times(left, right)])
        elif operator == "**":
            _check([left, right])
        elif isinstance(left, str):
            _check_widths(left)
        return super().call_binop(context, operator, left, right)

    def wrap_str_format(self, value: Any) -> Callable[..., str] | None:  # noqa: ANN401 - jinja's
        """`format` and `format_map` of a text, whose widths are looked at when they are asked for."""
        made = super().wrap_str_format(value)
        if made is not None:
            _check_widths(value.__self__)
        return made


class Unknown(StrictUndefined):
    """What a template asks for and nobody has, named as the template names it."""

    __slots__ = ()

    @property
    def _undefined_message(self) -> str:
        thing, name = self._undefined_obj, self._undefined_name
        if self._undefined_hint or thing is missing or not isinstance(name, str):
            return str(super()._undefined_message)
        known = [word for word in dir(thing) if not word.startswith(("_", "model_"))]
        hint = did_you_mean(name, known)
        return f"{_called(thing)} has no {name!r}" + (f"; {hint}" if hint else "")


def _called(thing: object) -> str:
    kind = type(thing)
    return kind.__name__.lower() if kind.__module__.startswith("composer.") else object_type_repr(thing)


def _short_range(*bounds: int) -> range:
    numbers = range(*bounds)
    if len(numbers) > LONGEST_RANGE:
        raise OverflowError(f"a range of more than {LONGEST_RANGE:,} numbers")
    return numbers


def _bounded(made: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(made)
    def bounded(*args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 - a filter's own
        _check((*args, *kwargs.values()))
        if made.__name__ == "do_format":
            _check_widths(str(args[0]))
        return made(*args, **kwargs)

    return bounded


def _times(left: object, right: object) -> object:
    """How long a text or list becomes that is repeated; numbers are left to the next `_check`."""
    for things, number in ((left, right), (right, left)):
        if isinstance(things, str | list | tuple) and isinstance(number, int):
            return len(things) * number
    return 0


def _check(values: Iterable[object]) -> None:
    if any(isinstance(value, int) and abs(value) > LARGEST for value in values):
        raise OverflowError(f"a number of more than {LARGEST:,}")


def _check_widths(text: str) -> None:
    if _WIDE.search(text):
        raise OverflowError("a width of more than 999 characters, or one that is not written out")
