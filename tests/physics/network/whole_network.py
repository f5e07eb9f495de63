"""Round trips over a whole network at one instant: the oracle of reduced networks, and a bound for all."""

import numpy as np

from dawndusk.core.constants import EARTH_RADIUS, SPEED_OF_LIGHT
from dawndusk.physics.network import topology
from dawndusk.physics.network.ground_stations import FLATTENING, sightings
from dawndusk.physics.network.latency import graph_of, network_round_trips


def round_trips(positions, links, stations, zeniths, *, minimum_elevation):
    """Seconds between all stations, shape (stations, stations); infinite where there is no path."""
    graph = graph_of(links, positions.shape[1])
    works = topology.clear(positions, links)
    lengths = np.where(works, topology.link_lengths(positions, links), np.inf)
    seen = sightings(stations, zeniths, positions, minimum_elevation=minimum_elevation)
    return network_round_trips(graph, lengths, seen, stations.shape[1])


def shortest_possible(zenith_a, zenith_b):
    """Seconds that no network can beat, shapes (3, ...): light along the ground.

    A path over a convex ground is no shorter than the shortest one on it, and that one turns its zenith by
    no more than its length over the smallest radius of curvature, a (1 - f)^2.
    """
    cosine = np.clip(np.einsum("k...,k...->...", zenith_a, zenith_b), -1.0, 1.0)
    return 2.0 * EARTH_RADIUS * (1.0 - FLATTENING) ** 2 * np.arccos(cosine) / SPEED_OF_LIGHT
