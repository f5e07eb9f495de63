"""Planes off their local time: the filed tolerance of the node, its drift over life, the light both cost.

A sun-synchronous plane holds its local time only while its inclination is right. An inclination that is off
lets the node drift steadily; the Sun's gravity, which meets a sun-synchronous plane from the same side for
years, slowly changes the inclination itself.
"""

from __future__ import annotations

from typing import Annotated, Final

import numpy as np

from dawndusk.core import time
from dawndusk.core.bounds import within
from dawndusk.core.constants import DAY
from dawndusk.core.errors import problem
from dawndusk.core.records import Floats, Real, record
from dawndusk.core.units import Unit
from dawndusk.physics.light.sunlight import plane_light, start_of_year
from dawndusk.physics.motion import orbit
from dawndusk.physics.motion.layout import Planes
from dawndusk.physics.motion.sun import mean_obliquity, mean_sun_right_ascension

SPREAD_SAMPLES_PER_DAY: Final = 2  # for raan_spread, which says what that costs
SPREAD_NODES: Final = 9  # shifts within the tolerance, for raan_spread
STEP: Final = 5.0 * DAY  # s, of the drift's integration; halving it moves the local time by less than 1 s


@record
class RaanEdge:
    """Mean light of the year with every node at either edge of its tolerance, by plane.

    Parameters
    ----------
    east, west : array
        Light with the node shifted eastward (later local time), and westward.
    """

    east: Annotated[Floats, Unit("1", 0, 1)]
    west: Annotated[Floats, Unit("1", 0, 1)]

    @property
    def edge(self) -> Floats:
        """Mean of both edges: what ``sunlit_fraction_raan_edge`` reports."""
        return np.asarray(0.5 * (self.east + self.west))


@record
class RaanSpread:
    """Light of planes whose nodes lie anywhere within their tolerance with equal chance, by plane.

    Parameters
    ----------
    mean, worst : array
        Mean over the tolerance, and the least light within it.
    """

    mean: Annotated[Floats, Unit("1", 0, 1)]
    worst: Annotated[Floats, Unit("1", 0, 1)]


def raan_edge(planes: Planes, tolerance: Real, year: int) -> RaanEdge:
    """Light at both edges of the nodes' tolerance.

    Parameters
    ----------
    planes : Planes
        From `physics.motion.layout.planes_of`.
    tolerance : float or array
        Largest shift of the node to either side (rad, 0 to pi), for all or one per plane.
    year : int
        1972 to 2100.

    Raises
    ------
    UserError
        For a tolerance out of range.

    Notes
    -----
    The shift holds on 1 January and drifts no further than the plane does. In groups whose nodes lie evenly
    around the equator the mean over the group hardly changes.
    """
    shift = _checked_tolerance(planes, tolerance)
    node = start_of_year(planes, year)
    light = plane_light(planes.altitude, planes.inclination, np.stack([node + shift, node - shift]), year)
    return RaanEdge(east=light[0], west=light[1])


def raan_spread(planes: Planes, tolerance: Real, year: int) -> RaanSpread:
    """Light of planes spread evenly within their tolerance.

    Parameters
    ----------
    planes, tolerance, year
        As in `raan_edge`.

    Notes
    -----
    Simpson's rule over nine shifts, the Sun every 12 h: within 2e-3 of 61 shifts every 3 h, where the
    light has a kink. The worst is the worst of the nine.
    """
    shift = np.linspace(-1.0, 1.0, SPREAD_NODES)[:, None] * _checked_tolerance(planes, tolerance)
    node = start_of_year(planes, year) + shift
    light = plane_light(planes.altitude, planes.inclination, node, year, per_day=SPREAD_SAMPLES_PER_DAY)
    weights = np.where(np.arange(SPREAD_NODES) % 2 == 1, 4.0, 2.0)
    weights[[0, -1]] = 1.0
    return RaanSpread(mean=weights @ light / weights.sum(), worst=light.min(axis=0))


def _checked_tolerance(planes: Planes, tolerance: Real) -> Floats:
    values = np.asarray(tolerance, dtype=np.float64)
    if values.shape not in {(), (planes.size,)}:
        read = f"{values.size} values for {planes.size} planes"
        raise problem("raan_tolerance", read, "one value, or one per plane", "30 deg")
    values = within("raan_tolerance", values, 0.0, np.pi, scale=orbit.DEGREE, unit="deg", write="30 deg")
    return np.broadcast_to(values, (planes.size,))


def local_time_rate(altitude: Real, inclination: Real) -> Floats:
    """Drift of the node against the mean Sun (rad/s), later positive; 0 if sun-synchronous.

    Parameters
    ----------
    altitude : float or array
        Height above the equatorial radius (m), 150 km to 50,000 km.
    inclination : float or array
        Tilt (rad), 0 to pi.

    Notes
    -----
    Near 97 to 100 deg one hundredth of a degree of inclination is worth 0.46 deg or 1.8 minutes of local
    time a year. The first-order J2 rate itself is 0.05-0.1 % off (0.2-0.4 deg a year), which operators trim.
    """
    return orbit.raan_rate(altitude, inclination) - orbit.MEAN_SUN_RATE


def solar_inclination_rate(altitude: Real, inclination: Real, ltan: Real) -> Floats:
    """Secular drift of a sun-synchronous plane's inclination by the Sun's gravity (rad/s).

    Parameters
    ----------
    altitude : float or array
        Height above the equatorial radius (m), 150 km to 50,000 km.
    inclination : float or array
        Tilt (rad), 0 to pi.
    ltan : float or array
        Mean local time of the ascending node (h, 0 to 24).

    Raises
    ------
    UserError
        For values out of range.

    Notes
    -----
    (3/4) (n_s^2 / n) sin i cos^4(e/2) sin 2a, with n_s the mean motion of the Sun, n that of the satellite,
    e the obliquity and a the node's angle past the mean Sun: the Sun's potential to second degree (Cook,
    1962, Geophys. J. R. Astron. Soc. 6, 271, doi:10.1111/j.1365-246X.1962.tb00351.x) for a circular orbit,
    averaged over the orbit and over the year with the node held at its local time. -0.046 deg a year at
    09:00 and 700 km, nothing at 06:00, 12:00 and 18:00. A node near 06:00 or 18:00 is drawn back and swings
    in about 23 years; one near 12:00 is driven off.
    Left out: the Sun's eccentric path (under 1 %), the Moon (no secular part), the Sun's pull on the node.
    """
    hours = within("ltan", ltan, 0.0, 24.0, scale=1.0, unit="h of mean local time", write="6 h")
    angle = np.deg2rad(15.0 * (hours - 12.0))
    return _inclination_rate(orbit.mean_motion(altitude), orbit.checked_inclination(inclination), angle)


def _inclination_rate(motion: Floats, tilt: Floats, angle: Floats) -> Floats:
    lean = np.cos(0.5 * mean_obliquity(0.0)) ** 4
    strength = 0.75 * orbit.MEAN_SUN_RATE**2 / motion
    return np.asarray(strength * lean * np.sin(tilt) * np.sin(2.0 * angle))


@record
class LightOverLife:
    """Light of planes year by year, from the first 1 January on.

    Parameters
    ----------
    years : int
        How many.
    sunlit_fraction : array
        Mean light of each year, shape (years, ...).
    ltan : array
        Mean local time of the node at the start of each year and the end of the last,
        shape (years + 1, ...).
    inclination : array
        At the same instants.
    """

    years: int
    sunlit_fraction: Annotated[Floats, Unit("1", 0, 1)]
    ltan: Annotated[Floats, Unit("h")]
    inclination: Annotated[Floats, Unit("rad")]


def planes_over_life(planes: Planes, first_year: int, years: int) -> LightOverLife:
    """Light of a constellation's planes in each year, if nothing corrects their drift.

    Parameters
    ----------
    planes : Planes
        From `physics.motion.layout.planes_of`; J2 alone turns them from their epoch to the first year's
        start.
    first_year, years : int
        First calendar year, and how many, 1 or more.
    """
    node = start_of_year(planes, first_year)
    return _over_life(planes.altitude, planes.inclination, node, first_year, years)


def _over_life(altitude: Real, inclination: Real, raan: Real, first_year: int, years: int) -> LightOverLife:
    if years < 1:
        raise problem("years", years, "1 year or more", "5")
    time.require_year(first_year + years)
    height, tilt, node = np.broadcast_arrays(
        *(np.asarray(x, dtype=np.float64) for x in (altitude, orbit.checked_inclination(inclination), raan))
    )
    starts = np.array([time.seconds_from_utc(f"{first_year + k}-01-01") for k in range(years + 1)])
    angle = node - mean_sun_right_ascension(float(starts[0]))
    angles, tilts, light = [angle], [tilt], []
    for k in range(years):
        middle, far = _drifted(height, tilts[-1], angles[-1], float(starts[k + 1] - starts[k]))
        at_start = angles[-1] + mean_sun_right_ascension(float(starts[k]))
        light.append(plane_light(height, middle, at_start, first_year + k))
        angles.append(far[0])
        tilts.append(far[1])
    return LightOverLife(
        years=years,
        sunlit_fraction=np.stack(light),
        ltan=np.mod(12.0 + np.rad2deg(np.stack(angles)) / 15.0, 24.0),
        inclination=np.stack(tilts),
    )


def _drifted(height: Floats, tilt: Floats, angle: Floats, span: float) -> tuple[Floats, Floats]:
    """Mean inclination over a span of time, and the angle past the mean Sun and inclination at its end.

    Classical Runge-Kutta steps of the two equations above, which bear on each other.
    """
    motion = orbit.mean_motion(height)
    steps = int(np.ceil(span / STEP))
    step = span / steps

    def rates(state: Floats) -> Floats:
        turn = local_time_rate(height, np.clip(state[1], 0.0, np.pi))
        return np.stack([turn, _inclination_rate(motion, state[1], state[0])])

    state = np.stack([angle, tilt])
    total = np.zeros_like(tilt)
    for _ in range(steps):
        first = rates(state)
        second = rates(state + 0.5 * step * first)
        third = rates(state + 0.5 * step * second)
        last = rates(state + step * third)
        moved = state + step / 6.0 * (first + 2.0 * second + 2.0 * third + last)
        total = total + 0.5 * (state[1] + moved[1])
        state = moved
    return total / steps, state
