"""Rentals: compute by the H100e-hour for a fixed term, from a cloud."""

from __future__ import annotations

from typing import Annotated, Final

from dawndusk.core.offers import Offer, Standing, compute
from dawndusk.core.records import record
from dawndusk.core.units import Unit
from dawndusk.supply.kinds import Kind, Words, one
from dawndusk.supply.market import AbstractMarket
from dawndusk.supply.offer import compose, serves_all
from dawndusk.supply.tables import PERIODS_PER_YEAR, axis_of, life_periods, rents, yearly_price


@record
class Rental:
    """Compute rented by the H100e-hour for a fixed term.

    Parameters
    ----------
    price : USD/(H100e*yr)
        At the start; falls by `decline` per year, fixed at the order for the term.
    limit : H100e
        Most in service at the start; grows by `growth` per quarter.
    term : yr
        Length of one order.
    """

    name: str
    label: str
    standing: Standing
    price: Annotated[float, Unit("USD/(H100e*yr)", low=0)]
    decline: Annotated[float, Unit("1/yr", low=-1, high=0.99)]
    limit: Annotated[float, Unit("H100e", low=0)]
    growth: Annotated[float, Unit("1", low=-0.5, high=2)]
    term: Annotated[float, Unit("yr", low=0.25, high=20)]
    source: str = ""


def rental_offer(rental: Rental, market: AbstractMarket) -> Offer:
    """Compute by the H100e-hour for a term, at the price of the order's date."""
    axis, term = axis_of(market), life_periods(rental.term)
    return compose(
        axis,
        name=rental.name,
        label=rental.label,
        kind="rent",
        cash="all",
        standing=rental.standing,
        pool="cloud",
        unit="H100e",
        life=term,
        gives={compute("cloud"): 1.0},
        capital=yearly_price(axis, rental.price, rental.decline) * term / PERIODS_PER_YEAR,
        payments=rents(0, term),
        serves=serves_all(market),
        limit_service=axis.geometric(rental.limit, rental.growth),
        source=rental.source,
    )


KIND: Final = Kind(
    block="rentals",
    item=Rental,
    title="rentals",
    words=(Words(kind="rent", verb="rent", unit="H100e", smallest=1e3),),
    offers=one(rental_offer),
    example="""
name: cloud-year
label: Cloud, one-year reservation
standing: operating
price: 2.35 USD/(H100e*h)
decline: 20 %/yr
limit: 300e3 H100e
growth: 10 %
term: 1 yr
""",
)
