"""One satellite closed from physics: power, heat, shield, mass, cost.

Closed forms only, so that one call serves one satellite or a million draws (sample axis last).
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from dawndusk.core.constants import STANDARD_GRAVITY
from dawndusk.core.records import Real, record
from dawndusk.physics.spacecraft.balances import Cooled, coolant_of, cooled, powered, shield_mass, shield_wall
from dawndusk.physics.spacecraft.battery_life import charge_loss
from dawndusk.physics.spacecraft.conditions import Conditions
from dawndusk.physics.spacecraft.design import Design
from dawndusk.physics.spacecraft.fin import areal_mass
from dawndusk.physics.spacecraft.power_system import PowerSystem

ROUNDING: Final = 1e-9  # a radiator sized for the limit sits on it to rounding


@record
class Power:
    """Powers, W. Array figures are ratings in normal sunlight at 1 au."""

    compute: Real  # orbit average over the year, as delivered to the chips
    run: Real  # while computing; differs from `compute` where compute is switched off in shadow
    peak: Real
    bus: Real
    pump: Real  # of the coolant loops, at run power
    array_bol: Real
    array_eol: Real
    array_bus: Real  # on the bus at end of life, in sunlight at aphelion, hot and after all losses
    charge: Real  # into the battery, in the sunlit part of the worst orbit
    heat: Real  # to reject in that part, all electrical power turned into heat on board
    heat_peak: Real  # the same at peak compute
    held: Real  # compute that the radiator can hold for long with the hottest chip at its limit, end of life


@record
class Area:
    """Areas, m2: of the wings, and of the radiator's planform (both faces radiate)."""

    array: Real
    radiator: Real


@record
class Temperature:
    """Temperatures, K, at end of life and run power; those with `peak` at peak compute, held steadily."""

    radiator: Real  # fin roots, mean over the panel
    supply: Real  # coolant to the cold plates
    coolant: Real  # mean
    outlet: Real  # where it leaves the last, hottest chip
    junction: Real  # of that chip
    hbm: Real  # of its hottest memory
    junction_peak: Real
    hbm_peak: Real
    array: Real  # wing in sunlight


@record
class Mass:
    """Masses, kg; `total` is what is launched."""

    compute: Real
    array: Real
    battery: Real
    radiator: Real
    loop: Real
    bus: Real
    shielding: Real
    propulsion: Real
    structure: Real
    margin: Real
    dry: Real
    propellant: Real
    total: Real


@record
class Cost:
    """Costs, USD, without launch; `platform` is all but compute."""

    compute: Real
    array: Real
    battery: Real
    radiator: Real
    body: Real
    propellant: Real
    assembly: Real
    platform: Real
    total: Real


@record
class Budget:
    """A closed satellite. `closes` is False where no such satellite can work as designed."""

    power: Power
    area: Area
    temperature: Temperature
    mass: Mass
    cost: Cost
    battery_energy: Real  # nameplate, J
    battery_depth: Real  # of discharge in the longest shadow
    array_needed: Real  # m2; its area, unless that is given
    array_remaining: Real  # share of the rating left at end of life
    radiator_flux: Real  # W per m2 of planform at run power
    fin_efficiency: Real  # of the whole panel
    heat_limit: Real  # W that the radiator rejects with the hottest chip at its limit
    shield_wall: Real  # aluminium around the payload, m
    gpus: Real
    compute: Real  # H100e delivered on orbit average by a new satellite
    closes: bool | NDArray[np.bool_]


def close(design: Design, conditions: Conditions) -> Budget:
    """Close the budgets of one design in one orbit.

    Parameters
    ----------
    design : Design
        Fields may be arrays of draws; they broadcast with those of the conditions.
    conditions : Conditions
        Of its orbit, from `conditions.conditions`; its `orbit` is not looked at.

    Notes
    -----
    All at end of life: array and battery are sized for the worst orbit at run power, a radiator without
    given area for the sunlit part of it at peak, held steadily, with old coatings; the shield for the dose of
    the life. Dry mass is solved in closed form from structure, margin and tanks, which are shares of it
    (Wertz & Larson, *Space Mission Analysis and Design*, 3rd ed. (1999), ch. 10).
    Left out: harness growth with span, thermal storage (`transient`), economies of size. Judge masses as
    +-25 % at given subsystem figures.
    """
    compute, run = running(design, conditions.sunlit_fraction)
    heat = cooled(design, conditions, run)
    system = powered(design, conditions, run, heat.run.loop.power)
    area = Area(array=_array_area(design, system), radiator=heat.area)
    power = _power(design, compute, run, heat, system, area)
    wall = shield_wall(design, conditions)
    mass = _mass(design, power, area, system.battery_energy, wall)
    plate = design.plate
    cool = (heat.run.junction <= plate.junction_limit * (1 + ROUNDING)) & (
        heat.run.hbm <= plate.hbm_limit * (1 + ROUNDING)
    )
    fed = area.array * (1 + ROUNDING) >= system.array_area
    return Budget(
        power=power,
        area=area,
        temperature=_temperature(heat, system),
        mass=mass,
        cost=_cost(design, power, area, system.battery_energy, mass),
        battery_energy=system.battery_energy,
        battery_depth=system.depth,
        array_needed=system.array_area,
        array_remaining=system.remaining,
        radiator_flux=power.heat / area.radiator,
        fin_efficiency=heat.run.efficiency,
        heat_limit=heat.limit,
        shield_wall=wall,
        gpus=run / design.payload.gpu_power,
        compute=compute / design.payload.gpu_power * design.payload.gpu_compute,
        closes=cool & fed & np.isfinite(mass.total),
    )


def running(design: Design, sunlit_fraction: Real) -> tuple[Real, Real]:
    """Orbit-average compute, W, and power while running, W.

    With a battery compute runs all the time at the average. When it is switched off in shadow it runs
    harder in sunlight, at most at its peak: where shadows are long the average then falls below the
    wanted one (peak times sunlit fraction).
    """
    wanted, peak = design.payload.average, design.payload.peak
    if design.battery.eclipse == "battery":
        return wanted, wanted
    run = np.minimum(wanted / sunlit_fraction, peak)
    return run * sunlit_fraction, run


def _array_area(design: Design, system: PowerSystem) -> Real:
    """Given, or as large as it must be, m2."""
    given = design.array.area
    return np.where(np.asarray(given) > 0, given, system.array_area)[()]


def _power(design: Design, compute: Real, run: Real, heat: Cooled, system: PowerSystem, area: Area) -> Power:
    bus, peak, pump = design.bus, design.payload.peak, heat.run.loop.power
    load = (run + bus.power + pump) / bus.converter
    rejected = load + charge_loss(system.charge, design.battery.efficiency)
    more = (peak - run + heat.peak.loop.power - pump) / bus.converter
    rated = _times(design.array.areal_power, area.array)
    with np.errstate(invalid="ignore"):
        share = np.where(np.isfinite(area.array), area.array / system.array_area, 1.0)[()]
    return Power(
        compute=compute,
        run=run,
        peak=peak,
        bus=bus.power,
        pump=pump,
        array_bol=rated,
        array_eol=_times(system.remaining, rated),
        array_bus=system.array_eol * share,
        charge=system.charge,
        heat=rejected,
        heat_peak=rejected + more,
        held=np.minimum(heat.held, peak),
    )


def _temperature(heat: Cooled, system: PowerSystem) -> Temperature:
    steady = heat.run
    return Temperature(
        radiator=steady.root,
        supply=steady.supply,
        coolant=0.5 * (steady.supply + steady.outlet),
        outlet=steady.outlet,
        junction=steady.junction,
        hbm=steady.hbm,
        junction_peak=heat.peak.junction,
        hbm_peak=heat.peak.hbm,
        array=system.temperature,
    )


def _times(rate: Real, amount: Real) -> Real:
    """Their product, where nothing of an infinite amount is nothing (and not NaN)."""
    if np.isfinite(amount).all():
        return rate * amount
    with np.errstate(invalid="ignore"):
        return np.where(np.asarray(rate) > 0, rate * amount, 0.0)[()]


def propellant_share(design: Design) -> Real:
    """Propellant per dry mass: rocket equation over drag, control and disposal (Tsiolkovsky 1903)."""
    body = design.body
    delta_v = body.station_keeping * design.life + body.disposal
    share: Real = np.expm1(delta_v / (STANDARD_GRAVITY * body.specific_impulse))
    return share


def panel_mass(design: Design) -> Real:
    """Radiator with manifolds and booms, kg per planform m2: as given, at least fins, tubes and coolant."""
    return np.maximum(
        design.radiator.mass, areal_mass(design.panel, coolant_density=coolant_of(design).density)
    )


def _mass(design: Design, power: Power, area: Area, energy: Real, wall: Real) -> Mass:
    body, payload = design.body, design.payload.mass * power.run
    parts = {
        "compute": payload,
        "array": power.array_bol / design.array.specific_power,
        "battery": energy / design.battery.specific_energy,
        "radiator": _times(panel_mass(design), area.radiator),
        "loop": design.radiator.loop * power.heat,
        "bus": design.bus.mass,
        "shielding": shield_mass(design, payload, wall),
    }
    share = propellant_share(design)
    left = 1 - body.structure - body.margin - body.tank * share
    fixed: Real = sum(parts.values()) + body.propulsion
    dry = np.where(left > 0, fixed / np.where(left > 0, left, 1.0), np.inf)[()]
    return Mass(
        **parts,
        propulsion=body.propulsion + _times(body.tank * share, dry),
        structure=_times(body.structure, dry),
        margin=_times(body.margin, dry),
        dry=dry,
        propellant=_times(share, dry),
        total=dry * (1 + share),
    )


def _cost(design: Design, power: Power, area: Area, energy: Real, mass: Mass) -> Cost:
    price = design.prices
    body = mass.structure + mass.bus + mass.loop + mass.shielding + mass.propulsion
    platform = {
        "array": price.array * power.array_bol,
        "battery": price.battery * energy,
        "radiator": _times(price.radiator, area.radiator),
        "body": _times(price.body, body),
        "propellant": _times(price.propellant, mass.propellant),
        "assembly": price.assembly * power.compute,
    }
    compute = price.compute * power.run
    total: Real = sum(platform.values())
    return Cost(**platform, compute=compute, platform=total, total=total + compute)
