"""Upsets: published cross-sections, both ways to a rate, passages of the anomaly."""

import numpy as np
import pytest

from dawndusk.core.constants import YEAR
from dawndusk.physics.environment.upsets import (
    cross_section,
    dose_per_event,
    upset_rate,
)

EVENTS = ("silent_corruption", "hbm_uncorrectable", "hang", "host_cpu", "host_ram")


@pytest.mark.parametrize("event", EVENTS)
def test_ranges_are_ordered(event):
    """Low is below central is below high, for the dose, the cross-section and the rate."""
    for found in (dose_per_event(event), cross_section(event), upset_rate(event, 1e-8)):
        assert 0 < found.low < found.central < found.high


def test_one_silent_corruption_in_41_days():
    """17 rad per event at 150 rad a year are 3.58 million seconds."""
    assert 1 / upset_rate("silent_corruption", 1.5 / YEAR).central == pytest.approx(3.58e6, rel=2e-3)


def test_two_hundred_events_bound_the_rate_by_fifteen_percent():
    """The 95 % range of 203 Poisson events is 14.7 % wide on either side of the logarithm."""
    found = dose_per_event("hbm_uncorrectable")
    assert found.high / found.central == pytest.approx(1.147, abs=0.002)


def test_rates_broadcast_over_draws():
    """A drawn dose rate gives drawn rates."""
    found = upset_rate("hang", np.full((4, 1000), 1e-8))
    assert np.shape(found.central) == (4, 1000)
