"""The shadows of a year as a battery meets them: how long each is, and how many of that length.

Dawn-dusk orbits have a season of shadows, short at its ends and longest at a solstice; most other orbits
have one of nearly the same length every time.
"""

from __future__ import annotations

from typing import Annotated, Final

import numpy as np

from dawndusk.core.constants import YEAR
from dawndusk.core.records import Floats, Ints, Real, record
from dawndusk.core.units import Unit
from dawndusk.physics.light.sunlight import SAMPLES_PER_DAY, cosine_ratio, lost_light, sun_year, sweeps
from dawndusk.physics.motion import orbit

LEVELS: Final = 8  # lengths of shadow that stand for a year's


@record
class ShadowCalendar:
    """Shadows of a year, longest first; arrays of shape (LEVELS, ...) and (...).

    Parameters
    ----------
    lengths : array
        Dark time of a shadow, the penumbra weighed by the light it takes: energy, not minutes of twilight.
    orbits : array
        How many shadows of that length a Julian year has.
    longest : array
        The longest one.
    period : array
        Of an orbit.
    """

    lengths: Annotated[Floats, Unit("s")]
    orbits: Annotated[Floats, Unit("1")]
    longest: Annotated[Floats, Unit("s")]
    period: Annotated[Floats, Unit("s")]

    @property
    def dark_share(self) -> Floats:
        """Share of the year's light that Earth takes, shape (...)."""
        return np.asarray((self.lengths * self.orbits).sum(axis=0) / YEAR)


def shadow_calendar(
    altitude: Real, inclination: Real, raan: Real, year: int, *, per_day: int = SAMPLES_PER_DAY
) -> ShadowCalendar:
    """Shadows of circular orbits over a calendar year.

    Parameters
    ----------
    altitude, inclination, raan : float or array
        m, rad, rad on 1 January 0 h UTC, as in `physics.light.sunlight.plane_year`.
    year : int
        1972 to 2100.
    per_day : int
        Instants per day.

    Notes
    -----
    The light lost at each instant (`physics.light.sunlight.lost_light`) times the period, sorted, its mean
    over each of LEVELS even parts: the year's dark time within 0.2 % of `plane_year`, wear within 1.5 % of
    that by single shadows. The longest is 1-2 % less than `plane_year.longest_shadow`, which counts all of
    the penumbra as dark.
    """
    arrays = np.broadcast_arrays(*(np.asarray(x, dtype=np.float64) for x in (altitude, inclination, raan)))
    shape, (height, tilt, node) = arrays[0].shape, [x.ravel() for x in arrays]
    period = np.asarray(orbit.nodal_period(height, tilt))
    lengths, orbits = np.zeros((LEVELS, height.size)), np.zeros(height.size)
    longest = np.zeros(height.size)
    sun = sun_year(year, per_day)
    for sweep in sweeps(sun, height, tilt, node):
        part = sweep.part
        dark = cosine_ratio(sun, sweep, 1.0)[:-1] < 1.0
        found = np.where(dark, lost_light(sun, sweep)[:-1], 0.0)
        found = np.sort(found, axis=0)[::-1] * period[part]
        count = dark.sum(axis=0)
        lengths[:, part] = _level_means(found, count)
        longest[part] = found[0]
        orbits[part] = count / found.shape[0] * YEAR / period[part]
    return ShadowCalendar(
        lengths=lengths.reshape(LEVELS, *shape),
        orbits=np.broadcast_to(orbits / LEVELS, lengths.shape).reshape(LEVELS, *shape),
        longest=longest.reshape(shape),
        period=period.reshape(shape),
    )


def _level_means(values: Floats, count: Ints) -> Floats:
    """Mean of each even part of the first `count` rows, shape (LEVELS, columns); 0 where there are none."""
    sums = np.concatenate([np.zeros((1, values.shape[1])), np.cumsum(values, axis=0)])
    edges = np.arange(LEVELS + 1)[:, None] / LEVELS * count
    row = np.minimum(edges.astype(np.int64), values.shape[0] - 1)
    below, step = np.take_along_axis(sums, row, axis=0), np.take_along_axis(values, row, axis=0)
    parts = np.diff(below + (edges - row) * step, axis=0)
    return np.asarray(parts * LEVELS / np.maximum(count, 1))


def equivalent_orbits(calendar: ShadowCalendar, depths: Real, exponent: Real) -> Real:
    """Cycles per year of the deepest discharge that wear a battery as much as all of a year's.

    Parameters
    ----------
    calendar : ShadowCalendar
        The shadows.
    depths : Real
        Depth in each of them over the deepest, shape (LEVELS, ...), 0 to 1.
    exponent : Real
        Of the wear curve (`battery_life.Chemistry.exponent`), shape (...).

    Notes
    -----
    Miner's rule: the sum of depth^exponent over the shadows.
    """
    return np.asarray((calendar.orbits * np.asarray(depths) ** exponent).sum(axis=0))[()]
