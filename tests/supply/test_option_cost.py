from __future__ import annotations

import numpy as np
import pytest
from tests.study import tiny_run

from dawndusk.core.plan import EntryPrice
from dawndusk.core.records import replace
from dawndusk.supply.option_cost import drawn_costs, entry_costs, option_costs


@pytest.fixture(scope="module")
def parts():
    """All parts of the tiny run."""
    return tiny_run.parts()


def entry(option: str, factor: float) -> EntryPrice:
    """The entry price of an option."""
    return EntryPrice(option=option, label=option, factor=factor, proven=True, sentence="")


def test_a_fixed_price_is_its_own_unit_cost(parts):
    """A lease at 3.25 USD per H100e-hour costs that, whenever it is signed."""
    costs = option_costs(parts.inputs.supply, parts.scenario.calendar)
    assert costs.now["colossus-1"] == pytest.approx(3.25)
    assert costs.later["colossus-1"] == pytest.approx({"contract": 3.25})
    assert costs.ordered["colossus-1"] == "2026Q3"


def test_what_cannot_be_ordered_now_has_no_cost_now(parts):
    """A satellite that is first ordered in a year has a cost then, but none today."""
    costs = option_costs(parts.inputs.supply, parts.scenario.calendar)
    assert "ai1-group-2" not in costs.now
    assert costs.later["ai1-group-2"]["launch"] > 0


def test_a_short_horizon_takes_its_last_quarter(parts):
    """Where 2030 lies past the horizon, the last quarter stands for it."""
    costs = option_costs(parts.inputs.supply, parts.scenario.calendar)
    assert costs.quarter == "2028Q3"
    assert costs.draws == 0
    assert costs.later_range == {}


def test_an_entry_price_keeps_what_the_option_draws(parts):
    """At its own price today the cost is today's; at half of it, half of the own part is gone."""
    supply, calendar = parts.inputs.supply, parts.scenario.calendar
    stack = option_costs(supply, calendar).later["ai1-group-2"]
    own = stack["platform"] + stack["operations"]
    now, same, unit = entry_costs(entry("ai1", 1.0), supply, calendar)
    _, half, _ = entry_costs(entry("ai1", 0.5), supply, calendar)
    assert unit == "USD/(H100e*h)"
    assert now == pytest.approx(sum(stack.values())) == pytest.approx(same)
    assert half == pytest.approx(now - own / 2)


def test_an_option_that_never_enters_has_no_entry_price(parts):
    """Factor 0 means not even for nothing, so the price is undefined, not zero."""
    now, then, _ = entry_costs(entry("ai1", 0.0), parts.inputs.supply, parts.scenario.calendar)
    assert now > 0
    assert np.isnan(then)


def test_an_option_without_compute_is_priced_by_its_unit(parts):
    """A queue and a building without chips cost their capital per watt."""
    supply = parts.inputs.supply
    bare = replace(supply, offers=tuple(o for o in supply.offers if o.name == "build-texas"))
    now, then, unit = entry_costs(entry("texas", 0.5), bare, parts.scenario.calendar)
    assert unit == "USD/W"
    assert (now, then) == pytest.approx((13.8, 6.9))


def test_an_unknown_option_has_no_price(parts):
    """Not zero: undefined."""
    now, then, unit = entry_costs(entry("nothing", 0.5), parts.inputs.supply, parts.scenario.calendar)
    assert np.isnan([now, then]).all()
    assert unit == ""


def test_drawn_costs_have_one_value_a_draw(parts):
    """Options without a drawn number repeat their cost in every draw."""
    found = drawn_costs(parts.inputs.supply, parts.scenario.calendar, 7)
    assert {x.shape for x in found.values()} == {(7,)}
    assert found["colossus-1"] == pytest.approx(np.full(7, 3.25))
