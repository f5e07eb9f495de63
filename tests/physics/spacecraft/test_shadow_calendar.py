"""Shadows of a year against the light of a year."""

import numpy as np
import pytest
from scipy.special import gamma

from dawndusk.core.constants import YEAR
from dawndusk.core.time import seconds_from_utc
from dawndusk.physics.light.sunlight import cosine_ratio, lost_light, plane_year, sun_year, sweeps
from dawndusk.physics.motion.orbit import raan_from_ltan, sun_synchronous_inclination
from dawndusk.physics.spacecraft.shadow_calendar import LEVELS, equivalent_orbits, shadow_calendar

HEIGHT = np.array([575e3, 550e3, 1600e3])
TILT = np.array([float(sun_synchronous_inclination(575e3)), 0.52, float(sun_synchronous_inclination(1600e3))])
NODE = np.full(3, float(raan_from_ltan(6.0, float(seconds_from_utc("2027-01-01")))))


@pytest.fixture(scope="module")
def calendar():
    """Dawn-dusk at 575 km, 30 deg at 550 km, and dawn-dusk at 1,600 km, which meets no shadow."""
    return shadow_calendar(HEIGHT, TILT, NODE, 2027)


def test_dark_time_and_number_are_those_of_the_year(calendar):
    """Dark share within 0.2 % and number of shadows within 0.1 % of the year of light."""
    year = plane_year(HEIGHT, TILT, NODE, 2027)
    assert calendar.dark_share == pytest.approx(1 - year.sunlit_fraction, rel=2e-3, abs=1e-9)
    assert calendar.orbits.sum(axis=0)[:2] == pytest.approx(year.cycles[:2], rel=1e-3)


def test_longest_lies_between_umbra_and_penumbra(calendar):
    """The longest shadow by energy is longer than the umbra and shorter than umbra and penumbra."""
    year = plane_year(HEIGHT, TILT, NODE, 2027)
    assert np.all(calendar.longest[:2] > year.longest_umbra[:2])
    assert np.all(calendar.longest[:2] < year.longest_shadow[:2])


def test_no_shadow_is_no_shadow(calendar):
    """An orbit without shadow has none of any length, and no wear."""
    assert calendar.longest[2] == 0.0
    assert calendar.orbits[:, 2].sum() == 0.0
    assert equivalent_orbits(calendar, np.ones((LEVELS, 3)), 2.5)[2] == 0.0


def test_lengths_fall_from_the_longest(calendar):
    """Levels are sorted and none exceeds the longest."""
    assert np.all(np.diff(calendar.lengths, axis=0) <= 0)
    assert np.all(calendar.lengths[0] <= calendar.longest)


@pytest.mark.parametrize("exponent", [1.3, 2.0, 2.7])
def test_wear_is_that_of_single_shadows(calendar, exponent):
    """Eight levels give Miner's sum over every 3 h of the year within 1.5 %."""
    depths = calendar.lengths / np.where(calendar.longest > 0, calendar.longest, 1.0)
    ours = equivalent_orbits(calendar, depths, exponent)[0]
    sun = sun_year(2027)
    sweep = next(sweeps(sun, HEIGHT[:1], TILT[:1], NODE[:1]))
    dark = cosine_ratio(sun, sweep, 1.0)[:-1, 0] < 1
    lost = np.where(dark, lost_light(sun, sweep)[:-1, 0], 0.0)
    each = (lost / lost.max()) ** exponent * YEAR / calendar.period[0] / lost.size
    assert ours == pytest.approx(each.sum(), rel=0.015)


def test_a_dawn_dusk_season_is_nearly_half_an_ellipse(calendar):
    """Shadows of a season go about as sqrt(1 - x^2): mean wear has a closed form, within 8 %."""
    depths = calendar.lengths[:, 0] / calendar.longest[0]
    for k in (1.0, 2.0, 2.5):
        mean = np.sqrt(np.pi) / 2 * gamma(k / 2 + 1) / gamma(k / 2 + 1.5)
        assert np.mean(depths**k) == pytest.approx(mean, rel=0.08)
