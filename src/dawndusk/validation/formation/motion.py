"""A planar cluster around one orbit: lattice, distances, and what keeping it together costs.

Satellites with the same mean semi-major axis and plane and slightly different eccentricities circle a
reference on ellipses twice as long along the track as high (`relative_motion`). In half the distance along
the track and the height the whole cluster turns like a rigid plate, once per orbit; a square lattice drawn
there keeps its neighbours apart for ever, between one and two pitches, stretching twice per orbit.

Checked against the J2 field integrated (`oblate_paths`): a start by Hill's equations drifts by metres to tens
of metres per orbit at 1 km, nearly all of it because J2's potential gives neighbours different energies; a
start of equal energy drifts by millimetres. Drag and Sun pressure only matter where satellites differ:
`dispersion`.
"""

from __future__ import annotations

from typing import Annotated, Final

import numpy as np

from dawndusk.core.constants import GRAVITATIONAL_PARAMETER, YEAR
from dawndusk.core.errors import problem
from dawndusk.core.records import Floats, Ints, Real, record
from dawndusk.core.units import Unit
from dawndusk.physics.motion.orbit import mean_motion
from dawndusk.validation.formation.oblate_paths import Orbiting, energies, inertial, reference_start
from dawndusk.validation.formation.relative_motion import carried, oblateness_factor, radial_axis, staying

ANGLES: Final = 360  # of the orbit at which distances are taken; the least and greatest are right to 4e-5
MOST: Final = 4000  # satellites of one cluster; pairs are counted one by one


@record
class Cluster:
    """A cluster in numbers.

    Parameters
    ----------
    satellites : int
        On the lattice.
    direct, diagonal : m
        Least and greatest distance over an orbit of neighbours along a side and across a square.
    cycles : 1
        How often the distance of neighbours rises and falls in an orbit.
    axis : 1
        The k of its ellipses, 2 : k, as J2 has it on average (`radial_axis`).
    correction : 1
        The k that takes most of the drift from a start by Hill's equations (`axis_correction`).
    drift : m
        Largest along the track in one orbit: by Hill's start, with the correction, with equal energies (zero
        by construction; an integration leaves 1 mm at 1 km).
    yearly : m/s
        What it costs the satellite that drifts most, by `holding`, in the same order.
    """

    satellites: int
    direct: Annotated[Floats, Unit("m")]
    diagonal: Annotated[Floats, Unit("m")]
    cycles: Annotated[float, Unit("1")]
    axis: Annotated[float, Unit("1")]
    correction: Annotated[float, Unit("1")]
    drift: Annotated[Floats, Unit("m")]
    yearly: Annotated[Floats, Unit("m/s")]


def cluster(orbit: Orbiting, reach: float, pitch: float) -> Cluster:
    """A planar cluster around an orbit: distances by Hill's equations, drift in the J2 field.

    Parameters
    ----------
    orbit : Orbiting
        Of the reference; the start is at its argument of latitude.
    reach, pitch : m
        As in `lattice`.

    Raises
    ------
    UserError
        As `lattice`, or for an orbit out of range.
    """
    places, rate = lattice(reach, pitch), float(mean_motion(orbit.altitude))
    start, reference = staying(places, rate), reference_start(orbit)
    turns = np.linspace(0.0, 2.0 * np.pi, ANGLES, endpoint=False)
    around = carried(start, rate, turns / rate)[:3]
    sides, across = (distances(around, neighbours(places, pitch, diagonal=d)) for d in (False, True))
    factor = axis_correction(reference, start)
    starts = (start, scaled(start, factor), matched(reference, start))
    drift = np.array([np.abs(drift_per_orbit(inertial(reference, s))).max() for s in starts])
    return Cluster(
        satellites=places.shape[1],
        direct=np.array([sides.min(), sides.max()]),
        diagonal=np.array([across.min(), across.max()]),
        cycles=float(np.median(shape_cycles(sides))),
        axis=float(radial_axis(oblateness_factor(orbit.altitude, orbit.inclination))),
        correction=factor,
        drift=drift,
        yearly=holding(drift, orbit.altitude),
    )


def lattice(reach: float, pitch: float) -> Floats:
    """Places of a planar cluster on a square lattice inside an ellipse, shape (2, n): radial, along (m).

    Parameters
    ----------
    reach : m
        Half the ellipse's height; along the track it is twice as long.
    pitch : m
        Of the lattice, radially; along the track twice as much.

    Raises
    ------
    UserError
        For lengths that are not positive, or more than `MOST` satellites.
    """
    rings = reach / pitch if pitch > 0 and np.isfinite(reach) else -1.0
    if not 0.0 <= rings <= np.sqrt(MOST / np.pi):
        read = f"reach {reach:g} m, pitch {pitch:g} m"
        raise problem("pitch", read, f"a cluster of 1 to {MOST} satellites", "500 m and 100 m for 81 of them")
    steps = np.arange(-np.floor(rings + 1e-9), np.floor(rings + 1e-9) + 1.0)
    up, ahead = (grid.ravel() for grid in np.meshgrid(steps, steps, indexing="ij"))
    inside = up**2 + ahead**2 <= (rings + 1e-9) ** 2
    return np.array([up[inside] * pitch, 2.0 * ahead[inside] * pitch])


def neighbours(places: Floats, pitch: float, *, diagonal: bool = False) -> Ints:
    """Pairs of satellites one step of the lattice apart, shape (2, pairs).

    Parameters
    ----------
    places, pitch : array, m
        As in `lattice`.
    diagonal : bool
        Pairs across a square of the lattice instead of along its sides.
    """
    step = np.rint(np.array([places[0], places[1] / 2.0]) / pitch)
    square = ((step[:, :, None] - step[:, None, :]) ** 2).sum(axis=0)
    return np.array(np.nonzero(np.triu(square == (2.0 if diagonal else 1.0))))


def distances(places: Floats, pairs: Ints) -> Floats:
    """Distances within pairs (m), shape (pairs, times).

    Parameters
    ----------
    places : array
        Shape (3, n, times), from `carried` or `seen_from_first`.
    pairs : array
        Shape (2, pairs).
    """
    return np.asarray(np.sqrt(((places[:, pairs[0]] - places[:, pairs[1]]) ** 2).sum(axis=0)))


def shape_cycles(distance: Floats) -> Floats:
    """How often each distance rises and falls over the times given, shape (pairs,).

    Parameters
    ----------
    distance : array
        Shape (pairs, times), over one or more whole orbits, 40 times each or more.

    Notes
    -----
    Half the changes of sign of the difference from the mean.
    """
    above = distance > distance.mean(axis=1, keepdims=True)
    return np.asarray((above != np.roll(above, 1, axis=1)).sum(axis=1) / 2.0)


def drift_per_orbit(states: Floats) -> Floats:
    """How far each satellite falls behind the first in one orbit (m, forward positive), shape (n,).

    Parameters
    ----------
    states : array
        Inertial, shape (6, 1 + n).

    Notes
    -----
    3 pi times the difference in semi-major axis that the difference in energy means. Against an integration
    over 15 orbits right to 0.1 % or 1 mm per orbit at 1 km.
    """
    energy = energies(states)
    axis = -GRAVITATIONAL_PARAMETER / (2.0 * energy[0])
    return np.asarray(-6.0 * np.pi * axis**2 * (energy[1:] - energy[0]) / GRAVITATIONAL_PARAMETER)


def matched(reference: Floats, states: Floats) -> Floats:
    """The relative states with speeds along the track that give every satellite the reference's energy.

    Parameters
    ----------
    reference, states : array
        As in `inertial`.

    Notes
    -----
    Two steps of Newton; the change is of the order of J2 times the relative speed, 2 mm/s at 1 km.
    """
    speed = float(np.linalg.norm(reference[3:]))
    made = np.array(states, dtype=np.float64)
    for _ in range(2):
        energy = energies(inertial(reference, made))
        made[4] -= (energy[1:] - energy[0]) / speed
    return made


def axis_correction(reference: Floats, states: Floats) -> float:
    """One factor on all heights and climbs that comes nearest to taking the drift away (1).

    Parameters
    ----------
    reference, states : array
        As in `inertial`; the states are a start by Hill's equations, with axes 2 : 1.

    Returns
    -------
    float
        k: the corrected ellipses have the axes 2 : k. Least squares over the satellites.

    Notes
    -----
    It depends on where the cluster starts: at 650 km, sun-synchronous, 0.9997 at the equator and 1.0010 at
    the highest latitude; in between no single factor serves all satellites.
    """
    plain = drift_per_orbit(inertial(reference, states))
    slope = (drift_per_orbit(inertial(reference, scaled(states, 1.0 + 1e-4))) - plain) / 1e-4
    return 1.0 - float(plain @ slope / (slope @ slope))


def scaled(states: Floats, factor: float) -> Floats:
    """Relative states with heights and climbs times a factor."""
    return np.asarray(states * np.array([factor, 1.0, 1.0, factor, 1.0, 1.0])[:, None])


def holding(drift: Real, altitude: Real) -> Floats:
    """Velocity per year that takes back a drift after every orbit, within an orbit (m/s).

    Parameters
    ----------
    drift : float or array
        Along the track in each orbit (m), either sign, from `drift_per_orbit`.
    altitude : float or array
        Of the reference (m).

    Notes
    -----
    Two impulses of drift / 3T for each orbit of T: a change of the speed along the track by v moves a
    satellite by 3 T v in an orbit (Clohessy & Wiltshire 1960). It is what flying back to the same start
    over and over costs; a start without drift (`matched`) costs next to nothing.
    """
    period = 2.0 * np.pi / mean_motion(altitude)
    return np.asarray(2.0 * np.abs(drift) / (3.0 * period) * YEAR / period)
