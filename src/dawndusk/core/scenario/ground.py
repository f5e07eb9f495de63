"""Ground sites: grid queue, shell, climate, and power plants behind the meter."""

from __future__ import annotations

from typing import Annotated, Literal

from dawndusk.core.calendar import Quarter
from dawndusk.core.records import record
from dawndusk.core.scenario.chips import StandingText
from dawndusk.core.units import Unit


@record
class Site:
    """A region where we can build.

    Parameters
    ----------
    name, label, standing
        As in Offer; offers are ``queue-NAME``, ``build-NAME``, ``chips-NAME``.
    power_price : USD/J
        Energy from the grid, all in ("60 USD/MWh").
    pue : 1
        Facility energy over IT energy, yearly mean.
    wue : m3/J
        Water per IT energy ("0.2 L/kWh"), for the report.
    queue_lead : yr
        Queue entry to connection.
    queue_first, queue_growth : W
        Facility power that can be connected at the first date, and more per quarter after it;
        0 for a site without grid.
    queue_deposit : USD/W
        Paid at entry, lost if the place is not used.
    queue_completion : 1
        Share of the power asked for that is really connected.
    flexible_lead : yr
        Lead of an early connection in return for curtailment; 0 if there is none.
    flexible_limit : W
        Its size in all.
    flexible_curtailment : 1
        Share of the time without power.
    shell_lead : yr
        Permit and construction of building and plant.
    shell_cost : USD/W
        Per IT watt, without IT and without power plants.
    shell_limit : W
        Most IT power that can be ordered per quarter; site limit on land, permits and crews.
    hall : W
        IT power of one hall.
    """

    name: str
    label: str
    standing: StandingText
    power_price: Annotated[float, Unit("USD/J", low=0)]
    pue: Annotated[float, Unit("1", low=1, high=3)]
    wue: Annotated[float, Unit("m3/J", low=0)]
    queue_lead: Annotated[float, Unit("yr", low=0, high=20)]
    queue_first: Annotated[float, Unit("W", low=0)]
    queue_growth: Annotated[float, Unit("W", low=0)]
    queue_deposit: Annotated[float, Unit("USD/W", low=0)]
    queue_completion: Annotated[float, Unit("1", low=0.01, high=1)]
    flexible_lead: Annotated[float, Unit("yr", low=0, high=20)]
    flexible_limit: Annotated[float, Unit("W", low=0)]
    flexible_curtailment: Annotated[float, Unit("1", low=0, high=1)]
    shell_lead: Annotated[float, Unit("yr", low=0, high=20)]
    shell_cost: Annotated[float, Unit("USD/W", low=0)]
    shell_limit: Annotated[float, Unit("W", low=0)]
    hall: Annotated[float, Unit("W", low=1)]
    source: str = ""


@record
class Ground:
    """What ground sites have in common.

    Parameters
    ----------
    sites : tuple of Site
        The regions.
    shell_life : yr
        Service life of building and plant (mean of shell, electrical and cooling).
    operations : 1/yr
        Yearly operation and maintenance as a share of shell capital.
    availability : 1
        Share of installed compute that is up.
    """

    sites: tuple[Site, ...]
    shell_life: Annotated[float, Unit("yr", low=1, high=60)]
    operations: Annotated[float, Unit("1/yr", low=0, high=1)]
    availability: Annotated[float, Unit("1", low=0, high=1)]


@record
class PowerPlant:
    """Power behind the meter at a site.

    Parameters
    ----------
    site : str
        Name of the Site it feeds.
    technology : {"engine", "turbine", "combined-cycle", "solar-storage"}
        For the reader.
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

    name: str
    label: str
    standing: StandingText
    site: str
    technology: Literal["engine", "turbine", "combined-cycle", "solar-storage"]
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
