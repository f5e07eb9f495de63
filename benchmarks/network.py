"""Shortest paths over a +Grid of 10,000 and 100,000 satellites, and of a million thinned.

Beside it the way of Hypatia (satgenpy): all pairs by Floyd and Warshall, here at 1,000 satellites.
Run: python -m benchmarks.network
"""

from __future__ import annotations

import time

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import floyd_warshall

from dawndusk.physics.motion.layout import elements_of, walker
from dawndusk.physics.motion.secular import positions
from dawndusk.physics.network import latency, network, topology
from dawndusk.physics.network.ground_stations import sightings, station_position, zenith
from dawndusk.physics.network.reduced_network import reduce, reduced_round_trips

STATIONS = 20
ELEVATION = np.radians(25.0)
TIMES = 3


def shortest(work):
    """Result and least wall time (ms) of a few runs."""
    spent = []
    for _ in range(TIMES):
        started = time.perf_counter()
        found = work()
        spent.append(1e3 * (time.perf_counter() - started))
    return found, min(spent)


def shell(planes, slots):
    """A shell at 550 km and 53 deg, its positions, and stations on the ground."""
    made = walker(planes * slots, planes, 17, inclination=np.radians(53.0), altitude=550e3)
    generator = np.random.default_rng(1)
    latitude = np.arcsin(generator.uniform(-0.6, 0.6, STATIONS))
    longitude = generator.uniform(-np.pi, np.pi, STATIONS)
    places = station_position(latitude, longitude), zenith(latitude, longitude)
    return made, positions(elements_of(made)[0], made.epoch), places


def whole(planes, slots):
    """Print the steps of a search of the whole graph (ms)."""
    made, sky, (stations, up) = shell(planes, slots)
    links = network.grid_links(made)
    graph, building = shortest(lambda: latency.graph_of(links, made.total))
    lengths, measuring = shortest(lambda: topology.link_lengths(sky, links))
    seen, looking = shortest(lambda: sightings(stations, up, sky, minimum_elevation=ELEVATION))
    one = np.array([0])
    _, single = shortest(lambda: latency.network_round_trips(graph, lengths, seen, STATIONS, one))
    _, every = shortest(lambda: latency.network_round_trips(graph, lengths, seen, STATIONS))
    print(
        f"{made.total:9,}{building:10.1f}{measuring:10.1f}{looking:12.1f}{single:11.1f}{every:13.1f}",
        flush=True,
    )


def thinned(planes, slots):
    """Print the steps of a search of a thinned graph (ms)."""
    made, sky, (stations, up) = shell(planes, slots)
    small, making = shortest(lambda: reduce(made, sky, made.epoch))
    _, every = shortest(lambda: reduced_round_trips(small, sky, stations, up, minimum_elevation=ELEVATION))
    print(f"{made.total:,} satellites as {small.kept.size:,} nodes: thinned in {making:.0f} ms, ", end="")
    print(f"{STATIONS} stations to all in {every:.0f} ms")


def main():
    """Print the table, the thinned million and the peer's way."""
    print(
        f"{'satellites':>9}{'graph':>9}{'lengths':>10}{'sightings':>12}{'1 source':>11}{'20 sources':>13} ms"
    )
    whole(72, 139)
    whole(180, 555)
    thinned(360, 2777)
    made, sky, _ = shell(25, 40)
    links = network.grid_links(made)
    matrix = csr_array((topology.link_lengths(sky, links), tuple(links)), shape=(made.total, made.total))
    _, spent = shortest(lambda: floyd_warshall(matrix, directed=False))
    print(f"all pairs of {made.total:,} satellites by Floyd-Warshall (Hypatia's way): {spent:.0f} ms")


if __name__ == "__main__":
    main()
