"""What a radiator takes in."""

import numpy as np
import pytest

from dawndusk.core.constants import SOLAR_CONSTANT, STEFAN_BOLTZMANN, YEAR
from dawndusk.core.errors import UserError
from dawndusk.core.records import replace
from dawndusk.physics.environment.earth import edge_view
from dawndusk.physics.spacecraft.surroundings import (
    EDGE_ON,
    Coating,
    Surroundings,
    above_sink,
    absorbed,
    absorptivity_at,
    both_views,
    emissivity_at,
    sink_temperature,
)

WHERE = Surroundings(
    altitude=600e3,
    albedo_weight=0.1,
    tilt=EDGE_ON,
    sun_error=0.0,
    array_view=0.0,
    array_temperature=340.0,
    array_emissivity=1.0,
)
OPTICS = {"emissivity": 0.9, "absorptivity": 0.2}
COATING = Coating(absorptivity=0.18, darkened=0.30, darkening=3 * YEAR, emissivity=0.91, erosion=0.005 / YEAR)


def test_edge_on_panel_sees_the_earth_with_both_faces():
    """Both faces of an edge-on panel together see twice what one sees, by either formula."""
    assert both_views(600e3, np.pi / 2) == pytest.approx(2 * edge_view(600e3))
    tilts = np.array([np.pi / 2, 1.2])
    assert both_views(600e3, tilts)[0] == pytest.approx(2 * edge_view(600e3))


def test_tilted_panel_sees_more():
    """Edge-on is the attitude in which a two-sided panel takes in least of the Earth."""
    views = both_views(600e3, np.linspace(0, np.pi / 2, 40)[:-1])
    assert np.all(np.diff(views) <= 1e-12)
    assert views[-1] >= 2 * edge_view(600e3)


def test_a_degree_off_the_sun():
    """A pointing error of one degree adds alpha S sin(1 deg): 4.75 W/m2."""
    more = absorbed(replace(WHERE, sun_error=np.deg2rad(1.0)), **OPTICS) - absorbed(WHERE, **OPTICS)
    assert more == pytest.approx(0.2 * SOLAR_CONSTANT * np.sin(np.deg2rad(1.0)), rel=1e-9)


def test_an_array_at_the_panels_own_temperature_takes_its_share():
    """A black array of view 0.1 at 340 K gives back a twentieth of the panel's emission."""
    near = replace(WHERE, array_view=0.1)
    more = absorbed(near, **OPTICS) - absorbed(WHERE, **OPTICS)
    assert more / (2 * 0.9 * STEFAN_BOLTZMANN * 340.0**4) == pytest.approx(0.05, rel=1e-9)


def test_coating_ages():
    """White paint darkens towards its last value and loses emissivity, broadcasting over ages."""
    ages = np.array([0.0, 3.0, 300.0]) * YEAR
    np.testing.assert_allclose(absorptivity_at(COATING, ages), [0.18, 0.30 - 0.12 / np.e, 0.30], atol=1e-9)
    np.testing.assert_allclose(emissivity_at(COATING, ages), [0.91, 0.895, 0.0], atol=1e-9)


def test_sink_of_an_idle_panel():
    """At 600 km an edge-on panel that rejects nothing settles near 180 K."""
    assert sink_temperature(absorbed(WHERE, **OPTICS), 0.9) == pytest.approx(180, abs=3)


def test_radiator_colder_than_its_sink_is_told_so():
    """The error names the heat balance, by how much it fails, and the temperature that closes it."""
    sink = float(sink_temperature(300.0, 0.9))
    with pytest.raises(UserError) as caught:
        above_sink(np.array([300.0, 200.0]), sink)
    text = str(caught.value)
    assert f"200.0 K, {sink - 200:.1f} K colder than its sink" in text
    assert "heat balance" in text
    assert f"{sink + 1:.0f} K or more" in text
    assert above_sink(300.0, sink) == 300.0


def test_a_temperature_that_is_no_number_is_refused():
    """NaN does not pass for a radiator above its sink."""
    with pytest.raises(UserError):
        above_sink(np.nan, 180.0)
