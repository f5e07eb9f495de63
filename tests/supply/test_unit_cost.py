"""Unit cost of an option, closed over what it draws."""

from __future__ import annotations

import numpy as np
import pytest

from dawndusk.core.calendar import HOURS_PER_PERIOD
from dawndusk.core.constants import HOURS_PER_YEAR
from dawndusk.core.records import replace
from dawndusk.economics.annuity import annuity
from dawndusk.supply import assemble, cost_stacks, earliest_service, unit_costs
from dawndusk.supply.unit_cost import PARTS, mean_survival


def test_rents_and_leases_cost_their_price(supply):
    """What is sold by the H100e-hour costs what is asked, all of it contract."""
    stacks = cost_stacks(supply, 0)
    assert stacks["cloud"] == pytest.approx({"contract": 2.35})
    assert stacks["colossus"] == pytest.approx({"contract": 3.25})
    assert unit_costs(supply, 8)["cloud"] == pytest.approx(2.35 * 0.8**2)


def test_ground_cost_is_the_sum_of_its_annuities(supply):
    """Chips, network, shell, deposit and operations by hand for the first generation at a grid site."""
    stack = cost_stacks(supply, 0)["north"]
    hours = 0.95 * np.mean(0.96 ** (np.arange(20) / 4)) * HOURS_PER_YEAR
    chips = annuity(0.1, 5) * (20e3 * 1.1**0.5 + 700 * 3 * 1.1**0.5)
    build = np.mean([1.1 ** ((6 - lag) / 4) for lag in range(6)])
    assert stack["chips"] == pytest.approx(chips / hours)
    assert stack["shell"] == pytest.approx(annuity(0.1, 20) * 700 * 12 * build / hours)
    assert stack["operations"] == pytest.approx(0.03 * 700 * 12 / hours)
    # the queue connects 0.5 of each W, the early connection 0.95 after a shorter lead: the cheaper is taken
    deposit = annuity(0.1, 20) * 840 * 0.1
    assert stack["power"] == pytest.approx(min(deposit * 1.1**2 / 0.5, deposit * 1.1 / 0.95) / hours)
    assert set(stack) == {"chips", "shell", "power", "energy", "operations"}


def test_orbit_cost_is_the_sum_of_its_parts(scenario, supply):
    """Chips, platform, launch and operations by hand for an order of 2028Q1."""
    v, offer = 7, supply.offer("ai1-dawn")
    stack = cost_stacks(supply, v)["ai1-dawn"]
    repaid = annuity(0.15, 5) / 4
    hours = offer.gives["compute:orbit"][v] * mean_survival(offer) * HOURS_PER_PERIOD
    amount = {d.resource: d.amount[v] for d in offer.draws}
    price = {name: supply.resource(name).price for name in ("chips", "launches")}
    assert stack["chips"] == pytest.approx(amount["chips"] * price["chips"][v] * 1.15**0.5 * repaid / hours)
    assert stack["launch"] == pytest.approx(amount["launches"] * price["launches"][v + 2] * repaid / hours)
    interest = (1.15**0.5 + 1.15**0.25) / 2
    assert stack["platform"] == pytest.approx(offer.capital[v] * interest * repaid / hours)
    assert set(stack) == {"chips", "platform", "launch", "operations"}


def test_rented_space_that_gives_power_too_is_paid_once(supply):
    """A colocation's rent of 1.80 USD per W and year counts once for shell and power together."""
    stack = cost_stacks(supply, 0)["hall"]
    hours = 0.95 * np.mean(0.96 ** (np.arange(20) / 4)) * HOURS_PER_YEAR
    assert stack["contract"] == pytest.approx(1.8 * 700 / hours)
    assert set(stack) == {"chips", "contract"}


def test_options_that_cannot_be_ordered_or_fed_have_no_cost(scenario, designs):
    """Before its window an option is absent; a site without a giver of power is absent always."""
    supply = assemble(replace(scenario, plants=()), designs)
    assert "ai1-dawn" not in unit_costs(supply, 0)
    assert "south" not in unit_costs(supply, 0)
    assert "colossus" not in unit_costs(supply, 5)


def test_parts_are_named_and_sum_to_the_unit_cost(supply):
    """Every part is one of the known ones, positive and finite."""
    for period in (0, 8, 16):
        costs = unit_costs(supply, period)
        for name, stack in cost_stacks(supply, period).items():
            assert set(stack) <= set(PARTS)
            assert all(np.isfinite(x) and x > 0 for x in stack.values())
            assert sum(stack.values()) == pytest.approx(costs[name])


def test_mean_survival_is_the_mean_of_the_survivors(supply):
    """The closed form equals the mean over the periods in service, and 1 without losses."""
    offer = supply.offer("chips-north")
    assert mean_survival(offer) == pytest.approx(np.mean((1 - offer.loss) ** np.arange(20)))
    assert mean_survival(supply.offer("cloud")) == 1


def test_earliest_service_waits_for_the_slowest_thing_drawn(supply):
    """North: shell after 6 quarters (early connection 4); south: plants from period 7; orbit: 2028Q1."""
    found = earliest_service(supply)
    assert found["north"] == 6
    assert found["south"] == 7
    assert found["ai1-dawn"] == 7
    assert found["cloud"] == 0
    assert "in-use" not in found


def test_drawn_inputs_give_the_cost_of_each_draw(scenario, designs):
    """Arrays of draws through assemble and unit_costs equal one run per draw, sample axis last."""

    def drawn(price, failure, launch, watts, loss, limit):
        chips = scenario.chips
        generations = (replace(chips.generations[0], power=watts), chips.generations[1])
        site = replace(scenario.ground.sites[0], shell_cost=price, queue_first=limit)
        return replace(
            scenario,
            chips=replace(chips, failure=failure, generations=generations, efficiency_growth=failure * 5),
            ground=replace(scenario.ground, sites=(site, scenario.ground.sites[1])),
            commitments=(replace(scenario.commitments[0], retire=failure),),
            orbit=replace(
                scenario.orbit,
                satellite_loss=loss,
                launch=replace(scenario.orbit.launch, price=launch, growth=1 + loss * 50),
            ),
        )

    draws = np.array(
        [
            [9.0, 12.0, 20.0],
            [0.02, 0.04, 0.06],
            [30e6, 60e6, 90e6],
            [1300.0, 1400.0, 1500.0],
            [0.005, 0.01, 0.02],
            [5e7, 1e8, 2e8],
        ]
    )
    many = assemble(drawn(*draws), designs)
    for period in (0, 9):
        together = unit_costs(many, period)
        for k in range(3):
            alone = unit_costs(assemble(drawn(*draws[:, k]), designs), period)
            assert alone.keys() == together.keys()
            for name, value in alone.items():
                found = np.broadcast_to(together[name], 3)[k]
                assert found == pytest.approx(value, rel=1e-9), name
