"""Statements compiled once for one database: for those that are run with every message."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from sqlalchemy import ClauseElement, Connection, CursorResult, Dialect
    from sqlalchemy.sql.compiler import SQLCompiler


class Prepared:
    """Does beforehand what SQLAlchemy does for a statement every time, so that running it costs what the driver does.

    Values pass through the types of their columns as ever; what the statement itself holds has passed already.
    """

    def __init__(self, statement: ClauseElement, dialect: Dialect) -> None:
        compiled = cast("SQLCompiler", statement.compile(dialect=dialect))
        self._sql = str(compiled)
        self._order = compiled.positiontup
        self._into = {name: _processor(compiled, name, dialect) for name in compiled.params}
        held = {name for name in compiled.params if not compiled.binds[name].required}
        self._held = {name: self._into[name](compiled.params[name]) for name in held}

    def run(self, connection: Connection, given: Sequence[Mapping[str, object]]) -> CursorResult[Any]:
        """Run it once for each of these; names that it does not know are let be."""
        return connection.exec_driver_sql(self._sql, [self._bound(values) for values in given])

    def first(self, connection: Connection, given: Mapping[str, object]) -> Any:  # noqa: ANN401 - a row of any shape
        """The first row that it finds, or None."""
        return connection.exec_driver_sql(self._sql, self._bound(given)).first()

    def _bound(self, values: Mapping[str, object]) -> Any:  # noqa: ANN401 - as the driver wants it, by place or by name
        if self._order is None:
            return self._held | {name: self._into[name](values[name]) for name in self._into if name in values}
        held, into = self._held, self._into
        return tuple([held[name] if name in held else into[name](values[name]) for name in self._order])


def _processor(compiled: SQLCompiler, name: str, dialect: Dialect) -> Callable[[Any], Any]:
    return compiled.binds[name].type.dialect_impl(dialect).bind_processor(dialect) or _as_it_is


def _as_it_is(value: object) -> object:
    return value
