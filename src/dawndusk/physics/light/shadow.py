"""Part of the Sun's disc that a satellite sees past a spherical Earth, at one instant."""

from __future__ import annotations

import numpy as np

from dawndusk.core.bounds import within
from dawndusk.core.constants import ASTRONOMICAL_UNIT, EARTH_RADIUS, SUN_RADIUS
from dawndusk.core.records import Floats, Real
from dawndusk.physics.motion import orbit


def visible_disc_fraction(angle: Real, altitude: Real, distance: Real = ASTRONOMICAL_UNIT) -> Floats:
    """Part of the Sun's disc seen from a satellite, 0 in the umbra to 1 in full light.

    Parameters
    ----------
    angle : float or array
        Earth-centred angle of the satellite from the anti-Sun (rad), 0 to pi.
    altitude : float or array
        Height (m), 150 km to 50,000 km.
    distance : float or array
        Earth to Sun (m).

    Notes
    -----
    Overlap of two flat discs of the apparent radii and separation; Montenbruck & Gill, *Satellite Orbits*
    (2000), sec. 3.4.2. Both discs are caps on a sphere; taking them as flat is wrong by at most 5e-4 of the
    disc inside the penumbra (counted on a fine grid, 160 km and up), under 5e-6 of a year's light.
    """
    radius = orbit.orbit_radius(altitude)
    angle = within("angle", angle, 0.0, np.pi, scale=orbit.DEGREE, unit="deg", write="60 deg")
    sun, earth, apart = _apparent(angle, radius, distance)
    inside = np.clip(apart, earth - sun, earth + sun)
    # The chord that both circles share, seen from either centre: half-angles of the two segments.
    from_sun = _arc((inside**2 + sun**2 - earth**2) / (2.0 * inside * sun))
    from_earth = _arc((inside**2 + earth**2 - sun**2) / (2.0 * inside * earth))
    segments = sun**2 * _segment(from_sun) + earth**2 * _segment(from_earth)
    return np.asarray(np.clip(1.0 - segments / (np.pi * sun**2), 0.0, 1.0))


def _apparent(angle: Floats, radius: Floats, distance: Real) -> tuple[Floats, Floats, Floats]:
    """Apparent radii of Sun and Earth and the separation of their centres, from the satellite."""
    across, beyond = radius * np.sin(angle), distance + radius * np.cos(angle)
    sun = np.arcsin(SUN_RADIUS / np.hypot(across, beyond))
    apart = np.abs(angle - np.arctan2(across, beyond))
    return np.asarray(sun), np.arcsin(EARTH_RADIUS / radius), np.asarray(apart)


def _arc(cosine: Floats) -> Floats:
    return np.asarray(np.arccos(np.clip(cosine, -1.0, 1.0)))


def _segment(half: Floats) -> Floats:
    return half - 0.5 * np.sin(2.0 * half)
