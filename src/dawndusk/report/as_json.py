"""A document as the plain object that JSON has: raw numbers in the unit that is shown, undefined as null."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from dawndusk.report.document import Column, Document, Figure, Marked, Part, Table, shown


def render(document: Document) -> dict[str, Any]:
    """Title, sentence and sections; every column with label and unit, every row as a list."""
    return {
        "title": document.title,
        "sentence": document.sentence,
        "verdict": None if document.verdict is None else document.verdict.value,
        "sections": [
            {"title": section.title, "parts": [_part(part) for part in section.parts]}
            for section in document.sections
        ],
    }


def _part(part: Part) -> dict[str, Any]:
    if isinstance(part, Figure):
        return {"kind": "figure", "title": part.title, "finding": part.finding, "table": _table(part.table)}
    if isinstance(part, Table):
        return _table(part)
    return {"kind": "text", "lead": part.lead, "words": part.words}


def _table(table: Table) -> dict[str, Any]:
    kept = [k for k, column in enumerate(table.columns) if column.kind != "bar"]
    return {
        "kind": "table",
        "caption": table.caption,
        "columns": [_column(table.columns[k]) for k in kept],
        "rows": [[_cell(table.columns[k], row[k]) for k in kept] for row in table.rows],
        "note": table.note,
    }


def _column(column: Column) -> dict[str, Any]:
    return {
        "label": column.label,
        "unit": column.unit,
        "kind": column.kind,
        "parts": list(column.parts),
        "good": column.good or None,
    }


def _cell(column: Column, cell: Any) -> Any:
    value = plain(shown(column, cell))
    if isinstance(cell, Marked) and (cell.unit or cell.more):
        return {"value": value, "unit": cell.unit or None, "more": cell.more or None}
    return value


def plain(value: Any) -> Any:
    """Numbers, texts, lists and mappings as JSON has them; undefined numbers as null."""
    if isinstance(value, Mapping):
        return {str(k): plain(v) for k, v in value.items()}
    if isinstance(value, list | tuple):
        return [plain(v) for v in value]
    if isinstance(value, bool | str | int) or value is None:
        return value
    if hasattr(value, "tolist"):
        return plain(value.tolist())
    number = float(value)
    return number if math.isfinite(number) else None
