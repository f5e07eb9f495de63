"""Upsets: published cross-sections, both ways to a rate, passages of the anomaly."""

import numpy as np
import pytest

from dawndusk.core.constants import YEAR
from dawndusk.physics.environment.dose import dose
from dawndusk.physics.environment.trapped import FLUX, MEV, integral_flux, saa_passages
from dawndusk.physics.environment.upsets import (
    cross_section,
    dose_per_event,
    rate_inside,
    snapdragon_crash,
    upset_rate,
    upset_rate_by_flux,
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


def test_dose_and_cross_section_are_the_same_test():
    """In the beam itself (7.9e6 protons of 67 MeV per cm2 and rad) both ways give the same rate."""
    gray_per_second = 1e-3
    flux = 7.9e12 * gray_per_second
    for event in EVENTS:
        by_dose, by_flux = upset_rate(event, gray_per_second), upset_rate_by_flux(cross_section(event), flux)
        assert by_flux.central == pytest.approx(by_dose.central, rel=1e-12)
        assert by_flux.low == pytest.approx(by_dose.low, rel=1e-12)


@pytest.mark.parametrize("altitude", [500e3, 650e3, 1000e3])
def test_both_ways_agree_within_a_factor_of_two_in_orbit(altitude):
    """Behind 10 mm, rates by dose of trapped protons and by flux above 50 MeV differ by less than 2."""
    by_dose = upset_rate("silent_corruption", dose(altitude, 1.7, 10e-3).protons)
    flux = integral_flux("proton", "min", 50 * MEV, altitude, 1.7)
    by_flux = upset_rate_by_flux(cross_section("silent_corruption"), flux)
    assert 0.5 < by_flux.central / by_dose.central < 1.0


def test_snapdragon_crashes_about_once_in_two_years_at_550_km():
    """1e-9 cm2 under some 19 protons per cm2 and second above 50 MeV is one crash in about 1.6 years."""
    flux = integral_flux("proton", "min", 50 * MEV, 550e3, 1.7)
    rate = upset_rate_by_flux(snapdragon_crash(), flux).central * YEAR
    assert rate == pytest.approx(1e-9 * float(flux) / FLUX * YEAR, rel=1e-12)
    assert 0.3 < rate < 1.2


def test_upsets_crowd_into_the_anomaly():
    """At 550 km, 97.6 deg, the rate inside the anomaly is more than ten times the mean."""
    passages = saa_passages(550e3, np.radians(97.6))
    inside = rate_inside(upset_rate("hang", 1e-8), passages)
    assert 8 < inside.central / upset_rate("hang", 1e-8).central < 40


def test_rates_broadcast_over_draws():
    """A drawn dose rate gives drawn rates."""
    found = upset_rate("hang", np.full((4, 1000), 1e-8))
    assert np.shape(found.central) == (4, 1000)
