"""Mean elements fitted to our own orbits."""

from __future__ import annotations

import numpy as np
import pytest
from tests.formats.orbit_samples import ring

from dawndusk.core.errors import UserError
from dawndusk.core.records import replace
from dawndusk.physics.motion import secular
from dawndusk.physics.motion.precession import teme_vectors
from dawndusk.physics.motion.sgp4_fit import fitted
from dawndusk.physics.motion.sgp4_orbits import semi_major_axis, states

DAY = 86400.0


def apart(elements, after: float) -> float:
    """Largest distance (m) of SGP4 from our theory, this long after the epoch."""
    made = fitted(elements, [str(k) for k in range(elements.size)], np.arange(elements.size))
    at = float(elements.epoch[0]) + after
    place = teme_vectors(secular.positions(elements, at), at)
    return float(np.linalg.norm(states(made, at).positions - place, axis=0).max())


@pytest.mark.parametrize("tilt", [0.0, 0.01, 28.5, 53.0, 97.7, 179.0])
@pytest.mark.parametrize("altitude", [350e3, 2000e3])
def test_sgp4_stands_where_we_do_at_the_epoch(tilt, altitude) -> None:
    """Within 10 m whatever the tilt and height; within 21 km a day later, 35 km over the equator."""
    elements = ring(5, 7, altitude)
    elements = replace(elements, inclination=np.full(35, np.deg2rad(tilt)))
    assert apart(elements, 0.0) <= 10.0
    assert apart(elements, DAY) < (21e3 if 1.0 < tilt < 179.0 else 35e3)


def test_eccentric_orbits_are_fitted_too() -> None:
    """A perigee of 550 km and an eccentricity of 0.1 keep the 10 m."""
    elements = ring(3, 4, 1400e3)
    assert apart(replace(elements, eccentricity=np.full(12, 0.1)), 0.0) <= 10.0


def test_the_mean_motion_stays_ours() -> None:
    """Satellites of a shell keep one period, so that they do not run into each other."""
    elements = ring()
    made = fitted(elements, [str(k) for k in range(12)], np.arange(12))
    assert np.ptp(semi_major_axis(made)) < 1e-3
    assert semi_major_axis(made) == pytest.approx(elements.semi_major_axis, abs=1e-3)


def test_what_cannot_be_fitted_is_said() -> None:
    """Epochs that differ are refused, and so is an orbit that the Moon moves as SGP4 has it."""
    elements = ring()
    with pytest.raises(UserError, match="one epoch"):
        fitted(replace(elements, epoch=elements.epoch + np.arange(12)), ["x"] * 12, np.arange(12))
    high = replace(ring(3, 4, 35786e3), inclination=np.zeros(12))
    with pytest.raises(UserError, match="misses by"):
        fitted(high, ["x"] * 12, np.arange(12))


def test_elements_of_another_epoch_are_the_same_orbits() -> None:
    """Brought to another epoch, elements give the same positions to a millimetre a day later."""
    elements = ring()
    at = float(elements.epoch[0]) + DAY
    moved = secular.advanced(elements, at)
    assert np.abs(secular.positions(moved, at) - secular.positions(elements, at)).max() < 1e-3
