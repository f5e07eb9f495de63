"""Round-trip time between two cities over a satellite network: names or degrees in, seconds out."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Final

import numpy as np

from dawndusk.core.errors import problem
from dawndusk.core.numbers import number
from dawndusk.core.records import Floats, Real
from dawndusk.library.filing import built_ins
from dawndusk.physics.motion.propagation import motion_of, positions
from dawndusk.physics.motion.rotation import earth_rotation
from dawndusk.physics.network.ground_stations import sightings, station_position, turned, zenith
from dawndusk.physics.network.latency import orbit_round_trips
from dawndusk.physics.network.network import Network, city_pair_rtt, kuiper_630, network_positions
from dawndusk.physics.network.reduced_network import reduce, reduced_round_trips
from dawndusk.space.cities import city
from dawndusk.space.constellation.fleet import open_fleet

Place = str | tuple[float, float]

NETWORKS: Final = {"kuiper-630": kuiper_630}
ORBIT: Final = "orbit"  # as a destination: the nearest satellite in sight
ELEVATION: Final = number("user_lowest_elevation")  # deg, of satellites over a station, as Starlink has it


def place(where: Place) -> tuple[float, float]:
    """Latitude and longitude (rad) of a city's name or of coordinates.

    Parameters
    ----------
    where : str or (float, float)
        A name of `space.cities`, coordinates as text ("14.6042, 120.9822"), or latitude and longitude; in
        degrees, north and east positive.

    Raises
    ------
    UserError
        For a name that is not known, or coordinates that are none.
    """
    pair = _coordinates(where) if isinstance(where, str) else where
    if len(pair) != 2 or not (abs(pair[0]) <= 90.0 and abs(pair[1]) <= 360.0):
        expected = "latitude of -90 to 90 and longitude of -360 to 360 degrees"
        raise problem("place", where, expected, "(14.6042, 120.9822)")
    return math.radians(pair[0]), math.radians(pair[1])


def _coordinates(text: str) -> tuple[float, ...]:
    try:
        return tuple(float(part) for part in text.split(","))
    except ValueError:
        return city(text)


def latency(
    origin: Place,
    destination: Place,
    *,
    network: str | Network = "kuiper-630",
    seconds: Real = 0.0,
    minimum_elevation: float = ELEVATION,
) -> Floats:
    """Round-trip time between two places, or to orbit (s), shape (instants,); infinite without a path.

    Parameters
    ----------
    origin, destination : str or (float, float)
        City, or latitude and longitude in degrees; the destination may be ``orbit``: the nearest satellite in
        sight.
    network : str or Network
        ``kuiper-630`` (Hypatia's, from 2000-01-01 0 h UTC), a network of your own, or a constellation as
        `space.constellation.fleet.open_fleet` opens it.
    seconds : float or array
        Instants, in seconds after the network's epoch (a filed constellation's is 1 January 2027).
    minimum_elevation : float
        Of satellites over a constellation's stations (deg); other networks have their own.

    Raises
    ------
    UserError
        For an unknown network or place, or instants beyond the years 1972 to 2100.

    Notes
    -----
    Light time along the shortest path, up, across and down, and back: no queues, no processing. More than
    100,000 satellites are thinned (`physics.network.reduced_network`: never too quick, 3-15 % too slow on
    average); links of constellations are ours, as no filing has any, and do not join groups.
    """
    if isinstance(network, str) and network in NETWORKS:
        network = NETWORKS[network]()
    if isinstance(network, Network) and destination != ORBIT:
        return city_pair_rtt(network, place(origin), place(destination), seconds)
    ends = [place(origin)] if destination == ORBIT else [place(origin), place(destination)]
    after = np.atleast_1d(np.asarray(seconds, dtype=np.float64))
    if isinstance(network, Network):
        elevation, longest = network.minimum_elevation, network.longest_ground
        places = network_positions(network.planes, network.planes.epoch + after)
        found = [
            _orbit_trip(places[:, :, k], ends, network.planes.epoch + t, elevation, longest)
            for k, t in enumerate(after)
        ]
        return np.array(found)
    return _over_constellation(network, ends, after, math.radians(minimum_elevation))


def _over_constellation(
    name: str, ends: list[tuple[float, float]], after: Floats, elevation: float
) -> Floats:
    """Round trips over a filed constellation, each instant on its own."""
    known = {*built_ins(), *NETWORKS}
    if name not in known and not Path(name).is_file():
        raise problem("network", name, f"one of {', '.join(sorted(known))}, or a file", "kuiper-630")
    fleet = open_fleet(name)
    planes, motion = fleet.planes, motion_of(fleet.elements()[0])
    if fleet.catalogue and len(ends) > 1:
        raise problem(
            "network", name, "a network with known links: real element sets name none", "kuiper-630"
        )
    found = []
    for seconds in planes.epoch + after:
        places = positions(motion, float(seconds))
        if len(ends) == 1:
            found.append(_orbit_trip(places, ends, seconds, elevation, np.inf))
            continue
        stations, zeniths = _stations(ends, seconds)
        graph = reduce(planes, places, float(seconds))
        trips = reduced_round_trips(graph, places, stations, zeniths, minimum_elevation=elevation)
        found.append(float(trips[0, 1]))
    return np.array(found)


def _stations(ends: list[tuple[float, float]], seconds: float) -> tuple[Floats, Floats]:
    """Positions and zeniths of places among the stars."""
    latitude, longitude = (np.array(part) for part in zip(*ends, strict=True))
    angle = earth_rotation(seconds)
    return turned(station_position(latitude, longitude), angle), turned(zenith(latitude, longitude), angle)


def _orbit_trip(
    places: Floats, ends: list[tuple[float, float]], seconds: float, elevation: float, longest: float
) -> float:
    """Round trip from the first place to the nearest satellite."""
    stations, zeniths = _stations(ends[:1], seconds)
    seen = sightings(stations, zeniths, places, minimum_elevation=elevation, longest=longest)
    return float(orbit_round_trips(seen, 1)[0])
