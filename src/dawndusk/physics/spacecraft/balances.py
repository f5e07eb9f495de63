"""Heat, power and shield of one satellite in one orbit, all at the end of its life, for `satellite.close`.

The parts are elsewhere (`thermal`, `surroundings`, `power_system`, `shielding`); here a `Design` meets them.
"""

from __future__ import annotations

from typing import Any, Final

import numpy as np

from dawndusk.core.constants import SOLAR_CONSTANT
from dawndusk.core.numbers import number
from dawndusk.core.records import Real, record, replace
from dawndusk.physics.spacecraft.battery_life import Chemistry, charge_loss, charge_power, chemistry
from dawndusk.physics.spacecraft.cells import Cell, cell
from dawndusk.physics.spacecraft.conditions import Conditions
from dawndusk.physics.spacecraft.design import Design
from dawndusk.physics.spacecraft.loop import AMMONIA, WATER, Coolant
from dawndusk.physics.spacecraft.power_system import Load, PowerSystem, size_power
from dawndusk.physics.spacecraft.shielding import box_mass, thinnest_shield
from dawndusk.physics.spacecraft.surroundings import (
    EDGE_ON,
    Surroundings,
    absorbed,
    absorptivity_at,
    emissivity_at,
)
from dawndusk.physics.spacecraft.thermal import Steady, ThermalNetwork, power_limit, settled, sized

LEAST_FLUX: Final = 1.0  # W/m2; a radiator larger than this asks for is not used any better
WARM_WING: Final = number("wing_temperature_seen")  # K of the array that the radiator sees
_COOLANTS: Final = {"ammonia": AMMONIA, "water": WATER}


@record
class Cooled:
    """A radiator and all it cools, in steady sunlight at the end of life.

    Parameters
    ----------
    area : Real
        Planform (m2); infinite where none is large enough.
    run, peak : Steady
        At power while running, and at peak held steadily.
    held : Real
        Power of all chips (W) with the hottest at its limit; up to the peak where the radiator is sized.
    limit : Real
        Heat that the radiator rejects then, W.
    """

    area: Real
    run: Steady
    peak: Steady
    held: Real
    limit: Real


def coolant_of(design: Design) -> Coolant:
    """The liquid in the loops."""
    return _COOLANTS[design.radiator.coolant]


def network_of(design: Design) -> ThermalNetwork:
    """Chips, coolant, loop and panel of a design as one thermal network."""
    return ThermalNetwork(
        plate=design.plate, coolant=coolant_of(design), loop=design.loop, panel=design.panel
    )


def cell_of(design: Design) -> Cell:
    """The design's cells: rating, ageing and warming as it says, all else as usual for the technology."""
    array = design.array
    usual = cell(array.technology)
    return replace(
        usual,
        efficiency=array.areal_power / (usual.packing * SOLAR_CONSTANT),
        coefficient=array.coefficient,
        ten_year_loss=array.ten_year_loss,
        other_loss=array.other_loss,
    )


def chemistry_of(design: Design) -> Chemistry:
    """The design's battery cells: specific energy and efficiency as it says, the rest as usual."""
    battery = design.battery
    return replace(
        chemistry(battery.chemistry),
        specific_energy=battery.specific_energy,
        efficiency=battery.efficiency,
    )


def taken_in(design: Design, conditions: Conditions, age: Real) -> tuple[Real, Real]:
    """Heat that the radiator absorbs (W/m2) and its emissivity, with coatings of an age (s)."""
    radiator, coating = design.radiator, design.coating
    emissivity = emissivity_at(coating, age)
    where = Surroundings(
        altitude=conditions.altitude,  # type: ignore[arg-type]
        albedo_weight=conditions.albedo_weight,  # type: ignore[arg-type]
        tilt=EDGE_ON,
        sun_error=radiator.sun_error,
        array_view=radiator.array_view,
        array_temperature=WARM_WING,
        array_emissivity=cell(design.array.technology).back_emissivity,
    )
    return absorbed(where, emissivity=emissivity, absorptivity=absorptivity_at(coating, age)), emissivity


def own_heat(design: Design, conditions: Conditions, run: Real) -> Real:
    """Heat on the loops besides the chips' own, W: bus, converters' loss on it, battery while charged.

    Notes
    -----
    The pump's heat comes on top in the network; what converters and battery lose for the pump alone (2e-4 of
    the heat) is left out here.
    """
    bus, battery, calendar = design.bus, design.battery, conditions.calendar
    dark = (bus.power + (run if battery.eclipse == "battery" else 0.0)) / bus.converter
    charge = charge_power(
        dark, shadow=calendar.longest, period=calendar.period, efficiency=battery.efficiency
    )
    return bus.power / bus.converter + charge_loss(charge, battery.efficiency)


def cooled(design: Design, conditions: Conditions, run: Real) -> Cooled:
    """Radiator, temperatures and derating.

    Parameters
    ----------
    design : Design
        Fields may be arrays of draws.
    conditions : Conditions
        Its orbit.
    run : Real
        Compute while running, W; chips are installed for it.
    """
    network, payload = network_of(design), design.payload
    taken, emissivity = taken_in(design, conditions, design.life)
    place: dict[str, Any] = {"taken": taken, "emissivity": emissivity}
    other, loss = own_heat(design, conditions, run), 1 / design.bus.converter
    chips = run / payload.gpu_power
    given = np.asarray(design.radiator.area) > 0
    area: Real = design.radiator.area
    if not given.all():
        most = np.maximum(payload.peak, run)
        best = sized(network, chip_power=most / chips, heat=other + most * loss, **place)
        area = np.where(given, area, best.area)[()]
    heats = [other + power * loss for power in (run, payload.peak)]
    used = [np.minimum(area, heat / LEAST_FLUX) for heat in heats]
    steady = settled(network, chip_power=payload.gpu_power, heat=heats[0], area=used[0], **place)
    hot = settled(network, chip_power=payload.peak / chips, heat=heats[1], area=used[1], near=steady, **place)
    held: Real = payload.peak
    limit: Real = hot.heat
    if given.any():
        flow = steady.loop.flow * network.coolant.heat
        idle = other + steady.loop.power
        each = power_limit(
            network,
            chips=chips,
            other=idle,
            loss=loss,
            area=np.where(given, area, 1.0)[()],
            capacity=flow if design.loop.kind == "single-phase" else np.inf,
            near=(steady, hot),
            **place,
        )
        held = np.where(given, each * chips, held)[()]
        limit = np.where(given, idle + held * loss, limit)[()]
    return Cooled(area=area, run=steady, peak=hot, held=held, limit=limit)


def powered(design: Design, conditions: Conditions, run: Real, pump: Real) -> PowerSystem:
    """Array and battery that carry compute while running, bus and pump (W) to the end of the life."""
    load = Load(
        compute=run,  # type: ignore[arg-type]
        bus=design.bus.power,
        pump=pump,  # type: ignore[arg-type]
        converter=design.bus.converter,
    )
    return size_power(
        load,
        share=1.0 if design.battery.eclipse == "battery" else 0.0,
        calendar=conditions.calendar,
        cell=cell_of(design),
        sky=conditions.sky,
        chain=design.array.chain,
        damage=conditions.damage,
        battery=chemistry_of(design),
        life=design.life,
        deepest=design.battery.depth,
    )


def shield_wall(design: Design, conditions: Conditions) -> Real:
    """Aluminium around the payload, m: given, or what the dose of the life asks for beyond its housing.

    Notes
    -----
    Infinite where 20 mm do not hold the dose (`shielding.thinnest_shield`).
    """
    body = design.body
    given = np.asarray(body.wall) > 0
    if given.all():
        return body.wall
    needed = thinnest_shield(
        conditions.dose, life=design.life, limit=body.dose_limit, margin=body.dose_margin
    )
    return np.where(given, body.wall, np.maximum(needed - body.housing, 0.0))[()]


def shield_mass(design: Design, payload: Real, wall: Real) -> Real:
    """Mass of a cube of that wall (m) around a payload of that mass (kg); at least the design's own, kg."""
    side = np.cbrt(payload / design.payload.density)
    held = np.isfinite(wall)
    box = box_mass(side, side, side, np.where(held, wall, 0.0)[()])
    return np.where(held, np.maximum(box, design.body.shielding), np.inf)[()]
