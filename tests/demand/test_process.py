"""The demand process: closed forms, the design note's quantiles, regimes, cap and gates."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dawndusk.core.calendar import Calendar
from dawndusk.core.errors import UserError
from dawndusk.core.records import fingerprint, replace
from dawndusk.demand.process import expected_path, planned_path, sample

# 5, 20, 50, 80, 95 % in million H100e: a simulation made for the design of this project, without ranges,
# regimes and cap, printed with two digits.
NOTE = {
    "2027Q1": (3.0, 3.6, 4.4, 5.3, 6.3),
    "2028Q1": (6.4, 8.7, 12.0, 17.0, 22.0),
    "2030Q1": (14.0, 22.0, 37.0, 60.0, 97.0),
    "2036Q1": (43.0, 93.0, 212.0, 488.0, 1061.0),
}


@pytest.mark.parametrize("quarter", NOTE)
def test_quantiles_of_the_design_note(calm, calendar, quarter):
    """An independent simulation of the same process has the same quantiles, within 5 %."""
    paths = sample(calm, (), calendar, n=20_000, seed=1)
    found = np.exp(np.quantile(paths.log_demand[:, calendar.index(quarter)], [0.05, 0.2, 0.5, 0.8, 0.95]))
    np.testing.assert_allclose(found / 1e6, NOTE[quarter], rtol=0.05)


def test_first_quarter_grows_as_observed(demand, calendar):
    """Period 0 has seen one quarter of growth at usage over efficiency: in_use * (80/8)^(1/4)."""
    assert np.exp(expected_path(demand, calendar)[0]) == pytest.approx(0.7e6 * 10**0.25)


def test_long_run_growth(calm):
    """Growth goes over to the long-run trend: 1.25 a year within 1 % after thirty years."""
    path = expected_path(calm, Calendar(start="2026Q2", periods=120))
    assert np.exp(path[-1] - path[-5]) == pytest.approx(1.25, rel=0.01)


def test_sum_of_decays(calm, calendar):
    """The expected path is a sum of two geometric series."""
    k = np.arange(1, 41)
    trend, excess = 2 ** (-0.25 / 2.0), 2 ** (-0.25 / 0.75)
    total = (
        np.log(1.25) * k
        + np.log(2.2 / 1.25) * (1 - trend**k) / (1 - trend)
        + np.log(10 / 2.2) * (1 - excess**k) / (1 - excess)
    ) / 4
    np.testing.assert_allclose(expected_path(calm, calendar), np.log(0.7e6) + total, rtol=1e-12)


def test_noise_has_the_moments_of_an_autoregression(calm, calendar):
    """Spread of log demand is that of summed AR(1) noise started at zero, within 2 %."""
    paths = sample(calm, (), calendar, n=20_000, seed=3)
    weights = (1 - 0.6 ** np.arange(1, 41)) / 0.4
    sd = 0.08 * np.sqrt(1 - 0.6**2) * np.sqrt(np.cumsum(weights**2))
    np.testing.assert_allclose(paths.log_demand.std(axis=0), sd, rtol=0.02)
    np.testing.assert_allclose(paths.log_demand.mean(axis=0), expected_path(calm, calendar), atol=0.03)


def test_plan_lies_below_what_came(demand, calm, calendar):
    """Planned at 10x, observed at 80x: the plan starts with 10/8 a year and lies below ever after."""
    plan, came = planned_path(demand, calendar), expected_path(demand, calendar)
    assert np.exp(plan[0]) == pytest.approx(0.7e6 * (10 / 8) ** 0.25)
    assert np.all(plan < came)
    same = replace(calm, planned_growth=80.0)
    np.testing.assert_array_equal(planned_path(same, calendar), expected_path(same, calendar))


def test_cap_is_a_share_of_the_world(demand, calendar):
    """No path exceeds a tenth of the world's stock, and some paths reach it."""
    paths = sample(demand, (), calendar, n=2000, seed=5)
    k = np.arange(1, 41)
    left = 2 ** (-0.25 / 3)
    world = np.log(1.4) * k + np.log(3.3 / 1.4) * (1 - left**k) / (1 - left)
    cap = np.log(1.55e6) + world / 4
    assert np.all(paths.log_demand <= cap + 1e-9)
    assert np.all(np.isclose(paths.log_demand[:, 3:20].max(axis=0), cap[3:20]))


def test_a_regime_replaces_growth_while_it_runs(calm, calendar):
    """A certain stagnation that lasts for ever grows demand by its own factor, after noise."""
    stuck = replace(
        calm, noise_sd=0.0, stagnation=replace(calm.stagnation, probability=1.0, growth=1.1, duration=20.0)
    )
    path = sample(stuck, (), calendar, n=1, seed=0).log_demand[0]
    np.testing.assert_allclose(np.diff(path), np.log(1.1) / 4, rtol=1e-9)


def test_regimes_start_as_often_as_said(calm):
    """With 3 %/yr and regimes of two years, 5.66 % of late quarters stagnate (renewal theory)."""
    rare = replace(calm, noise_sd=0.0, stagnation=replace(calm.stagnation, probability=0.03))
    calendar = Calendar(start="2026Q2", periods=60)
    growth = np.diff(sample(rare, (), calendar, n=4000, seed=2).log_demand, axis=1)[:, 20:]
    hazard = 1 - 0.97**0.25
    expected = 8 / (8 - 1 + 1 / hazard)
    found = np.isclose(growth, np.log(1.1) / 4, rtol=1e-9).mean()
    assert found == pytest.approx(expected, abs=0.006)  # four standard errors


def test_gates(demand, gates, calendar):
    """A gate is shut before its date, constant after it, and opens with its probability."""
    state = sample(demand, gates, calendar, n=10_000, seed=4).gates["licence"]
    assert state.shape == (10_000, 40)
    assert not state[:, :8].any()
    assert np.all(state[:, 8:] == state[:, [8]])
    assert state[:, 8].mean() == pytest.approx(0.7, abs=0.018)


def test_same_seed_same_bytes(drawn, gates, calendar):
    """Equal seeds give equal paths to the byte; another seed or subsystem gives others."""
    ranges = drawn(50, 1)
    one = sample(ranges, gates, calendar, n=50, seed=9)
    assert fingerprint(one) == fingerprint(sample(ranges, gates, calendar, n=50, seed=9))
    assert fingerprint(one) != fingerprint(sample(ranges, gates, calendar, n=50, seed=10))
    assert fingerprint(one) != fingerprint(sample(ranges, gates, calendar, n=50, seed=9, subsystem=1))


def test_drawn_ranges_act_path_by_path(demand, calendar):
    """A drawn range of equal values gives the same bytes as the number; n draws give n expected paths."""
    spread = replace(demand, trend=np.full(7, 2.2), in_use=np.full(7, 0.7e6))
    left, right = (sample(x, (), calendar, n=7, seed=1).log_demand for x in (spread, demand))
    np.testing.assert_array_equal(left, right)
    assert expected_path(spread, calendar).shape == (7, 40)


@given(st.integers(0, 2**32), st.floats(0.0, 0.95), st.floats(0.0, 1.0))
@settings(max_examples=25, deadline=None)
def test_paths_are_finite(demand, calendar, seed, correlation, probability):
    """Any correlation below one and any chance of regimes give finite paths."""
    regime = replace(demand.surge, probability=probability)
    any_demand = replace(demand, noise_correlation=correlation, surge=regime)
    paths = sample(any_demand, (), calendar, n=20, seed=seed)
    assert np.all(np.isfinite(paths.log_demand))


@pytest.mark.parametrize(
    ("changes", "n", "path"),
    [
        ({}, 0, "paths"),
        ({"trend": np.full(3, 2.2)}, 5, "demand"),
        ({"world_share": 0.0}, 5, "demand.world_share"),
    ],
)
def test_mistakes_teach(demand, calendar, changes, n, path):
    """No paths, ranges of another length and a world without a share are the user's mistakes."""
    with pytest.raises(UserError) as caught:
        sample(replace(demand, **changes), (), calendar, n=n, seed=0)
    assert caught.value.problems[0].path == path
