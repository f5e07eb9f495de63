"""A year of sunlight and eclipses."""

from __future__ import annotations

import csv
import time as clock
from pathlib import Path

import numpy as np
import pytest

from dawndusk.core.errors import UserError
from dawndusk.physics.light import eclipse

DEGREE = np.pi / 180.0
REFERENCE = Path(__file__).parents[2] / "reference"


def _rows(name):
    with (REFERENCE / name).open() as file:
        return [{k: float(v) if v else None for k, v in row.items()} for row in csv.DictReader(file)]


def _year(row):
    tilt, node = row["inclination_deg"], row["raan_deg"]
    return eclipse.orbit_year(
        altitude=row["altitude_km"] * 1e3,
        inclination=None if tilt is None else tilt * DEGREE,
        ltan=row["ltan_h"],
        raan=None if node is None else node * DEGREE,
        year=int(row["year"]),
    )


@pytest.mark.parametrize("row", _rows("orbit_year_de421.csv"), ids=lambda r: f"{r['altitude_km']:g}km")
def test_year_agrees_with_a_propagated_one(row):
    """Beta, light, longest eclipses and days agree with a year of positions every 10 s under DE421."""
    found = _year(row)
    for name in ("beta_min", "beta_max", "abs_beta_min"):
        assert getattr(found, name) / DEGREE == pytest.approx(row[f"{name}_deg"], abs=0.002)
    assert found.sunlit_fraction == pytest.approx(row["sunlit_fraction"], abs=5e-5)
    assert found.longest_umbra == pytest.approx(row["longest_umbra_s"], abs=0.25)
    assert found.longest_shadow == pytest.approx(row["longest_shadow_s"], abs=0.25)
    assert found.days_with_umbra == pytest.approx(row["days_with_umbra"], abs=1)
    assert found.days_with_shadow == pytest.approx(row["days_with_shadow"], abs=1)


@pytest.mark.parametrize("row", _rows("sso_eclipse_2027_sample.csv"), ids=lambda r: f"{r['alt_km']:g}km")
def test_year_agrees_with_one_orbit_a_day(row):
    """The independent sample (one orbit a day, 2 s grid) is met within what its sampling can see."""
    found = eclipse.orbit_year(altitude=row["alt_km"] * 1e3, ltan=row["ltan_h"], year=2027)
    assert found.abs_beta_min / DEGREE == pytest.approx(row["abs_beta_min_deg"], abs=0.005)
    assert found.beta_max / DEGREE == pytest.approx(row["beta_max_deg"], abs=0.005)
    # Once a day sees the pass close to the normal only to a third of a degree a day times half a day.
    assert row["beta_min_deg"] - 0.15 < found.beta_min / DEGREE <= row["beta_min_deg"]
    assert found.longest_umbra == pytest.approx(row["max_umbra_s"], abs=0.5)
    assert found.longest_shadow == pytest.approx(row["max_umbra_plus_penumbra_s"], abs=0.5)
    assert 1.0 - found.sunlit_fraction == pytest.approx(row["mean_lost_fraction"], abs=2e-5)
    assert 0 <= found.days_with_umbra - row["days_with_umbra"] <= 1
    assert 0 <= found.days_with_shadow - row["days_with_any_shadow"] <= 1


def test_geostationary_eclipses_are_the_published_ones():
    """A geostationary satellite has about 72 minutes of shadow at most, in two seasons of about 46 days."""
    found = eclipse.orbit_year(altitude=35786e3, inclination=0.0, raan=0.0, year=2027)
    assert found.longest_shadow / 60 == pytest.approx(72.0, abs=0.7)
    assert found.days_with_shadow / 2 == pytest.approx(46, abs=3)


def test_dawn_dusk_is_not_always_in_sunlight():
    """At 1000 km and 06:00 there is shadow around the December solstice and at 18:00 around the June one."""
    dawn = eclipse.orbit_year(altitude=1000e3, ltan=6.0, year=2027).sunlit_by_month
    dusk = eclipse.orbit_year(altitude=1000e3, ltan=18.0, year=2027).sunlit_by_month
    assert np.argmin(dawn) == 11
    assert np.argmin(dusk) == 5
    assert dawn[5] == 1.0
    assert dusk[11] == 1.0


def test_months_add_up_to_the_year():
    """The months' light weighted by their days is the year's."""
    found = eclipse.orbit_year(altitude=550e3, inclination=0.9, raan=1.0, year=2028)
    days = np.array([31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31])
    assert found.sunlit_by_month @ days / 366 == pytest.approx(found.sunlit_fraction, abs=1e-12)


def test_one_year_is_fast():
    """One orbit's year takes at most 30 ms of processor time (the best of five)."""
    best = np.inf
    for _ in range(5):
        start = clock.process_time()
        eclipse.orbit_year(altitude=600e3, ltan=10.5, year=2027)
        best = min(best, clock.process_time() - start)
    assert best < 0.03


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"altitude": 100e3, "ltan": 6.0}, "100 km"),
        ({"altitude": 6000e3, "ltan": 6.0}, "no inclination"),
        ({"altitude": 600e3, "ltan": 6.0, "raan": 1.0}, "both"),
        ({"altitude": 600e3}, "neither"),
        ({"altitude": 600e3, "ltan": 25.0}, "25 h"),
        ({"altitude": 600e3, "raan": np.nan}, "finite"),
        ({"altitude": 600e3, "raan": 0.0, "inclination": 4.0}, "180 deg"),
        ({"altitude": 600e3, "ltan": 6.0, "year": 1800}, "1800"),
    ],
)
def test_impossible_years_are_refused(wrong, words):
    """Every mistake in an orbit's definition is the user's error and says what was read."""
    with pytest.raises(UserError, match=words):
        eclipse.orbit_year(**({"year": 2027} | wrong))
