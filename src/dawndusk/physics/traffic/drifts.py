"""Approaches of satellites in nearly the same plane: they drift past each other, or meet head-on all along.

Where planes nearly coincide, paths are not straight during an encounter: a satellite 2 km lower gains on
its neighbour at 3 m/s while eccentricities and tilts swing both once per turn. The rate counted is that of
entries into a sphere of radius d: density at its surface times mean inward speed, integrated over the
surface. In the frame of one satellite (x up, y along the track, z across) and per pair,

    x = D - p,  x' = n q,  y' = n D / 2 - 2 n x (or twice the orbital speed, head-on),
    z = C sin u + r,  z' = n (C cos u + s),

with D the difference of the mean altitudes (normal), p and q the components of the difference of the
eccentricity vectors times a, r and s those of the tilt (all normal), C = a sin(angle between the planes), u
uniform, and y uniform over the circumference; in one's own plane y is normal around a slot and moves with
2 q. Given a point of the sphere the inward speed is normal, and its mean known in closed form.

Source: Clohessy and Wiltshire (1960), *Terminal guidance system for satellite rendezvous*,
doi:10.2514/8.8704, for the relative motion. Neglected: curvature of the shell over d (relative order d / a)
and J2's differential terms over one encounter.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from scipy.special import ndtr

from dawndusk.core.records import Floats
from dawndusk.physics.traffic.crossings import SIGMAS, interval, normal_density
from dawndusk.physics.traffic.dispersion import Spread

FINE: Final = (48, 32)  # nodes over x and over u
COARSE: Final = (12, 16)  # where the mean over many offsets is taken besides
BEARINGS: Final = (48, 8192)  # least and most nodes around the x axis
PER_SPREAD: Final = 8.0  # times distance / spread across the planes, of them
CHUNK: Final = 4_000_000  # points handled at once


def entry_rate(
    offset: Floats,
    across: Floats,
    radius: Floats,
    rate: Floats,
    closing: Floats,
    *,
    spread: Spread,
    distance: float,
    slot: Floats | None = None,
    along: Floats | None = None,
    nodes: tuple[int, int] = FINE,
) -> tuple[Floats, Floats]:
    """Entries per second of one satellite into the sphere around another in nearly the same plane.

    Parameters
    ----------
    offset : array of shape (pairs,)
        Mean altitude of one less that of the other (m).
    across : array
        Largest distance between the planes (m).
    radius, rate : array
        Of the orbit (m), and angular speed along it (rad/s).
    closing : array
        0 for the same sense of turning, twice the orbital speed (m/s) for opposite senses.
    spread : Spread
        Of the pair; tilts are spread by at least a thousandth of the distance.
    distance : m
        Radius of the sphere.
    slot, along : array or None
        Mean distance along the track (m) and variance of it (m2) for satellites held in slots of one plane;
        None for independent phases.
    nodes : tuple of int
        Nodes of the quadrature over height and place in the orbit.

    Returns
    -------
    rate : array of shape (pairs,)
        Entries per second.
    within : array of shape (pairs,)
        Probability of being inside the sphere at one instant; zero with slots.
    """
    if not offset.size:
        return np.zeros(0), np.zeros(0)
    least, most = BEARINGS
    tilt = np.maximum(spread.tilt, (PER_SPREAD * distance / most) ** 2)
    bearings = int(max(least, np.ceil(PER_SPREAD * distance / np.sqrt(tilt.min()))))
    size = max(1, CHUNK // (nodes[0] * nodes[1] * bearings))
    columns = [offset, across, radius, rate, closing, spread.altitude, spread.eccentricity, tilt]
    columns += [] if slot is None or along is None else [slot, along]
    found = [
        _entries(distance, (*nodes, bearings), *(c[k : k + size, None, None, None] for c in columns))
        for k in range(0, offset.size, size)
    ]
    entries, within = (np.concatenate(part) for part in zip(*found, strict=True))
    return entries, within


def _entries(
    distance: float,
    nodes: tuple[int, int, int],
    offset: Floats,
    across: Floats,
    radius: Floats,
    rate: Floats,
    closing: Floats,
    altitude: Floats,
    eccentricity: Floats,
    tilt: Floats,
    slot: Floats | None = None,
    along: Floats | None = None,
) -> tuple[Floats, Floats]:
    """The integral over the sphere (x, bearing) and the place in the orbit (u): axes pair, x, bearing, u."""
    heights, turns, bearings = nodes
    radial = altitude + eccentricity
    edge = SIGMAS * np.sqrt(radial)
    low, high = np.maximum(-distance, offset - edge), np.minimum(distance, offset + edge)
    x, on_x = (np.swapaxes(v[..., 0, 0, :], 1, 2)[..., None] for v in interval(low, high, heights))
    bearing = (2.0 * np.pi * (np.arange(bearings) + 0.5) / bearings)[:, None]
    ring = np.sqrt((distance**2 - x**2).clip(0.0))
    y, z = ring * np.cos(bearing), ring * np.sin(bearing)
    reach = (distance + SIGMAS * np.sqrt(tilt)) / np.maximum(across, 1e-9)
    limit = np.arcsin(np.minimum(1.0, reach))
    knots, weights = np.polynomial.legendre.leggauss(turns)
    turn, on_turn = limit * knots, limit * weights / np.pi
    at = normal_density(x, offset, radial) * on_x * normal_density(z, across * np.sin(turn), tilt) * on_turn
    drifting = offset + (x - offset) * altitude / radial
    speed = 0.5 * rate * drifting - 2.0 * rate * x - closing
    swing, density, within = eccentricity, 1.0 / (2.0 * np.pi * radius), np.zeros(offset.shape[0])
    mean = y * speed + z * rate * across * np.cos(turn)
    if slot is None or along is None:
        # z = ring sin(bearing): half of the bearings cover the disc once, all of them twice
        chord = ring**2 * np.cos(bearing) ** 2
        within = (density * at * chord).sum(axis=(1, 2, 3)) * (2.0 * np.pi / bearings)
    else:
        total = 4.0 * eccentricity + along
        mean = mean + x * rate * 2.0 * eccentricity * (y - slot) / total
        swing, density = eccentricity * along / total, normal_density(y, slot, total)
    slack = altitude * eccentricity / radial
    sd = rate * np.sqrt(x**2 * swing + y**2 * 0.25 * slack + z**2 * tilt) + 1e-12
    inward = sd * np.exp(-0.5 * (mean / sd) ** 2) / np.sqrt(2.0 * np.pi) - mean * ndtr(-mean / sd)
    entries = (density * at * inward).sum(axis=(1, 2, 3)) * (2.0 * np.pi / bearings)
    return np.asarray(entries), np.asarray(within)
