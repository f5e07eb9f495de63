"""Launch pads of our own with their vehicles: more launches a year, each still paid at its price."""

from __future__ import annotations

from typing import Final

from dawndusk.core.offers import Offer
from dawndusk.core.scenario.orbit import Pad
from dawndusk.supply.kinds import Kind, Words, one
from dawndusk.supply.market import AbstractMarket
from dawndusk.supply.offer import compose
from dawndusk.supply.orbital import LAUNCHES, orbit_rate
from dawndusk.supply.tables import PERIODS_PER_YEAR, axis_of, even_payments, lead_periods, life_periods


def pad_offer(pad: Pad, market: AbstractMarket) -> Offer:
    """An own pad with vehicles: more launches, each still paid at the price of a launch."""
    axis, lead = axis_of(market), lead_periods(pad.lead)
    return compose(
        axis,
        name=pad.name,
        label=pad.label,
        kind="pad",
        standing=pad.standing,
        unit="pad",
        first=axis.index(pad.first) - lead,
        lead=lead,
        life=life_periods(pad.life),
        gives={LAUNCHES: axis.constant(pad.launches / PERIODS_PER_YEAR)},
        capital=axis.constant(pad.capital),
        payments=even_payments(lead),
        rate=orbit_rate(market),
        asset_life=pad.life,
        limit_total=axis.constant(pad.limit),
        source=pad.source,
    )


KIND: Final = Kind(
    block="orbit.pads",
    item=Pad,
    title="launch pads",
    words=(Words(kind="pad", verb="build", form="sum", unit="pad", smallest=0.02, capital="launch"),),
    offers=one(pad_offer),
    example="""
name: own-pad
label: Own pad
standing: concept
capital: 2e9 USD
launches: 20 launch/yr
lead: 1 yr
life: 15 yr
first: 2027Q3
limit: 2
""",
)
