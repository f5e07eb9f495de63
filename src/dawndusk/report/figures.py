"""The charts of the report, each with its title, its finding and its table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from dawndusk.core.records import Floats
from dawndusk.report import tables, words
from dawndusk.report.capacity import by_option
from dawndusk.report.charts import HATCHES, INK, NAMED, PAPER, PARTS, SOFT, Width, cut, drawn, quiet
from dawndusk.report.document import Figure as Drawing
from dawndusk.report.measures import (
    band_by_period,
    expected_by_period,
    first_order,
    number,
    orbit_share,
    orbital_offers,
    service,
)
from dawndusk.report.view import View

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

MOST_ROWS: Final = 26
NEAR: Final = 15  # quarters of the close-up of the first years


def capacity(view: View) -> Drawing:
    """Expected delivered compute by option under the fan of demand: the first years, and all."""
    found = by_option(view)
    names, pools = [x.label for x in found], [x.pool for x in found]
    amounts = np.array([x.expected for x in found]).reshape(len(found), len(view.quarters))
    served = expected_by_period(view, view.plan.served.sum(axis=(0, 1)))
    periods = len(view.quarters)
    spans = [min(NEAR, periods), periods] if periods > NEAR + 8 else [periods]

    def draw(figure: Figure, width: Width) -> None:
        shape = (1, len(spans)) if width == "wide" else (len(spans), 1)
        for axes, last in zip(np.atleast_1d(figure.subplots(*shape)).ravel(), spans, strict=True):
            _stack(axes, view, amounts, pools, served, last, width)
            if last == periods:
                _name_bands(axes, names, amounts, pools, last, width)

    high: dict[Width, float] = {"wide": 3.7, "narrow": 3.1 * len(spans)}
    share = words.percent(served.sum() / expected_by_period(view, view.demand.total).sum())
    largest = names[int(amounts[:, -1].argmax())] if names else "nothing"
    finding = (
        f"By {view.quarters[-1]} the plan delivers {words.compute(float(amounts[:, -1].sum()))} in "
        f"expectation, most of it from {largest}; over the horizon it serves {share} of expected demand."
    )
    return Drawing(
        key="capacity",
        title="Compute delivered, and the demand it meets",
        finding=finding,
        alt=f"Stacked areas of expected compute by option over a fan of demand. {finding}",
        table=tables.capacity(view),
        note="Grey: demand on 5 to 95 % and 20 to 80 % of sampled paths, with the median. Dashed: demand "
        "as the lab planned it. Line: expected compute served. The scale ends before the highest paths do.",
        **drawn("capacity", high, draw),
    )


def _stack(
    axes: Axes, view: View, amounts: Floats, pools: list[str], served: Floats, last: int, width: Width
) -> None:
    x, million = np.arange(last), 1e6
    fan = view.demand.fan[:, :last] / million
    pairs = zip(fan[: len(fan) // 2], fan[::-1][: len(fan) // 2], strict=True)
    for low, high in pairs:
        axes.fill_between(x, low, high, color=NAMED["demand"], alpha=0.22, lw=0)
    axes.plot(x, fan[len(fan) // 2], color=NAMED["demand"], lw=1.4)
    bottom = np.zeros(last)
    for row, pool in zip(amounts[:, :last] / million, pools, strict=True):
        axes.fill_between(
            x,
            bottom,
            bottom + row,
            facecolor=NAMED[pool],
            edgecolor=PAPER,
            lw=0.5,
            hatch=HATCHES[pool],
            alpha=0.92,
        )
        bottom = bottom + row
    axes.plot(x, served[:last] / million, color=INK, lw=1.3)
    top = 1.12 * max(float(bottom.max()), float(fan[len(fan) // 2, -1]), 1e-9)
    planned = view.demand.planned[:last] / million
    shown = planned <= top * 1.5
    axes.plot(x[shown], planned[shown], color=INK, lw=1.1, ls=(0, (3, 2)))
    axes.set_ylim(0, top)
    axes.set_xlim(0, last - 1)
    ticks = [t for t in range(last) if view.quarters[t].endswith("Q1")]
    step = 1 if len(ticks) <= 6 else 2 if width == "wide" else 3
    axes.set_xticks(ticks[::step], [view.quarters[t][:4] for t in ticks[::step]])
    axes.set_title(f"million H100e, {view.quarters[0]} to {view.quarters[last - 1]}", color=SOFT)
    quiet(axes)


def _name_bands(
    axes: Axes, names: list[str], amounts: Floats, pools: list[str], last: int, width: Width
) -> None:
    """Names of the thick bands, each at its right end, kept apart from each other."""
    top = axes.get_ylim()[1]
    bottom = np.cumsum(amounts[:, last - 1]) / 1e6 - amounts[:, last - 1] / 1e6
    lowest = -1.0
    gap = 0.062 if width == "wide" else 0.07
    for name, start, size in zip(names, bottom, amounts[:, last - 1] / 1e6, strict=True):
        if size < 0.03 * top or start > top:
            continue
        y = max((start + size / 2) / top, lowest + gap)
        lowest = y
        colour = NAMED[pools[names.index(name)]]
        text = cut(name, 20 if width == "wide" else 13)
        axes.annotate(text, (1.0, y), xycoords="axes fraction", xytext=(4, 0), textcoords="offset points",
                      va="center", color=colour, annotation_clip=False, fontweight="bold")  # fmt: skip


def costs(view: View, most: int = 14) -> Drawing:
    """Cost of a delivered H100e-hour by option, in parts, with its range."""
    offers = view.offers
    total = offers.unit_cost_2030
    order = [int(i) for i in np.argsort(total, kind="stable") if np.isfinite(total[i])][:most]
    sites = set(offers.site)
    names = [words.brief(offers.option_labels[i], place=offers.options[i] in sites) for i in order]
    used = [k for k in range(len(offers.parts)) if np.nansum(np.abs(offers.stack[order, k])) > 1e-9]
    right = 1.12 * max([_finite_max(total[i], offers.high_2030[i]) for i in order], default=1.0)

    def draw(figure: Figure, width: Width) -> None:
        axes = figure.subplots()
        left = np.zeros(len(order))
        for k in used:
            row = np.nan_to_num(offers.stack[order, k])
            axes.barh(names_at, row, left=left, height=0.62, color=PARTS[k % 8], edgecolor=PAPER, lw=0.5,
                      label=offers.parts[k])  # fmt: skip
            left = left + row
        _whiskers(axes, view, order, right)
        limit = 40 if width == "wide" else 21
        axes.set_yticks(names_at, [cut(x, limit) for x in names])
        axes.set_xlim(0, right)
        axes.invert_yaxis()
        quiet(axes, grid="x")
        columns = len(used) if width == "wide" else 3
        figure.legend(loc="outside upper left", ncols=max(columns, 1), handlelength=1, columnspacing=1.2)

    names_at = np.arange(len(order))
    quarter = str(offers.attrs.get("quarter", "2030"))
    return Drawing(
        key="costs",
        title=f"Cost of a delivered H100e-hour in service in {quarter}",
        finding=_cost_finding(view, order, names),
        alt=f"Stacked bars of cost by option, with whiskers. {_cost_finding(view, order, names)}",
        table=tables.costs(view),
        note="$ per H100e-hour with everything: capital as an annuity, losses, idle time. Whiskers: 5 to "
        f"95 % over {offers.attrs.get('draws', 0)} draws of the uncertain inputs.",
        **drawn("costs", {"wide": 0.75 + 0.27 * len(order), "narrow": 1.2 + 0.26 * len(order)}, draw),
    )


def _whiskers(axes: Axes, view: View, order: list[int], right: float) -> None:
    """The range of each cost, and its central value after it."""
    offers = view.offers
    for y, i in enumerate(order):
        low, high, end = offers.low_2030[i], offers.high_2030[i], offers.unit_cost_2030[i]
        text = words.unit_price(end)
        if np.isfinite(low) and high > low * 1.01:
            axes.plot([low, high], [y, y], color=INK, lw=1.1, marker="|", ms=5)
            end = max(high, end)
        axes.text(end + 0.012 * right, y, text, va="center", fontweight="bold")


def _finite_max(*values: float) -> float:
    return max(float(x) for x in values if np.isfinite(x))


def _cost_finding(view: View, order: list[int], names: list[str]) -> str:
    if not order:
        return "No unit costs stand in this result."
    offers = view.offers
    text = f"{names[0]} is cheapest at {words.unit_price(offers.unit_cost_2030[order[0]])} $ per H100e-hour"
    orbital = [k for k, i in enumerate(order) if offers.option_pools[i] == "orbit"]
    if not orbital:
        return f"{text}."
    i = order[orbital[0]]
    span = words.band(offers.low_2030[i], offers.high_2030[i], words.unit_price)
    price = f"{words.unit_price(offers.unit_cost_2030[i])} {span}".strip()
    return f"{text}; the cheapest way through orbit costs {price}."


def orbit(view: View) -> Drawing:
    """Orbit's share of demand over time, with the range over the futures and among plans as good."""
    place = list(view.plan.pools).index("orbit")
    served = view.plan.served[:, place].sum(axis=0)
    share = expected_by_period(view, served) / expected_by_period(view, view.demand.total)
    span = band_by_period(view, served / view.demand.total, (0.05, 0.2, 0.8, 0.95))

    def draw(figure: Figure, width: Width) -> None:
        axes, x = figure.subplots(), np.arange(len(view.quarters))
        for a, b in ((0, 3), (1, 2)):
            axes.fill_between(x, 100 * span[a], 100 * span[b], color=NAMED["orbit"], alpha=0.2, lw=0)
        axes.plot(x, 100 * share, color=NAMED["orbit"], lw=2)
        _as_good(axes, view, float(x[-1]) + 1.2)
        ticks = [t for t in x if view.quarters[t].endswith("Q1")][:: 1 if width == "wide" else 2]
        axes.set_xticks(ticks, [view.quarters[t][:4] for t in ticks])
        axes.set_title("% of demand served from orbit", color=SOFT)
        axes.set_ylim(bottom=0)
        quiet(axes)

    found = first_order(view, orbital_offers(view))
    finding = (
        f"The first order falls in {found[0]}, in {words.percent(found[1])} of futures; the last year's "
        f"share is {words.percent(orbit_share(view), 1)}."
        if found
        else "Orbit is ordered in no future of this study."
    )
    slack = words.rounded(100 * (number(view.alternatives, "near_optimal") or 0.0))
    return Drawing(
        key="orbit",
        title="Orbit's share of demand",
        finding=finding,
        alt=f"A line with two bands over time. {finding}",
        table=tables.shares(view, share, span),
        note=f"Bands: 5 to 95 % and 20 to 80 % of the futures. Bar at the right: expected shares of the last "
        f"year that cost at most {slack} % more than the best plan, of what is in our hands.",
        **drawn("orbit", {"wide": 2.9, "narrow": 2.6}, draw),
    )


def _as_good(axes: Axes, view: View, x: float) -> None:
    """The range of the last year's shares that are as good, beside the curve."""
    low, high = (number(view.alternatives, k) for k in ("orbit_low", "orbit_high"))
    if low is None or high is None:
        return
    axes.plot([x, x], [100 * low, 100 * high], color=INK, lw=3, solid_capstyle="butt")
    axes.plot(x, 100 * orbit_share(view), marker="o", color=INK, ms=4)
    axes.annotate("as good", (x, 100 * high), xytext=(0, 3), textcoords="offset points", ha="right")


def operation(view: View) -> Drawing | None:
    """Service by class, planned against operated."""
    run = view.operation
    if run is None:
        return None
    labels = [words.brief(x) for x in view.demand.stream_labels]
    low, high = np.quantile(run.by_path, [0.05, 0.95], axis=1)

    def draw(figure: Figure, width: Width) -> None:
        axes, y = figure.subplots(), np.arange(len(labels))
        axes.hlines(y, 100 * low, 100 * high, color=NAMED["demand"], lw=6, alpha=0.35)
        axes.plot(100 * run.planned, y, ls="", marker="D", ms=6, color=NAMED["ground"], label="planned")
        axes.plot(100 * run.operated, y, ls="", marker="o", ms=6, mfc=PAPER, mec=INK, label="operated")
        axes.set_yticks(y, [cut(x, 30 if width == "wide" else 16) for x in labels])
        axes.set_ylim(len(labels) - 0.5, -0.5)
        axes.set_xlim(0, 100)
        axes.set_title("% of demand served over the horizon", color=SOFT)
        quiet(axes, grid="x")
        figure.legend(loc="outside upper right", ncols=2)

    found = service(view)
    finding = (
        f"Planned {words.percent(found['planned'] or 0.0, 1)}, operated "
        f"{words.percent(found['operated'] or 0.0, 1)} on {view.meta.get('paths')} paths new to it."
    )
    return Drawing(
        key="operation",
        title="Planned against operated",
        finding=finding,
        alt=f"Two marks for each class of demand, with the range over paths. {finding}",
        table=tables.service(view),
        note="Operated: whole units, failures drawn, eclipses by month. Grey bar: 5 to 95 % of the paths.",
        **drawn("operation", {"wide": 0.9 + 0.36 * len(labels), "narrow": 1.0 + 0.36 * len(labels)}, draw),
    )
