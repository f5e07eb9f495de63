from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.formats.orbit_samples import catalogue, real_file, ring

from dawndusk.core.records import replace
from dawndusk.physics.motion.elements import Elements
from dawndusk.physics.motion.sgp4_orbits import as_catalogue
from dawndusk.space.constellation.catalogue import read_catalogue
from dawndusk.space.constellation.shells import planes_of, shells_of, windows


def joined(*parts: Elements) -> Elements:
    """Elements of several rings, one after another."""
    return Elements(**{name: np.concatenate([vars(part)[name] for part in parts]) for name in vars(parts[0])})


def test_shells_and_planes_are_found_again() -> None:
    """Three shells and one stray satellite come back as filed, the largest first."""
    polar = ring(6, 11, 570e3)
    polar = replace(polar, inclination=np.full(polar.size, np.deg2rad(97.65)))
    made = joined(ring(1, 1, 300e3), ring(9, 8, 480e3), polar, ring(12, 20, 550e3))
    found = shells_of(as_catalogue(made, [str(k) for k in range(made.size)]))
    assert [(shell.name, shell.size, shell.planes) for shell in found] == [
        ("53 deg, 550 km", 240, 12),
        ("53 deg, 480 km", 72, 9),
        ("97.65 deg, 570 km", 66, 6),
        ("other", 1, 0),
    ]
    assert np.concatenate([shell.members for shell in found]).size == made.size
    assert found[0].altitude == pytest.approx(550e3, abs=5.0)


def test_planes_are_counted_at_one_epoch() -> None:
    """Satellites of one plane whose epochs are days apart still count as one plane."""
    known = catalogue(8, 9)
    rate = -4.5e-2 * np.pi / 180.0 / 864.0  # about the drift of the node at 550 km and 53 deg, rad/s
    later = np.tile(np.linspace(0.0, 5.0 * 86400.0, 9), 8)
    moved = replace(known, epoch=known.epoch + later, raan=np.mod(known.raan + rate * later, 2.0 * np.pi))
    assert planes_of(moved, np.arange(72)) == 8
    assert planes_of(replace(moved, epoch=known.epoch), np.arange(72)) != 8


@given(values=st.lists(st.floats(0.0, 100.0), max_size=60), least=st.integers(1, 10))
def test_windows_never_share_a_value(values, least) -> None:
    """Each value is in at most one window, and every window has enough."""
    found = windows(np.array(values), 5.0, least)
    taken = np.concatenate([np.empty(0, dtype=np.int64), *found])
    assert np.unique(taken).size == taken.size
    assert all(window.size >= least for window in found)


def test_shells_of_starlink_as_filed() -> None:
    """In 2025-05 the shells at 540 and 547 km have their 72 planes and the one at 561 km its 36, within 2."""
    known, _ = read_catalogue(real_file("starlink_omm_2025-05.json.gz"))
    planes = {shell.name: shell.planes for shell in shells_of(known)}
    assert planes["53.22 deg, 540 km"] == pytest.approx(72, abs=2)
    assert planes["53.06 deg, 547 km"] == pytest.approx(72, abs=2)
    assert planes["43 deg, 561 km"] == pytest.approx(36, abs=2)
