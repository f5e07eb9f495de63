"""Numbers of the world: read by name, shown with their range."""

from __future__ import annotations

import pytest

from dawndusk.core.numbers import all_numbers, number
from dawndusk.economics.ground_segment import GATEWAY_RATE
from dawndusk.space.account.links import SITE_DOWN


def test_a_number_is_shown_with_its_range() -> None:
    """A row shows low, value and high with its unit; without a range it shows the value."""
    rows = all_numbers()
    assert rows["gateway_price"].range_text == "2000000 / 5000000 / 20000000 USD"
    assert rows["first_dark_ring"].range_text == "1.22"
    assert rows["h100_bf16_rate"].range_text == "9.89e+14 FLOP/s"


def test_modules_that_need_the_same_number_take_the_same_row() -> None:
    """The rate of an optical site is one row for links (bit/s) and for gateways (B/s)."""
    assert number("optical_down_rate") == SITE_DOWN == 8.0 * GATEWAY_RATE


def test_a_name_without_a_row_fails_at_once() -> None:
    """A misspelled name is an error when the module is read, not a number."""
    with pytest.raises(KeyError, match="gateway_prise"):
        number("gateway_prise")
