"""A year of light for many planes at once."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest
from tests.physics.light import exact_light as exact

from dawndusk.core.constellation import FORMAT, Constellation, Craft, Group
from dawndusk.core.errors import UserError
from dawndusk.core.time import seconds_from_utc
from dawndusk.physics.light import sunlight
from dawndusk.physics.motion import layout, orbit

DEGREE = np.pi / 180.0
EPOCH = float(seconds_from_utc("2027-01-01"))
ORACLE = Path(__file__).parents[2] / "reference" / "eclipse_oracle.csv"
CRAFT = Craft(
    mass=3000.0,
    area_to_mass=0.13,
    drag_coefficient=2.2,
    radius=16.0,
    life=1.6e8,
    disposal=50.0,
    failed=0.01,
)


def _oracle(year):
    with ORACLE.open() as file:
        rows = [row for row in csv.DictReader(file) if int(row["year"]) == year]
    return {name: np.array([float(row[name] or "nan") for row in rows]) for name in rows[0]}


@pytest.mark.parametrize("year", [2027, 2031])
def test_years_agree_with_propagated_ones(year):
    """Forty orbits agree with positions every 10 s under DE421: light, longest eclipses, days."""
    row = _oracle(year)
    held = np.isfinite(row["ltan_h"])
    altitude, start = row["altitude_km"] * 1e3, float(seconds_from_utc(f"{year}-01-01"))
    tilt = np.where(held, orbit.sun_synchronous_inclination(altitude), 30 * DEGREE)
    node = np.where(held, orbit.raan_from_ltan(np.nan_to_num(row["ltan_h"]), start), 40 * DEGREE)
    found = sunlight.plane_year(altitude, tilt, node, year)
    assert altitude.size == 40
    # most of it is where in its orbit the satellite starts the year: half an orbit in five thousand
    np.testing.assert_allclose(found.sunlit_fraction, row["sunlit_fraction"], atol=5e-5, rtol=0)
    np.testing.assert_allclose(found.longest_umbra, row["longest_umbra_s"], atol=0.25, rtol=0)
    np.testing.assert_allclose(found.longest_shadow, row["longest_shadow_s"], atol=0.25, rtol=0)
    np.testing.assert_allclose(found.days_with_shadow, row["days_with_shadow"], atol=1, rtol=0)


def _drawn(count):
    rng = np.random.default_rng(7)
    return rng.uniform(300e3, 2500e3, count), rng.uniform(0.0, np.pi, count), rng.uniform(0.0, 6.28, count)


def _dawn(count):
    altitude = np.linspace(300e3, 2000e3, count)
    node = np.full(count, orbit.raan_from_ltan(6.0, float(seconds_from_utc("2028-01-01"))))
    return altitude, orbit.sun_synchronous_inclination(altitude), node


def _exact_year(altitude, tilt, node, year):
    """Light by month, longest umbra and shadow, days with shadow, from the exact penumbra every 3 h."""
    sun = sunlight.sun_year(year)
    raan = node + orbit.raan_rate(altitude, tilt) * sun.elapsed
    beta = np.arcsin(orbit.sine_beta(tilt, raan, sun.direction))
    light = exact.sunlit_fraction(beta, altitude, sun.distance)
    along = np.unwrap(orbit.sun_argument(tilt, raan, sun.direction), axis=0)
    pace = np.gradient(along, sun.elapsed[1, 0], axis=0)
    umbra, dark = exact.shadow_durations(beta, altitude, tilt, sun.distance, pace)
    days = [(dark[k : k + 9] > 0).any(axis=0) for k in range(0, sun.elapsed.size - 1, 8)]
    return sunlight.month_means(sun, light), umbra.max(axis=0), dark.max(axis=0), np.sum(days, axis=0)


@pytest.mark.parametrize("orbits", [_drawn(40), _dawn(40)], ids=["drawn", "dawn-dusk"])
def test_strips_are_the_exact_penumbra(orbits):
    """A month's light within 1e-4, the year's within 1e-5, longest shadows within 1 s, in any orbit."""
    months, umbra, dark, days = _exact_year(*orbits, 2028)
    found = sunlight.plane_year(*orbits, 2028)
    year = np.average(months, axis=0, weights=sunlight.sun_year(2028).days)
    np.testing.assert_allclose(found.sunlit_fraction, year, atol=1e-5, rtol=0)
    np.testing.assert_allclose(found.sunlit_by_month, months, atol=1e-4, rtol=0)
    np.testing.assert_allclose(found.longest_shadow, dark, atol=1.0, rtol=0)
    np.testing.assert_allclose(found.longest_umbra, umbra, atol=1.0, rtol=0)
    np.testing.assert_array_equal(found.days_with_shadow, days)


def test_battery_cycles_are_the_orbits_with_shadow():
    """An orbit that always meets the shadow has all orbits of the year, and one above it none."""
    always = sunlight.plane_year(600e3, 0.5, 1.0, 2027)
    revolutions = 365 * 86400.0 / float(orbit.nodal_period(600e3, 0.5))
    assert float(always.cycles) == pytest.approx(revolutions, rel=1e-12)
    high = orbit.sun_synchronous_inclination(1600e3)
    never = sunlight.plane_year(1600e3, high, orbit.raan_from_ltan(6.0, EPOCH), 2027)
    assert float(never.cycles) == 0.0
    assert float(never.sunlit_fraction) == 1.0
    dawn = sunlight.plane_year(
        575e3, orbit.sun_synchronous_inclination(575e3), orbit.raan_from_ltan(6.0, EPOCH), 2027
    )
    assert float(dawn.cycles) / (365 * 86400 / 5778) == pytest.approx(97 / 365, abs=2 / 365)


def test_strips_have_the_weight_and_spread_of_a_disc():
    """The strips' weights add to one; their mean square place is a quarter, as for a disc."""
    place, weight = np.array(list(sunlight.strips())).T
    assert weight.sum() == pytest.approx(1.0, rel=1e-12)
    assert weight @ place**2 == pytest.approx(0.25, rel=1e-12)
    assert weight @ place**4 == pytest.approx(1.0 / 8.0, rel=1e-12)


def test_strips_give_the_light_of_the_exact_shadow():
    """Averaged over all beta angles the light is that of the exact penumbra within 2e-6."""
    beta = np.linspace(-1.57, 1.57, 4001)[:, None]
    sun = sunlight.sun_year(2027)
    distance = np.full_like(beta, float(sun.distance[0, 0]))
    dip = np.arcsin(6378137.0 / (6378137.0 + 600e3))
    cosine = np.cos(beta)
    sweep = sunlight.Sweep(
        part=slice(0, 1),
        raan=beta,
        sine=np.sin(beta),
        cosine=cosine,
        edges=np.array([np.cos(dip), np.sin(dip)])[:, None, None] / cosine,
    )
    same = sunlight.SunYear(
        start=sun.start,
        elapsed=beta,
        direction=sun.direction,
        distance=distance,
        days=sun.days,
        per_day=8,
    )
    off = 1.0 - sunlight.lost_light(same, sweep) - exact.sunlit_fraction(beta, 600e3, distance)
    assert abs(off.mean()) < 2e-6
    assert np.abs(off).mean() < 1e-5


def test_shapes_follow_the_inputs():
    """Inputs broadcast; months come first; a single orbit gives single numbers."""
    found = sunlight.plane_year(np.array([500e3, 800e3, 1100e3]), np.array([[0.5], [1.5]]), 1.0, 2027)
    single = sunlight.plane_year(800e3, 1.5, 1.0, 2027)
    assert found.sunlit_fraction.shape == (2, 3)
    assert found.sunlit_by_month.shape == (12, 2, 3)
    assert single.sunlit_fraction.shape == ()
    for name in ("sunlit_fraction", "longest_shadow", "days_with_shadow", "cycles"):
        assert getattr(found, name)[1, 1] == pytest.approx(getattr(single, name), rel=1e-12)
    light = sunlight.plane_light(800e3, np.array([0.5, 1.5]), 1.0, 2027)
    np.testing.assert_allclose(light, found.sunlit_fraction[:, 1], rtol=1e-12)


def _pair(satellites):
    group = {
        "altitude_low": 565e3,
        "altitude_high": 585e3,
        "inclination_low": 1.7,
        "inclination_high": 1.7,
        "sun_synchronous": True,
        "arrangement": "dawn-dusk",
        "shells": 2,
        "planes": 2,
    }
    groups = tuple(Group(name=f"g{n}", label="g", satellites=n, **group) for n in satellites)
    made = Constellation(format=FORMAT, name="c", title="c", craft=CRAFT, groups=groups)
    return layout.planes_of(made, EPOCH)


def test_group_means_and_largest_values_are_by_group():
    """A group's mean is over its satellites, its largest over its planes."""
    planes = _pair((3, 5))
    values = np.arange(8.0)
    np.testing.assert_allclose(sunlight.group_mean(planes, values), [1.5, 5.5])
    np.testing.assert_allclose(sunlight.group_largest(planes, values), [3.0, 7.0])


def test_nodes_are_carried_to_the_year():
    """A constellation described in 2027 has the light of 2030 that its planes, kept at dawn, have then."""
    planes = _pair((3,))
    later = sunlight.constellation_year(planes, 2030).sunlit_fraction
    node = orbit.raan_from_ltan(planes.ltan, float(seconds_from_utc("2030-01-01")))
    direct = sunlight.plane_light(planes.altitude, planes.inclination, node, 2030)
    np.testing.assert_allclose(later, direct, atol=1e-5)


@pytest.mark.parametrize(
    ("inputs", "words"),
    [
        ((100e3, 1.0, 0.0, 2027), "100 km"),
        ((600e3, 4.0, 0.0, 2027), "180 deg"),
        ((600e3, 1.0, np.nan, 2027), "finite"),
        ((600e3, 1.0, 0.0, 1800), "1800"),
    ],
)
def test_impossible_orbits_are_refused(inputs, words):
    """Every mistake in an orbit is the user's error and says what was read."""
    with pytest.raises(UserError, match=words):
        sunlight.plane_year(*inputs)
