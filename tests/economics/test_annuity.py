"""Annuities: closed forms."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dawndusk.economics.annuity import (
    annuity,
    annuity_per_period,
    discount_factor,
    present_value,
    present_value_continuous,
)


def test_published_factor():
    """8 % over 20 years is 0.101852 a year, as in any table of capital recovery factors."""
    assert annuity(0.08, 20) == pytest.approx(0.101852, abs=5e-7)


@pytest.mark.parametrize("rate", [0.0, 1e-12, -1e-12])
def test_no_interest(rate):
    """Without interest each year repays its equal share."""
    assert annuity(rate, 25) == pytest.approx(1 / 25, rel=1e-9)


@given(st.floats(-0.05, 0.5), st.integers(1, 60))
def test_payments_are_worth_the_capital(rate, years):
    """The payments, discounted one by one, are worth the capital."""
    paid = annuity(rate, years) * discount_factor(rate, np.arange(1, years + 1)).sum()
    assert paid == pytest.approx(1.0, rel=1e-9)


@given(st.floats(0.0, 0.5), st.floats(0.25, 40))
def test_quarters_are_worth_the_capital(rate, life):
    """Four quarterly payments gathered at the year's end make one yearly payment."""
    quarter = annuity_per_period(rate, life, 4)
    gathered = sum(quarter * (1 + rate) ** (k / 4) for k in range(4))
    assert gathered == pytest.approx(annuity(rate, life), rel=1e-7)


def test_even_flow():
    """An even flow is worth more than payments at each year's end, by r / ln(1 + r)."""
    ratio = present_value_continuous(0.08, 20) / present_value(0.08, 20)
    assert ratio == pytest.approx(0.08 / np.log(1.08), rel=1e-12)


def test_draws_broadcast():
    """Rates drawn by sample and lives by asset give a table."""
    assert annuity(np.linspace(0, 0.2, 5), np.array([[5.0], [20.0]])).shape == (2, 5)
