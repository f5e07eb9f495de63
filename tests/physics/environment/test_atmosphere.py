"""Upper atmosphere: the packaged table against NRLMSIS 2.1 itself and against published means."""

import csv
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.reference.msis import global_mean

from dawndusk.core.errors import UserError
from dawndusk.physics.environment.atmosphere import (
    ACTIVITIES,
    density,
    log_profile,
)

REFERENCE = Path(__file__).parents[2] / "reference" / "msis21_density.csv"
LEVELS = {"solar_min": "min", "solar_mean": "mean", "solar_max": "max", "solar_max_strong": "strong"}


def test_reference_means():
    """All 56 published means at four activities are met within 0.5 %."""
    with REFERENCE.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    ours = [density(float(r["alt_km"]) * 1e3, LEVELS[r["cond"]]) for r in rows]
    np.testing.assert_allclose(ours, [float(r["rho_globalmean_kg_m3"]) for r in rows], rtol=0.005)
    assert len(rows) == 56


@pytest.mark.parametrize("activity", ACTIVITIES)
def test_table_is_what_the_model_gives(activity):
    """Nodes of the table are NRLMSIS 2.1 in its single precision; between them it is within 0.1 %."""
    nodes, between = np.array([150e3, 560e3, 1000e3, 2500e3]), np.array([152e3, 213e3, 553e3, 1187e3, 2543e3])
    model = ACTIVITIES[activity]
    np.testing.assert_allclose(density(nodes, activity), global_mean(nodes, model), rtol=1e-5)
    np.testing.assert_allclose(density(between, activity), global_mean(between, model), rtol=1e-3)


@given(st.floats(100e3, 999e3), st.floats(1e3, 500e3))
def test_density_falls_with_altitude_and_rises_with_activity(altitude, step):
    """Higher up there is less air, and a more active Sun lifts more of it (100-1000 km)."""
    values = [float(density(altitude, level)) for level in ACTIVITIES]
    assert values == sorted(values)
    assert density(altitude + step) < density(altitude)


def test_minimum_to_maximum_at_560_km():
    """At 560 km a maximum holds 36 times the air of a minimum."""
    assert density(560e3, "max") / density(560e3, "min") == pytest.approx(36.5, rel=0.02)


def test_profiles_cannot_be_changed():
    """The cached profile is read-only, so no caller can change another's air."""
    with pytest.raises(ValueError, match="read-only"):
        log_profile("mean")[1][0] = 0.0


@pytest.mark.parametrize("altitude", [99e3, 3001e3, np.nan, -1.0])
def test_altitudes_without_air_are_refused(altitude):
    """Below 100 km, above 3000 km and NaN: the error says which altitudes there are."""
    with pytest.raises(UserError, match="100 to 3000 km"):
        density(altitude)


def test_an_unknown_activity_is_refused():
    """The error lists the levels that there are."""
    with pytest.raises(UserError, match="min, low, mean"):
        density(560e3, "solar_max")
