"""`dawndusk evaluate`: unit cost of every option with drawn inputs, without a plan."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import click

from dawndusk.cli.completion import names_of
from dawndusk.cli.output import console, emit

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dawndusk.core.records import Floats
    from dawndusk.core.scenario import Scenario

POINTS = (0.05, 0.5, 0.95)
KEYS = ("low_5pct", "median", "high_95pct")
BAR = 28  # signs


@click.command(
    epilog="SCENARIO is a file of yours, or the name of a shipped one, such as colossus. Inputs are drawn "
    "independently of each other from the ranges in the file."
)
@click.argument("scenario", shell_complete=names_of("scenarios"))
@click.option("--draws", type=int, default=10_000, show_default=True, help="Sets of inputs to draw.")
@click.option("--seed", type=int, default=1, show_default=True, help="Same scenario and seed, same numbers.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def command(scenario: str, draws: int, seed: int, *, as_json: bool) -> None:
    """Unit cost of every option of SCENARIO with drawn inputs, without a plan.

    Example: dawndusk evaluate colossus --draws 10000
    """
    from dawndusk.library.read import read
    from dawndusk.study.run import evaluate
    from dawndusk.supply.option_cost import QUARTER

    started = time.perf_counter()
    made, ranges = read(scenario)
    costs = evaluate(made, ranges, draws=draws, seed=seed)
    last = made.calendar.periods - 1
    quarter = made.calendar.label(min(max(made.calendar.index(QUARTER), 0), last))
    if as_json:
        return emit("evaluate", _fields(made, costs, quarter, draws, seed))
    return _show(made, costs, quarter, draws, seed, time.perf_counter() - started)


def _points(costs: Mapping[str, Floats]) -> dict[str, tuple[float, ...]]:
    """Option -> 5, 50, 95 % points, cheapest first; infinite where so many draws deliver nothing."""
    import numpy as np

    found = {
        option: tuple(float(x) for x in np.quantile(cost, POINTS, method="inverted_cdf"))
        for option, cost in costs.items()
    }
    return dict(sorted(found.items(), key=lambda item: item[1][1]))


def _fields(
    scenario: Scenario, costs: Mapping[str, Floats], quarter: str, draws: int, seed: int
) -> dict[str, object]:
    return {
        "scenario": scenario.name,
        "seed": seed,
        "draws": draws,
        "quarter": quarter,
        "unit_cost_usd_per_h100e_h": {
            option: dict(zip(KEYS, points, strict=True)) for option, points in _points(costs).items()
        },
    }


def _show(
    scenario: Scenario, costs: Mapping[str, Floats], quarter: str, draws: int, seed: int, seconds: float
) -> None:
    import numpy as np
    from rich.table import Table
    from rich.text import Text

    points = _points(costs)
    most = max((x for row in points.values() for x in row if np.isfinite(x)), default=1.0)
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    table.add_column("USD per H100e-hour", header_style="dim", no_wrap=True)
    for head in ("5 %", "median", "95 %"):
        table.add_column(head, justify="right", header_style="dim", no_wrap=True)
    table.add_column(f"0 to {most:.3g}", header_style="dim", no_wrap=True)
    for option, row in points.items():
        table.add_row(Text(option), *(_price(x) for x in row), Text(_bar(row, most), style="cyan"))
    out = console()
    out.print(f"[bold]{scenario.name}[/bold]  in service in {quarter}, or as near to it as it can be ordered")
    out.print(f"[dim]{draws:,} draws of {len(points)} options, seed {seed}, {seconds:.2g} s[/dim]")
    out.print(table)


def _price(value: float) -> str:
    return f"{value:.2f}" if value < float("inf") else "none"


def _bar(row: tuple[float, ...], most: float) -> str:
    """The range as a line with the median on it."""
    low, middle, high = (
        min(round(x / most * (BAR - 1)), BAR - 1) if x < float("inf") else BAR - 1 for x in row
    )
    return "".join("●" if i == middle else "─" if low <= i <= high else " " for i in range(BAR))
