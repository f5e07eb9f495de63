"""One satellite closed from first-order physics: power, heat, mass, cost.

Closed forms only, so that one call serves one satellite or a million draws (sample axis last).
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from dawndusk.core.constants import STANDARD_GRAVITY
from dawndusk.core.records import Real, record
from dawndusk.physics.environment.earth import edge_view
from dawndusk.physics.spacecraft.array import rated_power, remaining_share
from dawndusk.physics.spacecraft.battery import capacity, charge_loss, charge_power
from dawndusk.physics.spacecraft.design import Design
from dawndusk.physics.spacecraft.radiator import absorbed_flux, net_flux, temperature_for

ROUNDING: Final = 1e-9  # a radiator sized for the limit sits on it to rounding


@record
class Power:
    """Powers, W. Array figures are ratings in normal sunlight at 1 au."""

    compute: Real  # orbit average over the year, as delivered to the chips
    run: Real  # while computing; differs from `compute` where compute is switched off in shadow
    peak: Real
    bus: Real
    array_bol: Real
    array_eol: Real
    charge: Real  # into the battery, in the sunlit part of the worst orbit
    heat: Real  # to reject in that part, all electrical power turned into heat on board
    heat_peak: Real  # the same at peak compute


@record
class Area:
    """Areas, m2: of the wings, and of the radiator's planform (both faces radiate)."""

    array: Real
    radiator: Real


@record
class Temperature:
    """Temperatures, K, at orbit-average run power; the last one at peak compute, held steadily."""

    radiator: Real
    coolant: Real
    junction: Real
    junction_peak: Real


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
    radiator_flux: Real  # W per m2 of planform at run power
    heat_limit: Real  # W that the radiator rejects with the junction at its limit
    gpus: Real
    compute: Real  # H100e delivered on orbit average by a new satellite
    closes: bool | NDArray[np.bool_]


def close(design: Design, *, sunlit_fraction: Real, longest_shadow: Real, period: Real) -> Budget:
    """Close the budgets of one design in one orbit.

    Parameters
    ----------
    design : Design
        Fields may be arrays of draws; they and the arguments broadcast.
    sunlit_fraction : Real
        Mean over the year, above 0 and at most 1: scales compute that is switched off in shadow.
    longest_shadow, period : Real
        Longest shadow of the year and length of an orbit, s: size battery and array.

    Notes
    -----
    Array and battery are sized for the worst orbit at end of life, at run power; a radiator without
    given area for the sunlit part of it at peak, held steadily. Dry mass is solved in closed form from
    structure, margin and tanks, which are shares of it (Wertz & Larson, *Space Mission Analysis and
    Design*, 3rd ed. (1999), ch. 10).
    Left out: harness growth with span, array heat seen by the radiator (up to 10 % of its emission),
    thermal storage, economies of size. Judge masses as +-25 % at given subsystem figures.
    """
    power, energy = _power(design, sunlit_fraction, longest_shadow, period)
    area, temperature, heat_limit = _heat(design, power)
    mass = _mass(design, power, area, energy)
    cost = _cost(design, power, area, energy, mass)
    chips = power.run / design.payload.gpu_power
    limit = design.radiator.junction_limit
    return Budget(
        power=power,
        area=area,
        temperature=temperature,
        mass=mass,
        cost=cost,
        battery_energy=energy,
        radiator_flux=power.heat / area.radiator,
        heat_limit=heat_limit,
        gpus=chips,
        compute=power.compute / design.payload.gpu_power * design.payload.gpu_compute,
        closes=(temperature.junction <= limit * (1 + ROUNDING)) & np.isfinite(mass.total),
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


def _power(design: Design, sunlit: Real, shadow: Real, period: Real) -> tuple[Power, Real]:
    bus, battery = design.bus, design.battery
    compute, run = running(design, sunlit)
    load = (run + bus.power) / bus.converter
    dark = load if battery.eclipse == "battery" else bus.power / bus.converter
    charge = charge_power(dark, shadow=shadow, period=period, efficiency=battery.efficiency)
    lost = charge_loss(charge, battery.efficiency)
    remaining = remaining_share(design.array.degradation, design.life)
    rated = rated_power(load + charge, remaining=remaining, pointing=design.array.pointing)
    power = Power(
        compute=compute,
        run=run,
        peak=design.payload.peak,
        bus=bus.power,
        array_bol=rated,
        array_eol=rated * remaining,
        charge=charge,
        heat=load + lost,
        heat_peak=load + lost + (design.payload.peak - run) / bus.converter,
    )
    return power, capacity(dark, shadow=shadow, depth=battery.depth, efficiency=battery.efficiency)


def _heat(design: Design, power: Power) -> tuple[Area, Temperature, Real]:
    panel = design.radiator
    optics = {"emissivity": panel.emissivity, "fin_efficiency": panel.fin_efficiency}
    absorbed = absorbed_flux(
        2 * edge_view(design.orbit.altitude),
        emissivity=panel.emissivity,
        absorptivity=panel.absorptivity,
        albedo_weight=panel.albedo_weight,
    )
    drop = panel.coolant_drop + panel.junction_drop
    best = np.maximum(net_flux(panel.junction_limit - drop, absorbed, **optics), 0.0)
    with np.errstate(divide="ignore"):  # no flux at the limit: an infinite radiator, which does not close
        sized = np.maximum(power.heat, power.heat_peak) / best
    planform = np.where(np.asarray(panel.area) > 0, panel.area, sized)[()]
    root, root_peak = (
        temperature_for(q / planform, absorbed, **optics) for q in (power.heat, power.heat_peak)
    )
    temperature = Temperature(
        radiator=root,
        coolant=root + panel.coolant_drop,
        junction=root + drop,
        junction_peak=root_peak + drop,
    )
    limit = best * np.where(np.isfinite(planform), planform, 0.0)[()]
    return Area(array=power.array_bol / design.array.areal_power, radiator=planform), temperature, limit


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


def _mass(design: Design, power: Power, area: Area, energy: Real) -> Mass:
    body = design.body
    parts = {
        "compute": design.payload.mass * power.run,
        "array": power.array_bol / design.array.specific_power,
        "battery": energy / design.battery.specific_energy,
        "radiator": _times(design.radiator.mass, area.radiator),
        "loop": design.radiator.loop * power.heat,
        "bus": design.bus.mass,
        "shielding": body.shielding,
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
