"""One item of each kind in the scenario `tiny`, and an item as a table."""

from __future__ import annotations

import copy
import csv
import dataclasses
import io
import json
from typing import Any

from dawndusk.core.records import units_of
from dawndusk.formats.yaml_document import read_document
from dawndusk.library.read import read_text, text_of
from dawndusk.supply.kinds import Kind
from dawndusk.supply.scenario import KINDS, Scenario

TINY = read_document(*text_of("tiny")).data


def example(kind: Kind) -> dict[str, Any]:
    """The kind's example as plain data."""
    found: dict[str, Any] = copy.deepcopy(read_document(kind.example, kind.block).data)
    return found


def text_with(*items: tuple[Kind, dict[str, Any]]) -> str:
    """The scenario `tiny` with some items, each in the place of its namesake or after the others."""
    data = copy.deepcopy(TINY)
    for kind, item in items:
        *above, last = kind.block.split(".")
        block = data
        for word in above:
            block = block[word]
        others = [x for x in block.get(last, []) if x["name"] != item["name"]]
        block[last] = [*others, item]
    return json.dumps(data)


def scenario_of(kind: Kind, **changes: Any) -> tuple[Scenario, Any]:
    """The scenario with the example, some of its fields written otherwise, and the example's record."""
    item = example(kind) | changes
    scenario, _ = read_text(text_with((kind, item)), "tiny.yaml")
    return scenario, next(x for x in kind.items(scenario) if x.name == item["name"])


def everything() -> str:
    """The scenario `tiny` with the examples of all kinds."""
    return text_with(*((kind, example(kind)) for kind in KINDS))


def to_table(item: Any) -> str:
    """An item as CSV: a row for each number or text, with its unit."""
    rows = io.StringIO()
    write = csv.writer(rows, lineterminator="\n")
    write.writerow(("field", "value", "unit"))
    write.writerows(_rows(item, ""))
    return rows.getvalue()


def _rows(value: Any, path: str) -> list[tuple[str, str, str]]:
    units, found = units_of(type(value)), []
    for field in dataclasses.fields(value):
        inner, where = getattr(value, field.name), f"{path}{field.name}"
        if isinstance(inner, tuple):
            found += [row for i, x in enumerate(inner) for row in _rows(x, f"{where}.{i}.")]
        else:
            unit = units[field.name].text if field.name in units else ""
            found.append((where, json.dumps(inner) if isinstance(inner, bool) else str(inner), unit))
    return found


def from_table(text: str) -> dict[str, Any]:
    """The item's data from such a table, each number with its unit as in a scenario file."""
    data: dict[str, Any] = {}
    for row in csv.DictReader(io.StringIO(text)):
        *above, last = row["field"].split(".")
        here = data
        for word in above:
            here = here.setdefault(word, {})
        plain = row["value"] in ("true", "false")
        here[last] = row["value"] == "true" if plain else f"{row['value']} {row['unit']}".strip()
    return {key: _items(value) for key, value in data.items()}


def _items(value: Any) -> Any:
    """The list behind items that are numbered."""
    return list(value.values()) if isinstance(value, dict) else value
