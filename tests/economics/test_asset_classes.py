"""Chains of assets: own life, own cost of capital, losses replaced."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dawndusk.economics import asset_classes as ac
from dawndusk.economics.annuity import annuity, present_value

RATES, LOSSES = st.floats(0.01, 0.3), st.floats(0.0, 0.4)


@given(RATES, st.integers(1, 12), LOSSES)
def test_losses_act_as_interest(rate, life, loss):
    """The closed form is the level payment of the renewal chain, summed over the year of replacement."""
    years = np.arange(1, life + 1)
    chance = loss * (1 - loss) ** (years - 1)
    chance[-1] = (1 - loss) ** (life - 1)
    chain = 1 / (1 - np.sum(chance * (1 + rate) ** -years.astype(float)))
    assert ac.kept_annuity(rate, float(life), loss) == pytest.approx(rate * chain, rel=1e-9)


@given(RATES, st.floats(2, 15), st.floats(0.001, 0.3))
def test_replacing_losses_costs_as_much_as_letting_them_fade(rate, life, loss):
    """Per H100e-hour a fleet kept full costs what one left to fade does, within half of rate plus loss."""
    kept = ac.kept_annuity(rate, life, loss)
    ages = np.linspace(0.0, life, 2001)
    worth = (1 + rate) ** -ages
    share = np.trapezoid((1 - loss) ** ages * worth, ages) / np.trapezoid(worth, ages)
    fading = annuity(rate, life) / share
    assert kept == pytest.approx(fading, rel=0.6 * (rate + loss / (1 - loss)))


def test_without_losses_it_is_the_annuity():
    """A scalar and an array of zeros give the plain capital recovery factor."""
    assert ac.kept_annuity(0.1, 5.0) == annuity(0.1, 5.0)
    assert ac.kept_annuity(0.1, 5.0, np.zeros(2)) == pytest.approx(np.full(2, annuity(0.1, 5.0)))


@given(RATES, st.floats(1, 15), st.floats(1, 40))
def test_a_chain_is_its_annuity_over_the_horizon(rate, life, horizon):
    """At a constant price buying again whenever it ends is worth the annuity paid until the horizon."""
    expected = 3.0 * annuity(rate, life) * present_value(rate, horizon)
    assert ac.chain_value(3.0, rate=rate, life=life, horizon=horizon) == pytest.approx(expected, rel=1e-9)


def test_falling_prices():
    """Three generations of five years, 37 % cheaper a year: each counts (0.63/1.08)^5 of the one before."""
    ratio = (0.63 / 1.08) ** 5
    found = ac.chain_value(1.0, rate=0.08, life=5.0, horizon=15.0, decline=0.37)
    assert found == pytest.approx(1 + ratio + ratio**2)


def test_each_class_has_its_own_life():
    """A shell over 27.5 years and chips over 5 are charged apart; losses raise the satellites' charge."""
    found = ac.yearly_costs(
        {
            "shell": ac.Asset(capital=1e6, rate=0.08, life=ac.BUILDING_LIFE),
            "chips": ac.Asset(capital=2e6, rate=0.10, life=ac.CHIP_LIFE),
            "satellite": ac.Asset(capital=1e6, rate=0.12, life=5.0, loss=0.02),
        }
    )
    assert found["shell"] == pytest.approx(1e6 * annuity(0.08, 27.5))
    assert found["chips"] == pytest.approx(2e6 * annuity(0.10, 5.0))
    assert 0.01e6 < found["satellite"] - 1e6 * annuity(0.12, 5.0) < 0.02e6
