"""A year of one circular orbit, whichever way its plane is given: light of `sunlight`, and the beta angle."""

from __future__ import annotations

from typing import Annotated

import numpy as np

from dawndusk.core import time
from dawndusk.core.errors import problem
from dawndusk.core.records import Floats, record
from dawndusk.core.units import Unit
from dawndusk.physics.light.sunlight import plane_year, sun_year, sweeps
from dawndusk.physics.motion import orbit


@record
class OrbitYear:
    """Sunlight and eclipses of one circular orbit over a calendar year.

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
        Mean light of each calendar month, shape (12,).
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


def _plane(
    altitude: float, inclination: float | None, ltan: float | None, raan: float | None, start: float
) -> tuple[float, float]:
    """Inclination and node at the year's start (rad)."""
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
    if not np.isfinite(node):
        raise problem("raan", node, "a finite angle", "90 deg")
    return float(tilt), float(np.mod(node, 2.0 * np.pi))


def _highest(sine: Floats) -> float:
    """Highest value over time, by a parabola through the highest sample and its neighbours."""
    middle = int(np.argmax(sine))
    if middle in (0, sine.size - 1):  # at the ends of the year the extreme is the end itself
        return float(sine[middle])
    before, at, after = sine[middle - 1 : middle + 2]
    bend = min(before - 2.0 * at + after, -1e-300)
    return float(min(at - (after - before) ** 2 / (8.0 * bend), 1.0))


def orbit_year(
    *,
    altitude: float,
    inclination: float | None = None,
    ltan: float | None = None,
    raan: float | None = None,
    year: int,
) -> OrbitYear:
    """Sunlight, eclipses and beta angle of a circular orbit over a calendar year.

    Parameters
    ----------
    altitude : float
        Height above the equatorial radius (m), 150 km to 50,000 km.
    inclination : float or None
        Tilt (rad), 0 to pi; None for the sun-synchronous one of the altitude.
    ltan : float or None
        Mean local time of the ascending node at the year's start (hours, 0 to 24); a sun-synchronous orbit
        keeps it.
    raan : float or None
        Node at 1 January 0 h UTC (rad), on the mean equinox of date. Exactly one of `ltan` and `raan`.
    year : int
        Calendar year, 1972 to 2100.

    Raises
    ------
    UserError
        For an orbit or a year out of range, an altitude without sun-synchronous orbit, or a plane given
        twice or not at all.

    Notes
    -----
    Light and shadows by `sunlight.plane_year`, extremes of beta by parabolas in its sine every 3 h.
    Against a year of satellite positions every 10 s under the DE421 Sun and the same constants (16 orbits,
    500 to 1400 km, sun-synchronous and not) wrong by at most 0.0006 deg in beta, 0.25 s in the longest
    eclipse, 5e-5 in the sunlit fraction (most of it the first orbit's unknown phase) and one day in the
    counts. That run shares the secular J2 theory; see `dawndusk.physics.motion.orbit` for its own error.
    """
    sun = sun_year(time.require_year(year))
    tilt, node = _plane(altitude, inclination, ltan, raan, sun.start)
    light = plane_year(altitude, tilt, node, year)
    (sweep,) = sweeps(sun, *(np.array([x], dtype=np.float64) for x in (altitude, tilt, node)))
    sine = sweep.sine[:, 0]
    low, high = np.arcsin(-_highest(-sine)), np.arcsin(_highest(sine))
    return OrbitYear(
        year=year,
        altitude=float(altitude),
        inclination=tilt,
        raan=node,
        period=float(orbit.nodal_period(altitude, tilt)),
        raan_rate=float(orbit.raan_rate(altitude, tilt)),
        beta_min=float(low),
        beta_max=float(high),
        abs_beta_min=0.0 if low * high <= 0.0 else float(min(abs(low), abs(high))),
        sunlit_fraction=float(light.sunlit_fraction),
        longest_umbra=float(light.longest_umbra),
        longest_shadow=float(light.longest_shadow),
        days_with_umbra=int(light.days_with_umbra),
        days_with_shadow=int(light.days_with_shadow),
        sunlit_by_month=light.sunlit_by_month,
    )
