"""Light over one circular orbit with the exact penumbra: the oracle of `sunlight` and of the compiled loops.

All depends on the Earth-centred angle between satellite and Sun, hence on the beta angle: where umbra and
penumbra begin has a closed form, the light between them is one smooth integral.
"""

import numpy as np

from dawndusk.core.constants import ASTRONOMICAL_UNIT, EARTH_RADIUS, SUN_RADIUS
from dawndusk.physics.light.shadow import visible_disc_fraction
from dawndusk.physics.motion import orbit

NODES = 8


def shadow_edges(altitude, distance=ASTRONOMICAL_UNIT):
    """Angles from the anti-Sun (rad) where umbra and penumbra end: Escobal (1965), exact for spheres."""
    dip = np.arcsin(EARTH_RADIUS / orbit.orbit_radius(altitude))
    umbra = dip - np.arcsin((SUN_RADIUS - EARTH_RADIUS) / distance)
    return umbra, dip + np.arcsin((SUN_RADIUS + EARTH_RADIUS) / distance)


def half_shadows(beta, altitude, distance=ASTRONOMICAL_UNIT):
    """Half the arc of the orbit in the umbra, and in any shadow (rad); 0 where there is none."""
    cosine = np.maximum(np.cos(beta), 1e-12)
    edges = shadow_edges(altitude, distance)
    umbra, shadow = (np.arccos(np.minimum(np.cos(edge) / cosine, 1.0)) for edge in edges)
    return umbra, shadow


def shadow_durations(beta, altitude, inclination, distance=ASTRONOMICAL_UNIT, sun_rate=0.0):
    """Time in the umbra, and in umbra and penumbra together, in one orbit (s)."""
    umbra, shadow = half_shadows(beta, altitude, distance)
    rate = orbit.argument_of_latitude_rate(altitude, inclination) - sun_rate
    return 2.0 * umbra / rate, 2.0 * shadow / rate


def sunlit_fraction(beta, altitude, distance=ASTRONOMICAL_UNIT):
    """Mean light over one orbit, by a Gauss-Legendre rule without the square-root ends: within 5e-8."""
    beta, altitude, distance = np.broadcast_arrays(beta, altitude, distance)
    lit = np.ones(beta.shape)
    dark = half_shadows(beta, altitude, distance)[1] > 0.0
    lit[dark] -= _lost(beta[dark], altitude[dark], distance[dark])
    return lit


def _lost(beta, altitude, distance):
    umbra, shadow = half_shadows(beta, altitude, distance)
    total = umbra
    for node, weight in zip(*np.polynomial.legendre.leggauss(NODES), strict=True):
        turn = umbra + (shadow - umbra) * np.sin(np.pi / 4 * (1.0 + node)) ** 2
        stretch = np.pi / 4 * np.cos(np.pi / 2 * node) * weight
        angle = np.arccos(np.clip(np.cos(beta) * np.cos(turn), -1.0, 1.0))
        total = total + stretch * (shadow - umbra) * (1.0 - visible_disc_fraction(angle, altitude, distance))
    return total / np.pi
