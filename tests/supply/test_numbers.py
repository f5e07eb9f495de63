"""Numbers of the world that a scenario states otherwise than the ledger."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from dawndusk.core.errors import UserError
from dawndusk.core.numbers import all_numbers
from dawndusk.core.records import replace, units_of
from dawndusk.core.scenario.numbers import AS_IN_LEDGER, Numbers
from dawndusk.library.addresses import numbers
from dawndusk.library.draw import draw
from dawndusk.library.read import read, set_values
from dawndusk.physics.spacecraft.health import failing_parts, mean_delivered
from dawndusk.physics.spacecraft.upset_losses import Recovery, recovery_of
from dawndusk.supply.in_service import terms_of


def test_each_is_the_row_of_its_name():
    """A field has the value and the unit of the ledger's row, whose range it takes."""
    units = units_of(Numbers)
    for field in dataclasses.fields(Numbers):
        row = all_numbers()[field.name]
        assert field.default == row.value, field.name
        assert units[field.name].text == row.unit, field.name
        assert units[field.name].low <= row.low <= row.high <= units[field.name].high, field.name


def test_what_a_scenario_does_not_state_is_not_among_its_numbers():
    """Only stated numbers of the world are the scenario's own; the others are the ledger's."""
    changed, _ = set_values(*read("tiny"), {"numbers.board_loss_rate": "3 %/yr"})
    assert [p for p, _, _ in numbers(read("tiny")[0]) if p.startswith("numbers.")] == []
    assert [p for p, _, _ in numbers(changed) if p.startswith("numbers.")] == ["numbers.board_loss_rate"]
    assert changed.numbers.board_loss_rate == pytest.approx(0.03)


def test_a_stated_range_is_drawn():
    """A range of a number of the world is drawn like any other."""
    text = "{low: 0.3 %/yr, mode: 1 %/yr, high: 5 %/yr}"
    scenario, uncertainty = set_values(*read("tiny"), {"numbers.board_loss_rate": text})
    drawn = draw(scenario, uncertainty, 200, seed=1).numbers.board_loss_rate
    assert np.shape(drawn) == (200,)
    assert 0.003 <= np.min(drawn) < np.max(drawn) <= 0.05


def test_an_unknown_name_is_told_with_the_nearest():
    """A misspelled number of the world is refused, and the right name is proposed."""
    with pytest.raises(UserError, match=r"numbers\.board_loss_rate"):
        set_values(*read("tiny"), {"numbers.board_los_rate": "3 %/yr"})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("chip_early_loss", 0.05),
        ("board_loss_rate", 0.05),
        ("pump_mean_time", 5e4),
        ("satellite_early_loss", 0.1),
        ("chip_wear_time", 5.0),
        ("request_time", 30000.0),
        ("checked_compute", 0.2),
    ],
)
def test_worse_numbers_leave_less_compute(designs, name, value):
    """A worse number lowers what a satellite delivers on average over its life."""
    design = next(iter(designs.values()))
    terms = {"radiator": 110.0, "altitude": 600e3, "protons": 1e-9}
    worse = replace(AS_IN_LEDGER, **{name: value})
    parts = [failing_parts(design, **terms, numbers=each) for each in (AS_IN_LEDGER, worse)]
    usual, less = (float(mean_delivered(each, design.life)) for each in parts)
    assert less < 0.9999 * usual


def test_recovery_of_the_ledger_is_the_default():
    """What the ledger says of upsets is what a recovery without a scenario has."""
    assert vars(recovery_of(AS_IN_LEDGER)) == vars(Recovery())


def test_terms_take_what_the_scenario_states():
    """A stated share sold is in a satellite's terms; draws of the ledger's range give way to it."""
    scenario, _ = set_values(*read("tiny"), {"numbers.sold_share": "70 %"})
    option = scenario.orbit.satellites[0]
    draws = {"sold": np.array([0.8, 0.9]), "density": np.array([100.0, 200.0])}
    terms = terms_of(scenario, option, guess=draws)
    assert terms.sold == pytest.approx(0.7)
    assert terms.density is draws["density"]
    assert terms_of(read("tiny")[0], option).sold == pytest.approx(0.85)
