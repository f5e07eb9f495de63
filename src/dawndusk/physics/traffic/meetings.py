"""Sums over planes of a constellation for those pairs that do not simply cross: see `encounters`.

Each function adds approaches per second to a table of shape (4, groups, groups): between two satellites that
hold their station, between one that cannot manoeuvre and one that holds, between two that cannot, and the
slow part of the first.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from dawndusk.core.records import Floats, Ints, Real
from dawndusk.physics.traffic.crossings import SIGMAS, slotted_rate
from dawndusk.physics.traffic.dispersion import Dispersion, Spread
from dawndusk.physics.traffic.drifts import COARSE, FINE, entry_rate
from dawndusk.physics.traffic.plane_field import PlaneField, latitude_on, tilt_cosine

ROWS: Final = 4_000_000  # pairs of planes handled at once
NEAR: Final = 10.0  # planes this many times closer than the encounter is wide are nearly the same
PAIRS: Final = 10_000  # pairs of planes of one shell handled at once
MOST_AHEAD: Final = 1000  # neighbours ahead in one plane that are looked at
FALLS: Final = 12  # nodes over the depth that a satellite has fallen


def nearly(fleet: PlaneField, dispersion: Dispersion, distance: float, radius: Real) -> Floats:
    """Greatest sine of the angle of planes that count as nearly the same."""
    loose = 2 if fleet.failed.any() else 0
    pair = dispersion.spread(np.asarray(radius, dtype=np.float64), loose)
    return np.asarray(NEAR * (distance + 3.0 * np.sqrt(pair.radial) + np.sqrt(pair.tilt)) / radius)


def near_pairs(fleet: PlaneField, dispersion: Dispersion, distance: float) -> tuple[Ints, Ints, Floats]:
    """Ordered pairs of different planes that nearly coincide and can meet, with the cosine between them."""
    near = nearly(fleet, dispersion, distance, fleet.radius)
    widest = np.sqrt(dispersion.spread(fleet.radius, 2 if fleet.failed.any() else 0).radial)
    reach = distance + SIGMAS * widest + np.where(fleet.failed.any(), fleet.drop.max(initial=0.0), 0.0)
    size = fleet.altitude.size
    chunk, found = max(1, ROWS // size), []
    for row in range(0, size, chunk):
        cosine = tilt_cosine(fleet, slice(row, row + chunk), slice(None))
        rows = np.arange(row, row + cosine.shape[0])
        meets = np.abs(fleet.altitude[rows, None] - fleet.altitude) < reach[rows, None]
        meets &= (1.0 - cosine**2 <= near[rows, None] ** 2) & (rows[:, None] != np.arange(size))
        p, q = np.nonzero(meets)
        found.append((p + row, q, cosine[p, q]))
    p, q, cosine = (np.concatenate(part) for part in zip(*found, strict=True))
    return p, q, cosine


def add_neighbours(rates: Floats, fleet: PlaneField, dispersion: Dispersion, distance: float) -> None:
    """Planes that nearly coincide, turning alike or head-on, with independent phases."""
    p, q, cosine = near_pairs(fleet, dispersion, distance)
    case, pairs = near_case(fleet, p, q, cosine), (fleet.group[p], fleet.group[q])
    kept = (
        0.5 * fleet.kept[p] * fleet.kept[q] * _mean_entries(case, np.zeros(p.size), dispersion, distance, 0)
    )
    np.add.at(rates[0], pairs, kept)
    np.add.at(rates[3], pairs, np.where(cosine > 0.0, kept, 0.0))
    if fleet.failed.any():
        falling = _mean_entries(case, fleet.drop[p], dispersion, distance, 1)
        np.add.at(rates[1], pairs, fleet.failed[p] * fleet.kept[q] * falling)
        np.add.at(rates[2], pairs, 0.5 * fleet.failed[p] * fleet.failed[q] * falling)


def near_case(fleet: PlaneField, p: Ints, q: Ints, cosine: Floats) -> tuple[Floats, ...]:
    """Offset, distance across, radius, angular and closing speed of planes that nearly coincide."""
    line = np.cross(fleet.normal[:, p], fleet.normal[:, q], axis=0)
    radius = 0.5 * (fleet.radius[p] + fleet.radius[q])
    rate = 0.5 * (fleet.rate[p] + fleet.rate[q])
    across = radius * np.sqrt((line**2).sum(axis=0))
    closing = np.where(cosine < 0.0, 2.0 * rate * radius, 0.0)
    return fleet.altitude[p] - fleet.altitude[q], across, radius, rate, closing


def distinct(table: Floats, distance: float, spread: Spread) -> tuple[Ints, Ints]:
    """Rows that stand for all that agree to about a thousandth, and which of them stands for each row.

    Parameters
    ----------
    table : array of shape (rows, 6)
        Two offsets, distance across, radius (m), angular speed (rad/s) and closing speed (m/s).
    distance : m
        The limit.
    spread : Spread
        Of the pairs.
    """
    apart = np.hypot(distance, np.sqrt(spread.tilt.min(initial=np.inf)))
    grain = np.array([1.0, 1.0, 0.01 * apart, 1e4, 1e-6, 10.0])
    _, first, back = np.unique(np.rint(table / grain), axis=0, return_index=True, return_inverse=True)
    return first, back.ravel()


def _mean_entries(
    case: tuple[Floats, ...], drop: Floats, dispersion: Dispersion, distance: float, loose: int
) -> Floats:
    """Entry rates, the mean over falls."""
    offset, across, radius, rate, closing = case
    spread = dispersion.spread(radius, loose)
    reach = distance + SIGMAS * np.sqrt(spread.radial)
    falls = drop > 1.0
    low = np.where(falls, np.maximum(-reach, offset - drop), offset)
    high = np.where(falls, np.minimum(reach, offset), offset)
    table = np.stack([low, high, across, radius, rate, closing], axis=1)
    first, back = distinct(table, distance, spread)
    one = np.zeros(first.size)
    still, met = (~falls & (np.abs(offset) < reach))[first], (falls & (high > low))[first]
    for chosen, nodes in ((still, 1), (met, FALLS)):
        row = table[first[chosen]]
        one[chosen] = _mean_rate(row, dispersion, distance, loose, nodes)
    share = np.where(falls, np.maximum(high - low, 0.0) / np.maximum(drop, 1.0), 1.0)
    return np.asarray(share * one[back])


def _mean_rate(table: Floats, dispersion: Dispersion, distance: float, loose: int, nodes: int) -> Floats:
    """Mean entry rate over levels between the table's first two columns."""
    low, high, *case = (np.repeat(column, nodes) for column in table.T)
    knots, weights = np.polynomial.legendre.leggauss(nodes)
    level = 0.5 * (low + high) + 0.5 * (high - low) * np.tile(knots, table.shape[0])
    across, radius, rate, closing = case
    spread = dispersion.spread(radius, loose)
    fineness = COARSE if nodes > 1 else FINE
    found, _ = entry_rate(
        level, across, radius, rate, closing, spread=spread, distance=distance, nodes=fineness
    )
    return np.asarray(found.reshape(-1, nodes) @ (0.5 * weights))


def add_slotted(rates: Floats, fleet: PlaneField, dispersion: Dispersion, distance: float) -> None:
    """Planes of one shell that cross, phases held."""
    for rows in np.split(np.arange(fleet.shell.size), fleet.starts[1:]):
        first, second = (rows[index] for index in np.triu_indices(rows.size, 1))
        group = fleet.group[rows[0]]
        for start in range(0, first.size, PAIRS):
            part = slice(start, start + PAIRS)
            rates[0, group, group] += _slotted(fleet, first[part], second[part], dispersion, distance)


def _slotted(fleet: PlaneField, p: Ints, q: Ints, dispersion: Dispersion, distance: float) -> float:
    """Approaches per second between planes of one shell whose satellites keep their slots."""
    line = np.cross(fleet.normal[:, p], fleet.normal[:, q], axis=0)
    near = nearly(fleet, dispersion, distance, fleet.radius[p])
    crossing = (line**2).sum(axis=0) > near**2
    p, q, line = p[crossing], q[crossing], line[:, crossing]
    radius, cosine = fleet.radius[p], (fleet.normal[:, p] * fleet.normal[:, q]).sum(axis=0)
    ahead = fleet.phase[p] - latitude_on(fleet, p, line) - fleet.phase[q] + latitude_on(fleet, q, line)
    half = np.sqrt(0.5 * (1.0 + cosine))
    pair = dispersion.spread(radius)
    along = 2.0 * dispersion.slot**2 + 4.0 * pair.eccentricity
    slot = fleet.spacing[q] * radius
    found = slotted_rate(
        ahead * radius,
        slot,
        half,
        radial=np.sqrt(pair.radial),
        miss=np.sqrt(along * half**2 + pair.tilt * (1.0 - half**2)),
        rate=fleet.rate[p],
        distance=distance,
    )
    others = fleet.kept[q] * fleet.spacing[q] / (2.0 * np.pi)  # share of the slots that hold a satellite
    return float((fleet.kept[p] * others * found).sum())


def add_own_plane(rates: Floats, fleet: PlaneField, dispersion: Dispersion, distance: float) -> None:
    """Satellites of one plane: held in slots, or failed among them."""
    pairs, radius = (fleet.group, fleet.group), fleet.radius
    slotted = fleet.kept * _own_slots(fleet, dispersion, distance)
    np.add.at(rates[0], pairs, slotted)
    np.add.at(rates[3], pairs, slotted)
    if fleet.failed.any():
        zero = np.zeros_like(radius)
        falling = _mean_entries((zero, zero, radius, fleet.rate, zero), fleet.drop, dispersion, distance, 1)
        np.add.at(rates[1], pairs, fleet.failed * fleet.kept * falling)
        np.add.at(rates[2], pairs, 0.5 * fleet.failed**2 * falling)


def _own_slots(fleet: PlaneField, dispersion: Dispersion, distance: float) -> Floats:
    """Entries per second of a satellite and those ahead of it in its plane; each pair once."""
    table = np.stack([fleet.spacing * fleet.radius, fleet.radius, fleet.rate, fleet.kept], axis=1)
    _, first, back = np.unique(
        np.rint(table / np.array([1.0, 1e3, 1e-7, 1e9])), axis=0, return_index=True, return_inverse=True
    )
    slot, radius, rate, _ = table[first].T
    pair = dispersion.spread(radius)
    along = np.full_like(radius, 2.0 * dispersion.slot**2)
    reach = distance + SIGMAS * np.sqrt(along + 4.0 * pair.eccentricity)
    ahead = 1.0 + np.arange(min(float(np.floor((reach / slot).max())), MOST_AHEAD))
    row, step = np.nonzero(ahead * slot[:, None] < np.minimum(reach, np.pi * radius)[:, None])
    zero = np.zeros(row.size)
    found = entry_rate(
        zero,
        zero,
        radius[row],
        rate[row],
        zero,
        spread=dispersion.spread(radius[row]),
        distance=distance,
        slot=ahead[step] * slot[row],
        along=along[row],
    )[0]
    return np.asarray(np.bincount(row, found, minlength=radius.size)[back.ravel()])
