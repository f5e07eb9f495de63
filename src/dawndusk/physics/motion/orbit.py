"""Circular orbits under Earth's oblateness: periods, drift of the plane, angles to the Sun.

Secular J2 theory of mean elements for circular orbits: the plane turns and the satellite gains or loses
a little along its way, nothing else changes. Against a numerical J2 integration over a month the drift of
the plane is wrong by up to 0.15 % (osculating against mean elements, measured for this project); higher
harmonics, drag, Moon and Sun are left out. Angles refer to the mean equator and equinox of date.

Source of all rates: Kozai (1959), *The motion of a close Earth satellite*, secular terms of first order,
doi:10.1086/107957, with eccentricity zero; the same in Vallado, *Fundamentals of Astrodynamics and
Applications* (4th ed., 2013), ch. 9.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from dawndusk.core.bounds import within
from dawndusk.core.constants import EARTH_RADIUS, GRAVITATIONAL_PARAMETER, J2, TROPICAL_YEAR
from dawndusk.core.errors import problem
from dawndusk.core.records import Floats, Real
from dawndusk.physics.motion.sun import mean_sun_right_ascension

LOWEST_ALTITUDE: Final = 150e3  # m, below it no orbit lasts a day
HIGHEST_ALTITUDE: Final = 50e6  # m, above it Moon and Sun turn the plane more than J2 does
DEGREE: Final = np.pi / 180.0  # rad
MEAN_SUN_RATE: Final = 2.0 * np.pi / TROPICAL_YEAR  # rad/s, mean Sun along the equator of date


def orbit_radius(altitude: Real) -> Floats:
    """Distance of a circular orbit from Earth's centre (m).

    Parameters
    ----------
    altitude : float or array
        Height above the equatorial radius (m), 150 km to 50,000 km.

    Raises
    ------
    UserError
        If any altitude is outside that range or not a number.
    """
    height = within(
        "altitude", altitude, LOWEST_ALTITUDE, HIGHEST_ALTITUDE, scale=1e3, unit="km", write="650 km"
    )
    return EARTH_RADIUS + height


def checked_inclination(inclination: Real) -> Floats:
    """The inclination (rad) as an array.

    Parameters
    ----------
    inclination : float or array
        Tilt against the equator (rad), 0 to pi.

    Raises
    ------
    UserError
        If any is outside that range or not a number.
    """
    return within("inclination", inclination, 0.0, np.pi, scale=DEGREE, unit="deg", write="97.99 deg")


def mean_motion(altitude: Real) -> Floats:
    """Angular speed of a circular orbit around a spherical Earth (rad/s).

    Parameters
    ----------
    altitude : float or array
        Height above the equatorial radius (m), 150 km to 50,000 km.
    """
    return np.asarray(np.sqrt(GRAVITATIONAL_PARAMETER / orbit_radius(altitude) ** 3))


def _oblateness_rate(altitude: Real) -> Floats:
    return J2 * (EARTH_RADIUS / orbit_radius(altitude)) ** 2 * mean_motion(altitude)


def kepler_period(altitude: Real) -> Floats:
    """Period of a circular orbit without oblateness (s).

    Parameters
    ----------
    altitude : float or array
        Height above the equatorial radius (m), 150 km to 50,000 km.
    """
    return 2.0 * np.pi / mean_motion(altitude)


def raan_rate(altitude: Real, inclination: Real) -> Floats:
    """Drift of the ascending node (rad/s), eastward positive.

    Parameters
    ----------
    altitude : float or array
        Height above the equatorial radius (m), 150 km to 50,000 km.
    inclination : float or array
        Tilt against the equator (rad), 0 to pi.
    """
    return -1.5 * _oblateness_rate(altitude) * np.cos(checked_inclination(inclination))


def argument_of_perigee_rate(altitude: Real, inclination: Real) -> Floats:
    """Drift of the perigee within the plane as the eccentricity goes to zero (rad/s).

    Parameters
    ----------
    altitude : float or array
        Height above the equatorial radius (m), 150 km to 50,000 km.
    inclination : float or array
        Tilt against the equator (rad), 0 to pi.
    """
    return 0.75 * _oblateness_rate(altitude) * (4.0 - 5.0 * np.sin(checked_inclination(inclination)) ** 2)


def argument_of_latitude_rate(altitude: Real, inclination: Real) -> Floats:
    """Speed of the satellite along its orbit, counted from the moving ascending node (rad/s).

    Perigee rate plus the rate of the mean anomaly.

    Parameters
    ----------
    altitude : float or array
        Height above the equatorial radius (m), 150 km to 50,000 km.
    inclination : float or array
        Tilt against the equator (rad), 0 to pi.
    """
    anomaly = mean_motion(altitude) + 0.75 * _oblateness_rate(altitude) * (
        2.0 - 3.0 * np.sin(checked_inclination(inclination)) ** 2
    )
    return anomaly + argument_of_perigee_rate(altitude, inclination)


def nodal_period(altitude: Real, inclination: Real) -> Floats:
    """Time from one ascending node to the next (s).

    Parameters
    ----------
    altitude : float or array
        Height above the equatorial radius (m), 150 km to 50,000 km.
    inclination : float or array
        Tilt against the equator (rad), 0 to pi.
    """
    return 2.0 * np.pi / argument_of_latitude_rate(altitude, inclination)


def sun_synchronous_inclination(altitude: Real) -> Floats:
    """Inclination (rad) whose plane follows the mean Sun: one turn in a tropical year.

    Parameters
    ----------
    altitude : float or array
        Height above the equatorial radius (m), 150 km to about 5,970 km.

    Raises
    ------
    UserError
        If any altitude is too high for a sun-synchronous circular orbit, or out of range.

    Notes
    -----
    Source: Vallado (2013), ch. 11. The tropical year is right because the node is counted on the
    equinox of date.
    """
    cosine = -MEAN_SUN_RATE / (1.5 * _oblateness_rate(altitude))
    possible = cosine >= -1.0
    if not np.all(possible):
        read = np.asarray(altitude, dtype=np.float64)[~possible].flat[0] / 1e3
        raise problem(
            "altitude",
            f"{read:g} km, where no inclination is sun-synchronous",
            "at most about 5970 km for a sun-synchronous orbit",
            "a lower altitude such as 650 km, or an inclination of your own",
        )
    return np.asarray(np.arccos(cosine))


def raan_from_ltan(ltan: Real, seconds: Real) -> Floats:
    """Right ascension of the ascending node (rad, not reduced) from its mean local time.

    Parameters
    ----------
    ltan : float or array
        Mean local time of the ascending node (hours, 0 to 24): of the fictitious mean Sun, not of a sundial
        (up to 16 minutes apart).
    seconds : float or array
        Instant, seconds TT since J2000.

    Raises
    ------
    UserError
        If any time is outside 0 to 24 h.
    """
    hours = within("ltan", ltan, 0.0, 24.0, scale=1.0, unit="h of mean local time", write="6 h")
    return mean_sun_right_ascension(seconds) + np.deg2rad(15.0 * (hours - 12.0))


def sine_beta(inclination: Real, raan: Real, sun: Floats) -> Floats:
    """Sine of the beta angle: the Sun's direction along the orbit's normal, in [-1, 1].

    Parameters
    ----------
    inclination, raan : float or array
        Tilt and node of the plane (rad).
    sun : array
        Unit vectors to the Sun, shape (3, ...), from `sun_direction`.

    Raises
    ------
    UserError
        For an inclination out of range, or an angle that is no number.
    """
    tilt = checked_inclination(inclination)
    across = np.sin(tilt) * (np.sin(raan) * sun[0] - np.cos(raan) * sun[1])
    sine = np.clip(across + np.cos(tilt) * sun[2], -1.0, 1.0)
    if not np.all(np.isfinite(sine)):
        raise problem("raan", raan, "finite angles and Sun vectors", "120 deg")
    return np.asarray(sine)


def sun_argument(inclination: Real, raan: Real, sun: Floats) -> Floats:
    """Argument of latitude of the point of the orbit nearest to the Sun (rad, -pi to pi).

    Parameters
    ----------
    inclination, raan : float or array
        Tilt and node of the plane (rad).
    sun : array
        Unit vectors to the Sun, shape (3, ...), from `sun_direction`.
    """
    along = np.cos(raan) * sun[0] + np.sin(raan) * sun[1]
    ahead = (
        np.cos(inclination) * (np.cos(raan) * sun[1] - np.sin(raan) * sun[0]) + np.sin(inclination) * sun[2]
    )
    return np.asarray(np.arctan2(ahead, along))
