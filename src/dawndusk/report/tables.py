"""Tables behind the charts, as texts: a header and rows."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from urllib.parse import quote

import numpy as np

from dawndusk.core.records import Floats, record
from dawndusk.report import words
from dawndusk.report.capacity import by_option
from dawndusk.report.decisions import Timeline, expected_by_period, part_label, phrases, triggers
from dawndusk.report.summary import limit_label, prices_by_year
from dawndusk.report.view import View

SECONDS_PER_MINUTE = 60.0
SHARED = ("chips", "launches", "satellites")  # first among the prices, whatever they are worth
WORTH_SHOWING = 16  # rows of a table of prices


@record
class Table:
    """A table of texts.

    Parameters
    ----------
    header : tuple of str
        One title a column.
    rows : tuple of tuple of str
        The cells.
    left : int
        Number of leading columns that hold words; the rest are numbers.
    """

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    left: int = 1

    @property
    def csv_link(self) -> str:
        """The table as a data address of comma-separated values."""
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(self.header)
        writer.writerows(self.rows)
        return "data:text/csv;charset=utf-8," + quote(text.getvalue())


def table(header: Sequence[str], rows: Sequence[Sequence[str]], *, left: int = 1) -> Table:
    """A Table of these texts."""
    return Table(header=tuple(header), rows=tuple(tuple(row) for row in rows), left=left)


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
    rows += [[name, *(millions(row[t]) for t in at)] for name, row in lines.items()]
    header = ["M H100e in; [5-95 % of futures]", *(view.quarters[t] for t in at)]
    return table(header, rows)


def _with_band(expected: float, low: float, high: float) -> str:
    return f"{millions(expected)} {words.band(low, high, millions)}".strip()


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
            f"{words.amount(a, unit)} ({words.percent(p)})" if p > 0 else ""
            for a, p in zip(lines.amount[k], lines.probability[k], strict=True)
        ]
        now = words.amount(lines.now[k], unit) if lines.now[k] > 0 and lines.probability[k, 0] > 0 else ""
        rows.append([view.offers.label[i], now, *cells])
    return table(header, rows)


def trigger_table(view: View, most: int = 24) -> Table:
    """What each outcome of the first three years' branchings changes."""
    chosen = sorted(triggers(view)[:most], key=lambda x: (x.period, -x.probability))
    rows = [
        (
            x.quarter,
            x.condition,
            words.percent(x.probability),
            "; ".join(phrases(view, x.more, 4, "+")) or "nothing",
            "; ".join(phrases(view, x.less, 4, "-")) or "nothing",
        )
        for x in chosen
        if x.more or x.less
    ]
    return table(
        ("quarter", "if", "in % of futures", "more than otherwise", "less than otherwise"), rows, left=5
    )


def costs(view: View) -> Table:
    """Cost of a delivered H100e-hour by option and part."""
    offers = view.offers
    rows = []
    for i in np.argsort(offers.unit_cost_2030, kind="stable"):
        if np.isfinite(offers.unit_cost_2030[i]):
            parts = [words.unit_price(x) if np.isfinite(x) and x else "" for x in offers.stack[i]]
            span = words.band(offers.low_2030[i], offers.high_2030[i], words.unit_price)
            rows.append([offers.option_labels[i], words.unit_price(offers.unit_cost_2030[i]), span, *parts])
    return table(["$/H100e-h", "total", "5 to 95 %", *offers.parts], rows)


def unit_costs_now(view: View) -> Table:
    """Cost of a delivered H100e-hour of what can be ordered first, by option."""
    offers = view.offers
    rows = [
        (offers.option_labels[i], offers.option_pools[i], words.unit_price(offers.unit_cost[i]))
        for i in np.argsort(offers.unit_cost, kind="stable")
        if np.isfinite(offers.unit_cost[i])
    ]
    return table(("option", "pool", "$/H100e-h, ordered as early as possible"), rows, left=2)


def prices(view: View) -> Table:
    """What one more unit of each resource is worth, by year, those worth most first."""
    by_year = prices_by_year(view)
    years = [str(y) for y in np.unique(view.years)]
    rows = []
    for k, name in enumerate(view.plan.resources):
        unit = view.plan.resource_units[k]
        factor, words_of = (1e6, "MW and quarter") if unit == "W" else (1.0, unit)
        row = by_year[k] * factor
        if np.nanmax(np.abs(row)) >= 1.0 and not name.startswith("compute:"):
            worth = [words.money(x if x >= 1 else 0.0) for x in row]
            rank = float(np.max(row)) + 1e18 * (name in SHARED)
            rows.append((rank, [view.plan.resource_labels[k], words_of, *worth]))
    rows.sort(key=lambda x: -x[0])
    return table(["one more of", "unit", *years], [row for _, row in rows[:WORTH_SHOWING]], left=2)


def binding(view: View, shares: Floats, years: Sequence[int]) -> Table:
    """In which share of the futures each limit binds, by year."""
    rows = [
        [limit_label(view, name), *(words.percent(x) for x in row)]
        for name, row in zip(view.plan.limits, shares, strict=True)
        if row.max() > 0
    ]
    return table(["limit", *map(str, years)], rows)


def service(view: View) -> Table:
    """Planned and operated service by class of demand."""
    run = view.operation
    if run is None:
        return table(("class", "planned", "operated"), ())
    rows = []
    for s, label in enumerate(view.demand.stream_labels):
        low, high = np.quantile(run.by_path[s], [0.05, 0.95])
        rows.append(
            [
                label,
                words.percent(run.planned[s], 1),
                words.percent(run.operated[s], 1),
                words.band(low, high, words.percentage) + " %",
            ]
        )
    return table(("class", "planned", "operated", "5 to 95 % of the paths"), rows)


def shells(view: View) -> Table:
    """The shells: light, shadow, and what each design does in it."""
    rows = []
    for row in view.shells:
        does = "; ".join(f"{k}: {v or 'does not work'}" for k, v in row.get("strategy", {}).items())
        rows.append(
            [
                str(row["label"]),
                words.rounded(row["altitude"] / 1e3, 3),
                words.rounded(float(np.degrees(row["inclination"])), 3),
                words.percent(row["sunlit_fraction"], 1),
                words.percent(row["sunlit_edge"], 1),
                words.rounded(row["longest_shadow"] / SECONDS_PER_MINUTE),
                words.rounded(row["days_with_shadow"], 3),
                words.rounded(row["dose"], 2),
                words.rounded(row["dead_life"], 2),
                words.rounded(row["disposal"]),
                words.rounded(row["satellites"], 3),
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
    return table(header, rows)


def shares(view: View, expected: Floats, span: Floats) -> Table:
    """Orbit's share of demand in the last quarter of each year, expected and over the futures."""
    rows = [
        (view.quarters[t], *(words.percent(x, 1) for x in (expected[t], *span[:, t])))
        for t in last_quarters(view)
    ]
    return table(("quarter", "expected", "5 % of futures", "20 %", "80 %", "95 %"), rows)


def thresholds(view: View) -> Table:
    """What would have to be true for orbit to enter, by demand path."""
    rows = [
        (
            str(x["demand_path"]),
            str(x["lever"]),
            f"{words.rounded(x['today'], 3)} {x['unit']}",
            f"{words.rounded(x['value'], 3)} {x['unit']}" if x["value"] > 0 else "not even at nothing",
            "yes" if x.get("proven") else "no",
        )
        for x in view.thresholds
    ]
    return table(("demand path", "lever", "today", "orbit enters at", "proven by re-solving"), rows, left=5)


def entries(view: View) -> Table:
    """Entry prices of the options that the plan does not use."""
    rows = [
        (
            str(x["label"]),
            words.percent(x["factor"]) if x["factor"] > 0 else "not even for nothing",
            "yes" if x.get("proven") else "no",
        )
        for x in view.entries
    ]
    return table(
        ("unused option or price", "enters at this share of its price", "proven by re-solving"), rows, left=3
    )


def quality(view: View) -> Table:
    """How well the tree stands for the sampled paths."""
    rows = [
        (
            str(x.get("check_period", "")),
            str(x["statistic"]),
            words.compute(float(np.exp(x["tree"]))),
            words.compute(float(np.exp(x["sample"]))),
            words.rounded(x["error_sd"]),
            words.rounded(x["allowed"]),
            "good" if x["error_sd"] <= x["allowed"] else "outside",
        )
        for x in view.quality
    ]
    header = ("quarter", "of log demand", "tree", "sample", "error, sd", "allowed", "")
    return table(header, rows, left=2)


def option_names(view: View, offers: Sequence[int]) -> list[str]:
    """Labels of offers for a chart's rows: the place, and what is ordered there."""
    return [part_label(view, i) for i in offers]
