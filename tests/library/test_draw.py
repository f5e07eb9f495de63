"""Draws of uncertain numbers: reproducible, independent of each other's presence, within their ranges."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from dawndusk.core.errors import UserError
from dawndusk.core.ranges import Uncertainty
from dawndusk.core.records import fingerprint
from dawndusk.library.addresses import numbers, replace_path
from dawndusk.library.draw import draw
from dawndusk.library.read import read
from dawndusk.supply.scenario import Scenario

Case = tuple[Scenario, Uncertainty]


@pytest.fixture(scope="module")
def case() -> Case:
    """The default scenario."""
    return read("colossus")


def test_draws_stay_in_their_ranges(case: Case) -> None:
    """Every drawn number lies between low and high, the others keep their central value."""
    scenario, uncertainty = case
    drawn = {path: value for path, value, _ in numbers(draw(scenario, uncertainty, 500, seed=1))}
    for path, value, _ in numbers(scenario):
        found = uncertainty.ranges.get(path)
        if found is None:
            assert drawn[path] == value
        else:
            assert drawn[path].shape == (500,)
            assert np.all((drawn[path] >= found.low) & (drawn[path] <= found.high)), path


def test_triangular_draws_have_the_triangle_mean(case: Case) -> None:
    """The mean of a triangular number is (low + mode + high) / 3, within four standard errors."""
    scenario, uncertainty = case
    values = draw(scenario, uncertainty, 20_000, seed=2).demand.efficiency_growth
    assert np.mean(values) == pytest.approx((6 + 8 + 11) / 3, abs=4 * np.std(values) / np.sqrt(20_000))


def test_same_seed_same_draws(case: Case) -> None:
    """The same seed gives the same record to the last bit; another seed another."""
    first, again, other = (fingerprint(draw(*case, 50, seed=s)) for s in (3, 3, 4))
    assert first == again
    assert first != other


def test_more_draws_begin_with_the_fewer(case: Case) -> None:
    """The first draws do not depend on how many follow."""
    few, many = (draw(*case, n, seed=5).orbit.launch.price for n in (10, 1000))
    np.testing.assert_array_equal(few, many[:10])


def test_a_new_number_changes_no_other_draws(case: Case) -> None:
    """Leaving a range out, or drawing only some, leaves all other draws as they are."""
    scenario, uncertainty = case
    fewer = dataclasses.replace(
        uncertainty, ranges={k: v for k, v in uncertainty.ranges.items() if k != "demand.trend"}
    )
    np.testing.assert_array_equal(
        draw(scenario, uncertainty, 20, seed=6).demand.in_use, draw(scenario, fewer, 20, seed=6).demand.in_use
    )
    some = draw(scenario, uncertainty, 20, seed=6, only=["demand"])
    assert np.shape(some.demand.in_use) == (20,)
    assert np.shape(some.orbit.launch.price) == ()


def test_one_ledger_row_is_one_quantity(case: Case) -> None:
    """Sites that cite the same row for the shell's cost share its draws; other numbers do not."""
    sites = draw(*case, 200, seed=7).ground.sites
    np.testing.assert_array_equal(sites[0].shell_cost, sites[1].shell_cost)
    assert abs(np.corrcoef(sites[0].queue_first, sites[1].queue_first)[0, 1]) < 0.3


def test_a_drawn_value_curve_still_falls(case: Case) -> None:
    """The steps of the value curve are drawn together, so no draw turns the curve around."""
    steps = np.stack(draw(*case, 500, seed=8).demand.step_values)
    assert np.all(np.diff(steps, axis=0) < 0)


def test_an_unknown_address_is_refused(case: Case) -> None:
    """An address that does not exist is answered with those that look like it."""
    with pytest.raises(UserError, match=r"orbit\.launch\.price"):
        replace_path(case[0], "orbit.launch.prise", 1.0)
    with pytest.raises(UserError):
        replace_path(case[0], "leases.nobody.price", 1.0)
