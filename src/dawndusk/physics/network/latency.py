"""Round-trip times over inter-satellite links: shortest paths through vacuum, ground station to station.

Light time only: no queues, no processing, no detours of ground fibre. Stations do not relay. A network of
up to `LARGEST` satellites is searched whole; a larger one through `physics.network.reduced_network`.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from dawndusk.core.constants import SPEED_OF_LIGHT
from dawndusk.core.errors import problem
from dawndusk.core.records import Floats, Ints, record
from dawndusk.physics.network.ground_stations import Sightings

LARGEST: Final = 100_000  # satellites of a graph that is searched whole: 0.1 s and 10 MB per source
MATRIX: Final = 8_000_000  # distances held at a time: 64 MB


@record
class Graph:
    """Links of a network, sorted for the search; lengths come with each instant.

    Parameters
    ----------
    starts : array of int
        Where the neighbours of each satellite begin, shape (satellites + 1,).
    neighbours : array of int
        Satellite at the other end, shape (2 links,).
    link : array of int
        Number of the link, shape (2 links,).
    """

    starts: Ints
    neighbours: Ints
    link: Ints

    @property
    def size(self) -> int:
        """Number of satellites."""
        return int(self.starts.size - 1)


def graph_of(links: Ints, satellites: int) -> Graph:
    """The network of some links, each open both ways.

    Parameters
    ----------
    links : array of int
        Shape (2, links), numbers from 0 to satellites - 1.
    satellites : int
        Up to `LARGEST`.

    Raises
    ------
    UserError
        For a network that is too large to be searched whole, or links to satellites that are not there.
    """
    if satellites > LARGEST:
        raise problem(
            "satellites",
            f"{satellites:,}",
            f"at most {LARGEST:,} satellites in a graph that is searched whole",
            "one group of the constellation, or dawndusk.physics.network.reduced_network.reduce(...)",
        )
    if links.size and not 0 <= links.min() <= links.max() < satellites:
        read = f"{links.min()} to {links.max()}"
        raise problem("links", read, f"satellites from 0 to {satellites - 1}", "links of this network")
    ends = np.concatenate([links, links[::-1]], axis=1)
    order = np.argsort(ends[0], kind="stable")
    starts = np.concatenate([[0], np.cumsum(np.bincount(ends[0], minlength=satellites))])
    return Graph(starts=starts, neighbours=ends[1, order], link=order % max(links.shape[1], 1))


def station_distances(graph: Graph, lengths: Floats, seen: Sightings, sources: Ints) -> Floats:
    """Shortest way from stations to every satellite (m), shape (sources, satellites); infinite where none.

    Parameters
    ----------
    graph : Graph
        From `graph_of`.
    lengths : array
        Of each link (m), infinite where it is cut; shape (links,).
    seen : Sightings
        Pairs of station and satellite.
    sources : array of int
        Stations to start from.

    Notes
    -----
    Dijkstra (1959) by `scipy.sparse.csgraph`. Links from a station lead up only, so no path runs through one.
    """
    from scipy.sparse import csr_array
    from scipy.sparse.csgraph import dijkstra

    rows = [np.flatnonzero(seen.station == station) for station in sources]
    up = np.concatenate([*rows, np.zeros(0, dtype=np.int64)]).astype(np.int64)
    starts = graph.starts[-1] + np.cumsum([row.size for row in rows], dtype=np.int64)
    total = graph.size + sources.size
    matrix = csr_array(
        (
            np.concatenate([lengths[graph.link], seen.distance[up]]),
            np.concatenate([graph.neighbours, seen.satellite[up]]),
            np.concatenate([graph.starts, starts]),
        ),
        shape=(total, total),
    )
    found = dijkstra(matrix, directed=True, indices=np.arange(graph.size, total))
    return np.asarray(found[:, : graph.size])


def network_round_trips(
    graph: Graph, lengths: Floats, seen: Sightings, stations: int, sources: Ints | None = None
) -> Floats:
    """Round-trip times between stations (s), shape (sources, stations); infinite where there is no path.

    Parameters
    ----------
    graph, lengths, seen
        As in `station_distances`.
    stations : int
        Number of stations.
    sources : array of int, optional
        Stations to start from; all unless given.

    Notes
    -----
    Twice the shortest path over the speed of light. A station reaches itself through the nearest satellite.
    """
    origins = np.arange(stations) if sources is None else sources
    rows = max(1, MATRIX // max(graph.size, 1))
    blocks = [
        _downward(station_distances(graph, lengths, seen, origins[k : k + rows]), seen, stations)
        for k in range(0, origins.size, rows)
    ]
    return (2.0 / SPEED_OF_LIGHT) * np.concatenate([*blocks, np.zeros((0, stations))])


def _downward(distances: Floats, seen: Sightings, stations: int) -> Floats:
    """Shortest way down to each station from the satellites that it sees (m)."""
    found = np.full((distances.shape[0], stations), np.inf)
    if seen.station.size:
        lit, first = np.unique(seen.station, return_index=True)
        found[:, lit] = np.minimum.reduceat(distances[:, seen.satellite] + seen.distance, first, axis=1)
    return found


def orbit_round_trips(seen: Sightings, stations: int) -> Floats:
    """Round-trip time from each station to the nearest satellite in sight (s), infinite where there is none.

    Parameters
    ----------
    seen : Sightings
        Pairs of station and satellite, at most 2e9 m apart.
    stations : int
        Number of stations.
    """
    found = np.full(stations, np.inf)
    np.minimum.at(found, seen.station, seen.distance)
    return np.asarray(found * (2.0 / SPEED_OF_LIGHT))
