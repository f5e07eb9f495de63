"""Designs that nothing can close: which balance fails, by how much, and the nearest value that closes."""

from __future__ import annotations

import math

from dawndusk.core.constants import YEAR, ZERO_CELSIUS
from dawndusk.core.errors import problem
from dawndusk.physics.spacecraft.balances import cell_of, chemistry_of, taken_in
from dawndusk.physics.spacecraft.cells import require_possible
from dawndusk.physics.spacecraft.closure import Budget, propellant_share
from dawndusk.physics.spacecraft.conditions import Conditions
from dawndusk.physics.spacecraft.design import Design
from dawndusk.physics.spacecraft.eclipse_strategy import BusLoad
from dawndusk.physics.spacecraft.power_system import require_battery, require_recharge
from dawndusk.physics.spacecraft.shielding import checked_mass, checked_shield
from dawndusk.physics.spacecraft.surroundings import above_sink, sink_temperature
from dawndusk.physics.spacecraft.thermal import coolant_limit


def require_closable(design: Design, budget: Budget, place: Conditions) -> None:
    """Refuse a design (single numbers) with a balance that cannot be met, at any size of its parts.

    Parameters
    ----------
    design, budget, place : Design, Budget, Conditions
        As closed.

    Raises
    ------
    UserError
        Where cells give more than they take in, the radiator is colder than its sink, the given array never
        recharges the battery, the battery does not last, no wall holds the dose, the shield outweighs the
        satellite, or structure, margin and tanks leave nothing.
    """
    require_possible(cell_of(design))
    _radiator(design, budget, place)
    _energy(design, budget, place)
    body = design.body
    if not body.wall:
        checked_shield(place.dose, life=design.life, limit=body.dose_limit, margin=body.dose_margin)
    _shares(design)
    without = float(budget.mass.total) * (1 - float(budget.mass.shielding) / _parts(budget))
    checked_mass(
        float(budget.mass.shielding), design.claim.mass or without, thickness=float(budget.shield_wall)
    )


def _parts(budget: Budget) -> float:
    """Dry mass that structure, margin and tanks are sized for, kg."""
    mass = budget.mass
    return float(mass.dry - mass.structure - mass.margin)


def _radiator(design: Design, budget: Budget, place: Conditions) -> None:
    """A coolant that may not be warmer than the sink carries no heat away."""
    if math.isfinite(float(budget.area.radiator)):
        return
    taken, emissivity = taken_in(design, place, design.life)
    hottest = design.payload.gpu_power * max(float(design.payload.peak / budget.power.run), 1.0)
    outlet = float(coolant_limit(design.plate, hottest))
    coldest = outlet - (design.loop.rise if design.loop.kind == "single-phase" else 0.0)
    sink = float(sink_temperature(taken, emissivity))
    above_sink(coldest, sink, "plate.junction_limit, plate.hbm_limit: coolant that they allow")
    raise problem(  # above the sink, but not by enough for the film
        "plate.junction_limit",
        f"coolant at {coldest - ZERO_CELSIUS:.0f} degC beside a sink at {sink - ZERO_CELSIUS:.0f} degC",
        "heat balance: coolant warm enough to give off its heat",
        f"chips that allow {sink + 5 - ZERO_CELSIUS:.0f} degC or more",
    )


def _energy(design: Design, budget: Budget, place: Conditions) -> None:
    """The array, where it is given, and the battery's life."""
    bus, battery = design.bus, design.battery
    if float(budget.battery_depth) <= 0.0:
        cycles = float(place.calendar.orbits.sum()) * design.life / YEAR
        require_battery(chemistry_of(design), cycles=cycles, life=design.life, depth=0.0)
    if design.array.area:
        run = float(budget.power.run + budget.power.pump) / bus.converter
        require_recharge(
            array=float(budget.power.array_bus),
            demand=BusLoad(run=run, bus=bus.power / bus.converter),
            share=1.0 if battery.eclipse == "battery" else 0.0,
            longest=float(place.calendar.longest),
            period=float(place.calendar.period),
            efficiency=battery.efficiency,
        )


def _shares(design: Design) -> None:
    """Structure, margin and tanks, as shares of dry mass, must leave some for the rest."""
    body = design.body
    tanks = body.tank * float(propellant_share(design))
    taken = body.structure + body.margin + tanks
    if taken >= 1.0:
        raise problem(
            "body.structure, body.margin",
            f"structure {body.structure:.1%}, margin {body.margin:.1%} and tanks {tanks:.1%} of the dry mass",
            f"mass balance: together below 100 %, {taken - 1:.1%} less than this",
            f"structure of at most {max(0.9 - body.margin - tanks, 0.0):.0%}",
        )
