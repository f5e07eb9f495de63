"""One satellite in service: its own number, the planner's, and the walk between them."""

from functools import cache

import numpy as np
import pytest

from dawndusk.core.constants import HOURS_PER_YEAR, YEAR
from dawndusk.library.design import presets, read_design
from dawndusk.library.read import read
from dawndusk.space.account.account import account
from dawndusk.space.design.candidates import basis
from dawndusk.space.design.frame import frame
from dawndusk.space.design.prices import assess_own
from dawndusk.space.sheet import close_sheet
from dawndusk.supply import assemble
from dawndusk.supply.bridge import CHIPS, PLATFORM, bill_of
from dawndusk.supply.in_service import lead_interest, terms_of
from dawndusk.supply.option_cost import QUARTER
from dawndusk.supply.unit_cost import cost_stacks

WITH_COMPUTE = [x for x in sorted(presets()) if not x.startswith("starlink")]


@cache
def account_of(name):
    """A preset's account on the terms of colossus."""
    return account(close_sheet(read_design(name)[0]), read("colossus")[0], name=name)


@cache
def supply_of():
    """All that colossus offers."""
    scenario = read("colossus")[0]
    return assemble(scenario, {x.design: read_design(x.design)[0] for x in scenario.orbit.satellites})


def own(found):
    """The metric of an account's hour."""
    return next(float(m.value) for m in found.in_orbit if m.name == "compute")


@pytest.mark.parametrize("name", WITH_COMPUTE)
def test_the_lines_sum_to_the_difference(name):
    """From the satellite's own cost of an hour the lines lead to the planner's, within 1e-9."""
    found = account_of(name)
    walk = found.bridge
    assert own(found) + sum(x.hour for x in walk.lines) == pytest.approx(walk.planner, abs=1e-9)
    assert len({x.label for x in walk.lines}) == len(walk.lines)


@pytest.mark.parametrize(("name", "option"), [("ai1-2026-06", "ai1"), ("conservative", "conservative")])
def test_the_planners_number_is_the_planners(name, option):
    """It is the unit cost of the scenario's cheapest offer of it for service in 2030Q1, within 1e-9."""
    walk, scenario, supply = account_of(name).bridge, read("colossus")[0], supply_of()
    order = scenario.calendar.index(QUARTER) - supply.offer(f"{option}-group-2").lead
    assert walk.ordered == scenario.calendar.label(order)
    costs = {k: sum(v.values()) for k, v in cost_stacks(supply, order).items() if k.startswith(option)}
    assert walk.planner == pytest.approx(min(costs.values()), abs=1e-9)
    assert walk.flown


@pytest.mark.parametrize("name", ["ai1-2026-06", "conservative", "suncatcher-node"])
def test_design_costs_the_same_satellite_alike(name):
    """`dawndusk design` has for the preset what the walk passes in its own orbit, within 1e-9."""
    found = assess_own(basis(frame(name)))
    assert float(found.hour) == pytest.approx(account_of(name).bridge.own_orbit, abs=1e-9)


def test_a_bill_is_the_metric():
    """The formula of the walk gives the cost of an hour that the metrics give."""
    found = account_of("ai1-2026-06")
    bill = bill_of(found.flown, found.terms, found.sheet.design.life / YEAR)
    assert float(bill.hour) == pytest.approx(own(found), rel=1e-12)
    charge = found.flown.project.account.charge
    assert own(found) == pytest.approx(charge / found.flown.project.stages.used / HOURS_PER_YEAR, rel=1e-12)


def test_what_differs_is_named():
    """Newer chips are most of AI1's difference; a conservative platform costs less in the scenario."""
    ai1 = {x.label: x.hour for x in account_of("ai1-2026-06").bridge.lines}
    careful = {x.label: x.hour for x in account_of("conservative").bridge.lines}
    assert ai1[CHIPS] == min(ai1.values()) < -1.0
    assert careful[PLATFORM] < -1.0 < ai1[PLATFORM] < 0.0


def test_a_design_that_nobody_flies_keeps_its_own_platform_cost():
    """Its planner's number is made on the scenario's terms without a line for the platform."""
    walk = account_of("suncatcher-node").bridge
    assert not walk.flown
    assert PLATFORM not in {x.label for x in walk.lines}
    assert walk.offer.startswith("Suncatcher node in Group")


def test_without_compute_there_is_no_walk():
    """A relay satellite has no hour of compute to price, and the reason is said."""
    found = account_of("starlink-v2-mini")
    assert found.bridge is None
    assert found.no_bridge == "it has no compute"


def test_interest_until_the_first_day():
    """Paid at the order a year ahead at 15 %: 1.15; in four quarterly parts less, without a lead nothing."""
    assert lead_interest(0.15, 4, spread=False) == pytest.approx(1.15)
    parts = np.mean([1.15 ** (k / 4) for k in (1, 2, 3, 4)])
    assert lead_interest(0.15, 4, spread=True) == pytest.approx(parts)
    assert lead_interest(0.15, 0, spread=True) == 1.0


def test_terms_are_dated_alike_for_all():
    """The scenario's satellites and one that only dates the terms share quarter, launch price and chips."""
    scenario = read("colossus")[0]
    first, other = (terms_of(scenario, scenario.orbit.satellites[0], priced=x) for x in (True, False))
    assert (first.quarter, first.launch_price, first.watts) == (
        other.quarter,
        other.launch_price,
        other.watts,
    )
    assert (other.platform, other.volume) == (0.0, 0.0)
