"""Sunlight on gimballed and fixed arrays."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dawndusk.core.constants import ASTRONOMICAL_UNIT, EARTH_RADIUS
from dawndusk.core.errors import UserError
from dawndusk.core.time import seconds_from_utc
from dawndusk.physics.light import incidence, shadow, sunlight
from dawndusk.physics.motion import orbit
from dawndusk.physics.motion.sun import sun_direction, sun_distance

ON_ORBIT = [name for name in incidence.MOUNTINGS if name != "mean-sun-face"]
EPOCH = float(seconds_from_utc("2027-01-01"))


def _cosine(mounting, zenith, along, normal):
    """Cosine of incidence from the Sun's direction in the satellite's frame."""
    return {
        "two-axis": np.ones_like(zenith),
        "normal-axis": np.hypot(zenith, along),
        "velocity-axis": np.hypot(zenith, normal),
        "normal-face": np.abs(normal),
        "zenith-face": np.maximum(zenith, 0.0),
        "nadir-face": np.maximum(-zenith, 0.0),
    }[mounting]


@pytest.mark.parametrize("mounting", ON_ORBIT)
@given(beta=st.floats(-1.57, 1.57), half=st.floats(0.0, 1.57))
def test_closed_forms_are_the_sums_along_the_orbit(mounting, beta, half):
    """Each closed form is the mean of the cosine over the lit arc, summed at 20,000 points."""
    turn = (np.arange(20000) + 0.5) / 20000 * (2.0 * np.pi) - np.pi
    frame = np.cos(beta) * np.cos(turn), np.cos(beta) * np.sin(turn), np.full_like(turn, np.sin(beta))
    lit = np.abs(turn) < np.pi - half
    mean = np.mean(_cosine(mounting, *frame) * lit)
    assert incidence.mean_cosine(mounting, np.sin(beta), np.cos(beta), half) == pytest.approx(
        mean, abs=1.1e-4
    )


@pytest.mark.parametrize("mounting", incidence.MOUNTINGS)
@pytest.mark.parametrize(("altitude", "tilt", "hours"), [(575e3, None, 6.0), (700e3, 0.5, 9.0)])
def test_a_year_agrees_with_scattered_satellites(mounting, altitude, tilt, hours):
    """Light, cosine and power of a year agree with 60,000 satellite positions under exact discs."""
    tilt = float(orbit.sun_synchronous_inclination(altitude)) if tilt is None else tilt
    node = float(orbit.raan_from_ltan(hours, EPOCH))
    found = incidence.plane_incidence(altitude, tilt, node, 2027, mounting=mounting)
    elapsed = (np.arange(60_000) + 0.5) / 60_000 * 365 * 86400.0
    # multiples of the golden ratio fill the orbit evenly whatever part of the year is looked at
    turn = 2.0 * np.pi * np.mod(np.arange(60_000) * 0.6180339887498949, 1.0)
    raan = node + orbit.raan_rate(altitude, tilt) * elapsed
    sun, distance = sun_direction(EPOCH + elapsed), sun_distance(EPOCH + elapsed)
    sine, ahead = orbit.sine_beta(tilt, raan, sun), orbit.sun_argument(tilt, raan, sun)
    flat = np.sqrt(1.0 - sine**2)
    frame = flat * np.cos(turn - ahead), -flat * np.sin(turn - ahead), sine
    seen = shadow.visible_disc_fraction(np.arccos(np.clip(-frame[0], -1.0, 1.0)), altitude, distance)
    if mounting == "mean-sun-face":
        cosine = incidence.mean_sun_cosine(sunlight.sun_year(2027))[:, 0]
        cosine = np.interp(elapsed, sunlight.sun_year(2027).elapsed[:, 0], cosine)
    else:
        cosine = _cosine(mounting, *frame)
    assert found.light == pytest.approx(seen.mean(), abs=2e-4)
    assert found.factor * found.light == pytest.approx((seen * cosine).mean(), abs=2e-4)
    power = (seen * cosine * (ASTRONOMICAL_UNIT / distance) ** 2).mean()
    assert found.power == pytest.approx(power, abs=2e-4)
    assert found.energy == pytest.approx(found.power * 365 * 86400.0)


def test_the_light_is_that_of_the_plane():
    """Whatever the array does, the light is that of `plane_light`, and a two-axis gimbal meets all of it."""
    height = np.array([575e3, 984e3])
    tilt, node = orbit.sun_synchronous_inclination(height), orbit.raan_from_ltan(6.0, EPOCH)
    found = incidence.plane_incidence(height, tilt, node, 2027, mounting="two-axis")
    np.testing.assert_allclose(found.light, sunlight.plane_light(height, tilt, node, 2027), rtol=1e-12)
    np.testing.assert_allclose(found.factor, 1.0, rtol=1e-12)


def test_the_year_of_an_unshaded_array_is_the_years_sunlight():
    """Above all shadow a gimballed array gets the year's mean of the inverse square of the distance."""
    height = 1600e3
    tilt, node = orbit.sun_synchronous_inclination(height), orbit.raan_from_ltan(6.0, EPOCH)
    found = incidence.plane_incidence(height, tilt, node, 2027, mounting="two-axis")
    # mean of 1/d^2 over an orbit of eccentricity e is 1 / sqrt(1 - e^2)
    assert found.power == pytest.approx(1.0 / np.sqrt(1.0 - 0.0167**2), abs=1e-4)


def test_dawn_dusk_arrays_lose_little_when_fixed():
    """In a dawn-dusk orbit a face along the normal or to the mean Sun keeps about 95 %, a zenith face 9 %."""
    height = 575e3
    tilt, node = orbit.sun_synchronous_inclination(height), orbit.raan_from_ltan(6.0, EPOCH)
    factor = {
        name: float(incidence.plane_incidence(height, tilt, node, 2027, mounting=name).factor)
        for name in incidence.MOUNTINGS
    }
    assert factor["normal-face"] == pytest.approx(0.955, abs=0.005)
    assert factor["mean-sun-face"] == pytest.approx(0.96, abs=0.005)
    assert factor["normal-axis"] < 0.3
    assert factor["zenith-face"] < 0.1


def test_offset_turns_the_face_away_from_the_mean_sun():
    """A face turned from the mean Sun by an hour loses about its cosine; one turned away gets nothing."""
    sun = sunlight.sun_year(2027)
    none, hour, away = (incidence.mean_sun_cosine(sun, o).mean() for o in (0.0, np.pi / 12, np.pi))
    assert hour / none == pytest.approx(np.cos(np.pi / 12), abs=0.003)
    assert away == 0.0


def test_shadow_needs_no_account_at_the_zenith():
    """A zenith face gets cos(beta) / pi, with the longest shadow as without."""
    longest = np.arcsin(EARTH_RADIUS / (EARTH_RADIUS + 200e3))
    assert incidence.mean_cosine("zenith-face", np.sin(0.3), np.cos(0.3), longest) == pytest.approx(
        np.cos(0.3) / np.pi
    )


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: incidence.mean_cosine("mean-sun-face", 0.0, 1.0, 0.0), "mean-sun-face"),
        (lambda: incidence.plane_incidence(6e5, 1.0, 0.0, 2027, mounting="sideways"), "sideways"),
        (lambda: incidence.plane_incidence(1e5, 1.0, 0.0, 2027, mounting="two-axis"), "100 km"),
    ],
)
def test_impossible_mountings_are_refused(call, words):
    """An unknown mounting or an angle out of range is the user's error."""
    with pytest.raises(UserError, match=words):
        call()
