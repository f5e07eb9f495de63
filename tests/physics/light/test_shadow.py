"""Shadow geometry and the light over one orbit."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.physics.light import exact_light as exact

from dawndusk.core.constants import ASTRONOMICAL_UNIT, EARTH_RADIUS, SUN_RADIUS
from dawndusk.physics.light import shadow
from dawndusk.physics.motion import orbit


def _light(position, sun):
    """Whether a satellite sees the whole Sun, part of it or none: by lines of sight to the limb's ends."""
    away = sun - position
    disc = np.arcsin(SUN_RADIUS / np.linalg.norm(away))
    earth = np.arcsin(EARTH_RADIUS / np.linalg.norm(position))
    apart = np.arccos(away @ -position / np.linalg.norm(away) / np.linalg.norm(position))
    return 1 if apart > earth + disc else 0 if apart < earth - disc else 0.5


@pytest.mark.parametrize("altitude", [160e3, 650e3, 2000e3, 35786e3])
def test_edges_are_where_limbs_touch(altitude):
    """A microradian inside and outside each closed-form edge, the discs overlap or do not."""
    sun, radius = np.array([ASTRONOMICAL_UNIT, 0.0, 0.0]), EARTH_RADIUS + altitude
    umbra, penumbra = exact.shadow_edges(altitude)
    seen = [
        _light(radius * np.array([-np.cos(angle), np.sin(angle), 0.0]), sun)
        for angle in (umbra - 1e-6, umbra + 1e-6, penumbra - 1e-6, penumbra + 1e-6)
    ]
    assert seen == [0, 0.5, 0.5, 1]


def test_visible_disc_falls_from_one_to_nothing_across_the_penumbra():
    """Light is 1 outside, 0 inside, falls steadily between, and is near half where the centre sets."""
    umbra, penumbra = exact.shadow_edges(650e3)
    light = shadow.visible_disc_fraction(np.linspace(umbra, penumbra, 101), 650e3)
    assert light[0] == pytest.approx(0.0, abs=1e-9)
    assert light[-1] == pytest.approx(1.0, abs=1e-9)
    assert np.all(np.diff(light) > 0.0)
    assert light[50] == pytest.approx(0.5, abs=3e-3)
    assert shadow.visible_disc_fraction(0.0, 650e3) == 0.0
    assert shadow.visible_disc_fraction(np.pi, 650e3) == 1.0


@pytest.mark.parametrize("separation", [0.6, 0.9, 1.0, 1.2, 1.35])
def test_overlap_equals_a_count_of_points(separation):
    """The overlap of the discs equals the share of a fine grid on the Sun that Earth leaves free."""
    altitude = 20000e3
    umbra, penumbra = exact.shadow_edges(altitude)
    angle = umbra + (penumbra - umbra) * (separation - 0.5)
    sun, earth, apart = shadow._apparent(
        np.array(angle), np.array(EARTH_RADIUS + altitude), ASTRONOMICAL_UNIT
    )
    axis = (np.arange(1500) + 0.5) / 750 - 1
    x, y = np.meshgrid(axis * sun, axis * sun)
    on_disc = x**2 + y**2 < sun**2
    free = np.hypot(x + apart, y) > earth
    counted = np.count_nonzero(on_disc & free) / np.count_nonzero(on_disc)
    assert shadow.visible_disc_fraction(angle, altitude) == pytest.approx(counted, abs=2e-4)


def test_point_sun_gives_the_cylinder():
    """Umbra and penumbra lie on both sides of the textbook cylinder arccos(sqrt(r2 - R2) / (r cos beta))."""
    altitude, beta = 700e3, np.linspace(-1.0, 1.0, 41)
    radius = EARTH_RADIUS + altitude
    cylinder = np.arccos(np.sqrt(radius**2 - EARTH_RADIUS**2) / (radius * np.cos(beta)))
    umbra, dark = exact.half_shadows(beta, altitude)
    assert np.all((umbra < cylinder) & (cylinder < dark))
    np.testing.assert_allclose(0.5 * (umbra + dark), cylinder, atol=1e-3)


@pytest.mark.parametrize("altitude", [400e3, 1400e3, 20000e3])
def test_mean_light_equals_a_sum_over_the_orbit(altitude):
    """The quadrature equals 200,000 points around the orbit, grazing orbits included."""
    umbra, penumbra = exact.shadow_edges(altitude)
    betas = np.array(
        [0.0, 0.5 * umbra, umbra - 1e-4, umbra + 1e-4, 0.5 * (umbra + penumbra), penumbra - 1e-4]
    )
    turn = (np.arange(200_000) + 0.5) * (2 * np.pi / 200_000)
    for beta in betas:
        angle = np.arccos(np.cos(beta) * np.cos(turn))
        expected = shadow.visible_disc_fraction(angle, altitude).mean()
        assert exact.sunlit_fraction(beta, altitude) == pytest.approx(expected, abs=2e-7)


@given(
    st.floats(min_value=-np.pi / 2, max_value=np.pi / 2),
    st.floats(min_value=160e3, max_value=40e6),
    st.floats(min_value=0.983, max_value=1.017),
)
def test_light_lies_between_full_shadow_and_umbra_alone(beta, altitude, distance):
    """Light lies between all shadow as dark and only the umbra as dark, and is even in beta."""
    far = distance * ASTRONOMICAL_UNIT
    umbra, dark = exact.half_shadows(beta, altitude, far)
    light = exact.sunlit_fraction(beta, altitude, far)
    assert 1 - dark / np.pi - 1e-12 <= light <= 1 - umbra / np.pi + 1e-12
    assert light == exact.sunlit_fraction(-beta, altitude, far)


@given(st.floats(min_value=0.0, max_value=1.5), st.floats(min_value=0.0, max_value=0.05))
def test_a_higher_beta_brings_more_light(beta, step):
    """Light never falls as the Sun rises above the plane."""
    light = exact.sunlit_fraction(np.array([beta, beta + step]), 650e3)
    assert light[1] >= light[0] - 1e-7


def test_durations_scale_with_the_sun_moving_along():
    """A Sun that moves along the orbit lengthens each passage by its share of the satellite's speed."""
    still = exact.shadow_durations(0.3, 600e3, 1.7)
    moving = exact.shadow_durations(
        0.3, 600e3, 1.7, sun_rate=1e-3 * orbit.argument_of_latitude_rate(600e3, 1.7)
    )
    np.testing.assert_allclose(np.array(moving) / np.array(still), 1 / 0.999, rtol=1e-12)
