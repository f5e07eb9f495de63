"""A design in a shell: light, closure, payload, what fits into a launch."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dawndusk.core.records import replace
from dawndusk.physics.motion.orbit import sun_synchronous_inclination
from dawndusk.supply.satellite import (
    altitude,
    close_in,
    inclination,
    payload,
    satellites_per_launch,
    sunlight,
)

YEAR = 2030


@pytest.fixture
def launch(scenario):
    """The rocket."""
    return scenario.orbit.launch


@pytest.fixture
def option(scenario):
    """The satellite."""
    return scenario.orbit.satellites[0]


def test_shells_are_flown_sun_synchronous_or_as_filed(scenario):
    """The middle altitude decides the sun-synchronous inclination; others keep theirs."""
    dawn, low = scenario.orbit.shells
    assert altitude(dawn) == pytest.approx(650e3)
    assert np.rad2deg(inclination(dawn)) == pytest.approx(97.99, abs=0.01)
    assert np.rad2deg(inclination(low)) == pytest.approx(30.0)


def test_dawn_dusk_has_light_nearly_always_and_an_inclined_shell_two_thirds(scenario):
    """At 650 km the year's light is 96 % at 06:00 and 65-67 % at 30 deg."""
    dawn, low = (sunlight(x, YEAR) for x in scenario.orbit.shells)
    assert dawn.sunlit_fraction == pytest.approx(0.962, abs=0.005)
    assert low.sunlit_fraction == pytest.approx(0.66, abs=0.015)
    assert dawn.longest_shadow < 1300 < 2000 < low.longest_shadow


def test_stated_payloads_come_back_at_their_orbits(launch):
    """60 t to 650 km sun-synchronous and 90 t to 30 deg at 600 km are reproduced exactly."""
    assert payload(launch, 650e3, sun_synchronous_inclination(650e3)) == pytest.approx(60e3)
    assert payload(launch, 600e3, np.deg2rad(30)) == pytest.approx(90e3)
    assert payload(launch, 600e3, np.deg2rad(5)) == pytest.approx(90e3)
    assert payload(launch, 1100e3, np.deg2rad(30)) == pytest.approx(90e3 * (1 - 0.2 * 0.5))


@given(st.floats(400e3, 2000e3), st.floats(0.1, 2.0), st.floats(0, 300e3), st.floats(0, 0.5))
def test_higher_and_steeper_never_carries_more(height, tilt, more, steeper):
    """Payload falls with altitude and, up to retrograde orbits, with inclination; it is never negative."""
    from dawndusk.core.scenario.orbit import Launch

    launch = Launch(
        name="x", label="X", price=1.0, learning=0.0, price_floor=0.0, payload_sso=60e3, payload_low=90e3,
        payload_per_km=0.5, volume=1.0, first="2027Q1", flights=1.0, growth=1.0, share=1.0, reliability=1.0,
    )  # fmt: skip
    here = payload(launch, height, tilt)
    assert payload(launch, height + more, tilt) <= here
    assert payload(launch, min(height, 600e3), min(tilt + steeper, 1.7)) <= payload(
        launch, min(height, 600e3), min(tilt, 1.7)
    )
    assert here >= 0


@pytest.mark.parametrize(
    ("room", "mass", "volume", "count"),
    [(60e3, 3e3, 20.0, 20), (60e3, 3.1e3, 20.0, 19), (60e3, 3e3, 100.0, 10), (60e3, 70e3, 20.0, 0)],
)
def test_mass_or_volume_decides_how_many_fit(launch, option, room, mass, volume, count):
    """Whole satellites: the smaller of payload over mass and usable over stowed volume."""
    assert satellites_per_launch(room, mass, launch, replace(option, volume=volume)) == count


def test_carrying_compute_through_the_shadow_needs_more_mass(scenario, designs, option, launch):
    """In dawn-dusk the battery satellite is heavier and dearer than the one that sheds."""
    found, reason = close_in(designs["ai1"], option, scenario.orbit.shells[0], launch, YEAR)
    by = {x.strategy: x for x in found}
    assert reason == ""
    assert by["battery"].mass > by["shed"].mass + 500
    assert by["battery"].platform > by["shed"].platform
    assert by["shed"].run > by["battery"].run == pytest.approx(by["battery"].average)


def test_what_does_not_close_says_why(scenario, designs, option, launch):
    """A payload ten times too hot, and one too heavy for the rocket, are left out with a sentence."""
    design = designs["ai1"]
    hot = replace(design, payload=replace(design.payload, average=1.2e6, peak=1.2e6))
    found, reason = close_in(hot, option, scenario.orbit.shells[0], launch, YEAR)
    assert found == []
    assert "degC" in reason
    small = replace(launch, payload_sso=1e3, payload_low=1e3)
    found, reason = close_in(design, option, scenario.orbit.shells[0], small, YEAR)
    assert found == []
    assert "too heavy or too large" in reason


def test_the_own_orbit_is_the_reference_of_the_platform_price(scenario, designs, launch):
    """In its own orbit with its own answer to shadow a platform costs exactly its price per watt."""
    design = designs["ai1"]
    own = design.orbit.altitude
    shell = replace(scenario.orbit.shells[0], altitude_low=own, altitude_high=own)
    option = replace(scenario.orbit.satellites[0], eclipse=design.battery.eclipse)
    closed = close_in(design, option, shell, launch, YEAR)[0][0]
    assert closed.platform == pytest.approx(closed.average, rel=1e-12)


def test_dawn_and_dusk_planes_share_the_shadows_of_june_and_december(scenario):
    """Planes at 06:00 are dark around December, those at 18:00 around June; the shell is in both months."""
    months = sunlight(scenario.orbit.shells[0], YEAR).sunlit_by_month
    assert months[5] < 0.95
    assert months[11] < 0.95
    assert months[2] == pytest.approx(1.0)
    assert months[8] == pytest.approx(1.0)


def test_nodes_at_the_edge_of_their_tolerance_cost_light(scenario):
    """30 degrees of node take a dawn-dusk shell at 650 km from 96 to below 80 %, an even one nothing."""
    dawn, low = (replace(x, raan_tolerance=np.deg2rad(30.0)) for x in scenario.orbit.shells)
    assert 0.7 < sunlight(dawn, YEAR).edge < 0.80
    assert sunlight(low, YEAR).edge == pytest.approx(sunlight(low, YEAR).sunlit_fraction, abs=2e-3)
