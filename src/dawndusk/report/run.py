"""A result in one screen, with its tables behind it: what ``dawndusk run`` and ``dawndusk show`` answer."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import numpy as np
import xarray as xr

from dawndusk.report import satellites, strips, tables, words
from dawndusk.report.document import Cell, Column, Document, Marked, Section, Table, facts, table, texts
from dawndusk.report.measures import capacity_by_year, timeline
from dawndusk.report.summary import lines
from dawndusk.report.view import AbstractResult, View, view_of

MOST_YEARS: Final = 6


def document(
    result: AbstractResult | xr.DataTree | View,
    *,
    seconds: float | None = None,
    report: Path | str | None = None,
) -> Document:
    """The summary of a result, expected capacity by year, and all tables of the report.

    Parameters
    ----------
    result : Result, its tree or a View
        The result.
    seconds : float or None
        How long the run took.
    report : path or None
        Where the HTML page was written.
    """
    view = view_of(result)
    rows = [(line.title, "\n".join(line.texts)) for line in lines(view)]
    rows += [("Report", str(report))] if report else []
    took = "" if seconds is None else f"; {words.rounded(seconds)} s"
    behind = (Section(parts=(made,), detail=True) for made in _behind(view) if made.rows)
    return Document(
        title=view.name,
        verdict=Marked(value=_size(view) + took, tone="dim"),
        sections=(
            Section(parts=(facts(rows, key="summary"),)),
            Section(parts=(capacity_table(view),)),
            *behind,
        ),
    )


def _size(view: View) -> str:
    leaves = view.meta.get("tree_leaves", view.meta.get("leaves"))
    firm = ", firm options only" if view.meta.get("firm_only") else ""
    firm += f', "{view.meta["label"]}"' if view.meta.get("label") else ""
    return (
        f"{view.quarters[0]}-{view.quarters[-1]}, {leaves} leaves, {view.demand.period.size} nodes, "
        f"seed {view.meta.get('seed')}{firm}"
    )


def _behind(view: View) -> tuple[Table, ...]:
    """The tables that stand behind the answer, as in the report."""
    return (
        tables.capacity(view),
        tables.orders(view, timeline(view)),
        tables.trigger_table(view),
        tables.costs(view),
        tables.unit_costs_now(view),
        tables.thresholds(view),
        tables.entries(view),
        tables.prices(view),
        strips.binding_table(view),
        tables.service(view),
        tables.shells(view),
        *([satellites.satellite_table(view)] if view.satellites else []),
        tables.quality(view),
        tables.left_out(view),
    )


def shown_years(view: View) -> list[int]:
    """A few years evenly over the horizon, the first and the last among them."""
    years = np.unique(view.years)
    pick = np.unique(np.linspace(0, years.size - 1, min(MOST_YEARS, years.size)).round().astype(int))
    return [int(y) for y in years[pick]]


def capacity_table(view: View) -> Table:
    """Expected capacity by year and pool."""
    years = shown_years(view)
    columns = (*texts("M H100e"), *(Column(label=str(year), digits=2, factor=1e-6) for year in years))
    rows: list[tuple[Cell, ...]] = [(name, *values) for name, values in capacity_by_year(view, years).items()]
    return table(columns, rows, caption="Expected capacity", key="expected")
