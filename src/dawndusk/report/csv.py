"""The tables of a document as comma-separated values: numbers in full, in the unit of their column."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from urllib.parse import quote

from dawndusk.report.document import Cell, Column, Document, Marked, Table, shown


def render(document: Document) -> str:
    """All tables, one after the other, each below a line that begins with ``#`` and names it."""
    return "\n".join(f"# {' '.join(table.caption.split())}\n{one(table)}" for table in document.tables)


def one(table: Table) -> str:
    """One table: a line of names with units, then a line a row; undefined numbers are empty."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    kept = [k for k, column in enumerate(table.columns) if column.kind != "bar"]
    more = {k: _more(table, k) for k in kept}
    writer.writerow([name for k in kept for name in _names(table, k, more[k])])
    for row in table.rows:
        writer.writerow([x for k in kept for x in _values(table.columns[k], row[k], more[k])])
    return text.getvalue()


def link(table: Table) -> str:
    """The table as a data address."""
    return "data:text/csv;charset=utf-8," + quote(one(table))


def _more(table: Table, k: int) -> tuple[str, ...]:
    """What cells of a column say beside their value: ``unit`` where they have many, ``more``."""
    marked = [x for row in table.rows if isinstance(x := row[k], Marked)]
    some = {"unit": len(_units(table, k)) > 1, "more": any(x.more for x in marked)}
    return tuple(name for name, there in some.items() if there)


def _units(table: Table, k: int) -> set[str]:
    return {x.unit for row in table.rows if isinstance(x := row[k], Marked) and x.unit}


def _names(table: Table, k: int, more: tuple[str, ...]) -> Iterator[str]:
    column = table.columns[k]
    units = {column.unit} - {""} or _units(table, k)
    unit = f", {next(iter(units))}" if len(units) == 1 else ""
    if column.parts:
        yield from (f"{column.label} {part}{unit}" for part in column.parts)
    else:
        yield f"{column.label or 'value'}{unit}" if k else column.label
    yield from (f"{column.label} {name}".strip() for name in more)


def _values(column: Column, cell: Cell, more: tuple[str, ...]) -> Iterator[str | float]:
    value = shown(column, cell)
    if isinstance(value, tuple):
        yield from ("" if x is None else x for x in value)
    else:
        yield from [""] * max(len(column.parts) - 1, 0)
        yield "" if value is None else value
    yield from (getattr(cell, name, "") for name in more)
