"""What a rule is, and how all of them are found: a module of a group that has a `LEVEL` and a `check`."""

from __future__ import annotations

import importlib
import pkgutil
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from composer.checks.manual import Page, read_page
from composer.errors import Finding, Level

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from types import ModuleType

    from composer.checks.sheet import Sheet
    from composer.errors import Place


_SHARED = "reading"
"""The package beside the groups that holds what several rules share."""


@dataclass(frozen=True, order=True, slots=True)
class Remark:
    """What a rule has to say of one place; the rule's code and level make it a finding."""

    place: Place
    message: str
    hint: str = ""
    level: Level | None = None
    """Where the rule knows two degrees; None: its own level."""

    def finding(self, code: str, level: Level) -> Finding:
        """The remark under a code, at a level."""
        return Finding(self.place, level, code, self.message, self.hint)


@dataclass(frozen=True, slots=True)
class Group:
    """Rules that look at the same side of an issue; `about` is the docstring of their package."""

    name: str
    about: str


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule. Its code is the name of its file with hyphens, its manual page the docstring."""

    code: str
    group: Group
    level: Level
    page: Page
    check: Callable[[Sheet], Iterator[Remark]]
    needs_web: bool = False
    """Whether it has nothing to say unless the web was asked (`--online`)."""
    needs_ledger: bool = False
    """Whether it has nothing to say unless the ledger told how many people got the last issue."""


@cache
def rules() -> tuple[Rule, ...]:
    """All rules, by group and code."""
    package = importlib.import_module("composer.checks")
    return tuple(
        _rule(importlib.import_module(f"{group.__name__}.{name}"), group)
        for group in _groups(package)
        for name in sorted(module.name for module in pkgutil.iter_modules(group.__path__))
    )


def rule(code: str) -> Rule | None:
    """The rule of that code."""
    return next((rule for rule in rules() if rule.code == code), None)


def _groups(package: ModuleType) -> Iterator[ModuleType]:
    for module in sorted(pkgutil.iter_modules(package.__path__), key=lambda module: module.name):
        if module.ispkg and module.name != _SHARED:
            yield importlib.import_module(f"{package.__name__}.{module.name}")


def _rule(module: ModuleType, group: ModuleType) -> Rule:
    name = module.__name__.rpartition(".")[2]
    return Rule(
        code=name.replace("_", "-"),
        group=Group(group.__name__.rpartition(".")[2], (group.__doc__ or "").strip()),
        level=module.LEVEL,
        page=read_page(module.__doc__ or ""),
        check=module.check,
        needs_web=getattr(module, "NEEDS_WEB", False),
        needs_ledger=getattr(module, "NEEDS_LEDGER", False),
    )
