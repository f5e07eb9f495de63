"""Service in one number, by class and by pool."""

import numpy as np
import pytest
from tests.operate.instance import STREAMS, planned, single_path

from dawndusk.core.offers import POOLS
from dawndusk.core.trace import Trace
from dawndusk.operate import planned_service, service

ORBIT = POOLS.index("orbit")


def trace_of(latent, served, pools):
    """A trace of (P, T, S), (P, T, S) and (P, T, Q); the first limit holds period 0 back."""
    binding = np.full(latent.shape[:2], -1)
    binding[:, 0] = 0
    return Trace(
        latent=latent, offered=latent, admitted=served, served=served, backlog=0 * served, expired=0 * served,
        delivered=pools, pool_served=pools, node=0 * binding, binding=binding,
        limits=("capacity", "failures"),
    )  # fmt: skip


def test_service_weighs_work_not_paths():
    """Two paths, one with nine times the work: expectation by work, quantiles by path, pools sum up."""
    latent = np.ones((2, 8, 2)) * np.array([1.0, 9.0])[:, None, None]
    served = latent * np.array([[1.0, 0.5], [0.5, 0.0]])[:, None, :]
    pools = np.zeros((2, 8, 4))
    pools[:, :, 0] = served.sum(axis=2)
    pools[0, -2:, 0], pools[0, -2:, ORBIT] = 0.5, 1.0
    found = service(trace_of(latent, served, pools), ("a", "b"))
    assert found.expected == pytest.approx((1.5 + 4.5) / 20)
    assert (found.low, found.median, found.high) == pytest.approx((0.25, 0.25, 0.75))
    assert found.by_stream == pytest.approx({"a": 5.5 / 10, "b": 0.5 / 10})
    assert sum(found.by_pool.values()) == pytest.approx(found.expected)
    assert found.orbit_last_year == pytest.approx(2.0 / 80.0)
    assert found.held_back == pytest.approx({"capacity": 1 / 8, "failures": 0.0})


def test_planned_service_is_the_plans_expectation():
    """It agrees with sums over nodes, and its quantiles bracket the ways to the leaves."""
    _, known, _, plan = planned()
    found = planned_service(known, plan)
    wanted = known.demand.sum(axis=0)
    assert found.expected == pytest.approx(
        (known.probability @ plan.served.sum(axis=(0, 1))) / (known.probability @ wanted)
    )
    unserved = (known.probability * plan.unserved).sum(axis=1) / (known.probability * known.demand).sum(
        axis=1
    )
    assert [1 - found.by_stream[s] for s in STREAMS] == pytest.approx(unserved, abs=1e-9)
    late = known.period >= known.periods - 4
    orbit = plan.served[:, ORBIT].sum(axis=0)
    assert found.orbit_last_year == pytest.approx(
        (known.probability @ (orbit * late)) / (known.probability @ (wanted * late))
    )
    assert found.low <= found.median <= found.high <= 1.0


def test_class_without_demand_counts_as_served():
    """A class that wants nothing is not unserved: 1, never NaN."""
    known, _ = single_path(4)
    latent = np.ones((1, 4, 2)) * np.array([1.0, 0.0])
    found = service(trace_of(latent, latent, np.ones((1, 4, 4)) / 4), (*known.streams, "none"))
    assert found.by_stream["none"] == 1.0
