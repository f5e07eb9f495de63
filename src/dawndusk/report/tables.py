"""Tables behind the charts: numbers in full for programs, in words for people."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from dawndusk.core.offers import pool_of
from dawndusk.core.records import Floats
from dawndusk.report import words
from dawndusk.report.capacity import by_option
from dawndusk.report.decisions import part_label, phrases, triggers
from dawndusk.report.document import Cell, Column, Table, said, table
from dawndusk.report.measures import Timeline, expected_by_period, prices_by_year
from dawndusk.report.summary import limit_label
from dawndusk.report.view import View

SECONDS_PER_MINUTE = 60.0
SHARED = ("chips", "launches", "satellites")  # first among the prices, whatever they are worth
WORTH_SHOWING = 16  # rows of a table of prices


def named(
    header: Sequence[str], rows: Sequence[Sequence[Cell]], *, key: str, caption: str = "", left: int = 1
) -> Table:
    """A table with these titles: `left` columns of words, then numbers."""
    columns = [Column(label=head, kind="text" if k < left else "number") for k, head in enumerate(header)]
    return table(columns, rows, key=key, caption=caption)


def millions(value: float) -> str:
    """H100e as millions without unit."""
    return words.rounded(value / 1e6)


def capacity(view: View) -> Table:
    """Delivered compute by option and year's last quarter with its band over the futures, and demand."""
    at = last_quarters(view)
    rows = [[x.label, *(_with_band(x.expected[t], x.low[t], x.high[t]) for t in at)] for x in by_option(view)]
    fan = {
        f"demand, {words.percent(x)}": row for x, row in zip(view.demand.levels, view.demand.fan, strict=True)
    }
    lines = (
        {"served": expected_by_period(view, view.plan.served.sum(axis=(0, 1)))}
        | {"demand, expected": expected_by_period(view, view.demand.total)}
        | fan
        | {"demand as planned": view.demand.planned}
    )
    rows += [
        [name, *(said(float(row[t]), millions(row[t]), "H100e") for t in at)] for name, row in lines.items()
    ]
    header = ["M H100e in; [5-95 % of futures]", *(view.quarters[t] for t in at)]
    return named(header, rows, key="capacity", caption="Compute delivered, by option")


def _with_band(expected: float, low: float, high: float) -> Cell:
    return said(expected, f"{millions(expected)} {words.band(low, high, millions)}".strip(), "H100e")


def _share(value: float, digits: int = 0) -> Cell:
    return said(value, words.percent(value, digits))


def _price(value: float) -> Cell:
    return said(value, words.unit_price(value), "USD/H100e-h")


def _rounded(value: float, digits: int = 2) -> Cell:
    return said(value, words.rounded(value, digits))


def _with_unit(value: float, unit: str) -> Cell:
    return said(value, f"{words.rounded(value, 3)} {unit}", unit)


def last_quarters(view: View) -> list[int]:
    """Index of the last quarter of each year of the horizon."""
    return [int(np.flatnonzero(view.years == year)[-1]) for year in np.unique(view.years)]


def orders(view: View, lines: Timeline) -> Table:
    """Expected orders by year, with the share of futures that order."""
    header = ["expected order (in % of futures)", "now", *(str(y) for y in lines.years)]
    rows = []
    for k, i in enumerate(lines.offers):
        unit = view.offers.unit[i]
        cells = [
            said(a, f"{words.amount(a, unit)} ({words.percent(p)})", unit) if p > 0 else ""
            for a, p in zip(lines.amount[k], lines.probability[k], strict=True)
        ]
        due = lines.now[k] > 0 and lines.probability[k, 0] > 0
        now = said(lines.now[k], words.amount(lines.now[k], unit), unit) if due else ""
        rows.append([view.offers.label[i], now, *cells])
    return named(header, rows, key="orders", caption="Orders by year")


def trigger_table(view: View, most: int = 24) -> Table:
    """What each outcome of the first three years' branchings changes."""
    chosen = sorted(triggers(view)[:most], key=lambda x: (x.period, -x.probability))
    rows = [
        (
            x.quarter,
            x.condition,
            _share(x.probability),
            "; ".join(phrases(view, x.more, 4, "+")) or "nothing",
            "; ".join(phrases(view, x.less, 4, "-")) or "nothing",
        )
        for x in chosen
        if x.more or x.less
    ]
    header = ("quarter", "if", "in % of futures", "more than otherwise", "less than otherwise")
    return named(header, rows, left=5, key="triggers", caption="What each later trigger changes")


def costs(view: View) -> Table:
    """Cost of a delivered H100e-hour by option and part."""
    offers = view.offers
    rows = []
    for i in np.argsort(offers.unit_cost_2030, kind="stable"):
        if np.isfinite(offers.unit_cost_2030[i]):
            parts = [_price(x) if np.isfinite(x) and x else "" for x in offers.stack[i]]
            span = words.band(offers.low_2030[i], offers.high_2030[i], words.unit_price)
            rows.append([offers.option_labels[i], _price(offers.unit_cost_2030[i]), span, *parts])
    header = ["$/H100e-h", "total", "5 to 95 %", *offers.parts]
    return named(header, rows, key="costs", caption="Cost of an H100e-hour by option and part")


def unit_costs_now(view: View) -> Table:
    """Cost of a delivered H100e-hour of what can be ordered first, by option."""
    offers = view.offers
    rows = [
        (offers.option_labels[i], offers.option_pools[i], _price(offers.unit_cost[i]))
        for i in np.argsort(offers.unit_cost, kind="stable")
        if np.isfinite(offers.unit_cost[i])
    ]
    header = ("option", "pool", "$/H100e-h, ordered as early as possible")
    return named(header, rows, left=2, key="unit-costs-now", caption="Cost of what can be ordered first")


def prices(view: View) -> Table:
    """What one more unit of each resource is worth, by year, those worth most first."""
    by_year = prices_by_year(view)
    years = [str(y) for y in np.unique(view.years)]
    rows: list[tuple[float, list[Cell]]] = []
    for k, name in enumerate(view.plan.resources):
        unit = view.plan.resource_units[k]
        factor, words_of = (1e6, "MW and quarter") if unit == "W" else (1.0, unit)
        row = by_year[k] * factor
        if np.nanmax(np.abs(row)) >= 1.0 and not pool_of(name):
            worth = [said(x, words.money(x if x >= 1 else 0.0), "USD") for x in row]
            rank = float(np.max(row)) + 1e18 * (name in SHARED)
            rows.append((rank, [view.plan.resource_labels[k], words_of, *worth]))
    rows.sort(key=lambda x: -x[0])
    shown = [row for _, row in rows[:WORTH_SHOWING]]
    return named(
        ["one more of", "unit", *years], shown, left=2, key="prices", caption="What one more is worth"
    )


def binding(view: View, shares: Floats, years: Sequence[int]) -> Table:
    """In which share of the futures each limit binds, by year."""
    rows = [
        [limit_label(view, name), *map(_share, row)]
        for name, row in zip(view.plan.limits, shares, strict=True)
        if row.max() > 0
    ]
    header = ["limit", *map(str, years)]
    return named(header, rows, key="binding", caption="Share of futures in which a limit binds")


def service(view: View) -> Table:
    """Planned and operated service by class of demand."""
    run, rows = view.operation, []
    for s, label in enumerate(view.demand.stream_labels if run else ()):
        assert run is not None
        low, high = np.quantile(run.by_path[s], [0.05, 0.95])
        span = words.band(low, high, words.percentage) + " %"
        rows.append([label, _share(run.planned[s], 1), _share(run.operated[s], 1), span])
    header = ("class", "planned", "operated", "5 to 95 % of the paths")
    return named(header, rows, key="operation", caption="Service by class of demand")


def shells(view: View) -> Table:
    """The shells: light, shadow, and what each design does in it."""
    rows = []
    for row in view.shells:
        does = "; ".join(f"{k}: {v or 'does not work'}" for k, v in row.get("strategy", {}).items())
        rows.append(
            [
                str(row["label"]),
                _rounded(row["altitude"] / 1e3, 3),
                _rounded(float(np.degrees(row["inclination"])), 3),
                _share(row["sunlit_fraction"], 1),
                _share(row["sunlit_edge"], 1),
                _rounded(row["longest_shadow"] / SECONDS_PER_MINUTE),
                _rounded(row["days_with_shadow"], 3),
                _rounded(row["dose"], 2),
                _rounded(row["dead_life"], 2),
                _rounded(row["disposal"]),
                _rounded(row["satellites"], 3),
                does,
            ]
        )
    header = (
        "shell",
        "km",
        "deg",
        "in light",
        "nodes at edge",
        "longest shadow, min",
        "days with shadow",
        "krad/yr behind 5 mm",
        "dead satellite down in, yr",
        "controlled re-entry, m/s",
        "filed",
        "in shadow",
    )
    return named(header, rows, key="shells", caption="Shells")


def shares(view: View, expected: Floats, span: Floats) -> Table:
    """Orbit's share of demand in the last quarter of each year, expected and over the futures."""
    rows = [
        (view.quarters[t], *(_share(x, 1) for x in (expected[t], *span[:, t]))) for t in last_quarters(view)
    ]
    header = ("quarter", "expected", "5 % of futures", "20 %", "80 %", "95 %")
    return named(header, rows, key="orbit", caption="Orbit's share of demand")


def thresholds(view: View) -> Table:
    """What would have to be true for orbit to enter, by demand path."""
    rows = [
        (
            str(x["demand_path"]),
            str(x["lever"]),
            _with_unit(x["today"], str(x["unit"])),
            _with_unit(x["value"], str(x["unit"])) if x["value"] > 0 else "not even at nothing",
            "yes" if x.get("proven") else "no",
        )
        for x in view.thresholds
    ]
    header = ("demand path", "lever", "today", "orbit enters at", "proven by re-solving")
    return named(header, rows, left=5, key="thresholds", caption="What would have to be true")


def entries(view: View) -> Table:
    """Entry prices of the options that the plan does not use."""
    rows = [
        (
            str(x["label"]),
            _share(x["factor"]) if x["factor"] > 0 else "not even for nothing",
            "yes" if x.get("proven") else "no",
        )
        for x in view.entries
    ]
    header = ("unused option or price", "enters at this share of its price", "proven by re-solving")
    return named(header, rows, left=3, key="entries", caption="Options that are not used")


def quality(view: View) -> Table:
    """How well the tree stands for the sampled paths."""
    rows = [
        (
            str(x.get("check_period", "")),
            str(x["statistic"]),
            *(said(y, words.compute(y), "H100e") for y in map(float, np.exp([x["tree"], x["sample"]]))),
            _rounded(x["error_sd"]),
            _rounded(x["allowed"]),
            "good" if x["error_sd"] <= x["allowed"] else "outside",
        )
        for x in view.quality
    ]
    header = ("quarter", "of log demand", "tree", "sample", "error, sd", "allowed", "")
    return named(header, rows, left=2, key="quality", caption="How well the tree stands for the paths")


def left_out(view: View) -> Table:
    """Options that the plan may not use, and why."""
    rows = [(str(x["left_out"]), str(x.get("left_out_reason", ""))) for x in view.left_out]
    return named(("option", "why it was left out"), rows, left=2, key="left-out", caption="Options left out")


def option_names(view: View, offers: Sequence[int]) -> list[str]:
    """Labels of offers for a chart's rows: the place, and what is ordered there."""
    return [part_label(view, i) for i in offers]
