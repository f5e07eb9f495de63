"""Tables by period."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dawndusk.core.calendar import Calendar
from dawndusk.supply.tables import (
    Axis,
    even_payments,
    lead_periods,
    life_periods,
    per_period,
    product,
    total,
)

AXIS = Axis(calendar=Calendar(start="2026Q2", periods=40))


@pytest.mark.parametrize(
    ("years", "quarters"),
    [(0.0, 0), (1 / 12, 0), (0.124, 0), (0.125, 1), (0.25, 1), (0.3, 2), (1.5, 6), (18 / 12, 6), (4.0, 16)],
)
def test_leads_round_up_but_a_month_is_at_once(years, quarters):
    """A lead is rounded up to whole quarters, below half a quarter it is none."""
    assert lead_periods(years) == quarters


@pytest.mark.parametrize(("years", "quarters"), [(0.05, 1), (0.25, 1), (1.0, 4), (4.9, 20), (5.0, 20)])
def test_lives_round_to_the_nearest_quarter_and_are_at_least_one(years, quarters):
    """A life is the nearest whole number of quarters."""
    assert life_periods(years) == quarters


@given(st.floats(0, 0.95))
def test_four_quarters_lose_what_a_year_loses(rate):
    """Losses per period compound to the yearly loss."""
    assert (1 - per_period(rate)) ** 4 == pytest.approx(1 - rate, rel=1e-12)


@given(st.floats(1, 1e4), st.floats(0.2, 5), st.integers(-12, 12))
def test_each_year_of_a_ramp_sums_to_its_figure(yearly, factor, first):
    """The k-th year of a ramp makes yearly x factor^k, whenever it starts."""
    ramp = AXIS.ramp(yearly, factor, first)
    k = 4
    year = ramp[first + 4 * k : first + 4 * k + 4]
    assert year.sum() == pytest.approx(yearly * factor**k, rel=1e-9)
    assert np.all(ramp[: max(first, 0)] == 0)


@given(st.floats(1, 1e4), st.floats(0.2, 5), st.integers(-12, 12))
def test_what_was_made_before_is_the_sum_of_whole_years(yearly, factor, first):
    """Cumulative output after k years is the geometric sum, also for years before the horizon."""
    k = 5
    expected = sum(yearly * factor**j for j in range(k))
    assert AXIS.made_before(yearly, factor, first)[first + 4 * k] == pytest.approx(expected, rel=1e-9)


def test_growth_changes_at_its_date():
    """Two speeds: early growth up to the change, late growth after it."""
    table = AXIS.two_speeds(100.0, 0.2, 0.1, 10)
    assert table[10] == pytest.approx(100 * 1.2**10)
    assert table[12] == pytest.approx(100 * 1.2**10 * 1.1**2)


def test_progress_payments_are_equal_and_complete_before_service():
    """Payments sum to one and end in the quarter before service."""
    parts = even_payments(6)
    assert sum(x for _, x in parts) == pytest.approx(1)
    assert [lag for lag, _ in parts] == list(range(6))
    assert even_payments(0) == ((0, 1.0),)


def test_drawn_and_plain_tables_combine_by_period():
    """A table of T periods times one of T x n keeps the period axis first, even for n = T."""
    plain, drawn = AXIS.geometric(1.0, 0.1), AXIS.constant(np.arange(40.0))
    assert np.array_equal(product(plain, drawn)[:, 3], plain * 3.0)
    assert np.array_equal(total(plain, drawn)[:, 3], plain + 3.0)
