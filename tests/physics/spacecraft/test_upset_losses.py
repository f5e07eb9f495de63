"""Compute lost to upsets: beam test to rates, checkpoints against the best and against simulation."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import minimize_scalar

from dawndusk.core.constants import YEAR
from dawndusk.core.records import replace
from dawndusk.physics.spacecraft.upset_losses import (
    Recovery,
    Upsets,
    checkpoint_interval,
    chip_availability,
    daly_interval,
    job_share,
    serving_share,
    upsets,
    useful_share,
)

BEAM = upsets(1.5 / YEAR)  # 150 rad a year
NONE = Upsets(silent=0.0, memory=0.0, hang=0.0, host=0.0)


def test_beam_test_in_orbit():
    """At 150 rad a year a chip has 8.8 silent errors, 3.4 memory errors and 0.03 hangs a year."""
    yearly = [x * YEAR for x in (BEAM.silent, BEAM.memory, BEAM.hang)]
    assert yearly == pytest.approx([8.82, 3.41, 0.03], rel=2e-3)
    assert upsets(1.5 / YEAR, end="low").silent < BEAM.silent < upsets(1.5 / YEAR, end="high").silent


def test_young():
    """Without silent errors the interval is sqrt(2 cost x time between errors)."""
    assert checkpoint_interval(30.0, 1 / 86400) == pytest.approx((2 * 30.0 * 86400) ** 0.5)
    assert np.isinf(checkpoint_interval(30.0, 0.0))


def best(**costs):
    """Best useful share by search."""
    found = minimize_scalar(
        lambda u: -useful_share(np.exp(u), **costs), bounds=(0, 15), method="bounded", options={"xatol": 1e-6}
    )
    return -found.fun, float(np.exp(found.x))


@given(st.floats(1, 100), st.floats(0, 60), st.floats(0, 600), st.floats(1e-6, 1e-3), st.floats(0, 1e-3))
def test_first_order_interval_is_nearly_best(checkpoint, verification, restart, stops, silent):
    """While its cost is under a tenth of the time between errors the interval is within 1 % of the best."""
    costs = {"checkpoint": checkpoint, "verification": verification, "restart": restart}
    costs |= {"stops": stops, "silent": silent}
    cost = checkpoint + verification
    if cost * (stops + silent) > 0.1:
        return
    wanted, _ = best(**costs)
    assert useful_share(checkpoint_interval(cost, stops, silent, restart), **costs) > 0.99 * wanted


@pytest.mark.parametrize("cost", [1.0, 60.0, 600.0])
def test_daly_is_nearer_than_young(cost):
    """Daly's interval is nearer to the best one than Young's."""
    mean = 3600.0
    _, wanted = best(checkpoint=cost, verification=0.0, restart=0.0, stops=1 / mean, silent=0.0)
    # his errors strike checkpoints too, which ours spare: the best differ by part of the cost
    young, daly = checkpoint_interval(cost, 1 / mean), daly_interval(cost, mean)
    exact = minimize_scalar(
        lambda t: (np.exp((t + cost) / mean) - 1) / t, bounds=(cost / 10, 4 * mean), method="bounded"
    )
    assert abs(daly - exact.x) < abs(young - exact.x)
    assert daly == pytest.approx(exact.x, rel=0.02)
    assert wanted == pytest.approx(exact.x + cost, rel=0.25)
    assert daly_interval(3.0 * mean, mean) == mean


def test_useful_share_simulated():
    """Simulated work with both kinds of errors keeps the share of the closed form."""
    work, check, write, restart, stops, silent = 900.0, 60.0, 30.0, 200.0, 1 / 2000, 1 / 3000
    generator, tries = np.random.default_rng(3), 200_000
    stop = generator.exponential(1 / stops, tries)
    wrong = generator.exponential(1 / silent, tries) < work
    broken = stop < work + check
    kept = ~broken & ~wrong
    time = np.where(broken, stop, work + check) + np.where(kept, write, restart)
    share = work * kept.sum() / time.sum()
    found = useful_share(
        work, checkpoint=write, verification=check, restart=restart, stops=stops, silent=silent
    )
    assert found == pytest.approx(share, rel=0.01)


def test_no_errors_cost_only_checks():
    """Without upsets a chip serves all but its checks, and a job all but a few checkpoints a year."""
    recovery = Recovery()
    assert chip_availability(NONE, recovery) == 1.0
    assert serving_share(NONE, recovery, request=10.0) == pytest.approx(1 - recovery.checked)
    assert job_share(NONE, recovery, chips=1000.0, chips_per_host=4.0) == pytest.approx(1.0, abs=1e-5)


@given(st.floats(1, 1e5), st.floats(1, 20))
def test_larger_jobs_and_worse_orbits_keep_less(chips, worse):
    """More chips, or more upsets, never keep more."""
    recovery = Recovery()
    share = job_share(BEAM, recovery, chips=chips, chips_per_host=4.0)
    assert 0 <= job_share(BEAM, recovery, chips=2 * chips, chips_per_host=4.0) <= share <= 1
    assert job_share(upsets(1.5 * worse / YEAR), recovery, chips=chips, chips_per_host=4.0) <= share * (
        1 + 1e-12
    )


def test_one_chip_serves_and_ten_thousand_in_step_do_not():
    """At 150 rad a year upsets cost a chip that serves under 1e-4, and ten thousand in step over half."""
    recovery = replace(Recovery(), checked=0.0)
    assert 1 - serving_share(BEAM, recovery, request=10.0) < 1e-4
    assert job_share(BEAM, recovery, chips=1e4, chips_per_host=4.0) < 0.5


def test_availability_is_a_renewal():
    """A chip with one memory error an hour and a restart of 300 s is up 12 parts of 13."""
    hourly = replace(NONE, memory=1 / 3600)
    assert chip_availability(hourly, replace(Recovery(), restart=300.0)) == pytest.approx(12 / 13)


def test_draws_broadcast():
    """Draws of the dose rate and sizes of jobs give a table."""
    many = upsets(np.array([1.0, 2.0, 4.0]) / YEAR)
    found = job_share(many, Recovery(), chips=np.array([[1.0], [1000.0]]), chips_per_host=4.0)
    assert np.shape(found) == (2, 3)
