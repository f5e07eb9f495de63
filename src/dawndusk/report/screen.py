"""The summary on a terminal: one screen, whatever its width."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import xarray as xr
from rich.console import Console
from rich.table import Table
from rich.text import Text

from dawndusk.report import words
from dawndusk.report.decisions import expected_by_period
from dawndusk.report.summary import lines
from dawndusk.report.view import AbstractResult, View, view_of

COLOURS = {"ground": "blue", "leased": "cyan", "cloud": "magenta", "orbit": "yellow"}
MOST_YEARS = 6


def render(
    result: AbstractResult | xr.DataTree | View,
    console: Console,
    seconds: float | None = None,
    report: Path | str | None = None,
) -> None:
    """Print the summary of a result.

    Parameters
    ----------
    result : Result, its tree or a View
        The result.
    console : Console
        Where to print; its width and colours are respected.
    seconds : float or None
        How long the run took.
    report : path or None
        Where the HTML page was written.
    """
    view = view_of(result)
    _head(view, console, seconds)
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(style="bold", no_wrap=True)
    table.add_column(ratio=1)
    for line in lines(view):
        table.add_row(line.title, Text("\n".join(line.texts)))
    if report:
        table.add_row("Report", Text(str(report)))
    console.print(table)
    console.print()
    console.print(capacity_table(view))


def _head(view: View, console: Console, seconds: float | None) -> None:
    leaves = view.meta.get("tree_leaves", view.meta.get("leaves"))
    firm = ", firm options only" if view.meta.get("firm_only") else ""
    span = (
        f"{view.quarters[0]}-{view.quarters[-1]}, {leaves} leaves, {view.demand.period.size} nodes, "
        f"seed {view.meta.get('seed')}{firm}"
    )
    head = Table.grid(expand=True, padding=(0, 2, 0, 0))
    head.add_column(no_wrap=True)
    head.add_column(ratio=1)
    head.add_column(justify="right", no_wrap=True)
    took = "" if seconds is None else f"{words.rounded(seconds)} s"
    head.add_row(Text(view.name, style="bold"), Text(span), Text(took, style="dim"))
    console.print(head)


def shown_years(view: View) -> list[int]:
    """A few years evenly over the horizon, the first and the last among them."""
    years = np.unique(view.years)
    pick = np.unique(np.linspace(0, years.size - 1, min(MOST_YEARS, years.size)).round().astype(int))
    return [int(y) for y in years[pick]]


def capacity_by_year(view: View, years: list[int]) -> dict[str, list[float]]:
    """Expected H100e in the last quarter of each year: delivered by pool, then demand and served."""
    at = [int(np.flatnonzero(view.years == y)[-1]) for y in years]
    pool = np.array(view.offers.pool)
    delivered = expected_by_period(view, view.plan.delivered)
    found = {
        name: delivered[pool == name].sum(axis=0)[at].tolist()
        for name in COLOURS
        if delivered[pool == name].sum() > 0
    }
    found["served"] = expected_by_period(view, view.plan.served.sum(axis=(0, 1)))[at].tolist()
    found["demand"] = expected_by_period(view, view.demand.total)[at].tolist()
    return found


def capacity_table(view: View) -> Table:
    """Expected capacity by year and pool."""
    years = shown_years(view)
    table = Table(box=None, padding=(0, 2, 0, 0), show_edge=False)
    table.add_column("M H100e", header_style="dim", no_wrap=True)
    for year in years:
        table.add_column(str(year), justify="right", header_style="dim")
    for name, values in capacity_by_year(view, years).items():
        style = COLOURS.get(name, "bold")
        table.add_row(Text(name, style=style), *(words.rounded(v / 1e6) for v in values))
    return table
