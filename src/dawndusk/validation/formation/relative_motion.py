"""Satellites close to one another: Hill's equations, with the mean effect of Earth's oblateness.

Places and velocities are relative to a reference on a circular orbit, in axes that turn with it: radial
(outward), along the track (forward), across (along the orbit's normal). Separations must be small against
the orbit's radius: at a distance d the equations neglect accelerations of n2 d2 / r. A satellite placed
1 km straight ahead of the reference is d2 / 2r = 7 cm too high for the same orbit, and set down there at rest
it drifts by 6 pi d2 / r, 2.7 m per orbit. An eccentricity e of the reference moves places by about e d.

With `oblateness` zero this is Clohessy & Wiltshire (1960), doi:10.2514/8.8704; otherwise the constant
coefficients of Schweighart & Sedwick (2002), doi:10.2514/2.4986, the mean of the J2 gradient over an orbit.
Its frequency and its axes are right to 2e-6 as averages over phases; what J2 does within the orbit is left
out by both. Against an integration of the J2 field (650 km, sun-synchronous, one orbit from the equator, 81
satellites within 1 km) places by Hill's equations are 1.6 m off in height and 9 m along the track, by
Schweighart & Sedwick's 2.7 m and 13 m, most of it drift that a start of equal energies does not have
(`formation.matched`). Drag and Sun pressure are left out.
"""

from __future__ import annotations

import numpy as np

from dawndusk.core.constants import EARTH_RADIUS, J2
from dawndusk.core.errors import problem
from dawndusk.core.records import Floats, Real
from dawndusk.physics.motion.orbit import checked_inclination, orbit_radius


def oblateness_factor(altitude: Real, inclination: Real) -> Floats:
    """The parameter s of Schweighart & Sedwick: how much J2 stiffens or softens relative motion (1).

    Parameters
    ----------
    altitude : float or array
        Of the reference (m), 150 km to 50,000 km.
    inclination : float or array
        Of the reference (rad), 0 to pi.

    Raises
    ------
    UserError
        For an altitude or inclination out of range.

    Notes
    -----
    Schweighart & Sedwick (2002): s = 3 J2 R2 / (8 r2) (1 + 3 cos 2i). The mean pull towards the Earth is
    n2 r (1 + s), and relative motion in the plane has the frequency n sqrt(1 - s).
    """
    tilt = checked_inclination(inclination)
    share = J2 * (EARTH_RADIUS / orbit_radius(altitude)) ** 2
    return np.asarray(0.375 * share * (1.0 + 3.0 * np.cos(2.0 * tilt)))


def radial_axis(oblateness: Real) -> Floats:
    """The k in the axis ratio 2 : k (along the track : radial) of relative motion that stays (1).

    Parameters
    ----------
    oblateness : float or array
        From `oblateness_factor`, between -1 and 1; zero gives Hill's 2 : 1.

    Notes
    -----
    From the same equations: 2 sqrt(1 + s) / sqrt(1 - s) along the track for 1 radial.
    """
    return np.asarray(np.sqrt((1.0 - np.asarray(oblateness)) / (1.0 + np.asarray(oblateness))))


def transition(rate: Real, seconds: Real, oblateness: Real = 0.0) -> Floats:
    """Matrix that carries relative places and velocities over a time, shape (6, 6, ...).

    Parameters
    ----------
    rate : float or array
        Mean motion n of the reference (rad/s), positive.
    seconds : float or array
        Time; may be negative.
    oblateness : float or array
        From `oblateness_factor`, above -1/3 and below 1; zero for a round Earth.

    Returns
    -------
    array
        On states (radial, along, across, and their rates) in m and m/s.

    Raises
    ------
    UserError
        For a mean motion that is not positive, or numbers that are not finite.

    Notes
    -----
    Solution of x'' - 2nc y' - (5c2 - 2) n2 x = 0, y'' + 2nc x' = 0, z'' + (3c2 - 2) n2 z = 0, c2 = 1 + s,
    the equations of Schweighart & Sedwick (2002); with s = 0 those of Clohessy & Wiltshire (1960).
    """
    n, t, s = np.broadcast_arrays(*(np.asarray(v, dtype=np.float64) for v in (rate, seconds, oblateness)))
    if not (np.all(np.isfinite(t)) and np.all(n > 0.0) and np.all(np.isfinite(n)) and np.all(abs(s) < 1 / 3)):
        expected = "a positive mean motion, finite times and an oblateness factor within 1/3 of zero"
        raise problem("rate", "numbers out of range", expected, "the mean motion of an orbit, 1.07e-3 rad/s")
    turn, swing, across = 2.0 * n * np.sqrt(1.0 + s), n * np.sqrt(1.0 - s), n * np.sqrt(1.0 + 3.0 * s)
    sine, cosine = np.sin(swing * t), np.cos(swing * t)
    rise, lag = (1.0 - cosine) / swing**2, (t - sine / swing) / swing**2
    made = np.zeros((6, 6, *t.shape))
    made[0, 0], made[0, 3], made[0, 4] = cosine + turn**2 * rise, sine / swing, turn * rise
    made[1, 0] = turn * t - turn * (sine / swing + turn**2 * lag)
    made[1, 1], made[1, 3], made[1, 4] = 1.0, -turn * rise, t - turn**2 * lag
    made[3, 0] = (turn**2 - swing**2) * sine / swing
    made[3, 3], made[3, 4] = cosine, turn * sine / swing
    made[4, 0] = turn - turn * (cosine + turn**2 * rise)
    made[4, 3], made[4, 4] = -turn * sine / swing, 1.0 - turn**2 * rise
    made[2, 2] = made[5, 5] = np.cos(across * t)
    made[2, 5], made[5, 2] = np.sin(across * t) / across, -across * np.sin(across * t)
    return made


def carried(states: Floats, rate: float, seconds: Floats, oblateness: float = 0.0) -> Floats:
    """Relative states of many satellites at many times, shape (6, n, times).

    Parameters
    ----------
    states : array
        Shape (6, n): radial, along, across (m) and their rates (m/s) at time zero.
    rate, seconds, oblateness : float, array of shape (times,), float
        As `transition`.
    """
    return np.asarray(np.einsum("ijt,jn->int", transition(rate, seconds, oblateness), states))


def staying(places: Floats, rate: float, oblateness: float = 0.0) -> Floats:
    """Relative states that circle the reference for ever, from places in the plane, shape (6, n).

    Parameters
    ----------
    places : array
        Shape (2, n): radial and along the track (m).
    rate, oblateness : float
        As `transition`.

    Notes
    -----
    y' = -2nc x takes the drift away, and x' = n (1 - s) y / 2c puts the ellipse's centre on the reference.
    """
    radial, along = np.asarray(places, dtype=np.float64)
    turn, swing = 2.0 * rate * np.sqrt(1.0 + oblateness), rate * np.sqrt(1.0 - oblateness)
    zero = np.zeros_like(radial)
    return np.array([radial, along, zero, along * swing**2 / turn, -turn * radial, zero])
