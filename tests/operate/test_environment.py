"""Months: demand between quarters, light by calendar month."""

import numpy as np
import pytest
from tests.operate.instance import offer

from dawndusk.core.calendar import Calendar
from dawndusk.core.errors import UserError
from dawndusk.operate.environment import monthly_levels, sunlight

YEAR = np.linspace(0.9, 1.1, 12)


def test_months_average_to_the_quarter():
    """The mean of a quarter's months is its level, however demand jumps."""
    level = np.exp(np.random.default_rng(1).normal(0.0, 1.0, (5, 8)))
    assert monthly_levels(level, 3).mean(axis=2) == pytest.approx(level, rel=1e-14)
    assert monthly_levels(level, 1)[:, :, 0] == pytest.approx(level, rel=1e-14)


def test_steady_growth_is_steady_within_quarters():
    """Inside the horizon demand that grows by a factor per quarter grows by its cube root per month."""
    level = 1.331 ** np.arange(6.0)[None, :]
    months = monthly_levels(level, 3)[0, 1:-1].ravel()
    assert months[1:] / months[:-1] == pytest.approx(np.full(months.size - 1, 1.1), rel=1e-12)


def test_light_follows_the_calendar():
    """A horizon that opens in 2026Q2 begins with April, and comes round after twelve months."""
    fleet, calendar = (offer(name="a"), offer(name="b", profile=YEAR)), Calendar(start="2026Q2", periods=5)
    found = sunlight(fleet, calendar, periods=5, months=3)
    assert np.all(found[0] == 1.0)
    assert found[1].ravel() == pytest.approx(np.tile(YEAR, 2)[3:18])
    whole = sunlight(fleet, calendar, periods=5, months=1)
    assert whole[1, :, 0] == pytest.approx(found[1].mean(axis=1))


@pytest.mark.parametrize("profile", [YEAR[:4], -YEAR, np.full(12, np.nan)])
def test_wrong_light_is_refused(profile):
    """A short table, light below 0 and no number are errors that name the offer."""
    with pytest.raises(UserError, match=r"offers\.a\.profile"):
        sunlight(
            (offer(name="a", profile=profile),), Calendar(start="2026Q2", periods=5), periods=5, months=3
        )
