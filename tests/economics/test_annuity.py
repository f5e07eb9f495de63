"""Annuities: closed forms."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dawndusk.economics.annuity import (
    annuity,
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
    paid = annuity(rate, years) * ((1 + rate) ** -np.arange(1.0, years + 1)).sum()
    assert paid == pytest.approx(1.0, rel=1e-9)


def test_draws_broadcast():
    """Rates drawn by sample and lives by asset give a table."""
    assert annuity(np.linspace(0, 0.2, 5), np.array([[5.0], [20.0]])).shape == (2, 5)
