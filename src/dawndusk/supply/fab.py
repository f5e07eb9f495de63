"""Chip fabs: a stake that pays capital and yields accelerators after its lead."""

from __future__ import annotations

from typing import Annotated, Final

import numpy as np

from dawndusk.core.calendar import Quarter
from dawndusk.core.numbers import number
from dawndusk.core.offers import Offer, Standing
from dawndusk.core.records import Floats, record
from dawndusk.core.units import Unit
from dawndusk.supply.chips import CHIPS, technology
from dawndusk.supply.kinds import Kind, Words, one
from dawndusk.supply.market import AbstractMarket
from dawndusk.supply.offer import compose
from dawndusk.supply.tables import (
    PERIODS_PER_YEAR,
    aligned,
    axis_of,
    even_payments,
    lead_periods,
    life_periods,
    product,
)

FAB_PART: Final = number("fab_smallest_part")  # of a fab, the smallest that can be paid for


@record
class Fab:
    """A share in a chip fab: pays capital, yields chips after its lead.

    Parameters
    ----------
    name, label, standing
        As in Offer.
    capital : USD
        For the whole fab.
    output : H100e/yr
        Of the whole fab in its first year, at the first generation's performance.
    output_growth : 1/yr
        Growth of the output with later generations and ramp.
    unit_cost : USD/H100e
        Paid for each chip made besides the share's capital: wafers, memory, packaging, rack.
    share : 1
        Largest share we can take.
    volume_early, volume_late : 1
        Expected share of the output that really comes, before and from `late_from`.
    late_from : str
        Quarter of the change.
    first : str
        First quarter in which output can come at all.
    lead, life : yr
        Order to output, and how long the share yields.
    """

    name: str
    label: str
    standing: Standing
    capital: Annotated[float, Unit("USD", low=0)]
    output: Annotated[float, Unit("H100e/yr", low=0)]
    output_growth: Annotated[float, Unit("1/yr", low=-0.9, high=5)]
    unit_cost: Annotated[float, Unit("USD/H100e", low=0)] = 0.0
    share: Annotated[float, Unit("1", low=0, high=1)]
    volume_early: Annotated[float, Unit("1", low=0, high=1)]
    volume_late: Annotated[float, Unit("1", low=0, high=1)]
    late_from: Quarter
    first: Quarter
    lead: Annotated[float, Unit("yr", low=0, high=20)]
    life: Annotated[float, Unit("yr", low=0.25, high=40)]
    source: str = ""


def fab_offer(fab: Fab, market: AbstractMarket) -> Offer:
    """A stake in a chip fab, ordered as a share of the whole.

    Notes
    -----
    Output grows with the calendar from `first` on, whoever owns the stake. A vintage yields the mean of
    what its periods inside the horizon expect: too much early and too little late in its life, right in
    sum. Chips from the fab are paid at the market's price like all others, or at `unit_cost` where that is
    higher (it falls as the market's price does). A lower unit cost saves nothing: the stake buys
    supply, not margin, or else it would earn money on chips that nobody uses.
    """
    axis = axis_of(market)
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
        rate=axis.constant(market.finance.ground_rate),
        asset_life=fab.life,
        running=product(expected, _dearer(fab, market)),
        limit_total=axis.constant(fab.share),
        source=fab.source,
    )


def _dearer(fab: Fab, market: AbstractMarket) -> Floats:
    """What a chip of the fab costs above the market's price, USD/H100e by period."""
    axis, price = axis_of(market), technology(market).price
    cost, sold = aligned(axis.constant(fab.unit_cost), price)
    return np.asarray(np.maximum(cost - sold[0], 0.0) * sold / sold[0])


def _mean_ahead(table: Floats, lead: int, life: int) -> Floats:
    """Mean over the periods from v + lead for `life` periods, cut at the horizon; 0 where none is left."""
    size = table.shape[0]
    summed = np.concatenate([np.zeros_like(table[:1]), np.cumsum(table, axis=0)])
    begin = np.minimum(np.arange(size) + lead, size)
    end = np.minimum(begin + life, size)
    count = np.maximum(end - begin, 1).reshape(-1, *(1,) * (table.ndim - 1))
    mean: Floats = (summed[end] - summed[begin]) / count
    return mean


KIND: Final = Kind(
    block="fabs",
    item=Fab,
    title="chip fabs",
    words=(Words(kind="fab", verb="join", unit="fab", smallest=0.005),),
    offers=one(fab_offer),
    example="""
name: terafab
label: Terafab
standing: announced
capital: 55e9 USD
output: 10e6 H100e/yr
output_growth: 0 %/yr
unit_cost: 12000 USD/H100e
share: 0.5
volume_early: 0.3
volume_late: 0.6
late_from: 2028Q1
first: 2027Q3
lead: 2 quarter
life: 10 yr
""",
)
