"""What the tests of orbit files share: a ring of satellites and one element set as published."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pytest

from dawndusk.core.catalogue import Catalogue
from dawndusk.core.records import replace
from dawndusk.core.time import seconds_from_utc
from dawndusk.physics.motion.elements import Elements
from dawndusk.physics.motion.sgp4_orbits import as_catalogue

# The International Space Station on 2019-12-09, as in the documentation of the package sgp4
STATION = (
    "1 25544U 98067A   19343.69339541  .00001764  00000+0  38792-4 0  9990\n"
    "2 25544  51.6439 211.2001 0007417  17.6667  85.6398 15.50103472202482\n"
)


def ring(planes: int = 3, slots: int = 4, altitude: float = 550e3) -> Elements:
    """Circular orbits at 53 deg, planes evenly around the equator."""
    node, place = (x.ravel() for x in np.meshgrid(np.arange(planes), np.arange(slots), indexing="ij"))
    full = np.ones(planes * slots)
    return Elements(
        semi_major_axis=full * (6378137.0 + altitude),
        eccentricity=full * 1.25e-4,
        inclination=full * np.deg2rad(53.0),
        raan=node * (2.0 * np.pi / planes),
        argument_of_perigee=full * np.deg2rad(90.0),
        mean_anomaly=place * (2.0 * np.pi / slots),
        epoch=full * seconds_from_utc("2026-11-01T06:30:00"),
    )


def catalogue(planes: int = 3, slots: int = 4, altitude: float = 550e3) -> Catalogue:
    """The ring as a catalogue with everything that a TLE can say."""
    elements = ring(planes, slots, altitude)
    n = elements.size
    made = as_catalogue(elements, [f"RING-{k}" for k in range(n)], np.arange(n) + 99998)
    return replace(
        made,
        designators=tuple(f"2026-{k + 1:03d}A" for k in range(n)),
        bstar=np.linspace(-1e-4, 1e-3, n),
        mean_motion_dot=np.linspace(-1e-5, 1e-5, n) * 2.0 * np.pi / 86400.0**2,
        mean_motion_ddot=np.linspace(0.0, 1e-7, n) * 2.0 * np.pi / 86400.0**3,
        element_sets=np.full(n, 999),
        revolutions=np.arange(n) + 99,
    )


def real_file(name: str) -> Path:
    """A file of the folder that the environment variable DAWNDUSK_DATA names; skips the test without it."""
    folder = os.environ.get("DAWNDUSK_DATA")
    path = Path(folder or ".") / name
    if not folder or not path.is_file():
        pytest.skip(f"no {name}: DAWNDUSK_DATA names no folder that holds it")
    return path


def assert_same(one: Catalogue, two: Catalogue, digits: dict[str, float] | None = None) -> None:
    """Equal texts and whole numbers; other columns within these differences (1e-12 of the value else)."""
    for name, value in vars(one).items():
        other = getattr(two, name)
        if isinstance(value, tuple) or value.dtype.kind == "i":
            assert np.array_equal(value, other), name
        else:
            np.testing.assert_allclose(
                other, value, rtol=1e-12, atol=(digits or {}).get(name, 0.0), err_msg=name
            )
