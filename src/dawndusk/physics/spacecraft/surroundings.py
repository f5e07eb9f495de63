"""What a radiator takes in: Earth's infrared and albedo, stray sunlight, hot array, on ageing coatings."""

from __future__ import annotations

from typing import Annotated, Final

import numpy as np

from dawndusk.core.constants import EARTH_ALBEDO, EARTH_INFRARED, STEFAN_BOLTZMANN
from dawndusk.core.errors import problem
from dawndusk.core.records import Real, record
from dawndusk.core.units import Unit
from dawndusk.physics.environment.earth import earth_view, edge_view
from dawndusk.physics.spacecraft.radiator import absorbed_flux

EDGE_ON: Final = np.pi / 2  # rad, tilt of a panel that stands edge-on to the Earth


@record
class Coating:
    """Optical properties of a radiator's coating, new and old."""

    absorptivity: Annotated[float, Unit("1", 0.0, 1.0)]  # of sunlight, new
    darkened: Annotated[float, Unit("1", 0.0, 1.0)]  # of sunlight, after long exposure
    darkening: Annotated[float, Unit("s", 1e5)]  # time in which 63 % of that is reached
    emissivity: Annotated[float, Unit("1", 0.05, 1.0)]  # in the thermal infrared, new
    erosion: Annotated[float, Unit("1/s", 0.0, 1e-8)]  # emissivity lost per time


@record
class Surroundings:
    """Where a flat panel of two alike faces stands."""

    altitude: Annotated[float, Unit("m", 150e3, 50e6)]
    albedo_weight: Annotated[float, Unit("1", 0.0, 1.0)]  # environment.flux.albedo_weight
    tilt: Annotated[float, Unit("rad", 0.0, 3.1416)]  # one face's normal from nadir
    sun_error: Annotated[float, Unit("rad", 0.0, 1.5708)]  # off edge-on to the Sun
    array_view: Annotated[float, Unit("1", 0.0, 2.0)]  # of both faces together, to hot array wings
    array_temperature: Annotated[float, Unit("K", 0.0, 600.0)]
    array_emissivity: Annotated[float, Unit("1", 0.0, 1.0)]
    infrared: Annotated[float, Unit("W/m2", 0.0, 500.0)] = EARTH_INFRARED
    albedo: Annotated[float, Unit("1", 0.0, 1.0)] = EARTH_ALBEDO


def absorptivity_at(coating: Coating, age: Real) -> Real:
    """Absorptivity of sunlight at an age (s): it nears its last value exponentially.

    Notes
    -----
    The shape is usual (Gilmore 2002, ch. 4); values differ by coating and by how dirty the satellite is, from
    no change (Z-93 on LDEF in 5.8 years) to 0.1 a year (silvered Teflon near thrusters and outgassing).
    """
    return coating.darkened + (coating.absorptivity - coating.darkened) * np.exp(-age / coating.darkening)


def emissivity_at(coating: Coating, age: Real) -> Real:
    """Emissivity at an age (s), never below nothing: most coatings lose less than 0.01 a year."""
    return np.maximum(coating.emissivity - coating.erosion * age, 0.0)


def both_views(altitude: Real, tilt: Real) -> Real:
    """View factors of both faces of a panel to the Earth, summed; exact for a sphere.

    Parameters
    ----------
    altitude : Real
        m.
    tilt : Real
        Of one face's normal from nadir, rad.
    """
    if np.all(np.asarray(tilt) == EDGE_ON):
        return 2 * edge_view(altitude)
    return earth_view(altitude, tilt) + earth_view(altitude, np.pi - tilt)


def absorbed(where: Surroundings, *, emissivity: Real, absorptivity: Real) -> Real:
    """Heat that both faces take in, W per m2 of planform.

    Parameters
    ----------
    where : Surroundings
        Orbit and attitude; in shadow with an albedo weight of 0 and no `sun_error`.
    emissivity, absorptivity : Real
        Of both faces.

    Notes
    -----
    `radiator.absorbed_flux` and the array's emission, eps eps_a F sigma T_a^4. Left out: the Sun's half
    degree on a panel exactly edge-on (0.7 W/m2 at absorptivity 0.25), what the array reflects, and the
    Earth and space that it hides. The last makes this too much by at most F times the Earth's infrared.
    """
    outside = absorbed_flux(
        both_views(where.altitude, where.tilt),
        emissivity=emissivity,
        absorptivity=absorptivity,
        albedo_weight=where.albedo_weight,
        sun_cosine=np.sin(where.sun_error),
        infrared=where.infrared,
        albedo=where.albedo,
    )
    wing = where.array_emissivity * STEFAN_BOLTZMANN * where.array_temperature**4
    return outside + emissivity * where.array_view * wing


def sink_temperature(taken: Real, emissivity: Real) -> Real:
    """Temperature, K, at which a panel emits no more than it takes in (W/m2 of planform)."""
    return np.sqrt(np.sqrt(taken / (2 * emissivity * STEFAN_BOLTZMANN)))


def above_sink(temperature: Real, sink: Real, path: str = "radiator.temperature") -> Real:
    """The temperature (K), if a radiator at it rejects any heat.

    Raises
    ------
    UserError
        If any is not above its sink: which balance fails, by how much, and from where on it closes.
    """
    short = np.asarray(sink - temperature)
    if np.any(~(short < 0)):
        worst = int(np.argmax(np.where(np.isnan(short), np.inf, short)))
        told = np.broadcast_to(np.asarray(temperature), short.shape).flat[worst]
        cold = np.broadcast_to(np.asarray(sink), short.shape).flat[worst]
        raise problem(
            path,
            f"{told:.1f} K, {short.flat[worst]:.1f} K colder than its sink",
            f"above {cold:.1f} K: there the panel emits just what it takes in from Earth, Sun and array, and "
            "the heat balance has nothing left for the chips",
            f"{cold + 1:.0f} K or more; for area in proportion to heat, 60 K above the sink or more",
        )
    return temperature
