"""A solar wing in sunlight: its temperature, what it gives when hot, and what reaches the bus."""

from __future__ import annotations

from typing import Annotated, Final

import numpy as np

from dawndusk.core.constants import EARTH_ALBEDO, EARTH_INFRARED, SOLAR_CONSTANT, STEFAN_BOLTZMANN
from dawndusk.core.records import Real, record
from dawndusk.core.units import Unit
from dawndusk.physics.environment.earth import earth_view
from dawndusk.physics.spacecraft.cells import RATED_TEMPERATURE, Cell, rated_areal_power

STEPS: Final = 4  # of Newton's method: 20 uK after the third, rounding after the fourth


@record
class Sky:
    """What the two faces of a wing see; single numbers or arrays."""

    front_view: Annotated[float, Unit("1", 0.0, 1.0)]  # view factor of the sunny face to the Earth
    back_view: Annotated[float, Unit("1", 0.0, 1.0)]
    cosine: Annotated[float, Unit("1", 0.0, 1.0)] = 1.0  # of incidence; physics.light.incidence gives it
    sunlight: Annotated[float, Unit("W/m2", 0.0, 1500.0)] = SOLAR_CONSTANT
    albedo_weight: Annotated[float, Unit("1", 0.0, 1.0)] = 0.1  # see physics.spacecraft.radiator


@record
class Chain:
    """Losses between cells and bus, each as a share kept, and the pointing error."""

    wiring: Annotated[float, Unit("1", 0.5, 1.0)] = 0.97  # blocking diodes and cables; guess 0.94-0.98
    mismatch: Annotated[float, Unit("1", 0.5, 1.0)] = 0.98  # cells of a string, dead strings; 0.95-0.99
    regulator: Annotated[float, Unit("1", 0.5, 1.0)] = 0.97  # power tracker or shunt; guess 0.94-0.985
    pointing: Annotated[float, Unit("rad", 0.0, 1.5)] = 0.03  # 1.7 deg; guess 0.01-0.09


def wing_sky(altitude: Real, beta: Real, argument: Real, *, albedo_weight: Real = 0.1) -> Sky:
    """The sky of a wing that faces the Sun.

    Parameters
    ----------
    altitude : Real
        m.
    beta : Real
        Angle of the Sun above the orbit's plane, rad.
    argument : Real
        Angle along the orbit from its point nearest to the Sun, rad.
    albedo_weight : Real
        As in `physics.environment.flux.albedo_weight`.

    Notes
    -----
    The sunny face's normal stands at arccos(-cos(beta) cos(argument)) from nadir; exact view factors of a
    plate to a sphere. Over the terminator both faces see the Earth edge-on (0.26 each at 550 km).
    """
    tilt = np.arccos(np.clip(-np.cos(beta) * np.cos(argument), -1.0, 1.0))
    return Sky(
        front_view=earth_view(altitude, tilt),  # type: ignore[arg-type]
        back_view=earth_view(altitude, np.pi - tilt),  # type: ignore[arg-type]
        albedo_weight=albedo_weight,  # type: ignore[arg-type]
    )


def wing_temperature(found: Cell, sky: Sky, *, remaining: Real = 1.0, drawn: Real = 1.0) -> Real:
    """Steady temperature of a thin wing (K), both faces alike, with the power it gives taken off.

    Parameters
    ----------
    found : Cell
        Technology.
    sky : Sky
        What it sees.
    remaining : Real
        Share of its rated power left with age.
    drawn : Real
        Share of its power that is taken; 0 for a wing switched off, which is 5-20 K hotter.

    Notes
    -----
    a T^4 + b T = c per area: emission of both faces; the power P (1 + g (T - 301 K)) leaves as
    electricity; c is sunlight, albedo and Earth's infrared absorbed. b = P g is negative, so the root lies
    above (c / a)^(1/4) and Newton's steps end in rounding. Gilmore (ed.), *Spacecraft Thermal Control
    Handbook*, 2nd ed. (2002), ch. 2. Left out: heat from the body, warm radiators in view, and the few
    kelvin between the faces; a blanket settles within 10 min of leaving the shadow. Within 8 K.
    """
    power = rated_areal_power(found) * (sky.sunlight / SOLAR_CONSTANT) * sky.cosine * remaining * drawn
    views = sky.front_view + np.asarray(sky.back_view)
    albedo = found.absorptivity * EARTH_ALBEDO * sky.albedo_weight * sky.sunlight * views
    infrared = EARTH_INFRARED * (found.emissivity * sky.front_view + found.back_emissivity * sky.back_view)
    absorbed = found.absorptivity * sky.sunlight * sky.cosine + albedo + infrared
    slope = power * found.coefficient
    constant = absorbed - power + slope * RATED_TEMPERATURE
    emitted = STEFAN_BOLTZMANN * (found.emissivity + np.asarray(found.back_emissivity))
    kelvin = np.sqrt(np.sqrt(np.maximum(constant, 1e-9) / emitted))
    for _ in range(STEPS):
        cube = emitted * kelvin * kelvin * kelvin
        kelvin = kelvin - (cube * kelvin + slope * kelvin - constant) / (4.0 * cube + slope)
    return np.asarray(kelvin)[()]


def hot_share(found: Cell, temperature: Real) -> Real:
    """Power at a temperature (K) over that at 28 degC, linear and not below 0: a cold wing gives more."""
    return np.maximum(1.0 + found.coefficient * (np.asarray(temperature) - RATED_TEMPERATURE), 0.0)[()]


def chain_share(chain: Chain) -> Real:
    """Share of the cells' power that reaches the bus: wiring, mismatch, regulator, cosine of the error."""
    kept: Real = chain.wiring * chain.mismatch * chain.regulator * np.cos(chain.pointing)
    return kept


def bus_areal_power(found: Cell, sky: Sky, chain: Chain, *, remaining: Real = 1.0) -> Real:
    """Power on the bus per area of wing (W/m2), hot, aged and after all losses.

    Parameters
    ----------
    found, sky, chain
        Technology, what the wing sees, and losses; fields may be arrays of draws.
    remaining : Real
        Share of the rated power left with age (`cell_damage.array_share`).

    Notes
    -----
    Rated power x sunlight over 1361 W/m2 x cosine x hot share x remaining x chain. Temperature drops by a
    few kelvin less power with age; that is in it. The size of one error: 10 K are 2-4 %.
    """
    warm = wing_temperature(found, sky, remaining=remaining)
    return hot_areal_power(found, sky, chain, warm, remaining=remaining)


def hot_areal_power(found: Cell, sky: Sky, chain: Chain, temperature: Real, *, remaining: Real = 1.0) -> Real:
    """As `bus_areal_power`, of a wing whose temperature (K) is known."""
    light = rated_areal_power(found) * (sky.sunlight / SOLAR_CONSTANT) * sky.cosine
    return light * hot_share(found, temperature) * remaining * chain_share(chain)
