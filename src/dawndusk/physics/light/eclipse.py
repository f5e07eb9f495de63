"""A year in orbit: beta angle, eclipses and sunlight of circular orbits, from `physics.light.shadow`.

The plane drifts by the secular theory of `physics.motion.orbit` and the Sun moves along its apparent path.
"""

from __future__ import annotations

from functools import cache
from typing import Annotated, Any, Final

import numpy as np

from dawndusk.core import time
from dawndusk.core.constants import DAY
from dawndusk.core.errors import problem
from dawndusk.core.records import Floats, Ints, Real, record
from dawndusk.core.units import Unit
from dawndusk.physics.light.shadow import shadow_durations, sunlit_fraction
from dawndusk.physics.motion import orbit
from dawndusk.physics.motion.sun import sun_direction, sun_distance

SAMPLES_PER_DAY: Final = 8  # beta moves at most about 0.5 deg in 3 h; see orbit_year for what that costs
TABLE_SAMPLES_PER_DAY: Final = 2  # for annual_sunlit_fraction, which says what that costs


@record
class OrbitYear:
    """Sunlight and eclipses of one circular orbit over a calendar year; arrays where the inputs were.

    Parameters
    ----------
    year : int
        Calendar year, 1 January 0 h UTC to the next.
    altitude, inclination, raan : float
        Orbit; `raan` is the node at the year's start.
    period : float
        From one ascending node to the next.
    raan_rate : float
        Drift of the node by J2.
    beta_min, beta_max, abs_beta_min : float
        Extremes of the beta angle and of its size, in continuous time.
    sunlit_fraction : float
        Mean light over the year; in the penumbra the visible part of the Sun's disc counts.
    longest_umbra, longest_shadow : float
        Longest passage through the umbra, and through umbra and penumbra together.
    days_with_umbra, days_with_shadow : int
        UTC days with any umbra, and with any shadow at all.
    sunlit_by_month : array
        Mean light of each calendar month, shape (12, ...).
    """

    year: int
    altitude: Annotated[float, Unit("m")]
    inclination: Annotated[float, Unit("rad")]
    raan: Annotated[float, Unit("rad")]
    period: Annotated[float, Unit("s")]
    raan_rate: Annotated[float, Unit("rad/s")]
    beta_min: Annotated[float, Unit("rad")]
    beta_max: Annotated[float, Unit("rad")]
    abs_beta_min: Annotated[float, Unit("rad")]
    sunlit_fraction: Annotated[float, Unit("1", 0, 1)]
    longest_umbra: Annotated[float, Unit("s")]
    longest_shadow: Annotated[float, Unit("s")]
    days_with_umbra: int
    days_with_shadow: int
    sunlit_by_month: Annotated[Floats, Unit("1", 0, 1)]


@cache
def _year_grid(year: int, per_day: int) -> tuple[Floats, Floats, Floats]:
    """Seconds TT of evenly spaced instants of a year (both ends included), Sun's direction, distance."""
    start = time.seconds_from_utc(f"{time.require_year(year)}-01-01")
    days = int(time.days_in_months(year).sum())
    seconds = start + np.arange(days * per_day + 1) * (DAY / per_day)
    grid = seconds, sun_direction(seconds), sun_distance(seconds)
    for part in grid:
        part.flags.writeable = False
    return grid


def _plane(
    altitude: Real, inclination: Real | None, ltan: Real | None, raan: Real | None, start: float
) -> tuple[Floats, Floats, Floats]:
    """Altitude, inclination and starting node, checked and broadcast against each other."""
    if (ltan is None) == (raan is None):
        read = "neither" if ltan is None else "both"
        raise problem(
            "ltan, raan", read, "exactly one of the two: each fixes the plane", "ltan 6 without raan"
        )
    tilt = (
        orbit.sun_synchronous_inclination(altitude)
        if inclination is None
        else orbit.checked_inclination(inclination)
    )
    node = orbit.raan_from_ltan(ltan, start) if ltan is not None else np.asarray(raan)
    if not np.all(np.isfinite(node)):
        raise problem("raan", node, "a finite angle", "90 deg")
    height, tilt, node = np.broadcast_arrays(np.asarray(altitude), tilt, np.mod(node, 2.0 * np.pi))
    orbit.orbit_radius(height)
    return height.astype(np.float64), tilt.astype(np.float64), node.astype(np.float64)


def _over_year(
    year: int, per_day: int, height: Floats, tilt: Floats, node: Floats
) -> tuple[Floats, Floats, Floats]:
    """Sine of beta, the Sun's argument of latitude, its distance: (time, ...)."""
    seconds, sun, distance = _year_grid(year, per_day)
    ones = (1,) * height.ndim
    elapsed = (seconds - seconds[0]).reshape(-1, *ones)
    raan = node + orbit.raan_rate(height, tilt) * elapsed
    sun = sun.reshape(3, -1, *ones)
    return (
        orbit.sine_beta(tilt, raan, sun),
        orbit.sun_argument(tilt, raan, sun),
        distance.reshape(-1, *ones),
    )


def _highest(sine: Floats) -> Floats:
    """Highest value over time, by a parabola through the highest sample and its neighbours."""
    middle = np.argmax(sine, axis=0)[None]
    inner = np.clip(middle, 1, sine.shape[0] - 2)
    before, at, after = (np.take_along_axis(sine, inner + k, axis=0)[0] for k in (-1, 0, 1))
    bend = np.minimum(before - 2.0 * at + after, -1e-300)
    vertex = at - (after - before) ** 2 / (8.0 * bend)
    # At the ends of the year the extreme is the end itself, not the vertex beyond it.
    ends = np.take_along_axis(sine, middle, axis=0)[0]
    return np.asarray(np.where(inner[0] == middle[0], np.minimum(vertex, 1.0), ends))


def _by_day(values: Floats, per_day: int) -> Floats:
    """Values at the edges of each UTC day and within: shape (days, per_day + 1, ...)."""
    windows = np.lib.stride_tricks.sliding_window_view(values, per_day + 1, axis=0)[::per_day]
    return np.asarray(np.moveaxis(windows, -1, 1))


def _days_with(arc: Floats) -> Ints:
    return np.asarray(np.any(_by_day(arc, SAMPLES_PER_DAY) > 0.0, axis=1).sum(axis=0), dtype=np.int64)


def _daily_mean(values: Floats, per_day: int) -> Floats:
    """Mean over each UTC day by the trapezoidal rule, shape (days, ...)."""
    days = _by_day(values, per_day)
    inner = days[:, 1:-1].sum(axis=1)
    return np.asarray((inner + 0.5 * (days[:, 0] + days[:, -1])) / per_day)


def orbit_year(
    *,
    altitude: Real,
    inclination: Real | None = None,
    ltan: Real | None = None,
    raan: Real | None = None,
    year: int,
) -> OrbitYear:
    """Sunlight, eclipses and beta angle of circular orbits over a calendar year.

    Parameters
    ----------
    altitude : float or array
        Height above the equatorial radius (m), 150 km to 50,000 km.
    inclination : float, array or None
        Tilt (rad), 0 to pi; None for the sun-synchronous one of each altitude.
    ltan : float, array or None
        Mean local time of the ascending node at the year's start (hours, 0 to 24); a sun-synchronous orbit
        keeps it.
    raan : float, array or None
        Node at 1 January 0 h UTC (rad), on the mean equinox of date. Exactly one of `ltan` and `raan`.
    year : int
        Calendar year, 1972 to 2100.

    Returns
    -------
    OrbitYear
        Fields of the inputs' common shape, plain numbers for plain numbers.

    Raises
    ------
    UserError
        For an orbit or a year out of range, an altitude without sun-synchronous orbit, or a plane given
        twice or not at all.

    Notes
    -----
    Light, durations and days from the beta angle every 3 h, extremes of beta by parabolas in its sine.
    Against a year of satellite positions every 10 s under the DE421 Sun and the same constants (16 orbits,
    500 to 1400 km, sun-synchronous and not) wrong by at most 0.0006 deg in beta, 0.2 s in the longest
    eclipse, 5e-5 in the sunlit fraction (most of it the first orbit's unknown phase) and one day in the
    counts.
    That run shares the secular J2 theory; see `dawndusk.physics.motion.orbit` for the theory's own error.
    """
    start = float(_year_grid(year, SAMPLES_PER_DAY)[0][0])
    height, tilt, node = _plane(altitude, inclination, ltan, raan, start)
    sine, argument, distance = _over_year(year, SAMPLES_PER_DAY, height, tilt, node)
    beta = np.arcsin(sine)
    pace = np.gradient(np.unwrap(argument, axis=0), DAY / SAMPLES_PER_DAY, axis=0)
    umbra, shadow = shadow_durations(beta, height, tilt, distance, pace)
    light = _daily_mean(sunlit_fraction(beta, height, distance), SAMPLES_PER_DAY)
    lengths = time.days_in_months(year)
    months = np.add.reduceat(light, np.cumsum(lengths) - lengths, axis=0)
    low, high = np.arcsin(-_highest(-sine)), np.arcsin(_highest(sine))
    near = np.where(low * high <= 0.0, 0.0, np.minimum(np.abs(low), np.abs(high)))
    return OrbitYear(
        year=year,
        altitude=_number(height),
        inclination=_number(tilt),
        raan=_number(node),
        period=_number(orbit.nodal_period(height, tilt)),
        raan_rate=_number(orbit.raan_rate(height, tilt)),
        beta_min=_number(low),
        beta_max=_number(high),
        abs_beta_min=_number(near),
        sunlit_fraction=_number(light.mean(axis=0)),
        longest_umbra=_number(umbra.max(axis=0)),
        longest_shadow=_number(shadow.max(axis=0)),
        days_with_umbra=_number(_days_with(umbra)),
        days_with_shadow=_number(_days_with(shadow)),
        sunlit_by_month=months / lengths.reshape(-1, *(1,) * height.ndim),
    )


def _number(values: Floats | Ints) -> Any:
    """A plain number for a single value; arrays stay (records declare the central value's type)."""
    return values.item() if np.ndim(values) == 0 else values


def annual_sunlit_fraction(
    altitude: Real,
    *,
    inclination: Real | None = None,
    ltan: Real | None = None,
    raan: Real | None = None,
    year: int,
) -> Floats:
    """Mean light over a year alone, for tables over many orbits.

    Parameters
    ----------
    altitude, inclination, ltan, raan, year
        As in `orbit_year`.

    Returns
    -------
    ndarray
        In [0, 1], of the inputs' common shape.

    Notes
    -----
    The same model every 12 h instead of every 3 h: within 4e-7 of `orbit_year` for
    sun-synchronous orbits and 6e-5 for others (800 drawn orbits, 300 to 2500 km).
    """
    start = float(_year_grid(year, TABLE_SAMPLES_PER_DAY)[0][0])
    height, tilt, node = _plane(altitude, inclination, ltan, raan, start)
    sine, _, distance = _over_year(year, TABLE_SAMPLES_PER_DAY, height, tilt, node)
    light = sunlit_fraction(np.arcsin(sine), height, distance)
    return np.asarray(_daily_mean(light, TABLE_SAMPLES_PER_DAY).mean(axis=0))
