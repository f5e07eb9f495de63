"""Colocation: a powered shell rented by the IT watt, with chips of our own in it."""

from __future__ import annotations

from typing import Annotated, Final

from dawndusk.core.offers import Offer, Resource, Standing
from dawndusk.core.records import record
from dawndusk.core.units import Unit
from dawndusk.supply.chips import CHIP_WORDS, chip_offer
from dawndusk.supply.kinds import Kind, Words, several
from dawndusk.supply.market import AbstractMarket
from dawndusk.supply.offer import compose, flow
from dawndusk.supply.tables import PERIODS_PER_YEAR, axis_of, lead_periods, life_periods


@record
class Colocation:
    """Powered shell rented by the IT watt; the chips are ours.

    Parameters
    ----------
    rent : USD/(W*yr)
        All included.
    limit : W
        Most new space per quarter.
    lead, term : yr
        Order to service, and length of the rent.
    """

    name: str
    label: str
    standing: Standing
    rent: Annotated[float, Unit("USD/(W*yr)", low=0)]
    limit: Annotated[float, Unit("W", low=0)]
    lead: Annotated[float, Unit("yr", low=0, high=20)]
    term: Annotated[float, Unit("yr", low=0.25, high=40)]
    source: str = ""


def colocation_offers(item: Colocation, market: AbstractMarket) -> list[Offer]:
    """Powered shell by the IT watt, and our chips in it; the rent holds energy and cooling."""
    axis, lead = axis_of(market), lead_periods(item.lead)
    rent = compose(
        axis,
        name=f"rent-{item.name}",
        label=f"{item.label}: rent",
        kind="colocation",
        cash="all",
        standing=item.standing,
        site=item.name,
        unit="W",
        lead=lead,
        life=life_periods(item.term),
        gives={f"shell:{item.name}": 1.0, f"power:{item.name}": 1.0},
        running=axis.constant(item.rent / PERIODS_PER_YEAR),
        limit_order=axis.constant(item.limit),
        source=item.source,
    )
    chips = chip_offer(
        market,
        place=item.name,
        label=item.label,
        standing=item.standing,
        pool="ground",
        draws={f"power:{item.name}": 1.0},
        source=item.source,
    )
    return [rent, chips]


def colocation_resources(item: Colocation, market: AbstractMarket) -> list[Resource]:
    """Space and power of a colocation, counted per IT watt."""
    axis = axis_of(market)
    return [
        flow(axis, f"shell:{item.name}", "W", f"{item.label}: powered IT space"),
        flow(axis, f"power:{item.name}", "W", f"{item.label}: power per IT watt"),
    ]


KIND: Final = Kind(
    block="colocations",
    item=Colocation,
    title="powered shells",
    words=(Words(kind="colocation", verb="rent", unit="W", smallest=1e6), CHIP_WORDS),
    offers=several(colocation_offers),
    resources=colocation_resources,
    example="""
name: powered-shell
label: Powered shell, own chips
standing: operating
rent: 150 USD/(kW*month)
limit: 100 MW
lead: 2 quarter
term: 5 yr
""",
)
