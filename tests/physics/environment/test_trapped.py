"""Trapped particles: the table against the models, residence times, passages of the anomaly."""

import csv
import itertools
import warnings
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.reference.radiation_belts import local_flux

from dawndusk.core.errors import UserError
from dawndusk.physics.environment.trapped import (
    FLUX,
    HIGHEST_ENERGY,
    MEV,
    THRESHOLDS,
    above,
    integral_flux,
    saa_passages,
    spectrum,
)

REFERENCE = Path(__file__).parents[2] / "reference" / "ap8ae8_orbit_avg_500km.csv"


def geocentric(latitude, altitude):
    """Geocentric latitude and height above the equatorial radius of a geodetic place (WGS 84)."""
    a, f = 6378137.0, 1 / 298.257223563
    e2 = f * (2 - f)
    normal = a / np.sqrt(1 - e2 * np.sin(latitude) ** 2)
    across, up = (normal + altitude) * np.cos(latitude), (normal * (1 - e2) + altitude) * np.sin(latitude)
    return np.arctan2(up, across), np.hypot(across, up) - a


def test_the_models_own_example():
    """At 45 deg south, 15 deg east, 300 km up, AP8-max has 3.045 protons above 10 MeV (aep8's page)."""
    latitude, altitude = geocentric(np.radians(-45.0), 300e3)
    found = local_flux("proton", "max", 10 * MEV, altitude, latitude, np.radians(15.0))
    assert found / FLUX == pytest.approx(3.04495, rel=2e-3)


def test_the_date_changes_nothing():
    """aep8 pins the field to the models' epochs: a date of 1965, 2024 or 2035 gives the same shells."""
    import aep8
    from astropy import units
    from astropy.coordinates import EarthLocation
    from astropy.time import Time

    place = EarthLocation.from_geodetic(-40.0, -28.0, 550e3)
    found = []
    for date in ("1965-01-01", "2024-06-01", "2035-06-01"):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of dates beyond the leap seconds' table
            flux = aep8.model(particle="p", solar="min").integral_flux(place, Time(date), 30 * units.MeV)
        found.append(float(flux.value))
    assert found[0] > 1.0
    np.testing.assert_allclose(found, found[0], rtol=1e-9)


@pytest.mark.parametrize("node", [("proton", "min", 500, -30), ("electron", "max", 800, 60)], ids=str)
def test_the_table_is_what_the_models_say(node):
    """A mean over longitude, made anew every 3 deg, is the table's, to its three digits."""
    species, activity, altitude, latitude = node
    energies = spectrum(species, activity, 500e3, 1.0)[0]
    longitudes = np.radians(np.arange(1.5, 360.0, 3.0))
    flux = local_flux(
        species, activity, energies[:, None], altitude * 1e3, np.radians(latitude), longitudes
    ).mean(axis=-1)
    root = Path(__file__).parents[3] / "src" / "dawndusk" / "physics" / "environment" / "tables"
    with (root / f"trapped_{species}s.csv").open(encoding="utf-8") as file:
        rows = [[float(x) for x in row] for row in list(csv.reader(file))[1:]]
    wanted = [float(activity == "max"), float(altitude), float(latitude)]
    (row,) = [row[3:] for row in rows if row[:3] == wanted]
    np.testing.assert_allclose(row, flux / FLUX, rtol=6e-3)


def test_orbit_means_against_two_days_of_track():
    """Means at 500 km, 97.4 deg are within 6 % of sums along a track."""
    with REFERENCE.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        species = {"p": "proton", "e": "electron"}[row["particle"]]
        found = integral_flux(
            species, row["solar"], float(row["E_MeV"]) * MEV, 500e3, np.radians(float(row["inc_deg"]))
        )
        wanted = float(row["mean_integral_flux_cm2_s"])
        assert found / FLUX == pytest.approx(wanted, rel=0.06, abs=1e-3), row


def test_between_the_nodes_of_the_table():
    """At 725 km and 29 deg, which are no nodes, the table is within 3 % of the models for protons."""
    argument = (np.arange(60) + 0.5) / 60 * np.pi - np.pi / 2
    latitude = np.arcsin(np.sin(np.radians(29.0)) * np.sin(argument))
    longitude = np.radians(np.arange(0.0, 360.0, 10.0))
    energies = np.array([10.0, 50.0, 100.0])[:, None, None] * MEV
    direct = local_flux("proton", "min", energies, 725e3, latitude[:, None], longitude).mean(axis=(1, 2))
    found = [
        float(integral_flux("proton", "min", e * MEV, 725e3, np.radians(29.0))) for e in (10.0, 50.0, 100.0)
    ]
    np.testing.assert_allclose(found, direct, rtol=0.03)


@given(st.floats(150e3, 2500e3), st.floats(0.0, np.pi), st.sampled_from(["proton", "electron"]))
def test_spectra_fall_with_energy(altitude, inclination, species):
    """No orbit has more particles above a higher threshold, and none is negative."""
    flux = spectrum(species, "min", altitude, inclination)[1]
    assert np.all(flux >= 0.0)
    assert np.all(np.diff(flux) <= 1e-9 * flux[:-1] + 1.0)


def test_power_laws_between_energies():
    """Between two energies of a spectrum the flux is a power law; at the model's end it is none."""
    energies, flux = np.array([1.0, 10.0, 100.0]) * MEV, np.array([1e8, 1e6, 1e4])
    found = above("proton", np.array([3.0, 10.0, 30.0, 400.0]) * MEV, energies, flux)
    np.testing.assert_allclose(found, [1e8 / 9, 1e6, 1e6 / 9, 0.0], rtol=1e-5, atol=1e-6)


def test_many_satellites_cost_as_much_as_their_distinct_orbits():
    """Equal orbits are computed once, and every satellite gets its own orbit's flux."""
    altitude = np.tile([550e3, 900e3], 5000)
    flux = integral_flux("proton", "min", 30 * MEV, altitude, 1.0)
    assert flux.shape == (10000,)
    assert set(flux) == {float(integral_flux("proton", "min", 30 * MEV, h, 1.0)) for h in (550e3, 900e3)}


def test_solar_activity_moves_protons_down_and_electrons_up():
    """In low polar orbit the minimum has more protons and fewer electrons than the maximum."""
    for species, sign in (("proton", 1), ("electron", -1)):
        low, high = (float(integral_flux(species, a, 1.5 * MEV, 600e3, 1.7)) for a in ("min", "max"))
        assert sign * (low - high) > 0


def test_passages_shrink_with_the_threshold():
    """A higher threshold leaves less time, shorter stays and a smaller share of the fluence."""
    found = [saa_passages(np.array([500e3, 700e3]), 1.7, x * FLUX) for x in THRESHOLDS]
    for milder, harder in itertools.pairwise(found):
        assert np.all(harder.share < milder.share)
        assert np.all(harder.longest <= milder.longest)
        assert np.all(harder.fluence < milder.fluence)


def test_share_of_time_in_the_anomaly():
    """At 500 km, 97.4 deg, protons above 10 MeV exceed 1 per cm2 and second in 6.7 % of two days' minutes."""
    assert float(saa_passages(500e3, np.radians(97.4018), FLUX).share) == pytest.approx(0.0667, abs=0.006)


def test_passages_of_a_low_inclination():
    """At 550 km, 29 deg, the anomaly is met on 5 to 14 of 15 revolutions a day, 5 to 25 minutes each."""
    found = saa_passages(550e3, np.radians(29.0))
    assert 4 < float(found.per_day) < 12
    assert 300 < float(found.longest) < 1500
    assert float(found.share) <= float(found.per_day * found.longest) / 86400
    assert float(found.fluence / found.share) > 4


def test_the_equator_escapes():
    """At 300 km above the equator there is no anomaly, no passage and no stay."""
    found = saa_passages(300e3, 0.0, 100 * FLUX)
    assert (float(found.share), float(found.per_day), float(found.longest)) == (0.0, 0.0, 0.0)


@pytest.mark.parametrize(
    "call",
    [
        lambda: integral_flux("proton", "min", 0.5 * MEV, 500e3, 1.0),
        lambda: integral_flux("electron", "min", 8 * MEV, 500e3, 1.0),
        lambda: integral_flux("proton", "min", 10 * MEV, 100e3, 1.0),
        lambda: integral_flux("proton", "min", 10 * MEV, 2600e3, 1.0),
        lambda: saa_passages(500e3, 1.0, 5e4),
        lambda: saa_passages(np.nan, 1.0),
    ],
)
def test_out_of_range_is_the_users_mistake(call):
    """Energies, altitudes and thresholds that the tables do not cover are refused."""
    with pytest.raises(UserError):
        call()


def test_the_models_end():
    """Nothing is trapped at the highest energies of the models."""
    for species in ("proton", "electron"):
        assert integral_flux(species, "min", HIGHEST_ENERGY[species] * MEV, 1000e3, 0.5) == 0.0
