"""Collisions with each other and with debris."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dawndusk.core.constants import EARTH_RADIUS, YEAR
from dawndusk.core.errors import UserError
from dawndusk.physics.traffic import collisions
from dawndusk.physics.traffic.encounters import Approaches, approach_rates
from dawndusk.validation.neighbours import joined, shells


def _rates(kept, mixed, loose):
    one = np.ones((1, 1))
    return Approaches(distance=32.0, kept=kept * one, mixed=mixed * one, loose=loose * one, slow=0.0 * one)


def test_dodging_helps_only_who_can():
    """Missed shares count for pairs with a live satellite; two dead ones always collide."""
    rates = _rates(1e-3, 1e-4, 1e-6)
    found = collisions.collisions_per_year(rates, missed=np.array([0.0, 0.01, 1.0]))
    np.testing.assert_allclose(found, YEAR * np.array([1e-6, 1.1e-5 + 1e-6, 1.1e-3 + 1e-6]))


def test_contact_rates_follow_from_close_approaches():
    """Where shells overlap, contact rates are approaches below 100 m times the square of the distances."""
    planes = joined(shells([700e3], 0.5, 4, 50), shells([700.1e3], 1.7, 2, 100))
    near, touch = (approach_rates(planes, d, phased=False) for d in (100.0, 32.0))
    assert collisions.kinetic_rate(near, 32.0) == pytest.approx(touch.total, rel=0.02)


def test_debris_adds_up_to_the_published_number():
    """Above 10 cm the bell holds some ten thousand objects from 400 to 1,200 km: LEO's share of 40,000."""
    height = np.linspace(400e3, 1200e3, 801)
    shell = 4.0 * np.pi * (EARTH_RADIUS + height) ** 2
    objects = np.trapezoid(shell * collisions.debris_density(height, "10 cm"), height)
    assert 8_000 < objects < 20_000
    assert collisions.debris_density(830e3, "10 cm") == pytest.approx(4e-17)


@given(st.floats(400e3, 1200e3), st.floats(0.1, 1e3), st.floats(1.0, 1e6))
def test_debris_is_n_sigma_v(altitude, area, satellites):
    """Impacts are proportional to satellites and area, and fragments outnumber tracked objects."""
    one = collisions.debris_rate(1.0, altitude, 1.0, "10 cm")
    many = collisions.debris_rate(satellites, altitude, area, "10 cm")
    assert many == pytest.approx(satellites * area * one)
    assert collisions.debris_rate(1.0, altitude, 1.0, "1 cm") > 10.0 * one


@pytest.mark.parametrize("altitude", [200e3, 2000e3, np.nan])
def test_no_debris_model_outside_its_range(altitude):
    """Below 400 and above 1,200 km the bell is not offered."""
    with pytest.raises(UserError):
        collisions.debris_density(altitude, "1 cm")


def test_contact_is_two_radii():
    """Equal spheres touch at twice their radius, and a radius of nothing is refused."""
    assert collisions.contact_distance(16.0) == 32.0
    with pytest.raises(UserError):
        collisions.contact_distance(0.0)
    with pytest.raises(UserError):
        collisions.collisions_per_year(_rates(0.0, 0.0, 0.0), missed=2.0)
