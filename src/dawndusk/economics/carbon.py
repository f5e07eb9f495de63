"""Greenhouse gases of compute in orbit and on the ground, kgCO2e, over the whole life.

Judge manufacture as a factor of 2 to 3 either way (no maker of satellites or chips publishes audited
figures for such products), launch as +-30 %. Left out: black carbon and water vapour in the stratosphere
(their warming per kg is 10^2 to 10^3 times that of CO2 for years; Ross & Sheaffer 2014,
doi:10.1002/2013EF000160), ozone, and what alumina of re-entry does there: its mass is given, no CO2e.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Annotated, Final

from dawndusk.core.constants import HOURS_PER_YEAR
from dawndusk.core.numbers import number
from dawndusk.core.records import Real, record
from dawndusk.core.units import Unit

METHANE_CO2: Final = 44.009 / 16.043  # kg CO2 per kg of methane burnt: CH4 + 2 O2 -> CO2 + 2 H2O
METHANE_SUPPLY: Final = number("carbon_methane_supply")  # kgCO2e per kg of methane delivered: wells, leaks
OXYGEN_SUPPLY: Final = number("carbon_oxygen_supply")  # kgCO2e per kg of liquid oxygen: electricity
MIXTURE: Final = number("oxygen_per_methane")  # kg of oxygen per kg of methane as loaded (L018)
CARBON_PER_CHIP: Final = number("carbon_per_chip")  # kgCO2e per H100e made: accelerator with its share
CARBON_SPACECRAFT: Final = number("carbon_spacecraft")  # kgCO2e/kg of satellite without chips (E011)
CARBON_GRID: Final = number("carbon_grid")  # kgCO2e/kWh
CARBON_BUILDING: Final = number("carbon_building")  # kgCO2e per W of IT: shell

BOUNDARIES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "chips": "made, with their share of servers; cradle to gate",
        "platform": "the satellite without chips, or the building with its plant; cradle to gate",
        "launch": "methane burnt and propellants made; no black carbon, vehicle or pad",
        "electricity": "of the grid, with PUE; upstream of the plants as in the grid's factor",
    }
)


@record
class Carbon:
    """kgCO2e over a life, by part, and per delivered H100e-hour; `alumina` in kg is beside it."""

    chips: Real
    platform: Real
    launch: Real
    electricity: Real
    total: Real
    per_hour: Real
    alumina: Real


@record
class PlatformFactors:
    """kgCO2e per kg of each part of a satellite, cradle to gate, buy-to-fly losses in it."""

    array: Annotated[Real, Unit("1", 0.0)] = CARBON_SPACECRAFT
    battery: Annotated[Real, Unit("1", 0.0)] = CARBON_SPACECRAFT
    thermal: Annotated[Real, Unit("1", 0.0)] = CARBON_SPACECRAFT
    structure: Annotated[Real, Unit("1", 0.0)] = CARBON_SPACECRAFT
    electronics: Annotated[Real, Unit("1", 0.0)] = CARBON_SPACECRAFT
    shielding: Annotated[Real, Unit("1", 0.0)] = CARBON_SPACECRAFT


def manufacture(masses: Mapping[str, Real], factors: PlatformFactors | None = None) -> Real:
    """kgCO2e of making a platform from masses by part, kg; keys are the fields of `PlatformFactors`."""
    each = factors or PlatformFactors()
    total: Real = sum(getattr(each, name) * mass for name, mass in masses.items())
    return total


def launch_carbon(
    methane: Real,
    *,
    mixture: Real = MIXTURE,
    methane_supply: Real = METHANE_SUPPLY,
    oxygen_supply: Real = OXYGEN_SUPPLY,
) -> Real:
    """kgCO2e of one launch, or per kg of payload if `methane` is per kg of payload.

    Parameters
    ----------
    methane : Real
        Loaded, kg; all of it is burnt in the end (vented methane would count 28-fold).
    mixture : Real
        kg of oxygen per kg of methane as loaded.
    methane_supply, oxygen_supply : Real
        kgCO2e per kg made and delivered.

    Notes
    -----
    Stoichiometry of complete combustion. Engines run rich, and carbon monoxide oxidises in the end.
    """
    return methane * (METHANE_CO2 + methane_supply + mixture * oxygen_supply)


def carbon_in_orbit(
    *,
    platform: Real,
    mass: Real,
    installed: Real,
    hours: Real,
    methane: Real,
    alumina_share: Real,
    lost: Real = 0.0,
    chip: Real = CARBON_PER_CHIP,
) -> Carbon:
    """Carbon of one satellite over its life.

    Parameters
    ----------
    platform : Real
        kgCO2e of making it without chips (`manufacture`).
    mass : Real
        kg as launched.
    installed : Real
        H100e on board at begin of life.
    hours : Real
        H100e-hours that it delivers in its life, above 0.
    methane : Real
        kg per kg of payload (about 11.5: 1,150 t for 100 t, L018 and L011).
    alumina_share : Real
        kg of alumina per kg that burns up (E006).
    lost : Real
        Share of satellites lost at launch: everything is made and launched 1 / (1 - lost) times.
    chip : Real
        kgCO2e per H100e.
    """
    bought = 1.0 / (1.0 - lost)
    chips, made = installed * chip * bought, platform * bought
    raised = mass * launch_carbon(methane) * bought
    total = chips + made + raised
    return Carbon(
        chips=chips,
        platform=made,
        launch=raised,
        electricity=0.0,
        total=total,
        per_hour=total / hours,
        alumina=mass * alumina_share,
    )


def carbon_on_ground(
    *,
    power: Real,
    installed: Real,
    hours: Real,
    life: Real,
    pue: Real,
    grid: Real = CARBON_GRID,
    building: Real = CARBON_BUILDING,
    building_life: Real,
    chip: Real = CARBON_PER_CHIP,
) -> Carbon:
    """Carbon of the same compute on the ground over the life of its chips.

    Parameters
    ----------
    power : Real
        Mean IT power, W.
    installed : Real
        H100e.
    hours : Real
        H100e-hours that it delivers in that life, above 0.
    life, building_life : Real
        Of chips and of building, yr: the building is charged for the chips' share of its life.
    pue : Real
        Facility power per IT power, 1 and more.
    grid : Real
        kgCO2e/kWh.
    building : Real
        kgCO2e per W of IT.
    chip : Real
        kgCO2e per H100e.
    """
    chips = installed * chip
    shell = building * power * life / building_life
    electricity = power / 1e3 * pue * HOURS_PER_YEAR * life * grid
    total = chips + shell + electricity
    return Carbon(
        chips=chips,
        platform=shell,
        launch=0.0,
        electricity=electricity,
        total=total,
        per_hour=total / hours,
        alumina=0.0,
    )
