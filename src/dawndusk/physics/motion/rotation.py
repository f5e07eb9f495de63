"""Earth's rotation: from the frame of the orbits to the ground."""

from __future__ import annotations

import numpy as np

from dawndusk.core import time
from dawndusk.core.constants import DAY
from dawndusk.core.records import Floats, Real
from dawndusk.physics.motion.sun import mean_sun_right_ascension


def earth_rotation(seconds: Real) -> Floats:
    """Greenwich mean sidereal time (rad, 0 to 2 pi): how far Earth has turned against the mean equinox.

    Parameters
    ----------
    seconds : float or array
        Seconds TT since J2000, years 1972 to 2100.

    Notes
    -----
    Right ascension of the mean Sun plus universal time plus 12 h (Aoki et al. 1982). UT1 is taken as UTC:
    wrong by at most 0.9 s of rotation, 420 m at the equator, while leap seconds are kept; polar motion
    (15 m) is left out.
    """
    ut = np.asarray(seconds, dtype=np.float64) - time.utc_offset(seconds)
    return np.asarray(
        np.mod(mean_sun_right_ascension(seconds) + 2.0 * np.pi * np.mod(ut / DAY, 1.0), 2.0 * np.pi)
    )


def earth_fixed(positions: Floats, seconds: Real) -> Floats:
    """Positions turning with Earth: x through Greenwich on the equator, z through the pole.

    Parameters
    ----------
    positions : array
        Mean equator and equinox of date, shape (3, ...).
    seconds : float or array
        Seconds TT since J2000, of a shape that broadcasts against the one behind the three components.
    """
    angle = earth_rotation(seconds)
    sine, cosine = np.sin(angle), np.cos(angle)
    x, y, z = positions
    return np.stack(np.broadcast_arrays(x * cosine + y * sine, y * cosine - x * sine, z))
