"""Approaches of satellites whose planes cross at an angle: closed forms per pair of satellites.

Two circular orbits of nearly equal radius a, tilted by an angle g, come near each other only where their
planes cross, twice per turn. There both satellites move straight with equal speed v = n a. If their radii
differ by h and one passes the crossing with the other a stretch y of its orbit ahead, they miss each other
by sqrt(h2 + y2 cos2(g/2)): the relative velocity lies along the difference of the two directions, so only
the part of y along their sum counts. With phases that have nothing to do with each other (different
periods), y is uniform over the circumference, and the rate of approaches below d per pair of satellites is

    n / (2 pi2 a cos(g/2)) * E[2 sqrt(d2 - h2)],

the mean being over the radial offset h where |h| < d. With a spread of h much wider than d it goes with d2
(the kinetic regime); for orbits that meet at one radius, with d. Frozen orbits with the same northern offset
and J2's short-period waves depend on latitude alone and cancel in h (first order); only spreads around the
common shape count.

Sources: Oepik (1951), *Collision probabilities with the planets*, Proc. R. Ir. Acad. 54A, 165, for the
kinetic idea; the forms here were derived for this project and are checked against brute-force screening.
Neglected: curvature over the encounter, of relative order (d / (a sin g))2, and the spread of speeds, 1e-3.
"""

from __future__ import annotations

from functools import cache
from typing import Final

import numpy as np
from scipy.special import ndtr

from dawndusk.core.records import Floats, Real

NODES: Final = 96  # of the quadrature over the radial offset
SIGMAS: Final = 7.0  # beyond them a normal distribution is taken as nothing (2.6e-12)
FLAT: Final = 0.8  # slots closer than the spread / FLAT blur into a uniform stream (wrong by 7e-6)


@cache
def _half_circle(nodes: int) -> tuple[Floats, Floats]:
    """Nodes and weights over an interval (-1, 1), good for integrands that end like a square root."""
    knots, weights = np.polynomial.legendre.leggauss(nodes)
    angle = 0.5 * np.pi * knots
    return np.sin(angle), 0.5 * np.pi * weights * np.cos(angle)


def interval(low: Floats, high: Floats, nodes: int = NODES) -> tuple[Floats, Floats]:
    """Nodes and weights over intervals, on a new last axis; weights are zero where an interval is empty.

    Parameters
    ----------
    low, high : array
        Ends, same shape.
    nodes : int
        Number of nodes.
    """
    knots, weights = _half_circle(nodes)
    half = 0.5 * np.maximum(high - low, 0.0)[..., None]
    return np.asarray(0.5 * (low + high)[..., None] + half * knots), np.asarray(half * weights)


def normal_density(value: Floats, mean: Real, variance: Real) -> Floats:
    """Density of a normal distribution.

    Parameters
    ----------
    value, mean, variance : float or array
        Broadcast; variance above zero.
    """
    return np.asarray(np.exp(-0.5 * (value - mean) ** 2 / variance) / np.sqrt(2.0 * np.pi * variance))


def radial_mean(
    offset: Real, spread: Real, distance: float, *, drop: Real = 0.0, power: float = 0.5
) -> Floats:
    """Mean of (d2 - h2) ** power over radial offsets |h| < d; zero counts for the others.

    Parameters
    ----------
    offset : float or array
        Mean altitude of one satellite less that of the other (m).
    spread : float or array
        Standard deviation of the difference (m), above zero.
    distance : m
        The limit d.
    drop : float or array
        The first satellite has fallen by anything from nothing to this much (m), uniformly; 0: not at all.
    power : float
        0.5 for rates, 1 for pairs at one instant.
    """
    offset, spread, drop = np.broadcast_arrays(*(np.asarray(v, np.float64) for v in (offset, spread, drop)))
    low = np.maximum(-distance, offset - drop - SIGMAS * spread)
    value, weight = interval(low, np.minimum(distance, offset + SIGMAS * spread))
    offset, spread, drop = offset[..., None], spread[..., None], drop[..., None]
    still = normal_density(value, offset, spread**2)
    above = (value - offset) / spread
    fallen = (ndtr(above + drop / spread) - ndtr(above)) / np.where(drop > 0.0, drop, 1.0)
    density = np.where(drop > 0.0, fallen, still)
    return np.asarray((weight * density * (distance**2 - value**2).clip(0.0) ** power).sum(axis=-1))


def crossing_rate(window: Real, half_angle_cosine: Real, radius: Real, rate: Real) -> Floats:
    """Approaches per second of two satellites with independent phases in planes that cross.

    Parameters
    ----------
    window : float or array
        Mean of 2 sqrt(d2 - h2) (m), twice `radial_mean`.
    half_angle_cosine : float or array
        Cosine of half the angle between the planes, above zero.
    radius : float or array
        Of the orbits (m).
    rate : float or array
        Angular speed along the orbit (rad/s).
    """
    return np.asarray(rate * window / (2.0 * np.pi**2 * radius * half_angle_cosine))


def crossing_pairs(square: Real, angle_sine: Real, radius: Real) -> Floats:
    """Probability that two satellites with independent phases are within the distance at one instant.

    Parameters
    ----------
    square : float or array
        Mean of d2 - h2 (m2), `radial_mean` with power 1.
    angle_sine : float or array
        Sine of the angle between the planes, above zero.
    radius : float or array
        Of the orbits (m).
    """
    return np.asarray(square / (2.0 * np.pi * radius**2 * angle_sine))


def slotted_rate(
    ahead: Floats,
    slot: Floats,
    half_angle_cosine: Floats,
    *,
    radial: Floats,
    miss: Floats,
    rate: Floats,
    distance: float,
) -> Floats:
    """Approaches per second of one satellite with a plane of evenly spaced satellites in the same shell.

    Phases are held, so that each satellite meets the same gaps at both crossings on every turn; only the
    spread around the slots makes it miss the middle of the gap.

    Parameters
    ----------
    ahead : array
        How far (m) the nearest slot of the other plane is ahead at the crossing; any multiple of a slot.
    slot : array
        Distance between the other plane's satellites (m).
    half_angle_cosine : array
        Cosine of half the angle between the planes.
    radial, miss : array
        Standard deviations (m) of the radial and of the horizontal miss distance of a pair.
    rate : array
        Angular speed along the orbit (rad/s).
    distance : m
        The limit.
    """
    gap = slot * half_angle_cosine
    height, weight = interval(np.maximum(-distance, -SIGMAS * radial), np.minimum(distance, SIGMAS * radial))
    weight = weight * normal_density(height, 0.0, radial[..., None] ** 2)
    window = np.sqrt((distance**2 - height**2).clip(0.0))
    uniform = (weight * 2.0 * window).sum(axis=-1) / gap
    apart = np.mod(ahead / slot + 0.5, 1.0) - 0.5
    sharp = miss < FLAT * gap
    turns = np.ceil((distance + SIGMAS * miss[sharp]) / gap[sharp]).max(initial=0.0) + 1.0
    held = np.zeros(int(sharp.sum()))
    for turn in np.arange(-turns, turns + 1.0):
        centre = ((apart + turn) * gap)[sharp][..., None]
        reach, sd = window[sharp], miss[sharp][..., None]
        held += (weight[sharp] * (ndtr((reach - centre) / sd) - ndtr((-reach - centre) / sd))).sum(axis=-1)
    uniform[sharp] = held
    return np.asarray(rate / np.pi * uniform)
