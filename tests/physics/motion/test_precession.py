from __future__ import annotations

import numpy as np
import pytest
from skyfield.precessionlib import compute_precession

from dawndusk.physics.motion.precession import j2000_vectors, precession_matrix

YEAR = 365.25 * 86400.0


def test_precession_is_that_of_skyfield() -> None:
    """Against skyfield's IAU 2006 precession within 1e-9 rad (0.0002 arcsec) from 1972 to 2100."""
    for seconds in (np.arange(1972, 2101, 8) - 2000.0) * YEAR:
        theirs = compute_precession(2451545.0 + seconds / 86400.0)
        assert np.abs(precession_matrix(seconds) - theirs).max() < 1e-9


def test_it_is_a_rotation_and_nothing_at_j2000() -> None:
    """Lengths are kept at any date; at J2000 only the 5 arcsec that cancel remain."""
    matrices = np.moveaxis(precession_matrix(np.linspace(-28.0, 100.0, 9) * YEAR), -1, 0)
    np.testing.assert_allclose(
        matrices @ matrices.transpose(0, 2, 1), np.eye(3)[None].repeat(9, 0), atol=1e-15
    )
    np.testing.assert_allclose(precession_matrix(0.0), np.eye(3), atol=1e-15)


def test_vectors_of_date_turn_back_to_j2000() -> None:
    """The equinox of 2027 lies 50.29 arcsec a year west of the one of J2000."""
    equinox = np.array([[1.0], [0.0], [0.0]])
    found = j2000_vectors(equinox, 27.0 * YEAR)[:, 0]
    assert np.rad2deg(np.arccos(found[0])) * 3600.0 == pytest.approx(27.0 * 50.29, rel=1e-3)
    assert found[1] < 0.0


def test_many_instants_at_once() -> None:
    """Each instant has its own rotation."""
    rng = np.random.default_rng(5)
    vectors, seconds = rng.normal(size=(3, 4, 5)), np.linspace(0.0, 30.0, 5) * YEAR
    together = j2000_vectors(vectors, seconds)
    for k in range(5):
        np.testing.assert_allclose(together[:, :, k], j2000_vectors(vectors[:, :, k], seconds[k]), atol=1e-15)
