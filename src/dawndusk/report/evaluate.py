"""Unit costs over drawn inputs: what ``dawndusk evaluate`` answers."""

from __future__ import annotations

from collections.abc import Mapping
from math import isfinite
from typing import Any, Final

import numpy as np

from dawndusk.core.records import Floats
from dawndusk.report.document import Cell, Column, Document, Section, table, texts

POINTS: Final = (0.05, 0.5, 0.95)
KEYS: Final = ("low_5pct", "median", "high_95pct")
HEADS: Final = ("5 %", "median", "95 %")


def points_json(costs: Mapping[str, Floats]) -> dict[str, dict[str, float]]:
    """Option -> 5, 50, 95 % points, cheapest first; infinite where so many draws deliver nothing."""
    found = {
        option: tuple(float(x) for x in np.quantile(cost, POINTS, method="inverted_cdf"))
        for option, cost in costs.items()
    }
    ordered = sorted(found.items(), key=lambda item: item[1][1])
    return {option: dict(zip(KEYS, points, strict=True)) for option, points in ordered}


def document(data: Mapping[str, Any], *, seconds: float | None = None) -> Document:
    """The costs of every option for people, with their ranges drawn."""
    points = data["unit_cost_usd_per_h100e_h"]
    known = [x for row in points.values() for x in row.values() if isfinite(x)]
    most = max(known, default=1.0)
    columns = (
        *texts("option"),
        *(Column(label=head, places=2, good="down") for head in HEADS),
        Column(label=f"0 to {most:.3g}", kind="bar"),
    )
    rows = [
        (option, *map(_price, row.values()), [min(x / most, 1.0) for x in row.values()])
        for option, row in points.items()
    ]
    took = "" if seconds is None else f", {seconds:.2g} s"
    return Document(
        title=f"{data['scenario']}: in service in {data['quarter']}, or as near to it as it can be ordered",
        sentence=f"{data['draws']:,} draws of {len(points)} options, seed {data['seed']}{took}",
        sections=(Section(parts=(table(columns, rows, caption="USD per H100e-hour", key="unit_costs"),)),),
    )


def _price(value: float) -> Cell:
    return value if isfinite(value) else "none"
