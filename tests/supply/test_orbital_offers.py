"""Satellites, launches, pads, the factory."""

from __future__ import annotations

import numpy as np
import pytest

from dawndusk.core.constants import YEAR
from dawndusk.core.records import replace
from dawndusk.physics.spacecraft.health import at_rates, mean_delivered
from dawndusk.supply import assemble
from dawndusk.supply.chips import technology
from dawndusk.supply.orbital import launch_price, orbit_rate, platform_price, satellite_offer
from dawndusk.supply.satellite import close_in
from dawndusk.supply.unit_cost import mean_survival


def _close(scenario, designs, shell=0):
    orbit = scenario.orbit
    year = scenario.calendar.year(12)
    found, _ = close_in(designs["ai1"], orbit.satellites[0], orbit.shells[shell], orbit.launch, year)
    return {x.strategy: x for x in found}


def _draws(offer):
    return {(d.resource, d.when): d.amount for d in offer.draws}


def test_a_satellite_gives_average_compute_and_draws_chips_for_its_run_power(scenario, designs, supply):
    """Orbit-average W x utilisation over W/H100e is given; run W over W/H100e, / reliability, is drawn."""
    offer = supply.offer("ai1-dawn")
    closed = _close(scenario, designs)["shed"]
    watts = technology(scenario).watts
    level = offer.gives["compute:orbit"] / (closed.average * 0.9 / watts)
    assert level == pytest.approx(level[0])
    assert 0.9 < level[0] < 1
    draws = _draws(offer)
    assert draws["chips", "order"] == pytest.approx(closed.run / watts / 0.96)
    assert draws["satellites", "delivery"] == pytest.approx(1 / 0.96)
    assert draws["launches", "delivery"] == pytest.approx(1 / 0.96 / closed.per_launch)
    assert draws["slots:dawn", "service"] == pytest.approx(1)


def test_a_satellite_is_capital_of_platform_and_disposal(scenario, designs, supply):
    """Platform watts x price / reliability + disposal; 5 % of the platform a year to operate."""
    offer = supply.offer("ai1-dawn")
    closed = _close(scenario, designs)["shed"]
    price = platform_price(scenario.orbit.satellites[0], scenario)
    assert offer.capital == pytest.approx(price * closed.platform / 0.96 + 50e3)
    assert offer.running == pytest.approx(price * closed.platform * 0.05 / 4)
    assert offer.life == 20


def test_losses_are_those_of_the_failure_law_at_the_scenarios_rates(scenario, designs, supply):
    """What an offer delivers over its life is the mean of the law's curve, at 1 % and 7 % a year."""
    offer, closed = supply.offer("ai1-dawn"), _close(scenario, designs)["shed"]
    parts = at_rates(closed.parts, chip=0.07, satellite=0.01)
    delivered = offer.gives["compute:orbit"] * mean_survival(offer) * technology(scenario).watts
    assert delivered == pytest.approx(closed.average * 0.9 * mean_delivered(parts, 5 * YEAR))
    assert 0.02 < offer.loss < 0.04


def test_first_delivery_and_gate_bound_the_orders(supply):
    """First delivery 2028Q1 with a lead of two quarters; the licence gates a finite limit."""
    offer = supply.offer("ai1-dawn")
    assert (offer.first, offer.lead) == (5, 2)
    assert offer.factors == {"limit": "licence"}
    assert np.all(offer.limit_order == 1000)


def test_the_cheaper_answer_to_shadow_is_taken(scenario, designs, supply):
    """Dawn-dusk sheds, a forced battery is dearer there; in the inclined shell shedding is too hot."""
    assert "shed in shadow" in supply.offer("ai1-dawn").label
    forced = replace(scenario.orbit.satellites[0], eclipse="battery")
    battery, _ = satellite_offer(forced, scenario.orbit.shells[0], designs["ai1"], scenario)
    assert battery.capital[8] > supply.offer("ai1-dawn").capital[8]
    assert "battery in shadow" in supply.offer("ai1-low").label


def test_the_launch_price_falls_by_learning_to_its_floor(scenario):
    """Constant for the first 40 flights, 20 % less for each doubling of them, never below the floor."""
    price = launch_price(scenario)
    # flights: 40 in 2027 (periods 3-6), 80 in 2028 (7-10), 160 in 2029: 120 before period 11
    assert price[3:8] == pytest.approx(60e6)
    assert price[11] == pytest.approx(60e6 * 0.8 ** np.log2(120 / 40))
    assert price[-1] == pytest.approx(30e6)
    assert np.all(np.diff(price) <= 0)


def test_the_platform_learns_with_what_the_factory_made_before_delivery(scenario):
    """An order two quarters before 2030Q1 sees the 400 + 800 satellites of 2028 and 2029."""
    price = platform_price(scenario.orbit.satellites[0], scenario)
    assert price[:6] == pytest.approx(22)
    assert price[13] == pytest.approx(22 * 0.8 ** np.log2(1200 / 400))


def test_shared_resources_are_ours_by_share_and_start_at_their_date(supply):
    """A quarter of 40 flights in 2027, 400 satellites in 2028, the places filed."""
    launches, satellites = supply.resource("launches"), supply.resource("satellites")
    assert launches.supply[:3] == pytest.approx(0)
    assert launches.supply[3:7].sum() == pytest.approx(10)
    assert satellites.supply[:7] == pytest.approx(0)
    assert satellites.supply[7:11].sum() == pytest.approx(400)
    assert supply.resource("slots:dawn").supply[0] == 1000


def test_a_pad_gives_launches_from_its_first_quarter_on(supply):
    """20 launches a year, two years after the order, not before 2029Q1; two pads at most."""
    pad = supply.offer("pad")
    assert pad.gives["launches"][0] == pytest.approx(5)
    assert pad.first + pad.lead == 11
    assert pad.limit_total[0] == 2


def test_the_rate_changes_with_the_date_of_the_order(scenario):
    """15 % before 2030Q1, 10 % from then on."""
    rate = orbit_rate(scenario)
    assert rate[14] == pytest.approx(0.15)
    assert rate[15] == pytest.approx(0.10)


def test_a_larger_factory_or_share_never_shrinks_what_is_there(scenario, designs):
    """More output, flights or share raises supply in every period and no price."""
    small = assemble(scenario, designs)
    orbit = scenario.orbit
    more = replace(
        scenario,
        orbit=replace(
            orbit,
            factory=replace(orbit.factory, output=800.0),
            launch=replace(orbit.launch, share=0.5, growth=2.5),
        ),
    )
    large = assemble(more, designs)
    for name in ("launches", "satellites"):
        assert np.all(large.resource(name).supply >= small.resource(name).supply)
        assert np.all(large.resource(name).price <= small.resource(name).price)
