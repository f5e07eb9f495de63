"""Unit cost: capital, running cost and fading compute."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dawndusk.economics.annuity import annuity
from dawndusk.economics.unit_cost import levelised_share, levelised_table, unit_cost, yearly_charge


def test_lives_are_kept_apart():
    """A shell over 20 years and chips over 5 are charged each over its own life."""
    found = yearly_charge([(1e6, 0.08, 20.0), (2e6, 0.10, 5.0)], running=3e4)
    assert found == pytest.approx(1e6 * annuity(0.08, 20) + 2e6 * annuity(0.10, 5) + 3e4)


def test_price_of_an_hour():
    """8,766 USD a year for one H100e that never fails is one dollar an hour."""
    assert unit_cost(8766.0, compute=1.0) == pytest.approx(1.0)


@given(st.floats(0, 0.3), st.floats(0, 0.3), st.floats(1, 10))
def test_share_is_the_discounted_mean(loss, rate, life):
    """The closed form equals the integral of fading compute, later compute discounted."""
    ages = np.linspace(0, life, 3001)
    table = (1 - loss) ** ages
    assert levelised_share(loss=loss, rate=rate, life=life) == pytest.approx(
        levelised_table(table, ages, rate=rate), rel=1e-6
    )


def test_money_comes_back():
    """Sold at its unit cost, compute that fades repays capital at the asset's rate, within half the rate."""
    loss, rate, life, capital = 0.08, 0.10, 5.0, 1e6
    share = levelised_share(loss=loss, rate=rate, life=life)
    price = unit_cost(yearly_charge([(capital, rate, life)]), compute=100.0, share=share)
    hours = np.linspace(0, life, 20001)
    income = np.trapezoid(100 * (1 - loss) ** hours * 8766 * price * (1 + rate) ** -hours, hours)
    assert income == pytest.approx(capital * rate / np.log1p(rate), rel=1e-6)


def test_table_of_draws():
    """Ages in rows and draws in columns give one share per draw."""
    ages = np.linspace(0, 5, 21)
    table = (1 - np.array([0.0, 0.1])) ** ages[:, None]
    found = levelised_table(table, ages, rate=np.array([0.08, 0.08]))
    assert found[0] == pytest.approx(1.0)
    assert found[1] < 0.85
