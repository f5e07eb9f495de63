"""Strips over the years: what is ordered when, and which limit binds when."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from dawndusk.core.records import Ints
from dawndusk.report import tables, words
from dawndusk.report.charts import INK, NAMED, Width, cells, cut, drawn
from dawndusk.report.document import Figure as Drawing
from dawndusk.report.document import Table
from dawndusk.report.measures import binding_by_year, binding_shares, timeline
from dawndusk.report.summary import limit_label
from dawndusk.report.view import View

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

MOST_ROWS: Final = 26


def orders(view: View) -> Drawing:
    """Expected orders by year: strength is the share of futures that order."""
    lines = timeline(view)
    first = (lines.now > 0) & (lines.probability[:, 0] > 0)
    weight = lines.probability.sum(axis=1) + 100.0 * first
    keep = np.sort(np.argsort(-weight, kind="stable")[:MOST_ROWS])
    labels = tables.option_names(view, [int(i) for i in lines.offers[keep]])
    shares, colours = lines.probability[keep], [_colour(view, int(i)) for i in lines.offers[keep]]
    texts = [
        [_short_amount(a, view.offers.unit[i]) if p > 0 else "" for a, p in zip(row, chance, strict=True)]
        for i, row, chance in zip(lines.offers[keep], lines.amount[keep], shares, strict=True)
    ]
    now = np.flatnonzero(first[keep])

    def draw(figure: Figure, width: Width) -> None:
        axes = figure.subplots()
        cells(axes, shares, colours, texts if width == "wide" else None)
        limit = 34 if width == "wide" else 22
        axes.set_yticks(np.arange(len(labels)) + 0.5, [cut(x, limit) for x in labels])
        _year_ticks(axes, lines.years, width)
        axes.set_xlim(left=-0.3)
        axes.scatter(np.zeros(now.size) - 0.12, now + 0.5, marker="D", s=11, color=INK, clip_on=False)

    rows = max(len(labels), 1)
    named = [labels[k] for k in now]
    finding = (
        f"{len(named)} of {lines.offers.size} offers that are ever used are ordered now: "
        f"{words.listing(named[:5])}{' and others' if len(named) > 5 else ''}."
    )
    return Drawing(
        key="orders",
        title="What is ordered when",
        finding=finding if named else "Nothing is ordered in the first quarter.",
        alt=f"A strip for each offer over the years, stronger where more futures order it. {finding}",
        table=tables.orders(view, lines),
        note="The stronger the cell, the larger the share of futures that order in that year; the number is "
        "the expected order, in the unit of the row. A diamond marks what is ordered in the first quarter.",
        **drawn("orders", {"wide": 0.45 + 0.235 * rows, "narrow": 0.45 + 0.22 * rows}, draw),
    )


def _year_ticks(axes: Axes, years: Ints, width: Width) -> None:
    texts = [str(y) if width == "wide" else f"’{y % 100:02d}" for y in years]
    axes.set_xticks(np.arange(years.size) + 0.5, texts)


def _short_amount(value: float, unit: str) -> str:
    text = words.amount(value, unit)
    for ending in (" H100e", " satellites", " satellite", " pads", " pad", " fabs", " fab", " facility"):
        text = text.removesuffix(ending)
    return text


def _colour(view: View, offer: int) -> str:
    pool, kind = view.offers.pool[offer], view.offers.kind[offer]
    if pool:
        return NAMED[pool]
    return (
        NAMED["orbit"]
        if view.offers.unit[offer] == "pad"
        else NAMED["demand"]
        if kind == "fab"
        else NAMED["ground"]
    )


def binding_table(view: View) -> Table:
    """The same as a table."""
    return tables.binding(view, binding_by_year(view), [int(y) for y in np.unique(view.years)])


def binding(view: View, most: int = 16) -> Drawing:
    """In which share of the futures each limit binds, by year."""
    years, every = np.unique(view.years), binding_by_year(view)
    over = binding_shares(view)
    keep = [view.plan.limits.index(k) for k in list(over)[:most]]
    labels = [limit_label(view, view.plan.limits[k]) for k in keep]
    colours = [_limit_colour(view, view.plan.limits[k]) for k in keep]

    def draw(figure: Figure, width: Width) -> None:
        axes = figure.subplots()
        if keep:
            texts = [[words.percentage(x) if x > 0.005 else "" for x in row] for row in every[keep]]
            cells(axes, every[keep], colours, texts if width == "wide" else None)
            axes.set_yticks(
                np.arange(len(keep)) + 0.5, [cut(x, 34 if width == "wide" else 22) for x in labels]
            )
            _year_ticks(axes, years, width)

    top = [f"{limit_label(view, k)} ({words.percent(v)})" for k, v in list(over.items())[:3]]
    finding = f"The limits that bind in most nodes of the tree are {words.listing(top)}."
    if not top:
        finding = "No limit binds anywhere."
    high = 0.45 + 0.235 * max(len(keep), 1)
    return Drawing(
        key="binding",
        title="What binds, and when",
        finding=finding,
        alt=f"A strip for each limit over the years, stronger where it binds in more futures. {finding}",
        table=binding_table(view),
        note="% of futures in which the limit holds the plan back, mean over the quarters of the year.",
        **drawn("binding", {"wide": high, "narrow": high}, draw),
    )


def _limit_colour(view: View, name: str) -> str:
    if name in view.offers.name:
        return _colour(view, view.offers.name.index(name))
    orbital = name.startswith(("launches", "satellites", "slots"))
    return NAMED["orbit"] if orbital else NAMED["demand"]
