"""Accelerators: generations by date, what the market sells us, chips at a site, fabs."""

from __future__ import annotations

import numpy as np

from dawndusk.core.errors import problem
from dawndusk.core.offers import Offer, Pool, Resource, Standing
from dawndusk.core.records import Floats, Real, record
from dawndusk.core.scenario import Fab, Scenario
from dawndusk.supply.offer import When, compose, flow, serves_all
from dawndusk.supply.tables import (
    PERIODS_PER_YEAR,
    aligned,
    axis_of,
    even_payments,
    lead_periods,
    life_periods,
    per_period,
    product,
    total,
)

CHIPS = "chips"
FAB_PART = 0.01  # of a fab, the smallest that can be paid for


@record
class Technology:
    """The generation that is sold in each period, per H100e.

    Parameters
    ----------
    watts : Floats
        Shape (T,) or (T, n): IT power, W/H100e.
    price : Floats
        Same shape: price in its rack, USD/H100e.
    generation : tuple of str
        Its name; later ones that follow the trends are called ``NAME+k``, k years after the last named.
    """

    watts: Floats
    price: Floats
    generation: tuple[str, ...]


def technology(scenario: Scenario) -> Technology:
    """Power and price per H100e of the newest generation on sale in each period.

    Raises
    ------
    UserError
        If none is on sale in the first period.

    Notes
    -----
    Generation k years after the last named one has the last one's figures times the growth of each of
    these k years (early or late by the year's date). What is on sale is bought: a cheaper old
    generation is not kept in the list, which overstates the price by less than a year's progress.
    """
    axis, chips = axis_of(scenario), scenario.chips
    starts = np.array([axis.index(item.start) for item in chips.generations], dtype=np.int64)
    if starts.size == 0 or starts.min() > 0:
        first = chips.generations[0].start if starts.size else "no generation"
        expected = f"a generation on sale in the first quarter, {axis.calendar.start}"
        raise problem("chips.generations", first, expected, f"start: {axis.calendar.start}")
    time = np.arange(axis.size)
    named = np.searchsorted(starts, time, side="right") - 1
    later = np.maximum((time - starts[-1]) // 4, 0)
    years = 1 + int(later[-1])
    efficiency = _progress(scenario, int(starts[-1]), years)[later]
    value = np.power.outer(1 + np.asarray(chips.price_performance_growth), later).T
    watts = _stack([np.asarray(item.power / item.compute) for item in chips.generations])[named]
    price = _stack([np.asarray(item.price / item.compute) for item in chips.generations])[named]
    names = tuple(
        chips.generations[g].name + (f"+{k}" if k else "") for g, k in zip(named, later, strict=True)
    )
    return Technology(
        watts=product(watts, 1 / efficiency), price=product(price, 1 / np.asarray(value)), generation=names
    )


def _stack(values: list[Floats]) -> Floats:
    return np.stack(np.broadcast_arrays(*values))


def _progress(scenario: Scenario, last: int, years: int) -> Floats:
    """H100e per W of the generations 0, 1 .. `years` after the last named one, relative to it."""
    chips = scenario.chips
    begin = last + 4 * np.arange(1, years + 1)
    late = np.asarray(begin >= axis_of(scenario).index(chips.late_from), dtype=np.float64)
    early_growth = np.multiply.outer(1 - late, np.asarray(chips.efficiency_growth))
    late_growth = np.multiply.outer(late, np.asarray(chips.efficiency_growth_late))
    steps = 1 + total(early_growth, late_growth)
    return np.concatenate([np.ones_like(steps[:1]), np.cumprod(steps, axis=0)])


def chip_resource(scenario: Scenario) -> Resource:
    """What the market sells us: H100e per period, at the price of the generation then on sale."""
    axis, chips = axis_of(scenario), scenario.chips
    supply = axis.two_speeds(
        chips.supply / PERIODS_PER_YEAR,
        chips.supply_growth,
        chips.supply_growth_late,
        axis.index(chips.late_from),
    )
    price = technology(scenario).price
    return flow(axis, CHIPS, "H100e", "Accelerators the market sells us", supply=supply, price=price)


def chip_offer(
    scenario: Scenario,
    *,
    place: str,
    label: str,
    standing: Standing,
    pool: Pool,
    draws: dict[str, Real],
    source: str,
) -> Offer:
    """Own chips in a ground shell, ordered in H100e.

    Parameters
    ----------
    place : str
        Site or colocation; the offer is ``chips-PLACE`` and draws ``shell:PLACE``.
    draws : mapping
        Resource -> amount per IT watt, drawn in service.

    Notes
    -----
    Technology and price are those of the order's date. Chips draw their full rated power all the time:
    at 70-80 % utilisation the bill for energy is lower by up to a quarter. A block is one GPU of the first
    generation. A site that curtails stops its chips for that share of the time; here the same compute is
    had from that many fewer chips, which understates its cost by that share of the chips.
    """
    axis, chips = axis_of(scenario), scenario.chips
    tech = technology(scenario)
    needs: dict[tuple[str, When], Real] = {(CHIPS, "order"): 1.0, (f"shell:{place}", "service"): tech.watts}
    needs |= {(name, "service"): product(tech.watts, axis.constant(x)) for name, x in draws.items()}
    return compose(
        axis,
        name=f"chips-{place}",
        label=f"{label}: chips",
        kind="chip",
        standing=standing,
        pool=pool,
        site=place,
        unit="H100e",
        unit_size=float(np.median(chips.generations[0].compute)),
        lead=lead_periods(chips.lead),
        life=life_periods(chips.life),
        loss=per_period(chips.failure),
        gives={f"compute:{pool}": axis.constant(scenario.ground.availability)},
        draws=needs,
        capital=product(tech.watts, axis.constant(chips.network_cost)),
        rate=axis.constant(scenario.finance.ground_rate),
        asset_life=chips.life,
        serves=serves_all(scenario),
        source=source,
    )


def fab_offer(fab: Fab, scenario: Scenario) -> Offer:
    """A stake in a chip fab, ordered as a share of the whole.

    Notes
    -----
    Output grows with the calendar from `first` on, whoever owns the stake. A vintage yields the mean of
    what its periods inside the horizon expect: too much early and too little late in its life, right in
    sum. Chips from the fab are paid at the market's price like all others, or at `unit_cost` where that is
    higher (it falls as the market's price does). A lower unit cost saves nothing: the stake buys
    supply, not margin, or else it would earn money on chips that nobody uses.
    """
    axis = axis_of(scenario)
    lead, life = lead_periods(fab.lead), life_periods(fab.life)
    first = axis.index(fab.first)
    growth = (1 + fab.output_growth) ** (1 / PERIODS_PER_YEAR) - 1
    output = axis.geometric(fab.output / PERIODS_PER_YEAR, growth, first)
    late = np.asarray(np.arange(axis.size) >= axis.index(fab.late_from), dtype=np.float64)
    volumes = aligned(axis.constant(fab.volume_early), axis.constant(fab.volume_late), late)
    expected = product(output, volumes[0] + (volumes[1] - volumes[0]) * volumes[2])
    return compose(
        axis,
        name=fab.name,
        label=fab.label,
        kind="fab",
        standing=fab.standing,
        unit="fab",
        unit_size=FAB_PART,
        first=first - lead,
        lead=lead,
        life=life,
        gives={CHIPS: _mean_ahead(expected, lead, life)},
        capital=axis.constant(fab.capital),
        payments=even_payments(lead),
        rate=axis.constant(scenario.finance.ground_rate),
        asset_life=fab.life,
        running=product(expected, _dearer(fab, scenario)),
        limit_total=axis.constant(fab.share),
        source=fab.source,
    )


def _dearer(fab: Fab, scenario: Scenario) -> Floats:
    """What a chip of the fab costs above the market's price, USD/H100e by period."""
    axis, price = axis_of(scenario), technology(scenario).price
    cost, market = aligned(axis.constant(fab.unit_cost), price)
    return np.asarray(np.maximum(cost - market[0], 0.0) * market / market[0])


def _mean_ahead(table: Floats, lead: int, life: int) -> Floats:
    """Mean over the periods from v + lead for `life` periods, cut at the horizon; 0 where none is left."""
    size = table.shape[0]
    summed = np.concatenate([np.zeros_like(table[:1]), np.cumsum(table, axis=0)])
    begin = np.minimum(np.arange(size) + lead, size)
    end = np.minimum(begin + life, size)
    count = np.maximum(end - begin, 1).reshape(-1, *(1,) * (table.ndim - 1))
    mean: Floats = (summed[end] - summed[begin]) / count
    return mean
