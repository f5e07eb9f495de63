"""Pumped coolant loop: flow, film, friction, pump power; parallel loops of which some may be pierced.

Coolants have constant properties (liquid near 40 degC): from 20 to 70 degC those of ammonia move by 10 %,
viscosity by 40 %, which changes film and friction by about as much.
"""

from __future__ import annotations

from math import comb
from typing import Annotated, Final, Literal

import numpy as np

from dawndusk.core.numbers import number
from dawndusk.core.records import Floats, Real, record
from dawndusk.core.units import Unit
from dawndusk.physics.spacecraft.fin import Panel

IMPACT_SPEED: Final = number("debris_impact_speed")  # m/s, of debris on a satellite in low orbit
BRINELL: Final = number("aluminium_hardness")  # hardness of aluminium 6061-T6
SOUND_SPEED: Final = number("aluminium_sound_speed")  # m/s, in aluminium


@record
class Coolant:
    """A liquid, and its vapour for loops where it boils."""

    density: Annotated[float, Unit("kg/m3", 100.0, 5000.0)]
    heat: Annotated[float, Unit("J/(kg*K)", 500.0, 10000.0)]
    viscosity: Annotated[float, Unit("kg/(m*s)", 1e-5, 1.0)]
    conductivity: Annotated[float, Unit("W/(m*K)", 0.01, 10.0)]
    freezing: Annotated[float, Unit("K", 1.0, 400.0)]
    latent: Annotated[float, Unit("J/kg", 1e4, 5e6)]
    vapour_density: Annotated[float, Unit("kg/m3", 1e-3, 500.0)]


# Saturated at 40 degC, from memory of the NIST WebBook's table for ammonia; to be trusted within 3 %.
AMMONIA: Final = Coolant(
    density=579.0,
    heat=4930.0,
    viscosity=1.14e-4,
    conductivity=0.443,
    freezing=195.5,
    latent=1.099e6,
    vapour_density=12.0,
)
# At 45 degC, from memory of IAPWS tables; within 1 %.
WATER: Final = Coolant(
    density=990.0,
    heat=4180.0,
    viscosity=5.96e-4,
    conductivity=0.637,
    freezing=273.15,
    latent=2.394e6,
    vapour_density=0.065,
)


@record
class Loop:
    """How a loop is run. `rise` counts in a single-phase loop, `quality` and `boiling` in a two-phase one."""

    kind: Literal["single-phase", "two-phase"]
    rise: Annotated[float, Unit("K", 0.5, 80.0)]  # of the coolant across the cold plates
    velocity: Annotated[float, Unit("m/s", 0.01, 10.0)]  # in the panel's tubes, as liquid
    pressure: Annotated[float, Unit("J/m3", 0.0, 5e6)]  # lost in cold plates, lines and valves: Pa
    pump: Annotated[float, Unit("1", 0.02, 0.9)]  # hydraulic over electrical power
    quality: Annotated[float, Unit("1", 0.01, 1.0)]  # share of the flow that boils
    boiling: Annotated[float, Unit("W/(m2*K)", 100.0, 1e5)]  # film where vapour condenses in the tubes


@record
class Pumped:
    """A loop at work."""

    flow: Real  # kg/s
    rise: Real  # K, return less supply
    film: Real  # W/(m2 K), coolant to root, per planform of the panel
    pressure: Real  # Pa, all around the loop
    power: Real  # W, electrical


def reynolds(coolant: Coolant, velocity: Real, bore: Real) -> Real:
    """Reynolds number of the flow in a tube."""
    return coolant.density * velocity * bore / coolant.viscosity


def friction(number: Real) -> Real:
    """Darcy's friction factor of a smooth tube, at any Reynolds number above 0.

    Parameters
    ----------
    number : Real
        `reynolds`.

    Notes
    -----
    64/Re up to where Blasius's 0.3164 Re^-0.25 (1913) is larger (Re 1,190), that one above: within 4 % of
    the law of Kármán and Prandtl from 4,000 to 100,000, up to 65 % high between 1,200 and 2,300, where tubes
    may still run laminar.
    """
    return np.maximum(64.0 / number, 0.3164 / np.sqrt(np.sqrt(number)))


def nusselt(number: Real, prandtl: Real) -> Real:
    """Nusselt number in a long tube with even heat flux.

    Parameters
    ----------
    number : Real
        `reynolds`.
    prandtl : Real
        Of the coolant, 0.5 to 2000.

    Notes
    -----
    The larger of laminar 4.36 (48/11) and Gnielinski (1976), Int. Chem. Eng. 16, 359, with
    Petukhov's friction factor: 10 % from Re 4,000 to 5e6; a factor of two in the transition below.
    """
    speed = np.log(np.maximum(number, 1000.0))
    eighth = 0.125 / (0.79 * speed - 1.64) ** 2
    root = np.sqrt(eighth)
    turbulent = eighth * (number - 1000.0) * prandtl / (1 + 12.7 * root * (np.cbrt(prandtl) ** 2 - 1))
    return np.asarray(np.maximum(48.0 / 11.0, turbulent))


def film_conductance(loop: Loop, coolant: Coolant, panel: Panel) -> Real:
    """Heat from coolant to fin root per kelvin, W/(m2 K) of planform: film and tube wall in series."""
    if loop.kind == "two-phase":
        film: Real = loop.boiling
    else:
        prandtl = coolant.heat * coolant.viscosity / coolant.conductivity
        number = reynolds(coolant, loop.velocity, panel.bore)
        film = nusselt(number, prandtl) * coolant.conductivity / panel.bore
    return np.pi * panel.bore / panel.pitch / (1 / film + 1 / panel.bond)


def flow_per_heat(loop: Loop, coolant: Coolant) -> Real:
    """Coolant that one watt asks for, kg/s/W."""
    if loop.kind == "two-phase":
        return 1 / (coolant.latent * loop.quality)
    return 1 / (coolant.heat * loop.rise)


def pump_share(loop: Loop, coolant: Coolant, panel: Panel, flux: Real) -> Real:
    """Electrical pump power over heat carried.

    Parameters
    ----------
    loop, coolant, panel : Loop, Coolant, Panel
        How the loop is run, with what, through which tubes.
    flux : Real
        Heat per planform of the panel, W/m2: with velocity and pitch it gives the length of a tube.

    Notes
    -----
    Tubes in parallel, one pass each; their number follows from flow and velocity. Friction in the tubes by
    Darcy and Weisbach; in a two-phase loop times the homogeneous multiplier at half the quality (within a
    factor of two). All else is `loop.pressure`. All of the pump's power ends up as heat in the loop.
    """
    return (
        loop_pressure(loop, coolant, panel, flux)
        * flow_per_heat(loop, coolant)
        / (coolant.density * loop.pump)
    )


def tube_length(loop: Loop, coolant: Coolant, panel: Panel, flux: Real) -> Real:
    """Length of one tube of the panel, m: heat that its flow carries, over what a metre of it rejects."""
    each = coolant.density * loop.velocity * 0.25 * np.pi * panel.bore**2
    return each / (flow_per_heat(loop, coolant) * flux * panel.pitch)


def loop_pressure(loop: Loop, coolant: Coolant, panel: Panel, flux: Real) -> Real:
    """Pressure lost around the loop, Pa; parameters as in `pump_share`."""
    dynamic = 0.5 * coolant.density * loop.velocity**2
    factor = friction(reynolds(coolant, loop.velocity, panel.bore))
    lost = factor * tube_length(loop, coolant, panel, flux) / panel.bore * dynamic
    if loop.kind == "two-phase":
        lost = lost * (1 + 0.5 * loop.quality * (coolant.density / coolant.vapour_density - 1))
    return loop.pressure + lost


def pumped(
    loop: Loop, coolant: Coolant, panel: Panel, *, heat: Real, area: Real, film: Real | None = None
) -> Pumped:
    """A loop that takes `heat` (W, without its own pump's) to a panel of `area` (m2).

    Give `film_conductance` as `film` where it is known.

    Notes
    -----
    The pump's heat is carried by the same flow: heat / (1 - share). The tubes' length is taken at the heat
    without it, which changes the pump's power by less than the share itself.
    """
    flux = heat / area
    share = pump_share(loop, coolant, panel, flux)
    carried = heat / (1 - share)
    return Pumped(
        flow=carried * flow_per_heat(loop, coolant),
        rise=loop.rise if loop.kind == "single-phase" else 0.0,
        film=film_conductance(loop, coolant, panel) if film is None else film,
        pressure=loop_pressure(loop, coolant, panel, flux),
        power=share * carried,
    )


def piercing_diameter(wall: Real, speed: Real = IMPACT_SPEED) -> Real:
    """Diameter of the smallest aluminium grain that goes through a wall of aluminium, m.

    Parameters
    ----------
    wall : Real
        m, positive.
    speed : Real
        Of the impact, m/s, 5 to 20 km/s.

    Notes
    -----
    Cour-Palais (1987), Int. J. Impact Eng. 5, 221, doi:10.1016/0734-743X(87)90040-6: crater depth
    5.24 d^(19/18) BH^-1/4 (v/c)^2/3 in cm for equal densities; a wall thinner than 1.8 depths lets
    through. At 10 km/s 4.0 diameters of a grain of 0.4 mm, 4.7 of one
    of 1 cm. Normal impact; slanting ones and armour off the wall stop more.
    """
    reach = 5.24 * BRINELL**-0.25 * (speed / SOUND_SPEED) ** (2 / 3)
    return 1e-2 * np.asarray((1e2 * wall / (1.8 * reach)) ** (18 / 19))


def tube_share(panel: Panel) -> Real:
    """Share of the planform where a hit meets a tube's bore, 0 to 1: for `environment.flux.punctures`."""
    return np.asarray(np.minimum(panel.bore / panel.pitch, 1.0))


def loops_alive(rate: Real, age: Real, loops: int) -> Floats:
    """Chance that 0, 1, ... `loops` parallel loops still hold coolant; shape (loops + 1, ...).

    Parameters
    ----------
    rate : Real
        At which one loop is lost, 1/s: punctures of its own tubes and failures of its pumps.
    age : Real
        s, not negative.
    loops : int
        At least 1.

    Notes
    -----
    Loops fail one by one and independently (binomial); a break-up that pierces several is not in it. A
    pierced loop is isolated and lost for good.
    """
    alive = np.exp(-np.asarray(rate, dtype=np.float64) * age)
    return np.stack([comb(loops, k) * alive**k * (1 - alive) ** (loops - k) for k in range(loops + 1)])


def enough_alive(rate: Real, age: Real, *, loops: int, needed: int) -> Floats:
    """Chance that at least `needed` of `loops` parallel loops still hold coolant (`loops_alive`)."""
    return np.asarray(loops_alive(rate, age, loops)[needed:].sum(axis=0))
