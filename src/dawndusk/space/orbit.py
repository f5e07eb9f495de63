"""Sunlight and eclipses of one circular orbit over a year, in the units people read."""

from __future__ import annotations

from typing import Any

import numpy as np

from dawndusk.core import time
from dawndusk.core.constants import DAY
from dawndusk.physics.light.eclipse import OrbitYear, orbit_year
from dawndusk.physics.motion import orbit
from dawndusk.physics.motion.sun import mean_sun_right_ascension

DAWN_DUSK = 6.0  # h, the node's local time when nothing fixes the plane


def orbit_summary(
    *,
    altitude: float,
    inclination: float | None = None,
    ltan: float | None = None,
    raan: float | None = None,
    year: int,
) -> dict[str, Any]:
    """Plane, periods, beta angle, light and eclipses of a circular orbit over a calendar year.

    Parameters
    ----------
    altitude : float
        Height above the equatorial radius (m), 150 km to 50,000 km.
    inclination : float or None
        Tilt (rad); None for the sun-synchronous one.
    ltan : float or None
        Mean local time of the ascending node on 1 January 0 h UTC (hours, 0 to 24).
    raan : float or None
        Node on 1 January 0 h UTC (rad). Exactly one of `ltan` and `raan`.
    year : int
        Calendar year, 1972 to 2100.

    Returns
    -------
    dict
        Plain numbers; each key ends with its unit.

    Raises
    ------
    UserError
        As `dawndusk.physics.light.eclipse.orbit_year`.
    """
    found = orbit_year(altitude=altitude, inclination=inclination, ltan=ltan, raan=raan, year=year)
    perigee = orbit.argument_of_perigee_rate(found.altitude, found.inclination)
    return {
        "year": year,
        "altitude_km": found.altitude / 1e3,
        "sun_synchronous": inclination is None,
        "inclination_deg": float(np.rad2deg(found.inclination)),
        "ltan_h": _local_time(found) if ltan is None else float(ltan),
        "raan_deg": float(np.rad2deg(found.raan)),
        "period_s": found.period,
        "kepler_period_s": float(orbit.kepler_period(found.altitude)),
        "raan_drift_deg_per_day": float(np.rad2deg(found.raan_rate) * DAY),
        "perigee_drift_deg_per_day": float(np.rad2deg(perigee) * DAY),
        "beta_min_deg": float(np.rad2deg(found.beta_min)),
        "beta_max_deg": float(np.rad2deg(found.beta_max)),
        "abs_beta_min_deg": float(np.rad2deg(found.abs_beta_min)),
        "sunlit_fraction": found.sunlit_fraction,
        "longest_umbra_s": found.longest_umbra,
        "longest_shadow_s": found.longest_shadow,
        "days_with_umbra": found.days_with_umbra,
        "days_with_shadow": found.days_with_shadow,
        "sunlit_fraction_by_month": found.sunlit_by_month.tolist(),
    }


def _local_time(found: OrbitYear) -> float:
    """Mean local time (h) at the ascending node when the year starts."""
    sun = mean_sun_right_ascension(time.seconds_from_utc(f"{found.year}-01-01"))
    return float(np.mod(12.0 + np.rad2deg(found.raan - sun) / 15.0, 24.0))
