"""A satellite network over time: planes, their links, who may talk to the ground, round trips of a day.

Positions are SGP4's without drag, which two-line elements are made for; the published round trips were
computed the same way. With the secular J2 theory instead, the Manila - Dalian series below differs by
0.02 ms in the median; routes change up to two seconds earlier or later, and 38 of the 2,000 instants differ
by a whole change of route (up to 16 ms).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Final

import numpy as np

from dawndusk.core.constants import DAY, EARTH_RADIUS, GRAVITATIONAL_PARAMETER
from dawndusk.core.errors import problem
from dawndusk.core.records import Floats, Ints, Real, record
from dawndusk.core.time import seconds_from_utc
from dawndusk.core.units import Unit
from dawndusk.physics.motion.layout import Planes, elements_of, local_time
from dawndusk.physics.motion.rotation import earth_rotation
from dawndusk.physics.motion.sgp4_orbits import as_catalogue, brouwer_mean_motion, states
from dawndusk.physics.network import latency, topology
from dawndusk.physics.network.ground_stations import (
    flat_range,
    sightings,
    station_position,
    turned,
    zenith,
)

BLOCK: Final = 1_000_000  # satellite positions computed in one go: 50 MB with velocities


@record
class Network:
    """A constellation whose satellites are linked, and its rules.

    Parameters
    ----------
    planes : Planes
        Orbits at their epoch.
    links : array of int
        Inter-satellite links, shape (2, links).
    minimum_elevation : rad
        Lowest elevation at which a ground station uses a satellite.
    longest_ground : m
        Longest ground link; infinite where only the elevation counts.
    lowest_link : m
        Altitude that the line of sight between satellites must not go below.
    longest_link : m
        Longest link between satellites.
    """

    planes: Planes
    links: Ints
    minimum_elevation: Annotated[float, Unit("rad", -1.5708, 1.5708)]
    longest_ground: Annotated[float, Unit("m", 0.0)] = np.inf
    lowest_link: Annotated[float, Unit("m")] = topology.LOWEST_LINK
    longest_link: Annotated[float, Unit("m", 0.0)] = np.inf


def staggered_shell(
    planes: int, slots: int, *, inclination: float, mean_motion: float, stagger: float = 0.5, epoch: float
) -> Planes:
    """One shell with nodes evenly around the equator and every second plane shifted in phase.

    Parameters
    ----------
    planes, slots : int
        Planes, and satellites in each.
    inclination : float
        Tilt against the equator (rad).
    mean_motion : float
        As two-line elements give it, after Kozai (rad/s): 14.80 rev/day is 14.80 * 2 pi / 86400.
    stagger : float
        Shift of the odd planes (the first is number 0), as a share of the distance between two satellites.
    epoch : float
        Instant at which the first node is at the equinox and the first satellite in it, s TT since J2000.

    Raises
    ------
    UserError
        For a mean motion that no orbit of ours has, or no planes or slots.
    """
    for path, count in (("planes", planes), ("slots", slots)):
        if count < 1:
            raise problem(path, count, "a whole number of at least 1", "34")
    turn = 2.0 * np.pi
    if not 0.4 <= mean_motion * DAY / turn <= 16.5:
        read = f"{mean_motion * DAY / turn:g} rev/day"
        raise problem("mean_motion", read, "0.4 to 16.5 rev/day, in rad/s", "14.80 * 2 * pi / 86400")
    motion = brouwer_mean_motion(mean_motion, 0.0, inclination)
    altitude = float(np.cbrt(GRAVITATIONAL_PARAMETER / motion**2)) - EARTH_RADIUS
    number = np.arange(planes, dtype=np.int64)
    node = np.asarray(number * (turn / planes), dtype=np.float64)
    zeros, spacing = np.zeros(planes, dtype=np.int64), np.full(planes, turn / slots)
    return Planes(
        epoch=epoch,
        altitude=np.full(planes, altitude),
        inclination=np.full(planes, inclination),
        raan=node,
        ltan=local_time(node, epoch),
        group=zeros,
        shell=zeros,
        plane=number,
        satellites=np.full(planes, slots, dtype=np.int64),
        phase=np.where(number % 2 == 1, stagger, 0.0) * spacing,
        spacing=spacing,
    )


def grid_links(planes: Planes, *, closed: bool = True) -> Ints:
    """The "+Grid" of every shell of a constellation, shape (2, links); shells are not joined.

    Parameters
    ----------
    planes : Planes
        With equally many satellites, at least one, in all planes of a shell.
    closed : bool
        Whether the last plane of a shell is linked to its first; not for nodes over half the equator.

    Raises
    ------
    UserError
        For planes of a shell with different numbers of satellites.
    """
    firsts = np.cumsum(planes.satellites) - planes.satellites
    parts = []
    for rows in _shells(planes):
        counts = planes.satellites[rows]
        if counts.min() != counts.max() or counts[0] < 1:
            read = f"{counts.min()} to {counts.max()} satellites in the planes of a shell"
            raise problem(
                "planes",
                read,
                "equally many in each, for a grid",
                "reduced_network.reduce(...)",
            )
        slots, first = int(counts[0]), int(firsts[rows[0]])
        phase = planes.phase[rows]
        shift = topology.nearest_shift(phase, np.roll(phase, -1), slots)
        parts.append(topology.grid(rows.size, slots, shift=shift, closed=closed, first=first))
    return np.concatenate(parts, axis=1)


def _shells(planes: Planes) -> Iterator[Ints]:
    """Rows of the planes of each shell."""
    key = planes.group * (planes.shell.max() + 1) + planes.shell
    edges = np.flatnonzero(np.diff(key)) + 1
    yield from np.split(np.arange(planes.size), edges)


def kuiper_630() -> Network:
    """The first Kuiper shell as Hypatia simulates it, the network of the published round trips.

    Notes
    -----
    Kassing et al. (2020), *Exploring the "Internet from space" with Hypatia*, doi:10.1145/3419394.3423635,
    and its code: 34 planes of 34 satellites, 51.9 deg, 14.80 rev/day, every second plane half a slot ahead,
    from 2000-01-01 0 h UTC. Its "minimum elevation of 30 deg" is a longest ground link of 630 km / sin 30 deg
    (`flat_range`), 25.2 deg over the round Earth; a true 30 deg gives round trips up to 16 ms longer.
    """
    epoch = float(seconds_from_utc("2000-01-01"))
    planes = staggered_shell(
        34, 34, inclination=np.radians(51.9), mean_motion=14.80 * 2.0 * np.pi / DAY, epoch=epoch
    )
    return Network(
        planes=planes,
        links=grid_links(planes),
        minimum_elevation=0.0,
        longest_ground=float(flat_range(630e3, np.radians(30.0))),
    )


def network_positions(planes: Planes, seconds: Floats) -> Floats:
    """Positions of all satellites by SGP4 without drag (m), shape (3, satellites, instants).

    Parameters
    ----------
    planes : Planes
        Orbits at their epoch.
    seconds : array
        Instants, seconds TT since J2000, shape (instants,).
    """
    elements, plane = elements_of(planes)
    names = tuple(f"plane {k}" for k in plane.tolist())
    return states(as_catalogue(elements, names), seconds).positions


def city_round_trips(
    network: Network, latitude: Real, longitude: Real, seconds: Real, *, sources: Ints | None = None
) -> Floats:
    """Round-trip times between places over time (s), shape (sources, places, instants).

    Parameters
    ----------
    network : Network
        Up to 100,000 satellites.
    latitude, longitude : array
        Of the places, geodetic (rad), shape (places,).
    seconds : float or array
        Instants, in seconds after the epoch of the planes, shape (instants,).
    sources : array of int, optional
        Places to start from; all unless given.

    Returns
    -------
    ndarray
        Infinite where there is no path at that instant.

    Raises
    ------
    UserError
        For places that are none, a network too large, or instants beyond the years 1972 to 2100.

    Notes
    -----
    Against the 2,000 published round trips Manila - Dalian of Hypatia: 0.0005 ms at most, all routes alike.
    Processing and queues are left out; each hop of a real network adds some tens of microseconds or more.
    """
    after = np.atleast_1d(np.asarray(seconds, dtype=np.float64))
    if not np.all(np.isfinite(after)):
        raise problem("seconds", seconds, "finite seconds after the epoch", "np.arange(0.0, 200.0, 0.1)")
    fixed, up = station_position(latitude, longitude), zenith(latitude, longitude)
    graph = latency.graph_of(network.links, network.planes.total)
    step = max(1, BLOCK // network.planes.total)
    series = [
        _instants(network, graph, fixed, up, network.planes.epoch + after[k : k + step], sources)
        for k in range(0, after.size, step)
    ]
    return np.concatenate(series, axis=-1)


def _instants(
    network: Network, graph: latency.Graph, fixed: Floats, up: Floats, instants: Floats, sources: Ints | None
) -> Floats:
    """Round trips at a few instants: the graph is the same, lengths and sightings are not."""
    positions = network_positions(network.planes, instants)
    found = []
    for k, angle in enumerate(earth_rotation(instants)):
        at = np.ascontiguousarray(positions[:, :, k])
        works = topology.clear(at, network.links, lowest=network.lowest_link, longest=network.longest_link)
        lengths = np.where(works, topology.link_lengths(at, network.links), np.inf)
        seen = sightings(
            turned(fixed, angle),
            turned(up, angle),
            at,
            minimum_elevation=network.minimum_elevation,
            longest=network.longest_ground,
        )
        found.append(latency.network_round_trips(graph, lengths, seen, fixed.shape[1], sources))
    return np.stack(found, axis=-1)


def city_pair_rtt(
    network: Network, origin: tuple[float, float], destination: tuple[float, float], seconds: Real
) -> Floats:
    """Round-trip time between two places over time (s), shape (instants,); infinite where there is no path.

    Parameters
    ----------
    network : Network
        From `kuiper_630`, or of your own: planes, `grid_links`, rules.
    origin, destination : (float, float)
        Geodetic latitude and longitude (rad).
    seconds : float or array
        Instants, in seconds after the epoch of the planes.

    Raises
    ------
    UserError
        As `city_round_trips`.
    """
    latitude, longitude = np.array([origin, destination], dtype=np.float64).T
    found = city_round_trips(network, latitude, longitude, seconds, sources=np.array([0]))
    return np.asarray(found[0, 1])
