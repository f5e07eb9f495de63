"""Shadow of a spherical Earth with a finite Sun: cones, visible disc, and the light over one circular orbit.

Along a circular orbit all depends on the Earth-centred angle between satellite and Sun, hence on the beta
angle: where umbra and penumbra begin has a closed form, the light between them is one smooth integral.
Left out: the atmosphere (refraction and dimming move the edges by seconds), Earth's flattening (a sphere of
equatorial radius is 0.3 % too wide at the poles), limb darkening, and the Moon's shadow.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from dawndusk.core.bounds import within
from dawndusk.core.constants import ASTRONOMICAL_UNIT, EARTH_RADIUS, SUN_RADIUS
from dawndusk.core.records import Floats, Real
from dawndusk.physics.motion import orbit

NODES: Final = 8  # quadrature through the penumbra; see sunlit_fraction for its error
SUN_RANGE: Final = (0.9 * ASTRONOMICAL_UNIT, 1.1 * ASTRONOMICAL_UNIT)  # m, wider than Earth's orbit


def shadow_edges(altitude: Real, distance: Real = ASTRONOMICAL_UNIT) -> tuple[Floats, Floats]:
    """Earth-centred angles from the anti-Sun at which umbra and penumbra end (rad).

    Parameters
    ----------
    altitude : float or array
        Height of the circular orbit (m), 150 km to 50,000 km.
    distance : float or array
        Earth to Sun (m).

    Returns
    -------
    umbra, penumbra : ndarray
        Half-angles of the two cones as the orbit's sphere cuts them; umbra < penumbra < pi/2.

    Notes
    -----
    Exact for spheres: the edge is a common tangent, whose foot on Earth leans from the terminator by the
    cone's half-angle. The cones are as in Escobal, *Methods of Orbit Determination* (1965).
    """
    dip = np.arcsin(EARTH_RADIUS / orbit.orbit_radius(altitude))
    distance = within(
        "distance", distance, *SUN_RANGE, scale=ASTRONOMICAL_UNIT, unit="au from Earth to Sun", write="1 au"
    )
    umbra = dip - np.arcsin((SUN_RADIUS - EARTH_RADIUS) / distance)
    return np.asarray(umbra), np.asarray(dip + np.arcsin((SUN_RADIUS + EARTH_RADIUS) / distance))


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


def _half_turn(edge: Floats, cosine_beta: Floats) -> Floats:
    """Angle along the orbit from its point nearest the anti-Sun to where it leaves a cone; 0 outside."""
    ratio = np.cos(edge) / np.maximum(cosine_beta, 1e-12)
    return np.asarray(np.arccos(np.minimum(ratio, 1.0)))


def half_shadows(beta: Real, altitude: Real, distance: Real = ASTRONOMICAL_UNIT) -> tuple[Floats, Floats]:
    """Half the arc of the orbit in the umbra, and in any shadow (rad); 0 where there is none.

    Parameters
    ----------
    beta : float or array
        Angle of the Sun above the plane (rad), -pi/2 to pi/2.
    altitude : float or array
        Height (m), 150 km to 50,000 km.
    distance : float or array
        Earth to Sun (m).
    """
    umbra, penumbra = shadow_edges(altitude, distance)
    cosine = np.cos(
        within("beta", beta, -np.pi / 2, np.pi / 2, scale=orbit.DEGREE, unit="deg", write="60 deg")
    )
    return _half_turn(umbra, cosine), _half_turn(penumbra, cosine)


def shadow_durations(
    beta: Real, altitude: Real, inclination: Real, distance: Real = ASTRONOMICAL_UNIT, sun_rate: Real = 0.0
) -> tuple[Floats, Floats]:
    """Time in the umbra, and in umbra and penumbra together, in one orbit (s).

    Parameters
    ----------
    beta : float or array
        Angle of the Sun above the plane (rad), -pi/2 to pi/2.
    altitude, inclination : float or array
        Orbit (m, rad).
    distance : float or array
        Earth to Sun (m).
    sun_rate : float or array
        Drift of the Sun's argument of latitude (rad/s), about 2e-7; leaving it out is wrong by 0.4 s.
    """
    umbra, shadow = half_shadows(beta, altitude, distance)
    rate = orbit.argument_of_latitude_rate(altitude, inclination) - sun_rate
    return 2.0 * umbra / rate, 2.0 * shadow / rate


def sunlit_fraction(beta: Real, altitude: Real, distance: Real = ASTRONOMICAL_UNIT) -> Floats:
    """Mean light over one orbit, 1 without any shadow; the penumbra counts by the visible disc.

    Parameters
    ----------
    beta : float or array
        Angle of the Sun above the plane (rad), -pi/2 to pi/2.
    altitude : float or array
        Height (m), 150 km to 50,000 km.
    distance : float or array
        Earth to Sun (m).

    Notes
    -----
    Umbra in closed form; penumbra by a Gauss-Legendre rule of 8 nodes after a substitution that removes the
    square-root ends, wrong by less than 5e-8 (against 2e5 points, 500 to 20,000 km).
    """
    shape = np.broadcast_shapes(np.shape(beta), np.shape(altitude), np.shape(distance))
    beta, altitude, distance = (
        np.broadcast_to(np.asarray(x, dtype=np.float64), shape) for x in (beta, altitude, distance)
    )
    orbit.orbit_radius(altitude)
    lit = np.ones(shape)
    dark = half_shadows(beta, altitude, distance)[1] > 0.0
    lit[dark] -= _lost(beta[dark], altitude[dark], distance[dark])
    return lit


def _lost(beta: Floats, altitude: Floats, distance: Floats) -> Floats:
    umbra, shadow = half_shadows(beta, altitude, distance)
    cosine, total = np.cos(beta), umbra
    nodes, weights = np.polynomial.legendre.leggauss(NODES)
    for node, weight in zip(nodes, weights, strict=True):
        turn = umbra + (shadow - umbra) * np.sin(np.pi / 4 * (1.0 + node)) ** 2
        stretch = np.pi / 4 * np.cos(np.pi / 2 * node) * weight
        angle = _arc(cosine * np.cos(turn))
        total = total + stretch * (shadow - umbra) * (1.0 - visible_disc_fraction(angle, altitude, distance))
    return total / np.pi
