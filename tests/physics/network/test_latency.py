"""Round trips over small networks solved by hand, and bounds that no network beats."""

from __future__ import annotations

import numpy as np
import pytest
from tests.physics.network.whole_network import round_trips

from dawndusk.core.constants import EARTH_RADIUS, SPEED_OF_LIGHT
from dawndusk.core.errors import UserError
from dawndusk.physics.network import latency, topology
from dawndusk.physics.network.ground_stations import Sightings, sightings, station_position, zenith


def _seen(pairs):
    station, satellite, distance = zip(*pairs, strict=True)
    return Sightings(
        station=np.array(station),
        satellite=np.array(satellite),
        distance=np.array(distance, dtype=float),
        sine=np.ones(len(pairs)),
    )


LINE = np.array([[0, 1, 2], [1, 2, 3]])  # four satellites in a row
LENGTHS = np.array([10.0, 20.0, 30.0])


def _times(pairs, stations, lengths=LENGTHS, sources=None):
    graph = latency.graph_of(LINE, 4)
    found = latency.network_round_trips(graph, lengths, _seen(pairs), stations, sources)
    return found * SPEED_OF_LIGHT / 2.0


def test_shortest_path_by_hand():
    """Up to the nearer satellite or across to it: the shorter of both ways counts, in both directions."""
    pairs = [(0, 0, 5.0), (0, 1, 14.0), (1, 3, 7.0)]
    found = _times(pairs, 2)
    assert found[0, 1] == pytest.approx(14 + 20 + 30 + 7)
    np.testing.assert_allclose(found, found.T)
    assert found[0, 0] == pytest.approx(10.0)


def test_stations_do_not_relay():
    """A station between two satellites is no way from one to the other."""
    pairs = [(0, 0, 1.0), (1, 0, 1.0), (1, 3, 1.0), (2, 3, 1.0)]
    assert _times(pairs, 3)[0, 2] == pytest.approx(1 + 60 + 1)


def test_no_path_is_infinite():
    """Cut links and stations that see nothing give infinite times, not wrong ones."""
    cut = np.array([10.0, np.inf, 30.0])
    found = _times([(0, 0, 1.0), (2, 3, 1.0)], 3, lengths=cut)
    assert np.isinf(found[0, 2])
    assert np.all(np.isinf(found[1]))
    assert np.all(np.isinf(found[:, 1]))


def test_chosen_sources_give_their_rows(monkeypatch):
    """Rows of chosen stations are those of all stations, also in small blocks."""
    pairs = [(0, 0, 1.0), (1, 1, 2.0), (2, 3, 3.0)]
    everything = _times(pairs, 3)
    monkeypatch.setattr(latency, "MATRIX", 4)
    np.testing.assert_array_equal(_times(pairs, 3, sources=np.array([2, 0])), everything[[2, 0]])


def test_against_all_pairs():
    """On a random network the times are those of Floyd and Warshall over links and stations."""
    from scipy.sparse.csgraph import floyd_warshall

    generator = np.random.default_rng(3)
    sky = generator.normal(size=(3, 60))
    sky *= (EARTH_RADIUS + 1500e3) / np.linalg.norm(sky, axis=0)
    links = np.unique(np.sort(generator.integers(0, 60, (2, 240)), axis=0), axis=1)
    links = links[:, links[0] != links[1]]
    latitude, longitude = generator.uniform(-1.2, 1.2, 8), generator.uniform(-3, 3, 8)
    stations, up = station_position(latitude, longitude), zenith(latitude, longitude)
    found = round_trips(sky, links, stations, up, minimum_elevation=0.05)
    full = np.full((60, 60), np.inf)
    works = topology.clear(sky, links)
    full[links[0, works], links[1, works]] = topology.link_lengths(sky, links)[works]
    way = floyd_warshall(np.minimum(full, full.T), directed=False)
    seen = sightings(stations, up, sky, minimum_elevation=0.05)
    down = np.full((8, 60), np.inf)
    down[seen.station, seen.satellite] = seen.distance
    best = np.min(down[:, None, :, None] + way[None, None] + down[None, :, None, :], axis=(2, 3))
    np.testing.assert_allclose(found, 2 * best / SPEED_OF_LIGHT, rtol=1e-12)
    assert np.isfinite(found).sum() > 30


def test_round_trip_to_orbit():
    """A satellite 600 km overhead answers after 4.0 ms; where none is seen the time is infinite."""
    seen = _seen([(0, 1, 600e3), (0, 2, 900e3)])
    found = latency.orbit_round_trips(seen, 2)
    assert found[0] == pytest.approx(4.003e-3, rel=1e-3)
    assert np.isinf(found[1])


def test_too_large_a_graph_says_what_to_do():
    """More than 100,000 satellites are refused with the way out."""
    with pytest.raises(UserError, match="reduced_network"):
        latency.graph_of(np.zeros((2, 0), dtype=np.int64), 100_001)


def test_links_to_nowhere_are_refused():
    """A link to a satellite that is not there is named."""
    with pytest.raises(UserError, match="links"):
        latency.graph_of(np.array([[0], [4]]), 4)
