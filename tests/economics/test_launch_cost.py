"""Launch by mass and by volume, lost launches, insurance; ground segment."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dawndusk.economics import ground_segment as gs
from dawndusk.economics import launch_cost as lc

STARSHIP = lc.Vehicle(price=60e6, payload=100e3, volume=900.0, reliability=0.97)


def test_whole_satellites_by_both_limits():
    """2.1 t in 10 m3 is limited by mass (47), in 20 m3 by volume (36)."""
    found = lc.satellites_per_launch(STARSHIP, mass=2.1e3, volume=np.array([10.0, 20.0]))
    assert found.tolist() == [47.0, 36.0]


def test_which_limit_binds():
    """`by_mass` is 1 where the payload is full first."""
    found = lc.launch_cost(STARSHIP, mass=2.1e3, volume=np.array([10.0, 20.0]), value=5e6)
    assert found.by_mass.tolist() == [1.0, 0.0]


@given(st.floats(100, 5e4), st.floats(1, 500))
def test_a_launch_is_never_overfull(mass, volume):
    """One satellite more breaks the mass or the volume limit, and what is on board keeps both."""
    n = lc.satellites_per_launch(STARSHIP, mass=mass, volume=volume)
    room = 900.0 * lc.PACKING
    assert n * mass <= 100e3 * (1 + 1e-12)
    assert n * volume <= room * (1 + 1e-12)
    assert (n + 1) * mass > 100e3 or (n + 1) * volume > room


def test_what_does_not_fit_has_no_price():
    """A satellite heavier than the payload costs infinitely much, and never NaN."""
    found = lc.launch_cost(STARSHIP, mass=101e3, volume=10.0, value=5e6)
    assert (found.per_launch, found.launch, found.risk, found.total) == (0.0, np.inf, np.inf, np.inf)


def test_lost_launches_are_bought_again():
    """Without insurance satellite and launch are bought 1 / reliability times in the mean."""
    found = lc.launch_cost(STARSHIP, mass=2e3, volume=10.0, value=5e6)
    assert found.total + 5e6 == pytest.approx((5e6 + 60e6 / 50) / 0.97)


def test_insurance_costs_the_expected_loss_and_a_loading():
    """At 3 % risk and a loading of one half the premium is 4.5 % of the value on board."""
    found = lc.launch_cost(STARSHIP, mass=2e3, volume=10.0, value=5e6, insured=True, loading=0.5)
    assert found.risk == pytest.approx(0.045 * (5e6 + 1.2e6))


def test_launches_for_loose_parts():
    """Parts that can be cut need the larger of both counts, rounded up."""
    assert lc.launches_for(mass=408e3, volume=100.0, payload=100e3, room=1000.0) == 5
    assert lc.launches_for(mass=408e3, volume=12_600.0, payload=100e3, room=1000.0) == 13


def test_a_fleet_is_cheaper_to_fly_per_satellite():
    """Ten times the satellites cost 10^0.7 times the operations; 1,000 cost 20 kUSD a year each."""
    cost = gs.fleet_operations(np.array([1e3, 1e4]))
    assert cost[0] == pytest.approx(20e6)
    assert cost[1] / cost[0] == pytest.approx(10**0.7)


def test_gateways_carry_the_traffic():
    """A thousand Gbit/s at 25 GB/s per station and half the sky clear take ten stations."""
    assert gs.gateways_for(1e12 / 8, availability=0.5) == 10


def test_ground_segment_of_a_fleet():
    """Capital is gateways and licence; each year 1 / life of the fleet is disposed of."""
    found = gs.ground_segment(1e3, gateways=10.0, life=5.0)
    assert found.capital == pytest.approx(50e6 + 10e6)
    assert found.disposal == pytest.approx(200 * 5e3)
    assert found.running == pytest.approx(20e6 + 0.08 * 50e6 + 500e3 + 1e6)
    assert set(gs.BOUNDARIES) == set(gs.GroundSegment.__annotations__)
