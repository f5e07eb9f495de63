"""Planes and slots of constellations."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dawndusk.core.constants import EARTH_RADIUS
from dawndusk.core.constellation import FORMAT, Constellation, Craft, Group
from dawndusk.core.errors import UserError
from dawndusk.core.records import replace
from dawndusk.core.time import seconds_from_utc
from dawndusk.physics.motion import layout, orbit

DEGREE = np.pi / 180.0
EPOCH = float(seconds_from_utc("2027-01-01"))
CRAFT = Craft(
    mass=3000.0,
    area_to_mass=0.13,
    drag_coefficient=2.2,
    radius=16.0,
    life=1.6e8,
    disposal=50.0,
    failed=0.01,
)


def _group(low, high, tilt, arrangement, shells, planes, satellites, *, sso=False, phasing=0.0):
    return Group(
        name="g",
        label="g",
        altitude_low=low * 1e3,
        altitude_high=high * 1e3,
        inclination_low=tilt[0] * DEGREE,
        inclination_high=tilt[1] * DEGREE,
        sun_synchronous=sso,
        arrangement=arrangement,
        shells=shells,
        planes=planes,
        satellites=satellites,
        phasing=phasing,
    )


def _constellation(*groups, cap=0):
    return Constellation(format=FORMAT, name="c", title="c", cap=cap, craft=CRAFT, groups=groups)


# FCC Table 1 of the letter of 29 May 2026
FILING = (
    _group(550, 568, (26, 32), "even", 10, 30, 333),
    _group(565, 585, (97.7, 97.7), "dawn-dusk", 10, 2, 4999, sso=True),
    _group(686, 718, (30, 30), "even", 25, 30, 333),
    _group(707, 744, (97.2, 97.2), "dawn-dusk", 22, 2, 5565),
    _group(946, 978, (30, 30), "even", 25, 30, 333),
    _group(967, 1002, (99.4, 99.4), "dawn-dusk", 22, 2, 5770, sso=True),
)


def test_filing_has_the_planes_and_satellites_of_its_table():
    """FCC Table 1 gives 1,908 planes and 1,198,120 satellites, thinned to exactly a million."""
    whole = layout.planes_of(_constellation(*FILING), EPOCH)
    capped = layout.planes_of(_constellation(*FILING, cap=1_000_000), EPOCH)
    assert (whole.size, whole.total) == (1908, 1_198_120)
    np.testing.assert_array_equal(
        np.bincount(whole.group, whole.satellites), [99900, 99980, 249750, 244860, 249750, 253880]
    )
    assert (capped.size, capped.total) == (1908, 1_000_000)
    share = whole.satellites * (1_000_000 / 1_198_120)
    assert np.all(np.abs(capped.satellites - share) < 1.0)


def test_shells_rise_evenly_with_their_inclination():
    """Shell altitudes and filed inclinations are linear; a sun-synchronous shell has its own altitude's."""
    first, second, *_, last = (layout.group_planes(group, EPOCH) for group in FILING)
    np.testing.assert_allclose(np.unique(first.altitude), np.linspace(550e3, 568e3, 10))
    np.testing.assert_allclose(first.inclination[::30], np.linspace(26, 32, 10) * DEGREE)
    for planes in (second, last):
        np.testing.assert_array_equal(planes.inclination, orbit.sun_synchronous_inclination(planes.altitude))
    assert second.inclination[0] / DEGREE == pytest.approx(97.65, abs=0.01)


def test_arrangements_put_the_nodes_where_they_say():
    """Even nodes divide the equator; dawn-dusk planes alternate 06:00 and 18:00; lone ones rise at dawn."""
    even, pair = layout.group_planes(FILING[0], EPOCH), layout.group_planes(FILING[1], EPOCH)
    np.testing.assert_allclose(np.diff(even.raan[:30]), 2.0 * np.pi / 30)
    np.testing.assert_allclose(pair.ltan, np.tile([6.0, 18.0], 10))
    three = layout.group_planes(_group(600, 600, (98, 98), "dawn-dusk", 1, 3, 5, sso=True), EPOCH)
    np.testing.assert_allclose(three.ltan, [6.0, 18.0, 6.0])
    single = layout.group_planes(_group(500, 1800, (97, 97), "dawn-dusk", 172, 1, 300, sso=True), EPOCH)
    np.testing.assert_allclose(single.ltan, 6.0)


@given(st.floats(0.0, 23.999), st.floats(0.0, 1.5e9))
def test_local_time_undoes_the_node_of_a_local_time(ltan, epoch):
    """Node to local time is the inverse of local time to node."""
    back = layout.local_time(orbit.raan_from_ltan(ltan, epoch), epoch)
    assert np.mod(back - ltan + 12.0, 24.0) == pytest.approx(12.0, abs=1e-9)


def test_offset_turns_every_node():
    """An offset of 30 deg is two hours later."""
    planes = layout.planes_of(_constellation(FILING[1]), EPOCH, raan_offset=30 * DEGREE)
    np.testing.assert_allclose(planes.ltan, np.tile([8.0, 20.0], 10))


@given(
    st.lists(st.integers(1, 5000), min_size=1, max_size=40).flatmap(
        lambda counts: st.tuples(st.just(counts), st.integers(1, sum(counts)))
    )
)
def test_thinning_is_exact_and_even(case):
    """The cap is met to the satellite, every plane keeps its share rounded, and equal planes keep alike."""
    counts, cap = case
    groups = [_group(600, 600, (50, 50), "even", 1, 1, count) for count in counts]
    kept = layout.planes_of(_constellation(*groups, cap=cap), EPOCH)
    share = np.array(counts) * cap / sum(counts)
    assert kept.total == cap
    assert np.all(np.abs(kept.satellites - share) < 1.0 + 1e-9)
    some = kept.satellites > 0
    np.testing.assert_allclose((kept.spacing * kept.satellites)[some], 2.0 * np.pi)


def test_equal_planes_lose_satellites_all_over_the_list():
    """Half of a hundred equal planes keep one more: as many in the first half as in the second."""
    groups = [_group(600, 600, (50, 50), "even", 1, 100, 3)]
    kept = layout.planes_of(_constellation(*groups, cap=250), EPOCH).satellites
    assert abs(int(kept[:50].sum()) - int(kept[50:].sum())) <= 2


def test_elements_spread_satellites_evenly_in_their_planes():
    """Satellites belong to their plane's row, a slot apart, on a circular orbit of its altitude."""
    group = _group(600, 610, (53, 53), "even", 2, 4, 5, phasing=0.25)
    planes = layout.group_planes(group, EPOCH)
    elements, plane = layout.elements_of(planes)
    assert elements.size == group.filed == 40
    np.testing.assert_array_equal(np.bincount(plane), planes.satellites)
    np.testing.assert_allclose(elements.semi_major_axis, EARTH_RADIUS + planes.altitude[plane])
    np.testing.assert_array_equal(elements.eccentricity, 0.0)
    np.testing.assert_array_equal(elements.epoch, EPOCH)
    slots = elements.mean_anomaly.reshape(8, 5)
    step = 2.0 * np.pi / 5
    np.testing.assert_allclose(np.mod(np.diff(slots, axis=1), 2.0 * np.pi), step)
    np.testing.assert_allclose(np.diff(slots[:4, 0]), 0.25 * step, atol=1e-12)
    assert np.mod(slots[4, 0] - slots[0, 0], step) / step == pytest.approx(0.618, abs=1e-3)


def test_planes_thinned_to_nothing_have_no_satellites():
    """With fewer satellites than planes some rows of the planes own none of the elements."""
    planes = layout.planes_of(_constellation(_group(600, 600, (50, 50), "even", 1, 10, 4), cap=7), EPOCH)
    elements, plane = layout.elements_of(planes)
    assert elements.size == 7
    np.testing.assert_array_equal(np.bincount(plane, minlength=10), planes.satellites)


def test_a_cluster_flies_in_file_at_dawn():
    """Eighty-one satellites of a cluster share one orbit at 06:00, 100 m from one to the next."""
    group = _group(650, 650, (98, 98), "cluster", 1, 1, 81, sso=True)
    planes = layout.group_planes(group, EPOCH)
    elements, _ = layout.elements_of(planes)
    np.testing.assert_allclose(planes.ltan, 6.0)
    apart = np.diff(elements.mean_anomaly) * elements.semi_major_axis[0]
    np.testing.assert_allclose(apart, 100.0, rtol=1e-6)


def test_walker_is_walkers():
    """56 deg: 24/3/1 has nodes 120 deg and planes 15 deg apart in phase; a star fills half the equator."""
    made = layout.walker(24, 3, 1, inclination=56 * DEGREE, altitude=23222e3)
    np.testing.assert_allclose(np.rad2deg(made.raan), [0.0, 120.0, 240.0])
    np.testing.assert_allclose(np.rad2deg(made.phase), [0.0, 15.0, 30.0])
    np.testing.assert_array_equal(made.satellites, 8)
    star = layout.walker(66, 6, 2, inclination=86.4 * DEGREE, altitude=780e3, pattern="star")
    np.testing.assert_allclose(np.rad2deg(star.raan), np.arange(6) * 30.0)


def test_selected_planes_keep_their_rows():
    """A group taken out of a constellation is that group."""
    whole = layout.planes_of(_constellation(*FILING), EPOCH)
    part = layout.select(whole, whole.group == 3)
    assert (part.size, part.total) == (44, 244_860)
    np.testing.assert_allclose(part.inclination, 97.2 * DEGREE)


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: layout.planes_of(_constellation(), EPOCH), "no group"),
        (lambda: layout.group_planes(replace(FILING[1], altitude_low=6e6, altitude_high=6e6), EPOCH), "6000"),
        (lambda: layout.group_planes(replace(FILING[0], altitude_low=1e5), EPOCH), "100 km"),
        (lambda: layout.walker(25, 3, 1, inclination=1.0, altitude=6e5), "25 satellites in 3"),
        (lambda: layout.walker(24, 3, 3, inclination=1.0, altitude=6e5), "0 to 2"),
    ],
)
def test_what_cannot_be_flown_is_refused(make, words):
    """An empty or impossible constellation is the user's error and says what was read."""
    with pytest.raises(UserError, match=words):
        make()
