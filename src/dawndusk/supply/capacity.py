"""Compute bought from an orbital operator: what a lab would really sign."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Final

import numpy as np

from dawndusk.core.calendar import Quarter
from dawndusk.core.errors import Problem
from dawndusk.core.offers import Contract, Offer, Standing, compute
from dawndusk.core.records import record
from dawndusk.core.units import Unit
from dawndusk.supply.kinds import Kind, Words, known, one
from dawndusk.supply.market import AbstractMarket
from dawndusk.supply.offer import compose, serves_orbit
from dawndusk.supply.tables import (
    PERIODS_PER_YEAR,
    axis_of,
    lead_periods,
    life_periods,
    product,
    rents,
    yearly_price,
)


@record
class CapacityContract:
    """Compute bought from an orbital operator: what a lab would really sign.

    Parameters
    ----------
    price : USD/(H100e*yr)
        Supplier's margin included; falls by `decline` per year, fixed at the order for the term.
    first : str
        First quarter of service.
    limit : H100e
        Most in service in that quarter; grows by `growth` per year.
    lead, term : yr
        Signature to service, and length.
    shortfall : 1
        Expected share of contracted compute not delivered (remedy: it is not paid).
    gate : str
        Gate that must be open; "" for none.
    """

    name: str
    label: str
    standing: Standing
    price: Annotated[float, Unit("USD/(H100e*yr)", low=0)]
    decline: Annotated[float, Unit("1/yr", low=-1, high=0.99)]
    first: Quarter
    limit: Annotated[float, Unit("H100e", low=0)]
    growth: Annotated[float, Unit("1", low=0.1, high=20)]
    lead: Annotated[float, Unit("yr", low=0, high=20)]
    term: Annotated[float, Unit("yr", low=0.25, high=20)]
    shortfall: Annotated[float, Unit("1", low=0, high=1)]
    gate: str = ""
    source: str = ""


def capacity_offer(deal: CapacityContract, market: AbstractMarket) -> Offer:
    """Compute bought from an orbital operator: what is not delivered is not paid.

    Notes
    -----
    The limit holds for what is in service; each order's own limit is the largest of these, so that a
    gate has something finite to shut.
    """
    axis = axis_of(market)
    lead, term, first = lead_periods(deal.lead), life_periods(deal.term), axis.index(deal.first)
    limit = axis.geometric(deal.limit, deal.growth ** (1 / PERIODS_PER_YEAR) - 1, first)
    kept = axis.constant(1 - deal.shortfall)
    return compose(
        axis,
        name=deal.name,
        label=deal.label,
        kind="capacity contract",
        cash="all",
        standing=deal.standing,
        pool="orbit",
        unit="H100e",
        first=first - lead,
        lead=lead,
        life=term,
        gives={compute("orbit"): kept},
        capital=product(yearly_price(axis, deal.price, deal.decline), kept) * term / PERIODS_PER_YEAR,
        payments=rents(lead, term),
        serves=serves_orbit(market),
        limit_order=np.broadcast_to(limit.max(axis=0), limit.shape),
        limit_service=limit,
        contract=Contract(end=-1, earliest_exit=-1, notice=1, recall=0.0),
        factors={"limit": deal.gate} if deal.gate else {},
        source=deal.source,
    )


def _checks(deal: CapacityContract, market: AbstractMarket) -> Iterator[Problem]:
    yield from known("gate", deal.gate, [g.name for g in market.gates], "gate", blank=True)


KIND: Final = Kind(
    block="capacity",
    item=CapacityContract,
    title="capacity from orbit",
    words=(Words(kind="capacity contract", verb="buy", unit="H100e", smallest=1e3),),
    offers=one(capacity_offer),
    checks=_checks,
    example="""
name: orbit-deal
label: Compute bought in orbit
standing: concept
price: 3 USD/(H100e*h)
decline: 10 %/yr
first: 2027Q3
limit: 50e3 H100e
growth: 2
lead: 2 quarter
term: 1 yr
shortfall: 10 %
gate: licence
""",
)
