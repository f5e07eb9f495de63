"""Radiator: exact view factors, published rejection, and its inverse."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.physics.spacecraft.rejection import net_flux

from dawndusk.core.constants import EARTH_RADIUS, STEFAN_BOLTZMANN
from dawndusk.physics.environment.earth import earth_view, edge_view
from dawndusk.physics.spacecraft.radiator import absorbed_flux, temperature_for

ZERO = 273.15
MCCALIP_RADIUS = 6371e3


def view_by_integration(altitude, tilt, steps=1000):
    """The view factor from its definition: cosine over the solid angle of the disc, midpoint rule."""
    theta = np.arcsin(EARTH_RADIUS / (EARTH_RADIUS + altitude))
    middle = (np.arange(steps) + 0.5) / steps
    cosine = np.cos(theta) + (1 - np.cos(theta)) * middle[:, None]
    around = np.cos(2 * np.pi * middle[None, :])
    seen = cosine * np.cos(tilt) + np.sqrt(1 - cosine**2) * around * np.sin(tilt)
    return np.maximum(seen, 0).mean() * 2 * (1 - np.cos(theta))


def test_edge_on_view_at_550_km():
    """The edge-on view factor at 550 km is 0.257773, not the 0.0212 of McCalip's calculator."""
    assert edge_view(550e3, radius=MCCALIP_RADIUS) == pytest.approx(0.257773, abs=1e-6)


def test_nadir_view_at_550_km():
    """Facing the Earth the view factor is sin^2 of its angular radius: 0.8473786 at 550 km."""
    assert earth_view(550e3, 0.0, radius=MCCALIP_RADIUS) == pytest.approx(0.8473786384498566, rel=1e-12)


@pytest.mark.parametrize("altitude", [300e3, 600e3, 2000e3])
def test_view_equals_its_definition(altitude):
    """At every tilt the closed form equals the integral over the visible disc to 1e-5."""
    tilts = np.linspace(0, np.pi, 17)
    exact = [view_by_integration(altitude, t) for t in tilts]
    np.testing.assert_allclose(earth_view(altitude, tilts), exact, atol=1e-5)


@given(st.floats(200e3, 36e6))
def test_edge_view_is_the_general_one(altitude):
    """The short form for a plate edge-on is the general form at a right angle."""
    assert edge_view(altitude) == pytest.approx(float(earth_view(altitude, np.pi / 2)), rel=1e-9)


@given(st.floats(200e3, 36e6), st.floats(0, np.pi), st.floats(0, np.pi))
def test_view_falls_with_tilt(altitude, one, other):
    """Turning away from the Earth never shows more of it."""
    low, high = sorted((one, other))
    assert earth_view(altitude, high) <= earth_view(altitude, low) + 1e-12


@pytest.mark.parametrize(("celsius", "flux"), [(60, 1257), (70, 1415), (80, 1588)])
def test_ideal_emission(celsius, flux):
    """Two faces of emissivity 0.9 emit 1257, 1415, 1588 W/m2 at 60, 70, 80 degC (S024)."""
    assert net_flux(celsius + ZERO, 0.0, emissivity=0.9) == pytest.approx(flux, abs=1)


def test_starcloud_with_its_own_optics():
    """The white paper's 633.08 W/m2 follows when Earth infrared is absorbed with 0.09, as it does there."""
    emitted = 2 * 0.92 * 5.67e-8 * 293.15**4
    environment = {
        "view": 0.25,
        "absorptivity": 0.09,
        "albedo_weight": 1.0,
        "sun_cosine": 1.0,
        "sunlight": 1366.0,
    }
    infrared = 5.67e-8 * 253.15**4
    assert emitted - absorbed_flux(emissivity=0.09, infrared=infrared, **environment) == pytest.approx(
        633.0786, abs=1e-3
    )


def test_starcloud_corrected():
    """With the emissivity that Kirchhoff's law asks for, the same panel rejects 48 W/m2 less."""
    emitted = 2 * 0.92 * 5.67e-8 * 293.15**4
    environment = {
        "view": 0.25,
        "absorptivity": 0.09,
        "albedo_weight": 1.0,
        "sun_cosine": 1.0,
        "sunlight": 1366.0,
    }
    infrared = 5.67e-8 * 253.15**4
    assert emitted - absorbed_flux(emissivity=0.92, infrared=infrared, **environment) == pytest.approx(
        584.76, abs=0.01
    )


@pytest.mark.parametrize(("kw", "celsius"), [(120, 70), (154, 90)])
def test_ai1_heat_closes_hot(kw, celsius):
    """AI1's 110 m2 reject 120 kW near 70 degC and 154 kW near 90 degC with fins of 0.87 (within 5 K)."""
    absorbed = absorbed_flux(2 * edge_view(600e3), emissivity=0.9, absorptivity=0.2, albedo_weight=0.1)
    found = temperature_for(kw * 1e3 / 110, absorbed, emissivity=0.9, fin_efficiency=0.87)
    assert found - ZERO == pytest.approx(celsius, abs=5)


@given(
    st.floats(0, 5000),
    st.floats(0, 500),
    st.floats(0.1, 1),
    st.floats(0.3, 1),
)
def test_inverse(flux, absorbed, emissivity, fin):
    """The temperature for a flux rejects that flux."""
    optics = {"emissivity": emissivity, "fin_efficiency": fin}
    root = temperature_for(flux, absorbed, **optics)
    assert net_flux(root, absorbed, **optics) == pytest.approx(flux, rel=1e-9, abs=1e-7)


def test_sink_temperature_rejects_nothing():
    """A panel in balance with what it absorbs rejects nothing, whatever its fins."""
    absorbed = 110.0
    sink = (absorbed / (2 * 0.9 * STEFAN_BOLTZMANN)) ** 0.25
    assert net_flux(sink, absorbed, emissivity=0.9, fin_efficiency=0.6) == pytest.approx(0, abs=1e-9)
