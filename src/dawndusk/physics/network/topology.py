"""Which satellites are linked: rings within planes, grids across planes, nearest links across shells.

Satellites are numbered plane by plane: number = first of the plane + slot. A link is a column of an
integer array of shape (2, links); positions are (3, satellites) in metres from Earth's centre.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from dawndusk.core.constants import EARTH_RADIUS
from dawndusk.core.errors import problem
from dawndusk.core.numbers import number
from dawndusk.core.records import Floats, Ints

LOWEST_LINK: Final = number("lowest_laser_altitude")  # m
_TIE: Final = 1e-6  # slots: phases are this exact after thousands of turns


def _checked(planes: int, slots: int) -> None:
    for path, count in (("planes", planes), ("slots", slots)):
        if count < 1:
            raise problem(path, count, "a whole number of at least 1", "34")


def rings(planes: int, slots: int, first: int = 0) -> Ints:
    """Links between neighbours within each plane, shape (2, links).

    Parameters
    ----------
    planes, slots : int
        Planes and satellites in each, at least 1. Two satellites share one link, one has none.
    first : int
        Number of the first satellite, for a second shell.
    """
    _checked(planes, slots)
    start = first + slots * np.arange(planes, dtype=np.int64)[:, None]
    slot = np.arange(0 if slots == 1 else 1 if slots == 2 else slots, dtype=np.int64)
    return np.stack([(start + slot).ravel(), (start + (slot + 1) % slots).ravel()])


def rungs(planes: int, slots: int, *, shift: int | Ints = 0, closed: bool = True, first: int = 0) -> Ints:
    """Links from each satellite to one in the next plane, shape (2, links).

    Parameters
    ----------
    planes, slots : int
        Planes and satellites in each, at least 1.
    shift : int or array of int
        Slot in the next plane less the own one; one number, or one for each plane (`nearest_shift`). The
        last plane's leads over the seam to the first, where a Walker pattern has added up its phasing.
    closed : bool
        Whether the last plane is linked to the first (not for planes over half the equator, whose seam has
        satellites flying against each other).
    first : int
        Number of the first satellite.
    """
    _checked(planes, slots)
    last = planes if closed and planes > 2 else planes - 1
    plane = np.arange(last, dtype=np.int64)[:, None]
    slot = np.arange(slots, dtype=np.int64)
    step = np.zeros((planes, 1), dtype=np.int64) + np.reshape(shift, (-1, 1))
    other = (plane + 1) % planes * slots + (slot + step[:last]) % slots
    return first + np.stack([(plane * slots + slot).ravel(), other.ravel()])


def grid(planes: int, slots: int, *, shift: int | Ints = 0, closed: bool = True, first: int = 0) -> Ints:
    """The "+Grid": four links for each satellite, two within its plane and one to either neighbour plane.

    Parameters
    ----------
    planes, slots, shift, closed, first
        As in `rings` and `rungs`.

    Notes
    -----
    Bhattacherjee & Singla (2019), doi:10.1145/3359989.3365407. Links are fixed: at high latitudes, where
    planes cross, real terminals may have to let go.
    """
    across = rungs(planes, slots, shift=shift, closed=closed, first=first)
    return np.concatenate([rings(planes, slots, first), across], axis=1)


def nearest_shift(phase: Floats, other: Floats, slots: int | Ints) -> Ints:
    """Slot of another plane that is nearest in phase to slot 0 of a plane; near 0, of either sign.

    Parameters
    ----------
    phase, other : array
        Argument of latitude of the first satellite of the plane and of the other plane (rad).
    slots : int or array of int
        Satellites in the other plane.

    Notes
    -----
    Midway between two slots the one with the nearer number is taken, so that planes staggered by half a slot
    in turn are linked number to number.
    """
    apart = (phase - other) * (np.asarray(slots) / (2.0 * np.pi))
    apart = apart - slots * np.round(apart / slots)
    return np.asarray(np.sign(apart) * np.ceil(np.abs(apart) - 0.5 - _TIE), dtype=np.int64)


def link_lengths(positions: Floats, links: Ints) -> Floats:
    """Straight distance along each link (m), shape (links,) and whatever axes follow (3, satellites).

    Parameters
    ----------
    positions : array
        Shape (3, satellites, ...), m.
    links : array of int
        Shape (2, links).
    """
    apart = positions[:, links[0]] - positions[:, links[1]]
    return np.asarray(np.sqrt(np.einsum("k...,k...->...", apart, apart)))


def lowest_points(positions: Floats, links: Ints) -> Floats:
    """Smallest distance of each link's straight line from Earth's centre (m), shape (links,).

    Parameters
    ----------
    positions : array
        Shape (3, satellites), m.
    links : array of int
        Shape (2, links).
    """
    start, end = positions[:, links[0]], positions[:, links[1]]
    along = end - start
    length = np.maximum(np.einsum("kn,kn->n", along, along), np.finfo(np.float64).tiny)
    share = np.clip(-np.einsum("kn,kn->n", start, along) / length, 0.0, 1.0)
    return np.asarray(np.linalg.norm(start + share * along, axis=0))


def clear(
    positions: Floats, links: Ints, *, lowest: float = LOWEST_LINK, longest: float = np.inf
) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """Whether each link stays above an altitude and within a range, shape (links,).

    Parameters
    ----------
    positions : array
        Shape (3, satellites), m.
    links : array of int
        Shape (2, links).
    lowest : float
        Altitude (m) over a sphere of the equatorial radius that the line of sight must not go below; at the
        poles the ground lies 21 km deeper.
    longest : float
        Longest link (m).
    """
    above = lowest_points(positions, links) >= EARTH_RADIUS + lowest
    return np.asarray(above & (link_lengths(positions, links) <= longest))
