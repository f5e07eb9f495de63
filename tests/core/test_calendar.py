"""Quarters: text, number and index."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dawndusk.core.calendar import HOURS_PER_PERIOD, Calendar, quarter_number, quarter_text


@given(st.integers(1000 * 4, 9999 * 4))
def test_text_and_number_are_inverse(number: int):
    """Each quarter's text gives its number back, and the next number is the next quarter."""
    assert quarter_number(quarter_text(number)) == number


@pytest.mark.parametrize("text", ["2026Q5", "2026Q0", "2026-Q1", "26Q1", "2026Q1 ", "", "2026"])
def test_other_texts_are_refused(text: str):
    """What is not a quarter raises, and says what one looks like."""
    with pytest.raises(ValueError, match="2026Q2"):
        quarter_number(text)


def test_horizon_over_a_new_year():
    """Two quarters from 2026Q4 lie in two calendar years; indices may lie outside."""
    calendar = Calendar(start="2026Q4", periods=2)
    assert calendar.labels() == ["2026Q4", "2027Q1"]
    assert [calendar.year(i) for i in range(2)] == [2026, 2027]
    assert [calendar.index(x) for x in ("2026Q3", "2026Q4", "2027Q4")] == [-1, 0, 4]
    assert calendar.years_after_start(6) == 1.5


def test_hours_of_a_quarter():
    """A quarter of a Julian year has 2191.5 hours."""
    assert HOURS_PER_PERIOD == 2191.5
