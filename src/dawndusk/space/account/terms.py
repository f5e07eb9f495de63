"""On what terms a satellite is launched, financed, sold and compared: taken from a scenario, not said again.

The scenario's first satellites set the date: what a launch costs when they are delivered, and the cost of
capital when they are ordered. Chips are the design's own, on the ground too, so that only the place differs.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Final

import numpy as np

from dawndusk.core.constants import HOURS_PER_YEAR
from dawndusk.core.errors import problem
from dawndusk.core.numbers import number
from dawndusk.core.ranges import Distribution
from dawndusk.core.records import Real, record
from dawndusk.core.scenario.orbit import SatelliteOption
from dawndusk.core.units import Unit
from dawndusk.economics.carbon import CARBON_GRID, CARBON_PER_CHIP, CARBON_SPACECRAFT
from dawndusk.economics.launch_cost import Vehicle
from dawndusk.economics.projects import Terms as Money
from dawndusk.supply.orbital import launch_price, orbit_rate
from dawndusk.supply.scenario import Scenario
from dawndusk.supply.shells import payload
from dawndusk.supply.tables import axis_of, lead_periods

SCENARIO: Final = "colossus"
SOLD: Final = number("sold_share")  # share of the compute on offer that is sold and scheduled
STOWED_DENSITY: Final = number("stowed_density")  # kg/m3 of a satellite folded for launch
ELECTRICAL_SHARE: Final = number("building_electrical_share")  # of a data centre's cost without IT (X008)
COOLING_SHARE: Final = number("building_cooling_share")  # the same
Share = Annotated[Real, Unit("1", 0.0, 1.0)]


@record
class GroundTerms:
    """The data centre beside which the satellite is put.

    Parameters
    ----------
    label : str
        Of the scenario's site.
    energy_price : USD/J
    pue : 1
    shell_cost : USD/W
        Per IT watt, all but IT.
    upkeep : 1/yr
        Of the shell's cost.
    network_cost : USD/W
        Installation and cluster network per IT watt.
    availability : 1
    failures : 1/yr
        Of chips; they are replaced.
    chip_life : yr
    grid : kg/kWh
        CO2e.
    money : Terms
        Cost of capital and sale, on the ground.
    """

    label: str
    energy_price: Annotated[Real, Unit("USD/J", 0.0)]
    pue: Annotated[Real, Unit("1", 1.0, 3.0)]
    shell_cost: Annotated[Real, Unit("USD/W", 0.0)]
    upkeep: Annotated[Real, Unit("1/yr", 0.0, 1.0)]
    network_cost: Annotated[Real, Unit("USD/W", 0.0)]
    availability: Share
    failures: Annotated[Real, Unit("1/yr", 0.0, 0.9)]
    chip_life: Annotated[Real, Unit("yr", 0.25, 20.0)]
    grid: Annotated[Real, Unit("kg/kWh", 0.0)]
    money: Money


@record
class Terms:
    """What an account needs besides the satellite; fields may be arrays of draws.

    Parameters
    ----------
    scenario, date, vehicle_label : str
        Where the terms come from, the quarter of the first delivery, and what flies.
    vehicle : Vehicle
        To the satellite's orbit.
    density : kg/m3
        Of the folded satellite; used where `volume` is 0.
    volume : m3
        Of the folded satellite, where the scenario offers this design; otherwise 0.
    satellites : 1
        In service: what the factory makes in its first year, for as long as a satellite lives.
    disposal : USD
        Per satellite, operations at its end.
    reachable : 1
        Share of time with links good enough to be used.
    sold : 1
        Share of the compute on offer that is sold and scheduled.
    carbon_chip, carbon_platform : kg
        CO2e per H100e made, and per kg of satellite without chips.
    money : Terms
        Cost of capital and sale, in orbit.
    ground : GroundTerms
    """

    scenario: str
    date: str
    vehicle_label: str
    vehicle: Vehicle
    density: Annotated[Real, Unit("kg/m3", 10.0, 2000.0)]
    volume: Annotated[Real, Unit("m3", 0.0)]
    satellites: Annotated[Real, Unit("1", 1.0)]
    disposal: Annotated[Real, Unit("USD", 0.0)]
    reachable: Share
    sold: Share
    carbon_chip: Annotated[Real, Unit("kg", 0.0)]
    carbon_platform: Annotated[Real, Unit("kg", 0.0)]
    money: Money
    ground: GroundTerms


def guesses() -> dict[str, Distribution]:
    """Ranges of the terms that no scenario holds, by name; their reasons are in the ledger."""
    return {
        "sold": Distribution(low=0.6, mode=SOLD, high=0.95),
        "density": Distribution(low=90.0, mode=STOWED_DENSITY, high=350.0),
        "carbon_chip": Distribution(low=150.0, mode=CARBON_PER_CHIP, high=600.0, shape="log-triangular"),
        "carbon_platform": Distribution(low=30.0, mode=CARBON_SPACECRAFT, high=150.0, shape="log-triangular"),
        "grid": Distribution(low=0.02, mode=CARBON_GRID, high=0.8),
    }


def terms_of(
    scenario: Scenario,
    design: str,
    *,
    altitude: float,
    inclination: float,
    guess: Mapping[str, Real] | None = None,
) -> Terms:
    """Terms of a satellite from a scenario, of central values or of draws.

    Parameters
    ----------
    scenario : Scenario
        Its prices, rates and sites.
    design : str
        Name of the preset: where the scenario offers it, its folded volume and first quarter are taken.
    altitude, inclination : float
        Of its orbit (m, rad): decide the payload of a launch.
    guess : dict, optional
        Values of `guesses` instead of their central ones.

    Raises
    ------
    UserError
        For a scenario without satellites, without a site on the grid, or without rented compute, whose
        price says what a delivered hour is worth.
    """
    found = {name: each.mode for name, each in guesses().items()} | dict(guess or {})
    axis, orbit = axis_of(scenario), scenario.orbit
    option = _option(scenario, design)
    first = axis.index(option.first)
    ordered = axis.clip(first - lead_periods(orbit.lead))
    rate = orbit_rate(scenario)[ordered]
    vehicle = Vehicle(
        price=launch_price(scenario)[axis.clip(first)],
        payload=payload(orbit.launch, altitude, inclination),
        volume=orbit.launch.volume,
        reliability=orbit.launch.reliability,
    )
    return Terms(
        scenario=scenario.name,
        date=option.first,
        vehicle_label=orbit.launch.label,
        vehicle=vehicle,
        density=found["density"],
        volume=option.volume if option.design == design else 0.0,
        satellites=np.maximum(np.multiply(orbit.factory.output, orbit.life), 1.0)[()],
        disposal=orbit.disposal_cost,
        reachable=orbit.utilisation,
        sold=found["sold"],
        carbon_chip=found["carbon_chip"],
        carbon_platform=found["carbon_platform"],
        money=_money(scenario, rate),
        ground=_ground(scenario, found["grid"]),
    )


def _option(scenario: Scenario, design: str) -> SatelliteOption:
    """The scenario's offer of this design, or else its earliest."""
    options = scenario.orbit.satellites
    if not options:
        raise problem("orbit.satellites", "none", "a satellite, which dates the account", SCENARIO)
    same = [item for item in options if item.design == design]
    return same[0] if same else min(options, key=lambda item: axis_of(scenario).index(item.first))


def _money(scenario: Scenario, rate: Real) -> Money:
    if not scenario.rentals:
        raise problem("rentals", "none", "rented compute, whose price values a delivered hour", SCENARIO)
    years = scenario.calendar.periods / 4.0
    return Money(
        rate=rate,
        chip_rate=rate,
        discount=scenario.finance.discount,
        price=np.divide(scenario.rentals[0].price, HOURS_PER_YEAR)[()],
        horizon=years,
    )


def _ground(scenario: Scenario, grid: Real) -> GroundTerms:
    sites = [item for item in scenario.ground.sites if np.all(np.asarray(item.power_price) > 0.0)]
    if not sites:
        raise problem(
            "ground.sites", "none on the grid", "a site with a power price", "power_price: 50 USD/MWh"
        )
    site, chips = sites[0], scenario.chips
    return GroundTerms(
        label=site.label,
        energy_price=site.power_price,
        pue=site.pue,
        shell_cost=site.shell_cost,
        upkeep=scenario.ground.operations,
        network_cost=chips.network_cost,
        availability=scenario.ground.availability,
        failures=chips.failure,
        chip_life=chips.life,
        grid=grid,
        money=_money(scenario, scenario.finance.ground_rate),
    )
