"""Chips: generations, market, chips at a site, fab."""

from __future__ import annotations

import numpy as np
import pytest

from dawndusk.core.errors import UserError
from dawndusk.core.records import replace
from dawndusk.supply.chips import chip_resource, technology
from dawndusk.supply.fab import fab_offer


def test_named_generations_hold_from_their_quarter(scenario):
    """W and USD per H100e are those of the newest named generation on sale."""
    tech = technology(scenario)
    assert tech.watts[:4] == pytest.approx(700.0)
    assert tech.price[:4] == pytest.approx(20e3)
    assert tech.watts[4:8] == pytest.approx(400.0)
    assert tech.price[4:8] == pytest.approx(12e3)
    assert tech.generation[3:5] == ("A", "B")


def test_a_new_generation_each_year_follows_the_trends(scenario):
    """After the last named one: efficiency by its year's growth, price per performance by its own."""
    tech = technology(scenario)
    assert tech.generation[8] == "B+1"
    assert tech.watts[8:12] == pytest.approx(400 / 1.3)
    assert tech.price[8] == pytest.approx(12e3 / 1.25)
    # late_from is 2030Q1 = period 15: generation B+3 of 2030Q2 (period 16) is the first late one
    assert tech.watts[15] == pytest.approx(400 / 1.3**2)
    assert tech.watts[16] == pytest.approx(400 / (1.3**2 * 1.1))
    assert tech.price[20] == pytest.approx(12e3 / 1.25**4)


def test_no_generation_on_sale_at_the_start_is_the_users_mistake(scenario):
    """Chips that cannot be ordered in the first quarter raise an error that says what to write."""
    late = replace(scenario.chips, generations=scenario.chips.generations[1:])
    with pytest.raises(UserError, match="2026Q2"):
        technology(replace(scenario, chips=late))


def test_market_sells_a_quarter_of_its_yearly_rate_and_grows(scenario):
    """Supply per period is the yearly rate / 4, growing per quarter, with the late growth from its date."""
    market = chip_resource(scenario)
    assert market.supply[0] == pytest.approx(100e3)
    assert market.supply[15] == pytest.approx(100e3 * 1.2**15)
    assert market.supply[17] == pytest.approx(100e3 * 1.2**15 * 1.1**2)
    assert market.price[5] == pytest.approx(12e3)


def test_chips_at_a_site_draw_by_their_vintage(supply):
    """One H100e draws one chip once, its IT watts of shell, and IT times PUE of power and energy."""
    offer = supply.offer("chips-north")
    draws = {(d.resource, d.when): d.amount for d in offer.draws}
    assert set(draws) == {
        ("chips", "order"),
        ("shell:north", "service"),
        ("power:north", "service"),
        ("energy:north", "service"),
    }
    assert np.all(draws["chips", "order"] == 1)
    assert draws["shell:north", "service"][[0, 4]] == pytest.approx([700, 400])
    assert draws["power:north", "service"][[0, 4]] == pytest.approx([840, 480])
    assert offer.capital[[0, 4]] == pytest.approx([2100, 1200])
    assert offer.gives["compute:ground"][0] == pytest.approx(0.95)
    assert (offer.lead, offer.life, offer.last) == (2, 20, 21)
    assert (1 - offer.loss) ** 4 == pytest.approx(0.96)


def test_fab_yields_the_mean_of_what_its_periods_expect(scenario):
    """2 M chips a quarter at 30 % until 2030Q3 and 60 % from 2030Q4 on, over what is left of the horizon."""
    offer = fab_offer(scenario.fabs[0], scenario)
    # first output 2029Q4 = period 14; lead 8; late from 2030Q4 = period 18; horizon 24
    assert (offer.first, offer.lead, offer.last) == (6, 8, 15)
    assert offer.gives["chips"][6] == pytest.approx((4 * 0.6e6 + 6 * 1.2e6) / 10)
    assert offer.gives["chips"][12] == pytest.approx(1.2e6)
    assert offer.limit_total[0] == pytest.approx(0.1)
    assert offer.capital[0] == pytest.approx(50e9)
    assert np.all(offer.running == 0)


def test_fab_dearer_than_the_market_pays_the_difference(scenario):
    """A unit cost of 30,000 against 20,000 USD costs half the market's price more per chip, by date."""
    fab = replace(scenario.fabs[0], unit_cost=30e3)
    offer = fab_offer(fab, scenario)
    price = technology(scenario).price
    assert offer.running[20] == pytest.approx(2e6 * 0.6 * 0.5 * price[20])
