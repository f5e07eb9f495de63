"""Wings in sunlight: balance, limits and losses."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dawndusk.core.constants import EARTH_ALBEDO, EARTH_INFRARED, SOLAR_CONSTANT, STEFAN_BOLTZMANN
from dawndusk.core.records import replace
from dawndusk.physics.environment.earth import edge_view
from dawndusk.physics.spacecraft.cells import cell, rated_areal_power
from dawndusk.physics.spacecraft.wing import (
    Chain,
    Sky,
    bus_areal_power,
    chain_share,
    hot_share,
    wing_sky,
    wing_temperature,
)

DARK = Sky(front_view=0.0, back_view=0.0)


@given(
    st.sampled_from(["silicon", "thin silicon", "III-V", "perovskite"]),
    st.floats(0, 1),
    st.floats(0, 1),
    st.floats(0, 1),
    st.floats(0.05, 1),
    st.floats(0, 1),
)
def test_balance(name, front, back, remaining, cosine, drawn):
    """What is absorbed is emitted or leaves as electricity, to rounding."""
    found = cell(name)
    sky = Sky(front_view=front, back_view=back, cosine=cosine)
    kelvin = wing_temperature(found, sky, remaining=remaining, drawn=drawn)
    linear = 1 + found.coefficient * (kelvin - 301.15)
    out = rated_areal_power(found) * cosine * remaining * drawn * linear
    out += STEFAN_BOLTZMANN * kelvin**4 * (found.emissivity + found.back_emissivity)
    into = found.absorptivity * SOLAR_CONSTANT * (cosine + EARTH_ALBEDO * 0.1 * (front + back))
    into += EARTH_INFRARED * (found.emissivity * front + found.back_emissivity * back)
    assert out == pytest.approx(into, rel=1e-9)


def test_black_plate_far_from_earth():
    """A plate that absorbs all and gives no power has sigma T^4 = S / 2 on two black faces: 331 K."""
    plate = replace(cell("silicon"), absorptivity=1.0, emissivity=1.0, back_emissivity=1.0)
    kelvin = wing_temperature(plate, DARK, drawn=0.0)
    assert kelvin == pytest.approx((SOLAR_CONSTANT / 2 / STEFAN_BOLTZMANN) ** 0.25, rel=1e-12)


def test_silicon_wing_in_low_orbit_is_as_hot_as_flown_ones():
    """A silicon wing over the terminator at 600 km runs between 40 and 65 degC; switched off it is hotter."""
    sky = wing_sky(600e3, np.pi / 2, 0.0)
    kelvin = wing_temperature(cell("silicon"), sky)
    assert 313 < kelvin < 338
    assert 5 < wing_temperature(cell("silicon"), sky, drawn=0.0) - kelvin < 20


def test_views_over_the_terminator_are_edge_on():
    """With the Sun on the orbit's normal both faces see the Earth edge-on, all along the orbit."""
    sky = wing_sky(550e3, np.pi / 2, np.linspace(0, 6, 7))
    assert sky.front_view == pytest.approx(edge_view(550e3), rel=1e-12)
    assert sky.back_view == pytest.approx(edge_view(550e3), rel=1e-12)


def test_views_at_noon():
    """Between Earth and Sun the back looks straight down and the front sees no Earth."""
    sky = wing_sky(550e3, 0.0, 0.0)
    assert sky.front_view == 0.0
    assert sky.back_view == pytest.approx((6378137.0 / 6928137.0) ** 2, rel=1e-12)


def test_hot_share():
    """28 degC is the rating; each kelvin takes the coefficient; nothing is below nothing."""
    found = cell("silicon")
    assert hot_share(found, np.array([301.15, 351.15])) == pytest.approx([1.0, 1 - 50 * 0.0036])
    assert hot_share(found, 1000.0) == 0.0


def test_chain():
    """Losses multiply; 10 degrees of pointing error are their cosine."""
    chain = Chain(wiring=0.9, mismatch=0.8, regulator=0.95, pointing=np.radians(10))
    assert chain_share(chain) == pytest.approx(0.9 * 0.8 * 0.95 * 0.984807753, rel=1e-9)


def test_bus_power_scales_with_light_and_broadcasts():
    """Weaker sunlight gives less power but cells that are colder give a larger share of it."""
    sky = Sky(front_view=0.2, back_view=0.2, sunlight=np.array([1316.0, SOLAR_CONSTANT, 1408.0]))
    found = bus_areal_power(cell("III-V"), sky, Chain(), remaining=0.9)
    assert found.shape == (3,)
    assert np.all(np.diff(found) > 0)
    assert np.all(np.diff(found / sky.sunlight) < 0)
    assert np.all(found < 0.9 * rated_areal_power(cell("III-V")) * sky.sunlight / SOLAR_CONSTANT)
