"""Drag: lives against published ones, closed forms and orbits integrated numerically."""

import csv
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.integrate import quad, solve_ivp

from dawndusk.core.constants import DAY, EARTH_RADIUS, GRAVITATIONAL_PARAMETER, YEAR
from dawndusk.core.errors import UserError
from dawndusk.core.time import seconds_from_utc
from dawndusk.physics.environment import drag
from dawndusk.physics.environment.atmosphere import log_profile
from dawndusk.physics.environment.drag import (
    ballistic,
    drag_delta_v,
    drag_life,
    drag_life_elliptic,
    station_keeping,
)
from dawndusk.physics.light.local_time import solar_inclination_rate
from dawndusk.physics.motion import orbit
from dawndusk.physics.motion.sun import sun_direction, sun_distance

REFERENCE = Path(__file__).parents[2] / "reference" / "drag_lifetime_const_activity_sample.csv"
LEVELS = {"solar_min": "min", "solar_mean": "mean", "solar_max": "max", "solar_max_strong": "strong"}
SUN_PARAMETER = 1.32712440018e20  # m3/s2
HEIGHTS = st.floats(200e3, 1500e3)


def test_reference_lives_and_rates():
    """All 40 published lives to 300 km, make-up velocities and decay rates are met within 2 %."""
    with REFERENCE.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 40
    for row in rows:
        case = float(row["alt_km"]) * 1e3, float(row["area_to_mass_m2_kg"]), 2.2, LEVELS[row["cond"]]
        life, spent = drag_life(*case, end=300e3) / YEAR, drag_delta_v(*case) * YEAR
        assert life == pytest.approx(float(row["lifetime_to_300km_years"]), rel=0.02)
        assert spent == pytest.approx(float(row["drag_dv_m_s_per_year"]), rel=0.02)
        sinking = spent / YEAR / (0.5 * np.sqrt(GRAVITATIONAL_PARAMETER / (EARTH_RADIUS + case[0]) ** 3))
        assert -sinking * DAY / 1e3 == pytest.approx(float(row["dadt_km_day"]), rel=0.02)


def test_life_in_an_exponential_atmosphere():
    """Where air thins by e every 60 km the quadrature equals an adaptive one to 1e-5."""
    grid = np.arange(100e3, 1001e3, 1e3)
    found = drag._sinking(grid, np.log(1e-9) - (grid - 100e3) / 60e3)[-1]
    exact, _ = quad(
        lambda h: np.exp((h - 100e3) / 60e3) * 1e9 / np.sqrt(GRAVITATIONAL_PARAMETER * (EARTH_RADIUS + h)),
        100e3,
        1000e3,
        epsabs=0.0,
        epsrel=1e-10,
    )
    assert found == pytest.approx(exact, rel=1e-5)


@given(HEIGHTS, st.floats(1e-3, 1.0), st.floats(1.1, 10.0))
def test_life_goes_with_mass_per_area(altitude, area, factor):
    """Twice the area per mass halves the life, and doubles what making up for drag costs."""
    one, other = (drag_life(altitude, a, 2.2) for a in (area, area * factor))
    assert one == pytest.approx(other * factor, rel=1e-9)
    spent, more = (drag_delta_v(altitude, a, 2.2) for a in (area, area * factor))
    assert more == pytest.approx(spent * factor, rel=1e-9)


@given(st.floats(160e3, 700e3), st.floats(1e3, 800e3), st.sampled_from(["min", "mean", "max"]))
def test_lives_add_up(low, step, activity):
    """Falling to a height and falling on from there takes as long as falling at once."""
    whole = drag_life(low + step, 0.05, 2.2, activity)
    parts = drag_life(low + step, 0.05, 2.2, activity, end=low) + drag_life(low, 0.05, 2.2, activity)
    assert whole == pytest.approx(parts, rel=1e-9)


def test_an_orbit_at_the_end_is_down():
    """From the end altitude or below it no time is left."""
    assert drag_life(150e3, 0.1, 2.2) == 0
    np.testing.assert_array_equal(drag_life(np.array([200e3, 300e3]), 0.1, 2.2, end=300e3), 0.0)
    assert drag_life_elliptic(100e3, 900e3, 0.1, 2.2) == 0


def test_a_circle_is_an_ellipse_without_eccentricity():
    """With perigee and apogee equal the elliptical life is the circular one to 1e-4."""
    heights = np.array([300e3, 559e3, 725.5e3, 984.5e3])
    for activity in ("min", "mean", "max"):
        np.testing.assert_allclose(
            drag_life_elliptic(heights, heights, 0.1333, 2.2, activity),
            drag_life(heights, 0.1333, 2.2, activity),
            rtol=1e-4,
        )


def fly(perigee, apogee, factor):
    """Life (s) by integrating position and velocity under gravity and drag, until the orbit is down."""
    grid, logarithm = log_profile("mean")
    low, axis = EARTH_RADIUS + perigee, EARTH_RADIUS + 0.5 * (perigee + apogee)
    speed = np.sqrt(GRAVITATIONAL_PARAMETER * (2 / low - 1 / axis))

    def push(_, y):
        radius, rate = np.hypot(y[0], y[1]), np.hypot(y[2], y[3])
        rho = np.exp(np.interp(radius - EARTH_RADIUS, grid, logarithm))
        pull, brake = GRAVITATIONAL_PARAMETER / radius**3, 0.5 * rho * factor * rate
        return [y[2], y[3], -pull * y[0] - brake * y[2], -pull * y[1] - brake * y[3]]

    def down(_, y):
        radius, square = np.hypot(y[0], y[1]), y[2] ** 2 + y[3] ** 2
        size = 1 / (2 / radius - square / GRAVITATIONAL_PARAMETER)
        spin = (y[0] * y[3] - y[1] * y[2]) ** 2 / GRAVITATIONAL_PARAMETER
        return size * (1 - np.sqrt(max(1 - spin / size, 0.0))) - EARTH_RADIUS - 150e3

    down.terminal = True
    start = [low, 0.0, 0.0, speed]
    found = solve_ivp(push, (0, 30 * DAY), start, "DOP853", events=down, rtol=1e-8, atol=1.0, max_step=120.0)
    return found.t_events[0][0]


@pytest.mark.parametrize(
    ("perigee", "apogee", "area"), [(380e3, 560e3, 3.0), (250e3, 700e3, 0.3), (200e3, 2500e3, 1.0)]
)
def test_elliptical_life_is_that_of_an_integrated_orbit(perigee, apogee, area):
    """Against position and velocity integrated through hundreds of turns the average is within 2 %."""
    ours = float(drag_life_elliptic(perigee, apogee, area, 2.2))
    assert ours == pytest.approx(fly(perigee, apogee, area * 2.2), rel=0.02)


@settings(max_examples=15)
@given(st.floats(200e3, 800e3), st.floats(1e3, 100e3), st.floats(0.0, 500e3))
def test_a_lower_perigee_ends_sooner(perigee, drop, above):
    """Lowering the perigee under the same apogee always shortens the life."""
    apogee = perigee + above
    low, high = drag_life_elliptic(np.array([perigee - drop, perigee]), apogee, 0.05, 2.2)
    assert low < high


def test_tilt_rate_is_the_mean_torque_of_the_sun():
    """A year of the Sun's torque turns a sun-synchronous plane as the closed form says, to 3 %."""
    seconds = seconds_from_utc("2027-01-01") + np.arange(365) * DAY
    sun, distance = sun_direction(seconds), sun_distance(seconds)
    tilt, altitude = float(orbit.sun_synchronous_inclination(560e3)), 560e3
    raan = orbit.raan_from_ltan(8.0, seconds)
    node = np.array([np.cos(raan), np.sin(raan), np.zeros_like(raan)])
    ahead = np.array(
        [-np.cos(tilt) * np.sin(raan), np.cos(tilt) * np.cos(raan), np.full_like(raan, np.sin(tilt))]
    )
    radius, pull = EARTH_RADIUS + altitude, SUN_PARAMETER / distance**3
    turn = 2 * np.pi * np.arange(16) / 16
    place = radius * (np.cos(turn) * node[..., None] + np.sin(turn) * ahead[..., None])
    force = 3 * pull[:, None] * np.einsum("ijk,ij->jk", place, sun) * sun[..., None]
    torque = np.cross(place, force, axis=0).mean(axis=-1)
    spin = np.sqrt(GRAVITATIONAL_PARAMETER * radius)
    numeric = (torque * -ahead).sum(axis=0).mean() / spin
    assert float(solar_inclination_rate(altitude, tilt, 8.0)) == pytest.approx(numeric, rel=0.03)


def test_dawn_dusk_needs_no_tilt_control():
    """At 06:00 the Sun leaves the tilt alone; two hours off it costs 5 m/s a year at 560 km."""
    tilt = orbit.sun_synchronous_inclination(560e3)
    cost = station_keeping(560e3, 0.05, 2.2, inclination=tilt, ltan=np.array([6.0, 8.0])).plane * YEAR
    assert cost[0] == pytest.approx(0.0, abs=1e-9)
    assert cost[1] == pytest.approx(5.1, abs=0.1)


def test_station_keeping_adds_its_parts():
    """Drag at the mean costs 27 m/s a year at 560 km and 0.05 m2/kg; the allowance adds 2."""
    spent = station_keeping(560e3, 0.05, 2.2)
    assert spent.drag * YEAR == pytest.approx(27.0, abs=1.0)
    assert spent.total * YEAR == pytest.approx(float(spent.drag) * YEAR + 2.0, rel=1e-9)


@pytest.mark.parametrize(
    "call",
    [
        lambda: ballistic(0.0, 2.2),
        lambda: ballistic(0.05, np.nan),
        lambda: drag_life(99e3, 0.05, 2.2),
        lambda: drag_life(560e3, 0.05, 2.2, "usual"),
        lambda: drag_life(560e3, 0.05, 2.2, end=np.nan),
        lambda: drag_life_elliptic(600e3, 560e3, 0.05, 2.2),
        lambda: solar_inclination_rate(560e3, 1.7, 25.0),
    ],
)
def test_mistakes_are_the_users_not_ours(call):
    """Values out of range, NaN and unknown words raise an error that says what to write."""
    with pytest.raises(UserError, match="write"):
        call()
