"""What hits a surface in orbit: meteoroids, debris, and the Earth's own light.

Impacts count per area of one face of a surface that points anywhere. Meteoroids are known to a factor of
two. Debris of a millimetre is seen by no radar and was caught by few returned surfaces, all below 620 km:
models of it differ by ten, and the number here is a guess within a factor of three (ledger row R016).
"""

from __future__ import annotations

from typing import Final, Literal

import numpy as np

from dawndusk.core.bounds import within
from dawndusk.core.constants import (
    EARTH_RADIUS,
    GRAVITATIONAL_PARAMETER,
    YEAR,
)
from dawndusk.core.numbers import number
from dawndusk.core.records import Floats, Real
from dawndusk.physics.motion.orbit import orbit_radius

GRAIN_DENSITY: Final = number("meteoroid_density")  # kg/m3, of meteoroids
METEOROID_SPEED: Final = number("meteoroid_speed")  # m/s, far from Earth
DEBRIS_PER_YR: Final = number("debris_flux")  # 1/m2 a Julian year, of 1 mm and more at 800 km
DEBRIS_HEIGHT: Final = number("debris_flux_altitude")  # m, where it holds
DEBRIS_SIZE: Final = number("debris_flux_size")  # m, for which it holds
ATMOSPHERE: Final = number("meteoroid_stopping_height")  # m, height of the air that stops meteoroids
ARCS: Final = 24  # nodes of the Earth's visible cap, its azimuth and the orbit: the albedo within 0.1 %

Facing = Literal["earth", "edge"]


def _height(altitude: Real) -> Floats:
    return within("altitude", altitude, 150e3, 2000e3, scale=1e3, unit="km", write="800 km")


def _diameter(diameter: Real) -> Floats:
    return within("diameter", diameter, 1e-4, 1e-2, scale=1e-3, unit="mm", write="1 mm")


def interplanetary_flux(mass: Real) -> Floats:
    """Meteoroids of a mass or more far from Earth at 1 au (1/m2/s), on one face of a turning plate.

    Parameters
    ----------
    mass : float or array
        Of the smallest one counted (kg), 1e-21 to 0.1.

    Raises
    ------
    UserError
        For a mass out of range.

    Notes
    -----
    Gruen, Zook, Fechtig and Giese (1985), Icarus 62, 244, doi:10.1016/0019-1035(85)90121-6, the
    three-term fit; adopted by ECSS-E-ST-10-04C, eq. 101. A factor of two below 1e-6 g, three above.
    """
    grams = 1e3 * within("mass", mass, 1e-21, 0.1, scale=1.0, unit="kg", write="1.3e-6 kg")
    large = (2.2e3 * grams**0.306 + 15.0) ** -4.38
    middle = 1.3e-9 * (grams + 1e11 * grams**2 + 1e27 * grams**4) ** -0.36
    small = 1.3e-16 * (grams + 1e6 * grams**2) ** -0.85
    return np.asarray(large + middle + small)


def meteoroid_focusing(altitude: Real, speed: Real = METEOROID_SPEED) -> Floats:
    """Factor by which Earth's gravity gathers meteoroids at an altitude: 1 + (escape speed / speed)^2.

    Parameters
    ----------
    altitude : float or array
        Above the equatorial radius (m), 150 km to 50,000 km.
    speed : float or array
        Far from Earth (m/s). One speed stands for all: at 800 km the factor is 1.28 for 20 km/s, 1.49 for
        15 km/s.

    Notes
    -----
    Energy and angular momentum: Oepik (1951); ECSS-E-ST-10-04C, Annex C.1.2.
    """
    return np.asarray(1.0 + 2.0 * GRAVITATIONAL_PARAMETER / (orbit_radius(altitude) * speed**2))


def meteoroid_exposure(altitude: Real) -> Floats:
    """Share of the sky that Earth does not hide, 0.5 to 1: (1 + cos eta) / 2, eta Earth's angular radius.

    Parameters
    ----------
    altitude : float or array
        Above the equatorial radius (m), 150 km to 50,000 km.

    Notes
    -----
    ECSS-E-ST-10-04C, Annex C.1.3, with 100 km of air. Mean over a surface that points anywhere.
    """
    sine = (EARTH_RADIUS + ATMOSPHERE) / orbit_radius(altitude)
    return np.asarray(0.5 * (1.0 + np.sqrt(1.0 - sine**2)))


def meteoroid_impacts(altitude: Real, diameter: Real = DEBRIS_SIZE) -> Floats:
    """Meteoroid impacts on one face of a surface that points anywhere (1/m2/s).

    Parameters
    ----------
    altitude : float or array
        Above the equatorial radius (m), 150 to 2000 km.
    diameter : float or array
        Of the smallest one counted (m), 0.1 to 10 mm.

    Raises
    ------
    UserError
        For values out of range.

    Notes
    -----
    `interplanetary_flux` x `meteoroid_focusing` x `meteoroid_exposure` x the satellite's own motion, which
    for meteoroids of speed v from everywhere raises the mean relative speed to v + u^2 / (3 v). Faces
    differ: a leading one gets more, one that looks at the Earth next to nothing. A factor of two to three,
    mostly from the mass that goes with a diameter.
    """
    height = _height(altitude)
    grain = GRAIN_DENSITY * np.pi / 6.0 * _diameter(diameter) ** 3
    fall = 2.0 * GRAVITATIONAL_PARAMETER / orbit_radius(height)
    motion = 1.0 + 0.5 * fall / (3.0 * (METEOROID_SPEED**2 + fall))
    gathered = meteoroid_focusing(height) * meteoroid_exposure(height)
    return np.asarray(interplanetary_flux(grain) * gathered * motion)


def _debris_shape(height: Real, f107: Real) -> Floats:
    rising = 10.0 ** (np.asarray(height) / 200e3 - np.asarray(f107) / 140.0 - 1.5)
    return np.asarray(rising / (rising + 1.0))


def debris_impacts(altitude: Real, diameter: Real = DEBRIS_SIZE, *, f107: Real = 140.0) -> Floats:
    """Debris impacts on one face of a surface that points anywhere (1/m2/s). A guess, see Notes.

    Parameters
    ----------
    altitude : float or array
        Above the equatorial radius (m), 150 to 2000 km.
    diameter : float or array
        Of the smallest one counted (m), 0.1 to 10 mm.
    f107 : float or array
        Solar flux a year earlier (50 to 400): high activity sweeps the lower altitudes.

    Raises
    ------
    UserError
        For values out of range.

    Notes
    -----
    Ledger row R016 at 800 km (0.003-0.01-0.03 a year for 1 mm and more), carried to other altitudes and
    diameters by the shapes of Kessler, Reynolds and Anz-Meador (1989), *Orbital debris environment for
    spacecraft designed to operate in low Earth orbit*, NASA TM-100471: x / (x + 1) with log10 x =
    h / 200 km - F10.7 / 140 - 1.5, and diameter^-2.5. The shape is that of 1988: nothing of the break-ups of
    2007 and 2009 at 750-900 km, of 2021 at 480 km, or of what a million satellites would shed is in it.
    A factor of three at 600-1000 km, of ten elsewhere.
    """
    height = _height(altitude)
    flux = within("f107", f107, 50.0, 400.0, scale=1.0, unit="", write="140")
    size = (_diameter(diameter) / DEBRIS_SIZE) ** -2.5
    shape = _debris_shape(height, flux) / _debris_shape(DEBRIS_HEIGHT, 140.0)
    return np.asarray(DEBRIS_PER_YR / YEAR * shape * size)


def punctures(
    area: Real, altitude: Real, diameter: Real = DEBRIS_SIZE, *, exposed: Real = 2.0, tubes: Real = 1.0
) -> Floats:
    """Rate at which debris and meteoroids pierce a radiator's coolant loop (1/s).

    Parameters
    ----------
    area : float or array
        Planform of the radiator (m2), not negative.
    altitude : float or array
        Above the equatorial radius (m), 150 to 2000 km.
    diameter : float or array
        Of the smallest one that pierces a tube (m), 0.1 to 10 mm. At 10 km/s a grain goes through four
        to five times its diameter of aluminium (equation of Cour-Palais 1987).
    exposed : float or array
        Faces counted, 0 to 2.
    tubes : float or array
        Share of the planform where a hit opens the loop, 0 to 1.

    Raises
    ------
    UserError
        For values out of range.

    Notes
    -----
    Impacts follow Poisson: the chance of none in a time t is exp(-rate t). Uncertain as `debris_impacts`.
    """
    surface = within("area", area, 0.0, 1e8, scale=1.0, unit="m2", write="110 m2")
    faces = within("exposed", exposed, 0.0, 2.0, scale=1.0, unit="faces", write="2")
    share = within("tubes", tubes, 0.0, 1.0, scale=1.0, unit="", write="0.2")
    rate = debris_impacts(altitude, diameter) + meteoroid_impacts(altitude, diameter)
    return np.asarray(surface * faces * share * rate)


def albedo_weight(altitude: Real, beta: Real, facing: Facing = "edge") -> Floats:
    """Sunlit brightness of the Earth that a plate sees, orbit mean, against full noon everywhere (0 to 1).

    Parameters
    ----------
    altitude : float or array
        Above the equatorial radius (m), 150 km to 50,000 km.
    beta : float or array
        Angle of the Sun above the orbit's plane (rad).
    facing : str
        ``earth`` for a plate that faces nadir, ``edge`` for one that stands edge-on to the Earth, averaged
        over its azimuth.

    Notes
    -----
    Lambert's Earth of uniform albedo, seen cap summed by the plate's view (Gilmore 2002, ch. 2, gives
    cos(beta) cos(argument) at the satellite's foot, which is nothing over the terminator). Real albedo
    varies from 0.1 over sea to 0.7 over cloud; twilight is left out. The value for
    `radiator.absorbed_flux`.
    """
    height, angle = np.broadcast_arrays(
        orbit_radius(altitude), within("beta", beta, -1.6, 1.6, scale=1.0, unit="rad", write="1 rad")
    )
    node, gauss = np.polynomial.legendre.leggauss(ARCS)
    turn = np.pi * (np.arange(ARCS) + 0.5) / ARCS
    radius, beta_ = height[..., None, None, None], angle[..., None, None, None]
    limit = np.arccos(EARTH_RADIUS / radius)
    cap = 0.5 * limit * (node[:, None, None] + 1.0)
    noon = np.clip(np.cos(beta_) * np.cos(turn[:, None]), -1.0, 1.0)
    off_noon = np.sqrt(1.0 - noon**2)
    sunlit = np.maximum(np.cos(cap) * noon + np.sin(cap) * off_noon * np.cos(turn), 0.0)
    distance = np.sqrt(EARTH_RADIUS**2 + radius**2 - 2.0 * EARTH_RADIUS * radius * np.cos(cap))
    leaving = (radius * np.cos(cap) - EARTH_RADIUS) / distance
    across = EARTH_RADIUS * np.sin(cap) / distance
    arriving = (radius - EARTH_RADIUS * np.cos(cap)) / distance if facing == "earth" else across
    seen = gauss[:, None, None] * np.sin(cap) * leaving * arriving / distance**2
    bright = (seen * sunlit).sum(axis=(-3, -2, -1)) / (seen.sum(axis=(-3, -2, -1)) * ARCS**2)
    return np.asarray(bright)
