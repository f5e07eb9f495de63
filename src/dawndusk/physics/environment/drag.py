"""Drag on circular and elliptical orbits: decay, life to re-entry, the velocity that makes up for it.

Quasi-static: an orbit loses energy to drag and stays what it is otherwise, so a life is one quadrature over
altitude. The air is the global mean of `physics.environment.atmosphere`. Left out, with what each does:

- Earth's flattening and local time: a dawn-dusk orbit at 560 km sees 0.84-0.87 of the mean density,
  so it lives 15-19 % longer;
- rotation of the air: -11 % drag at 30 deg of inclination, +2 % at 98 deg;
- real density against the model: +-15 % over years, +-30 % over months;
- the coefficient: 2.0-3.0 for wings and boxes, and the area that a satellite out of control shows.

Together: judge lives at a *given* activity as +-30 %. The activity of the years to come is worth a factor of
three to ten below 700 km; that is why every function asks for it. Staying in place: `station_keeping`.
"""

from __future__ import annotations

from functools import cache
from itertools import pairwise
from typing import Final

import numpy as np

from dawndusk.core.bounds import within
from dawndusk.core.constants import EARTH_RADIUS, GRAVITATIONAL_PARAMETER, YEAR
from dawndusk.core.errors import problem
from dawndusk.core.numbers import number
from dawndusk.core.records import Floats, Real, record
from dawndusk.physics.environment.atmosphere import HIGHEST, LOWEST, Level, density, log_profile
from dawndusk.physics.light.local_time import solar_inclination_rate
from dawndusk.physics.motion import orbit

CONTROL_PER_YR: Final = number("orbit_control_per_year")  # m/s a Julian year in plane, guess 0.5-10
END_ALTITUDE: Final = number("sinking_end_altitude")  # m; from here to the ground it takes hours
ANOMALIES: Final = 64  # of an elliptical orbit's average
ELLIPTIC_STEPS: Final = 200  # from the first orbit to the last one


def ballistic(area_to_mass: Real, drag_coefficient: Real) -> Floats:
    """Drag coefficient times area per mass (m2/kg), checked.

    Parameters
    ----------
    area_to_mass : float or array
        Mean cross-section against the flow per mass (m2/kg), 1e-5 to 100.
    drag_coefficient : float or array
        Of free molecular flow, 1 to 4.

    Raises
    ------
    UserError
        For a value out of its range.
    """
    area = within("area_to_mass", area_to_mass, 1e-5, 100.0, scale=1.0, unit="m2/kg", write="0.05 m2/kg")
    drag = within("drag_coefficient", drag_coefficient, 1.0, 4.0, scale=1.0, unit="", write="2.2")
    return np.asarray(area * drag)


def drag_delta_v(
    altitude: Real, area_to_mass: Real, drag_coefficient: Real, activity: Level = "mean"
) -> Floats:
    """Velocity that makes up for drag on a circular orbit, per time (m/s per s).

    Parameters
    ----------
    altitude : float or array
        Above the equatorial radius (m), 100 to 3000 km.
    area_to_mass, drag_coefficient : float or array
        As in `ballistic`.
    activity : str
        A key of `atmosphere.ACTIVITIES`.

    Notes
    -----
    The drag's deceleration, rho v^2 B / 2: thrust against it all the time, or often, costs just that.
    """
    radius = EARTH_RADIUS + np.asarray(altitude, dtype=np.float64)
    square = GRAVITATIONAL_PARAMETER / radius
    return np.asarray(0.5 * density(altitude, activity) * square * ballistic(area_to_mass, drag_coefficient))


def _sinking(grid: Floats, logarithm: Floats) -> Floats:
    """Life from each altitude of the grid down to its first one, times the ballistic coefficient (m2 s/kg).

    Between two points the integrand is taken as exponential, which it nearly is.
    """
    pace = np.exp(-logarithm) / np.sqrt(GRAVITATIONAL_PARAMETER * (EARTH_RADIUS + grid))
    ratio = np.diff(np.log(pace))
    flat = np.abs(ratio) < 1e-6
    mean = np.where(flat, pace[:-1], np.diff(pace) / np.where(flat, 1.0, ratio))
    return np.concatenate([[0.0], np.cumsum(mean * np.diff(grid))])


@cache
def _sinking_table(activity: Level) -> tuple[Floats, Floats]:
    grid, logarithm = log_profile(activity)
    return grid, _sinking(grid, logarithm)


def _heights(altitude: Real, end: float) -> Floats:
    within("end", end, LOWEST, HIGHEST, scale=1e3, unit="km", write="150 km")
    return within("altitude", altitude, LOWEST, HIGHEST, scale=1e3, unit="km", write="560 km")


def drag_life(
    altitude: Real,
    area_to_mass: Real,
    drag_coefficient: Real,
    activity: Level = "mean",
    *,
    end: float = END_ALTITUDE,
) -> Floats:
    """Time (s) in which drag brings a circular orbit down, at a constant level of activity.

    Parameters
    ----------
    altitude : float or array
        Above the equatorial radius (m), 100 to 3000 km.
    area_to_mass, drag_coefficient : float or array
        As in `ballistic`.
    activity : str
        A key of `atmosphere.ACTIVITIES`.
    end : float
        Altitude that counts as down (m). From 300 to 150 km it takes 1.5 % of the life at 560 km.

    Returns
    -------
    ndarray
        0 where the orbit starts at or below `end`.

    Raises
    ------
    UserError
        For values out of range or an unknown level.

    Notes
    -----
    Integral of da / (rho B sqrt(mu a)) (King-Hele 1987, ch. 4), on a 1 km grid, within 0.1 %. For the
    doubt in density, area and activity see the module. Lives of several years never see one level all the
    time.
    """
    height = _heights(altitude, end)
    grid, sinking = _sinking_table(activity)
    span = np.interp(height, grid, sinking) - np.interp(end, grid, sinking)
    return np.asarray(np.maximum(span, 0.0) / ballistic(area_to_mass, drag_coefficient))


def drag_life_elliptic(
    perigee: Real,
    apogee: Real,
    area_to_mass: Real,
    drag_coefficient: Real,
    activity: Level = "mean",
    *,
    end: float = END_ALTITUDE,
) -> Floats:
    """Time (s) in which drag brings an elliptical orbit down, until its perigee reaches `end`.

    Parameters
    ----------
    perigee, apogee : float or array
        Altitudes above the equatorial radius (m); the perigee from 0 m, the apogee from 100 to 3000 km.
    area_to_mass, drag_coefficient : float or array
        As in `ballistic`.
    activity : str
        A key of `atmosphere.ACTIVITIES`.
    end : float
        Perigee altitude that counts as down (m).

    Returns
    -------
    ndarray
        0 where the perigee starts at or below `end`.

    Raises
    ------
    UserError
        For values out of range or a perigee above the apogee.

    Notes
    -----
    Averages over the eccentric anomaly of the changes of the semi-major axis a and of x = a e in one turn:
    King-Hele (1987), ch. 4, without series; then Runge-Kutta steps of fourth order along a. Within
    0.5 % of an orbit integrated numerically in the same air. Sun and Moon move a perigee by a few kilometres
    in low orbits (left out); the air's rotation and the flattening count as in the module.
    """
    low = within("perigee", perigee, 0.0, HIGHEST, scale=1e3, unit="km", write="250 km")
    high = within("apogee", apogee, LOWEST, HIGHEST, scale=1e3, unit="km", write="650 km")
    within("end", end, LOWEST, HIGHEST, scale=1e3, unit="km", write="150 km")
    low, high, factor = np.broadcast_arrays(low, high, ballistic(area_to_mass, drag_coefficient))
    if np.any(low > high):
        raise problem("perigee", "a perigee above the apogee", "perigee <= apogee", "swap the two")
    axis = EARTH_RADIUS + 0.5 * (low + high).ravel()
    offset = 0.5 * (high - low).ravel()
    life = _elliptic_life(axis, offset, log_profile(activity), end)
    return np.asarray(life.reshape(low.shape) / factor)


def _slopes(axis: Floats, offset: Floats, profile: tuple[Floats, Floats]) -> tuple[Floats, Floats]:
    """Change of x = a e and of the time times the ballistic coefficient, per metre of axis lost."""
    anomaly = np.pi * (np.arange(ANOMALIES) + 0.5) / ANOMALIES
    cosine, ratio = np.cos(anomaly), offset / axis
    ahead, behind = 1.0 + ratio[:, None] * cosine, 1.0 - ratio[:, None] * cosine
    height = axis[:, None] * behind - EARTH_RADIUS
    weight = np.exp(np.interp(height, *profile)) * np.sqrt(ahead / behind)
    loss = (weight * ahead).mean(axis=1)
    return (weight * (cosine + ratio[:, None])).mean(axis=1) / loss, 1.0 / (
        np.sqrt(GRAVITATIONAL_PARAMETER * axis) * loss
    )


def _elliptic_life(axis: Floats, offset: Floats, profile: tuple[Floats, Floats], end: float) -> Floats:
    """Life times the ballistic coefficient, in steps of the axis that shrink towards the end."""
    floor = EARTH_RADIUS + end
    spread = np.maximum(axis - floor, 0.0)
    life, alive = np.zeros_like(axis), axis - offset > floor
    shares = (1.0 - np.arange(ELLIPTIC_STEPS + 1) / ELLIPTIC_STEPS) ** 2
    for one, two in pairwise(shares):
        at, down = floor + spread * one, spread * (one - two)
        x1, t1 = _slopes(at, offset, profile)
        x2, t2 = _slopes(at - down / 2, offset - x1 * down / 2, profile)
        x3, t3 = _slopes(at - down / 2, offset - x2 * down / 2, profile)
        x4, t4 = _slopes(at - down, offset - x3 * down, profile)
        new = np.maximum(offset - down * (x1 + 2 * x2 + 2 * x3 + x4) / 6, 0.0)
        before, after = at - offset - floor, at - down - new - floor
        part = np.where(after >= 0, 1.0, before / np.where(before > after, before - after, 1.0))
        life += np.where(alive, np.clip(part, 0.0, 1.0) * down * (t1 + 2 * t2 + 2 * t3 + t4) / 6, 0.0)
        alive, offset = alive & (after > 0), new
    return life


@record
class StationKeeping:
    """Velocity that a satellite spends to stay in its place (m/s per s; times a year: m/s per year).

    Parameters
    ----------
    drag : m/s2
        Against drag.
    plane : m/s2
        Out of plane, against the Sun's pull on the inclination.
    control : m/s2
        In plane: eccentricity, phase, avoidance.
    """

    drag: Real
    plane: Real
    control: Real

    @property
    def total(self) -> Real:
        """All three (m/s2)."""
        return self.drag + self.plane + self.control


def station_keeping(
    altitude: Real,
    area_to_mass: Real,
    drag_coefficient: Real,
    activity: Level = "mean",
    *,
    inclination: Real = 0.0,
    ltan: Real | None = None,
    control: Real = CONTROL_PER_YR / YEAR,
) -> StationKeeping:
    """What staying in place costs in velocity per time.

    Parameters
    ----------
    altitude : float or array
        Above the equatorial radius (m), 150 to 3000 km.
    area_to_mass, drag_coefficient : float or array
        As in `ballistic`.
    activity : str
        A key of `atmosphere.ACTIVITIES`.
    inclination : float or array
        Tilt against the equator (rad); counts only with `ltan`.
    ltan : float, array or None
        Mean local time of the node (h) of a sun-synchronous plane, whose tilt is held against the Sun's
        pull (`local_time.solar_inclination_rate`); None for any other plane.
    control : float or array
        In-plane allowance (m/s2). Guess: 2 m/s a year, 0.5 to 10: keeping phase and eccentricity is nearly
        free beside drag make-up, and an avoidance manoeuvre costs 0.01-0.1 m/s, 34 a year at Starlink's rate.

    Notes
    -----
    The plane's part is the orbital speed times the drift of the inclination: 5 m/s a year at 08:00 at
    560 km, nothing at 06:00. Holding a node within a filed tolerance by the tilt is not counted.
    """
    drift = 0.0 if ltan is None else np.abs(solar_inclination_rate(altitude, inclination, ltan))
    speed = orbit.mean_motion(altitude) * orbit.orbit_radius(altitude)
    drag = drag_delta_v(altitude, area_to_mass, drag_coefficient, activity)
    return StationKeeping(drag=drag, plane=np.asarray(speed * drift), control=control)
