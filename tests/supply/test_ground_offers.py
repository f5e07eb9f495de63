"""Ground sites and plants."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dawndusk.core.constants import YEAR
from dawndusk.core.records import replace
from dawndusk.supply import assemble, cost_stacks
from dawndusk.supply.plant import plant_offer
from dawndusk.supply.site import queue_offer

MWH = 3.6e9


def test_queue_is_cumulative_and_counts_what_is_really_connected(supply):
    """100 MW after one lead, 10 MW more a quarter; with 50 % completion twice that may be asked for."""
    offer = supply.offer("queue-north")
    assert (offer.lead, offer.first, offer.last) == (8, 0, 15)
    asked = np.array([offer.limit_total[0], offer.limit_total[5]])
    assert asked * offer.gives["power:north"][0] == pytest.approx([100e6, 150e6])
    assert offer.capital[0] == pytest.approx(0.1)


def test_early_connection_gives_what_is_not_curtailed(supply):
    """40 MW in all, 95 % of the time, a year after the order."""
    offer = supply.offer("flexible-north")
    assert offer.lead == 4
    assert offer.limit_total[-1] == pytest.approx(40e6)
    assert offer.gives["power:north"][0] == pytest.approx(0.95)


def test_shell_is_paid_while_it_is_built_and_kept_up_after(supply):
    """12 USD/W over six quarters, 3 % of it a year for operations, 50 MW orders a quarter, 20 MW halls."""
    offer = supply.offer("build-north")
    assert (offer.lead, offer.life, offer.unit_size) == (6, 80, 20e6)
    assert offer.capital[0] == pytest.approx(12)
    assert offer.payments[-1] == (5, pytest.approx(1 / 6))
    assert offer.running[0] == pytest.approx(12 * 0.03 / 4)
    assert offer.limit_order[3] == pytest.approx(50e6)


def test_plants_are_delivered_from_the_makers_first_quarter_on(scenario, engine):
    """An order never arrives before 2028Q1 (period 7); its limit grows by 10 % per quarter of delivery."""
    offer = plant_offer(engine, scenario)
    arrival = np.arange(24) + offer.lead
    assert np.all(offer.limit_order[arrival < 7] == 0)
    assert offer.limit_order[arrival == 7] == pytest.approx(100e6)
    assert offer.limit_order[arrival == 10] == pytest.approx(100e6 * 1.1**3)
    assert offer.first == 5


def test_plant_pays_fuel_and_operation_at_full_load(scenario, engine):
    """2.5 x 15 + 10 = 47.5 USD/MWh for 95 % of the quarter."""
    offer = plant_offer(engine, scenario)
    assert offer.running[0] == pytest.approx(47.5 / MWH * 0.95 * YEAR / 4)
    assert offer.gives["power:south"][0] == pytest.approx(0.95)


def test_a_site_off_the_grid_has_no_queue_and_buys_no_energy(supply):
    """Off the grid only shell, chips and plants are left."""
    names = [x for x in supply.names() if x.endswith("south")]
    assert sorted(names) == ["build-south", "chips-south"]
    assert not any(d.resource.startswith("energy") for d in supply.offer("chips-south").draws)


def _watts_per_delivered(scenario, pue):
    """Facility energy, MWh per delivered H100e-hour, of the first generation over its life."""
    survive = np.mean(0.96 ** (np.arange(20) / 4))
    return 700 * pue / 1e6 / (0.95 * survive)


def test_energy_from_the_grid_is_charged_once(scenario, supply):
    """At a pure grid site energy costs facility energy times the grid's price, nothing else."""
    stack = cost_stacks(supply, 0)["north"]
    assert stack["energy"] == pytest.approx(50 * _watts_per_delivered(scenario, 1.2), rel=1e-9)


def test_energy_off_the_grid_is_the_fuel_only(scenario, supply):
    """Off the grid energy costs facility energy times the plant's fuel and operation."""
    stack = cost_stacks(supply, 0)["south"]
    assert stack["energy"] == pytest.approx(47.5 * _watts_per_delivered(scenario, 1.2), rel=1e-9)


@pytest.mark.parametrize(("price", "expected"), [(20.0, 20.0), (500.0, 47.5)])
def test_a_site_with_both_pays_the_one_that_feeds_it(scenario, designs, engine, price, expected):
    """With plants at a grid site chips pay either the grid or the fuel, never both."""
    both = replace(engine, site="north")
    sites = (replace(scenario.ground.sites[0], power_price=price / MWH), scenario.ground.sites[1])
    mixed = replace(scenario, plants=(both,), ground=replace(scenario.ground, sites=sites))
    supply = assemble(mixed, designs)
    stack = cost_stacks(supply, 0)["north"]
    assert stack["energy"] == pytest.approx(expected * _watts_per_delivered(scenario, 1.2), rel=1e-9)
    draws = [d.resource for d in supply.offer("chips-north").draws]
    assert "energy:north" not in draws
    assert supply.offer("energy-north").life == 1
    assert list(supply.offer("queue-north").gives) == ["grid:north"]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30)
@given(st.floats(0, 1e9), st.floats(0, 1e8), st.floats(0, 1e8), st.floats(0.05, 1))
def test_more_connection_never_shrinks_the_queue(scenario, grid_site, first, growth, more, completion):
    """A larger first block or growth raises the limit in every period; the limit never falls with time."""
    site = replace(grid_site, queue_first=first, queue_growth=growth, queue_completion=completion)
    larger = replace(site, queue_first=first + more, queue_growth=growth + more)
    small, large = (queue_offer(x, scenario).limit_total for x in (site, larger))
    assert np.all(large >= small)
    assert np.all(np.diff(small) >= 0)
