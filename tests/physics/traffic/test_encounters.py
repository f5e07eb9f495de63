"""Approach rates of whole constellations: bookkeeping, limits, and brute-force screening."""

from __future__ import annotations

import numpy as np
import pytest

from dawndusk.core.errors import UserError
from dawndusk.core.records import replace
from dawndusk.physics.motion.orbit import argument_of_latitude_rate, orbit_radius
from dawndusk.physics.traffic.crossings import radial_mean
from dawndusk.physics.traffic.dispersion import Dispersion
from dawndusk.physics.traffic.encounters import Approaches, approach_rates, expected_pairs
from dawndusk.validation.neighbours import joined, shells
from dawndusk.validation.swarm import counted, drawn

TILT = np.deg2rad(30.0)
FAR = (shells([570e3, 571.5e3], TILT, 6, 60), shells([571e3], np.deg2rad(97.6), 2, 200))


def test_two_planes_by_hand():
    """Two crossing planes have satellites x satellites times the rate of a pair."""
    planes = joined(shells([600e3], 1.0, 1, 30), shells([600.5e3], 1.4, 1, 20))
    spread = Dispersion()
    radius, cosine = orbit_radius(600.25e3), np.cos(0.4)
    sd = np.sqrt(spread.spread(np.array([radius])).radial[0])
    window = 2.0 * radial_mean(500.0, sd, 1000.0)
    rate = 0.5 * (argument_of_latitude_rate(600e3, 1.0) + argument_of_latitude_rate(600.5e3, 1.4))
    wanted = 600.0 * rate * window / (2.0 * np.pi**2 * radius * np.cos(0.5 * np.arccos(cosine)))
    found = approach_rates(planes, 1000.0)
    assert found.kept.sum() == pytest.approx(float(wanted), rel=1e-4)
    assert found.kept[0, 1] == found.kept[1, 0] == pytest.approx(0.5 * float(wanted), rel=1e-4)


def test_groups_share_an_approach_in_halves():
    """Splitting shells into groups changes the table, not the number of approaches."""
    two = joined(*FAR)
    one = replace(two, group=np.zeros_like(two.group), shell=two.shell + 10 * two.group)
    split, whole = (approach_rates(p, 1000.0, phased=False) for p in (two, one))
    assert split.kept.shape == (2, 2)
    np.testing.assert_allclose(split.kept, split.kept.T)
    assert split.kept.sum() == pytest.approx(whole.kept.sum(), rel=1e-9)
    assert split.kept_per_day().sum() == pytest.approx(86400.0 * whole.total, rel=1e-9)


def test_order_of_planes_does_not_matter():
    """Planes in any order give the same rates."""
    planes = joined(*FAR)
    order = np.random.default_rng(0).permutation(planes.size)
    names = [n for n in planes.__dataclass_fields__ if n != "epoch"]
    mixed = replace(planes, **{n: getattr(planes, n)[order] for n in names})
    straight, shuffled = (approach_rates(p, 500.0, failed=0.1, drop=3e3) for p in (planes, mixed))
    for name in ("kept", "mixed", "loose"):
        np.testing.assert_allclose(getattr(straight, name), getattr(shuffled, name), rtol=1e-6)


def test_failed_satellites_like_the_others_change_nothing():
    """With the same spreads, no fall and no held phases, it does not matter who cannot manoeuvre."""
    planes = joined(shells([570e3], TILT, 5, 100), shells([571e3], np.deg2rad(97.6), 1, 100))
    alike = Dispersion(loose=Dispersion().eccentricity)
    none = approach_rates(planes, 800.0, dispersion=alike, phased=False)
    some = approach_rates(planes, 800.0, dispersion=alike, phased=False, failed=0.3, drop=0.0)
    own = some.loose.sum() + some.mixed.sum() + some.kept.sum()
    every = approach_rates(planes, 800.0, dispersion=alike, failed=1.0, drop=0.0)
    assert every.kept.sum() == every.mixed.sum() == 0.0
    assert none.total < own < every.total  # only pairs of one plane differ: held slots never meet
    assert own - none.total == pytest.approx((every.total - none.total) * (1.0 - 0.7**2), rel=1e-3)


def test_shells_out_of_reach_have_nothing_to_do_with_each_other():
    """Shells 30 km apart do not meet, unless the failed of the upper one have fallen into the lower one."""
    planes = joined(shells([570e3], TILT, 3, 100), shells([600e3], np.deg2rad(80.0), 3, 100))
    apart = approach_rates(planes, 1000.0, failed=0.1, drop=5e3)
    assert apart.mixed[0, 1] == apart.mixed[1, 0] == apart.kept[0, 1] == 0.0
    fallen = approach_rates(planes, 1000.0, failed=0.1, drop=50e3)
    assert fallen.mixed[1, 0] > 0.0
    assert fallen.mixed[0, 1] == 0.0


def test_small_distances_go_with_the_square():
    """Well below the spreads, half the distance means a quarter of the approaches."""
    planes = joined(*FAR)
    wide, narrow = (approach_rates(planes, d, phased=False).total for d in (40.0, 20.0))
    assert wide == pytest.approx(4.0 * narrow, rel=3e-3)


def test_unknown_phases_are_the_mean_over_phases():
    """Without phases the rate is the mean of the rates over all phases of one plane against the other."""
    planes = shells([575e3], np.deg2rad(60.0), 2, 150)
    shifts = (np.arange(400) + 0.5) / 400
    held = [
        approach_rates(replace(planes, phase=shift * planes.plane * planes.spacing), 1000.0).total
        for shift in shifts
    ]
    assert max(held) > 10.0 * min(held)
    assert approach_rates(planes, 1000.0, phased=False).total == pytest.approx(np.mean(held), rel=1e-3)


@pytest.mark.parametrize("distance", [1000.0, 4000.0])
def test_screening_of_fifteen_hundred_satellites(distance):
    """Brute force over two hours finds what the rates say, within three standard deviations and 3 %."""
    planes = joined(shells([570e3, 571.5e3], TILT, 6, 60), shells([571e3, 572.7e3], None, 2, 200))
    alike, steps, step = Dispersion(loose=Dispersion().eccentricity), 240, 30.0
    counts, variance, found = counted(
        planes, drawn(planes, alike, 11, slotted=False), distance, steps=steps, step=step
    )
    ours = approach_rates(planes, distance, dispersion=alike, failed=1.0, drop=0.0).loose * steps * step
    assert counts.sum() > 100
    assert np.all(found.closest < distance)
    assert abs(counts.sum() - ours.sum()) < 3.0 * np.sqrt(variance.sum()) + 0.03 * ours.sum()
    assert abs(counts[1, 1] - ours[1, 1]) < 3.0 * np.sqrt(variance[1, 1]) + 0.03 * ours[1, 1]


def test_slow_approaches_are_those_of_neighbouring_planes():
    """Shells of one tilt and node drift past each other slowly; crossing planes do not."""
    drifting = joined(shells([700e3], 1.7, 1, 500), shells([700.8e3], 1.7, 1, 500))
    found = approach_rates(drifting, 1000.0)
    assert found.slow.sum() == pytest.approx(found.kept.sum(), rel=1e-12)
    assert found.kept.sum() > 0.0
    assert approach_rates(shells([570e3], TILT, 6, 60), 1000.0, phased=False).slow.max() < 1e-12


def test_pairs_at_an_instant_grow_with_volume():
    """Far below the spreads, pairs at one instant go with the cube of the distance."""
    planes = joined(*FAR)
    assert expected_pairs(planes, 8.0) == pytest.approx(8.0 * expected_pairs(planes, 4.0), rel=1e-3)


def test_daily_rates_count_failed_satellites_half_to_each_group():
    """Approaches with a failed satellite are shared between the two groups."""
    rates = Approaches(
        distance=1.0,
        kept=np.zeros((2, 2)),
        mixed=np.array([[1.0, 2.0], [4.0, 8.0]]),
        loose=np.array([[0.0, 1.0], [1.0, 0.0]]),
        slow=np.zeros((2, 2)),
    )
    np.testing.assert_allclose(rates.unkept_per_day() / 86400.0, [5.0, 12.0])
    assert rates.total == pytest.approx(17.0)


@pytest.mark.parametrize(
    "change",
    [
        {"distance": np.nan},
        {"distance": -1.0},
        {"distance": 60e3},
        {"failed": 1.5},
        {"failed": np.nan},
        {"drop": -1.0},
        {"planes": replace(FAR[0], raan=np.full(FAR[0].size, np.nan))},
        {"planes": replace(FAR[0], satellites=np.zeros(FAR[0].size, dtype=np.int64))},
    ],
)
def test_bad_input_is_the_users_mistake(change):
    """Values out of range or lost are told, not computed."""
    given = {"planes": FAR[0], "distance": 1000.0, **change}
    with pytest.raises(UserError):
        approach_rates(**given)
