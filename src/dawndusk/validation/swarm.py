"""Satellites drawn at random around their slots: what brute-force checks of approach rates screen."""

from __future__ import annotations

import numpy as np

from dawndusk.core.records import Floats, Ints, record
from dawndusk.physics.motion import orbit
from dawndusk.physics.motion.layout import Planes
from dawndusk.physics.traffic.dispersion import Dispersion
from dawndusk.validation.formation.screening import Entries, States, entries_within

_HALF_STEP = 0.25  # s, of the central difference that gives velocities


@record
class Swarm:
    """Near-circular mean elements of single satellites, each array of shape (n,).

    Parameters
    ----------
    radius, inclination, raan, latitude : array
        Semi-major axis (m), tilt, node and mean argument of latitude at time 0 (rad).
    ahead, up : array
        Components of the eccentricity vector along the node and a quarter turn after it.
    latitude_rate, raan_rate : array
        Secular rates (rad/s).
    plane : array of int
        Row of the planes that each satellite belongs to.
    """

    radius: Floats
    inclination: Floats
    raan: Floats
    latitude: Floats
    ahead: Floats
    up: Floats
    latitude_rate: Floats
    raan_rate: Floats
    plane: Ints


def drawn(planes: Planes, dispersion: Dispersion, seed: int, *, slotted: bool) -> Swarm:
    """Satellites of some planes at random.

    Parameters
    ----------
    planes : Planes
        Where they belong.
    dispersion : Dispersion
        How far they stray.
    seed : int
        Of the draw.
    slotted : bool
        Whether they hold slots and drift with their plane, or have any phase and drift with their own orbit.
    """
    random = np.random.default_rng(seed)
    plane = np.repeat(np.arange(planes.size, dtype=np.int64), planes.satellites)
    slot = np.arange(plane.size) - (np.cumsum(planes.satellites) - planes.satellites)[plane]
    strayed = random.standard_normal((6, plane.size))
    held, tilt = planes.altitude[plane], planes.inclination[plane]
    altitude = held + dispersion.altitude * strayed[0]
    inclination = tilt + dispersion.tilt * strayed[1]
    turned = dispersion.tilt * strayed[2] / np.sin(tilt)
    radius = orbit.orbit_radius(altitude)
    wanted = planes.phase[plane] + slot * planes.spacing[plane] + dispersion.slot * strayed[3] / radius
    anywhere = random.uniform(0.0, 2.0 * np.pi, plane.size)
    flown = (held, tilt) if slotted else (altitude, inclination)
    return Swarm(
        radius=radius,
        inclination=inclination,
        raan=planes.raan[plane] + turned,
        latitude=wanted - turned * np.cos(tilt) if slotted else anywhere,
        ahead=dispersion.eccentricity * strayed[4],
        up=dispersion.eccentricity * strayed[5],
        latitude_rate=orbit.argument_of_latitude_rate(*flown),
        raan_rate=orbit.raan_rate(*flown),
        plane=plane,
    )


def position(swarm: Swarm, seconds: float) -> Floats:
    """Positions to first order in eccentricity (m), shape (3, n); wrong by a e2, 1 m at e = 4e-4.

    Parameters
    ----------
    swarm : Swarm
        From `drawn`.
    seconds : s
        Since time 0.
    """
    mean = swarm.latitude + swarm.latitude_rate * seconds
    node = swarm.raan + swarm.raan_rate * seconds
    ahead, aside = np.cos(mean), np.sin(mean)
    radius = swarm.radius * (1.0 - swarm.ahead * ahead - swarm.up * aside)
    true = mean + 2.0 * (swarm.ahead * aside - swarm.up * ahead)
    x, y, tilt = np.cos(true), np.sin(true), np.cos(swarm.inclination)
    east, north = np.cos(node), np.sin(node)
    flat = (east * x - north * y * tilt, north * x + east * y * tilt, y * np.sin(swarm.inclination))
    return np.asarray(radius * np.stack(flat))


def states(swarm: Swarm) -> States:
    """Positions and velocities as a function of time, for `screening.entries_within`."""

    def at(seconds: float) -> tuple[Floats, Floats]:
        before, after = (position(swarm, seconds + step) for step in (-_HALF_STEP, _HALF_STEP))
        return position(swarm, seconds), (after - before) / (2.0 * _HALF_STEP)

    return at


def counted(
    planes: Planes, swarm: Swarm, distance: float, *, steps: int, step: float
) -> tuple[Floats, Floats, Entries]:
    """Entries by pairs of groups as in `encounters.Approaches`, and their variance.

    Parameters
    ----------
    planes, swarm : Planes, Swarm
        What is screened.
    distance : m
        The limit.
    steps, step : int, s
        Of the screening.

    Returns
    -------
    entries, variance : array of shape (groups, groups)
        Counts (half in each entry where the groups differ), and the variance of a whole count: pairs of
        satellites are independent, entries of one pair are not.
    found : Entries
    """
    found = entries_within(states(swarm), 0.0, steps, step, distance)
    pairs, times = np.unique(np.stack([found.first, found.second]), axis=1, return_counts=True)
    first, second = planes.group[swarm.plane[pairs]]
    groups = int(planes.group.max()) + 1
    counts, variance = np.zeros((groups, groups)), np.zeros((groups, groups))
    for row, column in ((first, second), (second, first)):
        np.add.at(counts, (row, column), 0.5 * times)
        np.add.at(variance, (row, column), np.where(first == second, 0.5, 1.0) * times**2)
    return counts, variance, found
