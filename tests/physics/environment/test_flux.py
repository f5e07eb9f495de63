"""Impacts and earthshine: published fits, closed forms, and rays drawn at random."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dawndusk.core.constants import DAY, EARTH_RADIUS, YEAR
from dawndusk.core.errors import UserError
from dawndusk.physics.environment.flux import (
    albedo_weight,
    debris_impacts,
    interplanetary_flux,
    meteoroid_exposure,
    meteoroid_focusing,
    meteoroid_impacts,
    punctures,
)


def test_meteoroids_bring_tens_of_tonnes_a_day():
    """The flux of all masses up to 100 g brings 15-60 t a day to the whole Earth, as dust counts find."""
    masses = np.logspace(-21, -1, 2000)
    flux = interplanetary_flux(masses)
    carried = -np.sum(0.5 * (masses[1:] + masses[:-1]) * np.diff(flux))
    whole = carried * 4 * np.pi * (EARTH_RADIUS + 100e3) ** 2 * float(meteoroid_focusing(150e3))
    assert 15e3 < whole * DAY < 60e3


def test_large_meteoroids_follow_a_power_law():
    """Above a milligram the number falls with mass to the power 1.34 (0.306 x 4.38), within 2 %."""
    one, other = interplanetary_flux(np.array([1e-4, 1e-2]))
    assert np.log(one / other) / np.log(100) == pytest.approx(0.306 * 4.38, rel=0.02)


@given(st.floats(1e-21, 0.01), st.floats(1.01, 10.0))
def test_heavier_meteoroids_are_rarer(mass, factor):
    """Counting only heavier ones always counts fewer."""
    assert interplanetary_flux(mass * factor) < interplanetary_flux(mass)


def test_gravity_gathers_and_the_earth_hides():
    """At the surface's edge half of the sky is hidden; far away nothing is hidden and nothing gathered."""
    assert meteoroid_exposure(150e3) == pytest.approx(0.5 + 0.5 * np.sqrt(1 - (6478.137 / 6528.137) ** 2))
    assert meteoroid_exposure(50e6) > 0.99
    assert meteoroid_focusing(50e6) < 1.05
    escape = np.sqrt(2 * 3.986004418e14 / (EARTH_RADIUS + 800e3))
    assert meteoroid_focusing(800e3) == pytest.approx(1 + (escape / 20e3) ** 2)


def test_own_motion_raises_the_flux_as_random_directions_say():
    """The mean relative speed to meteoroids from everywhere is the closed form's, within 0.1 %."""
    height, mass = 800e3, 2500.0 * np.pi / 6 * 1e-9
    fall = 2 * 3.986004418e14 / (EARTH_RADIUS + height)
    fast, own = np.sqrt(20e3**2 + fall), np.sqrt(fall / 2)
    cosine = np.linspace(-1, 1, 20001)
    motion = np.sqrt(fast**2 + own**2 - 2 * fast * own * cosine).mean() / fast
    still = interplanetary_flux(mass) * meteoroid_focusing(height) * meteoroid_exposure(height)
    assert meteoroid_impacts(height, 1e-3) / still == pytest.approx(motion, rel=1e-3)


def test_impacts_at_800_km_are_the_ledgers():
    """At 800 km 1 mm and more hits 0.01 times per m2 and year (R016), meteoroids a tenth of it at most."""
    total = (debris_impacts(800e3) + meteoroid_impacts(800e3)) * YEAR
    assert total == pytest.approx(0.0104, rel=0.01)
    assert meteoroid_impacts(800e3) < 0.1 * debris_impacts(800e3)


@given(st.floats(200e3, 1900e3), st.floats(1e3, 100e3), st.floats(60.0, 250.0))
def test_debris_grows_with_altitude_and_shrinks_with_activity(altitude, step, f107):
    """Drag sweeps the lower altitudes, the more so when the Sun is active."""
    assert debris_impacts(altitude, f107=f107) < debris_impacts(altitude + step, f107=f107)
    assert debris_impacts(altitude, f107=f107) > debris_impacts(altitude, f107=f107 + 10)


def test_a_radiator_is_hit_once_a_year():
    """One face of 110 m2 at 800 km is hit by 1 mm and more about once a year; half a millimetre 6 times."""
    once = punctures(110.0, 800e3, exposed=1.0) * YEAR
    assert once == pytest.approx(1.14, abs=0.02)
    assert punctures(110.0, 800e3) * YEAR == pytest.approx(2 * once)
    assert punctures(110.0, 800e3, 0.5e-3, exposed=1.0) / (once / YEAR) == pytest.approx(2**2.5, rel=0.1)


def seen_light(altitude, beta, facing, rays=400_000):
    """Albedo weight by rays drawn at random from the plate, around the orbit."""
    draw = np.random.default_rng(7)
    radius = EARTH_RADIUS + altitude
    cosine = np.sqrt(1 - (EARTH_RADIUS / radius) ** 2)
    down = draw.uniform(cosine, 1.0, rays)  # cosine from nadir, even in solid angle
    across, azimuth = np.sqrt(1 - down**2), draw.uniform(0, 2 * np.pi, rays)
    # nadir is -x; where the ray meets the sphere
    path = np.array([-down, across * np.cos(azimuth), across * np.sin(azimuth)])
    reach = radius * down - np.sqrt(np.maximum(EARTH_RADIUS**2 - (radius * across) ** 2, 0.0))
    normal = (np.array([radius, 0, 0])[:, None] + reach * path) / EARTH_RADIUS
    turn = draw.uniform(0, 2 * np.pi, rays)
    sun = np.array([np.cos(beta) * np.cos(turn), np.cos(beta) * np.sin(turn), np.full(rays, np.sin(beta))])
    weight = down if facing == "earth" else across
    return np.sum(weight * np.maximum((normal * sun).sum(axis=0), 0.0)) / weight.sum()


@pytest.mark.parametrize("facing", ["earth", "edge"])
@pytest.mark.parametrize(("altitude", "beta"), [(560e3, 0.0), (560e3, 1.2), (2000e3, 1.5)])
def test_albedo_weight_is_what_random_rays_see(altitude, beta, facing):
    """The weight equals a draw of 400,000 rays from the plate to the lit Earth, within 2 %."""
    ours = float(albedo_weight(altitude, beta, facing))
    assert ours == pytest.approx(seen_light(altitude, beta, facing), rel=0.02)


def test_close_to_the_ground_the_weight_is_that_of_the_foot():
    """At 150 km a plate facing down sees what lies below it: cos(beta) / pi on average, within 1 %."""
    for beta in (0.0, 0.5, 1.0):
        assert float(albedo_weight(150e3, beta, "earth")) == pytest.approx(np.cos(beta) / np.pi, rel=0.01)


def test_dawn_dusk_sees_a_tenth_of_noon():
    """Between beta of 59 and 90 deg, a dawn-dusk year at 560 km, the edge-on weight is 0.04-0.17."""
    weights = albedo_weight(560e3, np.deg2rad([59.0, 90.0]))
    assert weights[0] == pytest.approx(0.165, abs=0.005)
    assert weights[1] == pytest.approx(0.042, abs=0.005)


@pytest.mark.parametrize(
    "call",
    [
        lambda: interplanetary_flux(0.0),
        lambda: interplanetary_flux(np.nan),
        lambda: debris_impacts(3000e3),
        lambda: meteoroid_impacts(560e3, 1.0),
        lambda: punctures(-1.0, 560e3),
        lambda: punctures(110.0, 560e3, tubes=2.0),
        lambda: albedo_weight(560e3, 90.0),
    ],
)
def test_mistakes_are_the_users_not_ours(call):
    """Values out of range, degrees for radians and NaN raise an error that says what to write."""
    with pytest.raises(UserError, match="write"):
        call()
