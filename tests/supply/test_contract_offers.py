"""Leases, rentals, commitments, colocation, capacity from orbit."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dawndusk.core.calendar import HOURS_PER_PERIOD
from dawndusk.core.records import replace
from dawndusk.economics.annuity import annuity
from dawndusk.supply.commitment import Arrival, arrivals_in_service


def test_lease_runs_from_now_to_its_end_with_exit_and_recall(supply):
    """Taken in the first two quarters at once, gone after 2029Q1, notice of a quarter after a quarter."""
    offer = supply.offer("colossus")
    assert (offer.first, offer.last, offer.lead) == (0, 1, 0)
    assert offer.contract.end == 12
    assert offer.life == 12
    assert (offer.contract.earliest_exit, offer.contract.notice) == (1, 1)
    assert (1 - offer.contract.recall) ** 4 == pytest.approx(0.95)
    assert offer.leaves_early
    assert offer.limit_total[0] == 1


def test_lease_costs_its_price_per_hour(supply):
    """3.25 USD per H100e-hour of 275,000 H100e, take or pay."""
    offer = supply.offer("colossus")
    assert offer.running[5] / offer.gives["compute:leased"][0] / HOURS_PER_PERIOD == pytest.approx(3.25)


def test_rent_is_that_of_the_orders_date_for_the_whole_term(supply):
    """Capital repaid without interest over a year is the price on the day of the order, per period."""
    offer = supply.offer("cloud")
    rent = offer.capital * annuity(offer.rate, offer.asset_life) / 4 / HOURS_PER_PERIOD
    assert rent[0] == pytest.approx(2.35)
    assert rent[8] == pytest.approx(2.35 * 0.8**2)
    assert offer.life == 4
    assert sum(x for _, x in offer.payments) == pytest.approx(1)
    assert offer.limit_service[10] == pytest.approx(300e3 * 1.1**10)


def test_capacity_from_orbit_is_paid_as_delivered(supply):
    """10 % shortfall lowers what is given and what is paid alike; the limit doubles each year from 2029Q1."""
    offer = supply.offer("sky")
    rent = offer.capital * annuity(offer.rate, offer.asset_life) / 4 / HOURS_PER_PERIOD
    assert rent[4] / offer.gives["compute:orbit"][4] == pytest.approx(3.0 * 0.9)
    assert offer.first + offer.lead == 11
    assert np.all(offer.limit_service[:11] == 0)
    assert offer.limit_service[[11, 15]] == pytest.approx([50e3, 100e3])
    assert offer.factors == {"limit": "licence"}
    assert np.all(np.isfinite(offer.limit_order))
    assert not offer.leaves_early


def test_compute_in_use_retires(supply):
    """10 % a year leaves; nothing can be ordered."""
    offer = supply.offer("in-use")
    assert offer.initial[[0, 4, 8]] == pytest.approx([1e5, 0.9e5, 0.81e5])
    assert not offer.orderable
    assert offer.running[0] / HOURS_PER_PERIOD == pytest.approx(0.5)


def _arrivals(scenario, stepped, retire=0.0):
    item = replace(
        scenario.commitments[0],
        arrivals=(
            Arrival(start="2028Q2", amount=800.0),
            Arrival(start="2026Q2", amount=100.0),
            Arrival(start="2027Q2", amount=400.0),
        ),
        stepped=stepped,
        retire=retire,
    )
    return arrivals_in_service(item, scenario)


def test_stepped_arrivals_come_at_their_date(scenario):
    """The sum of arrivals up to each date, in any order of the list."""
    found = _arrivals(scenario, stepped=True)
    assert found[[0, 3, 4, 7, 8, 23]] == pytest.approx([100, 100, 500, 500, 1300, 1300])


def test_other_arrivals_are_even_between_two_dates(scenario):
    """Linear from one date to the next, level after the last."""
    found = _arrivals(scenario, stepped=False)
    assert found[[0, 1, 4, 6, 8, 23]] == pytest.approx([100, 200, 500, 900, 1300, 1300])


def test_arrivals_before_the_horizon_have_been_leaving(scenario):
    """What came a year before the start is smaller by a year's retirement."""
    item = replace(scenario.commitments[0], arrivals=(Arrival(start="2025Q2", amount=1000.0),), retire=0.1)
    assert arrivals_in_service(item, scenario)[[0, 4]] == pytest.approx([900, 810])


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30)
@given(st.floats(0, 0.9), st.booleans(), st.floats(0, 1e6))
def test_more_arrivals_never_shrink_what_is_in_service(scenario, retire, stepped, more):
    """Adding to an arrival raises every period after it and none before falls."""
    item = replace(scenario.commitments[0], retire=retire, stepped=stepped)
    larger = replace(item, arrivals=(*item.arrivals, Arrival(start="2028Q1", amount=more)))
    assert np.all(arrivals_in_service(larger, scenario) >= arrivals_in_service(item, scenario) * (1 - 1e-12))


def test_colocation_gives_space_and_power_and_its_chips_buy_no_energy(supply):
    """Rent by the IT watt holds energy and cooling; own chips draw one IT watt of each."""
    rent, chips = supply.offer("rent-hall"), supply.offer("chips-hall")
    assert set(rent.gives) == {"shell:hall", "power:hall"}
    assert rent.running[0] == pytest.approx(0.45)
    assert rent.limit_order[0] == pytest.approx(100e6)
    assert (rent.lead, rent.life) == (3, 40)
    drawn = {d.resource: d.amount[0] for d in chips.draws}
    assert drawn == pytest.approx({"chips": 1, "shell:hall": 700, "power:hall": 700})
    assert chips.pool == "ground"
