"""Conditions of an orbit: light, shadows, sky and radiation, computed once."""

import numpy as np
import pytest

from dawndusk.physics.light.eclipse import orbit_year
from dawndusk.physics.motion.layout import DAWN
from dawndusk.physics.spacecraft.conditions import conditions

DAWN_DUSK = conditions(600e3, year=2027, technology="silicon")
LOW = conditions(600e3, np.deg2rad(30.0), (0.0,), year=2027, technology="silicon")


def test_light_is_that_of_the_orbits_year():
    """Sunlight and longest shadow are those of the orbit-year, the period that of the shadows."""
    year = orbit_year(altitude=600e3, inclination=None, ltan=DAWN, year=2027)
    assert DAWN_DUSK.sunlit_fraction == pytest.approx(year.sunlit_fraction, abs=1e-4)
    assert DAWN_DUSK.longest_shadow == pytest.approx(year.longest_shadow, rel=1e-3)
    assert DAWN_DUSK.period == pytest.approx(year.period, rel=1e-9)
    assert DAWN_DUSK.inclination == pytest.approx(year.inclination)


def test_an_orbit_is_computed_once():
    """The same orbit asked for again, with other cells, shares its shadows and its dose."""
    other = conditions(600e3, year=2027, technology="III-V")
    assert other.calendar is DAWN_DUSK.calendar
    assert other.dose is DAWN_DUSK.dose


def test_low_sun_sees_a_brighter_earth():
    """Under an orbit that the Sun crosses the Earth is bright and behind the wing; over dawn it is dim."""
    assert LOW.albedo_weight > 1.5 * DAWN_DUSK.albedo_weight
    assert LOW.sky.back_view > 2 * LOW.sky.front_view
    assert DAWN_DUSK.sky.back_view < 2 * DAWN_DUSK.sky.front_view


def test_sunlight_is_that_of_aphelion():
    """Arrays are sized where sunlight is 3.3 % below its mean."""
    assert DAWN_DUSK.sky.sunlight == pytest.approx(1361.0 * (1 - 0.0329), rel=5e-4)


def test_shadows_of_a_shell_are_those_of_its_worst_plane():
    """Two planes share the mean of their light and the longer of their shadows."""
    nodes = (0.0, 1.2)
    both = conditions(1400e3, np.deg2rad(70.0), nodes, year=2027, technology="silicon")
    each = [conditions(1400e3, np.deg2rad(70.0), (x,), year=2027, technology="silicon") for x in nodes]
    assert both.sunlit_fraction == pytest.approx(np.mean([x.sunlit_fraction for x in each]))
    assert both.longest_shadow == pytest.approx(max(x.longest_shadow for x in each))
    assert both.albedo_weight == pytest.approx(max(x.albedo_weight for x in each))


def test_higher_orbits_damage_more():
    """Damage to cells and dose grow from 550 to 1,000 km over the poles by several times."""
    high = conditions(1000e3, year=2027, technology="silicon")
    assert high.damage > 3 * DAWN_DUSK.damage
    assert np.all(high.dose.rate > DAWN_DUSK.dose.rate)
