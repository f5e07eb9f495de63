"""Accelerators: generations by date, what the market sells us, chips at a place of ours."""

from __future__ import annotations

from typing import Final

import numpy as np

from dawndusk.core.errors import problem
from dawndusk.core.offers import Offer, Pool, Resource, Standing, compute
from dawndusk.core.records import Floats, Real, record
from dawndusk.supply.kinds import Words
from dawndusk.supply.market import AbstractMarket
from dawndusk.supply.offer import When, compose, flow, serves_all
from dawndusk.supply.tables import (
    PERIODS_PER_YEAR,
    axis_of,
    lead_periods,
    life_periods,
    per_period,
    product,
    total,
)

CHIPS: Final = "chips"
CHIP_WORDS: Final = Words(
    kind="chip", verb="order chips for", form="sum", place=True, unit="H100e", smallest=1e3, capital="chips"
)


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


def technology(market: AbstractMarket) -> Technology:
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
    axis, chips = axis_of(market), market.chips
    starts = np.array([axis.index(item.start) for item in chips.generations], dtype=np.int64)
    if starts.size == 0 or starts.min() > 0:
        first = chips.generations[0].start if starts.size else "no generation"
        expected = f"a generation on sale in the first quarter, {axis.calendar.start}"
        raise problem("chips.generations", first, expected, f"start: {axis.calendar.start}")
    time = np.arange(axis.size)
    named = np.searchsorted(starts, time, side="right") - 1
    later = np.maximum((time - starts[-1]) // 4, 0)
    years = 1 + int(later[-1])
    efficiency = _progress(market, int(starts[-1]), years)[later]
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


def _progress(market: AbstractMarket, last: int, years: int) -> Floats:
    """H100e per W of the generations 0, 1 .. `years` after the last named one, relative to it."""
    chips = market.chips
    begin = last + 4 * np.arange(1, years + 1)
    late = np.asarray(begin >= axis_of(market).index(chips.late_from), dtype=np.float64)
    early_growth = np.multiply.outer(1 - late, np.asarray(chips.efficiency_growth))
    late_growth = np.multiply.outer(late, np.asarray(chips.efficiency_growth_late))
    steps = 1 + total(early_growth, late_growth)
    return np.concatenate([np.ones_like(steps[:1]), np.cumprod(steps, axis=0)])


def chip_resource(market: AbstractMarket) -> Resource:
    """What the market sells us: H100e per period, at the price of the generation then on sale."""
    axis, chips = axis_of(market), market.chips
    supply = axis.two_speeds(
        chips.supply / PERIODS_PER_YEAR,
        chips.supply_growth,
        chips.supply_growth_late,
        axis.index(chips.late_from),
    )
    price = technology(market).price
    return flow(axis, CHIPS, "H100e", "Accelerators the market sells us", supply=supply, price=price)


def chip_offer(
    market: AbstractMarket,
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
    axis, chips = axis_of(market), market.chips
    tech = technology(market)
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
        gives={compute(pool): axis.constant(market.ground.availability)},
        draws=needs,
        capital=product(tech.watts, axis.constant(chips.network_cost)),
        rate=axis.constant(market.finance.ground_rate),
        asset_life=chips.life,
        serves=serves_all(market),
        source=source,
    )
