"""Numbers in words."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dawndusk.report import words


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (275e3, "H100e", "275k H100e"),
        (8.1e6, "H100e", "8.1 M H100e"),
        (999_800.0, "H100e", "1 M H100e"),
        (0.9e9, "W", "0.9 GW"),
        (35e6, "W", "35 MW"),
        (120.0, "satellite", "120 satellites"),
        (1.0, "launch", "1 launch"),
        (2.0, "launch", "2 launches"),
        (12_500.0, "satellite", "12.5k satellites"),
    ],
)
def test_amounts_carry_the_unit_a_planner_uses(value: float, unit: str, text: str) -> None:
    """An amount is written in the prefix that leaves it at 1 or more, countable units in the plural."""
    assert words.amount(value, unit) == text


@pytest.mark.parametrize(
    ("value", "text"), [(3.25, "3.25"), (0.6234, "0.62"), (1.1, "1.1"), (2.0, "2"), (math.nan, words.UNKNOWN)]
)
def test_prices_keep_two_decimals(value: float, text: str) -> None:
    """A price per H100e-hour keeps two decimals and no trailing zeros."""
    assert words.unit_price(value) == text


def test_small_shares_are_not_rounded_to_nothing() -> None:
    """A share above zero never reads as 0 %."""
    assert words.percent(0.0004) == "<1 %"
    assert words.percent(0.0) == "0 %"


def test_a_range_whose_ends_read_the_same_is_left_out() -> None:
    """A range that says nothing is not printed, nor one with an unknown end."""
    assert words.band(0.58, 0.84, words.percentage) == "[58-84]"
    assert words.band(1.001, 1.002, words.unit_price) == ""
    assert words.band(math.nan, 1.0) == ""


def test_money_has_its_prefix() -> None:
    """Money is written in bn, M or k."""
    assert [words.money(x) for x in (310e9, 4.2e6, 9e3, 12.0)] == ["310 bn $", "4.2 M$", "9k $", "12 $"]


def test_labels_lose_what_explains_them() -> None:
    """A short label has no colon, bracket or origin; a place only its first name."""
    assert words.brief("Texas, ERCOT grid: grid queue", place=True) == "Texas"
    assert words.brief("AI1 as shown in June 2026 in Group 4 of the filing (battery)") == "AI1 in Group 4"


@given(st.floats(min_value=1e-6, max_value=1e13))
def test_two_digits_are_enough_to_read_a_number_back(value: float) -> None:
    """A rounded number differs from the number by at most 5 %, whatever its size."""
    assert float(words.rounded(value).replace(",", "")) == pytest.approx(value, rel=0.051)
