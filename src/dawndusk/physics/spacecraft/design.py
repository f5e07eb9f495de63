"""What must be said of a satellite before its budgets can be closed.

Five powers are kept apart: array at begin of life (a result), bus, peak compute, orbit-average
compute, and facility power (which only ground sites have). Every number may be an array of draws.
"""

from __future__ import annotations

from typing import Annotated, Literal

from dawndusk.core.records import record
from dawndusk.core.units import Unit

Share = Annotated[float, Unit("1", 0.0, 1.0)]


@record
class Orbit:
    """Where it flies: ``dawn-dusk`` (sun-synchronous, LTAN 06:00) or ``inclined``."""

    kind: Literal["dawn-dusk", "inclined"]
    altitude: Annotated[float, Unit("m", 250e3, 2500e3)]
    inclination: Annotated[float, Unit("rad", 0.0, 3.1416)] = 0.0  # used by `inclined` only


@record
class Payload:
    """Chips with boards, power supplies and cold plates; powers at their plugs."""

    average: Annotated[float, Unit("W", 1.0)]  # orbit-average compute, shadow and losses already in it
    peak: Annotated[float, Unit("W", 1.0)]  # largest power of the same chips
    mass: Annotated[float, Unit("kg/W", 0.0, 0.1)]  # per W of power while running in sunlight
    gpu_power: Annotated[float, Unit("W/GPU", 1.0)]  # share of rack power of one GPU
    gpu_compute: Annotated[float, Unit("H100e/GPU", 0.0)]
    chip_failure: Annotated[float, Unit("1/s", 0.0, 3e-8)]  # permanent, never repaired


@record
class Bus:
    """Everything electrical that is no payload: avionics, links, pumps, thrusters, converters."""

    power: Annotated[float, Unit("W", 0.0)]  # orbit average, also in shadow
    converter: Annotated[float, Unit("1", 0.5, 1.0)]  # from array or battery to the plugs
    mass: Annotated[float, Unit("kg", 0.0)]  # avionics, links and harness


@record
class Array:
    """Solar array."""

    areal_power: Annotated[float, Unit("W/m2", 10.0, 700.0)]  # rated, begin of life
    specific_power: Annotated[float, Unit("W/kg", 5.0, 2000.0)]  # rated, wing with its mechanisms
    degradation: Annotated[float, Unit("1/s", 0.0, 1e-8)]
    pointing: Annotated[float, Unit("1", 0.3, 1.0)]  # cosine and distance to the Sun at the worst orbit


@record
class Battery:
    """Battery, and what happens in shadow: carry all (``battery``) or switch compute off (``shed``)."""

    eclipse: Literal["battery", "shed"]
    specific_energy: Annotated[float, Unit("J/kg", 1e4, 5e6)]  # pack
    depth: Annotated[float, Unit("1", 0.05, 1.0)]  # of discharge, in the longest shadow
    efficiency: Annotated[float, Unit("1", 0.5, 1.0)]  # energy out over energy in


@record
class Radiator:
    """Flat two-sided radiator, edge-on to the Sun and to the Earth, with its coolant loop."""

    area: Annotated[float, Unit("m2", 0.0)]  # planform; 0 = size it: junction limit at peak
    emissivity: Annotated[float, Unit("1", 0.1, 1.0)]
    absorptivity: Share  # sunlight, end of life
    fin_efficiency: Annotated[float, Unit("1", 0.3, 1.0)]
    albedo_weight: Share  # see physics.spacecraft.radiator.absorbed_flux
    mass: Annotated[float, Unit("kg/m2", 0.0)]  # per planform, with manifolds and booms
    loop: Annotated[float, Unit("kg/W", 0.0, 0.1)]  # coolant, pumps, valves per W of heat
    coolant_drop: Annotated[float, Unit("K", 0.0, 100.0)]  # coolant to fin root
    junction_drop: Annotated[float, Unit("K", 0.0, 100.0)]  # junction to coolant
    junction_limit: Annotated[float, Unit("K", 273.0, 500.0)]


@record
class Body:
    """Structure, shielding, propulsion."""

    structure: Annotated[float, Unit("1", 0.0, 0.6)]  # share of dry mass
    margin: Annotated[float, Unit("1", 0.0, 0.35)]  # share of dry mass, kept for growth
    shielding: Annotated[float, Unit("kg", 0.0)]
    propulsion: Annotated[float, Unit("kg", 0.0)]  # thrusters, feed, power units; without tanks
    tank: Annotated[float, Unit("1", 0.0, 1.0)]  # tank mass per propellant mass
    specific_impulse: Annotated[float, Unit("s", 50.0, 10000.0)]
    station_keeping: Annotated[float, Unit("m/s/s", 0.0)]  # drag and control, delta-v per time
    disposal: Annotated[float, Unit("m/s", 0.0)]


@record
class Prices:
    """What each part costs to its builder; launch is not in it."""

    compute: Annotated[float, Unit("USD/W", 0.0)]  # per W while running in sunlight
    array: Annotated[float, Unit("USD/W", 0.0)]  # per rated W
    battery: Annotated[float, Unit("USD/J", 0.0)]
    radiator: Annotated[float, Unit("USD/m2", 0.0)]
    body: Annotated[float, Unit("USD/kg", 0.0)]  # structure, bus, loop, shielding, propulsion
    propellant: Annotated[float, Unit("USD/kg", 0.0)]
    assembly: Annotated[float, Unit("USD/W", 0.0)]  # integration, test, software; per W of average compute


@record
class Claim:
    """What its maker says, kept apart and never used in the closure; 0 = not claimed."""

    mass: Annotated[float, Unit("kg", 0.0)] = 0.0
    array_power: Annotated[float, Unit("W", 0.0)] = 0.0  # read as rated, begin of life
    array_area: Annotated[float, Unit("m2", 0.0)] = 0.0
    radiator_flux: Annotated[float, Unit("W/m2", 0.0)] = 0.0
    coolant_inlet: Annotated[float, Unit("K", 0.0)] = 0.0
    platform_price: Annotated[float, Unit("USD/W", 0.0)] = 0.0  # without compute, per W of average compute


@record
class Design:
    """One satellite design: what `physics.spacecraft.satellite.close` needs."""

    name: str
    note: str
    source: str
    life: Annotated[float, Unit("s", 1e6)]
    satellite_loss: Annotated[float, Unit("1/s", 0.0, 3e-8)]
    orbit: Orbit
    payload: Payload
    bus: Bus
    array: Array
    battery: Battery
    radiator: Radiator
    body: Body
    prices: Prices
    claim: Claim
