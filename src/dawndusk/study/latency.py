"""Round-trip time between two cities over a satellite network: names or degrees in, seconds out."""

from __future__ import annotations

import math
from typing import Final

from dawndusk.core.errors import problem
from dawndusk.core.records import Floats, Real
from dawndusk.physics.network.network import Network, city_pair_rtt, kuiper_630
from dawndusk.study.cities import city

Place = str | tuple[float, float]

NETWORKS: Final = {"kuiper-630": kuiper_630}


def place(where: Place) -> tuple[float, float]:
    """Latitude and longitude (rad) of a city's name or of coordinates.

    Parameters
    ----------
    where : str or (float, float)
        A name of `study.cities`, coordinates as text ("14.6042, 120.9822"), or latitude and longitude; in
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
) -> Floats:
    """Round-trip time between two places (s), shape (instants,); infinite while there is no path.

    Parameters
    ----------
    origin, destination : str or (float, float)
        City, or latitude and longitude in degrees.
    network : str or Network
        ``kuiper-630`` (Hypatia's, from 2000-01-01 0 h UTC), or a network of your own.
    seconds : float or array
        Instants, in seconds after the network's epoch.

    Raises
    ------
    UserError
        For an unknown network or place, or instants beyond the years 1972 to 2100.

    Notes
    -----
    Light time along the shortest path, up, across and down, and back: no queues, no processing.
    """
    if isinstance(network, str):
        if network not in NETWORKS:
            expected = f"one of {', '.join(NETWORKS)}, or a Network"
            raise problem("network", network, expected, next(iter(NETWORKS)))
        network = NETWORKS[network]()
    return city_pair_rtt(network, place(origin), place(destination), seconds)
