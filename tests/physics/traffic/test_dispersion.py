"""Variances of the difference of two satellites."""

from __future__ import annotations

import numpy as np
import pytest

from dawndusk.physics.traffic.dispersion import Dispersion
from dawndusk.validation.neighbours import shells
from dawndusk.validation.swarm import drawn, position


@pytest.mark.parametrize(("loose", "component"), [(0, 2 * 4e-5**2), (1, 4e-5**2 + 3e-4**2), (2, 2 * 3e-4**2)])
def test_variances_add(loose, component):
    """Two satellites differ by the sum of their variances, whoever of them cannot manoeuvre."""
    spread = Dispersion(eccentricity=4e-5, loose=3e-4).spread(np.array([7e6]), loose)
    assert spread.eccentricity[0] == pytest.approx(component * 49e12)
    assert spread.radial[0] == pytest.approx(spread.altitude[0] + spread.eccentricity[0])


def test_satellites_stray_as_stated():
    """Radii of satellites drawn around a plane spread by altitude and eccentricity together."""
    planes = shells([600e3], 1.2, 1, 20_000)
    given = Dispersion(altitude=200.0, eccentricity=5e-5)
    radii = np.sqrt((position(drawn(planes, given, 1, slotted=True), 500.0) ** 2).sum(axis=0))
    wanted = np.sqrt(0.5 * given.spread(np.array([6978137.0])).radial[0])
    assert radii.std() == pytest.approx(wanted, rel=0.02)
