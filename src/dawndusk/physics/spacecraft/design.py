"""What must be said of a satellite before its budgets can be closed.

Five powers are kept apart: array at begin of life (a result), bus, peak compute, orbit-average
compute, and facility power (which only ground sites have). Every number may be an array of draws.
"""

from __future__ import annotations

from typing import Annotated, Literal

from dawndusk.core.records import record
from dawndusk.core.units import Unit
from dawndusk.physics.spacecraft.fin import Panel
from dawndusk.physics.spacecraft.loop import Loop
from dawndusk.physics.spacecraft.surroundings import Coating
from dawndusk.physics.spacecraft.thermal import ColdPlate
from dawndusk.physics.spacecraft.wing import Chain


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
    density: Annotated[float, Unit("kg/m3", 10.0, 5000.0)]  # as packed: what a shield must enclose
    gpu_power: Annotated[float, Unit("W/GPU", 1.0)]  # share of rack power of one GPU
    gpu_compute: Annotated[float, Unit("H100e/GPU", 0.0)]
    chip_failure: Annotated[float, Unit("1/s", 0.0, 3e-8)]  # permanent, never repaired


@record
class Bus:
    """Everything electrical that is no payload (avionics, links, thrusters, converters) but for the pumps."""

    power: Annotated[float, Unit("W", 0.0)]  # orbit average, also in shadow
    converter: Annotated[float, Unit("1", 0.5, 1.0)]  # from array or battery to the plugs
    mass: Annotated[float, Unit("kg", 0.0)]  # avionics, links and harness


@record
class Array:
    """Solar array: its maker's rating, and how cells of its kind warm up and age."""

    technology: Literal["silicon", "thin silicon", "III-V", "perovskite"]  # packing, optics and covers
    area: Annotated[float, Unit("m2", 0.0)]  # 0 = size it: the last orbit of the life still closes
    areal_power: Annotated[float, Unit("W/m2", 10.0, 1200.0)]  # rated: new, 28 degC, normal sunlight
    specific_power: Annotated[float, Unit("W/kg", 5.0, 2000.0)]  # rated, wing with its mechanisms
    coefficient: Annotated[float, Unit("1/K", -0.01, 0.0)]  # relative change of power with temperature
    ten_year_loss: Annotated[float, Unit("1", 0.0, 0.9)]  # to radiation alone, at 550 km and 97.6 deg
    other_loss: Annotated[float, Unit("1/s", 0.0, 3e-8)]  # ultraviolet, dirt, meteoroids, thermal cycles
    chain: Chain


@record
class Battery:
    """Battery, and what happens in shadow: carry all (``battery``) or switch compute off (``shed``)."""

    eclipse: Literal["battery", "shed"]
    chemistry: Literal["nickel", "iron", "titanate"]  # wear over cycles and years, charge and discharge rate
    specific_energy: Annotated[float, Unit("J/kg", 1e4, 5e6)]  # pack
    depth: Annotated[float, Unit("1", 0.05, 1.0)]  # of discharge, never more; wear may ask for less
    efficiency: Annotated[float, Unit("1", 0.5, 1.0)]  # energy out over energy in


@record
class Radiator:
    """Flat two-sided radiator, edge-on to Sun and Earth, with its coolant loops."""

    area: Annotated[float, Unit("m2", 0.0)]  # planform; 0 = size it: chips at their limits at peak
    mass: Annotated[float, Unit("kg/m2", 0.0)]  # per planform, with manifolds and booms
    loop: Annotated[float, Unit("kg/W", 0.0, 0.1)]  # coolant, pumps, valves per W of heat
    loops: int  # parallel ones with interleaved tubes; a pierced one is lost, the others go on
    coolant: Literal["ammonia", "water"]
    sun_error: Annotated[float, Unit("rad", 0.0, 1.5708)]  # off edge-on to the Sun
    array_view: Annotated[float, Unit("1", 0.0, 2.0)]  # of both faces together, to the hot wings


@record
class Body:
    """Structure, shielding, propulsion."""

    structure: Annotated[float, Unit("1", 0.0, 0.6)]  # share of dry mass
    margin: Annotated[float, Unit("1", 0.0, 0.35)]  # share of dry mass, kept for growth
    shielding: Annotated[float, Unit("kg", 0.0)]  # at least; more where the dose asks for it
    wall: Annotated[float, Unit("m", 0.0, 0.5)]  # of aluminium around the payload; 0 = from the dose
    housing: Annotated[float, Unit("m", 0.0, 0.05)]  # of aluminium that payload and structure are already
    dose_limit: Annotated[float, Unit("Gy", 0.1, 1e5)]  # that chips and memory stand
    dose_margin: Annotated[float, Unit("1", 1.0, 10.0)]  # on the dose of the life
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
    coolant_inlet: Annotated[float, Unit("K", 0.0)] = 0.0  # supply to the cold plates
    platform_price: Annotated[float, Unit("USD/W", 0.0)] = 0.0  # without compute, per W of average compute


@record
class Design:
    """One satellite design: what `physics.spacecraft.closure.close` needs."""

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
    plate: ColdPlate
    loop: Loop
    panel: Panel
    coating: Coating
    radiator: Radiator
    body: Body
    prices: Prices
    claim: Claim
