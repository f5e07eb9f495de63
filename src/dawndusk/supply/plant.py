"""Power plants behind the meter of a ground site."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, ClassVar, Final

import numpy as np

from dawndusk.core.calendar import Quarter
from dawndusk.core.errors import Problem
from dawndusk.core.offers import Offer, Standing
from dawndusk.core.records import Floats, record
from dawndusk.core.units import Unit
from dawndusk.supply.kinds import Kind, Words, known, one
from dawndusk.supply.market import AbstractMarket
from dawndusk.supply.offer import compose
from dawndusk.supply.tables import SECONDS_PER_PERIOD, axis_of, even_payments, lead_periods, life_periods


@record
class PowerPlant:
    """Power behind the meter at a site.

    Parameters
    ----------
    site : str
        Name of the Site it feeds.
    first : str
        First quarter in which the makers deliver.
    limit : W
        Most delivered per quarter at that time; grows by `growth` per quarter.
    lead : yr
        Order to power; a plant ordered today is not delivered before `first` either.
    capital : USD/W
        Installed, per firm facility watt.
    heat_rate : 1
        Fuel energy per electric energy (J/J; "8650 BTU/kWh"); 0 for solar.
    fuel_price : USD/J
        "4.3 USD/MMBtu".
    running : USD/J
        Operation and maintenance per electric energy.
    availability : 1
        Share of the time that a firm watt is there (after redundancy).
    life : yr
        Service life.
    block : W
        One unit.
    """

    RETIRED: ClassVar = {"technology": "label and numbers say what the plant is"}

    name: str
    label: str
    standing: Standing
    site: str
    first: Quarter
    limit: Annotated[float, Unit("W", low=0)]
    growth: Annotated[float, Unit("1", low=-0.5, high=2)]
    lead: Annotated[float, Unit("yr", low=0, high=20)]
    capital: Annotated[float, Unit("USD/W", low=0)]
    heat_rate: Annotated[float, Unit("1", low=0, high=20)]
    fuel_price: Annotated[float, Unit("USD/J", low=0)]
    running: Annotated[float, Unit("USD/J", low=0)]
    availability: Annotated[float, Unit("1", low=0.01, high=1)]
    life: Annotated[float, Unit("yr", low=0.25, high=60)]
    block: Annotated[float, Unit("W", low=1)]
    source: str = ""


def plant_offer(plant: PowerPlant, market: AbstractMarket) -> Offer:
    """Power behind the meter, in W installed; gives the share that is there on average.

    Notes
    -----
    The makers' limit is on deliveries per quarter, from `first` on. Fuel and operation are paid for all
    energy that the plant can give, also if a grid connection later makes it idle.
    """
    axis = axis_of(market)
    lead, first = lead_periods(plant.lead), axis.index(plant.first)
    energy = plant.heat_rate * plant.fuel_price + plant.running
    return compose(
        axis,
        name=plant.name,
        label=plant.label,
        kind="power",
        standing=plant.standing,
        site=plant.site,
        unit="W",
        unit_size=float(np.median(plant.block)),
        first=first - lead,
        lead=lead,
        life=life_periods(plant.life),
        gives={f"power:{plant.site}": axis.constant(plant.availability)},
        capital=axis.constant(plant.capital),
        payments=even_payments(lead),
        rate=axis.constant(market.finance.ground_rate),
        asset_life=plant.life,
        running=axis.constant(energy * plant.availability * SECONDS_PER_PERIOD),
        limit_order=deliveries(plant, market),
        source=plant.source,
    )


def deliveries(plant: PowerPlant, market: AbstractMarket) -> Floats:
    """Largest order by period, W, such that the delivery one lead later respects the makers' limit."""
    axis = axis_of(market)
    first = axis.index(plant.first) - lead_periods(plant.lead)
    return axis.geometric(plant.limit, plant.growth, first)


def _checks(plant: PowerPlant, market: AbstractMarket) -> Iterator[Problem]:
    yield from known("site", plant.site, [x.name for x in market.ground.sites], "site of ground.sites")


POWER_WORDS: Final = Words(
    kind="power", verb="order", unit="W", smallest=1e6, capital="power", running="energy"
)
KIND: Final = Kind(
    block="plants",
    item=PowerPlant,
    title="power plants",
    words=(POWER_WORDS,),
    offers=one(plant_offer),
    checks=_checks,
    example="""
name: engines
label: Gas engines
standing: operating
site: campus
first: 2027Q1
limit: 0.25 GW
growth: 3 %
lead: 3 quarter
capital: 1.8 USD/W
heat_rate: 8650 BTU/kWh
fuel_price: 4.3 USD/MMBtu
running: 12 USD/MWh
availability: 0.96
life: 20 yr
block: 18 MW
""",
)
