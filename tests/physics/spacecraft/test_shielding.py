"""Shields: mass and dose against closed forms, the dose module, and each other."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.integrate import quad

from dawndusk.core.constants import YEAR
from dawndusk.core.errors import UserError
from dawndusk.physics.environment.dose import ALUMINIUM, THICKEST, THINNEST, dose
from dawndusk.physics.motion.orbit import sun_synchronous_inclination
from dawndusk.physics.spacecraft.shielding import (
    box_mass,
    checked_mass,
    checked_shield,
    dose_behind,
    dose_curve,
    material,
    protons_behind,
    thickness_for,
    thinnest_shield,
)

HEIGHTS = np.array([500e3, 650e3, 1000e3])
CURVE = dose_curve(HEIGHTS, sun_synchronous_inclination(HEIGHTS))
RACK = (1.2, 0.8, 2.0)


def test_thin_box_is_area_times_density():
    """A thin wall weighs its thickness times the inner area times the density, and edges a little more."""
    area = 2 * (1.2 * 0.8 + 0.8 * 2.0 + 2.0 * 1.2)
    assert box_mass(*RACK, 1e-5) == pytest.approx(area * 1e-5 * ALUMINIUM, rel=1e-4)
    assert box_mass(*RACK, 10e-3) == pytest.approx((1.22 * 0.82 * 2.02 - 1.92) * ALUMINIUM, rel=1e-12)


@pytest.mark.parametrize(
    ("kind", "electrons", "potential"), [("polyethylene", 0.57034, 57.4), ("tantalum", 73 / 180.95, 718.0)]
)
def test_mass_shares_are_ranges_by_bethe(kind, electrons, potential):
    """Protons of 30 to 70 MeV go as far, by mass, as the share says, within 4 % (no shell corrections)."""

    def power(energy, ratio, ionisation):
        gamma = 1 + energy / 938.272
        beta2 = 1 - gamma**-2
        most = 2 * 0.510999 * beta2 * gamma**2
        return ratio / beta2 * (np.log(most / (ionisation * 1e-6)) - beta2)

    for energy in (30.0, 50.0, 70.0):
        ranges = [
            quad(lambda e, z=z, i=i: 1 / power(e, z, i), 2.0, energy)[0]
            for z, i in ((electrons, potential), (13 / 26.98, 166.0))
        ]
        assert material(kind).share == pytest.approx(ranges[0] / ranges[1], rel=0.04)


def test_polyethylene_is_lighter_and_tantalum_heavier():
    """For the same protons stopped polyethylene is lighter than aluminium and tantalum heavier."""
    masses = [
        float(box_mass(*RACK, 5e-3, made_of=material(k))) for k in ("polyethylene", "aluminium", "tantalum")
    ]
    assert masses == sorted(masses)
    assert material("aluminium").share == 1.0


def test_curve_is_the_dose():
    """Between its points the curve is the dose, and its protons the trapped and solar ones, within 1.5 %."""
    walls = np.geomspace(THINNEST, THICKEST, 41)[:, None]
    wanted = dose(HEIGHTS, sun_synchronous_inclination(HEIGHTS), walls)
    np.testing.assert_allclose(dose_behind(CURVE, walls), wanted.rate, rtol=0.015)
    np.testing.assert_allclose(protons_behind(CURVE, walls), wanted.protons + wanted.solar, rtol=0.015)


@settings(max_examples=30, deadline=None)
@given(st.floats(-12, -7))
def test_thinnest_shield_lets_through_just_that(power):
    """Behind the shield for a dose rate there is that rate, unless the tables end before."""
    rate = 10.0**power
    wall = thickness_for(CURVE, rate)
    inside = np.isfinite(wall) & (wall > THINNEST)
    np.testing.assert_allclose(dose_behind(CURVE, wall)[inside], rate, rtol=1e-9)
    assert (dose_behind(CURVE, THICKEST)[np.isinf(wall)] > rate).all()
    assert (dose_behind(CURVE, THINNEST)[wall == THINNEST] <= rate * (1 + 1e-9)).all()


def test_five_years_of_memory():
    """HBM's 2 krad with margin 2 take 5 to 20 mm at 500 and 650 km, and cannot be kept at 1,000 km."""
    walls = thinnest_shield(CURVE, life=5 * YEAR, limit=20.0)
    assert (walls[:2] > 5e-3).all()
    assert (walls[:2] < 20e-3).all()
    assert np.isinf(walls[2])
    assert (np.diff(thinnest_shield(CURVE, life=5 * YEAR, limit=150.0)) > 0).all()


def test_draws_stand_last():
    """Orbits in rows and draws in columns give a table, and so do draws over one orbit."""
    limits = np.array([20.0, 50.0, 150.0, 300.0])
    many = dose_curve(HEIGHTS[:, None], sun_synchronous_inclination(HEIGHTS)[:, None])
    assert thinnest_shield(many, life=5 * YEAR, limit=limits).shape == (3, 4)
    one = dose_curve(650e3, 1.7)
    assert thinnest_shield(one, life=YEAR, limit=limits).shape == (4,)
    assert dose_behind(one, 5e-3).shape == ()


def test_no_shield_is_enough():
    """Where 20 mm are not enough the message names the longest life, and that life is then kept."""
    with pytest.raises(UserError, match=r"20 mm of aluminium.*\n.*\n.*a life of at most") as caught:
        checked_shield(CURVE, life=5 * YEAR, limit=20.0)
    years = float(caught.value.problems[0].write.split("at most ")[1].split()[0])
    assert np.isfinite(checked_shield(CURVE, life=0.9 * years * YEAR, limit=20.0)).all()


def test_shield_heavier_than_the_satellite():
    """A shield heavier than its satellite is refused, with about how thick it may be."""
    assert checked_mass(100.0, 2000.0, thickness=5e-3) == 100.0
    with pytest.raises(
        UserError, match=r"2,500 kg \(20 mm\) in a satellite of 2,000 kg.*\n.*500 kg.*\n.*16 mm"
    ):
        checked_mass(np.array([100.0, 2500.0]), 2000.0, thickness=20e-3)
