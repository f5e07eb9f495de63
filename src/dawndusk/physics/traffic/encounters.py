"""How often satellites of a constellation come near each other, from the geometry of its planes and shells.

Positions from mean elements are kilometres off after a day and a filing gives no phases, so the honest
answer is a rate, at a stated spread of altitudes, eccentricities, tilts and slots. Four kinds of pairs are
told apart:

- planes that cross at an angle, different shells: phases mix, `crossings.crossing_rate`;
- the same shell: phases are held, gaps at the crossings are by design, `crossings.slotted_rate`; or unknown,
  then the mean over all phasings, which is again `crossing_rate`;
- the same plane: held slots, `drifts.entry_rate` around the neighbours' slots;
- nearly the same plane in different shells, turning alike or head-on: `drifts.entry_rate`.

Satellites that cannot manoeuvre have phases independent of all others, wider eccentricities, and have fallen
by some depth below their shell. Their planes are taken to stay where they were, which is wrong by degrees of
node after a year but hardly moves the rates.

Assumed besides: all orbits share the frozen orbit's common shape, so that it cancels at crossings (see
`crossings`); altitudes are meant at the crossing (J2 alone shifts a polar against a 30 deg orbit of the same
mean altitude by up to 1.2 km); the nodes are those given, though nodes of different shells drift apart;
nobody dodges. Rates follow the spreads: see `dispersion.Dispersion` for their ranges.
"""

from __future__ import annotations

from typing import Annotated, Final

import numpy as np

from dawndusk.core.bounds import within
from dawndusk.core.constants import DAY
from dawndusk.core.numbers import number
from dawndusk.core.records import Floats, Real, record
from dawndusk.core.units import Unit
from dawndusk.physics.motion.layout import Planes
from dawndusk.physics.traffic.crossings import SIGMAS, crossing_pairs, crossing_rate, radial_mean
from dawndusk.physics.traffic.dispersion import Dispersion
from dawndusk.physics.traffic.drifts import entry_rate
from dawndusk.physics.traffic.meetings import (
    ROWS,
    add_neighbours,
    add_own_plane,
    add_slotted,
    distinct,
    near_case,
    near_pairs,
    nearly,
)
from dawndusk.physics.traffic.plane_field import PlaneField, plane_field, tilt_cosine

DROP: Final = number("loose_drop")  # m
FURTHEST: Final = 50e3  # m, above it encounters bend with the orbit


@record
class Approaches:
    """Rates of approaches below a distance (1/s), each of shape (groups, groups).

    Parameters
    ----------
    distance : m
        The limit.
    kept, loose : array
        Between two satellites that hold their station; between two that cannot manoeuvre. An approach between
        two groups counts half in each of the two entries, so that a row's sum is what the group has to its
        share, and the sum of all is the number of approaches.
    mixed : array
        Between one that cannot manoeuvre (row: its group) and one that holds its station (column).
    slow : array
        The part of `kept` between satellites in the same plane or nearly so, turning alike: a few m/s.
    """

    distance: Annotated[float, Unit("m")]
    kept: Annotated[Floats, Unit("1/s")]
    mixed: Annotated[Floats, Unit("1/s")]
    loose: Annotated[Floats, Unit("1/s")]
    slow: Annotated[Floats, Unit("1/s")]

    @property
    def total(self) -> float:
        """All approaches per second."""
        return float(self.kept.sum() + self.mixed.sum() + self.loose.sum())

    def kept_per_day(self) -> Floats:
        """Approaches among station-kept satellites per day, by group, shape (groups,)."""
        return np.asarray(self.kept.sum(axis=1) * DAY)

    def unkept_per_day(self) -> Floats:
        """Approaches in which a satellite cannot manoeuvre, per day, half to each one's group."""
        halves = 0.5 * (self.mixed.sum(axis=0) + self.mixed.sum(axis=1))
        return np.asarray((halves + self.loose.sum(axis=1)) * DAY)


def approach_rates(
    planes: Planes,
    distance: float,
    *,
    dispersion: Dispersion | None = None,
    failed: Real = 0.0,
    drop: Real = DROP,
    phased: bool = True,
) -> Approaches:
    """Rates at which satellites come closer than a distance, by pairs of groups.

    Parameters
    ----------
    planes : Planes
        From `layout.planes_of`.
    distance : m
        The limit, up to 50 km.
    dispersion : Dispersion or None
        How far satellites stray; None: the defaults.
    failed : float or array of shape (planes,)
        Share of satellites that cannot manoeuvre, 0 to 1.
    drop : float or array of shape (planes,)
        Depth through which those are spread evenly below their shell (m): decay rate times the time since
        they failed; the largest in a shell counts. The default is a guess, range 5-100 km. 0: they stay in
        their shell.
    phased : bool
        Whether `planes.phase` is held within each shell (see `phasing.safest_phases`). False: phases of
        different planes are unknown, and the rate is the mean over all of them; slots within a plane are held
        all the same. Where numbers in two planes of a shell differ (by the rounding of a cap), they count as
        equally spaced.

    Raises
    ------
    UserError
        For a distance, share or depth out of range, or a value that is not finite.

    Notes
    -----
    Checked against brute-force screening of 10,000 satellites. Of two failed satellites in nearly the same
    plane, the second one's fall is neglected. The million of the largest filing takes seconds.
    """
    spread = dispersion or Dispersion()
    within("distance", distance, 1e-3, FURTHEST, scale=1.0, unit="m", write="1 km")
    share = within("failed", failed, 0.0, 1.0, scale=1.0, unit="", write="0.01")
    depth = within("drop", drop, 0.0, 1e6, scale=1e3, unit="km", write="20 km")
    fleet = plane_field(planes, np.broadcast_to(share, planes.size), np.broadcast_to(depth, planes.size))
    groups = int(fleet.group.max(initial=0)) + 1
    rates = np.zeros((4, groups, groups))  # kept, mixed, loose, slow
    _add_crossings(rates, fleet, spread, distance, phased=phased)
    add_neighbours(rates, fleet, spread, distance)
    if phased:
        add_slotted(rates, fleet, spread, distance)
    add_own_plane(rates, fleet, spread, distance)
    kept, mixed, loose, slow = rates
    kept, loose, slow = (0.5 * (matrix + matrix.T) for matrix in (kept, loose, slow))
    return Approaches(distance=distance, kept=kept, mixed=mixed, loose=loose, slow=slow)


def _add_crossings(
    rates: Floats, fleet: PlaneField, dispersion: Dispersion, distance: float, *, phased: bool
) -> None:
    """Planes that cross at an angle, with independent phases."""
    weights = _shell_weights(fleet, dispersion, distance)
    first = fleet.starts
    altitude, group, radius = fleet.altitude[first], fleet.group[first], fleet.radius[first]
    drops = np.maximum.reduceat(fleet.drop * (fleet.failed > 0.0), first)
    reach = (
        distance + SIGMAS * float(np.sqrt(dispersion.spread(radius.max()[None], 2).radial[0])) + drops.max()
    )
    p, q = np.nonzero(np.abs(altitude[:, None] - altitude) < reach)
    mean, rate = 0.5 * (radius[p] + radius[q]), 0.5 * (fleet.rate[first][p] + fleet.rate[first][q])
    offset = altitude[p] - altitude[q]
    apart = p != q if phased else np.ones(p.size, dtype=bool)
    halves = (0.5 * apart, np.ones(p.size), 0.5 * np.ones(p.size))
    for kind, (weight, share) in enumerate(zip(weights, halves, strict=True)):
        radial = np.sqrt(dispersion.spread(mean, kind).radial)
        fallen = drops[p] if kind else np.zeros(p.size)
        level = offset if kind < 2 else offset + 0.5 * drops[q]
        wide = radial if kind < 2 else np.sqrt(radial**2 + drops[q] ** 2 / 12.0)
        window = 2.0 * radial_mean(level, wide, distance, drop=fallen)
        found = share * weight[p, q] * crossing_rate(window, 1.0, mean, rate)
        np.add.at(rates[kind], (group[p], group[q]), found)


def _shell_weights(
    fleet: PlaneField, dispersion: Dispersion, distance: float
) -> tuple[Floats, Floats, Floats]:
    """Sums over planes of satellites x satellites / cos(half angle), nearly equal planes left out, by shells.

    Kept x kept, failed x kept and failed x failed, each of shape (shells, shells).
    """
    shells, size = fleet.starts.size, fleet.altitude.size
    sums = np.zeros((3, size, shells))
    near = nearly(fleet, dispersion, distance, fleet.radius)
    chunk = max(1, ROWS // size)
    for row in range(0, size, chunk):
        rows = slice(row, row + chunk)
        cosine = tilt_cosine(fleet, rows, slice(None))
        crossing = 1.0 - cosine**2 > near[rows, None] ** 2
        inverse = np.where(crossing, 1.0 / np.sqrt(np.maximum(0.5 * (1.0 + cosine), 1e-12)), 0.0)
        by_kept = np.add.reduceat(inverse * fleet.kept, fleet.starts, axis=1)
        sums[0, rows] = fleet.kept[rows, None] * by_kept
        if fleet.failed.any():
            sums[1, rows] = fleet.failed[rows, None] * by_kept
            by_failed = np.add.reduceat(inverse * fleet.failed, fleet.starts, axis=1)
            sums[2, rows] = fleet.failed[rows, None] * by_failed
    kept, mixed, loose = (np.add.reduceat(part, fleet.starts, axis=0) for part in sums)
    return kept, mixed, loose


def expected_pairs(planes: Planes, distance: float, *, dispersion: Dispersion | None = None) -> float:
    """Mean number of pairs in different planes that are within a distance at one instant.

    For phases of different planes that are independent of each other: what `proximity.pair_counts` finds on
    the average over many epochs.

    Parameters
    ----------
    planes : Planes
        From `layout.planes_of`.
    distance : m
        The limit, up to 50 km.
    dispersion : Dispersion or None
        How far satellites stray; None: the defaults.

    Raises
    ------
    UserError
        For a distance out of range.
    """
    spread = dispersion or Dispersion()
    within("distance", distance, 1e-3, FURTHEST, scale=1.0, unit="m", write="1 km")
    nothing = np.zeros(planes.size)
    fleet = plane_field(planes, nothing, nothing)
    first = fleet.starts
    altitude, radius = fleet.altitude[first], fleet.radius[first]
    near = nearly(fleet, spread, distance, fleet.radius)
    mean = 0.5 * (radius[:, None] + radius)
    radial = np.sqrt(spread.spread(mean).radial)
    square = crossing_pairs(radial_mean(altitude[:, None] - altitude, radial, distance, power=1.0), 1.0, mean)
    found, chunk = 0.0, max(1, ROWS // fleet.altitude.size)
    for row in range(0, fleet.altitude.size, chunk):
        rows = slice(row, row + chunk)
        sine = np.sqrt(1.0 - tilt_cosine(fleet, rows, slice(None)) ** 2)
        inverse = np.where(sine > near[rows, None], 1.0 / np.maximum(sine, 1e-12), 0.0) * fleet.kept
        by_shell = np.add.reduceat(inverse, first, axis=1)
        found += 0.5 * float((fleet.kept[rows, None] * by_shell * square[fleet.shell[rows]]).sum())
    return found + _near_expected(fleet, spread, distance)


def _near_expected(fleet: PlaneField, dispersion: Dispersion, distance: float) -> float:
    """The part in planes that nearly coincide."""
    p, q, cosine = near_pairs(fleet, dispersion, distance)
    offset, *case = near_case(fleet, p, q, cosine)
    table = np.stack([np.abs(offset), np.zeros_like(offset), *case], axis=1)
    first, back = distinct(table, distance, dispersion.spread(case[1]))
    level, _, across, radius, rate, closing = table[first].T
    spread = dispersion.spread(radius)
    _, within = entry_rate(level, across, radius, rate, closing, spread=spread, distance=distance)
    return float((0.5 * fleet.kept[p] * fleet.kept[q] * within[back]).sum())
