"""Collisions: of satellites with each other if nobody dodges, and with the debris that is there already.

Satellites are spheres here (ledger and constellation files give the radius); a collision is an approach
below the sum of two radii. Since radial spreads are wide against that, the kinetic regime holds: rates go
with the square of the distance, with the number density, its cross-section and the relative speed
(n sigma v).

For scale, not as a check: Starlink made 34 manoeuvres per satellite and year in 2025 (ledger row E003) at a
threshold of 3e-7 (E002), against the whole catalogue; and the CRASH clock of the orbits of 2025, the time to
a first collision if nobody manoeuvres, stood at 5.5 days after 164 in 2018 (E009; Thiele et al. 2025,
arXiv:2512.09643).
"""

from __future__ import annotations

from typing import Final, Literal

import numpy as np

from dawndusk.core.bounds import within
from dawndusk.core.constants import YEAR
from dawndusk.core.numbers import number
from dawndusk.core.records import Floats, Real
from dawndusk.physics.traffic.encounters import Approaches

Size = Literal["1 cm", "10 cm"]

DEBRIS_PEAK: Final = number("debris_peak_density")  # 1/m3 above 10 cm
DEBRIS_ALTITUDE: Final = number("debris_peak_altitude")  # m
DEBRIS_WIDTH: Final = number("debris_belt_width")  # m
FRAGMENTS: Final = number("debris_small_per_large")  # above 1 cm for each above 10 cm
IMPACT_SPEED: Final = number("collision_speed")  # m/s
MISSED: Final = number("missed_avoidance_share")
LOWEST_DEBRIS: Final = 400e3  # m, where the bell stops being a fair shape
HIGHEST_DEBRIS: Final = 1200e3  # m


def contact_distance(radius: Real) -> Floats:
    """Distance of the centres at which two equal spheres touch (m).

    Parameters
    ----------
    radius : float or array
        Of the sphere that stands for a satellite (m), above zero.
    """
    return 2.0 * within("radius", radius, 1e-3, 1e4, scale=1.0, unit="m", write="16 m")


def collisions_per_year(contacts: Approaches, *, missed: Real = MISSED) -> Floats:
    """Expected collisions per Julian year, when most are dodged.

    Parameters
    ----------
    contacts : Approaches
        `encounters.approach_rates` at `contact_distance`.
    missed : float or array
        Share of those that would happen although at least one of the two can manoeuvre. The default is a
        guess, range 1e-4 to 1e-2; two that cannot manoeuvre always collide.

    Raises
    ------
    UserError
        For a share outside 0 to 1.
    """
    share = within("missed", missed, 0.0, 1.0, scale=1.0, unit="", write="0.001")
    dodged = contacts.kept.sum() + contacts.mixed.sum()
    return np.asarray((share * dodged + contacts.loose.sum()) * YEAR)


def kinetic_rate(approaches: Approaches, distance: Real) -> Floats:
    """Rate below another distance (1/s) by the square law of the kinetic regime.

    Parameters
    ----------
    approaches : Approaches
        At a distance well below the radial spread of a pair (some hundred metres).
    distance : float or array
        The other distance (m), also well below.

    Notes
    -----
    From 100 m down to contact right to about a per cent for the million of the largest filing. From 1 km it
    is wrong by up to a half there, and by a factor of six with tightly held orbits, whose neighbouring shells
    and slots count at 1 km but not at 10 m.
    """
    return np.asarray(approaches.total * (np.asarray(distance) / approaches.distance) ** 2)


def debris_density(altitude: Real, size: Size) -> Floats:
    """Debris objects per volume (1/m3), derelict satellites and stages included, active satellites not.

    Parameters
    ----------
    altitude : float or array
        Height above the equatorial radius (m), 400 to 1,200 km.
    size : str
        Least size: ``1 cm`` or ``10 cm``.

    Raises
    ------
    UserError
        If any altitude is outside that range.

    Notes
    -----
    A bell over altitude, peak 4e-8 per km3 above 10 cm at 830 km, 25 times as many above 1 cm: a guess after
    the totals and shapes published from ESA's MASTER-8 (ESA, *Space environment statistics*: about 40,000
    objects above 10 cm and a million above 1 cm in all orbits). Range: a factor 2 to either side above 10 cm,
    3 above 1 cm, and more after the next break-up. Evenly over latitude, which polar orbits exceed by about
    half near the poles.
    """
    height = within("altitude", altitude, LOWEST_DEBRIS, HIGHEST_DEBRIS, scale=1e3, unit="km", write="800 km")
    large = DEBRIS_PEAK * np.exp(-(((height - DEBRIS_ALTITUDE) / DEBRIS_WIDTH) ** 2))
    return np.asarray(large * (FRAGMENTS if size == "1 cm" else 1.0))


def debris_rate(
    satellites: Real, altitude: Real, area: Real, size: Size, *, speed: Real = IMPACT_SPEED
) -> Floats:
    """Impacts of debris on satellites (1/s): density x cross-section x speed x satellites.

    Parameters
    ----------
    satellites : float or array
        How many.
    altitude : float or array
        Their altitude (m), 400 to 1,200 km.
    area : float or array
        Mean cross-section against a small object from anywhere (m2); a quarter of the surface of a convex
        body.
    size : str
        Least size: ``1 cm`` or ``10 cm``.
    speed : float or array
        Mean relative speed (m/s). ECSS-E-ST-10-04C J.2.2 gives 10 km/s for low and 13 km/s for high
        inclinations.

    Notes
    -----
    Nobody dodges: above 10 cm most objects are tracked and are dodged, from 1 to 10 cm hardly any.
    """
    return np.asarray(debris_density(altitude, size) * area * speed * satellites)
