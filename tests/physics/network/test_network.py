"""The published Kuiper round trips, networks of one's own, and thinned ones."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest
from tests.physics.network.whole_network import round_trips, shortest_possible

from dawndusk.core.constants import DAY, EARTH_RADIUS, SPEED_OF_LIGHT
from dawndusk.core.errors import UserError
from dawndusk.core.records import replace
from dawndusk.physics.motion.layout import elements_of, walker
from dawndusk.physics.motion.secular import positions as secular_positions
from dawndusk.physics.network import network
from dawndusk.physics.network.ground_stations import station_position, zenith
from dawndusk.physics.network.reduced_network import neighbour_planes, reduce, reduced_round_trips

SERIES = Path(__file__).parents[2] / "reference" / "kuiper_630_manila_dalian.csv"
MANILA, DALIAN = np.radians([14.6042, 120.9822]), np.radians([38.913811, 121.602322])


@pytest.fixture(scope="module")
def kuiper():
    """Hypatia's Kuiper shell."""
    return network.kuiper_630()


@pytest.fixture(scope="module")
def published():
    """Seconds and published round trips (ms), Manila to Dalian."""
    with SERIES.open(encoding="utf-8") as file:
        rows = [(float(r["time_s"]), float(r["round_trip_ms"])) for r in csv.DictReader(file)]
    return np.array(rows).T


def test_published_round_trips(kuiper, published):
    """All instants of the published series come out within 0.001 ms: the same routes and lengths."""
    ours = 1e3 * network.city_pair_rtt(kuiper, tuple(MANILA), tuple(DALIAN), published[0])
    assert published[0].size == 40
    np.testing.assert_allclose(ours, published[1], atol=1e-3)


def test_there_and_back_are_alike(kuiper, published):
    """Dalian to Manila takes as long as Manila to Dalian, alone or among other cities, in small blocks."""
    times = published[0][:3]
    latitude, longitude = np.array([MANILA, [0.9, -0.1], DALIAN]).T
    table = network.city_round_trips(kuiper, latitude, longitude, times)
    assert table.shape == (3, 3, 3)
    np.testing.assert_allclose(table, table.swapaxes(0, 1), rtol=1e-12)
    np.testing.assert_allclose(1e3 * table[2, 0], published[1][:3], atol=1e-3)


def test_small_blocks_change_nothing(kuiper, monkeypatch):
    """Instants computed a few at a time are those computed at once."""
    times = np.array([0.0, 30.0, 60.0])
    at_once = network.city_pair_rtt(kuiper, tuple(MANILA), tuple(DALIAN), times)
    monkeypatch.setattr(network, "BLOCK", 1500)
    np.testing.assert_array_equal(network.city_pair_rtt(kuiper, tuple(MANILA), tuple(DALIAN), times), at_once)


def test_a_true_elevation_is_stricter(kuiper):
    """With 30 deg over the round Earth round trips are never shorter, and somewhere much longer."""
    times = np.arange(0.0, 200.0, 20.0)
    strict = replace(kuiper, minimum_elevation=float(np.radians(30.0)), longest_ground=np.inf)
    loose = network.city_pair_rtt(kuiper, tuple(MANILA), tuple(DALIAN), times)
    found = network.city_pair_rtt(strict, tuple(MANILA), tuple(DALIAN), times)
    assert np.all(found >= loose)
    assert (found - loose).max() > 2e-3


def test_far_north_there_is_no_path(kuiper):
    """A shell of 51.9 deg does not serve the pole: the round trip is infinite."""
    pole = (np.pi / 2, 0.0)
    assert np.all(np.isinf(network.city_pair_rtt(kuiper, tuple(MANILA), pole, [0.0, 100.0])))


def test_no_round_trip_beats_light(kuiper):
    """Between thirty random places none is quicker than light along the ground plus up and down."""
    generator = np.random.default_rng(5)
    latitude, longitude = generator.uniform(-0.8, 0.8, 30), generator.uniform(-3, 3, 30)
    found = network.city_round_trips(kuiper, latitude, longitude, [0.0])[..., 0]
    up = zenith(latitude, longitude)
    bound = shortest_possible(up[:, :, None], up[:, None, :])
    assert np.all(found >= np.maximum(bound, 4 * 0.6e6 / 3e8))
    assert np.isfinite(found).mean() > 0.9


def test_mean_motion_comes_back(kuiper):
    """14.80 revolutions a day give the same nodal day back: 629.8 km, as the un-Kozai formula has it."""
    assert kuiper.planes.altitude[0] == pytest.approx(629.8e3, abs=100)
    assert kuiper.planes.total == 1156
    assert kuiper.links.shape == (2, 2312)


@pytest.mark.parametrize(
    "wrong", [{"planes": 0}, {"slots": 0}, {"mean_motion": 14.8}, {"mean_motion": float("nan")}]
)
def test_bad_shells_are_refused(wrong):
    """No planes, no slots, or a mean motion in revolutions a day raise with what to write."""
    good = {"planes": 4, "slots": 4, "inclination": 0.9, "mean_motion": 14.8 * 2 * np.pi / DAY, "epoch": 0.0}
    with pytest.raises(UserError, match=next(iter(wrong))):
        network.staggered_shell(**{**good, **wrong})


def test_bad_instants_are_refused(kuiper):
    """An instant that is no number is named."""
    with pytest.raises(UserError, match="seconds"):
        network.city_pair_rtt(kuiper, tuple(MANILA), tuple(DALIAN), [0.0, np.nan])


def _shell(planes, slots, places=12):
    made = walker(planes * slots, planes, min(17, planes - 1), inclination=np.radians(53.0), altitude=550e3)
    generator = np.random.default_rng(2)
    latitude, longitude = generator.uniform(-0.8, 0.8, places), generator.uniform(-3, 3, places)
    stations = station_position(latitude, longitude), zenith(latitude, longitude)
    return made, secular_positions(elements_of(made)[0], made.epoch), stations


def test_an_unthinned_network_is_the_grid():
    """With room for all satellites the small graph gives the round trips of the whole grid."""
    planes, positions, stations = _shell(40, 50)
    whole = round_trips(positions, network.grid_links(planes), *stations, minimum_elevation=0.4)
    small = reduce(planes, positions, planes.epoch)
    found = reduced_round_trips(small, positions, *stations, minimum_elevation=0.4)
    assert small.kept.size == 2000
    np.testing.assert_allclose(found, whole, rtol=1e-12)


@pytest.mark.parametrize(("planes", "slots"), [(72, 180), (180, 540)])
def test_thinned_networks_are_never_too_quick(planes, slots):
    """One satellite in five of 13,000 and 97,000: never below the whole, above by what is written."""
    made, positions, stations = _shell(planes, slots, places=30)
    whole = round_trips(positions, network.grid_links(made), *stations, minimum_elevation=0.4)
    small = reduce(made, positions, made.epoch, largest=planes * slots // 5)
    excess = reduced_round_trips(small, positions, *stations, minimum_elevation=0.4) - whole
    spacing = 5 * 2 * np.pi * (EARTH_RADIUS + 550e3) / slots
    there_and_back = 2 * spacing / SPEED_OF_LIGHT
    assert small.kept.size == pytest.approx(planes * slots / 5, rel=0.01)
    assert excess.min() > -1e-12
    assert 0.01 * there_and_back < excess.mean() < 0.15 * there_and_back
    assert excess.max() < there_and_back


def test_shells_are_joined_plane_by_plane():
    """Two shells of equal planes are linked between planes of the same number, and within each as a ring."""
    made, *_ = _shell(6, 10)
    double = {
        name: np.tile(getattr(made, name), 2)
        for name in ("inclination", "raan", "ltan", "group", "plane", "satellites", "phase", "spacing")
    }
    two = replace(made, **double, altitude=np.repeat([550e3, 560e3], 6), shell=np.repeat([0, 1], 6))
    found = {tuple(sorted(pair)) for pair in neighbour_planes(two, farthest=1.1).T.tolist()}
    ring = {tuple(sorted((k, (k + 1) % 6))) for k in range(6)}
    assert found == ring | {(a + 6, b + 6) for a, b in ring} | {(k, k + 6) for k in range(6)}


def test_dawn_and_dusk_are_not_linked():
    """Planes half the equator apart stay unlinked."""
    made = walker(20, 2, 0, inclination=1.7, altitude=600e3)
    assert neighbour_planes(made).shape == (2, 0)


def test_unequal_planes_still_work():
    """Planes that differ by one satellite are linked slot by scaled slot, and every node is reachable."""
    made, *_ = _shell(12, 40)
    count = made.satellites - np.arange(12) % 2
    made = replace(made, satellites=count, spacing=2 * np.pi / count)
    positions = secular_positions(elements_of(made)[0], made.epoch)
    *_, stations = _shell(12, 40)
    with pytest.raises(UserError, match="grid"):
        network.grid_links(made)
    whole = reduced_round_trips(reduce(made, positions, made.epoch), positions, *stations)
    small = reduced_round_trips(reduce(made, positions, made.epoch, largest=200), positions, *stations)
    assert np.all(np.isfinite(whole))
    assert np.all(small >= whole - 1e-12)


def test_uneven_planes_are_refused():
    """A cluster in formation is no ring of satellites."""
    made, positions, _ = _shell(12, 40)
    with pytest.raises(UserError, match="evenly"):
        reduce(replace(made, spacing=made.spacing / 10), positions, made.epoch)
    with pytest.raises(UserError, match="positions"):
        reduce(made, positions[:, :5], made.epoch)
